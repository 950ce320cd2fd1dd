//! Expressions as text: what annotations are under `from __future__ import annotations`, spelt as CPython spells them.

use crate::ast::*;
use crate::code::Const;
use crate::codegen::literal;
use crate::source::Span;
use std::fmt::Write;

/// How tightly operators bind, from the loosest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Tuple,
    Test,
    Or,
    And,
    Not,
    Compare,
    BitOr,
    BitXor,
    BitAnd,
    Shift,
    Arithmetic,
    Term,
    Factor,
    Power,
    Await,
    Atom,
}

use Level::*;

impl Level {
    const ALL: [Level; 16] = [
        Tuple, Test, Or, And, Not, Compare, BitOr, BitXor, BitAnd, Shift, Arithmetic, Term, Factor, Power, Await, Atom,
    ];

    /// The next tighter one.
    fn tighter(self) -> Level {
        Self::ALL[(self as usize + 1).min(Self::ALL.len() - 1)]
    }
}

/// What the tree does not say.
pub(crate) trait Texts {
    /// The text of an interpolation in a t-string.
    fn interpolation(&self, replacement: &Replacement) -> String;

    /// Whether the string that stands there begins with the prefix `u`.
    fn is_unicode(&self, span: Span) -> bool;
}

/// The text of an expression.
pub(crate) fn unparse(expr: &Expr, texts: &dyn Texts) -> String {
    let mut writer = Unparser { out: String::new(), texts };
    writer.expr(expr, Test);
    writer.out
}

struct Unparser<'a> {
    out: String,
    texts: &'a dyn Texts,
}

