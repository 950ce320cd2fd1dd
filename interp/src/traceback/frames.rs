//! The frames of a traceback: file, line, function, and the source with carets below what failed.

use std::collections::HashMap;
use std::sync::Arc;

use argil_compiler::code::Position;

use super::carets;
use crate::ctx::{Ctx, Slot};
use crate::image;
use crate::types::code::SourceFile;
use crate::types::exception::Exception;
use crate::types::traceback::Traceback;
use crate::value::Value;

/// As many equal frames are shown one after the other.
const REPEATED: usize = 3;

/// One frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    file: String,
    function: String,
    position: Position,
    /// The lines of source that the position covers.
    lines: Vec<String>,
}

/// The text of source files, split into lines, by name.
#[derive(Default)]
struct Sources(HashMap<String, Vec<String>>);

impl Sources {
    fn lines(&mut self, cx: &Ctx, name: &str, kept: Option<&str>) -> &[String] {
        self.0.entry(name.to_owned()).or_insert_with(|| {
            let split = |text: &str| argil_compiler::source::lines(text).into_iter().map(str::to_owned).collect();
            match kept {
                Some(text) => split(text),
                None => match image::source(cx, name) {
                    Some(text) => split(&text),
                    None => {
                        std::fs::read(name).map_or_else(|_| Vec::new(), |bytes| split(&String::from_utf8_lossy(&bytes)))
                    }
                },
            }
        })
    }
}

/// The code of an exception's frames whose text no file holds, each with that text.
pub(super) fn texts(cx: &Ctx, exception: Slot) -> Vec<(Slot, Arc<SourceFile>)> {
    let mut texts = Vec::new();
    let mut next = cx.get(exception).cast::<Exception>().and_then(|exception| exception.traceback.get(cx));
    while let Some(entry) = next.and_then(|value| value.native::<Traceback>()) {
        if let Some(code) = entry.code(cx).filter(|code| code.file().text.is_some()) {
            texts.push((cx.root(Value::of(code)), Arc::clone(code.file())));
        }
        next = entry.next.get(cx);
    }
    texts
}

/// The frames of an exception, outermost first.
pub fn collect(cx: &Ctx, exception: Slot) -> Vec<Frame> {
    let (mut frames, mut sources) = (Vec::new(), Sources::default());
    let mut next = cx.get(exception).cast::<Exception>().and_then(|exception| exception.traceback.get(cx));
    while let Some(entry) = next.and_then(|value| value.native::<Traceback>()) {
        if let Some(code) = entry.code(cx) {
            let position = entry.position(cx);
            let file = code.file();
            let lines = sources.lines(cx, &file.name, file.text.as_deref());
            frames.push(Frame {
                file: file.name.clone(),
                function: code.source().name.to_string(),
                position,
                lines: covered(lines, position),
            });
        }
        next = entry.next.get(cx);
    }
    frames
}

fn covered(lines: &[String], position: Position) -> Vec<String> {
    let first = (position.line as usize).saturating_sub(1);
    let count = (position.end_line.max(position.line) - position.line) as usize + 1;
    lines.iter().skip(first).take(count).map(|line| line.trim_end().to_owned()).collect()
}

/// Shows frames; of equal ones in a row the first three.
pub fn format(frames: &[Frame], with_carets: bool, out: &mut String) {
    let mut rest = frames;
    while let Some(first) = rest.first() {
        let same = |frame: &Frame| {
            (&frame.file, &frame.function, frame.position.line) == (&first.file, &first.function, first.position.line)
        };
        let run = rest.iter().take_while(|frame| same(frame)).count();
        for frame in &rest[..run.min(REPEATED)] {
            format_frame(frame, with_carets, out);
        }
        if run > REPEATED {
            let more = run - REPEATED;
            let plural = if more == 1 { "" } else { "s" };
            out.push_str(&format!("  [Previous line repeated {more} more time{plural}]\n"));
        }
        rest = &rest[run..];
    }
}

fn format_frame(frame: &Frame, with_carets: bool, out: &mut String) {
    let Frame { file, function, position, lines } = frame;
    out.push_str(&format!("  File \"{file}\", line {}, in {function}\n", position.line));
    if !with_carets {
        lines.iter().take(1).for_each(|line| out.push_str(&format!("    {}\n", line.trim())));
    } else if lines.iter().any(|line| !line.trim().is_empty()) {
        for line in carets::annotate(lines, *position) {
            out.push_str(format!("    {line}").trim_end_matches('\r'));
            out.push('\n');
        }
    }
}
