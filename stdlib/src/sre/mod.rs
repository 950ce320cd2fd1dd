//! `_sre`: what Lib's `re` stands on. Lib compiles patterns to code; here it is checked, translated and run ([`engine`]).
//!
//! Locales are taken to be those of UTF-8 or ASCII, in which only ASCII letters are letters of bytes.

mod collect;
mod compiled;
mod engine;
mod matches;
mod pattern;
mod scanner;
mod session;
mod spans;
mod subject;
mod substitute;
mod template;

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::NativeClass;
use argil_interp::natives;
use argil_interp::types::class::Class;
use argil_interp::types::dict::Dict;
use argil_interp::types::list::List;
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;

use engine::{classes, opcodes};

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "_sre", source: ModuleSource::Native { functions: FUNCTIONS, init } };

/// Bytes of a word of code.
const CODESIZE: i64 = 4;

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    let generic = [pattern::METHODS, pattern::GENERIC];
    let class = cx.define_native_class::<pattern::Pattern>(module, &NativeClass::nameless("re.Pattern", &generic));
    document(cx, class, "Compiled regular expression object.");
    let generic = [matches::METHODS, matches::GENERIC];
    let class = cx.define_native_class::<matches::Match>(module, &NativeClass::nameless("re.Match", &generic));
    document(
        cx,
        class,
        "The result of re.match() and re.search().\nMatch objects always have a boolean value of True.",
    );
    cx.define_native_class::<scanner::Scanner>(module, &NativeClass::nameless("SRE_Scanner", &[scanner::METHODS]));
    cx.define_native_class::<template::Template>(module, &NativeClass::nameless("SRE_Template", &[]));
    let cx: &Ctx = cx;
    let numbers = [
        ("MAGIC", opcodes::MAGIC),
        ("CODESIZE", CODESIZE),
        ("MAXREPEAT", i64::from(opcodes::MAXREPEAT)),
        ("MAXGROUPS", opcodes::MAXGROUPS),
    ];
    numbers.into_iter().for_each(|(name, number)| cx.define(module, name, cx.int(number)));
    cx.define(module, "copyright", cx.str(" SRE 2.2.2 Copyright (c) 1997-2002 by Secret Labs AB "));
    Ok(())
}

/// Gives a class its documentation.
fn document(cx: &Ctx, class: Slot, text: &str) {
    if let Some(class) = cx.get(class).cast::<Class>() {
        class.names(cx).set_name(cx, cx.intern("__doc__"), cx.str(text));
    }
}

natives! {
    static FUNCTIONS = {
        fn compile(
            cx; ; pattern: Value<'h>, flags: i32, code: &'h List, groups: i64, groupindex: &'h Dict, indexgroup: &'h Tuple
        ) -> Value<'h> {
            pattern::compile(cx, (pattern, flags), code, groups, (groupindex, indexgroup))
        }

        /// template
        ///   A list containing interleaved literal strings (str or bytes) and group
        ///   indices (int), as returned by re._parser.parse_template():
        ///       [literal1, group1, ..., literalN, groupN]
        fn template(cx; _pattern: Value<'h>, template: &'h List) -> Value<'h> {
            template::make(cx, template)
        }

        fn getcodesize(cx) -> i64 {
            Ok(CODESIZE)
        }

        fn ascii_iscased(cx; character: i32) -> bool {
            Ok(u8::try_from(character).is_ok_and(|byte| byte.is_ascii_alphabetic()))
        }

        fn unicode_iscased(cx; character: i32) -> bool {
            let c = character as u32;
            Ok(c != classes::lower(c) || c != classes::upper(c))
        }

        fn ascii_tolower(cx; character: i32) -> i64 {
            Ok(i64::from(classes::ascii_lower(character as u32) as i32))
        }

        fn unicode_tolower(cx; character: i32) -> i64 {
            Ok(i64::from(classes::lower(character as u32) as i32))
        }
    }
}