impl Unparser<'_> {
    fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Writes in parentheses if `wrapped` is set.
    fn wrap(&mut self, wrapped: bool, write: impl FnOnce(&mut Self)) {
        self.push(if wrapped { "(" } else { "" });
        write(self);
        self.push(if wrapped { ")" } else { "" });
    }

    fn list<T>(&mut self, items: &[T], separator: &str, mut write: impl FnMut(&mut Self, &T)) {
        for (at, item) in items.iter().enumerate() {
            self.push(if at > 0 { separator } else { "" });
            write(self, item);
        }
    }

    fn exprs(&mut self, exprs: &[Expr]) {
        self.list(exprs, ", ", |this, expr| this.expr(expr, Test));
    }

    fn expr(&mut self, expr: &Expr, level: Level) {
        match &expr.kind {
            ExprKind::BoolOp { op, values } => {
                let (own, word) = match op {
                    BoolOperator::And => (And, " and "),
                    BoolOperator::Or => (Or, " or "),
                };
                self.wrap(level > own, |this| this.list(values, word, |this, value| this.expr(value, own.tighter())));
            }
            ExprKind::NamedExpr { target, value } => self.wrap(level > Tuple, |this| {
                this.expr(target, Atom);
                this.push(" := ");
                this.expr(value, Atom);
            }),
            ExprKind::BinOp { left, op, right } => {
                let (own, sign) = binary(*op);
                let (left_level, right_level) = if own == Power { (own.tighter(), own) } else { (own, own.tighter()) };
                self.wrap(level > own, |this| {
                    this.expr(left, left_level);
                    this.push(sign);
                    this.expr(right, right_level);
                });
            }
            ExprKind::UnaryOp { op, operand } => {
                let (own, sign) = match op {
                    UnaryOperator::Invert => (Factor, "~"),
                    UnaryOperator::Not => (Not, "not "),
                    UnaryOperator::UAdd => (Factor, "+"),
                    UnaryOperator::USub => (Factor, "-"),
                };
                self.wrap(level > own, |this| {
                    this.push(sign);
                    this.expr(operand, own);
                });
            }
            ExprKind::Lambda { args, body } => self.wrap(level > Test, |this| {
                // CPython's own way: no blank before a star.
                let is_positional = !args.args.is_empty() || !args.posonlyargs.is_empty();
                this.push(if is_positional { "lambda " } else { "lambda" });
                this.arguments(args);
                this.push(": ");
                this.expr(body, Test);
            }),
            ExprKind::IfExp { test, body, orelse } => self.wrap(level > Test, |this| {
                this.expr(body, Or);
                this.push(" if ");
                this.expr(test, Or);
                this.push(" else ");
                this.expr(orelse, Test);
            }),
            ExprKind::Compare { left, ops, comparators } => self.wrap(level > Compare, |this| {
                this.expr(left, BitOr);
                for (op, right) in ops.iter().zip(comparators) {
                    this.push(comparison(*op));
                    this.expr(right, BitOr);
                }
            }),
            ExprKind::Await { value } => self.wrap(level > Await, |this| {
                this.push("await ");
                this.expr(value, Atom);
            }),
            ExprKind::Tuple { elts } if elts.is_empty() => self.push("()"),
            ExprKind::Tuple { elts } => self.wrap(level > Tuple, |this| {
                this.exprs(elts);
                this.push(if elts.len() == 1 { "," } else { "" });
            }),
            _ => self.atom(expr),
        }
    }

    /// What never needs parentheses around it.
    fn atom(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Dict { items } => {
                self.push("{");
                self.list(items, ", ", |this, item| match &item.key {
                    Some(key) => {
                        this.expr(key, Test);
                        this.push(": ");
                        this.expr(&item.value, Test);
                    }
                    None => {
                        this.push("**");
                        this.expr(&item.value, BitOr);
                    }
                });
                self.push("}");
            }
            ExprKind::Set { elts } => {
                self.push("{");
                self.exprs(elts);
                self.push("}");
            }
            ExprKind::List { elts } => {
                self.push("[");
                self.exprs(elts);
                self.push("]");
            }
            ExprKind::ListComp { elt, generators } => self.comprehension("[", elt, None, generators, "]"),
            ExprKind::SetComp { elt, generators } => self.comprehension("{", elt, None, generators, "}"),
            ExprKind::GeneratorExp { elt, generators } => self.comprehension("(", elt, None, generators, ")"),
            ExprKind::DictComp { key, value, generators } => {
                self.comprehension("{", key, Some(value), generators, "}");
            }
            ExprKind::Yield { value: None } => self.push("(yield)"),
            ExprKind::Yield { value: Some(value) } => {
                self.push("(yield ");
                self.expr(value, Test);
                self.push(")");
            }
            ExprKind::YieldFrom { value } => {
                self.push("(yield from ");
                self.expr(value, Test);
                self.push(")");
            }
            ExprKind::Call { func, args, keywords } => self.call(func, args, keywords),
            ExprKind::JoinedStr { values } => {
                let body = self.pieces(values, false);
                let text = string(&body);
                self.push(&format!("f{text}"));
            }
            ExprKind::TemplateStr { values } => {
                let body = self.pieces(values, true);
                let text = string(&body);
                self.push(&format!("t{text}"));
            }
            ExprKind::Constant(value) => {
                let is_unicode = matches!(value, Constant::Str(_)) && self.texts.is_unicode(expr.span);
                self.push(if is_unicode { "u" } else { "" });
                self.push(&constant(&literal(value)));
            }
            ExprKind::Attribute { value, attr } => {
                self.expr(value, Atom);
                let is_int = matches!(value.kind, ExprKind::Constant(Constant::Int(_) | Constant::BigInt(_)));
                self.push(if is_int { " ." } else { "." });
                self.push(&attr.name);
            }
            ExprKind::Subscript { value, slice } => {
                self.expr(value, Atom);
                self.push("[");
                self.expr(slice, Tuple);
                self.push("]");
            }
            ExprKind::Starred { value } => {
                self.push("*");
                self.expr(value, BitOr);
            }
            ExprKind::Name(name) => self.push(name),
            ExprKind::Slice { lower, upper, step } => {
                lower.iter().for_each(|lower| self.expr(lower, Test));
                self.push(":");
                upper.iter().for_each(|upper| self.expr(upper, Test));
                if let Some(step) = step {
                    self.push(":");
                    self.expr(step, Test);
                }
            }
            _ => self.expr(expr, Tuple),
        }
    }

    fn comprehension(
        &mut self,
        open: &str,
        elt: &Expr,
        value: Option<&Expr>,
        generators: &[Comprehension],
        close: &str,
    ) {
        self.push(open);
        self.expr(elt, Test);
        if let Some(value) = value {
            self.push(": ");
            self.expr(value, Test);
        }
        for generator in generators {
            self.push(if generator.is_async { " async for " } else { " for " });
            self.expr(&generator.target, Tuple);
            self.push(" in ");
            self.expr(&generator.iter, Or);
            for test in &generator.ifs {
                self.push(" if ");
                self.expr(test, Or);
            }
        }
        self.push(close);
    }

    fn call(&mut self, func: &Expr, args: &[Expr], keywords: &[Keyword]) {
        self.expr(func, Atom);
        if let ([only], []) = (args, keywords)
            && matches!(only.kind, ExprKind::GeneratorExp { .. })
        {
            return self.expr(only, Test);
        }
        self.push("(");
        self.exprs(args);
        self.push(if args.is_empty() || keywords.is_empty() { "" } else { ", " });
        self.list(keywords, ", ", |this, keyword| {
            match &keyword.arg {
                Some(name) => this.push(&format!("{}=", name.name)),
                None => this.push("**"),
            }
            this.expr(&keyword.value, Test);
        });
        self.push(")");
    }

    fn arguments(&mut self, args: &Arguments) {
        let mut between = "";
        let mut next = |this: &mut Self| {
            this.push(between);
            between = ", ";
        };
        for (at, parameter) in args.posonlyargs.iter().chain(&args.args).enumerate() {
            next(self);
            self.parameter(parameter);
            if at + 1 == args.posonlyargs.len() {
                self.push(", /");
            }
        }
        if args.vararg.is_some() || !args.kwonlyargs.is_empty() {
            next(self);
            self.push("*");
            args.vararg.iter().for_each(|arg| self.arg(arg));
        }
        for parameter in &args.kwonlyargs {
            next(self);
            self.parameter(parameter);
        }
        if let Some(arg) = &args.kwarg {
            next(self);
            self.push("**");
            self.arg(arg);
        }
    }

    fn parameter(&mut self, parameter: &Parameter) {
        self.arg(&parameter.arg);
        if let Some(default) = &parameter.default {
            self.push("=");
            self.expr(default, Test);
        }
    }

    fn arg(&mut self, arg: &Arg) {
        self.push(&arg.name.name);
        if let Some(annotation) = &arg.annotation {
            self.push(": ");
            self.expr(annotation, Test);
        }
    }

    /// What stands between the quotes of an f-string or t-string, before its escapes.
    fn pieces(&mut self, parts: &[FStringPart], template: bool) -> String {
        let mut body = String::new();
        for part in parts {
            match part {
                FStringPart::Literal { text, .. } => body.push_str(&text.replace('{', "{{").replace('}', "}}")),
                FStringPart::Replacement(replacement) => {
                    let value =
                        if template { self.texts.interpolation(replacement) } else { self.value(&replacement.value) };
                    body.push_str(if value.starts_with('{') { "{ " } else { "{" });
                    body.push_str(&value);
                    body.push_str(match replacement.conversion {
                        Conversion::None => "",
                        Conversion::Str => "!s",
                        Conversion::Repr => "!r",
                        Conversion::Ascii => "!a",
                    });
                    if let Some(spec) = &replacement.format_spec {
                        body.push(':');
                        body.push_str(&self.pieces(spec, template));
                    }
                    body.push('}');
                }
            }
        }
        body
    }

    fn value(&mut self, value: &Expr) -> String {
        let outer = std::mem::take(&mut self.out);
        self.expr(value, Or);
        std::mem::replace(&mut self.out, outer)
    }
}

