//! `_locale`: how the user's language writes numbers, dates and words.

use std::ffi::CString;

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::natives;
use argil_interp::types::dict::Dict;
use argil_interp::types::list::List;
use argil_interp::value::Value;
use argil_system::{libc, locale};

use crate::posix::args::{FsText, Text, name_value};
use crate::posix::define_numbers;

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "_locale", source: ModuleSource::Native { functions: FUNCTIONS, init } };

/// `locale.Error`.
struct LocaleError;

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    cx.define_exception::<LocaleError>(module, "locale.Error", Builtin::Exception);
    define_numbers(cx, module, CONSTANTS);
    // Characters are as the environment says, or UTF-8 if it says nothing of them.
    if locale::setlocale(libc::LC_CTYPE, Some(c"")).is_none_or(|name| name == b"C") {
        locale::setlocale(libc::LC_CTYPE, Some(c"C.UTF-8"));
    }
    Ok(())
}

#[cold]
fn wrong(cx: &Ctx, message: &str) -> Raised {
    cx.raise_own::<LocaleError>(message)
}

/// A text of the system's, which is UTF-8 or nearly.
fn shown<'h>(cx: &'h Ctx, text: &[u8]) -> Value<'h> {
    cx.str(&String::from_utf8_lossy(text))
}

fn conventions(cx: &Ctx) -> Value<'_> {
    let convention = locale::localeconv();
    let dict = Dict::alloc(cx);
    for (name, text) in &convention.texts {
        dict.set_name(cx, cx.intern(name), shown(cx, text));
    }
    for (name, number) in &convention.numbers {
        dict.set_name(cx, cx.intern(name), cx.int(i64::from(*number)));
    }
    for (name, sizes) in &convention.groupings {
        // The last size counts for all further groups, which a 0 at the end says.
        let end = sizes.last().filter(|last| **last != i8::MAX).map(|_| 0);
        let sizes: Vec<Value<'_>> = sizes.iter().copied().chain(end).map(|size| cx.int(i64::from(size))).collect();
        dict.set_name(cx, cx.intern(name), Value::of(List::from_values(cx, &sizes)));
    }
    Value::of(dict)
}

/// A domain to bind.
fn bound(cx: &Ctx, domain: &CString) -> Res<()> {
    if domain.is_empty() { Err(wrong(cx, "domain must be a non-empty string")) } else { Ok(()) }
}

natives! {
    static FUNCTIONS = {
        /// Activates/queries locale processing.
        call fn setlocale(cx; category: i32, locale: Option<Text> = None) -> Slot {
            let name = locale.map(|name| name.0);
            let set = locale::setlocale(category, name.as_deref());
            let message = if name.is_some() { "unsupported locale setting" } else { "locale query failed" };
            let cx: &Ctx = cx;
            set.map(|set| cx.root(shown(cx, &set))).ok_or_else(|| wrong(cx, message))
        }
        /// Returns numeric and monetary locale-specific parameters.
        fn localeconv(cx) -> Value<'h> { Ok(conventions(cx)) }
        /// Return the value for the locale information associated with key.
        fn nl_langinfo(cx; key: i32) -> Value<'h> {
            let known = CONSTANTS.iter().any(|(name, number)| {
                *number == i64::from(key) && !name.starts_with("LC_") && *name != "CHAR_MAX"
            });
            if !known {
                return Err(cx.value_error("unsupported langinfo constant"));
            }
            Ok(shown(cx, &locale::nl_langinfo(key)))
        }
        /// Get the current locale encoding.
        fn getencoding(cx) -> Value<'h> { Ok(shown(cx, &locale::nl_langinfo(libc::CODESET))) }
        /// Compares two strings according to the locale.
        call fn strcoll(cx; os1: Text, os2: Text) -> i64 { Ok(i64::from(locale::strcoll(&os1.0, &os2.0).signum())) }
        /// Return a string that can be used as a key for locale-aware comparisons.
        call fn strxfrm(cx; string: Text) -> Slot {
            let made = locale::strxfrm(&string.0);
            let cx: &Ctx = cx;
            Ok(cx.root(shown(cx, &made)))
        }
        /// Return translation of msg.
        call fn gettext(cx; msg: Text) -> Slot {
            let found = locale::translation(None, &msg.0, libc::LC_MESSAGES);
            let cx: &Ctx = cx;
            Ok(cx.root(name_value(cx, &found, false)?))
        }
        /// Return translation of msg in domain.
        call fn dgettext(cx; domain: Option<Text>, msg: Text) -> Slot {
            let found = locale::translation(domain.map(|domain| domain.0).as_ref(), &msg.0, libc::LC_MESSAGES);
            let cx: &Ctx = cx;
            Ok(cx.root(name_value(cx, &found, false)?))
        }
        /// Return translation of msg in domain and category.
        call fn dcgettext(cx; domain: Option<Text>, msg: Text, category: i32) -> Slot {
            let found = locale::translation(domain.map(|domain| domain.0).as_ref(), &msg.0, category);
            let cx: &Ctx = cx;
            Ok(cx.root(name_value(cx, &found, false)?))
        }
        /// Set the C library's textdmain to domain, returning the new domain.
        call fn textdomain(cx; domain: Option<Text>) -> Slot {
            let set = locale::set_domain(domain.map(|domain| domain.0).as_ref()).unwrap_or_default();
            let cx: &Ctx = cx;
            Ok(cx.root(name_value(cx, &set, false)?))
        }
        /// Bind the C library's domain to dir.
        call fn bindtextdomain(cx; domain: Text, dir: Option<FsText>) -> Slot {
            bound(cx, &domain.0)?;
            let set = locale::bind_domain(&domain.0, dir.map(|dir| dir.0).as_ref()).unwrap_or_default();
            let cx: &Ctx = cx;
            Ok(cx.root(name_value(cx, &set, false)?))
        }
        /// Bind the C library's domain to codeset.
        call fn bind_textdomain_codeset(cx; domain: Text, codeset: Option<Text>) -> Slot {
            let set = locale::bind_codeset(&domain.0, codeset.map(|codeset| codeset.0).as_ref());
            let cx: &Ctx = cx;
            Ok(cx.root(set.map_or(Value::NONE, |set| shown(cx, &set))))
        }
    }
}

