//! `itertools`: every iterator is a class with native state; by family.

mod combinatoric;
mod combining;
mod grouping;
mod infinite;
mod selecting;

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::{ITERATOR, NativeClass};
use argil_interp::native::NativeDef;
use argil_interp::types::native::NativeData;

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "itertools", source: ModuleSource::Native { functions: grouping::FUNCTIONS, init } };

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    define::<infinite::Count>(cx, module, "count", &[infinite::COUNT, ITERATOR]);
    define::<infinite::Cycle>(cx, module, "cycle", &[infinite::CYCLE, ITERATOR]);
    define::<infinite::Repeat>(cx, module, "repeat", &[infinite::REPEAT, ITERATOR]);
    define::<combining::Chain>(cx, module, "chain", &[combining::CHAIN, ITERATOR]);
    define::<combining::ZipLongest>(cx, module, "zip_longest", &[combining::ZIP_LONGEST, ITERATOR]);
    define::<combining::Pairwise>(cx, module, "pairwise", &[combining::PAIRWISE, ITERATOR]);
    define::<combining::Batched>(cx, module, "batched", &[combining::BATCHED, ITERATOR]);
    define::<combining::StarMap>(cx, module, "starmap", &[combining::STAR_MAP, ITERATOR]);
    define::<combining::Accumulate>(cx, module, "accumulate", &[combining::ACCUMULATE, ITERATOR]);
    define::<selecting::Compress>(cx, module, "compress", &[selecting::COMPRESS, ITERATOR]);
    define::<selecting::DropWhile>(cx, module, "dropwhile", &[selecting::DROP_WHILE, ITERATOR]);
    define::<selecting::TakeWhile>(cx, module, "takewhile", &[selecting::TAKE_WHILE, ITERATOR]);
    define::<selecting::FilterFalse>(cx, module, "filterfalse", &[selecting::FILTER_FALSE, ITERATOR]);
    define::<selecting::Slice>(cx, module, "islice", &[selecting::SLICE, ITERATOR]);
    define::<grouping::GroupBy>(cx, module, "groupby", &[grouping::GROUP_BY, ITERATOR]);
    define::<grouping::Group>(cx, module, "_grouper", &[ITERATOR]);
    define::<grouping::Tee>(cx, module, "_tee", &[grouping::TEE, ITERATOR]);
    define::<combinatoric::Product>(cx, module, "product", &[combinatoric::PRODUCT, ITERATOR]);
    define::<combinatoric::Permutations>(cx, module, "permutations", &[combinatoric::PERMUTATIONS, ITERATOR]);
    define::<combinatoric::Combinations>(cx, module, "combinations", &[combinatoric::COMBINATIONS, ITERATOR]);
    define::<combinatoric::WithReplacement>(
        cx,
        module,
        "combinations_with_replacement",
        &[combinatoric::WITH_REPLACEMENT, ITERATOR],
    );
    Ok(())
}

fn define<T: NativeData>(cx: &Ctx, module: Slot, name: &'static str, methods: &[&'static [&'static NativeDef]]) {
    cx.define_native_class::<T>(module, &NativeClass::new(name, methods));
}
