//! Calls: the callable, its arguments and finally the result lie in a window on top of the stack.

use super::displays::is_starred;
use super::unit::{Register, Variable};
use super::{Compiler, Result};
use crate::ast::*;
use crate::code::Const;
use crate::opcode::Opcode;
use crate::scope::{ScopeKind, check_assignable};
use crate::source::{Span, SyntaxError};
use std::collections::HashSet;

impl<'a> Compiler<'a> {
    pub(super) fn call(
        &mut self,
        expr: &'a Expr,
        func: &'a Expr,
        args: &'a [Expr],
        keywords: &'a [Keyword],
        into: Register,
    ) -> Result {
        check_keywords(keywords)?;
        self.check_called(func, expr.span);
        let window = self.window_for(into);
        match &func.kind {
            _ if unpacks(args, keywords) => {
                self.into(func, window)?;
                let positional = self.unit.take(1);
                match args {
                    // The call itself unpacks it.
                    [Expr { kind: ExprKind::Starred { value }, .. }] => self.into(value, positional)?,
                    _ => self.tuple(expr.span, args, positional)?,
                }
                self.unit.release(positional + 1);
                self.keyword_arguments(expr.span, keywords, window)?;
                self.put(expr.span, Opcode::CallEx, window, 0, 0);
            }
            ExprKind::Attribute { value, attr } => {
                self.unit.take(1);
                self.method(func.span, value, attr, window)?;
                let span = self.at_attribute_line(expr.span, attr);
                self.arguments(span, 0, args, keywords, window, [Opcode::CallMethod, Opcode::CallMethodKw])?;
            }
            ExprKind::Name(name)
                if &**name == "super" && args.is_empty() && keywords.is_empty() && !self.hides_super() =>
            {
                self.super_call(expr.span, func, window)?;
            }
            _ => {
                self.into(func, window)?;
                self.arguments(expr.span, 0, args, keywords, window, [Opcode::Call, Opcode::CallKw])?;
            }
        }
        self.move_register(expr.span, into, window);
        Ok(())
    }

    /// The first register of a call's window, on top of the stack: `into` itself if it lies there.
    pub(super) fn window_for(&mut self, into: Register) -> Register {
        self.scratch_for(into)
    }

    /// R[window], R[window+1] = the function and object of a method call.
    fn method(&mut self, span: Span, value: &'a Expr, attr: &'a Identifier, window: Register) -> Result {
        let mark = self.unit.next;
        self.unit.release(window + 1);
        let object = match &value.kind {
            ExprKind::Name(name) if self.local_register(name).is_some() => self.last_operand(value)?,
            _ => {
                self.into(value, window)?;
                window
            }
        };
        self.unit.release(mark);
        let site = self.attribute_site(attr);
        self.put(self.at_attribute_line(span, attr), Opcode::LoadMethod, window, object, site);
        Ok(())
    }

    /// Evaluates plain arguments to the registers above, where `before` others are, and calls with
    /// `[without keywords, with keywords]`.
    pub(super) fn arguments(
        &mut self,
        span: Span,
        before: usize,
        args: &'a [Expr],
        keywords: &'a [Keyword],
        window: Register,
        [plain, with_keywords]: [Opcode; 2],
    ) -> Result {
        self.run(args.iter().chain(keywords.iter().map(|keyword| &keyword.value)))?;
        let count = before + args.len() + keywords.len();
        if keywords.is_empty() {
            self.put(span, plain, window, count as u16, 0);
        } else {
            let names = keywords.iter().filter_map(|keyword| keyword.arg.as_ref());
            let names = names.map(|name| Const::Str((*name.name).into())).collect();
            let names = self.constant(Const::Tuple(names));
            self.put(span, with_keywords, window, count as u16, names);
        }
        Ok(())
    }

