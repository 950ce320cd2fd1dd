//! `_stat`: what the mode of a file says.

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res};
use argil_interp::native::{FromArg, NativeDef};
use argil_interp::natives;
use argil_interp::ops::number::int::is_negative;
use argil_interp::value::Value;

/// The module.
pub const MODULE: ModuleDef = ModuleDef {
    name: "_stat",
    source: ModuleSource::Native {
        functions: FUNCTIONS,
        init: |cx, module| {
            for (name, value) in CONSTANTS {
                cx.define(module, name, cx.int(*value));
            }
            Ok(())
        },
    },
};

/// The bits of a mode that say what kind of file it is.
const FORMAT: u32 = 0o170_000;
/// Kinds of files.
const SOCKET: u32 = 0o140_000;
const LINK: u32 = 0o120_000;
const REGULAR: u32 = 0o100_000;
const BLOCK: u32 = 0o060_000;
const FOLDER: u32 = 0o040_000;
const CHARACTER: u32 = 0o020_000;
const FIFO: u32 = 0o010_000;

const CONSTANTS: &[(&str, i64)] = &[
    ("SF_APPEND", 262144),
    ("SF_ARCHIVED", 65536),
    ("SF_DATALESS", 1073741824),
    ("SF_FIRMLINK", 8388608),
    ("SF_IMMUTABLE", 131072),
    ("SF_NOUNLINK", 1048576),
    ("SF_SETTABLE", 4294901760),
    ("SF_SNAPSHOT", 2097152),
    ("ST_ATIME", 7),
    ("ST_CTIME", 9),
    ("ST_DEV", 2),
    ("ST_GID", 5),
    ("ST_INO", 1),
    ("ST_MODE", 0),
    ("ST_MTIME", 8),
    ("ST_NLINK", 3),
    ("ST_SIZE", 6),
    ("ST_UID", 4),
    ("S_ENFMT", 1024),
    ("S_IEXEC", 64),
    ("S_IFBLK", 24576),
    ("S_IFCHR", 8192),
    ("S_IFDIR", 16384),
    ("S_IFDOOR", 0),
    ("S_IFIFO", 4096),
    ("S_IFLNK", 40960),
    ("S_IFPORT", 0),
    ("S_IFREG", 32768),
    ("S_IFSOCK", 49152),
    ("S_IFWHT", 0),
    ("S_IREAD", 256),
    ("S_IRGRP", 32),
    ("S_IROTH", 4),
    ("S_IRUSR", 256),
    ("S_IRWXG", 56),
    ("S_IRWXO", 7),
    ("S_IRWXU", 448),
    ("S_ISGID", 1024),
    ("S_ISUID", 2048),
    ("S_ISVTX", 512),
    ("S_IWGRP", 16),
    ("S_IWOTH", 2),
    ("S_IWRITE", 128),
    ("S_IWUSR", 128),
    ("S_IXGRP", 8),
    ("S_IXOTH", 1),
    ("S_IXUSR", 64),
    ("UF_APPEND", 4),
    ("UF_COMPRESSED", 32),
    ("UF_DATAVAULT", 128),
    ("UF_HIDDEN", 32768),
    ("UF_IMMUTABLE", 2),
    ("UF_NODUMP", 1),
    ("UF_NOUNLINK", 16),
    ("UF_OPAQUE", 8),
    ("UF_SETTABLE", 65535),
    ("UF_TRACKED", 64),
];

/// The mode of a file.
struct Mode(u32);

impl<'h> FromArg<'h> for Mode {
    fn by_script(cx: &Ctx, value: Value<'_>) -> Option<argil_interp::native::ByScript> {
        i64::by_script(cx, value)
    }

    fn from_arg(cx: &'h Ctx, value: Value<'h>, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        let int = cx.index(value)?;
        if is_negative(int) {
            return Err(cx.overflow_error("can't convert negative value to unsigned int"));
        }
        let Some(mode) = int.to_i64() else {
            return Err(cx.overflow_error("Python int too large to convert to C unsigned long"));
        };
        match u32::try_from(mode) {
            Ok(mode) => Ok(Mode(mode)),
            Err(_) => Err(cx.overflow_error("mode out of range")),
        }
    }
}

