//! The trees of the programs in `ast/` are those of CPython 3.14, positions included; `ast/record.py` records them.

use argil_compiler::ast::*;
use argil_compiler::source::Span;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The nodes of a tree: start, end with its sign changed so that outer nodes sort first, and what the node is.
#[derive(Default)]
struct Nodes(Vec<(u32, i64, String)>);

fn quoted(text: impl Iterator<Item = char>) -> String {
    let mut out = String::from("\"");
    for c in text {
        if (' '..='~').contains(&c) {
            out.push(c);
        } else {
            write!(out, "\\u{{{:x}}}", c as u32).expect("a String takes all");
        }
    }
    out + "\""
}

fn pieces(parts: &[FStringPart]) -> String {
    let text: String = parts
        .iter()
        .map(|part| match part {
            FStringPart::Literal { text, .. } => text.to_string(),
            FStringPart::Replacement(_) => "{}".to_owned(),
        })
        .collect();
    quoted(text.chars())
}

fn constant(value: &Constant) -> String {
    match value {
        Constant::None => "NoneType None".to_owned(),
        Constant::True => "bool True".to_owned(),
        Constant::False => "bool False".to_owned(),
        Constant::Ellipsis => "ellipsis Ellipsis".to_owned(),
        Constant::Int(value) => format!("int {value}"),
        Constant::BigInt(digits) => format!("int {digits}"),
        Constant::Float(value) => format!("float {value:?}"),
        Constant::Imaginary(value) => format!("complex {value}j"),
        Constant::Given(value) => format!("given {value:?}"),
        Constant::Str(value) => format!("str {}", quoted(value.chars())),
        Constant::Bytes(value) => format!("bytes {}", quoted(value.iter().map(|&byte| byte as char))),
    }
}

impl Nodes {
    fn add(&mut self, span: Span, what: impl Into<String>) {
        self.0.push((span.start, -i64::from(span.end), what.into()));
    }

    fn statements(&mut self, body: &[Stmt]) {
        body.iter().for_each(|statement| self.statement(statement));
    }

