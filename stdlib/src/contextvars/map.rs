//! An immutable map from context variables to values: a hash array mapped trie (Bagwell, 2001).
//!
//! Its nodes are tuples, which the collector and other threads know already. A node begins with a number whose bits say which
//! of 32 branches it has; they follow in order. A branch is another node or a leaf: a pair that begins with a variable. No two
//! variables have the same number to go by, so there are no collisions.

use argil_interp::ctx::Ctx;
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;

use super::variable::Variable;

/// Bits of the number that a level goes by.
const BITS: u32 = 5;

/// A branch of a node.
enum Branch<'h> {
    Node(&'h Tuple),
    Leaf(Value<'h>, Value<'h>),
}

/// Which branches a node has.
fn bitmap(cx: &Ctx, node: &Tuple) -> u32 {
    node.get(cx, 0).and_then(Value::as_small_int).unwrap_or(0) as u32
}

/// The bit of a number at a level.
fn bit(number: u32, level: u32) -> u32 {
    1 << (number >> (level * BITS) & 31)
}

/// Where the branch of a bit is in a node, or would be.
fn place(bitmap: u32, bit: u32) -> usize {
    (bitmap & (bit - 1)).count_ones() as usize + 1
}

fn branch<'h>(cx: &'h Ctx, node: &'h Tuple, place: usize) -> Option<Branch<'h>> {
    let branch = node.get(cx, place)?.cast::<Tuple>()?;
    let first = branch.get(cx, 0)?;
    if first.as_small_int().is_some() {
        return Some(Branch::Node(branch));
    }
    Some(Branch::Leaf(first, branch.get(cx, 1)?))
}

/// The value of the variable with a number.
#[inline]
pub fn get<'h>(cx: &'h Ctx, root: Option<&'h Tuple>, variable: Value<'h>, number: u32) -> Option<Value<'h>> {
    let mut node = root?;
    for level in 0.. {
        let (has, bit) = (bitmap(cx, node), bit(number, level));
        if has & bit == 0 {
            return None;
        }
        match branch(cx, node, place(has, bit))? {
            Branch::Node(next) => node = next,
            Branch::Leaf(found, value) => return (found == variable).then_some(value),
        }
    }
    None
}

fn make<'h>(cx: &'h Ctx, bitmap: u32, branches: impl Iterator<Item = Value<'h>>) -> &'h Tuple {
    let all: Vec<_> = std::iter::once(cx.int(i64::from(bitmap))).chain(branches).collect();
    Tuple::from_values(cx, &all)
}

/// The node of two leaves that part at `level` or below.
fn fork<'h>(cx: &'h Ctx, level: u32, one: (Value<'h>, u32), other: (Value<'h>, u32)) -> &'h Tuple {
    let (first, second) = (bit(one.1, level), bit(other.1, level));
    if first == second {
        let below = fork(cx, level + 1, one, other);
        return make(cx, first, std::iter::once(Value::of(below)));
    }
    let ordered = if first < second { [one.0, other.0] } else { [other.0, one.0] };
    make(cx, first | second, ordered.into_iter())
}

/// The map with a variable set, and whether it is new.
pub fn set<'h>(
    cx: &'h Ctx,
    root: Option<&'h Tuple>,
    variable: Value<'h>,
    number: u32,
    value: Value<'h>,
) -> (&'h Tuple, bool) {
    let leaf = cx.tuple(&[variable, value]);
    match root {
        Some(root) => set_in(cx, root, 0, (variable, number), leaf),
        None => (make(cx, bit(number, 0), std::iter::once(leaf)), true),
    }
}

fn set_in<'h>(
    cx: &'h Ctx,
    node: &'h Tuple,
    level: u32,
    (variable, number): (Value<'h>, u32),
    leaf: Value<'h>,
) -> (&'h Tuple, bool) {
    let (has, bit) = (bitmap(cx, node), bit(number, level));
    let place = place(has, bit);
    if has & bit == 0 {
        let before = node.iter(cx).take(place).skip(1);
        return (make(cx, has | bit, before.chain([leaf]).chain(node.iter(cx).skip(place))), true);
    }
    let (below, is_new) = match branch(cx, node, place) {
        Some(Branch::Node(next)) => {
            let (below, is_new) = set_in(cx, next, level + 1, (variable, number), leaf);
            (Value::of(below), is_new)
        }
        Some(Branch::Leaf(other, _)) if other != variable => {
            let (old, known) = (node.get(cx, place), other.native::<Variable>());
            let other = (old.unwrap_or(Value::NONE), known.map_or(!number, |known| known.number));
            (Value::of(fork(cx, level + 1, other, (leaf, number))), true)
        }
        _ => (leaf, false),
    };
    let branches = node.iter(cx).enumerate().skip(1).map(|(i, branch)| if i == place { below } else { branch });
    (make(cx, has, branches), is_new)
}

/// The map without a variable that it has; `None` if it is empty then.
pub fn remove<'h>(cx: &'h Ctx, node: &'h Tuple, level: u32, variable: Value<'h>, number: u32) -> Option<&'h Tuple> {
    let (has, bit) = (bitmap(cx, node), bit(number, level));
    let place = place(has, bit);
    let below = match branch(cx, node, place) {
        Some(Branch::Node(next)) => remove(cx, next, level + 1, variable, number).map(|below| {
            // A leaf that is alone moves up.
            match (below.len(), branch(cx, below, 1)) {
                (2, Some(Branch::Leaf(..))) => below.get(cx, 1).unwrap_or(Value::NONE),
                _ => Value::of(below),
            }
        }),
        Some(Branch::Leaf(found, _)) if has & bit != 0 && found == variable => None,
        _ => return Some(node),
    };
    let branches = node.iter(cx).enumerate().skip(1);
    match below {
        Some(below) => Some(make(cx, has, branches.map(|(i, old)| if i == place { below } else { old }))),
        None if has == bit => None,
        None => Some(make(cx, has & !bit, branches.filter(|(i, _)| *i != place).map(|(_, old)| old))),
    }
}

/// Shows each variable with its value.
pub fn each<'h>(cx: &'h Ctx, node: &'h Tuple, show: &mut dyn FnMut(Value<'h>, Value<'h>)) {
    for place in 1..node.len() {
        match branch(cx, node, place) {
            Some(Branch::Node(next)) => each(cx, next, show),
            Some(Branch::Leaf(variable, value)) => show(variable, value),
            None => {}
        }
    }
}
