//! Which exceptions a report shows: one, those that led to it, the members of groups, and what led to those.

use std::collections::HashSet;

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Slot};
use crate::ops::exception_group;
use crate::types::exception::Exception;
use crate::value::Value;

/// An exception to show. Other nodes are named by their index.
pub(super) struct Node {
    /// The exception.
    pub(super) exception: Slot,
    /// What led to it.
    pub(super) origin: Option<Origin>,
    /// The members, if it is a group.
    pub(super) members: Option<Vec<usize>>,
}

/// The exception that led to another.
pub(super) struct Origin {
    /// Its node.
    pub(super) node: usize,
    /// Whether it was named by `raise … from`.
    pub(super) is_cause: bool,
}

/// All exceptions to show; the first is the one that is reported. What led to several of them is shown for that which is
/// found first, in the order in which CPython finds them.
pub(super) fn collect(cx: &Ctx, exception: Slot) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut seen = HashSet::new();
    let add = |nodes: &mut Vec<Node>, exception: Slot, seen: &mut HashSet<u64>| {
        seen.insert(cx.get(exception).word().0);
        nodes.push(Node { exception, origin: None, members: None });
        nodes.len() - 1
    };
    let mut waiting = vec![add(&mut nodes, exception, &mut seen)];
    while let Some(at) = waiting.pop() {
        let slot = nodes[at].exception;
        let origin = cx.get(slot).cast::<Exception>().and_then(|exception| origin(cx, exception, &seen));
        if let Some((origin, is_cause)) = origin {
            let node = add(&mut nodes, cx.root(Value::of(origin)), &mut seen);
            nodes[at].origin = Some(Origin { node, is_cause });
            waiting.push(node);
        }
        if cx.is_instance(cx.get(slot), Builtin::BaseExceptionGroup) {
            let members = exception_group::members(cx, slot);
            let members: Vec<_> = members.into_iter().map(|member| add(&mut nodes, member, &mut seen)).collect();
            waiting.extend(&members);
            nodes[at].members = Some(members);
        }
    }
    nodes
}

/// The exception that led to another, unless it is shown already; whether it was named as the cause.
fn origin<'h>(cx: &'h Ctx, exception: &'h Exception, seen: &HashSet<u64>) -> Option<(&'h Exception, bool)> {
    let fresh = |other: &&Exception| !seen.contains(&Value::of(*other).word().0);
    if let Some(cause) = exception.cause.get(cx).and_then(Value::cast::<Exception>).filter(fresh) {
        return Some((cause, true));
    }
    if exception.suppresses_context() {
        return None;
    }
    exception.context.get(cx).and_then(Value::cast::<Exception>).filter(fresh).map(|context| (context, false))
}
