//! The tuples that calls return.

use argil_interp::struct_sequence::{Maker, StructSequence};

/// `os.stat_result`.
pub(crate) static STAT_RESULT: StructSequence = StructSequence {
    name: "os.stat_result",
    doc: "stat_result: Result from stat, fstat, or lstat.\n\nThis object may be accessed either as a tuple of\n  (mode, ino, dev, nlink, uid, gid, size, atime, mtime, ctime)\nor via the attributes st_mode, st_ino, st_dev, st_nlink, and so on.\n\nPosix/windows: If your platform supports st_blksize, st_blocks, st_rdev,\nor st_flags, they are available as attributes only.\n\nSee os.stat for more information.",
    fields: &[
        ("st_mode", Some("protection bits")),
        ("st_ino", Some("inode")),
        ("st_dev", Some("device")),
        ("st_nlink", Some("number of hard links")),
        ("st_uid", Some("user ID of owner")),
        ("st_gid", Some("group ID of owner")),
        ("st_size", Some("total size, in bytes")),
        ("st_atime", Some("time of last access")),
        ("st_mtime", Some("time of last modification")),
        ("st_ctime", Some("time of last change")),
        ("st_atime_ns", Some("time of last access in nanoseconds")),
        ("st_mtime_ns", Some("time of last modification in nanoseconds")),
        ("st_ctime_ns", Some("time of last change in nanoseconds")),
        ("st_blksize", Some("blocksize for filesystem I/O")),
        ("st_blocks", Some("number of blocks allocated")),
        ("st_rdev", Some("device type (if inode device)")),
    ],
    elements: 10,
    unnamed: 3,
    maker: Maker::Sequence,
};

/// `os.statvfs_result`.
pub(crate) static STATVFS_RESULT: StructSequence = StructSequence {
    name: "os.statvfs_result",
    doc: "statvfs_result: Result from statvfs or fstatvfs.\n\nThis object may be accessed either as a tuple of\n  (bsize, frsize, blocks, bfree, bavail, files, ffree, favail, flag, namemax),\nor via the attributes f_bsize, f_frsize, f_blocks, f_bfree, and so on.\n\nSee os.statvfs for more information.",
    fields: &[
        ("f_bsize", None),
        ("f_frsize", None),
        ("f_blocks", None),
        ("f_bfree", None),
        ("f_bavail", None),
        ("f_files", None),
        ("f_ffree", None),
        ("f_favail", None),
        ("f_flag", None),
        ("f_namemax", None),
        ("f_fsid", None),
    ],
    elements: 10,
    unnamed: 0,
    maker: Maker::Sequence,
};

/// `os.terminal_size`.
pub(crate) static TERMINAL_SIZE: StructSequence = StructSequence {
    name: "os.terminal_size",
    doc: "A tuple of (columns, lines) for holding terminal window size",
    fields: &[
        ("columns", Some("width of the terminal window in characters")),
        ("lines", Some("height of the terminal window in characters")),
    ],
    elements: 2,
    unnamed: 0,
    maker: Maker::Sequence,
};

/// `posix.times_result`.
pub(crate) static TIMES_RESULT: StructSequence = StructSequence {
    name: "posix.times_result",
    doc: "times_result: Result from os.times().\n\nThis object may be accessed either as a tuple of\n  (user, system, children_user, children_system, elapsed),\nor via the attributes user, system, children_user, children_system,\nand elapsed.\n\nSee os.times for more information.",
    fields: &[
        ("user", Some("user time")),
        ("system", Some("system time")),
        ("children_user", Some("user time of children")),
        ("children_system", Some("system time of children")),
        ("elapsed", Some("elapsed time since an arbitrary point in the past")),
    ],
    elements: 5,
    unnamed: 0,
    maker: Maker::Sequence,
};

/// `posix.uname_result`.
pub(crate) static UNAME_RESULT: StructSequence = StructSequence {
    name: "posix.uname_result",
    doc: "uname_result: Result from os.uname().\n\nThis object may be accessed either as a tuple of\n  (sysname, nodename, release, version, machine),\nor via the attributes sysname, nodename, release, version, and machine.\n\nSee os.uname for more information.",
    fields: &[
        ("sysname", Some("operating system name")),
        ("nodename", Some("name of machine on network (implementation-defined)")),
        ("release", Some("operating system release")),
        ("version", Some("operating system version")),
        ("machine", Some("hardware identifier")),
    ],
    elements: 5,
    unnamed: 0,
    maker: Maker::Sequence,
};

/// `posix.sched_param`.
pub(crate) static SCHED_PARAM: StructSequence = StructSequence {
    name: "posix.sched_param",
    doc: "Currently has only one field: sched_priority\n\n  sched_priority\n    A scheduling parameter.",
    fields: &[("sched_priority", Some("the scheduling priority"))],
    elements: 1,
    unnamed: 0,
    maker: Maker::Own(super::scheduling::PARAM),
};

/// `posix.waitid_result`.
pub(crate) static WAITID_RESULT: StructSequence = StructSequence {
    name: "posix.waitid_result",
    doc: "waitid_result: Result from waitid.\n\nThis object may be accessed either as a tuple of\n  (si_pid, si_uid, si_signo, si_status, si_code),\nor via the attributes si_pid, si_uid, and so on.\n\nSee os.waitid for more information.",
    fields: &[("si_pid", None), ("si_uid", None), ("si_signo", None), ("si_status", None), ("si_code", None)],
    elements: 5,
    unnamed: 0,
    maker: Maker::Sequence,
};
