//! Snapshot pictures: layers painted once into a texture of their own and kept while they are shown.

use std::sync::Arc;

use super::copy::{Canvas, Copies};
use crate::scene::Layer;

/// The frozen pictures of the frame and the last one.
#[derive(Default)]
pub(super) struct Frozens {
    entries: Vec<Entry>,
}

struct Entry {
    layers: Arc<Vec<Layer>>,
    canvas: Canvas,
    size: [u32; 2],
    used: bool,
}

impl Frozens {
    /// The picture of these layers in a target of `size`, and whether it is still to be painted.
    pub fn ready(
        &mut self,
        device: &wgpu::Device,
        copies: &Copies,
        layers: &Arc<Vec<Layer>>,
        size: [u32; 2],
    ) -> (usize, bool) {
        let known = |e: &Entry| e.size == size && (Arc::ptr_eq(&e.layers, layers) || e.layers == *layers);
        if let Some(index) = self.entries.iter().position(known) {
            self.entries[index].used = true;
            return (index, false);
        }
        let canvas = copies.canvas(device, "frozen", size);
        self.entries.push(Entry { layers: layers.clone(), canvas, size, used: true });
        (self.entries.len() - 1, true)
    }

    pub fn canvas(&self, index: usize) -> &Canvas {
        &self.entries[index].canvas
    }

    /// Drops what this frame did not show.
    pub fn end_frame(&mut self) {
        self.entries.retain_mut(|e| std::mem::take(&mut e.used));
    }

    /// Drops all, after a frame that may not have been painted.
    pub fn clear(&mut self) {
        self.entries.clear();
    }
}
