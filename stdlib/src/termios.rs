//! `termios`: the modes of terminals.

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::import::import_module;
use argil_interp::natives;
use argil_interp::ops::attr;
use argil_interp::types::list::List;
use argil_interp::value::Value;
use argil_system::{libc, plain, terminal};

use crate::posix::args::{Fd, list_or_tuple, retried};
use crate::posix::define_numbers;
use crate::posix::descriptors::small;

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "termios", source: ModuleSource::Native { functions: FUNCTIONS, init } };

/// `termios.error`.
struct TermiosError;

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    cx.define_exception::<TermiosError>(module, "error", Builtin::Exception);
    define_numbers(cx, module, CONSTANTS);
    Ok(())
}

/// The error of a call that failed.
fn failed(cx: &mut Ctx, error: &std::io::Error) -> Raised {
    let number = error.raw_os_error().unwrap_or(0);
    let made = (|| {
        let module = import_module(cx, "termios")?;
        let name = cx.root(cx.intern("error"));
        let class = attr::get_attr(cx, module, name)?;
        let args = [cx.root(cx.int(i64::from(number))), cx.root(cx.str(&plain::strerror(number)))];
        cx.call(class, &args)
    })();
    match made {
        Ok(error) => cx.raise_value(cx.get(error)),
        Err(raised) => raised,
    }
}

/// Runs a call off the lock.
fn called<T>(cx: &mut Ctx, mut call: impl FnMut() -> std::io::Result<T>) -> Res<T> {
    match retried(cx, &mut call)? {
        Ok(result) => Ok(result),
        Err(error) => Err(failed(cx, &error)),
    }
}

/// The speeds that have names, as scripts and as the system numbers them.
const SPEEDS: &[(i64, libc::speed_t)] = &[
    (0, libc::B0),
    (50, libc::B50),
    (75, libc::B75),
    (110, libc::B110),
    (134, libc::B134),
    (150, libc::B150),
    (200, libc::B200),
    (300, libc::B300),
    (600, libc::B600),
    (1200, libc::B1200),
    (1800, libc::B1800),
    (2400, libc::B2400),
    (4800, libc::B4800),
    (9600, libc::B9600),
    (19200, libc::B19200),
    (38400, libc::B38400),
    (57600, libc::B57600),
    (115_200, libc::B115200),
    (230_400, libc::B230400),
    (460_800, libc::B460800),
    (500_000, libc::B500000),
    (576_000, libc::B576000),
    (921_600, libc::B921600),
    (1_000_000, libc::B1000000),
    (1_152_000, libc::B1152000),
    (1_500_000, libc::B1500000),
    (2_000_000, libc::B2000000),
    (2_500_000, libc::B2500000),
    (3_000_000, libc::B3000000),
    (3_500_000, libc::B3500000),
    (4_000_000, libc::B4000000),
];

fn modes<'h>(cx: &'h Ctx, modes: &libc::termios, speeds: [libc::speed_t; 2]) -> Value<'h> {
    let numbers = modes.c_lflag & libc::ICANON == 0;
    let characters: Vec<Value<'h>> = modes
        .c_cc
        .iter()
        .enumerate()
        .map(|(index, character)| match index {
            libc::VMIN | libc::VTIME if numbers => cx.int(i64::from(*character)),
            _ => cx.bytes(&[*character]),
        })
        .collect();
    let characters = Value::of(List::from_values(cx, &characters));
    let [input, output] = speeds.map(|speed| cx.int(i64::from(speed)));
    let flags = [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag].map(|flags| cx.uint(u64::from(flags)));
    let all: Vec<Value<'h>> = flags.into_iter().chain([input, output, characters]).collect();
    Value::of(List::from_values(cx, &all))
}

