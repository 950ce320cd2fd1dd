//! `sys.settrace` and `sys.setprofile`.

use argil_interp::ctx::{Ctx, Slot};
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::types::frame::access::running;
use argil_interp::value::Value;
use argil_interp::watch::Watch;

/// Sets one of the thread's two functions; `None` takes it away.
fn set(cx: &Ctx, field: fn(&Watch) -> &Field, function: Slot) {
    argil_interp::watch::set(cx, field, cx.get(function));
    // A frame with an object is left where the loop looks whether it is to tell tools of what follows.
    (0..).map_while(|depth| running(cx, depth)).for_each(drop);
}

/// Sets one of the two functions of every thread.
fn set_everywhere(cx: &mut Ctx, field: fn(&Watch) -> &Field, function: Slot) {
    argil_interp::watch::set_everywhere(cx, field, function);
    set(cx, field, function);
}

natives! {
    pub(super) static FUNCTIONS = {
        /// Set the global debug tracing function. It is called on each function call.
        call fn settrace(cx; function: Slot) -> () {
            set(cx, |watch| &watch.tracer, function);
            Ok(())
        }
        /// Return the global debug tracing function set with sys.settrace.
        fn gettrace(cx) -> Value<'h> { Ok(cx.watch.tracer.get_or_none(cx)) }
        /// Set the profiling function. It is called on each function call and return.
        call fn setprofile(cx; function: Slot) -> () {
            set(cx, |watch| &watch.profiler, function);
            Ok(())
        }
        /// Return the profiling function set with sys.setprofile.
        fn getprofile(cx) -> Value<'h> { Ok(cx.watch.profiler.get_or_none(cx)) }
        /// Set the global debug tracing function in all running threads.
        call fn _settraceallthreads(cx; function: Slot) -> () {
            set_everywhere(cx, |watch| &watch.tracer, function);
            Ok(())
        }
        /// Set the profiling function in all running threads.
        call fn _setprofileallthreads(cx; function: Slot) -> () {
            set_everywhere(cx, |watch| &watch.profiler, function);
            Ok(())
        }
    }
}
