//! Whether a process has ended, whoever's child it is.

use rustix::process::Pid;

/// Whether the process of this id has ended, waited for or not. If another was given its id meanwhile, nobody can tell.
#[cfg(target_os = "linux")]
pub fn has_ended(pid: u32) -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::process::{PidfdFlags, pidfd_open};

    let Some(pid) = Pid::from_raw(pid as i32) else { return true };
    match pidfd_open(pid, PidfdFlags::empty()) {
        // The descriptor is readable from the process's end on.
        Ok(process) => poll(&mut [PollFd::new(&process, PollFlags::IN)], Some(&Timespec::default())) == Ok(1),
        Err(error) => error == rustix::io::Errno::SRCH,
    }
}

/// The same where there are no descriptors of processes: one that nobody has waited for counts as running.
#[cfg(not(target_os = "linux"))]
pub fn has_ended(pid: u32) -> bool {
    let Some(pid) = Pid::from_raw(pid as i32) else { return true };
    rustix::process::test_kill_process(pid) == Err(rustix::io::Errno::SRCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_has_ended_before_it_is_waited_for() {
        assert!(!has_ended(std::process::id()));
        let mut child = std::process::Command::new("sleep").arg("60").spawn().expect("there is such a program");
        assert!(!has_ended(child.id()));
        child.kill().expect("it is ours");
        while !has_ended(child.id()) {
            std::thread::yield_now();
        }
        child.wait().expect("it is ours");
        assert!(has_ended(child.id()));
    }
}
