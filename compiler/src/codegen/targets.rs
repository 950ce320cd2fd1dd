//! Assignment targets: storing a register to a name, attribute, item or a tuple of these; and deleting.

use super::unit::Register;
use super::{Compiler, Result};
use crate::ast::*;
use crate::opcode::Opcode;
use crate::scope::check_assignable;
use crate::source::{Span, SyntaxError};

/// The most values that may stand before or after a starred target.
const LARGEST_STARRED: usize = u8::MAX as usize;

impl<'a> Compiler<'a> {
    /// `target` = R[from].
    pub(super) fn store(&mut self, target: &'a Expr, from: Register) -> Result {
        let mark = self.unit.next;
        match &target.kind {
            ExprKind::Name(name) => self.store_name(target.span, name, from)?,
            ExprKind::Attribute { value, attr } => {
                let object = self.last_operand(value)?;
                if let (ExprKind::Name(name), Some(attributes)) = (&value.kind, self.static_attributes.last_mut())
                    && &**name == "self"
                {
                    attributes.insert(attr.name.clone());
                }
                self.store_attribute(target, attr, object, from)?;
            }
            ExprKind::Subscript { value, slice } => {
                let container = self.operand(value)?;
                let index = self.last_operand(slice)?;
                self.put(target.span, Opcode::StoreItem, container, index, from);
            }
            ExprKind::Tuple { elts } | ExprKind::List { elts } => self.unpack(target.span, elts, from)?,
            _ => {
                return Err(SyntaxError::new("starred assignment target must be in a list or tuple", target.span));
            }
        }
        self.unit.release(mark);
        Ok(())
    }

    /// R[object].attr = R[from].
    pub(super) fn store_attribute(
        &mut self,
        target: &Expr,
        attr: &Identifier,
        object: Register,
        from: Register,
    ) -> Result {
        check_assignable(&attr.name, target.span)?;
        let site = self.attribute_site(attr);
        self.put(self.at_attribute_line(target.span, attr), Opcode::StoreAttr, object, from, site);
        Ok(())
    }

    /// The register of `target` if it is a plain local variable.
    pub(super) fn target_register(&self, target: &Expr) -> Option<Register> {
        match &target.kind {
            ExprKind::Name(name) => self.local_register(name),
            _ => None,
        }
    }

    /// `elts` = the values of R[from].
    fn unpack(&mut self, span: Span, elts: &'a [Expr], from: Register) -> Result {
        let mut starred = elts.iter().enumerate().filter(|(_, elt)| matches!(elt.kind, ExprKind::Starred { .. }));
        let star = starred.next().map(|(at, _)| at);
        if starred.next().is_some() {
            return Err(SyntaxError::new("multiple starred expressions in assignment", span));
        }
        let targets = || elts.iter().map(starred_target);
        let in_place = self.consecutive_registers(targets());
        let first = match in_place {
            Some(first) => first,
            None => self.unit.take(elts.len()),
        };
        match star {
            None => self.put(span, Opcode::UnpackSequence, first, elts.len() as u16, from),
            Some(before) => {
                let after = elts.len() - before - 1;
                if before > LARGEST_STARRED || after > LARGEST_STARRED {
                    return Err(SyntaxError::new("too many expressions in star-unpacking assignment", span));
                }
                self.put_x(span, Opcode::UnpackEx, after as u8, first, before as u16, from);
            }
        }
        for (at, target) in targets().enumerate() {
            let register = first + at as Register;
            match in_place {
                Some(_) => self.unit.emitter.set_bound(register),
                None => self.store(target, register)?,
            }
        }
        Ok(())
    }

    /// The first register of `targets` if all are local variables that lie side by side.
    fn consecutive_registers<'b>(&self, mut targets: impl Iterator<Item = &'b Expr>) -> Option<Register> {
        let first = self.target_register(targets.next()?)?;
        let mut expected = first;
        for target in targets {
            expected += 1;
            if self.target_register(target) != Some(expected) {
                return None;
            }
        }
        Some(first)
    }

    /// `del target`
    pub(super) fn delete(&mut self, target: &'a Expr) -> Result {
        let mark = self.unit.next;
        match &target.kind {
            ExprKind::Name(name) => {
                if &**name == "__debug__" {
                    return Err(SyntaxError::new("cannot delete __debug__", target.span));
                }
                self.delete_name(target.span, name);
            }
            ExprKind::Attribute { value, attr } => {
                let object = self.last_operand(value)?;
                let site = self.attribute_site(attr);
                self.put(self.at_attribute_line(target.span, attr), Opcode::DeleteAttr, object, site, 0);
            }
            ExprKind::Subscript { value, slice } => {
                let container = self.operand(value)?;
                let index = self.last_operand(slice)?;
                self.put(target.span, Opcode::DeleteItem, container, index, 0);
            }
            ExprKind::Tuple { elts } | ExprKind::List { elts } => {
                elts.iter().try_for_each(|elt| self.delete(elt))?;
            }
            ExprKind::Starred { .. } => {
                return Err(SyntaxError::new("can't use starred expression here", target.span));
            }
            _ => return Err(SyntaxError::new("cannot delete expression", target.span)),
        }
        self.unit.release(mark);
        Ok(())
    }
}

/// The target within a starred one, or the target itself.
fn starred_target(target: &Expr) -> &Expr {
    match &target.kind {
        ExprKind::Starred { value } => value,
        _ => target,
    }
}
