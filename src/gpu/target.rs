//! Describes what a pass draws on: a borrowed target, and textures that are drawn on first and read later.

/// The texture of a window, of a picture, or a [`RenderTexture`].
#[derive(Clone, Copy)]
pub(super) struct RenderTarget<'t> {
    pub texture: &'t wgpu::Texture,
    pub view: &'t wgpu::TextureView,
}

/// A texture that later passes copy from, as large as the frame.
pub(super) struct RenderTexture {
    pub texture: wgpu::Texture,
    pub view: wgpu::TextureView,
    pub bindings: wgpu::BindGroup,
}

impl RenderTexture {
    pub fn target(&self) -> RenderTarget<'_> {
        RenderTarget { texture: &self.texture, view: &self.view }
    }

    /// Copies the whole texture over `to` without a draw call; false if `to` cannot be copied to or has another size.
    pub fn copy(&self, encoder: &mut wgpu::CommandEncoder, to: &wgpu::Texture) -> bool {
        let can = to.usage().contains(wgpu::TextureUsages::COPY_DST) && to.size() == self.texture.size();
        if can {
            encoder.copy_texture_to_texture(self.texture.as_image_copy(), to.as_image_copy(), self.texture.size());
        }
        can
    }
}

/// Begins a render pass on one target.
pub(super) fn begin_pass<'e>(
    encoder: &'e mut wgpu::CommandEncoder,
    view: &wgpu::TextureView,
    load: wgpu::LoadOp<wgpu::Color>,
) -> wgpu::RenderPass<'e> {
    encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
        label: None,
        color_attachments: &[Some(wgpu::RenderPassColorAttachment {
            view,
            depth_slice: None,
            resolve_target: None,
            ops: wgpu::Operations { load, store: wgpu::StoreOp::Store },
        })],
        ..Default::default()
    })
}
