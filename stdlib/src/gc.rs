//! `gc`: the collector as scripts see it.

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::value::Value;

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "gc", source: ModuleSource::Native { functions: FUNCTIONS, init } };

fn init(_cx: &mut Ctx, _module: Slot) -> Res<()> {
    Ok(())
}

natives! {
    static FUNCTIONS = {
        /// Collect garbage now; returns 0, since nobody counts what was unreachable.
        call fn collect(cx; ; generation: i64 = 2) -> i64 {
            if !(0..=2).contains(&generation) {
                return Err(cx.value_error("invalid generation"));
            }
            argil_interp::collect::collect(cx);
            // Callbacks that are due are called before this returns.
            cx.poll()?;
            Ok(0)
        }
        /// Collect when enough was allocated.
        fn enable(cx) -> () {
            cx.heap().set_enabled(true);
            Ok(())
        }
        /// Collect only when asked to.
        fn disable(cx) -> () {
            cx.heap().set_enabled(false);
            Ok(())
        }
        /// Whether collections happen by themselves.
        fn isenabled(cx) -> bool { Ok(cx.heap().is_enabled()) }
        /// Allocations since the last collection, by generation: there are no generations.
        fn get_count(cx) -> Value<'h> { Ok(cx.tuple(&[cx.int(0), cx.int(0), cx.int(0)])) }
        /// Allocations that make a generation due.
        fn get_threshold(cx) -> Value<'h> { Ok(cx.tuple(&[cx.int(2000), cx.int(10), cx.int(0)])) }
        /// Keep what exists out of collections: all are full ones, so there is nothing to do.
        fn freeze(cx) -> () { Ok(()) }
        /// Undo `freeze`.
        fn unfreeze(cx) -> () { Ok(()) }
    }
}
