//! `_socket`: sockets, and what the system knows of hosts and services. Whatever may wait is done off the lock.

mod address;
mod constants;
mod control;
mod hosts;
mod messages;
mod methods;
mod names;
mod resolver;
mod state;
mod transfer;
mod wait;

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::NativeClass;
use argil_interp::value::Value;

use crate::posix::define_numbers;

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "_socket", source: ModuleSource::Native { functions: &[], init } };

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    cx.define_functions(module, names::FUNCTIONS);
    cx.define_functions(module, resolver::FUNCTIONS);
    define_numbers(cx, module, constants::CONSTANTS);
    constants::TEXTS.iter().for_each(|(name, text)| cx.define(module, name, cx.str(text)));
    let methods = [methods::METHODS, transfer::METHODS, messages::METHODS];
    let class = cx.define_native_class::<state::Socket>(module, &NativeClass::new("socket", &methods));
    cx.define_exception::<hosts::HostError>(module, "socket.herror", Builtin::OSError);
    cx.define_exception::<hosts::ResolverError>(module, "socket.gaierror", Builtin::OSError);
    let cx: &Ctx = cx;
    cx.define(module, "SocketType", cx.get(class));
    cx.define(module, "error", Value::of(cx.class(Builtin::OSError)));
    cx.define(module, "timeout", Value::of(cx.class(Builtin::TimeoutError)));
    cx.define(module, "has_ipv6", Value::bool(true));
    // CPython's extension modules in C look here for the class.
    cx.define(module, "CAPI", Value::NONE);
    Ok(())
}
