//! The method resolution order: C3 linearisation (Barrett et al., OOPSLA 1996), with CPython's errors.

use crate::ctx::{Ctx, Res};
use crate::types::class::Class;
use crate::value::Value;

/// The order of a class with these bases, the class itself left out.
pub fn linearise<'h>(cx: &'h Ctx, bases: &[&'h Class]) -> Res<Vec<&'h Class>> {
    for (i, base) in bases.iter().enumerate() {
        if bases[..i].iter().any(|other| std::ptr::eq(*other, *base)) {
            return Err(cx.type_error(format!("duplicate base class {}", base.name(cx))));
        }
    }
    let mut sequences: Vec<Vec<&'h Class>> = bases.iter().map(|base| base.mro(cx).collect()).collect();
    sequences.push(bases.to_vec());
    let mut order = Vec::new();
    loop {
        sequences.retain(|sequence| !sequence.is_empty());
        if sequences.is_empty() {
            return Ok(order);
        }
        let in_tail = |class: &Class| sequences.iter().any(|s| s[1..].iter().any(|other| std::ptr::eq(*other, class)));
        let Some(next) = sequences.iter().map(|sequence| sequence[0]).find(|class| !in_tail(class)) else {
            return Err(cx.type_error(conflict(cx, &sequences)));
        };
        order.push(next);
        for sequence in &mut sequences {
            if std::ptr::eq(sequence[0], next) {
                sequence.remove(0);
            }
        }
    }
}

fn conflict(cx: &Ctx, sequences: &[Vec<&Class>]) -> String {
    let mut heads: Vec<&Class> = Vec::new();
    for sequence in sequences {
        if !heads.iter().any(|head| std::ptr::eq(*head, sequence[0])) {
            heads.push(sequence[0]);
        }
    }
    let names: Vec<&str> = heads.iter().map(|class| class.name(cx)).collect();
    format!("Cannot create a consistent method resolution order (MRO) for bases {}", names.join(", "))
}

/// The tuple of a class and the order behind it.
pub fn with_class<'h>(cx: &'h Ctx, class: &'h Class, order: Vec<&'h Class>) -> Value<'h> {
    let all: Vec<Value<'h>> = std::iter::once(class).chain(order).map(Value::of).collect();
    cx.tuple(&all)
}