/// What a list of seven says of modes; the rest stays as it is.
fn change(cx: &mut Ctx, modes: &mut libc::termios, given: Slot) -> Res<()> {
    const WRONG: &str = "tcsetattr, arg 3: must be 7 element list";
    let parts = if cx.get(given).cast::<List>().is_some() { list_or_tuple(cx, given) } else { None };
    let Some(parts) = parts.filter(|parts| parts.len() == 7) else { return Err(cx.type_error(WRONG)) };
    let mut numbers = [0; 6];
    for (number, part) in numbers.iter_mut().zip(&parts) {
        let whole = argil_interp::ops::number::index(cx, *part)?;
        let whole = cx.get(whole).as_int().and_then(|whole| whole.to_i64());
        *number = whole.ok_or_else(|| cx.overflow_error("Python int too large to convert to C long"))?;
    }
    let characters = if cx.get(parts[6]).cast::<List>().is_some() { list_or_tuple(cx, parts[6]) } else { None };
    let Some(characters) = characters.filter(|characters| characters.len() == libc::NCCS) else {
        let message = format!("tcsetattr: attributes[6] must be {} element list", libc::NCCS);
        return Err(cx.type_error(message));
    };
    let [iflag, oflag, cflag, lflag, input, output] = numbers;
    modes.c_iflag = iflag as libc::tcflag_t;
    modes.c_oflag = oflag as libc::tcflag_t;
    modes.c_cflag = cflag as libc::tcflag_t;
    modes.c_lflag = lflag as libc::tcflag_t;
    for (place, character) in modes.c_cc.iter_mut().zip(characters) {
        *place = match cx.get(character).as_bytes() {
            Some([byte]) => *byte,
            _ if cx.get(character).as_int().is_some() => small(cx, character)? as u8,
            _ => {
                let message = "tcsetattr: elements of attributes must be characters or integers";
                return Err(cx.type_error(message));
            }
        };
    }
    let speeds = [input, output].map(|speed| known_speed(speed).unwrap_or(libc::speed_t::MAX));
    terminal::set_speeds(modes, speeds).map_err(|error| failed(cx, &error))
}

/// The system's number of a speed.
fn known_speed(speed: i64) -> Option<libc::speed_t> {
    SPEEDS.iter().find(|(known, _)| *known == speed).map(|(_, number)| *number)
}

/// The speeds of a terminal as scripts number them.
fn shown_speeds(modes: &libc::termios) -> [libc::speed_t; 2] {
    terminal::speeds(modes).map(|speed| {
        let known = SPEEDS.iter().find(|(_, number)| *number == speed);
        known.map_or(speed, |(shown, _)| *shown as libc::speed_t)
    })
}

natives! {
    static FUNCTIONS = {
        /// Get the tty attributes for file descriptor fd.
        call fn tcgetattr(cx; fd: Fd) -> Slot {
            let found = called(cx, || terminal::tcgetattr(fd.0))?;
            let cx: &Ctx = cx;
            Ok(cx.root(modes(cx, &found, shown_speeds(&found))))
        }
        /// Set the tty attributes for file descriptor fd.
        call fn tcsetattr(cx; fd: Fd, when: i32, attributes: Slot) -> () {
            if cx.get(attributes).cast::<List>().is_none_or(|list| list.len(cx) != 7) {
                return Err(cx.type_error("tcsetattr, arg 3: must be 7 element list"));
            }
            let mut modes = called(cx, || terminal::tcgetattr(fd.0))?;
            change(cx, &mut modes, attributes)?;
            called(cx, || terminal::tcsetattr(fd.0, when, &modes))
        }
        /// Send a break on file descriptor fd.
        call fn tcsendbreak(cx; fd: Fd, duration: i32) -> () {
            called(cx, || plain::tcsendbreak(fd.0, duration)).map(|_| ())
        }
        /// Wait until all output written to file descriptor fd has been transmitted.
        call fn tcdrain(cx; fd: Fd) -> () { called(cx, || plain::tcdrain(fd.0)).map(|_| ()) }
        /// Discard queued data on file descriptor fd.
        call fn tcflush(cx; fd: Fd, queue: i32) -> () { called(cx, || plain::tcflush(fd.0, queue)).map(|_| ()) }
        /// Suspend or resume input or output on file descriptor fd.
        call fn tcflow(cx; fd: Fd, action: i32) -> () { called(cx, || plain::tcflow(fd.0, action)).map(|_| ()) }
        /// Get the tty winsize for file descriptor fd.
        call fn tcgetwinsize(cx; fd: Fd) -> Slot {
            let size = called(cx, || terminal::size(fd.0))?;
            let cx: &Ctx = cx;
            Ok(cx.root(cx.tuple(&size.map(|number| cx.int(i64::from(number))))))
        }
        /// Set the tty winsize for file descriptor fd.
        call fn tcsetwinsize(cx; fd: Fd, winsize: Slot) -> () {
            const WRONG: &str = "tcsetwinsize, arg 2: must be a two-item sequence";
            let parts = crate::posix::args::sequence(cx, winsize, WRONG)?;
            let [rows, columns] = parts[..] else { return Err(cx.type_error(WRONG)) };
            let size = [small(cx, rows)? as u16, small(cx, columns)? as u16];
            called(cx, || terminal::set_size(fd.0, size))
        }
    }
}

