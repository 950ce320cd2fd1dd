//! `_blake2`: BLAKE2 (RFC 7693) with keys, salts and trees.
#![expect(clippy::too_many_arguments, reason = "BLAKE2 has that many parameters, each with a name in scripts")]

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::NativeClass;
use argil_interp::memory;
use argil_interp::native::GivenSlot;
use argil_interp::natives;
use argil_interp::types::bytes::buffer;

use super::algorithm::{Algorithm, BLAKE2B, BLAKE2S, Blake2b, Blake2s, Hash};
use super::object::{COMMON, FIXED, Mark, NAME, UPDATE, initial, object, unsigned, update};
use super::plain::limit;

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "_blake2", source: ModuleSource::Native { functions: &[], init } };

/// One of the two functions.
struct Variant {
    algorithm: &'static Algorithm,
    /// The names of its constants begin with it.
    prefix: &'static str,
    shown: &'static str,
    /// How long a salt and a personal text may be, in bytes.
    text: usize,
    /// How many nodes a level of a tree may have.
    offsets: u64,
}

const WIDE: Variant = Variant { algorithm: &BLAKE2B, prefix: "BLAKE2B", shown: "Blake2b", text: 16, offsets: u64::MAX };

const NARROW: Variant =
    Variant { algorithm: &BLAKE2S, prefix: "BLAKE2S", shown: "Blake2s", text: 8, offsets: (1 << 48) - 1 };

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    let methods = [NEW_WIDE, UPDATE, COMMON, NAME, FIXED];
    let wide = cx.define_native_class::<Mark<20>>(module, &NativeClass::nameless("blake2b", &methods));
    let methods = [NEW_NARROW, UPDATE, COMMON, NAME, FIXED];
    let narrow = cx.define_native_class::<Mark<21>>(module, &NativeClass::nameless("blake2s", &methods));
    for (variant, class) in [(WIDE, wide), (NARROW, narrow)] {
        let cx: &Ctx = cx;
        cx.define(module, variant.algorithm.name, cx.get(class));
        let most = variant.algorithm.size;
        let numbers = [
            ("SALT_SIZE", variant.text),
            ("PERSON_SIZE", variant.text),
            ("MAX_KEY_SIZE", most),
            ("MAX_DIGEST_SIZE", most),
        ];
        for (name, number) in numbers {
            cx.define(module, &format!("{}_{name}", variant.prefix), cx.uint(number as u64));
            if let Some(class) = cx.get(class).cast::<argil_interp::types::class::Class>() {
                class.names(cx).set_name(cx, cx.intern(name), cx.uint(number as u64));
            }
        }
    }
    limit(cx, module)
}

/// What a hash begins with.
struct Given {
    digest_size: i32,
    key: GivenSlot,
    salt: GivenSlot,
    person: GivenSlot,
    fanout: i32,
    depth: i32,
    leaf_size: GivenSlot,
    node_offset: GivenSlot,
    node_depth: i32,
    inner_size: i32,
    last_node: bool,
}

/// The same, checked.
struct Parameters {
    size: usize,
    key: Vec<u8>,
    salt: Vec<u8>,
    person: Vec<u8>,
    fanout: u8,
    depth: u8,
    leaf_size: u32,
    node_offset: u64,
    node_depth: u8,
    inner_size: usize,
    last_node: bool,
}

/// Bytes of at most so many.
fn text(cx: &mut Ctx, given: &GivenSlot, name: &str, most: usize) -> Res<Vec<u8>> {
    let Some(given) = given.0 else { return Ok(Vec::new()) };
    let bytes = buffer::look(cx, cx.get(given), |bytes| (bytes.len() <= most).then(|| memory::copy(bytes)))?;
    bytes.ok_or_else(|| cx.value_error(format!("maximum {name} length is {most} bytes")))
}

/// A number of a byte, and not less than that.
fn byte(cx: &Ctx, number: i32, name: &str, least: u8) -> Res<u8> {
    let byte = u8::try_from(number).ok().filter(|&byte| byte >= least);
    byte.ok_or_else(|| cx.value_error(format!("{name} must be between {least} and 255")))
}

