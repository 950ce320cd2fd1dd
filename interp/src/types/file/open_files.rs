//! The files that may have to be flushed before another file is opened, and at the end.

use std::sync::{Arc, Weak};

use parking_lot::Mutex;

use crate::types::file::below::{Below, Outgoing};

/// What of a file may hold bytes that are to be written.
enum Layer {
    Bytes(Weak<Below>),
    Text(Weak<Outgoing>),
}

/// All files that are written to.
#[derive(Default)]
pub struct OpenFiles(Mutex<Listed>);

#[derive(Default)]
struct Listed {
    layers: Vec<Layer>,
    /// When there are so many, those that are gone are looked for.
    full: usize,
}

impl Layer {
    fn is_gone(&self) -> bool {
        match self {
            Layer::Bytes(layer) => layer.strong_count() == 0,
            Layer::Text(layer) => layer.strong_count() == 0,
        }
    }
}

impl OpenFiles {
    fn list(&self, layer: Layer) {
        let mut listed = self.0.lock();
        if listed.layers.len() >= listed.full {
            listed.layers.retain(|layer| !layer.is_gone());
            listed.full = (listed.layers.len() * 2).max(16);
        }
        listed.layers.push(layer);
    }

    /// Lists a buffered file.
    pub fn list_bytes(&self, layer: &Arc<Below>) {
        self.list(Layer::Bytes(Arc::downgrade(layer)));
    }

    /// Lists a text file.
    pub fn list_text(&self, layer: &Arc<Outgoing>) {
        self.list(Layer::Text(Arc::downgrade(layer)));
    }

    /// Writes what is pending anywhere, as far as that takes no script code. A file that somebody is using at the moment is
    /// left to them.
    pub fn flush(&self) {
        let (mut texts, mut buffers) = (Vec::new(), Vec::new());
        for layer in &self.0.lock().layers {
            match layer {
                Layer::Text(layer) => texts.extend(layer.upgrade()),
                Layer::Bytes(layer) => buffers.extend(layer.upgrade()),
            }
        }
        texts.iter().for_each(|layer| layer.flush_unless_used());
        buffers.iter().for_each(|layer| layer.flush_unless_used());
    }
}