fn binary(op: Operator) -> (Level, &'static str) {
    match op {
        Operator::Add => (Arithmetic, " + "),
        Operator::Sub => (Arithmetic, " - "),
        Operator::Mult => (Term, " * "),
        Operator::MatMult => (Term, " @ "),
        Operator::Div => (Term, " / "),
        Operator::Mod => (Term, " % "),
        Operator::FloorDiv => (Term, " // "),
        Operator::Pow => (Power, " ** "),
        Operator::LShift => (Shift, " << "),
        Operator::RShift => (Shift, " >> "),
        Operator::BitOr => (BitOr, " | "),
        Operator::BitXor => (BitXor, " ^ "),
        Operator::BitAnd => (BitAnd, " & "),
    }
}

fn comparison(op: CmpOperator) -> &'static str {
    match op {
        CmpOperator::Eq => " == ",
        CmpOperator::NotEq => " != ",
        CmpOperator::Lt => " < ",
        CmpOperator::LtE => " <= ",
        CmpOperator::Gt => " > ",
        CmpOperator::GtE => " >= ",
        CmpOperator::Is => " is ",
        CmpOperator::IsNot => " is not ",
        CmpOperator::In => " in ",
        CmpOperator::NotIn => " not in ",
    }
}

/// A constant as `repr` shows it, but for infinities, which no literal spells.
fn constant(value: &Const) -> String {
    match value {
        Const::None => "None".to_owned(),
        Const::Bool(value) => if *value { "True" } else { "False" }.to_owned(),
        Const::Ellipsis => "...".to_owned(),
        Const::Int(value) => value.to_string(),
        Const::BigInt(digits) => digits.to_string(),
        Const::Float(value) => float(*value),
        Const::Imaginary(value) => imaginary(*value),
        Const::Complex(real, value) => {
            let sign = if value.is_sign_negative() { "" } else { "+" };
            format!("({}{sign}{})", float(*real).trim_end_matches(".0"), imaginary(*value))
        }
        Const::Str(text) => string(text),
        Const::Bytes(bytes) => byte_string(bytes),
        Const::Tuple(items) => {
            let items: Vec<String> = items.iter().map(constant).collect();
            format!("({}{})", items.join(", "), if items.len() == 1 { "," } else { "" })
        }
        Const::FrozenSet(items) => {
            let items: Vec<String> = items.iter().map(constant).collect();
            if items.is_empty() { "frozenset()".to_owned() } else { format!("frozenset({{{}}})", items.join(", ")) }
        }
        Const::Code(code) => format!("<code {}>", code.qualname),
    }
}

