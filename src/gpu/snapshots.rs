//! Caches snapshots: paints their layers once into a texture and keeps it while it is shown.

use std::sync::Arc;

use super::blit::BlitPipelines;
use super::target::RenderTexture;
use crate::scene::Layer;

/// The snapshots of this frame and the last one.
#[derive(Default)]
pub(super) struct Snapshots {
    entries: Vec<Entry>,
}

struct Entry {
    layers: Arc<Vec<Layer>>,
    texture: RenderTexture,
    size: [u32; 2],
    used: bool,
}

impl Snapshots {
    /// The index of the texture of these layers on a target of `size`, and whether a pass must still paint it.
    pub fn prepare(
        &mut self,
        device: &wgpu::Device,
        blit: &BlitPipelines,
        layers: &Arc<Vec<Layer>>,
        size: [u32; 2],
    ) -> (usize, bool) {
        let known = |e: &Entry| e.size == size && (Arc::ptr_eq(&e.layers, layers) || e.layers == *layers);
        if let Some(index) = self.entries.iter().position(known) {
            self.entries[index].used = true;
            return (index, false);
        }
        let texture = blit.texture(device, "snapshot", size);
        self.entries.push(Entry { layers: layers.clone(), texture, size, used: true });
        (self.entries.len() - 1, true)
    }

    pub fn texture(&self, index: usize) -> &RenderTexture {
        &self.entries[index].texture
    }

    /// Drops what this frame did not show.
    pub fn end_frame(&mut self) {
        self.entries.retain_mut(|e| std::mem::take(&mut e.used));
    }

    /// Call it after a frame that may not have been painted: the textures' contents are unknown.
    pub fn clear(&mut self) {
        self.entries.clear();
    }
}
