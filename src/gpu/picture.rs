//! Pictures on the GPU: one texture per picture and size class, the least recently shown dropped first, or painted over.

use super::batch::QuadVertex;
use super::pipeline::{Shader, texture, texture_entry};
use crate::scene::Picture;

/// What all pictures together may take, apart from those that a frame paints: a few slides of faces. One that comes back is uploaded
/// again in the time of a frame, and a small box has no memory for all faces of a large floor.
const BUDGET_BYTES: u64 = 16 << 20;

/// The pipelines and the textures.
pub(super) struct Pictures {
    opaque: wgpu::RenderPipeline,
    blend: wgpu::RenderPipeline,
    layout: wgpu::BindGroupLayout,
    sampler: wgpu::Sampler,
    entries: Vec<Entry>,
    frame: u64,
}

struct Entry {
    key: String,
    /// How often it was halved.
    level: u32,
    held: Held,
    opaque: bool,
    /// The frame that painted it last; a layer whose pixels are kept is not painted.
    shown: u64,
}

/// A texture and what draws it.
struct Held {
    texture: wgpu::Texture,
    bindings: wgpu::BindGroup,
}

impl Held {
    fn size(&self) -> [u32; 2] {
        [self.texture.width(), self.texture.height()]
    }

    fn bytes(&self) -> u64 {
        bytes(self.size())
    }
}

fn bytes(size: [u32; 2]) -> u64 {
    4 * u64::from(size[0]) * u64::from(size[1])
}

impl Pictures {
    pub fn new(device: &wgpu::Device, format: wgpu::TextureFormat) -> Pictures {
        let sampler_entry = wgpu::BindGroupLayoutEntry {
            binding: 1,
            visibility: wgpu::ShaderStages::FRAGMENT,
            ty: wgpu::BindingType::Sampler(wgpu::SamplerBindingType::Filtering),
            count: None,
        };
        let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("picture"),
            entries: &[texture_entry(true), sampler_entry],
        });
        let shader = Shader {
            label: "picture",
            source: include_str!("../../shaders/picture.wgsl"),
            vertices: Some(QuadVertex::layout()),
            bindings: Some(&layout),
        };
        let opaque = shader.pipeline(device, format, None);
        let blend = shader.pipeline(device, format, Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING));
        let sampler = device.create_sampler(&wgpu::SamplerDescriptor {
            label: Some("picture"),
            mag_filter: wgpu::FilterMode::Linear,
            min_filter: wgpu::FilterMode::Linear,
            ..Default::default()
        });
        Pictures { opaque, blend, layout, sampler, entries: Vec::new(), frame: 0 }
    }

    pub fn begin_frame(&mut self) {
        self.frame += 1;
    }

    /// The index of the picture's texture and whether it covers what is under it; uploads it if it is new. `None` for a
    /// picture without pixels.
    pub fn ready(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        picture: &Picture,
        max_side: u32,
    ) -> Option<(usize, bool)> {
        let level = level(picture, max_side)?;
        let known = |e: &Entry| e.level == level && e.key == picture.key;
        let index = match self.entries.iter().position(known) {
            Some(index) => index,
            None => self.upload(device, queue, picture, level),
        };
        let entry = &mut self.entries[index];
        entry.shown = self.frame;
        Some((index, entry.opaque && picture.alpha == 255))
    }

    /// Returns its index.
    fn upload(&mut self, device: &wgpu::Device, queue: &wgpu::Queue, picture: &Picture, level: u32) -> usize {
        let mut pixels = (*picture.image).clone();
        let mut opaque = true;
        for p in pixels.pixels_mut() {
            let a = u16::from(p.0[3]);
            opaque &= a == 255;
            // Premultiplied, so that what is transparent lends no colour to what is filtered.
            for c in &mut p.0[..3] {
                *c = ((u16::from(*c) * a + 127) / 255) as u8;
            }
        }
        if level > 0 {
            let [w, h] = [pixels.width(), pixels.height()].map(|s| (s >> level).max(1));
            pixels = image::imageops::resize(&pixels, w, h, image::imageops::FilterType::Triangle);
        }
        let size = [pixels.width(), pixels.height()];
        let index = self.left(size).unwrap_or_else(|| {
            let held = self.hold(device, size);
            self.entries.push(Entry { key: String::new(), level, held, opaque, shown: 0 });
            self.entries.len() - 1
        });
        let entry = &mut self.entries[index];
        entry.key.clone_from(&picture.key);
        (entry.level, entry.opaque) = (level, opaque);
        let texture = &entry.held.texture;
        queue.write_texture(
            texture.as_image_copy(),
            &pixels,
            wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(4 * size[0]), rows_per_image: None },
            texture.size(),
        );
        index
    }

    /// A new texture.
    fn hold(&self, device: &wgpu::Device, size: [u32; 2]) -> Held {
        let usage = wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST;
        let texture = texture(device, "picture", size, wgpu::TextureFormat::Rgba8Unorm, usage);
        let view = texture.create_view(&Default::default());
        let bindings = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("picture"),
            layout: &self.layout,
            entries: &[
                wgpu::BindGroupEntry { binding: 0, resource: wgpu::BindingResource::TextureView(&view) },
                wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::Sampler(&self.sampler) },
            ],
        });
        Held { texture, bindings }
    }

    /// The least recently painted picture of this size, where a new one would go beyond the budget: what a floor needs stays
    /// where it is in the memory, however its faces change. None that the last frame painted.
    fn left(&self, size: [u32; 2]) -> Option<usize> {
        if self.bytes() + bytes(size) <= BUDGET_BYTES {
            return None;
        }
        let left = |&i: &usize| self.entries[i].held.size() == size && self.entries[i].shown + 1 < self.frame;
        (0..self.entries.len()).filter(left).min_by_key(|&i| self.entries[i].shown)
    }

    /// What all take.
    fn bytes(&self) -> u64 {
        self.entries.iter().map(|e| e.held.bytes()).sum()
    }

    pub fn set(&self, index: usize, blend: bool, pass: &mut wgpu::RenderPass<'_>) {
        pass.set_pipeline(if blend { &self.blend } else { &self.opaque });
        pass.set_bind_group(0, &self.entries[index].held.bindings, &[]);
    }

    /// Drops all, after a frame whose uploads may have failed: a texture that was to be painted over still has another face.
    pub fn clear(&mut self) {
        self.entries.clear();
    }

    /// Drops the least recently painted beyond the budget; never what this frame painted.
    pub fn end_frame(&mut self) {
        let mut bytes = self.bytes();
        while bytes > BUDGET_BYTES
            && let Some(index) = (0..self.entries.len()).min_by_key(|&i| self.entries[i].shown)
            && self.entries[index].shown < self.frame
        {
            bytes -= self.entries.swap_remove(index).held.bytes();
        }
    }
}

