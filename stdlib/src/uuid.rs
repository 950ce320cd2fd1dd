//! `_uuid`: identifiers of a time and a place (RFC 9562, version 1).

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::service::Service;

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "_uuid", source: ModuleSource::Native { functions: FUNCTIONS, init } };

/// From the beginning of the Gregorian calendar to that of the system's clock, in the unit of the former: 100 ns.
const EPOCH: u64 = 0x01b2_1dd2_1381_4000;

/// What the identifiers of an interpreter have in common.
#[derive(Default)]
struct Source {
    /// The last time that was given out. Each caller takes a later one at once (Relaxed: nothing else hangs on it).
    last: AtomicU64,
    /// A number that tells those apart who have the same clock and place, and the place.
    constant: OnceLock<([u8; 2], [u8; 6])>,
}

impl Service for Source {}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system has random bytes");
    bytes
}

/// The address of a network card; `None` if there is none.
fn card() -> Option<[u8; 6]> {
    let mut cards: Vec<_> = std::fs::read_dir("/sys/class/net").ok()?.flatten().map(|card| card.path()).collect();
    cards.sort();
    let addresses = cards.into_iter().filter_map(|card| std::fs::read_to_string(card.join("address")).ok());
    addresses.filter_map(|address| parse(address.trim())).find(|address| *address != [0; 6])
}

fn parse(address: &str) -> Option<[u8; 6]> {
    let bytes: Option<Vec<u8>> = address.split(':').map(|byte| u8::from_str_radix(byte, 16).ok()).collect();
    bytes?.try_into().ok()
}

/// A place that is none of a network card.
fn no_card() -> [u8; 6] {
    let mut bytes = random();
    bytes[0] |= 1;
    bytes
}

/// The time now, and later than any before.
fn time(last: &AtomicU64) -> u64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let now = EPOCH + (now.as_nanos() / 100) as u64;
    let later = |last: u64| Some(now.max(last + 1));
    last.fetch_update(Ordering::Relaxed, Ordering::Relaxed, later).map_or(now, |last| now.max(last + 1))
}

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    for (name, number) in [("has_uuid_generate_time_safe", 1), ("has_stable_extractable_node", 0)] {
        cx.define(module, name, cx.int(number));
    }
    Ok(())
}

natives! {
    static FUNCTIONS = {
        /// Return a new identifier as bytes, and -1: that no other machine makes the same is likely, not certain.
        call fn generate_time_safe(cx) -> Slot {
            let source = cx.interp().service::<Source>();
            let time = time(&source.last);
            let ([high, low], node) = *source.constant.get_or_init(|| (random(), card().unwrap_or_else(no_card)));
            let mut bytes = [0; 16];
            bytes[..4].copy_from_slice(&(time as u32).to_be_bytes());
            bytes[4..6].copy_from_slice(&((time >> 32) as u16).to_be_bytes());
            bytes[6..8].copy_from_slice(&((time >> 48) as u16 & 0x0fff | 0x1000).to_be_bytes());
            bytes[8..10].copy_from_slice(&[high & 0x3f | 0x80, low]);
            bytes[10..].copy_from_slice(&node);
            let cx: &Ctx = cx;
            Ok(cx.root(cx.tuple(&[cx.bytes(&bytes), cx.int(-1)])))
        }
    }
}