    /// The next temporary, R[window+2], = a mapping of the keyword arguments, or unbound.
    pub(super) fn keyword_arguments(&mut self, span: Span, keywords: &'a [Keyword], window: Register) -> Result {
        let named = self.unit.take(1);
        match keywords {
            [] => {
                self.put(span, Opcode::Unset, named, 0, 0);
                return Ok(());
            }
            // The call itself unpacks it.
            [Keyword { arg: None, value, .. }] => return self.into(value, named),
            _ => {}
        }
        let plain = keywords.iter().take_while(|keyword| keyword.arg.is_some()).count();
        self.keyword_dict(span, &keywords[..plain], named)?;
        let mut rest = &keywords[plain..];
        while let [first, ..] = rest {
            let plain = rest.iter().take_while(|keyword| keyword.arg.is_some()).count();
            let mapping = if plain == 0 {
                rest = &rest[1..];
                self.last_operand(&first.value)?
            } else {
                let dict = self.unit.take(1);
                self.keyword_dict(span, &rest[..plain], dict)?;
                rest = &rest[plain..];
                dict
            };
            self.put(span, Opcode::DictMerge, named, mapping, window);
            self.unit.release(named + 1);
        }
        Ok(())
    }

    fn keyword_dict(&mut self, span: Span, keywords: &'a [Keyword], into: Register) -> Result {
        let mark = self.unit.next;
        for keyword in keywords {
            let key = self.unit.take(1);
            if let Some(name) = &keyword.arg {
                self.load_const(name.span, key, Const::Str((*name.name).into()));
            }
            let value = self.unit.take(1);
            self.into(&keyword.value, value)?;
        }
        self.put(span, Opcode::BuildDict, into, mark, keywords.len() as u16 * 2);
        self.unit.release(mark);
        Ok(())
    }

    /// Whether `super` here is a name of the script's own.
    fn hides_super(&self) -> bool {
        let of_module = self.scopes.scope(crate::scope::MODULE).symbol("super");
        self.unit.variable("super").is_some() || of_module.is_some_and(|symbol| symbol.uses.bound)
    }

    /// `super()` in a method is `super(__class__, self)`, whatever the first parameter is called.
    fn super_call(&mut self, span: Span, func: &'a Expr, window: Register) -> Result {
        self.into(func, window)?;
        let in_function = self.unit.kind == ScopeKind::Function;
        let class = self.unit.variable("__class__").filter(|_| in_function);
        let scope = self.scopes.scope(self.unit.scope);
        let first = scope.symbols.first().filter(|symbol| symbol.uses.parameter).map(|symbol| symbol.name.clone());
        let mut count = 0;
        if let (Some(Variable::Cell { register, free }), Some(first)) = (class, first) {
            let into = self.unit.take(2);
            let name = self.name_constant("__class__");
            self.put_x(span, Opcode::LoadDeref, u8::from(free), into, register, name);
            match self.unit.variable(&first) {
                Some(Variable::Cell { register, free }) => {
                    let name = self.name_constant(&first);
                    self.put_x(span, Opcode::LoadDeref, u8::from(free), into + 1, register, name);
                }
                Some(Variable::Local(register)) => {
                    self.check_bound(span, &first, register);
                    self.move_register(span, into + 1, register);
                }
                None => unreachable!("a parameter is a variable"),
            }
            count = 2;
        }
        self.put(span, Opcode::Call, window, count, 0);
        Ok(())
    }
}

/// Whether some arguments are unpacked from an iterable or a mapping.
pub(super) fn unpacks(args: &[Expr], keywords: &[Keyword]) -> bool {
    args.iter().any(is_starred) || keywords.iter().any(|keyword| keyword.arg.is_none())
}

/// The same keyword must not be given twice.
pub(super) fn check_keywords(keywords: &[Keyword]) -> Result {
    let mut seen = HashSet::new();
    for keyword in keywords {
        if let Some(name) = &keyword.arg {
            check_assignable(&name.name, keyword.span)?;
            if !seen.insert(&*name.name) {
                let message = format!("keyword argument repeated: {}", name.name);
                return Err(SyntaxError::new(message, keyword.span));
            }
        }
    }
    Ok(())
}
