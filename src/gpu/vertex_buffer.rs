//! Uploads a frame's vertices: one buffer for both kinds, since each write costs, and as large as frames need.

use super::batch::{FillVertex, QuadVertex};
use super::device::Device;

/// Which of the buffer's two kinds of vertices a draw reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Fills,
    Quads,
}

/// Written once per frame.
#[derive(Default)]
pub(super) struct VertexBuffer {
    buffer: Option<wgpu::Buffer>,
    /// Offset of the quads in bytes.
    quads: u64,
    /// Reused between frames.
    bytes: Vec<u8>,
}

impl VertexBuffer {
    /// Replaces the contents.
    pub fn write(&mut self, device: &Device, fills: &[FillVertex], quads: &[QuadVertex]) {
        self.bytes.clear();
        self.bytes.extend_from_slice(bytemuck::cast_slice(fills));
        self.quads = self.bytes.len() as u64;
        self.bytes.extend_from_slice(bytemuck::cast_slice(quads));
        if self.bytes.is_empty() {
            return;
        }
        let buffer = match &self.buffer {
            Some(buffer) if buffer.size() >= self.bytes.len() as u64 => buffer,
            _ => self.buffer.insert(device.device.create_buffer(&wgpu::BufferDescriptor {
                label: Some("vertices"),
                size: (self.bytes.len() as u64).next_power_of_two().max(1 << 14),
                usage: wgpu::BufferUsages::VERTEX | wgpu::BufferUsages::COPY_DST,
                mapped_at_creation: false,
            })),
        };
        device.queue.write_buffer(buffer, 0, &self.bytes);
    }

    /// Makes the next draw read this part.
    pub fn bind(&self, part: Part, pass: &mut wgpu::RenderPass<'_>) {
        if let Some(buffer) = &self.buffer {
            let start = if part == Part::Fills { 0 } else { self.quads };
            pass.set_vertex_buffer(0, buffer.slice(start..));
        }
    }
}
