//! Services: what modules of higher floors keep in an interpreter without its knowing them.

use std::any::{Any, TypeId};

use parking_lot::Mutex;

use crate::append::AppendOnly;
use crate::heap::Tracer;

/// State that belongs to an interpreter and to a module above it.
pub trait Service: Any + Send + Sync {
    /// Shows the collector every object that the state keeps alive.
    fn trace(&self, _tracer: &mut Tracer<'_>) {}

    /// Between marking and sweeping: drops what it lists of objects that were not marked.
    fn forget_dead(&self) {}
}

/// The services of an interpreter, at most one of each type.
#[derive(Default)]
pub(crate) struct Services {
    all: AppendOnly<(TypeId, Box<dyn Service>)>,
    /// Held while one is made, so that no type gets two.
    making: Mutex<()>,
}

impl Services {
    fn find<S: Service>(&self) -> Option<&S> {
        let (_, service) = self.all.iter().find(|(id, _)| *id == TypeId::of::<S>())?;
        let service: &dyn Any = &**service;
        service.downcast_ref()
    }

    /// The service of this type; made if there is none yet.
    pub(crate) fn get<S: Service + Default>(&self) -> &S {
        if let Some(service) = self.find() {
            return service;
        }
        let made = S::default();
        let _making = self.making.lock();
        if self.find::<S>().is_none() {
            self.all.push((TypeId::of::<S>(), Box::new(made)));
        }
        self.find().expect("it was just made")
    }

    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &dyn Service> {
        self.all.iter().map(|(_, service)| &**service)
    }
}
