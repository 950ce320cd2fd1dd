//! In which order what remains of a graph is done, where code of the script runs for it: entries of dicts and sets, whose keys
//! must be complete before they are hashed, and objects that a script's methods make, which want their arguments complete.
//!
//! Where a cycle leaves no such order, an object is given to a method half filled, as `pickle` does.

use std::collections::HashMap;

use super::Tag;
use super::decode::{Graph, Node};
use super::reduce;
use super::wire::Ref;

/// Something to do.
pub enum Step {
    /// Put its entries into the dict or set of this node.
    Enter(u32),
    /// Make the object of this node, and put it where others refer to it.
    Make(u32, Vec<Place>),
    /// Give the object of this node its items and its state.
    Restore(u32),
}

/// Where an object is referred to: by the reference or attribute of this number of a node, or by a module's name.
pub enum Place {
    Ref(u32, usize),
    Attr(u32, usize),
    Binding(usize),
}

/// All that remains to be done, in order.
pub fn steps(graph: &Graph<'_>) -> Vec<Step> {
    let count = graph.nodes.len() as u32;
    let mut entries = Entries { graph, state: vec![State::New; graph.nodes.len()], steps: Vec::new() };
    if graph.nodes.iter().any(|node| node.tag == Tag::Reduced) {
        walk(graph, &mut entries);
    }
    (0..count).for_each(|start| entries.enter(start));
    entries.steps
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

struct Entries<'a> {
    graph: &'a Graph<'a>,
    state: Vec<State>,
    steps: Vec<Step>,
}

impl Entries<'_> {
    /// Enters what belongs into a dict or set, after that of the frozen sets in its keys.
    fn enter(&mut self, start: u32) {
        let mut path = vec![start];
        while let Some(&at) = path.last() {
            let node = &self.graph.nodes[at as usize];
            if self.state[at as usize] == State::New {
                self.state[at as usize] = State::Open;
                let new = |key: &Ref| matches!(key, Ref::Node(key) if self.state[*key as usize] == State::New);
                let keys: Vec<_> = keys(node).filter(new).collect();
                path.extend(keys.into_iter().filter_map(number));
                continue;
            }
            path.pop();
            if self.state[at as usize] == State::Open {
                self.state[at as usize] = State::Done;
                if matches!(node.tag, Tag::Dict | Tag::Set) && !node.is_known() {
                    self.steps.push(Step::Enter(at));
                }
            }
        }
    }
}

fn number(reference: Ref) -> Option<u32> {
    match reference {
        Ref::Node(node) => Some(node),
        Ref::Word(_) => None,
    }
}

/// What is hashed when a node is.
fn keys<'a>(node: &'a Node<'_>) -> impl Iterator<Item = Ref> + 'a {
    let step = match node.tag {
        Tag::Tuple | Tag::Set => Some(1),
        Tag::Dict => Some(2),
        _ => None,
    };
    let refs = step.map(|step| node.refs.iter().skip(1).step_by(step).copied());
    refs.into_iter().flatten()
}

enum Visit {
    Open(u32),
    Make(u32),
    Close(u32),
}

/// Goes through all that is reachable, depth first, but not through what was here before.
fn walk(graph: &Graph<'_>, entries: &mut Entries<'_>) {
    let mut holders = holders(graph);
    let mut bound: HashMap<u32, Vec<Ref>> = HashMap::new();
    let taken = graph.bindings.iter().filter(|binding| binding.taken.get());
    let mut stack = Stack { visits: Vec::new(), opened: vec![false; graph.nodes.len()] };
    stack.push(&[graph.root]);
    for binding in taken {
        bound.entry(binding.space).or_default().push(binding.value);
        stack.push(&[binding.value]);
    }
    while let Some(visit) = stack.visits.pop() {
        match visit {
            Visit::Open(at) => {
                let node = &graph.nodes[at as usize];
                if std::mem::replace(&mut stack.opened[at as usize], true) {
                    continue;
                }
                let bound = bound.get(&at).map_or(&[][..], Vec::as_slice);
                if node.is_known() {
                    stack.push(bound);
                    continue;
                }
                stack.visits.push(Visit::Close(at));
                if node.tag == Tag::Reduced {
                    let (making, rest) = node.refs.split_at(reduce::MAKING);
                    stack.push(rest);
                    stack.visits.push(Visit::Make(at));
                    stack.push(making);
                } else {
                    let own = node.refs.iter().copied().chain(node.attr_refs());
                    let all: Vec<_> = own.chain(bound.iter().copied()).collect();
                    stack.push(&all);
                }
            }
            Visit::Make(at) => {
                let holders = holders.remove(&at).unwrap_or_default();
                entries.steps.push(Step::Make(at, holders));
            }
            Visit::Close(at) if graph.nodes[at as usize].tag == Tag::Reduced => entries.steps.push(Step::Restore(at)),
            Visit::Close(at) => {
                if matches!(graph.nodes[at as usize].tag, Tag::Dict | Tag::Set) {
                    entries.enter(at);
                }
            }
        }
    }
}

struct Stack {
    visits: Vec<Visit>,
    opened: Vec<bool>,
}

impl Stack {
    /// Lets the nodes of the references be opened, the first one first.
    fn push(&mut self, refs: &[Ref]) {
        let Stack { visits, opened } = self;
        let new = refs.iter().rev().copied().filter_map(number).filter(|node| !opened[*node as usize]);
        visits.extend(new.map(Visit::Open));
    }
}

/// Where each object that is to be made is referred to.
fn holders(graph: &Graph<'_>) -> HashMap<u32, Vec<Place>> {
    let mut holders: HashMap<u32, Vec<Place>> = HashMap::new();
    let mut note = |reference: Ref, place: Place| {
        if let Ref::Node(node) = reference
            && graph.nodes[node as usize].tag == Tag::Reduced
        {
            holders.entry(node).or_default().push(place);
        }
    };
    for (at, node) in graph.nodes.iter().enumerate() {
        node.refs.iter().enumerate().for_each(|(i, reference)| note(*reference, Place::Ref(at as u32, i)));
        node.attr_refs().skip(1).step_by(2).enumerate().for_each(|(i, value)| note(value, Place::Attr(at as u32, i)));
    }
    graph.bindings.iter().enumerate().for_each(|(i, binding)| note(binding.value, Place::Binding(i)));
    holders
}