    fn expressions<'t>(&mut self, expressions: impl IntoIterator<Item = &'t Expr>) {
        expressions.into_iter().for_each(|expression| self.expression(expression));
    }

    fn statement(&mut self, statement: &Stmt) {
        let prefixed = |is_async: bool, name: &str| if is_async { format!("Async{name}") } else { name.to_owned() };
        let names = |names: &[Identifier]| names.iter().map(|name| format!(" {}", name.name)).collect::<String>();
        let what = match &statement.kind {
            StmtKind::FunctionDef(def) => {
                self.expressions(def.decorator_list.iter().chain(&def.returns));
                self.type_params(&def.type_params);
                self.arguments(&def.args);
                self.statements(&def.body);
                format!("{} {}", prefixed(def.is_async, "FunctionDef"), def.name.name)
            }
            StmtKind::ClassDef(def) => {
                self.expressions(def.decorator_list.iter().chain(&def.bases));
                self.type_params(&def.type_params);
                self.keywords(&def.keywords);
                self.statements(&def.body);
                format!("ClassDef {}", def.name.name)
            }
            StmtKind::Return { value } => {
                self.expressions(value);
                "Return".to_owned()
            }
            StmtKind::Delete { targets } => {
                self.expressions(targets);
                "Delete".to_owned()
            }
            StmtKind::Assign { targets, value } => {
                self.expressions(targets.iter().chain([value]));
                "Assign".to_owned()
            }
            StmtKind::TypeAlias { name, type_params, value } => {
                self.add(name.span, format!("Name {}", name.name));
                self.type_params(type_params);
                self.expression(value);
                "TypeAlias".to_owned()
            }
            StmtKind::AugAssign { target, op, value } => {
                self.expressions([target, value]);
                format!("AugAssign {op:?}")
            }
            StmtKind::AnnAssign { target, annotation, value, simple } => {
                self.expressions([target, annotation].into_iter().chain(value));
                if *simple { "AnnAssign simple".to_owned() } else { "AnnAssign".to_owned() }
            }
            StmtKind::For { target, iter, body, orelse, is_async } => {
                self.expressions([target, iter]);
                self.statements(body);
                self.statements(orelse);
                prefixed(*is_async, "For")
            }
            StmtKind::While { test, body, orelse } => {
                self.expression(test);
                self.statements(body);
                self.statements(orelse);
                "While".to_owned()
            }
            StmtKind::If { test, body, orelse } => {
                self.expression(test);
                self.statements(body);
                self.statements(orelse);
                "If".to_owned()
            }
            StmtKind::With { items, body, is_async } => {
                for item in items {
                    self.expressions([&item.context_expr].into_iter().chain(&item.optional_vars));
                }
                self.statements(body);
                prefixed(*is_async, "With")
            }
            StmtKind::Match { subject, cases } => {
                self.expression(subject);
                for case in cases {
                    self.pattern(&case.pattern);
                    self.expressions(&case.guard);
                    self.statements(&case.body);
                }
                "Match".to_owned()
            }
            StmtKind::Raise { exc, cause } => {
                self.expressions(exc.iter().chain(cause));
                "Raise".to_owned()
            }
            StmtKind::Try { body, handlers, orelse, finalbody, is_star } => {
                self.statements(body);
                for handler in handlers {
                    self.add(handler.span, "ExceptHandler");
                    self.expressions(&handler.typ);
                    self.statements(&handler.body);
                }
                self.statements(orelse);
                self.statements(finalbody);
                if *is_star { "TryStar".to_owned() } else { "Try".to_owned() }
            }
            StmtKind::Assert { test, msg } => {
                self.expressions([test].into_iter().chain(msg));
                "Assert".to_owned()
            }
            StmtKind::Import { names } => {
                self.aliases(names);
                "Import".to_owned()
            }
            StmtKind::ImportFrom { module, names, level } => {
                self.aliases(names);
                let module = module.as_ref().map_or("", |module| &module.name);
                format!("ImportFrom {}{module}", ".".repeat(*level as usize))
            }
            StmtKind::Global { names: declared } => format!("Global{}", names(declared)),
            StmtKind::Nonlocal { names: declared } => format!("Nonlocal{}", names(declared)),
            StmtKind::Expr { value } => {
                self.expression(value);
                "Expr".to_owned()
            }
            StmtKind::Pass => "Pass".to_owned(),
            StmtKind::Break => "Break".to_owned(),
            StmtKind::Continue => "Continue".to_owned(),
        };
        self.add(statement.span, what);
    }

    fn aliases(&mut self, names: &[Alias]) {
        for alias in names {
            let asname = alias.asname.as_ref().map(|name| format!(" as {}", name.name));
            self.add(alias.span, format!("alias {}{}", alias.name.name, asname.unwrap_or_default()));
        }
    }

    fn type_params(&mut self, parameters: &[TypeParam]) {
        for parameter in parameters {
            self.add(parameter.span, format!("{:?}", parameter.kind));
            self.expressions(parameter.bound.iter().chain(&parameter.default_value));
        }
    }

    fn arguments(&mut self, arguments: &Arguments) {
        let Arguments { posonlyargs, args, vararg, kwonlyargs, kwarg } = arguments;
        for parameter in posonlyargs.iter().chain(args).chain(kwonlyargs) {
            self.arg(&parameter.arg);
            self.expressions(&parameter.default);
        }
        vararg.iter().chain(kwarg).for_each(|arg| self.arg(arg));
    }

    fn arg(&mut self, arg: &Arg) {
        self.add(arg.span, format!("arg {}", arg.name.name));
        self.expressions(arg.annotation.as_deref());
    }

    fn keywords(&mut self, keywords: &[Keyword]) {
        for keyword in keywords {
            let name = keyword.arg.as_ref().map_or("**", |name| &name.name);
            self.add(keyword.span, format!("keyword {name}"));
            self.expression(&keyword.value);
        }
    }

    fn comprehension(&mut self, name: &str, elements: &[&Expr], generators: &[Comprehension]) -> String {
        self.expressions(elements.iter().copied());
        for clause in generators {
            self.expressions([&clause.target, &clause.iter].into_iter().chain(&clause.ifs));
        }
        name.to_owned()
    }

    fn parts(&mut self, parts: &[FStringPart], field: &str) {
        for part in parts {
            let FStringPart::Replacement(replacement) = part else { continue };
            self.expression(&replacement.value);
            let mut what = match replacement.conversion {
                Conversion::None => field.to_owned(),
                Conversion::Str => format!("{field} s"),
                Conversion::Repr => format!("{field} r"),
                Conversion::Ascii => format!("{field} a"),
            };
            if let Some(spec) = &replacement.format_spec {
                what = format!("{what} {}", pieces(spec));
                self.parts(spec, "FormattedValue");
            }
            self.add(replacement.span, what);
        }
    }

    fn expression(&mut self, expression: &Expr) {
        let what = match &expression.kind {
            ExprKind::BoolOp { op, values } => {
                self.expressions(values);
                format!("BoolOp {op:?}")
            }
            ExprKind::NamedExpr { target, value } => {
                self.expressions([&**target, value]);
                "NamedExpr".to_owned()
            }
            ExprKind::BinOp { left, op, right } => {
                self.expressions([&**left, right]);
                format!("BinOp {op:?}")
            }
            ExprKind::UnaryOp { op, operand } => {
                self.expression(operand);
                format!("UnaryOp {op:?}")
            }
            ExprKind::Lambda { args, body } => {
                self.arguments(args);
                self.expression(body);
                "Lambda".to_owned()
            }
            ExprKind::IfExp { test, body, orelse } => {
                self.expressions([&**test, body, orelse]);
                "IfExp".to_owned()
            }
            ExprKind::Dict { items } => {
                for item in items {
                    self.expressions(item.key.iter().chain([&item.value]));
                }
                "Dict".to_owned()
            }
            ExprKind::Set { elts } => {
                self.expressions(elts);
                "Set".to_owned()
            }
            ExprKind::ListComp { elt, generators } => self.comprehension("ListComp", &[elt], generators),
            ExprKind::SetComp { elt, generators } => self.comprehension("SetComp", &[elt], generators),
            ExprKind::DictComp { key, value, generators } => self.comprehension("DictComp", &[key, value], generators),
            ExprKind::GeneratorExp { elt, generators } => self.comprehension("GeneratorExp", &[elt], generators),
            ExprKind::Await { value } => {
                self.expression(value);
                "Await".to_owned()
            }
            ExprKind::Yield { value } => {
                self.expressions(value.as_deref());
                "Yield".to_owned()
            }
            ExprKind::YieldFrom { value } => {
                self.expression(value);
                "YieldFrom".to_owned()
            }
            ExprKind::Compare { left, ops, comparators } => {
                self.expressions([&**left].into_iter().chain(comparators));
                format!("Compare{}", ops.iter().map(|op| format!(" {op:?}")).collect::<String>())
            }
            ExprKind::Call { func, args, keywords } => {
                self.expressions([&**func].into_iter().chain(args));
                self.keywords(keywords);
                "Call".to_owned()
            }
            ExprKind::JoinedStr { values } => {
                self.parts(values, "FormattedValue");
                format!("JoinedStr {}", pieces(values))
            }
            ExprKind::TemplateStr { values } => {
                self.parts(values, "Interpolation");
                format!("TemplateStr {}", pieces(values))
            }
            ExprKind::Constant(value) => format!("Constant {}", constant(value)),
            ExprKind::Attribute { value, attr } => {
                self.expression(value);
                format!("Attribute {}", attr.name)
            }
            ExprKind::Subscript { value, slice } => {
                self.expressions([&**value, slice]);
                "Subscript".to_owned()
            }
            ExprKind::Starred { value } => {
                self.expression(value);
                "Starred".to_owned()
            }
            ExprKind::Name(name) => format!("Name {name}"),
            ExprKind::List { elts } => {
                self.expressions(elts);
                "List".to_owned()
            }
            ExprKind::Tuple { elts } => {
                self.expressions(elts);
                "Tuple".to_owned()
            }
            ExprKind::Slice { lower, upper, step } => {
                self.expressions([lower, upper, step].into_iter().flatten().map(|bound| &**bound));
                "Slice".to_owned()
            }
        };
        self.add(expression.span, what);
    }

    fn patterns<'t>(&mut self, patterns: impl IntoIterator<Item = &'t Pattern>) {
        patterns.into_iter().for_each(|pattern| self.pattern(pattern));
    }

    fn pattern(&mut self, pattern: &Pattern) {
        let optional =
            |name: &Option<Identifier>| name.as_ref().map_or(String::new(), |name| format!(" {}", name.name));
        let what = match &pattern.kind {
            PatternKind::MatchValue(value) => {
                self.expression(value);
                "MatchValue".to_owned()
            }
            PatternKind::MatchSingleton(value) => {
                let value = constant(value);
                format!("MatchSingleton {}", value.rsplit(' ').next().unwrap_or_default())
            }
            PatternKind::MatchSequence { patterns } => {
                self.patterns(patterns);
                "MatchSequence".to_owned()
            }
            PatternKind::MatchMapping { items, rest } => {
                for (key, value) in items {
                    self.expression(key);
                    self.pattern(value);
                }
                format!("MatchMapping{}", optional(rest))
            }
            PatternKind::MatchClass { cls, patterns, keywords } => {
                self.expression(cls);
                self.patterns(patterns.iter().chain(keywords.iter().map(|(_, pattern)| pattern)));
                let names = keywords.iter().map(|(name, _)| format!(" {}", name.name)).collect::<String>();
                format!("MatchClass{names}")
            }
            PatternKind::MatchStar { name } => format!("MatchStar{}", optional(name)),
            PatternKind::MatchAs { pattern, name } => {
                self.patterns(pattern.as_deref());
                format!("MatchAs{}", optional(name))
            }
            PatternKind::MatchOr { patterns } => {
                self.patterns(patterns);
                "MatchOr".to_owned()
            }
        };
        self.add(pattern.span, what);
    }
}

fn check(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ast");
    let source = fs::read_to_string(folder.join(name).with_extension("py")).expect("the program is there");
    let expected = fs::read_to_string(folder.join(name).with_extension("txt")).expect("its tree is there");
    let module = argil_compiler::parse(&source).unwrap_or_else(|error| panic!("{}", error.report(name, &source)));
    let mut nodes = Nodes::default();
    nodes.statements(&module.body);
    nodes.0.sort();
    let actual: String = nodes.0.iter().map(|(start, end, what)| format!("{start}..{} {what}\n", -end)).collect();
    snapbox::assert_data_eq!(actual, snapbox::Data::text(expected).raw());
}

macro_rules! programs {
    ($($name:ident)*) => {
        $(#[test] fn $name() { check(stringify!($name)); })*
    };
}

programs! { definitions expressions literals patterns statements }
