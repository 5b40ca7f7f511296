//! The backdrop on the GPU: painted once, by its shader or by the processor, then it is a texture like any other.

use bytemuck::{Pod, Zeroable};

use super::brush;
use super::copy::{Canvas, Copies};
use super::pipeline::Shader;
use crate::scene::{Backdrop, Color};

/// Beams that the shader has room for.
const MAX_BEAMS: usize = 16;
/// Backdrops that are kept: that of the present and that of fading data.
const MAX_KEPT: usize = 2;

/// As `backdrop.wgsl` reads it.
#[repr(C)]
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
struct Block {
    gradient: [[f32; 4]; 3],
    glow: [f32; 4],
    glow_at: [f32; 4],
    beam: [f32; 4],
    hatch: [f32; 4],
    frame: [f32; 4],
    beams: [[f32; 4]; MAX_BEAMS / 2],
}

/// The pipeline, and the backdrops that were shown last.
pub(super) struct Backdrops {
    pipeline: wgpu::RenderPipeline,
    layout: wgpu::BindGroupLayout,
    /// The longest unused first.
    entries: Vec<Entry>,
    frame: u64,
    /// The processor paints them.
    pub by_hand: bool,
}

struct Entry {
    backdrop: Backdrop,
    size: [u32; 2],
    /// What the shader reads; `None`: the processor has painted it.
    by: Option<wgpu::BindGroup>,
    canvas: Canvas,
    /// The frame that showed it last.
    shown: u64,
}

impl Backdrops {
    pub fn new(device: &wgpu::Device, format: wgpu::TextureFormat, by_hand: bool) -> Backdrops {
        let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("backdrop"),
            entries: &[wgpu::BindGroupLayoutEntry {
                binding: 0,
                visibility: wgpu::ShaderStages::FRAGMENT,
                ty: wgpu::BindingType::Buffer {
                    ty: wgpu::BufferBindingType::Uniform,
                    has_dynamic_offset: false,
                    min_binding_size: wgpu::BufferSize::new(size_of::<Block>() as u64),
                },
                count: None,
            }],
        });
        let shader = Shader {
            label: "backdrop",
            source: include_str!("../../shaders/backdrop.wgsl"),
            vertices: None,
            bindings: Some(&layout),
        };
        let pipeline = shader.pipeline(device, format, None);
        Backdrops { pipeline, layout, entries: Vec::new(), frame: 0, by_hand }
    }

    pub fn begin_frame(&mut self) {
        self.frame += 1;
    }

    /// The texture of this backdrop on a target of `size`, and whether it is still to be painted.
    pub fn ready(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        copies: &Copies,
        backdrop: &Backdrop,
        size: [u32; 2],
    ) -> (usize, bool) {
        if let Some(index) = self.entries.iter().position(|e| e.size == size && e.backdrop == *backdrop) {
            self.entries[index].shown = self.frame;
            return (index, false);
        }
        let canvas = copies.canvas(device, "backdrop", size);
        let by = if self.by_hand {
            fill(queue, &canvas, backdrop, size);
            None
        } else {
            Some(self.bindings(device, queue, backdrop, size))
        };
        let fresh = by.is_some();
        self.entries.push(Entry { backdrop: backdrop.clone(), size, by, canvas, shown: self.frame });
        (self.entries.len() - 1, fresh)
    }

    fn bindings(
        &self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        backdrop: &Backdrop,
        size: [u32; 2],
    ) -> wgpu::BindGroup {
        let buffer = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("backdrop"),
            size: size_of::<Block>() as u64,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        queue.write_buffer(&buffer, 0, bytemuck::bytes_of(&block(backdrop, size)));
        device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("backdrop"),
            layout: &self.layout,
            entries: &[wgpu::BindGroupEntry { binding: 0, resource: buffer.as_entire_binding() }],
        })
    }

    pub fn canvas(&self, index: usize) -> &Canvas {
        &self.entries[index].canvas
    }

    /// Runs the shader over the whole target.
    pub fn paint(&self, index: usize, pass: &mut wgpu::RenderPass<'_>) {
        if let Some(bindings) = &self.entries[index].by {
            pass.set_pipeline(&self.pipeline);
            pass.set_bind_group(0, bindings, &[]);
            pass.draw(0..3, 0..1);
        }
    }

    /// Drops what lies elsewhere than what this frame shows, as after a step of the orbit, and what has not been shown for
    /// longest; never what this frame shows.
    pub fn end_frame(&mut self) {
        let frame = self.frame;
        // The glow moves with all the rest.
        let place = |e: &Entry| (e.size, e.backdrop.glow_at);
        if let Some(here) = self.entries.iter().rfind(|e| e.shown == frame).map(place) {
            self.entries.retain(|e| e.shown == frame || place(e) == here);
        }
        self.entries.sort_by_key(|e| e.shown);
        let spare = self.entries.len().saturating_sub(MAX_KEPT);
        let mut index = 0;
        self.entries.retain(|e| {
            index += 1;
            index > spare || e.shown == frame
        });
    }

    /// How many are kept.
    #[cfg(test)]
    pub fn kept(&self) -> usize {
        self.entries.len()
    }

    /// Drops all, after a frame that may not have been painted.
    pub fn clear(&mut self) {
        self.entries.clear();
    }
}

/// Has the processor paint it.
fn fill(queue: &wgpu::Queue, canvas: &Canvas, backdrop: &Backdrop, size: [u32; 2]) {
    let bgra = canvas.texture.format() == wgpu::TextureFormat::Bgra8Unorm;
    let bytes = size[0] * 4;
    let layout = wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(bytes), rows_per_image: None };
    brush::paint(backdrop, size, bgra, |first, pixels| {
        let origin = wgpu::Origin3d { x: 0, y: first as u32, z: 0 };
        let extent = wgpu::Extent3d { width: size[0], height: pixels.len() as u32 / bytes, depth_or_array_layers: 1 };
        let place = wgpu::TexelCopyTextureInfo { origin, ..canvas.texture.as_image_copy() };
        queue.write_texture(place, pixels, layout, extent);
    });
}

fn block(b: &Backdrop, size: [u32; 2]) -> Block {
    let rgba = |c: Color| c.0.map(|v| f32::from(v) / 255.0);
    if b.beams.len() > MAX_BEAMS {
        tracing::error!("backdrop with {} beams: the shader has room for {MAX_BEAMS}", b.beams.len());
    }
    let mut beams = [[0.0; 4]; MAX_BEAMS / 2];
    for (slot, pair) in beams.iter_mut().zip(b.beams.chunks(2)) {
        let right = pair.get(1).copied().unwrap_or_default();
        *slot = [pair[0][0], pair[0][1], right[0], right[1]];
    }
    let [x, y, r] = b.glow_at;
    let dither = if b.dither { 1.0 } else { 0.0 };
    Block {
        gradient: b.gradient.map(rgba),
        glow: rgba(b.glow),
        glow_at: [x, y, r.max(1.0), b.scale.max(0.01)],
        beam: rgba(b.beam),
        hatch: rgba(b.hatch),
        frame: [size[0] as f32, size[1] as f32, b.beams.len().min(MAX_BEAMS) as f32, dither],
        beams,
    }
}