/// Name and value.
const CONSTANTS: &[(&str, i64)] = &[
    ("B0", 0),
    ("B1000000", 0xf4240),
    ("B110", 110),
    ("B115200", 0x1c200),
    ("B1152000", 0x119400),
    ("B1200", 1200),
    ("B134", 134),
    ("B14400", 0x3840),
    ("B150", 150),
    ("B1500000", 0x16e360),
    ("B1800", 1800),
    ("B19200", 0x4b00),
    ("B200", 200),
    ("B2000000", 0x1e8480),
    ("B230400", 0x38400),
    ("B2400", 2400),
    ("B2500000", 0x2625a0),
    ("B28800", 0x7080),
    ("B300", 300),
    ("B3000000", 0x2dc6c0),
    ("B3500000", 0x3567e0),
    ("B38400", 0x9600),
    ("B4000000", 0x3d0900),
    ("B460800", 0x70800),
    ("B4800", 0x12c0),
    ("B50", 50),
    ("B500000", 0x7a120),
    ("B57600", 0xe100),
    ("B576000", 0x8ca00),
    ("B600", 600),
    ("B7200", 0x1c20),
    ("B75", 75),
    ("B76800", 0x12c00),
    ("B921600", 0xe1000),
    ("B9600", 0x2580),
    ("BRKINT", 2),
    ("BS0", 0),
    ("BS1", 0x2000),
    ("BSDLY", 0x2000),
    ("CBAUD", 0x100f),
    ("CBAUDEX", 0x1000),
    ("CDSUSP", 25),
    ("CEOF", 4),
    ("CEOL", 0),
    ("CEOT", 4),
    ("CERASE", 127),
    ("CFLUSH", 15),
    ("CIBAUD", 0x100f0000),
    ("CINTR", 3),
    ("CKILL", 21),
    ("CLNEXT", 22),
    ("CLOCAL", 2048),
    ("CQUIT", 28),
    ("CR0", 0),
    ("CR1", 512),
    ("CR2", 1024),
    ("CR3", 1536),
    ("CRDLY", 1536),
    ("CREAD", 128),
    ("CRPRNT", 18),
    ("CRTSCTS", 0x80000000),
    ("CS5", 0),
    ("CS6", 16),
    ("CS7", 32),
    ("CS8", 48),
    ("CSIZE", 48),
    ("CSTART", 17),
    ("CSTOP", 19),
    ("CSTOPB", 64),
    ("CSUSP", 26),
    ("CWERASE", 23),
    ("ECHO", 8),
    ("ECHOCTL", 512),
    ("ECHOE", 16),
    ("ECHOK", 32),
    ("ECHOKE", 2048),
    ("ECHONL", 64),
    ("ECHOPRT", 1024),
    ("EXTA", 0x4b00),
    ("EXTB", 0x9600),
    ("EXTPROC", 0x10000),
    ("FF0", 0),
    ("FF1", 0x8000),
    ("FFDLY", 0x8000),
    ("FIOASYNC", 0x5452),
    ("FIOCLEX", 0x5451),
    ("FIONBIO", 0x5421),
    ("FIONCLEX", 0x5450),
    ("FIONREAD", 0x541b),
    ("FLUSHO", 0x1000),
    ("HUPCL", 1024),
    ("IBSHIFT", 16),
    ("ICANON", 2),
    ("ICRNL", 256),
    ("IEXTEN", 0x8000),
    ("IGNBRK", 1),
    ("IGNCR", 128),
    ("IGNPAR", 4),
    ("IMAXBEL", 0x2000),
    ("INLCR", 64),
    ("INPCK", 16),
    ("IOCSIZE_MASK", 0x3fff0000),
    ("IOCSIZE_SHIFT", 16),
    ("ISIG", 1),
    ("ISTRIP", 32),
    ("IUCLC", 512),
    ("IUTF8", 0x4000),
    ("IXANY", 2048),
    ("IXOFF", 0x1000),
    ("IXON", 1024),
    ("NCCS", 32),
    ("NL0", 0),
    ("NL1", 256),
    ("NLDLY", 256),
    ("NOFLSH", 128),
    ("N_MOUSE", 2),
    ("N_PPP", 3),
    ("N_SLIP", 1),
    ("N_STRIP", 4),
    ("N_TTY", 0),
    ("OCRNL", 8),
    ("OFDEL", 128),
    ("OFILL", 64),
    ("OLCUC", 2),
    ("ONLCR", 4),
    ("ONLRET", 32),
    ("ONOCR", 16),
    ("OPOST", 1),
    ("PARENB", 256),
    ("PARMRK", 8),
    ("PARODD", 512),
    ("PENDIN", 0x4000),
    ("TAB0", 0),
    ("TAB1", 2048),
    ("TAB2", 0x1000),
    ("TAB3", 0x1800),
    ("TABDLY", 0x1800),
    ("TCFLSH", 0x540b),
    ("TCGETS", 0x5401),
    ("TCIFLUSH", 0),
    ("TCIOFF", 2),
    ("TCIOFLUSH", 2),
    ("TCION", 3),
    ("TCOFLUSH", 1),
    ("TCOOFF", 0),
    ("TCOON", 1),
    ("TCSADRAIN", 1),
    ("TCSAFLUSH", 2),
    ("TCSANOW", 0),
    ("TCSBRK", 0x5409),
    ("TCSBRKP", 0x5425),
    ("TCSETS", 0x5402),
    ("TCSETSF", 0x5404),
    ("TCSETSW", 0x5403),
    ("TCXONC", 0x540a),
    ("TIOCCONS", 0x541d),
    ("TIOCEXCL", 0x540c),
    ("TIOCGETD", 0x5424),
    ("TIOCGICOUNT", 0x545d),
    ("TIOCGLCKTRMIOS", 0x5456),
    ("TIOCGPGRP", 0x540f),
    ("TIOCGSERIAL", 0x541e),
    ("TIOCGSOFTCAR", 0x5419),
    ("TIOCGWINSZ", 0x5413),
    ("TIOCINQ", 0x541b),
    ("TIOCLINUX", 0x541c),
    ("TIOCMBIC", 0x5417),
    ("TIOCMBIS", 0x5416),
    ("TIOCMGET", 0x5415),
    ("TIOCMIWAIT", 0x545c),
    ("TIOCMSET", 0x5418),
    ("TIOCM_CAR", 64),
    ("TIOCM_CD", 64),
    ("TIOCM_CTS", 32),
    ("TIOCM_DSR", 256),
    ("TIOCM_DTR", 2),
    ("TIOCM_LE", 1),
    ("TIOCM_RI", 128),
    ("TIOCM_RNG", 128),
    ("TIOCM_RTS", 4),
    ("TIOCM_SR", 16),
    ("TIOCM_ST", 8),
    ("TIOCNOTTY", 0x5422),
    ("TIOCNXCL", 0x540d),
    ("TIOCOUTQ", 0x5411),
    ("TIOCPKT", 0x5420),
    ("TIOCPKT_DATA", 0),
    ("TIOCPKT_DOSTOP", 32),
    ("TIOCPKT_FLUSHREAD", 1),
    ("TIOCPKT_FLUSHWRITE", 2),
    ("TIOCPKT_NOSTOP", 16),
    ("TIOCPKT_START", 8),
    ("TIOCPKT_STOP", 4),
    ("TIOCSCTTY", 0x540e),
    ("TIOCSERCONFIG", 0x5453),
    ("TIOCSERGETLSR", 0x5459),
    ("TIOCSERGETMULTI", 0x545a),
    ("TIOCSERGSTRUCT", 0x5458),
    ("TIOCSERGWILD", 0x5454),
    ("TIOCSERSETMULTI", 0x545b),
    ("TIOCSERSWILD", 0x5455),
    ("TIOCSER_TEMT", 1),
    ("TIOCSETD", 0x5423),
    ("TIOCSLCKTRMIOS", 0x5457),
    ("TIOCSPGRP", 0x5410),
    ("TIOCSSERIAL", 0x541f),
    ("TIOCSSOFTCAR", 0x541a),
    ("TIOCSTI", 0x5412),
    ("TIOCSWINSZ", 0x5414),
    ("TOSTOP", 256),
    ("VDISCARD", 13),
    ("VEOF", 4),
    ("VEOL", 11),
    ("VEOL2", 16),
    ("VERASE", 2),
    ("VINTR", 0),
    ("VKILL", 3),
    ("VLNEXT", 15),
    ("VMIN", 6),
    ("VQUIT", 1),
    ("VREPRINT", 12),
    ("VSTART", 8),
    ("VSTOP", 9),
    ("VSUSP", 10),
    ("VSWTC", 7),
    ("VSWTCH", 7),
    ("VT0", 0),
    ("VT1", 0x4000),
    ("VTDLY", 0x4000),
    ("VTIME", 5),
    ("VWERASE", 14),
    ("XCASE", 4),
    ("XTABS", 0x1800),
    ("_POSIX_VDISABLE", 0),
];
