//! Templates of replacements: literals and groups in turn.

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::import::import_module;
use argil_interp::object::Field;
use argil_interp::ops::attr;
use argil_interp::types::bytearray::ByteArray;
use argil_interp::types::list::List;
use argil_interp::types::native::{FieldOf, NativeData};
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;

use super::matches::Match;
use super::substitute::Output;

/// A template.
pub struct Template {
    /// The tuple of its literals: one before, and one behind each group.
    literals: Field,
    groups: Box<[usize]>,
}

impl NativeData for Template {
    const FIELDS: &'static [FieldOf<Self>] = &[|template| &template.literals];
}

impl Template {
    /// The literal, if there is nothing else.
    pub fn literal<'h>(&self, cx: &'h Ctx) -> Option<Value<'h>> {
        if self.groups.is_empty() { self.literals(cx)?.get(cx, 0) } else { None }
    }

    fn literals<'h>(&self, cx: &'h Ctx) -> Option<&'h Tuple> {
        self.literals.get(cx)?.cast::<Tuple>()
    }

    /// Puts what it makes of a match behind other parts.
    pub fn write(&self, cx: &Ctx, found: &Match, output: &mut Output) -> Res<()> {
        let Some(literals) = self.literals(cx) else { return Ok(()) };
        for (place, literal) in literals.iter(cx).enumerate() {
            if let Some(group) = place.checked_sub(1).map(|place| self.groups[place]) {
                if group >= found.len() {
                    return Err(cx.index_error("no such group"));
                }
                if let Some(part) = found.part(cx, group)? {
                    output.push(cx, part);
                }
            }
            output.push(cx, literal);
        }
        Ok(())
    }
}

/// `template`: from the list that Lib makes of a replacement.
pub fn make<'h>(cx: &'h Ctx, list: &'h List) -> Res<Value<'h>> {
    let list = list.to_vec(cx);
    if list.len().is_multiple_of(2) {
        return Err(cx.type_error("invalid template"));
    }
    let mut groups = Vec::new();
    for value in list.iter().skip(1).step_by(2) {
        let number = value.as_int().ok_or_else(|| cx.type_error("an integer is required"))?;
        let number = number.to_i64();
        let number = number.ok_or_else(|| cx.overflow_error("Python int too large to convert to C ssize_t"))?;
        groups.push(usize::try_from(number).map_err(|_| cx.type_error("invalid template"))?);
    }
    let literals: Vec<_> = list.iter().step_by(2).copied().collect();
    let literals = Field::of(cx.root(cx.tuple(&literals)));
    Ok(cx.get(cx.new_of_native_class(Template { literals, groups: groups.into() })))
}

/// What Lib makes of a replacement for a pattern: a template.
pub fn compile(cx: &mut Ctx, pattern: Slot, template: Slot) -> Res<Slot> {
    let module = import_module(cx, "re")?;
    let name = cx.root(cx.intern("_compile_template"));
    let compiler = attr::get_attr(cx, module, name)?;
    let made = match cx.call(compiler, &[pattern, template]) {
        Ok(made) => made,
        Err(raised) => {
            // What is not hashable is tried again as what it is at bottom.
            let Some(plain) = plain(cx, template) else { return Err(raised) };
            let _ = cx.catch(raised, Builtin::TypeError)?;
            cx.call(compiler, &[pattern, plain])?
        }
    };
    if cx.get(made).native::<Template>().is_none() {
        let got = cx.type_name(cx.get(made));
        return Err(cx.runtime_error(format!("the result of compiling a replacement string is {got}")));
    }
    Ok(made)
}

/// The plain string or bytes object with the contents of another.
fn plain(cx: &Ctx, template: Slot) -> Option<Slot> {
    let value = cx.get(template);
    let exact = value.header().is_some_and(argil_interp::object::Header::is_exact);
    if let Some(text) = value.as_str() {
        return (!exact).then(|| cx.root(Value::of(cx.new_str(text))));
    }
    if exact && value.as_bytes().is_some() {
        return None;
    }
    ByteArray::contents(value).map(|bytes| cx.root(cx.bytes(&bytes)))
}

/// What a template makes of a match.
pub fn expand(cx: &mut Ctx, template: Slot, found: Slot) -> Res<Slot> {
    let cx: &Ctx = cx;
    let state = cx.state::<Template>(template)?;
    if let Some(literal) = state.literal(cx) {
        return Ok(cx.root(literal));
    }
    let octets =
        state.literals(cx).and_then(|literals| literals.get(cx, 0)).is_some_and(|first| first.as_str().is_none());
    let mut output = Output::new(octets);
    state.write(cx, cx.state::<Match>(found)?, &mut output)?;
    output.finish(cx)
}
