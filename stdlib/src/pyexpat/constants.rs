//! The module's constants, and its modules of constants.

use argil_interp::ctx::{Ctx, Slot};
use argil_interp::types::dict::Dict;
use argil_interp::types::list::List;
use argil_interp::types::module::Module;
use argil_interp::value::Value;
use argil_xml::{Code, ModelKind, Quantity};

/// The release of expat that texts are read like.
const VERSION: [u64; 3] = [2, 9, 0];

/// What expat was built with: names and values.
const FEATURES: &[(&str, u64)] = &[
    ("sizeof(XML_Char)", 1),
    ("sizeof(XML_LChar)", 1),
    ("XML_DTD", 0),
    ("XML_CONTEXT_BYTES", 1024),
    ("XML_NS", 0),
    ("XML_BLAP_MAX_AMP", 100),
    ("XML_BLAP_ACT_THRES", 8 << 20),
    ("XML_GE", 0),
];

/// Defines them.
pub fn define(cx: &Ctx, module: Slot) {
    let [major, minor, micro] = VERSION;
    cx.define(module, "EXPAT_VERSION", cx.str(&format!("expat_{major}.{minor}.{micro}")));
    cx.define(module, "version_info", cx.tuple(&VERSION.map(|number| cx.uint(number))));
    cx.define(module, "native_encoding", cx.str("UTF-8"));
    let pair = |&(name, value): &(&str, u64)| cx.tuple(&[cx.str(name), cx.uint(value)]);
    let features: Vec<Value<'_>> = FEATURES.iter().map(pair).collect();
    cx.define(module, "features", Value::of(List::from_values(cx, &features)));
    let modes = ["NEVER", "UNLESS_STANDALONE", "ALWAYS"];
    for (number, mode) in modes.iter().enumerate() {
        cx.define(module, &format!("XML_PARAM_ENTITY_PARSING_{mode}"), cx.uint(number as u64));
    }
    let errors = sub_module(cx, module, "errors", "Constants used to describe error conditions.");
    let codes = Dict::alloc(cx);
    let messages = cx.root(Value::of(Dict::alloc(cx)));
    for &(code, name) in Code::ALL {
        let (words, number) = (cx.intern(code.words()), cx.uint(code as u64));
        cx.define(errors, name, words);
        codes.set_name(cx, words, number);
        set_number(cx, messages, code as i64, words);
    }
    cx.define(errors, "codes", Value::of(codes));
    cx.define(errors, "messages", cx.get(messages));
    let model = sub_module(cx, module, "model", "Constants used to interpret content model information.");
    let kinds = [
        ("EMPTY", ModelKind::Empty),
        ("ANY", ModelKind::Any),
        ("MIXED", ModelKind::Mixed),
        ("NAME", ModelKind::Name),
        ("CHOICE", ModelKind::Choice),
        ("SEQ", ModelKind::Sequence),
    ];
    for (name, kind) in kinds {
        cx.define(model, &format!("XML_CTYPE_{name}"), cx.uint(kind as u64));
    }
    let quantities =
        [("NONE", Quantity::One), ("OPT", Quantity::Optional), ("REP", Quantity::Any), ("PLUS", Quantity::Some)];
    for (name, quantity) in quantities {
        cx.define(model, &format!("XML_CQUANT_{name}"), cx.uint(quantity as u64));
    }
}

fn sub_module(cx: &Ctx, module: Slot, name: &str, doc: &str) -> Slot {
    let made = cx.root(Value::of(Module::alloc(cx, &format!("pyexpat.{name}"))));
    cx.define(made, "__doc__", cx.str(doc));
    cx.define(module, name, cx.get(made));
    made
}

/// Binds a small integer in a dict.
fn set_number(cx: &Ctx, dict: Slot, key: i64, value: Value<'_>) {
    let set = argil_interp::ops::item::set_item_leaf(cx, cx.get(dict), cx.int(key), value);
    debug_assert!(matches!(set, Some(Ok(()))), "an integer is a key of a plain dict");
}
