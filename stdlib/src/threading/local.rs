//! What each thread has for one `local`. A thread that ends takes its share with it: the collector is not shown it any more.

use std::sync::{Arc, Weak};

use argil_interp::Tracer;
use argil_interp::ctx::{Ctx, Slot};
use argil_interp::lock::ThreadState;
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::attr::find;
use argil_interp::types::native::{Crossing, Saved};
use argil_interp::types::native::{Exclusive, Native, NativeData};
use argil_interp::value::Value;

/// The attributes of each thread that has used the object.
pub struct Shares {
    /// No two are of the same thread.
    all: Exclusive<Vec<Share>>,
}

struct Share {
    thread: Weak<ThreadState>,
    attributes: Field,
}

impl Share {
    fn is_of(&self, thread: &Arc<ThreadState>) -> bool {
        std::ptr::eq(self.thread.as_ptr(), Arc::as_ptr(thread))
    }

    /// Whether the thread may still come for it.
    fn is_alive(&self) -> bool {
        self.thread.strong_count() > 0
    }
}

impl Shares {
    fn new() -> Shares {
        Shares { all: Exclusive::new(Vec::new()) }
    }
}

impl NativeData for Shares {
    /// Each process begins with none.
    const CROSSING: Option<Crossing> = Some(Crossing {
        save: |_, _| Some(Saved::default()),
        restore: |cx, birth, _| Some(Native::alloc(cx, birth, Shares::new())),
        fill: |_, _, _| {},
    });

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.all
            .with(|all| all.iter().filter(|share| share.is_alive()).for_each(|share| tracer.field(&share.attributes)));
    }
}

natives! {
    /// Methods of shares.
    pub static SHARES = {
        static call fn __new__(cx; cls: Slot) -> Slot {
            Ok(cx.new_native(cls, Shares::new()))
        }
        /// The dict of the running thread, if it has one.
        fn mine(cx; self_: Value<'h>) -> Option<Value<'h>> {
            let shares = self_.native::<Shares>();
            Ok(shares.and_then(|shares| {
                let mine = |all: &mut Vec<Share>| {
                    all.iter().find(|share| share.is_of(cx.thread_state())).and_then(|share| share.attributes.get(cx))
                };
                shares.all.with(mine)
            }))
        }
        /// Give the running thread, which has none, a dict.
        call fn add(cx; self_: Slot, attributes: Slot) -> () {
            let cx: &Ctx = cx;
            let shares = cx.state::<Shares>(self_)?;
            let share = Share { thread: Arc::downgrade(cx.thread_state()), attributes: Field::unset() };
            shares.all.with(|all| {
                all.retain(Share::is_alive);
                all.push(share);
                if let (Some(header), Some(share)) = (cx.get(self_).header(), all.last()) {
                    header.write(cx).set(&share.attributes, cx.get(attributes));
                }
            });
            Ok(())
        }
        /// Take the running thread's dict away.
        call fn remove(cx; self_: Slot) -> () {
            let cx: &Ctx = cx;
            cx.state::<Shares>(self_)?.all.with(|all| all.retain(|share| !share.is_of(cx.thread_state())));
            Ok(())
        }
    }
}

natives! {
    /// Functions about attributes.
    pub static FUNCTIONS = {
        /// Whether the class of an object has a data descriptor of a name, which goes before what the object itself has.
        fn _has_data_descriptor(cx; object: Value<'h>, name: Value<'h>) -> bool {
            let found = cx.class_of(object).lookup(cx, find::canonical(cx, name));
            Ok(found.is_some_and(|attr| find::is_data_descriptor(cx, attr)))
        }
    }
}
