//! `object`: it has no layout of its own, [`instance`](super::instance) has that of its instances.

pub mod methods;
