//! Vertex buffers that grow with what a frame needs.

use bytemuck::Pod;

use super::device::Device;

/// One vertex buffer, written once per frame.
pub(super) struct Vertices {
    label: &'static str,
    buffer: Option<wgpu::Buffer>,
}

impl Vertices {
    pub fn new(label: &'static str) -> Vertices {
        Vertices { label, buffer: None }
    }

    /// Replaces what is in it.
    pub fn write<T: Pod>(&mut self, device: &Device, vertices: &[T]) {
        let bytes: &[u8] = bytemuck::cast_slice(vertices);
        if bytes.is_empty() {
            return;
        }
        let buffer = match &self.buffer {
            Some(buffer) if buffer.size() >= bytes.len() as u64 => buffer,
            _ => self.buffer.insert(device.device.create_buffer(&wgpu::BufferDescriptor {
                label: Some(self.label),
                size: (bytes.len() as u64).next_power_of_two().max(1 << 14),
                usage: wgpu::BufferUsages::VERTEX | wgpu::BufferUsages::COPY_DST,
                mapped_at_creation: false,
            })),
        };
        device.queue.write_buffer(buffer, 0, bytes);
    }

    /// Makes it what the next draw reads.
    pub fn bind(&self, pass: &mut wgpu::RenderPass<'_>) {
        if let Some(buffer) = &self.buffer {
            pass.set_vertex_buffer(0, buffer.slice(..));
        }
    }
}