/// `-rwxr-xr-x`.
fn shown(mode: u32) -> String {
    let kind = match mode & FORMAT {
        REGULAR => '-',
        FOLDER => 'd',
        LINK => 'l',
        BLOCK => 'b',
        CHARACTER => 'c',
        FIFO => 'p',
        SOCKET => 's',
        _ => '?',
    };
    let mut text = String::from(kind);
    // Who may do what, and what stands for execution with a special bit, without and with the right to it.
    for (shift, special, without, with) in [(6, 0o4000, 'S', 's'), (3, 0o2000, 'S', 's'), (0, 0o1000, 'T', 't')] {
        let rights = mode >> shift;
        text.push(if rights & 4 != 0 { 'r' } else { '-' });
        text.push(if rights & 2 != 0 { 'w' } else { '-' });
        text.push(match (mode & special != 0, rights & 1 != 0) {
            (true, true) => with,
            (true, false) => without,
            (false, true) => 'x',
            (false, false) => '-',
        });
    }
    text
}

natives! {
    static FUNCTIONS = {
        /// S_ISDIR(mode) -> bool
        ///
        /// Return True if mode is from a directory.
        fn S_ISDIR(cx; mode: Mode) -> bool { Ok(mode.0 & FORMAT == FOLDER) }

        /// S_ISCHR(mode) -> bool
        ///
        /// Return True if mode is from a character special device file.
        fn S_ISCHR(cx; mode: Mode) -> bool { Ok(mode.0 & FORMAT == CHARACTER) }

        /// S_ISBLK(mode) -> bool
        ///
        /// Return True if mode is from a block special device file.
        fn S_ISBLK(cx; mode: Mode) -> bool { Ok(mode.0 & FORMAT == BLOCK) }

        /// S_ISREG(mode) -> bool
        ///
        /// Return True if mode is from a regular file.
        fn S_ISREG(cx; mode: Mode) -> bool { Ok(mode.0 & FORMAT == REGULAR) }

        /// S_ISFIFO(mode) -> bool
        ///
        /// Return True if mode is from a FIFO (named pipe).
        fn S_ISFIFO(cx; mode: Mode) -> bool { Ok(mode.0 & FORMAT == FIFO) }

        /// S_ISLNK(mode) -> bool
        ///
        /// Return True if mode is from a symbolic link.
        fn S_ISLNK(cx; mode: Mode) -> bool { Ok(mode.0 & FORMAT == LINK) }

        /// S_ISSOCK(mode) -> bool
        ///
        /// Return True if mode is from a socket.
        fn S_ISSOCK(cx; mode: Mode) -> bool { Ok(mode.0 & FORMAT == SOCKET) }

        /// S_ISDOOR(mode) -> bool
        ///
        /// Return True if mode is from a door.
        fn S_ISDOOR(cx; mode: Mode) -> bool {
            let _ = mode;
            Ok(false)
         }

        /// S_ISPORT(mode) -> bool
        ///
        /// Return True if mode is from an event port.
        fn S_ISPORT(cx; mode: Mode) -> bool {
            let _ = mode;
            Ok(false)
         }

        /// S_ISWHT(mode) -> bool
        ///
        /// Return True if mode is from a whiteout.
        fn S_ISWHT(cx; mode: Mode) -> bool {
            let _ = mode;
            Ok(false)
         }

        /// Return the portion of the file's mode that can be set by os.chmod().
        fn S_IMODE(cx; mode: Mode) -> i64 { Ok(i64::from(mode.0 & 0o7777)) }

        /// Return the portion of the file's mode that describes the file type.
        fn S_IFMT(cx; mode: Mode) -> i64 { Ok(i64::from(mode.0 & FORMAT)) }

        /// Convert a file's mode to a string of the form '-rwxrwxrwx'
        fn filemode(cx; mode: Mode) -> String { Ok(shown(mode.0)) }
    }
}
