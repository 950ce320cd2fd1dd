//! `socket`: the calls of the system, with timeouts, off the lock while they wait; the rest is in `socket.py`.

mod address;
mod methods;
mod names;
mod options;
mod state;
mod wait;

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::library::NativeClass;
use argil_interp::types::exception::os_error;

/// The module.
pub const MODULE: ModuleDef = ModuleDef {
    name: "socket",
    source: ModuleSource::Mixed { functions: names::FUNCTIONS, init, script: include_str!("socket.py") },
};

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    cx.define_native_class::<state::Socket>(module, &NativeClass::new("_socket.socket", &[methods::METHODS]));
    let constants = [
        ("AF_UNSPEC", libc::AF_UNSPEC),
        ("AF_UNIX", libc::AF_UNIX),
        ("AF_INET", libc::AF_INET),
        ("AF_INET6", libc::AF_INET6),
        ("SOCK_STREAM", libc::SOCK_STREAM),
        ("SOCK_DGRAM", libc::SOCK_DGRAM),
        ("SOCK_RAW", libc::SOCK_RAW),
        ("SOCK_SEQPACKET", libc::SOCK_SEQPACKET),
        ("IPPROTO_IP", libc::IPPROTO_IP),
        ("IPPROTO_IPV6", libc::IPPROTO_IPV6),
        ("IPPROTO_TCP", libc::IPPROTO_TCP),
        ("IPPROTO_UDP", libc::IPPROTO_UDP),
        ("SHUT_RD", libc::SHUT_RD),
        ("SHUT_WR", libc::SHUT_WR),
        ("SHUT_RDWR", libc::SHUT_RDWR),
        ("MSG_PEEK", libc::MSG_PEEK),
        ("MSG_OOB", libc::MSG_OOB),
        ("MSG_DONTWAIT", libc::MSG_DONTWAIT),
        ("MSG_WAITALL", libc::MSG_WAITALL),
        ("MSG_TRUNC", libc::MSG_TRUNC),
        ("MSG_NOSIGNAL", libc::MSG_NOSIGNAL),
        ("SOMAXCONN", libc::SOMAXCONN),
        ("AI_PASSIVE", libc::AI_PASSIVE),
        ("EAI_NONAME", libc::EAI_NONAME),
        ("EAI_AGAIN", libc::EAI_AGAIN),
        ("EAI_SERVICE", libc::EAI_SERVICE),
    ];
    for (name, value) in constants.into_iter().chain(options::constants()) {
        cx.define(module, name, cx.int(i64::from(value)));
    }
    Ok(())
}

/// Raises the OSError of a failed call.
fn failed(cx: &Ctx, error: rustix::io::Errno) -> Raised {
    os_error::raise(cx, &error.into(), None)
}
