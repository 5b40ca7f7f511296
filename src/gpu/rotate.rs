//! Rotates the finished picture onto the surface of a panel that hangs rotated.

use super::batch::QuadVertex;
use super::blit::BlitPipelines;
use super::device::Device;
use super::target::{RenderTexture, begin_pass};
use super::vertex_buffer::{Part, VertexBuffer};
use super::window::Rotation;

pub(super) struct Rotator {
    vertices: VertexBuffer,
}

impl Rotator {
    pub fn new() -> Rotator {
        Rotator { vertices: VertexBuffer::default() }
    }

    /// Copies `picture`, rotated, onto the whole of `target`.
    pub fn copy(
        &mut self,
        device: &Device,
        blit: &BlitPipelines,
        encoder: &mut wgpu::CommandEncoder,
        picture: &RenderTexture,
        rotation: Rotation,
        target: &wgpu::TextureView,
    ) {
        let places = [[-1.0, 1.0], [1.0, 1.0], [1.0, -1.0], [-1.0, -1.0]];
        let corners = rotation.corners();
        let [width, height] = [picture.texture.width() as f32, picture.texture.height() as f32];
        let vertex = |i: usize| QuadVertex::new(places[i], [corners[i][0] * width, corners[i][1] * height], 1.0);
        let vertices = [0, 1, 2, 0, 2, 3].map(vertex);
        self.vertices.write(device, &[], &vertices);
        let mut pass = begin_pass(encoder, target, wgpu::LoadOp::Clear(wgpu::Color::BLACK));
        blit.set(picture, false, &mut pass);
        self.vertices.bind(Part::Quads, &mut pass);
        pass.draw(0..6, 0..1);
    }
}
