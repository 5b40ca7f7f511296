//! Copies textures as large as the frame onto other targets, pixel for pixel.

use super::batch::QuadVertex;
use super::pipeline::{Shader, texture, texture_layout};
use super::target::RenderTexture;

/// Two pipelines that copy from a [`RenderTexture`]: over what is there, or blended with it.
pub(super) struct BlitPipelines {
    opaque: wgpu::RenderPipeline,
    blend: wgpu::RenderPipeline,
    layout: wgpu::BindGroupLayout,
    format: wgpu::TextureFormat,
}

impl BlitPipelines {
    pub fn new(device: &wgpu::Device, format: wgpu::TextureFormat) -> BlitPipelines {
        let layout = texture_layout(device);
        let shader = Shader {
            label: "copy",
            source: include_str!("../../shaders/copy.wgsl"),
            vertices: Some(QuadVertex::layout()),
            bindings: Some(&layout),
        };
        let opaque = shader.pipeline(device, format, None);
        let blend = shader.pipeline(device, format, Some(wgpu::BlendState::ALPHA_BLENDING));
        BlitPipelines { opaque, blend, layout, format }
    }

    /// Makes the next draw copy from `source`.
    pub fn set(&self, source: &RenderTexture, blend: bool, pass: &mut wgpu::RenderPass<'_>) {
        pass.set_pipeline(if blend { &self.blend } else { &self.opaque });
        pass.set_bind_group(0, &source.bindings, &[]);
    }

    /// A new texture of the target's format.
    pub fn texture(&self, device: &wgpu::Device, label: &'static str, size: [u32; 2]) -> RenderTexture {
        use wgpu::TextureUsages as Use;
        let usage = Use::RENDER_ATTACHMENT | Use::TEXTURE_BINDING | Use::COPY_SRC | Use::COPY_DST;
        let texture = texture(device, label, size, self.format, usage);
        let view = texture.create_view(&Default::default());
        let bindings = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some(label),
            layout: &self.layout,
            entries: &[wgpu::BindGroupEntry { binding: 0, resource: wgpu::BindingResource::TextureView(&view) }],
        });
        RenderTexture { texture, view, bindings }
    }
}

impl QuadVertex {
    /// The layout that the shaders of textured triangles read.
    pub fn layout() -> wgpu::VertexBufferLayout<'static> {
        const ATTRIBUTES: [wgpu::VertexAttribute; 8] = wgpu::vertex_attr_array![
            0 => Float32x2, 1 => Float32x2, 2 => Float32,
            3 => Float32x2, 4 => Float32x2, 5 => Unorm8x4, 6 => Unorm8x4, 7 => Unorm8x4
        ];
        wgpu::VertexBufferLayout {
            array_stride: size_of::<QuadVertex>() as u64,
            step_mode: wgpu::VertexStepMode::Vertex,
            attributes: &ATTRIBUTES,
        }
    }
}
