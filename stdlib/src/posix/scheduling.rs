//! How processes are scheduled.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::ops::iter;
use argil_interp::types::list::List;
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;
use argil_system::{plain, process};

use super::args::{done, int_set};
use super::descriptors::small;
use super::records::SCHED_PARAM;

/// The priority in a `sched_param`.
pub(super) fn priority(cx: &mut Ctx, param: Slot) -> Res<i32> {
    if !SCHED_PARAM.is_instance(cx, cx.get(param)) {
        return Err(cx.type_error("must have a sched_param object"));
    }
    let element = cx.get(param).cast::<Tuple>().and_then(|param| param.get(cx, 0)).unwrap_or(Value::NONE);
    let element = cx.root(element);
    small(cx, element)
}

fn processors(cx: &mut Ctx, mask: Slot) -> Res<Vec<usize>> {
    let elements = iter::collect(cx, mask)?;
    let elements = cx.get(elements).cast::<List>().map_or_else(Vec::new, |list| list.to_vec(cx));
    elements
        .into_iter()
        .map(|element| {
            let Some(number) = element.as_int() else {
                let class = cx.type_name(element);
                let message = format!("expected an iterator of ints, but iterator yielded <class '{class}'>");
                return Err(cx.type_error(message));
            };
            match number.to_i64() {
                Some(number) if number < 0 => Err(cx.value_error("negative CPU number")),
                Some(number) if number < i64::from(i32::MAX) => Ok(number as usize),
                _ => Err(cx.overflow_error("CPU number too large")),
            }
        })
        .collect()
}

natives! {
    pub(super) static FUNCTIONS = {
        /// Add increment to the priority of process and return the new priority.
        fn nice(cx; increment: i32) -> i64 { done(cx, plain::nice(increment)).map(i64::from) }
        /// Return program scheduling priority.
        fn getpriority(cx; ; which: i32, who: i32) -> i64 { done(cx, plain::getpriority(which, who as u32)).map(i64::from) }
        /// Set program scheduling priority.
        fn setpriority(cx; ; which: i32, who: i32, priority: i32) -> () {
            done(cx, plain::setpriority(which as u32, who as u32, priority)).map(|_| ())
        }
        /// Get the maximum scheduling priority for policy.
        fn sched_get_priority_max(cx; ; policy: i32) -> i64 {
            done(cx, plain::sched_get_priority_max(policy)).map(i64::from)
        }
        /// Get the minimum scheduling priority for policy.
        fn sched_get_priority_min(cx; ; policy: i32) -> i64 {
            done(cx, plain::sched_get_priority_min(policy)).map(i64::from)
        }
        /// Get the scheduling policy for the process identified by pid.
        fn sched_getscheduler(cx; pid: i32) -> i64 { done(cx, plain::sched_getscheduler(pid)).map(i64::from) }
        /// Set the scheduling policy for the process identified by pid.
        call fn sched_setscheduler(cx; pid: i32, policy: i32, param: Slot) -> () {
            let priority = priority(cx, param)?;
            done(cx, process::sched_setscheduler(pid, policy, priority))
        }
        /// Returns scheduling parameters for the process identified by pid.
        fn sched_getparam(cx; pid: i32) -> Value<'h> {
            let priority = done(cx, process::sched_getparam(pid))?;
            Ok(SCHED_PARAM.make(cx, &[cx.int(i64::from(priority))]))
        }
        /// Set scheduling parameters for the process identified by pid.
        call fn sched_setparam(cx; pid: i32, param: Slot) -> () {
            let priority = priority(cx, param)?;
            done(cx, process::sched_setparam(pid, priority))
        }
        /// Return the round-robin quantum for the process identified by pid, in seconds.
        fn sched_rr_get_interval(cx; pid: i32) -> f64 { done(cx, process::sched_rr_get_interval(pid)) }
        /// Voluntarily relinquish the CPU.
        call fn sched_yield(cx) -> () {
            let result = cx.detached(plain::sched_yield);
            done(cx, result).map(|_| ())
        }
        /// Return the affinity of the process identified by pid (or the current process if zero).
        call fn sched_getaffinity(cx; pid: i32) -> Slot {
            let cpus = done(cx, process::sched_getaffinity(pid))?;
            let cpus: Vec<i32> = cpus.into_iter().map(|cpu| cpu as i32).collect();
            int_set(cx, &cpus)
        }
        /// Set the CPU affinity of the process identified by pid to mask.
        call fn sched_setaffinity(cx; pid: i32, mask: Slot) -> () {
            let cpus = processors(cx, mask)?;
            done(cx, process::sched_setaffinity(pid, &cpus))
        }
    }
}

natives! {
    /// How a `sched_param` is made and taken apart.
    pub(super) static PARAM = {
        static call fn __new__(cx; cls: Slot; sched_priority: Slot) -> Slot {
            let cx: &Ctx = cx;
            Ok(cx.root(SCHED_PARAM.make_of(cx, cls, &[cx.get(sched_priority)])))
        }
        call fn __reduce__(cx; self_: Slot) -> Slot {
            let cx: &Ctx = cx;
            let priority = cx.get(self_).cast::<Tuple>().and_then(|param| param.get(cx, 0)).unwrap_or(Value::NONE);
            Ok(cx.root(cx.tuple(&[Value::of(cx.class_of(cx.get(self_))), cx.tuple(&[priority])])))
        }
    }
}
