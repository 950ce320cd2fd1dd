//! `_tracemalloc`: where memory was allocated, which Argil does not note. The module says so when it is asked to begin.

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::types::list::List;
use argil_interp::value::Value;

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "_tracemalloc", source: ModuleSource::Native { functions: FUNCTIONS, init: |_, _| Ok(()) } };

/// How many frames may be asked for.
const MOST_FRAMES: i64 = 65_535;

fn nothing(cx: &Ctx) -> Res<Value<'_>> {
    Ok(cx.tuple(&[cx.int(0), cx.int(0)]))
}

natives! {
    static FUNCTIONS = {
        /// Return True if the tracemalloc module is tracing Python memory allocations.
        fn is_tracing(cx) -> bool {
            let _ = cx;
            Ok(false)
        }

        /// Start tracing, which Argil cannot: a NotImplementedError.
        fn start(cx; nframe: i64 = 1) -> () {
            if !(1..=MOST_FRAMES).contains(&nframe) {
                return Err(cx.value_error(format!("the number of frames must be in range [1; {MOST_FRAMES}]")));
            }
            Err(cx.raise(Builtin::NotImplementedError, "Argil does not trace where memory is allocated"))
        }

        /// Stop tracing, which has not begun.
        fn stop(cx) -> () {
            let _ = cx;
            Ok(())
        }

        /// Forget traces, of which there are none.
        fn clear_traces(cx) -> () {
            let _ = cx;
            Ok(())
        }

        /// Set the peak to what is in use now.
        fn reset_peak(cx) -> () {
            let _ = cx;
            Ok(())
        }

        /// Return the number of frames of a trace.
        fn get_traceback_limit(cx) -> i64 {
            let _ = cx;
            Ok(1)
        }

        /// Return the size and peak of what was traced.
        fn get_traced_memory(cx) -> Value<'h> { nothing(cx) }

        /// Return how much memory tracing takes.
        fn get_tracemalloc_memory(cx) -> i64 {
            let _ = cx;
            Ok(0)
        }

        fn _get_traces(cx) -> Value<'h> { Ok(Value::of(List::alloc(cx))) }

        call fn _get_object_traceback(cx; obj: Slot) -> Slot {
            let _ = obj;
            Ok(cx.root(Value::NONE))
        }
    }
}
