//! Socket options: one line each says its number, and how it is read and written.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::Duration;

use rustix::io::{Errno, Result};
use rustix::net::sockopt;

struct SocketOption {
    name: &'static str,
    level: i32,
    number: i32,
    get: Get,
    set: Set,
}

type Get = fn(BorrowedFd<'_>) -> Result<i64>;
type Set = fn(BorrowedFd<'_>, i64) -> Result<()>;

fn unsigned<T: TryFrom<i64>>(value: i64) -> Result<T> {
    T::try_from(value).map_err(|_| Errno::INVAL)
}

fn seconds(value: i64) -> Result<Duration> {
    unsigned(value).map(Duration::from_secs)
}

/// How an option is read and written: as a truth value, a count, a number of seconds, or only read.
macro_rules! access {
    (flag $get:ident $set:ident) => {
        (|fd| sockopt::$get(fd).map(i64::from), |fd, value| sockopt::$set(fd, value != 0))
    };
    (count $get:ident $set:ident) => {
        (|fd| sockopt::$get(fd).map(|count| count as i64), |fd, value| sockopt::$set(fd, unsigned(value)?))
    };
    (seconds $get:ident $set:ident) => {
        (|fd| sockopt::$get(fd).map(|time| time.as_secs() as i64), |fd, value| sockopt::$set(fd, seconds(value)?))
    };
    (shown $get:ident $show:expr) => {
        (|fd| sockopt::$get(fd).map($show), |_, _| Err(Errno::NOPROTOOPT))
    };
}

macro_rules! options {
    ($($level:ident { $($name:ident: $kind:ident($($how:tt)*);)* })*) => {
        const OPTIONS: &[SocketOption] = &[
            $($({
                let (get, set): (Get, Set) = access!($kind $($how)*);
                SocketOption { name: stringify!($name), level: libc::$level, number: libc::$name, get, set }
            },)*)*
        ];
    };
}

options! {
    SOL_SOCKET {
        SO_REUSEADDR: flag(socket_reuseaddr set_socket_reuseaddr);
        SO_REUSEPORT: flag(socket_reuseport set_socket_reuseport);
        SO_KEEPALIVE: flag(socket_keepalive set_socket_keepalive);
        SO_BROADCAST: flag(socket_broadcast set_socket_broadcast);
        SO_OOBINLINE: flag(socket_oobinline set_socket_oobinline);
        SO_RCVBUF: count(socket_recv_buffer_size set_socket_recv_buffer_size);
        SO_SNDBUF: count(socket_send_buffer_size set_socket_send_buffer_size);
        SO_ACCEPTCONN: shown(socket_acceptconn i64::from);
        SO_TYPE: shown(socket_type |kind| kind.as_raw().into());
        SO_DOMAIN: shown(socket_domain |family| family.as_raw().into());
        SO_ERROR: shown(socket_error |state| state.map_or_else(|error| error.raw_os_error().into(), |()| 0));
    }
    IPPROTO_TCP {
        TCP_NODELAY: flag(tcp_nodelay set_tcp_nodelay);
        TCP_QUICKACK: flag(tcp_quickack set_tcp_quickack);
        TCP_CORK: flag(tcp_cork set_tcp_cork);
        TCP_KEEPCNT: count(tcp_keepcnt set_tcp_keepcnt);
        TCP_KEEPIDLE: seconds(tcp_keepidle set_tcp_keepidle);
        TCP_KEEPINTVL: seconds(tcp_keepintvl set_tcp_keepintvl);
    }
    IPPROTO_IP {
        IP_TTL: count(ip_ttl set_ip_ttl);
    }
    IPPROTO_IPV6 {
        IPV6_V6ONLY: flag(ipv6_v6only set_ipv6_v6only);
    }
}

/// The names of the options and of their level.
pub fn constants() -> impl Iterator<Item = (&'static str, i32)> {
    OPTIONS.iter().map(|option| (option.name, option.number)).chain([("SOL_SOCKET", libc::SOL_SOCKET)])
}

fn find(level: i64, number: i64) -> Result<&'static SocketOption> {
    let found = OPTIONS.iter().find(|option| i64::from(option.level) == level && i64::from(option.number) == number);
    found.ok_or(Errno::NOPROTOOPT)
}

/// Reads an option.
pub fn get(link: &OwnedFd, level: i64, number: i64) -> Result<i64> {
    (find(level, number)?.get)(link.as_fd())
}

/// Writes an option.
pub fn set(link: &OwnedFd, level: i64, number: i64, value: i64) -> Result<()> {
    (find(level, number)?.set)(link.as_fd(), value)
}