/// Name and value.
const CONSTANTS: &[(&str, i64)] = &[
    ("ABDAY_1", 0x20000),
    ("ABDAY_2", 0x20001),
    ("ABDAY_3", 0x20002),
    ("ABDAY_4", 0x20003),
    ("ABDAY_5", 0x20004),
    ("ABDAY_6", 0x20005),
    ("ABDAY_7", 0x20006),
    ("ABMON_1", 0x2000e),
    ("ABMON_10", 0x20017),
    ("ABMON_11", 0x20018),
    ("ABMON_12", 0x20019),
    ("ABMON_2", 0x2000f),
    ("ABMON_3", 0x20010),
    ("ABMON_4", 0x20011),
    ("ABMON_5", 0x20012),
    ("ABMON_6", 0x20013),
    ("ABMON_7", 0x20014),
    ("ABMON_8", 0x20015),
    ("ABMON_9", 0x20016),
    ("ALT_DIGITS", 0x2002f),
    ("AM_STR", 0x20026),
    ("CHAR_MAX", 127),
    ("CODESET", 14),
    ("CRNCYSTR", 0x4000f),
    ("DAY_1", 0x20007),
    ("DAY_2", 0x20008),
    ("DAY_3", 0x20009),
    ("DAY_4", 0x2000a),
    ("DAY_5", 0x2000b),
    ("DAY_6", 0x2000c),
    ("DAY_7", 0x2000d),
    ("D_FMT", 0x20029),
    ("D_T_FMT", 0x20028),
    ("ERA", 0x2002c),
    ("ERA_D_FMT", 0x2002e),
    ("ERA_D_T_FMT", 0x20030),
    ("ERA_T_FMT", 0x20031),
    ("LC_ALL", 6),
    ("LC_COLLATE", 3),
    ("LC_CTYPE", 0),
    ("LC_MESSAGES", 5),
    ("LC_MONETARY", 4),
    ("LC_NUMERIC", 1),
    ("LC_TIME", 2),
    ("MON_1", 0x2001a),
    ("MON_10", 0x20023),
    ("MON_11", 0x20024),
    ("MON_12", 0x20025),
    ("MON_2", 0x2001b),
    ("MON_3", 0x2001c),
    ("MON_4", 0x2001d),
    ("MON_5", 0x2001e),
    ("MON_6", 0x2001f),
    ("MON_7", 0x20020),
    ("MON_8", 0x20021),
    ("MON_9", 0x20022),
    ("NOEXPR", 0x50001),
    ("PM_STR", 0x20027),
    ("RADIXCHAR", 0x10000),
    ("THOUSEP", 0x10001),
    ("T_FMT", 0x2002a),
    ("T_FMT_AMPM", 0x2002b),
    ("YESEXPR", 0x50000),
    ("_DATE_FMT", 0x2006c),
];
