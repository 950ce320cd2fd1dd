//! `from __future__ import …`: which features are on, and that the statement stands where it may.

use super::{Result, docstring, unsupported};
use crate::ast::{Module, Stmt, StmtKind};
use crate::source::SyntaxError;

/// What the future statements of a module ask for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Future {
    /// `annotations`: they are kept as text.
    pub annotations_are_text: bool,
    /// Where the last future statement ends: none may follow.
    pub end: u32,
}

/// Whether `stmt` is a future statement.
fn is_future(stmt: &Stmt) -> bool {
    match &stmt.kind {
        StmtKind::ImportFrom { module: Some(module), level: 0, .. } => &*module.name == "__future__",
        _ => false,
    }
}

/// Reads the future statements at the beginning of `module`.
pub(super) fn read(module: &Module) -> Result<Future> {
    let mut future = Future::default();
    for stmt in docstring::without(&module.body).iter().take_while(|stmt| is_future(stmt)) {
        let StmtKind::ImportFrom { names, .. } = &stmt.kind else { continue };
        for alias in names {
            match &*alias.name.name {
                "annotations" => future.annotations_are_text = true,
                "nested_scopes" | "generators" | "division" | "absolute_import" | "with_statement" => {}
                "print_function" | "unicode_literals" | "generator_stop" => {}
                "barry_as_FLUFL" => return unsupported("the operator '<>'", alias.span),
                "braces" => return Err(SyntaxError::new("not a chance", alias.span)),
                name => {
                    return Err(SyntaxError::new(format!("future feature {name} is not defined"), alias.span));
                }
            }
        }
        future.end = stmt.span.end;
    }
    Ok(future)
}
