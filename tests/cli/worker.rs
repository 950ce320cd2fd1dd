//! Worker processes that are told nonsense: they say so and end, whoever talks to them.

use std::io::Write;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::Stdio;

use crate::{Done, argil, folder};

/// How a worker ends whose parent sends this first: a frame of the kind "set up", which is a length, the kind, and the content.
fn told(name: &str, content: &[u8]) -> Done {
    let (mut parent, theirs) = UnixStream::pair().expect("the system has sockets");
    let mut command = argil(&folder(name), &["--worker"]);
    let piped = command.stdin(OwnedFd::from(theirs)).stdout(Stdio::piped()).stderr(Stdio::piped());
    let worker = piped.spawn().expect("argil starts");
    let frame = [&(content.len() as u64).to_le_bytes()[..], &[0], content].concat();
    parent.write_all(&frame).expect("the socket takes it");
    worker.wait_with_output().expect("it ends").into()
}

#[test]
fn a_parent_of_another_version_is_refused() {
    let done = told("worker_version", b"\x01\x03gil");
    let reason = "a message from another process has version 1; this process reads version 5";
    assert_eq!(done.stderr, format!("argil: a worker process cannot start: {reason}\n"));
    assert_eq!(done.status, 1);
}

#[test]
fn a_parent_that_talks_nonsense_is_refused() {
    for content in [&b""[..], b"\x05", b"\x05\x03gil", b"\x05\x04what\x01", b"\x05\x03\xff\xff\xff"] {
        let done = told("worker_nonsense", content);
        let reason = "a message from another process is malformed";
        assert_eq!(done.stderr, format!("argil: a worker process cannot start: {reason}\n"), "{content:?}");
        assert_eq!(done.status, 1);
    }
}
