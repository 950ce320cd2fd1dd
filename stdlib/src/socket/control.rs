//! What goes beside a message: items of a level, a type and bytes, as the system lays them out one after the other.

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res};

/// The bytes before those of an item: its length, level and type.
const HEAD: usize = size_of::<usize>() + 2 * size_of::<i32>();

/// The most that the system counts.
const MOST: usize = i32::MAX as usize;

/// The length of an item with so many bytes; `None` if that is too much.
pub fn length(count: usize) -> Option<usize> {
    count.checked_add(HEAD).filter(|length| *length <= MOST)
}

/// How far behind an item with so many bytes the next begins; `None` if that is too much.
pub fn space(count: usize) -> Option<usize> {
    let most = MOST - HEAD - size_of::<usize>();
    if count > most { None } else { length(count.next_multiple_of(size_of::<usize>())) }
}

/// An item.
pub struct Item {
    /// The protocol that it belongs to.
    pub level: i32,
    /// What it is.
    pub kind: i32,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Lays items out.
pub fn pack(cx: &Ctx, items: &[Item]) -> Res<Vec<u8>> {
    let mut out = Vec::new();
    for item in items {
        let (Some(length), Some(space)) = (length(item.bytes.len()), space(item.bytes.len())) else {
            return Err(cx.raise(Builtin::OSError, "ancillary data item too large"));
        };
        if out.len() + space > MOST {
            return Err(cx.raise(Builtin::OSError, "too much ancillary data"));
        }
        let end = out.len() + space;
        out.extend_from_slice(&length.to_ne_bytes());
        out.extend_from_slice(&item.level.to_ne_bytes());
        out.extend_from_slice(&item.kind.to_ne_bytes());
        out.extend_from_slice(&item.bytes);
        out.resize(end, 0);
    }
    Ok(out)
}

/// The items that lie in what came.
pub fn unpack(mut rest: &[u8]) -> Vec<Item> {
    let mut items = Vec::new();
    while let Some((length, after)) = rest.split_first_chunk::<{ size_of::<usize>() }>()
        && let Some((level, after)) = after.split_first_chunk()
        && let Some((kind, _)) = after.split_first_chunk()
    {
        let length = usize::from_ne_bytes(*length);
        if length < HEAD {
            break;
        }
        let bytes = rest[HEAD..length.min(rest.len())].to_vec();
        items.push(Item { level: i32::from_ne_bytes(*level), kind: i32::from_ne_bytes(*kind), bytes });
        rest =
            length.checked_next_multiple_of(size_of::<usize>()).and_then(|space| rest.get(space..)).unwrap_or_default();
    }
    items
}
