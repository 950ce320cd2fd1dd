//! The second pass: what each name means, given how every block uses it.

use super::{Binding, Scope, ScopeId, ScopeKind, ScopeTree};
use crate::source::SyntaxError;
use std::rc::Rc;

/// Decides the binding of every symbol of `tree`.
pub(super) fn resolve(tree: &mut ScopeTree) -> Result<(), SyntaxError> {
    // Parents stand before their children, so a variable is known as local before an inner use turns it into a cell.
    for id in 0..tree.scopes.len() {
        for at in 0..tree.scopes[id].symbols.len() {
            if let Some(binding) = own_binding(&tree.scopes[id], at) {
                tree.scopes[id].symbols[at].binding = binding;
            }
        }
    }
    for id in 0..tree.scopes.len() {
        for at in 0..tree.scopes[id].symbols.len() {
            if own_binding(&tree.scopes[id], at).is_none() {
                let binding = outer_binding(tree, id, at)?;
                tree.scopes[id].symbols[at].binding = binding;
            }
        }
    }
    (0..tree.scopes.len()).for_each(|id| note_maker(tree, id));
    Ok(())
}

/// Notes in the block whose code makes the function of scope `id` that it does.
fn note_maker(tree: &mut ScopeTree, id: ScopeId) {
    if tree.scopes[id].kind == ScopeKind::Comprehension {
        return;
    }
    let is_closure = !tree.scopes[id].free.is_empty();
    let mut maker = tree.scopes[id].parent;
    while let Some(at) = maker.filter(|&at| tree.scopes[at].kind == ScopeKind::Comprehension) {
        maker = tree.scopes[at].parent;
    }
    if let Some(at) = maker {
        let scope = &mut tree.scopes[at];
        *(if is_closure { &mut scope.makes_closures } else { &mut scope.makes_plain_functions }) = true;
    }
}

/// The binding that follows from the block alone, if it does.
fn own_binding(scope: &Scope, at: usize) -> Option<Binding> {
    let uses = scope.symbols[at].uses;
    match scope.kind {
        _ if uses.global => Some(Binding::GlobalExplicit),
        _ if uses.nonlocal => None,
        ScopeKind::Module => Some(Binding::GlobalImplicit),
        _ if uses.bound || uses.parameter => Some(Binding::Local),
        _ => None,
    }
}

/// The binding of a name that the block does not bind itself.
fn outer_binding(tree: &mut ScopeTree, id: ScopeId, at: usize) -> Result<Binding, SyntaxError> {
    let scope = &tree.scopes[id];
    let symbol = &scope.symbols[at];
    let in_class = scope.parent.is_some_and(|parent| tree.scopes[parent].looks_into_class());
    if scope.kind == ScopeKind::Comprehension && !in_class {
        return Ok(Binding::Outer);
    }
    let name = symbol.name.clone();
    let (nonlocal, declared) = (symbol.uses.nonlocal, symbol.declared);
    if scope.sees_class
        && let Some(binding) = share_class_namespace(tree, id, &name)
    {
        return Ok(binding);
    }
    if let Some(owner) = share_variable(tree, id, &name) {
        if nonlocal && tree.scopes[owner].symbol(&name).is_some_and(|symbol| symbol.uses.type_parameter) {
            let message = format!("nonlocal binding not allowed for type parameter '{name}'");
            return Err(SyntaxError::new(message, declared));
        }
        Ok(Binding::Free)
    } else if nonlocal {
        Err(SyntaxError::new(format!("no binding for nonlocal '{name}' found"), declared))
    } else {
        Ok(Binding::GlobalImplicit)
    }
}

/// Gives block `id` the name space of the class that it sees, through a cell. What the class binds itself hides the variables
/// of functions around, even where the name space turns out to lack it: then the binding is this.
fn share_class_namespace(tree: &mut ScopeTree, id: ScopeId, name: &Rc<str>) -> Option<Binding> {
    let mut between = vec![id];
    let mut class = tree.scopes[id].parent?;
    while tree.scopes[class].kind != ScopeKind::Class {
        between.push(class);
        class = tree.scopes[class].parent?;
    }
    tree.scopes[class].needs_class_namespace = true;
    hand_through(tree, &between, &"__classdict__".into());
    let uses = tree.scopes[class].symbol(name)?.uses;
    match uses {
        _ if uses.global => Some(Binding::GlobalExplicit),
        _ if uses.bound && !uses.nonlocal => Some(Binding::GlobalImplicit),
        _ => None,
    }
}

/// Finds the enclosing function that binds `name`, makes its variable a cell, and hands the cell through all blocks between
/// it and block `id`. Tells which it is, if there is one.
fn share_variable(tree: &mut ScopeTree, id: ScopeId, name: &Rc<str>) -> Option<ScopeId> {
    let mut between = vec![id];
    let mut next = tree.scopes[id].parent;
    while let Some(at) = next {
        let scope = &mut tree.scopes[at];
        match scope.kind {
            ScopeKind::Module => return None,
            ScopeKind::Class if &**name == "__class__" => {
                scope.needs_class_cell = true;
                hand_through(tree, &between, name);
                return Some(at);
            }
            ScopeKind::Class => {}
            ScopeKind::Function | ScopeKind::Comprehension | ScopeKind::Annotations | ScopeKind::TypeParameters => {
                match scope.index.get(name).map(|&at| &mut scope.symbols[at]) {
                    Some(symbol) if symbol.uses.global => return None,
                    Some(symbol) if matches!(symbol.binding, Binding::Local | Binding::Cell) => {
                        symbol.binding = Binding::Cell;
                        hand_through(tree, &between, name);
                        return Some(at);
                    }
                    _ => {}
                }
            }
        }
        between.push(at);
        next = tree.scopes[at].parent;
    }
    None
}

fn hand_through(tree: &mut ScopeTree, between: &[ScopeId], name: &Rc<str>) {
    for &id in between {
        // A comprehension has no frame of its own: the block around it holds the cell.
        if tree.scopes[id].kind != ScopeKind::Comprehension {
            tree.scopes[id].add_free(name);
        }
    }
}
