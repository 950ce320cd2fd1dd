//! What the library's modules are made with: constants, and classes whose methods and state are Rust's.

use std::any::TypeId;

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::names::Name;
use crate::native::NativeDef;
use crate::native::define::{define_functions, define_methods};
use crate::object::{Field, HeapType, Kind};
use crate::ops::iter;
use crate::shape::Birth;
use crate::types::class::{Class, ClassFlags, ClassSpec, Collection};
use crate::types::dict::Dict;
use crate::types::exception::Exception;
use crate::types::module::Module;
use crate::types::native::{Guarded, Native, NativeData};
use crate::types::tuple::Tuple;
use crate::value::Value;

/// A class that the library defines; scripts may derive from it.
pub struct NativeClass<'a> {
    /// Its name, with another module before it than the one that it is defined in if it shall claim to be from there.
    pub name: &'static str,
    /// What it derives from: `Builtin::Object` for a class with native state, or a container that it extends.
    pub base: Builtin,
    /// A class of the library that it derives from instead.
    pub parent: Option<Slot>,
    /// Its methods, in tables.
    pub methods: &'a [&'static [&'static NativeDef]],
    /// Whether instances may have attributes of their own.
    pub has_dict: bool,
    /// Whether instances keep values of their own that only the class knows of.
    pub keeps_beside: bool,
    /// What patterns take instances for.
    pub collection: Collection,
    /// Whether the module has it as an attribute; scripts get instances of the others only from functions.
    pub is_named: bool,
}

impl<'a> NativeClass<'a> {
    /// A class that derives from `object`.
    pub fn new(name: &'static str, methods: &'a [&'static [&'static NativeDef]]) -> NativeClass<'a> {
        let collection = Collection::Neither;
        let (has_dict, keeps_beside) = (false, false);
        let base = Builtin::Object;
        NativeClass { name, base, parent: None, methods, has_dict, keeps_beside, collection, is_named: true }
    }

    /// The same for a class that the module does not have as an attribute.
    pub fn nameless(name: &'static str, methods: &'a [&'static [&'static NativeDef]]) -> NativeClass<'a> {
        NativeClass { is_named: false, ..NativeClass::new(name, methods) }
    }
}

