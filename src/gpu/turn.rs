//! The last step on a turned panel: the finished picture, turned onto the surface.

use super::batch::QuadVertex;
use super::copy::{Canvas, Copies};
use super::device::Device;
use super::painter::begin;
use super::upload::{Part, Vertices};
use super::window::Turn;

/// Copies turned pictures.
pub(super) struct Turner {
    vertices: Vertices,
}

impl Turner {
    pub fn new() -> Turner {
        Turner { vertices: Vertices::default() }
    }

    /// Copies `canvas`, a picture of `size`, onto the whole of `target`.
    pub fn copy(
        &mut self,
        device: &Device,
        copies: &Copies,
        encoder: &mut wgpu::CommandEncoder,
        (canvas, size, turn): (&Canvas, [u32; 2], Turn),
        target: &wgpu::TextureView,
    ) {
        let places = [[-1.0, 1.0], [1.0, 1.0], [1.0, -1.0], [-1.0, -1.0]];
        let corners = turn.corners();
        let vertex = |i: usize| QuadVertex {
            at: places[i],
            uv: [corners[i][0] * size[0] as f32, corners[i][1] * size[1] as f32],
            alpha: 1.0,
        };
        let vertices = [0, 1, 2, 0, 2, 3].map(vertex);
        self.vertices.write(device, &[], &vertices);
        let mut pass = begin(encoder, target, wgpu::LoadOp::Clear(wgpu::Color::BLACK));
        copies.set(canvas, false, &mut pass);
        self.vertices.bind(Part::Quads, &mut pass);
        pass.draw(0..6, 0..1);
    }
}