/// How often the picture is halved before upload, so that filtering between four pixels is enough.
fn level(picture: &Picture, max_side: u32) -> Option<u32> {
    let [w, h] = [picture.image.width(), picture.image.height()];
    let [x0, y0, x1, y1] = picture.rect;
    let [u0, v0, u1, v1] = picture.uv;
    if w == 0 || h == 0 || x1 <= x0 || y1 <= y0 {
        return None;
    }
    // Pixels of the picture per pixel of the target.
    let dense = (w as f32 * (u1 - u0).abs() / (x1 - x0)).min(h as f32 * (v1 - v0).abs() / (y1 - y0));
    // A hair of tolerance: exactly half size should be halved whatever the rounding.
    let by_size = if dense > 1.0 { (dense * 1.001).log2() as u32 } else { 0 };
    let by_limit = (0..16).find(|&l| (w.max(h) >> l) <= max_side).unwrap_or(16);
    Some(by_size.max(by_limit).min(15))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Points;

    #[test]
    fn beyond_the_budget_textures_are_painted_over() {
        let Some((gpu, _)) = super::super::tests::open() else { return };
        let (device, queue) = (&gpu.device.device, &gpu.device.queue);
        let mut pictures = Pictures::new(device, wgpu::TextureFormat::Rgba8Unorm);
        let image = std::sync::Arc::new(image::RgbaImage::new(1024, 1024));
        let most = (BUDGET_BYTES / bytes([1024, 1024])) as usize;
        let show = |pictures: &mut Pictures, faces: &mut dyn Iterator<Item = usize>| {
            pictures.begin_frame();
            for i in faces {
                let (rect, uv) = ([0.0, 0.0, 102.4, 102.4], [0.0, 0.0, 0.1, 0.1]);
                let image = image.clone();
                let face = Picture { key: i.to_string(), image, rect, uv, shape: Points::new(), alpha: 255 };
                pictures.ready(device, queue, &face, 4096).unwrap();
            }
            pictures.end_frame();
        };
        let textures = |pictures: &Pictures| -> Vec<wgpu::Texture> {
            pictures.entries.iter().map(|e| e.held.texture.clone()).collect()
        };
        for i in 0..most {
            show(&mut pictures, &mut (i..i + 1));
        }
        let held = textures(&pictures);
        assert_eq!(held.len(), most);
        for i in most..3 * most {
            show(&mut pictures, &mut (i..i + 1));
            assert!(textures(&pictures) == held && pictures.entries.iter().any(|e| e.key == i.to_string()));
        }
        // What is on screen is never given away, and goes beyond the budget where it must.
        show(&mut pictures, &mut (0..most + 3));
        assert_eq!(pictures.entries.len(), most + 3);
        show(&mut pictures, &mut (0..1));
        assert_eq!((pictures.entries.len(), pictures.bytes()), (most, BUDGET_BYTES));
        // Nor is what the last frame painted: this one may ask for it later.
        show(&mut pictures, &mut (0..most));
        let held = textures(&pictures);
        show(&mut pictures, &mut [most].into_iter().chain(0..most));
        assert!(held.iter().all(|texture| textures(&pictures).contains(texture)));
        assert_eq!(pictures.entries.len(), most + 1);
        pictures.clear();
        assert_eq!(pictures.bytes(), 0);
    }

    #[test]
    fn a_picture_is_halved_while_it_is_twice_as_dense() {
        let of = |w: u32, h: u32, side: f32, uv: [f32; 4]| {
            let image = std::sync::Arc::new(image::RgbaImage::new(w, h));
            let rect = [0.0, 0.0, side, side];
            level(&Picture { key: "p".into(), image, rect, uv, shape: Points::new(), alpha: 255 }, 4096)
        };
        let all = [0.0, 0.0, 1.0, 1.0];
        assert_eq!(of(62, 62, 62.0, all), Some(0));
        assert_eq!(of(123, 123, 62.0, all), Some(0));
        assert_eq!(of(124, 124, 62.0, all), Some(1));
        assert_eq!(of(1000, 1000, 62.0, all), Some(4));
        assert_eq!(of(1000, 1000, 62.0, [0.0, 0.0, 0.1, 0.1]), Some(0));
        assert_eq!(of(5000, 10, 62.0, all), Some(1), "a long strip is halved to fit a texture");
        assert_eq!(of(0, 10, 62.0, all), None);
    }
}
