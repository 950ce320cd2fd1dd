//! `time.struct_time`.

use argil_interp::struct_sequence::{Maker, StructSequence};

/// `time.struct_time`.
pub(super) static STRUCT_TIME: StructSequence = StructSequence {
    name: "time.struct_time",
    doc: "The time value as returned by gmtime(), localtime(), and strptime(), and\n accepted by asctime(), mktime() and strftime().  May be considered as a\n sequence of 9 integers.\n\n Note that several fields' values are not the same as those defined by\n the C language standard for struct tm.  For example, the value of the\n field tm_year is the actual year, not year - 1900.  See individual\n fields' descriptions for details.",
    fields: &[
        ("tm_year", Some("year, for example, 1993")),
        ("tm_mon", Some("month of year, range [1, 12]")),
        ("tm_mday", Some("day of month, range [1, 31]")),
        ("tm_hour", Some("hours, range [0, 23]")),
        ("tm_min", Some("minutes, range [0, 59]")),
        ("tm_sec", Some("seconds, range [0, 61])")),
        ("tm_wday", Some("day of week, range [0, 6], Monday is 0")),
        ("tm_yday", Some("day of year, range [1, 366]")),
        ("tm_isdst", Some("1 if summer time is in effect, 0 if not, and -1 if unknown")),
        ("tm_zone", Some("abbreviation of timezone name")),
        ("tm_gmtoff", Some("offset from UTC in seconds")),
    ],
    elements: 9,
    unnamed: 0,
    maker: Maker::Sequence,
};
