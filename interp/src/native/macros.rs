//! The macro that turns typed Rust functions into a table.

/// See the module's documentation.
#[macro_export]
macro_rules! natives {
    ($(#[$meta:meta])* $vis:vis static $table:ident = { $($items:tt)* }) => {
        #[doc = "Native functions."]
        $(#[$meta])*
        $vis static $table: &[&$crate::native::NativeDef] = $crate::natives!(@items [] $($items)*);
    };
    (@items [$($done:tt)*]) => { &[$($done)*] };
    (@items $done:tt $(#[doc = $doc:literal])* fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Function plain $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* call fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Function calling $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* raw fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Function raw $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* slot fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Wrapper plain $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* slot call fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Wrapper calling $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* get fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Getter plain $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* get call fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Getter calling $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* set fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Setter plain $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* set call fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Setter calling $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* class fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Class plain $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* class call fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Class calling $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* class raw fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Class raw $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* static fn __new__ $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] New plain __new__ $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* static call fn __new__ $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] New calling __new__ $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* static raw fn __new__ $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] New raw __new__ $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* static fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Static plain $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* static call fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Static calling $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* static raw fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Static raw $($rest)*)
    };
    (@take [$($done:tt)*] $doc:tt $kind:ident $mode:ident $name:ident $sig:tt -> $ret:ty $body:block $($rest:tt)*) => {
        $crate::natives!(@items [$($done)* $crate::native_def!($kind $mode $doc $name $sig $ret, $body),] $($rest)*)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! native_def {
    ($kind:ident raw [$($doc:literal)*] $name:ident ($cx:ident, $args:ident) $ret:ty, $body:block) => {{
        fn code($cx: &mut $crate::ctx::Ctx, $args: $crate::native::Args) -> $crate::ctx::Res<$ret> $body
        fn call<'h>(
            cx: &'h mut $crate::ctx::Ctx, given: $crate::native::Given<'h>, names: $crate::native::Names<'h>,
        ) -> $crate::ctx::Res<$crate::value::Value<'h>> {
            let args = $crate::native::Args::of(given, names);
            if args.is_empty() {
                DEF.check_receiver(cx, &args)?;
            }
            let result = code(cx, args)?;
            Ok($crate::native::IntoValue::into_value(result, cx))
        }
        static DEF: $crate::native::NativeDef = $crate::native::NativeDef {
            name: stringify!($name), doc: concat!($($doc, "\n"),*), params: &[], rest: true,
            kind: $crate::native::NativeKind::$kind, raw: true, call,
        };
        &DEF
    }};
    ($kind:ident $mode:ident $doc:tt $name:ident ($cx:ident; * $rest:ident $($more:tt)*) $ret:ty, $body:block) => {
        $crate::native_def!($kind $mode $doc $name ($cx; ; * $rest $($more)*) $ret, $body)
    };
    ($kind:ident $mode:ident [$($doc:literal)*] $name:ident (
        $cx:ident $(; $($p:ident : $pt:ty $(= $pd:expr)?),* $(, * $rest:ident)? $(; * $only:ident)?
        $(; $($q:ident : $qt:ty $(= $qd:expr)?),*
        $(; $($k:ident : $kt:ty $(= $kd:expr)?),* )? )? )?
    ) $ret:ty, $body:block) => {{
        const PARAMS: &[$crate::native::Param] = &[
            $($($crate::native_param!(Positional $p $($pd)?),)*
            $($($crate::native_param!(Either $q $($qd)?),)*
            $($($crate::native_param!(Keyword $k $($kd)?),)*)?)?)?
        ];
        const ARITY: $crate::native::Arity =
            $crate::native::arity(PARAMS, $crate::native_has_rest!($($($rest)? $($only)?)?));
        static DEF: $crate::native::NativeDef = $crate::native::NativeDef {
            name: stringify!($name),
            doc: concat!($($doc, "\n"),*),
            params: PARAMS,
            rest: ARITY.rest,
            kind: $crate::native::NativeKind::$kind,
            raw: false,
            call,
        };
        $crate::native_code!($mode $cx ($ret) $body
            [$($($p: $pt,)* $($($q: $qt,)* $($($k: $kt,)*)?)?)?] [$($($rest)? $($only)?)?]);
        fn call<'h>(
            cx: &'h mut $crate::ctx::Ctx, given: $crate::native::Given<'h>, names: $crate::native::Names<'h>,
        ) -> $crate::ctx::Res<$crate::value::Value<'h>> {
            let args = $crate::native::Args::of(given, names);
            $crate::native_call!($mode cx args DEF ARITY
                [$($($p: $pt = ($($pd)?),)* $($($q: $qt = ($($qd)?),)* $($($k: $kt = ($($kd)?),)*)?)?)?]
                [$($($rest)? $($only)?)?])
        }
        &DEF
    }};
}

#[doc(hidden)]
#[macro_export]
macro_rules! native_param {
    ($kind:ident $name:ident) => {
        $crate::native::Param { name: stringify!($name), kind: $crate::native::ParamKind::$kind, required: true }
    };
    ($kind:ident $name:ident $default:expr) => {
        $crate::native::Param { name: stringify!($name), kind: $crate::native::ParamKind::$kind, required: false }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! native_has_rest {
    () => {
        false
    };
    ($rest:ident) => {
        true
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! native_code {
    (plain $cx:ident ($ret:ty) $body:block [$($p:ident : $t:ty,)*] [$($rest:ident)?]) => {
        #[inline(always)]
        fn code<'h>($cx: &'h $crate::ctx::Ctx, $($p: $t,)* $($rest: $crate::native::Rest<'h>)?) -> $crate::ctx::Res<$ret> {
            let _ = ($cx, $(&$p,)*);
            $body
        }
        #[inline(always)]
        fn prepare_arguments<'h, const N: usize>(
            cx: &mut $crate::ctx::Ctx, args: &'h $crate::native::Args, bound: &mut [$crate::value::Word; N],
        ) -> $crate::ctx::Res<()> {
            let mut _words = bound.iter_mut();
            $(if let Some(word) = _words.next() {
                $crate::native::prepare(cx, args, word, <$t as $crate::native::FromArg<'h>>::by_script)?;
            })*
            let _ = (cx, args);
            Ok(())
        }
    };
    (calling $cx:ident ($ret:ty) $body:block [$($p:ident : $t:ty,)*] [$($rest:ident)?]) => {
        fn code($cx: &mut $crate::ctx::Ctx, $($p: $t,)* $($rest: $crate::ctx::Slots)?) -> $crate::ctx::Res<$ret> {
            let _ = (&$cx, $(&$p,)*);
            $body
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! native_call {
    (plain $cx:ident $args:ident $def:ident $arity:ident [$($p:ident : $t:ty = ($($d:expr)?),)*] [$($rest:ident)?]) => {{
        const COUNT: usize = <[&str]>::len(&[$(stringify!($p)),*]);
        let mut bound = [$crate::value::Word::UNSET; COUNT];
        let _rest = $def.bind($cx, &$args, $arity, &mut bound)?;
        prepare_arguments($cx, &$args, &mut bound)?;
        let $cx: &$crate::ctx::Ctx = $cx;
        // A plain function asks for its memory before it changes anything.
        let anew = $cx.anew();
        let mut _words = bound.into_iter();
        let mut _index = 0usize;
        $(
            let word = _words.next().unwrap_or($crate::value::Word::UNSET);
            let $p = $crate::native_default!(word [$($d)?]
                $crate::native::FromArg::from_arg(
                    $cx, $crate::native::bound_value($cx, &$args, word), &$def, _index)?);
            _index += 1;
        )*
        let result = code($cx, $($p,)* $({ let $rest = $crate::native::Rest::new($cx, $args, _rest); $rest })?)?;
        let value = $crate::native::IntoValue::into_value(result, $cx);
        anew.done();
        Ok(value)
    }};
    (calling $cx:ident $args:ident $def:ident $arity:ident [$($p:ident : $t:ty = ($($d:expr)?),)*] [$($rest:ident)?]) => {{
        const COUNT: usize = <[&str]>::len(&[$(stringify!($p)),*]);
        let mut bound = [$crate::value::Word::UNSET; COUNT];
        let _rest = $def.bind($cx, &$args, $arity, &mut bound)?;
        let _slots = $cx.push_bound(&bound, &$args, _rest);
        let mut _index = 0usize;
        $(
            let word = bound[_index];
            let $p = $crate::native_default!(word [$($d)?]
                $crate::native::FromSlot::from_slot($cx, _slots.get(_index), &$def, _index)?);
            _index += 1;
        )*
        let result = code($cx, $($p,)* $({ let $rest = _slots.skip(COUNT); $rest })?)?;
        Ok($crate::native::IntoValue::into_value(result, $cx))
    }};
}

#[doc(hidden)]
#[macro_export]
macro_rules! native_default {
    ($word:ident [] $convert:expr) => {{
        let _ = $word;
        $convert
    }};
    ($word:ident [$default:expr] $convert:expr) => {
        if $word.is_unset() { $default } else { $convert }
    };
}
