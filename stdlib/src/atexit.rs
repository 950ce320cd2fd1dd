//! `atexit`: functions that are called when the program ends.

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::Slot;
use argil_interp::exit;
use argil_interp::natives;
use argil_interp::types::function::is_callable;

/// The module.
pub const MODULE: ModuleDef = ModuleDef {
    name: "atexit",
    source: ModuleSource::Native {
        functions: FUNCTIONS,
        init: |cx, module| {
            cx.define(module, "__doc__", cx.str(DOC));
            Ok(())
        },
    },
};

const DOC: &str = "allow programmer to define multiple exit functions to be executed\n\
    upon normal program termination.\n\n\
    Two public functions, register and unregister, are defined.\n";

natives! {
    static FUNCTIONS = {
        /// Register a function to be executed upon normal program termination
        ///
        ///     func - function to be called at exit
        ///     args - optional arguments to pass to func
        ///     kwargs - optional keyword arguments to pass to func
        ///
        ///     func is returned to facilitate usage as a decorator.
        raw fn register(cx, args) -> Slot {
            let given = args.positional(cx);
            let (args, names) = args.into_slots(cx);
            if given == 0 {
                return Err(cx.type_error("register() takes at least 1 argument (0 given)"));
            }
            if !is_callable(cx, cx.get(args.get(0))) {
                return Err(cx.type_error("the first argument must be callable"));
            }
            exit::register(cx, args.get(0), args.skip(1), names);
            Ok(args.get(0))
        }

        /// Unregister an exit function which was previously registered using
        /// atexit.register
        ///
        ///     func - function to be unregistered
        call fn unregister(cx; func: Slot) -> () { exit::unregister(cx, func) }

        /// Clear the list of previously registered exit functions.
        call fn _clear(cx) -> () {
            exit::clear(cx);
            Ok(())
        }

        /// Return the number of registered exit functions.
        call fn _ncallbacks(cx) -> usize { Ok(exit::count(cx)) }

        /// Run all registered exit functions.
        ///
        /// If a callback raises an exception, it is logged with sys.unraisablehook.
        call fn _run_exitfuncs(cx) -> () {
            exit::run(cx);
            Ok(())
        }
    }
}