fn check(cx: &mut Ctx, variant: &Variant, given: Given) -> Res<Parameters> {
    let (most, size) = (variant.algorithm.size, given.digest_size);
    let size = usize::try_from(size).ok().filter(|size| (1..=most).contains(size)).ok_or_else(|| {
        let shown = variant.shown;
        cx.value_error(format!("digest_size for {shown} must be between 1 and {most} bytes, here it is {size}"))
    })?;
    let salt = text(cx, &given.salt, "salt", variant.text)?;
    let person = text(cx, &given.person, "person", variant.text)?;
    let fanout = byte(cx, given.fanout, "fanout", 0)?;
    let depth = byte(cx, given.depth, "depth", 1)?;
    let leaf_size = given.leaf_size.0.map_or(Ok(0), |size| unsigned(cx, size, "unsigned long"))?;
    let leaf_size = u32::try_from(leaf_size).map_err(|_| cx.overflow_error("leaf_size is too large"))?;
    let node_offset = given.node_offset.0.map_or(Ok(0), |offset| unsigned(cx, offset, "unsigned long long"))?;
    if node_offset > variant.offsets {
        return Err(cx.overflow_error("node_offset is too large"));
    }
    let node_depth = byte(cx, given.node_depth, "node_depth", 0)?;
    let inner_size = usize::try_from(given.inner_size).ok().filter(|&size| size <= most);
    let inner_size = inner_size.ok_or_else(|| cx.value_error(format!("inner_size must be between 0 and is {most}")))?;
    let key = text(cx, &given.key, "key", most)?;
    let last_node = given.last_node;
    Ok(Parameters { size, key, salt, person, fanout, depth, leaf_size, node_offset, node_depth, inner_size, last_node })
}

/// A hash that begins so, by one of the crates, whose parameters are called alike.
macro_rules! begin {
    ($params:expr, $given:expr, $wrap:expr) => {{
        let (mut params, given) = ($params, $given);
        params
            .hash_length(given.size)
            .key(&given.key)
            .salt(&given.salt)
            .personal(&given.person)
            .fanout(given.fanout)
            .max_depth(given.depth)
            .max_leaf_length(given.leaf_size)
            .node_offset(given.node_offset)
            .node_depth(given.node_depth)
            .inner_hash_length(given.inner_size)
            .last_node(given.last_node);
        Box::new($wrap(params.to_state()))
    }};
}

fn new(cx: &mut Ctx, class: Slot, variant: &Variant, data: [GivenSlot; 2], given: Given) -> Res<Slot> {
    let [data, string] = data;
    let data = initial(cx, data, string)?;
    let given = check(cx, variant, given)?;
    let hash: Box<dyn Hash> = if std::ptr::eq(variant.algorithm, &BLAKE2B) {
        begin!(blake2b_simd::Params::new(), &given, Blake2b)
    } else {
        begin!(blake2s_simd::Params::new(), &given, Blake2s)
    };
    let this = object(cx, class, variant.algorithm, given.size, hash);
    if let Some(data) = data {
        update(cx, this, data)?;
    }
    Ok(this)
}

/// The constructor of a class.
macro_rules! constructor {
    ($table:ident $variant:expr, $size:literal) => {
        natives! {
            static $table = {
                static call fn __new__(
                    cx; cls: Slot; data: GivenSlot = GivenSlot(None);
                    digest_size: i32 = $size, key: GivenSlot = GivenSlot(None), salt: GivenSlot = GivenSlot(None),
                    person: GivenSlot = GivenSlot(None), fanout: i32 = 1, depth: i32 = 1,
                    leaf_size: GivenSlot = GivenSlot(None), node_offset: GivenSlot = GivenSlot(None),
                    node_depth: i32 = 0, inner_size: i32 = 0, last_node: bool = false, usedforsecurity: bool = true,
                    string: GivenSlot = GivenSlot(None)
                ) -> Slot {
                    let given = Given {
                        digest_size, key, salt, person, fanout, depth, leaf_size, node_offset, node_depth, inner_size,
                        last_node,
                    };
                    new(cx, cls, &$variant, [data, string], given)
                }
            }
        }
    };
}

constructor! { NEW_WIDE WIDE, 64 }
constructor! { NEW_NARROW NARROW, 32 }
