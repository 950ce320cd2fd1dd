//! What to do about a module that CPython's library has and ours has not.
//!
//! An addition to the traceback only: the exception and its message are CPython's, for scripts that handle it, and a module that
//! CPython has not either is reported as there.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Slot};
use crate::types::exception::{Exception, details};
use crate::value::Value;

/// The public modules of CPython 3.14's library on Linux, and those of their submodules whose packages are in ours.
const OF_CPYTHON: &str = "\
    abc annotationlib antigravity argparse array ast asyncio atexit base64 bdb binascii bisect builtins bz2 cProfile \
    calendar cmath cmd code codecs codeop collections collections.abc colorsys compileall compression concurrent \
    configparser contextlib contextvars copy copyreg csv ctypes curses dataclasses datetime dbm decimal difflib dis \
    doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib \
    functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib \
    imaplib importlib inspect io ipaddress itertools json keyword linecache locale logging lzma mailbox marshal math \
    mimetypes mmap modulefinder multiprocessing multiprocessing.connection multiprocessing.dummy \
    multiprocessing.managers multiprocessing.pool multiprocessing.shared_memory multiprocessing.sharedctypes netrc \
    ntpath nturl2path numbers opcode operator optparse os pathlib pdb pickle pickletools pkgutil platform plistlib \
    poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri \
    random re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal \
    site smtplib socket socketserver sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep \
    struct subprocess symtable sys sysconfig syslog tabnanny tarfile tempfile termios textwrap this threading time \
    timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata \
    unittest urllib uuid venv warnings wave weakref webbrowser wsgiref xml xmlrpc zipapp zipfile zipimport zlib \
    zoneinfo";

/// A line about the module that an exception with this message says is missing; empty if it is no module of CPython's.
pub fn advice(cx: &Ctx, exception: Slot, message: &str) -> String {
    let exception = cx.get(exception);
    // A script may forbid an import, or raise such an exception itself; then there is nothing to add.
    if !cx.is_instance(exception, Builtin::ModuleNotFoundError) || !message.starts_with("No module named") {
        return String::new();
    }
    let name = exception.cast::<Exception>().map_or(Value::NONE, |error| details::get(cx, error, "name"));
    let Some(name) = name.as_str() else { return String::new() };
    let has = |name: &str| cx.interp().config.library.has(name);
    if has(name) || !OF_CPYTHON.split_ascii_whitespace().any(|module| module == name) {
        return String::new();
    }
    let library = "Argil's library has no such module yet (sys.stdlib_module_names says what it has)";
    match name.contains('.') {
        true => format!("{library}.\n"),
        false => format!("{library}. A file {name}.py beside the script would be imported.\n"),
    }
}
