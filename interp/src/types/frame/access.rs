//! Looking at the variables of a frame, wherever it is.

use crate::barrier::publish;
use crate::collect::stop_world;
use crate::ctx::{Ctx, Res, Slot};
use crate::object::{Field, HeapType};
use crate::stack::frame::Frame;
use crate::types::frame::FrameObject;
use crate::types::generator::{Generator, State};
use crate::value::Value;

/// What a slot holds, which must be a frame.
pub(crate) fn frame_of(cx: &Ctx, slot: Slot) -> Res<&FrameObject> {
    let value = cx.get(slot);
    value.cast::<FrameObject>().ok_or_else(|| cx.type_error(format!("expect frame, not {}", cx.type_name(value))))
}

/// Runs `f` with the variables of a frame, which nobody changes meanwhile: it is done, this thread's, or its thread stands
/// still. What `f` stores is published if the frame is shared.
///
/// # Errors
/// TypeError if the slot holds something else.
pub(crate) fn with_variables<R>(cx: &mut Ctx, slot: Slot, f: impl FnOnce(&Ctx, &FrameObject, &[Field]) -> R) -> Res<R> {
    let object = frame_of(cx, slot)?;
    let Some(frame) = object.frame() else { return Ok(f(cx, object, object.kept())) };
    let generator = object.generator.get(cx).and_then(Value::cast::<Generator>);
    if let Some(generator) = generator {
        let was = generator.enter();
        if matches!(was, State::Created | State::Suspended) {
            let result = f(cx, object, variables(object, frame));
            generator.leave(cx, was);
            return Ok(result);
        }
    }
    if object.is_own(cx) || !cx.interp().lock.may_run_at_once() {
        return Ok(f(cx, object, variables(object, frame)));
    }
    stop_world(cx, |cx, _| {
        let object = frame_of(cx, slot)?;
        let Some(frame) = object.frame() else { return Ok(f(cx, object, object.kept())) };
        let variables = variables(object, frame);
        // They belong to another thread, of which this one is about to see them.
        variables.iter().filter_map(|field| field.get(cx)).for_each(|value| publish(cx, value));
        Ok(f(cx, object, variables))
    })
}

/// The first registers of a frame in use, which the caller has made sure that no other thread is running.
fn variables(object: &FrameObject, frame: Frame) -> &[Field] {
    // SAFETY: a frame's variables lie in its first registers, each was written, and the frame is in use for as long as no
    // instruction of this thread runs, before which the borrow of the object ends. A field is a word.
    unsafe { std::slice::from_raw_parts(frame.0.cast::<Field>(), object.kept().len()) }
}

/// The frame of a generator, if it is not finished.
pub(crate) fn of_generator(cx: &mut Ctx, slot: Slot) -> Option<Slot> {
    let generator = cx.get(slot).cast::<Generator>()?;
    let object = |cx: &Ctx, generator: &Generator| {
        // SAFETY: this thread has entered the generator, or that which has stands still.
        let object = unsafe { FrameObject::of(cx, Frame(generator.registers())) };
        generator.header().barrier(cx, Value::of(object));
        cx.root(Value::of(object))
    };
    match generator.enter() {
        State::Finished => None,
        State::Running => stop_world(cx, |cx, _| {
            let generator = cx.get(slot).cast::<Generator>()?;
            (generator.state() != State::Finished).then(|| object(cx, generator))
        }),
        was => {
            let frame = object(cx, generator);
            generator.leave(cx, was);
            Some(frame)
        }
    }
}

/// The frame that calls this native function, or one of its callers; `None` if there are not so many.
pub fn running(cx: &Ctx, depth: usize) -> Option<&FrameObject> {
    let mut frame = Frame(cx.frame.get());
    for _ in 0..depth {
        if frame.0.is_null() {
            return None;
        }
        // SAFETY: the context's frame and its callers are in use.
        frame = unsafe { frame.caller() };
    }
    // SAFETY: the same.
    (!frame.0.is_null()).then(|| unsafe { FrameObject::of(cx, frame) })
}
