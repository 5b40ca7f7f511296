//! Caches backdrops as textures: its shader or the processor paints each once, later frames copy it.

use bytemuck::{Pod, Zeroable};

use super::backdrop_cpu;
use super::blit::BlitPipelines;
use super::pipeline::Shader;
use super::target::RenderTexture;
use crate::scene::{Backdrop, Color};

/// Size of the shader's array of beams.
const MAX_BEAMS: usize = 16;
/// Backdrops in the cache: the theme's, and the grey one while data is old.
const MAX_CACHED: usize = 2;

/// The uniforms that `backdrop.wgsl` reads.
#[repr(C)]
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
struct Uniforms {
    gradient: [[f32; 4]; 3],
    glow: [f32; 4],
    glow_at: [f32; 4],
    beam: [f32; 4],
    hatch: [f32; 4],
    frame: [f32; 4],
    beams: [[f32; 4]; MAX_BEAMS / 2],
}

/// The shader's pipeline and the cache of backdrops.
pub(super) struct Backdrops {
    pipeline: wgpu::RenderPipeline,
    layout: wgpu::BindGroupLayout,
    /// Least recently shown first.
    entries: Vec<Entry>,
    frame: u64,
    /// Whether the processor paints them instead of the shader.
    pub on_cpu: bool,
}

struct Entry {
    backdrop: Backdrop,
    size: [u32; 2],
    /// The shader's uniforms; `None` when the processor has painted the texture.
    uniforms: Option<wgpu::BindGroup>,
    texture: RenderTexture,
    /// Number of the frame that showed it last.
    last_shown: u64,
}

impl Backdrops {
    pub fn new(device: &wgpu::Device, format: wgpu::TextureFormat, on_cpu: bool) -> Backdrops {
        let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("backdrop"),
            entries: &[wgpu::BindGroupLayoutEntry {
                binding: 0,
                visibility: wgpu::ShaderStages::FRAGMENT,
                ty: wgpu::BindingType::Buffer {
                    ty: wgpu::BufferBindingType::Uniform,
                    has_dynamic_offset: false,
                    min_binding_size: wgpu::BufferSize::new(size_of::<Uniforms>() as u64),
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
        Backdrops { pipeline, layout, entries: Vec::new(), frame: 0, on_cpu }
    }

    pub fn begin_frame(&mut self) {
        self.frame += 1;
    }

    /// The index of this backdrop's texture for a target of `size`, and whether a pass must still paint it.
    pub fn prepare(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        blit: &BlitPipelines,
        backdrop: &Backdrop,
        size: [u32; 2],
    ) -> (usize, bool) {
        if let Some(index) = self.entries.iter().position(|e| e.size == size && e.backdrop == *backdrop) {
            self.entries[index].last_shown = self.frame;
            return (index, false);
        }
        let texture = blit.texture(device, "backdrop", size);
        let uniforms = if self.on_cpu {
            paint_on_cpu(queue, &texture, backdrop, size);
            None
        } else {
            Some(self.bind_uniforms(device, queue, backdrop, size))
        };
        let needs_pass = uniforms.is_some();
        self.entries.push(Entry { backdrop: backdrop.clone(), size, uniforms, texture, last_shown: self.frame });
        (self.entries.len() - 1, needs_pass)
    }

    fn bind_uniforms(
        &self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        backdrop: &Backdrop,
        size: [u32; 2],
    ) -> wgpu::BindGroup {
        let buffer = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("backdrop"),
            size: size_of::<Uniforms>() as u64,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        queue.write_buffer(&buffer, 0, bytemuck::bytes_of(&uniforms(backdrop, size)));
        device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("backdrop"),
            layout: &self.layout,
            entries: &[wgpu::BindGroupEntry { binding: 0, resource: buffer.as_entire_binding() }],
        })
    }

    pub fn texture(&self, index: usize) -> &RenderTexture {
        &self.entries[index].texture
    }

    /// Runs the shader over the whole target.
    pub fn paint(&self, index: usize, pass: &mut wgpu::RenderPass<'_>) {
        if let Some(uniforms) = &self.entries[index].uniforms {
            pass.set_pipeline(&self.pipeline);
            pass.set_bind_group(0, uniforms, &[]);
            pass.draw(0..3, 0..1);
        }
    }

    /// Drops backdrops at another position than the current one (the burn-in orbit moved), then the least recently shown.
    /// Never drops one that this frame shows.
    pub fn end_frame(&mut self) {
        let frame = self.frame;
        // The glow moves with the whole stage, so its place tells the stage's.
        let position = |e: &Entry| (e.size, e.backdrop.glow_at);
        if let Some(here) = self.entries.iter().rfind(|e| e.last_shown == frame).map(position) {
            self.entries.retain(|e| e.last_shown == frame || position(e) == here);
        }
        self.entries.sort_by_key(|e| e.last_shown);
        let spare = self.entries.len().saturating_sub(MAX_CACHED);
        let mut index = 0;
        self.entries.retain(|e| {
            index += 1;
            index > spare || e.last_shown == frame
        });
    }

    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Call it after a frame that may not have been painted: the textures' contents are unknown.
    pub fn clear(&mut self) {
        self.entries.clear();
    }
}

/// Paints the backdrop on the processor and uploads it.
fn paint_on_cpu(queue: &wgpu::Queue, target: &RenderTexture, backdrop: &Backdrop, size: [u32; 2]) {
    let bgra = target.texture.format() == wgpu::TextureFormat::Bgra8Unorm;
    let bytes = size[0] * 4;
    let layout = wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(bytes), rows_per_image: None };
    backdrop_cpu::paint(backdrop, size, bgra, |first, pixels| {
        let origin = wgpu::Origin3d { x: 0, y: first as u32, z: 0 };
        let extent = wgpu::Extent3d { width: size[0], height: pixels.len() as u32 / bytes, depth_or_array_layers: 1 };
        let place = wgpu::TexelCopyTextureInfo { origin, ..target.texture.as_image_copy() };
        queue.write_texture(place, pixels, layout, extent);
    });
}

fn uniforms(b: &Backdrop, size: [u32; 2]) -> Uniforms {
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
    Uniforms {
        gradient: b.gradient.map(rgba),
        glow: rgba(b.glow),
        glow_at: [x, y, r.max(1.0), b.scale.max(0.01)],
        beam: rgba(b.beam),
        hatch: rgba(b.hatch),
        frame: [size[0] as f32, size[1] as f32, b.beams.len().min(MAX_BEAMS) as f32, dither],
        beams,
    }
}
