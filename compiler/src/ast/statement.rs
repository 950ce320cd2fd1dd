//! Statements, and the parts that only statements have.

use super::{Arguments, Expr, Identifier, Keyword, Operator, Pattern};
use crate::source::Span;

/// A statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Stmt {
    /// What it is.
    pub kind: StmtKind,
    /// All of it; for a function or class from its `def` or `class` (or `async`), without its decorators.
    pub span: Span,
}

/// What a statement is.
#[derive(Clone, Debug, PartialEq)]
pub enum StmtKind {
    /// `def name(args): body`
    FunctionDef(Box<FunctionDef>),
    /// `class name(bases, keywords): body`
    ClassDef(Box<ClassDef>),
    /// `return value`
    Return {
        /// The value, if written.
        value: Option<Expr>,
    },
    /// `del a, b[c]`
    Delete {
        /// What is deleted: names, attributes, subscripts, tuples and lists of these.
        targets: Vec<Expr>,
    },
    /// `target = target = value`
    Assign {
        /// The targets, left to right; at least one.
        targets: Vec<Expr>,
        /// The value.
        value: Expr,
    },
    /// `type name[type_params] = value`
    TypeAlias {
        /// The name.
        name: Identifier,
        /// The type parameters.
        type_params: Vec<TypeParam>,
        /// The value.
        value: Expr,
    },
    /// `target op= value`
    AugAssign {
        /// A name, attribute or subscript.
        target: Expr,
        /// The operator.
        op: Operator,
        /// The right operand.
        value: Expr,
    },
    /// `target: annotation = value`
    AnnAssign {
        /// A name, attribute or subscript.
        target: Expr,
        /// The annotation.
        annotation: Expr,
        /// The value, if written.
        value: Option<Expr>,
        /// Whether the target is a name without parentheses.
        simple: bool,
    },
    /// `for target in iter: body else: orelse`
    For {
        /// What each element is stored to.
        target: Expr,
        /// What is iterated.
        iter: Expr,
        /// The loop's body.
        body: Vec<Stmt>,
        /// What runs when the loop ends without `break`.
        orelse: Vec<Stmt>,
        /// `async for`.
        is_async: bool,
    },
    /// `while test: body else: orelse`
    While {
        /// The condition.
        test: Expr,
        /// The loop's body.
        body: Vec<Stmt>,
        /// What runs when the loop ends without `break`.
        orelse: Vec<Stmt>,
    },
    /// `if test: body elif … else: orelse`; an `elif` is an `If` alone in `orelse`.
    If {
        /// The condition.
        test: Expr,
        /// What runs if it holds.
        body: Vec<Stmt>,
        /// What runs otherwise.
        orelse: Vec<Stmt>,
    },
    /// `with items: body`
    With {
        /// The context managers, at least one.
        items: Vec<WithItem>,
        /// What runs within them.
        body: Vec<Stmt>,
        /// `async with`.
        is_async: bool,
    },
    /// `match subject: cases`
    Match {
        /// What is matched.
        subject: Expr,
        /// The cases, at least one.
        cases: Vec<MatchCase>,
    },
    /// `raise exc from cause`
    Raise {
        /// The exception, if written.
        exc: Option<Expr>,
        /// The cause, if written.
        cause: Option<Expr>,
    },
    /// `try: body except …: … else: orelse finally: finalbody`
    Try {
        /// What is tried.
        body: Vec<Stmt>,
        /// The handlers, in order.
        handlers: Vec<ExceptHandler>,
        /// What runs when nothing was raised.
        orelse: Vec<Stmt>,
        /// What runs in any case.
        finalbody: Vec<Stmt>,
        /// Whether the handlers are `except*`.
        is_star: bool,
    },
    /// `assert test, msg`
    Assert {
        /// What must hold.
        test: Expr,
        /// The message, if written.
        msg: Option<Expr>,
    },
    /// `import a.b as c, d`
    Import {
        /// The modules, at least one.
        names: Vec<Alias>,
    },
    /// `from .module import a as b`
    ImportFrom {
        /// The dotted name after the dots, if written.
        module: Option<Identifier>,
        /// What is imported; a single `*` for everything.
        names: Vec<Alias>,
        /// How many dots stand before the module's name.
        level: u32,
    },
    /// `global a, b`
    Global {
        /// The names, at least one.
        names: Vec<Identifier>,
    },
    /// `nonlocal a, b`
    Nonlocal {
        /// The names, at least one.
        names: Vec<Identifier>,
    },
    /// An expression for its effect.
    Expr {
        /// The expression.
        value: Expr,
    },
    /// `pass`
    Pass,
    /// `break`
    Break,
    /// `continue`
    Continue,
}

/// A function statement.
#[derive(Clone, Debug, PartialEq)]
pub struct FunctionDef {
    /// The function's name.
    pub name: Identifier,
    /// The parameters.
    pub args: Arguments,
    /// The body; a docstring is its first statement.
    pub body: Vec<Stmt>,
    /// The decorators, outermost (first written) first.
    pub decorator_list: Vec<Expr>,
    /// The annotation after `->`, if written.
    pub returns: Option<Expr>,
    /// The type parameters.
    pub type_params: Vec<TypeParam>,
    /// `async def`.
    pub is_async: bool,
}

/// A class statement.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassDef {
    /// The class's name.
    pub name: Identifier,
    /// The bases, some may be [`super::ExprKind::Starred`].
    pub bases: Vec<Expr>,
    /// `metaclass=…` and other keyword arguments.
    pub keywords: Vec<Keyword>,
    /// The body; a docstring is its first statement.
    pub body: Vec<Stmt>,
    /// The decorators, outermost (first written) first.
    pub decorator_list: Vec<Expr>,
    /// The type parameters.
    pub type_params: Vec<TypeParam>,
}

/// One context manager of a `with` statement.
#[derive(Clone, Debug, PartialEq)]
pub struct WithItem {
    /// The context manager.
    pub context_expr: Expr,
    /// The target after `as`, if written.
    pub optional_vars: Option<Expr>,
}

/// An `except` clause.
#[derive(Clone, Debug, PartialEq)]
pub struct ExceptHandler {
    /// The exception class or tuple of classes; `None` for a bare `except:`.
    pub typ: Option<Expr>,
    /// The name after `as`, if written.
    pub name: Option<Identifier>,
    /// The handler.
    pub body: Vec<Stmt>,
    /// All of it.
    pub span: Span,
}

/// `name as asname` of an import.
#[derive(Clone, Debug, PartialEq)]
pub struct Alias {
    /// The name, with dots for a module, or `*`.
    pub name: Identifier,
    /// The name after `as`, if written.
    pub asname: Option<Identifier>,
    /// All of it.
    pub span: Span,
}

/// `case pattern if guard: body`
#[derive(Clone, Debug, PartialEq)]
pub struct MatchCase {
    /// The pattern.
    pub pattern: Pattern,
    /// The condition, if written.
    pub guard: Option<Expr>,
    /// What runs when both hold.
    pub body: Vec<Stmt>,
}

/// A type parameter of a generic function, class or type alias.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeParam {
    /// Which sort.
    pub kind: TypeParamKind,
    /// Its name.
    pub name: Identifier,
    /// The bound or constraints after `:`, if written; only of a `TypeVar`.
    pub bound: Option<Expr>,
    /// The default after `=`, if written.
    pub default_value: Option<Expr>,
    /// All of it.
    pub span: Span,
}

/// The sorts of type parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeParamKind {
    /// `T`
    TypeVar,
    /// `*Ts`
    TypeVarTuple,
    /// `**P`
    ParamSpec,
}