impl Ctx {
    /// Binds a name of a module.
    pub fn define<'h>(&'h self, module: Slot, name: &str, value: Value<'h>) {
        if let Some(module) = self.get(module).cast::<Module>() {
            module.names(self).set_name(self, self.intern(name), value);
        }
    }

    /// Defines functions of a module, beside those of its table.
    pub fn define_functions(&self, module: Slot, functions: &[&'static NativeDef]) {
        if let Some(module) = self.get(module).cast::<Module>() {
            define_functions(self, module, functions);
        }
    }

    /// Defines a class whose instances have the native state `T`, in a module.
    pub fn define_native_class<T: NativeData>(&self, module: Slot, class: &NativeClass<'_>) -> Slot {
        let slot = self.define_class(module, class, Kind::Native);
        self.remember_class::<T>(slot);
        if let Some(crossing) = T::CROSSING {
            self.interp().crossings.lock().insert(self.get(slot).word().0, crossing);
        }
        slot
    }

    /// Defines an exception class in a module; `T` stands for it in [`Ctx::raise_own`].
    pub fn define_exception<T: 'static>(&self, module: Slot, name: &'static str, base: Builtin) {
        let class = self.define_extension(module, &NativeClass { base, has_dict: true, ..NativeClass::new(name, &[]) });
        self.remember_class::<T>(class);
    }

    /// Defines an exception class that derives from the one that was defined for `B`.
    ///
    /// # Errors
    /// What making a class raises.
    pub fn define_exception_below<T: 'static, B: 'static>(&mut self, module: Slot, name: &str) -> Res<()> {
        let base = self.own_class::<B>().map_or(Value::of(self.class(Builtin::Exception)), Value::of);
        let bases = self.root(self.tuple(&[base]));
        let (shown, plain) = name.rsplit_once('.').unwrap_or(("builtins", name));
        let (plain_name, shown) = (self.root(self.intern(plain)), self.intern(shown));
        let names = Dict::alloc(self);
        names.set_name(self, self.intern("__module__"), shown);
        let names = self.root(Value::of(names));
        let metaclass = self.root(Value::of(self.class(Builtin::Type)));
        let class = self.call(metaclass, &[plain_name, bases, names])?;
        self.remember_class::<T>(class);
        self.define(module, plain, self.get(class));
        Ok(())
    }

    /// Raises the exception that was defined for `T`.
    #[cold]
    pub fn raise_own<T: 'static>(&self, message: impl AsRef<str>) -> Raised {
        self.raise_own_with::<T>(&[self.str(message.as_ref())])
    }

    /// Raises the exception that was defined for `T`, with these arguments.
    #[cold]
    pub fn raise_own_with<'h, T: 'static>(&'h self, args: &[Value<'h>]) -> Raised {
        let birth = self.own_class::<T>().map_or(Birth::from(Builtin::Exception), |class| class.birth().0);
        let args = Tuple::from_values(self, args);
        self.raise_value(Value::of(Exception::build(self, birth, args)))
    }

    /// Keeps a class, and which type of Rust it was defined for.
    fn remember_class<T: 'static>(&self, class: Slot) {
        self.interp().native_classes.lock().insert(TypeId::of::<T>(), self.get(class).word());
        self.interp().keep(self.get(class));
    }

    /// Defines a class that extends a built-in one in Rust, in a module.
    pub fn define_extension(&self, module: Slot, class: &NativeClass<'_>) -> Slot {
        self.define_class(module, class, class.base.layout())
    }

    fn define_class(&self, module: Slot, class: &NativeClass<'_>, layout: Kind) -> Slot {
        let parent = class.parent.and_then(|parent| self.get(parent).cast::<Class>());
        let base = parent.unwrap_or_else(|| self.class(class.base));
        let defining = self.get(module).cast::<Module>().and_then(|module| module.name(self)).unwrap_or_default();
        let (shown, plain) = class.name.rsplit_once('.').unwrap_or((defining, class.name));
        let qualname = self.intern(plain);
        let names = Dict::name_space(self);
        let made = Class::alloc(
            self,
            ClassSpec {
                name: if shown == "builtins" { qualname } else { self.intern(&format!("{shown}.{plain}")) },
                qualname,
                bases: self.tuple(&[Value::of(base)]),
                names,
                layout,
                flags: ClassFlags {
                    heap: false,
                    has_dict: class.has_dict,
                    keeps_beside: class.keeps_beside,
                    is_final: !class.is_named,
                    weak: true,
                    collection: class.collection,
                },
                builtin: None,
                metaclass: Some(Value::of(self.class(Builtin::Type))),
            },
        );
        let order: Vec<_> = std::iter::once(made).chain(base.mro(self)).map(Value::of).collect();
        made.mro.set_in(self, made.header(), self.tuple(&order));
        for methods in class.methods {
            define_methods(self, made, methods);
        }
        if class.methods.iter().copied().flatten().any(|method| method.name == Name::__del__.as_str()) {
            made.note_finaliser(self);
        }
        if let Some(module) = self.get(module).cast::<Module>() {
            names.set_name(self, self.intern("__module__"), self.intern(shown));
            if class.is_named {
                module.names(self).set_name(self, qualname, Value::of(made));
            }
        }
        self.root(Value::of(made))
    }

    /// The class that was defined for the native state `T`; `None` before its module is imported.
    pub fn native_class<T: NativeData>(&self) -> Option<&Class> {
        self.own_class::<T>()
    }

    /// The class that was defined for `T`; `None` before its module is imported.
    pub fn own_class<T: 'static>(&self) -> Option<&Class> {
        let word = *self.interp().native_classes.lock().get(&TypeId::of::<T>())?;
        // SAFETY: defined classes are kept for the interpreter's life.
        unsafe { Value::from_word(word) }.cast::<Class>()
    }

    /// A new object of a class (a slot, as `__new__` gets it) with native state.
    pub fn new_native<T: NativeData>(&self, class: Slot, state: T) -> Slot {
        let birth = match self.get(class).cast::<Class>() {
            Some(class) => class.birth().0,
            None => Birth::from(Builtin::Object),
        };
        self.root(Native::alloc(self, birth, state))
    }

    /// A new object of the class that was defined for its native state.
    pub fn new_of_native_class<T: NativeData>(&self, state: T) -> Slot {
        let birth = self.native_class::<T>().map_or(Birth::from(Builtin::Object), |class| class.birth().0);
        self.root(Native::alloc(self, birth, state))
    }

    /// The native state of an object; a TypeError if it has another.
    #[inline]
    pub fn state<T: NativeData>(&self, object: Slot) -> Res<&T> {
        self.get(object).native::<T>().ok_or_else(|| self.wrong_state::<T>(object))
    }

    #[cold]
    fn wrong_state<T: NativeData>(&self, object: Slot) -> Raised {
        let wanted = self.native_class::<T>().map_or("?", |class| class.name(self));
        let got = self.type_name(self.get(object));
        self.type_error(format!("a '{wanted}' object is required, not '{got}'"))
    }

    /// The native state of an object, and permission to change it; a TypeError if it has another. The guard is dropped before
    /// script code may run.
    #[inline]
    pub fn guarded<T: NativeData>(&self, object: Slot) -> Res<(&T, Guarded<'_, T>)> {
        self.get(object).guarded::<T>(self).ok_or_else(|| self.wrong_state::<T>(object))
    }

    /// Stores a value into a field of an object's native state.
    #[inline]
    pub fn store<T: NativeData>(&self, object: Slot, field: impl FnOnce(&T) -> &Field, value: Slot) {
        if let Some((state, guard)) = self.get(object).guarded::<T>(self) {
            guard.set(field(state), self.get(value));
        }
    }

    /// Empties a field of an object's native state.
    #[inline]
    pub fn unset<T: NativeData>(&self, object: Slot, field: impl FnOnce(&T) -> &Field) {
        if let Some((state, guard)) = self.get(object).guarded::<T>(self) {
            field(state).clear(&guard);
        }
    }

    /// What a field of an object's native state holds, in a new slot.
    #[inline]
    pub fn load<T: NativeData>(&self, object: Slot, field: impl FnOnce(&T) -> &Field) -> Option<Slot> {
        field(self.get(object).native::<T>()?).get(self).map(|value| self.root(value))
    }
}

crate::natives! {
    /// What every iterator has whose native state has a [`NativeData::NEXT`].
    pub static ITERATOR = {
        fn __iter__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_)
        }

        call fn __next__(cx; self_: Slot) -> Slot {
            match iter::next(cx, self_)? {
                Some(value) => Ok(value),
                None => Err(cx.raise_with(Builtin::StopIteration, &[])),
            }
        }
    }
}