fn imaginary(value: f64) -> String {
    format!("{}j", float(value).trim_end_matches(".0"))
}

fn float(value: f64) -> String {
    if value.is_infinite() {
        return if value > 0.0 { "1e309" } else { "-1e309" }.to_owned();
    }
    let text = format!("{value:?}");
    match text.split_once('e') {
        Some((digits, exponent)) => {
            let digits = digits.strip_suffix(".0").unwrap_or(digits);
            let (sign, exponent) = match exponent.strip_prefix('-') {
                Some(exponent) => ('-', exponent),
                None => ('+', exponent),
            };
            format!("{digits}e{sign}{exponent:0>2}")
        }
        None => text,
    }
}

/// The quote that a text is written in: single ones, unless only those occur in it.
fn quote(single: bool, double: bool) -> char {
    if single && !double { '"' } else { '\'' }
}

fn string(text: &str) -> String {
    let quote = quote(text.contains('\''), text.contains('"'));
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => out.extend(['\\', c]),
            // What is below U+0100 and not to be printed; beyond that, a text in a program rarely has any.
            '\0'..='\x1f' | '\x7f'..='\u{a0}' | '\u{ad}' => {
                write!(out, "\\x{:02x}", c as u32).expect("a String takes all");
            }
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

fn byte_string(bytes: &[u8]) -> String {
    let quote = quote(bytes.contains(&b'\''), bytes.contains(&b'"'));
    let mut out = format!("b{quote}");
    for &byte in bytes {
        match byte {
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            byte if char::from(byte) == quote => out.extend(['\\', quote]),
            b' '..=b'~' => out.push(char::from(byte)),
            _ => write!(out, "\\x{byte:02x}").expect("a String takes all"),
        }
    }
    out.push(quote);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse_expression;

    struct Unknown;

    impl Texts for Unknown {
        fn interpolation(&self, _: &Replacement) -> String {
            String::new()
        }

        fn is_unicode(&self, _: Span) -> bool {
            false
        }
    }

    #[test]
    fn expressions_are_spelt_as_cpython_spells_them() {
        for (source, wanted) in [
            ("List[ int ]", "List[int]"),
            ("(a, b)", "(a, b)"),
            ("x[a,b]", "x[a, b]"),
            ("(a + b) * c ** -d", "(a + b) * c ** (-d)"),
            ("a if b else (c if d else e)", "a if b else c if d else e"),
            ("lambda: 0", "lambda: 0"),
            ("lambda *a: 0", "lambda*a: 0"),
            ("lambda a, /, b=1, *, c: a", "lambda a, /, b=1, *, c: a"),
            ("f(x for x in y)", "f(x for x in y)"),
            ("f(*a, b = 1, **c)", "f(*a, b=1, **c)"),
            ("not(a and b or c)", "not (a and b or c)"),
            ("'it\\'s' \"x\"", "\"it'sx\""),
            ("1e400 + 1e22 + 1e-7 + 2.5j", "1e309 + 1e+22 + 1e-07 + 2.5j"),
            ("f'{x!r:>{n}} {{'", "f'{x!r:>{n}} {{'"),
            ("{**a, b: c}[1:2, ::3]", "{**a, b: c}[1:2, ::3]"),
            ("5 .real", "5 .real"),
        ] {
            let tree = parse_expression(source).expect("it is an expression");
            assert_eq!(unparse(&tree, &Unknown), wanted);
        }
    }
}
