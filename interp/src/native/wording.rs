//! What CPython says when a native function is called with the wrong arguments.
//!
//! The words depend on how the function is declared in C, which its parameters tell: a function of positional parameters
//! counts its arguments, one whose parameters may be named complains about names too, and one that CPython defines in
//! Python speaks as script functions do. No function knows who owns it; it is looked up here, when something is wrong.

use super::{Args, NativeDef, NativeKind, ParamKind};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res};
use crate::ops::{suggest, wording};
use crate::types::class::Class;
use crate::types::function::NativeFunction;
use crate::types::module::Module;
use crate::value::Value;

/// What is wrong with a call.
#[derive(Default)]
pub(super) struct Wrong<'h> {
    /// There are more arguments by position than parameters.
    pub(super) extra: bool,
    /// The parameter that was given by position and by name.
    pub(super) twice: Option<usize>,
    /// The name that no parameter has.
    pub(super) unexpected: Option<&'h str>,
    /// The required parameters that were not given.
    pub(super) missing: Vec<&'static str>,
}

impl Wrong<'_> {
    pub(super) fn is_nothing(&self) -> bool {
        !self.extra && self.twice.is_none() && self.unexpected.is_none() && self.missing.is_empty()
    }
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

impl NativeDef {
    /// The TypeError for a call.
    pub(super) fn wrong_call(&'static self, cx: &Ctx, args: &Args, wrong: &Wrong<'_>) -> Raised {
        let first_is_named = self.params.first().is_some_and(|p| p.kind == ParamKind::Either);
        if self.receivers() == 1 && args.is_empty() && !first_is_named {
            return cx.type_error(format!("unbound method {}() needs an argument", self.dotted(cx, args)));
        }
        if let (1, NativeKind::Function, Some(first)) = (self.receivers(), self.kind, args.first(cx))
            && let Some(owner) = self.owning_class(cx, args).filter(|owner| !cx.class_of(first).is_subclass(cx, owner))
        {
            let (name, owner, got) = (self.name(), owner.name(cx), cx.type_name(first));
            return cx
                .type_error(format!("descriptor '{name}' for '{owner}' objects doesn't apply to a '{got}' object"));
        }
        let message = if self.receivers() == 1 && first_is_named {
            return self.wrong_script_call(cx, args, wrong);
        } else if self.params.iter().all(|p| p.kind == ParamKind::Positional) {
            self.wrong_positional_call(cx, args)
        } else {
            self.wrong_named_call(cx, args, wrong)
        };
        cx.type_error(message)
    }

    /// The TypeError for a method that binds its arguments itself and got none, not even its instance.
    pub fn check_receiver(&'static self, cx: &Ctx, args: &Args) -> Res<()> {
        match self.kind == NativeKind::Function && self.owning_class(cx, args).is_some() {
            true => Err(cx.type_error(format!("unbound method {}() needs an argument", self.dotted(cx, args)))),
            false => Ok(()),
        }
    }

    /// How many parameters are counted by messages, of those that fit.
    fn count(&self, fits: impl Fn(&super::Param) -> bool) -> usize {
        self.params.iter().skip(self.receivers()).filter(|param| fits(param)).count()
    }

    /// A function whose parameters have no names.
    fn wrong_positional_call(&'static self, cx: &Ctx, args: &Args) -> String {
        let given = args.positional(cx).saturating_sub(self.receivers());
        let (least, most) = (self.count(|p| p.required), self.count(|_| true));
        let is_constructor = self.kind == NativeKind::New;
        let (dotted, name) = (self.dotted(cx, args), self.shown_name(cx, args));
        if args.len() > args.positional(cx) {
            return format!("{}() takes no keyword arguments", if is_constructor { name } else { dotted });
        }
        if self.kind == NativeKind::Wrapper {
            let counts = if least == most { most.to_string() } else { format!("{least} or {most}") };
            return format!("expected {counts} argument{}, got {given}", plural(most));
        }
        match (least, most) {
            (0, 0) if !self.rest && !is_constructor => format!("{dotted}() takes no arguments ({given} given)"),
            (1, 1) if !self.rest && !is_constructor => {
                format!("{dotted}() takes exactly one argument ({given} given)")
            }
            _ if least == most && !self.rest => format!("{name} expected {most} argument{}, got {given}", plural(most)),
            _ if given < least => format!("{name} expected at least {least} argument{}, got {given}", plural(least)),
            _ => format!("{name} expected at most {most} argument{}, got {given}", plural(most)),
        }
    }

