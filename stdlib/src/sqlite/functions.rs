//! Functions of scripts, given to the engine.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;

use argil_sqlite::{Connection as Database, Failure, raw};

use super::callbacks::{engine, keep};
use super::connection::using;
use super::errors::{OperationalError, raise};

/// Gives the engine a function, or takes it away.
fn define(
    cx: &mut Ctx,
    connection: Slot,
    function: Slot,
    none_removes: bool,
    give: impl FnOnce(&Database, Option<u64>) -> Result<(), Failure>,
) -> Res<Result<(), Failure>> {
    using(cx, connection, |cx, database| {
        let is_there = !none_removes || !cx.get(function).is_none();
        let number = is_there.then(|| keep(cx, connection, function));
        Ok(engine(cx, connection, || give(database, number)))
    })
}

natives! {
    pub static METHODS = {
        /// Creates a new function.
        call fn create_function(cx; self_: Slot; name: String, narg: i32, func: Slot; deterministic: bool = false) -> () {
            let flags = if deterministic { raw::SQLITE_DETERMINISTIC } else { 0 };
            let done = define(cx, self_, func, false, |database, number| database.define_function(&name, narg, flags, number))?;
            done.map_err(|_| cx.raise_own::<OperationalError>("Error creating function"))
        }

        /// Creates a new aggregate.
        call fn create_aggregate(cx; self_: Slot; name: String, n_arg: i32, aggregate_class: Slot) -> () {
            let done = define(cx, self_, aggregate_class, false, |database, number| {
                database.define_aggregate(&name, n_arg, false, number)
            })?;
            done.map_err(|_| cx.raise_own::<OperationalError>("Error creating aggregate"))
        }

        /// Creates or redefines an aggregate window function.
        call fn create_window_function(cx; self_: Slot, name: String, num_params: i32, aggregate_class: Slot) -> () {
            let done = define(cx, self_, aggregate_class, true, |database, number| {
                database.define_aggregate(&name, num_params, true, number)
            })?;
            done.map_err(|failure| raise(cx, &failure))
        }

        /// Creates a collation function.
        call fn create_collation(cx; self_: Slot, name: String, callback: Slot) -> () {
            if !cx.get(callback).is_none() && !argil_interp::types::function::is_callable(cx, cx.get(callback)) {
                return Err(cx.type_error("parameter must be callable"));
            }
            let done = define(cx, self_, callback, true, |database, number| database.define_collation(&name, number))?;
            done.map_err(|failure| raise(cx, &failure))
        }

        /// Set authorizer callback.
        call fn set_authorizer(cx; self_: Slot; authorizer_callback: Slot) -> () {
            let done = define(cx, self_, authorizer_callback, true, |database, number| database.set_authorizer(number))?;
            done.map_err(|_| cx.raise_own::<OperationalError>("Error setting authorizer callback"))
        }

        /// Set progress handler callback.
        call fn set_progress_handler(cx; self_: Slot; progress_handler: Slot, n: i32) -> () {
            let done = define(cx, self_, progress_handler, true, |database, number| {
                database.set_progress(if number.is_some() { n } else { 0 }, number);
                Ok(())
            })?;
            done.map_err(|failure| raise(cx, &failure))
        }

        /// Set a trace callback called for each SQL statement (passed as unicode).
        call fn set_trace_callback(cx; self_: Slot; trace_callback: Slot) -> () {
            let done = define(cx, self_, trace_callback, true, |database, number| {
                database.set_trace(number);
                Ok(())
            })?;
            done.map_err(|failure| raise(cx, &failure))
        }

    }
}
