//! Fills triangles with colour, with and without blending.

use super::batch::FillVertex;
use super::pipeline::Shader;

pub(super) struct FillPipelines {
    opaque: wgpu::RenderPipeline,
    blend: wgpu::RenderPipeline,
}

impl FillPipelines {
    pub fn new(device: &wgpu::Device, format: wgpu::TextureFormat) -> FillPipelines {
        let shader = Shader {
            label: "fill",
            source: include_str!("../../shaders/fill.wgsl"),
            vertices: Some(wgpu::VertexBufferLayout {
                array_stride: size_of::<FillVertex>() as u64,
                step_mode: wgpu::VertexStepMode::Vertex,
                attributes: &wgpu::vertex_attr_array![0 => Float32x2, 1 => Unorm8x4],
            }),
            bindings: None,
        };
        FillPipelines {
            opaque: shader.pipeline(device, format, None),
            blend: shader.pipeline(device, format, Some(wgpu::BlendState::ALPHA_BLENDING)),
        }
    }

    pub fn pipeline(&self, blend: bool) -> &wgpu::RenderPipeline {
        if blend { &self.blend } else { &self.opaque }
    }
}
