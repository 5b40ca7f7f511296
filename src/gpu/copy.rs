//! Targets that are read again: textures as large as the target, copied pixel for pixel.

use super::batch::QuadVertex;
use super::painter::Onto;
use super::pipeline::{Shader, texture, texture_layout};

/// The two pipelines that copy from a layer.
pub(super) struct Copies {
    opaque: wgpu::RenderPipeline,
    blend: wgpu::RenderPipeline,
    layout: wgpu::BindGroupLayout,
    format: wgpu::TextureFormat,
}

/// A texture that can be drawn on and read.
pub(super) struct Canvas {
    pub texture: wgpu::Texture,
    pub view: wgpu::TextureView,
    pub bindings: wgpu::BindGroup,
}

impl Copies {
    pub fn new(device: &wgpu::Device, format: wgpu::TextureFormat) -> Copies {
        let layout = texture_layout(device);
        let shader = Shader {
            label: "copy",
            source: include_str!("../../shaders/copy.wgsl"),
            vertices: Some(QuadVertex::layout()),
            bindings: Some(&layout),
        };
        let opaque = shader.pipeline(device, format, None);
        let blend = shader.pipeline(device, format, Some(wgpu::BlendState::ALPHA_BLENDING));
        Copies { opaque, blend, layout, format }
    }

    /// Makes `canvas` what the next draw copies from.
    pub fn set(&self, canvas: &Canvas, blend: bool, pass: &mut wgpu::RenderPass<'_>) {
        pass.set_pipeline(if blend { &self.blend } else { &self.opaque });
        pass.set_bind_group(0, &canvas.bindings, &[]);
    }

    /// A texture of the target's format.
    pub fn canvas(&self, device: &wgpu::Device, label: &'static str, size: [u32; 2]) -> Canvas {
        use wgpu::TextureUsages as Use;
        let usage = Use::RENDER_ATTACHMENT | Use::TEXTURE_BINDING | Use::COPY_SRC | Use::COPY_DST;
        let texture = texture(device, label, size, self.format, usage);
        let view = texture.create_view(&Default::default());
        let bindings = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some(label),
            layout: &self.layout,
            entries: &[wgpu::BindGroupEntry { binding: 0, resource: wgpu::BindingResource::TextureView(&view) }],
        });
        Canvas { texture, view, bindings }
    }
}

impl Canvas {
    pub fn onto(&self) -> Onto<'_> {
        Onto { texture: &self.texture, view: &self.view }
    }

    /// Has the whole copied over `target`; false if that cannot be.
    pub fn copy(&self, encoder: &mut wgpu::CommandEncoder, target: &wgpu::Texture) -> bool {
        let can = target.usage().contains(wgpu::TextureUsages::COPY_DST) && target.size() == self.texture.size();
        if can {
            encoder.copy_texture_to_texture(self.texture.as_image_copy(), target.as_image_copy(), self.texture.size());
        }
        can
    }
}

impl QuadVertex {
    /// As the shaders of textured triangles read it.
    pub fn layout() -> wgpu::VertexBufferLayout<'static> {
        const ATTRIBUTES: [wgpu::VertexAttribute; 3] =
            wgpu::vertex_attr_array![0 => Float32x2, 1 => Float32x2, 2 => Float32];
        wgpu::VertexBufferLayout {
            array_stride: size_of::<QuadVertex>() as u64,
            step_mode: wgpu::VertexStepMode::Vertex,
            attributes: &ATTRIBUTES,
        }
    }
}