    /// A function with parameters that may or must be named.
    fn wrong_named_call(&'static self, cx: &Ctx, args: &Args, wrong: &Wrong<'_>) -> String {
        let given = args.positional(cx).saturating_sub(self.receivers());
        let named = args.len() - args.positional(cx);
        let (all, required) = (self.count(|_| true), self.count(|p| p.required));
        let most = self.count(|p| p.kind != ParamKind::Keyword);
        let least = self.count(|p| p.required && p.kind != ParamKind::Keyword);
        let nameless = self.count(|p| p.required && p.kind == ParamKind::Positional);
        let name = self.shown_name(cx, args);
        // `int` and `str` count the arguments of calls without names apart.
        if named == 0 && given > all && matches!(name.as_str(), "int" | "str") {
            return format!("{name} expected at most {all} arguments, got {given}");
        }
        if given + named > all && !self.rest {
            let (bound, total) = (if required < all { "at most" } else { "exactly" }, given + named);
            let keyword = if given == 0 { "keyword " } else { "" };
            return format!("{name}() takes {bound} {all} {keyword}argument{} ({total} given)", plural(all));
        }
        if wrong.extra && most == 0 {
            return format!("{name}() takes no positional arguments");
        }
        if wrong.extra {
            let bound = if least < most { "at most" } else { "exactly" };
            return format!("{name}() takes {bound} {most} positional argument{} ({given} given)", plural(most));
        }
        if given < nameless {
            let bound = if nameless < most || self.rest { "at least" } else { "exactly" };
            let plural = plural(nameless);
            return format!("{name}() takes {bound} {nameless} positional argument{plural} ({given} given)");
        }
        let position = |at: usize| at + 1 - self.receivers();
        if let Some(missing) = wrong.missing.first() {
            let at = self.params.iter().position(|p| p.name() == *missing).map_or(0, position);
            return format!("{name}() missing required argument '{missing}' (pos {at})");
        }
        if let Some(at) = wrong.twice {
            let param = self.params[at].name();
            return format!("argument for {name}() given by name ('{param}') and position ({})", position(at));
        }
        let unexpected = wrong.unexpected.unwrap_or("?");
        format!("{name}() got an unexpected keyword argument '{unexpected}'{}", self.suggestion(unexpected))
    }

    /// A method that CPython defines in Python.
    fn wrong_script_call(&'static self, cx: &Ctx, args: &Args, wrong: &Wrong<'_>) -> Raised {
        let name = self.dotted(cx, args);
        if let Some(at) = wrong.twice {
            return cx.type_error(format!("{name}() got multiple values for argument '{}'", self.params[at].name()));
        }
        if let Some(unexpected) = wrong.unexpected {
            let hint = self.suggestion(unexpected);
            return cx.type_error(format!("{name}() got an unexpected keyword argument '{unexpected}'{hint}"));
        }
        if wrong.extra {
            let positional = |required| {
                let fits = move |p: &&super::Param| p.kind != ParamKind::Keyword && p.required == required;
                self.params.iter().filter(fits).count()
            };
            let (required, defaults) = (positional(true), positional(false));
            return wording::too_many(cx, &name, required + defaults, defaults, args.positional(cx), 0);
        }
        wording::missing_error(cx, &name, "positional", &wrong.missing)
    }

    fn suggestion(&self, unexpected: &str) -> String {
        let names = self.params.iter().filter(|p| p.kind != ParamKind::Positional).map(super::Param::name);
        suggest::similar(unexpected, names).map_or(String::new(), |name| format!(". Did you mean '{name}'?"))
    }

    /// The name in messages: a constructor has that of the class that defines it.
    fn shown_name(&'static self, cx: &Ctx, args: &Args) -> String {
        let constructs = self.kind == NativeKind::New || self.name == "__init__";
        let owner = if constructs { self.owning_class(cx, args) } else { None };
        owner.map_or(self.name(), |class| class.plain_name(cx)).to_owned()
    }

    /// The name after that of the class or module that owns the function.
    fn dotted(&'static self, cx: &Ctx, args: &Args) -> String {
        let name = self.name();
        match (self.owning_class(cx, args), self.owning_module(cx)) {
            (Some(class), _) => format!("{}.{name}", class.plain_name(cx)),
            (None, Some(module)) => format!("{module}.{name}"),
            (None, None) => name.to_owned(),
        }
    }

    /// The class whose method this is.
    fn owning_class<'h>(&'static self, cx: &'h Ctx, args: &Args) -> Option<&'h Class> {
        if self.receivers() == 0 && !self.raw && self.name != "__init__" {
            return None;
        }
        let first = args.first(cx);
        let class = first.map(|first| first.cast::<Class>().unwrap_or_else(|| cx.class_of(first)));
        let bases = class.into_iter().flat_map(|class| class.mro(cx));
        let library: Vec<_> = cx.interp().native_classes.lock().values().copied().collect();
        // SAFETY: defined classes are kept for the interpreter's life.
        let library = library.into_iter().filter_map(|word| unsafe { Value::from_word(word) }.cast::<Class>());
        bases.chain(Builtin::ALL.iter().map(|&builtin| cx.class(builtin))).chain(library).find(|class| {
            let found = class.names(cx).get_name(cx, cx.intern(self.name()));
            found.is_some_and(|found| self.is_behind(cx, found))
        })
    }

    /// The name of the module whose function this is, if that is not `builtins`.
    fn owning_module<'h>(&'static self, cx: &'h Ctx) -> Option<&'h str> {
        let modules = cx.interp().modules(cx);
        let modules = modules.iter(cx).filter_map(|(_, module)| module.cast::<Module>());
        // Others may have imported it: the function knows which it belongs to.
        let mut found = modules.filter_map(|module| module.names(cx).get_name(cx, cx.intern(self.name())));
        let function = found.find(|found| self.is_behind(cx, *found))?.cast::<NativeFunction>()?;
        function.owner.get(cx)?.cast::<Module>()?.name(cx).filter(|name| *name != "builtins")
    }

    fn is_behind(&'static self, cx: &Ctx, value: Value<'_>) -> bool {
        let function = match value.native::<crate::types::descriptor::ClassMethod>() {
            Some(method) => method.callable.get_or_none(cx),
            None => value,
        };
        function.cast::<NativeFunction>().is_some_and(|function| std::ptr::eq(function.def, self))
    }
}
