//! Caches pictures as textures, one for each picture and size; drops or reuses the least recently shown.

use image::RgbaImage;

use super::batch::QuadVertex;
use super::pipeline::{Shader, texture, texture_entry};
use crate::scene::Picture;

/// Memory of all pictures together, apart from those that a frame paints: a few slides of faces. Uploading a picture again
/// takes less than a frame, and a small box has no memory for all faces of a large floor.
const BUDGET_BYTES: u64 = 16 << 20;

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
    /// How many times it was halved before upload.
    level: u32,
    texture: PictureTexture,
    opaque: bool,
    /// Number of the frame that painted it last. A frame does not paint cached layers.
    last_painted: u64,
}

struct PictureTexture {
    texture: wgpu::Texture,
    bindings: wgpu::BindGroup,
}

impl PictureTexture {
    fn size(&self) -> [u32; 2] {
        [self.texture.width(), self.texture.height()]
    }

    fn bytes(&self) -> u64 {
        bytes(self.size())
    }
}

fn bytes(size: [u32; 2]) -> u64 {
    u64::from(TEXEL) * u64::from(size[0]) * u64::from(size[1])
}

/// Bytes of a pixel.
const TEXEL: u32 = 4;

/// A picture as its texture has it: premultiplied, so that transparent pixels lend no colour to their neighbours when
/// filtered, and halved so many times. And whether nothing shines through it.
fn premultiplied(image: &RgbaImage, level: u32) -> (RgbaImage, bool) {
    let (mut image, mut opaque) = (image.clone(), true);
    for pixel in image.pixels_mut() {
        let [colours @ .., alpha] = &mut pixel.0;
        let a = u16::from(*alpha);
        opaque &= a == 255;
        for c in colours {
            *c = ((u16::from(*c) * a + 127) / 255) as u8;
        }
    }
    if level > 0 {
        let [w, h] = [image.width(), image.height()].map(|s| (s >> level).max(1));
        image = image::imageops::resize(&image, w, h, image::imageops::FilterType::Triangle);
    }
    (image, opaque)
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

    /// The index of the picture's texture, and whether the picture is opaque; uploads it if it is new. `None` for a picture
    /// without pixels.
    pub fn prepare(
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
        entry.last_painted = self.frame;
        Some((index, entry.opaque && picture.alpha == 255))
    }

    /// Returns the index of the texture.
    fn upload(&mut self, device: &wgpu::Device, queue: &wgpu::Queue, picture: &Picture, level: u32) -> usize {
        let (image, opaque) = premultiplied(picture.pixels.image(), level);
        let (w, h) = image.dimensions();
        let size = [w, h];
        let index = self.reusable(size).unwrap_or_else(|| {
            let texture = self.create_texture(device, size);
            self.entries.push(Entry { key: String::new(), level, texture, opaque, last_painted: 0 });
            self.entries.len() - 1
        });
        let entry = &mut self.entries[index];
        entry.key.clone_from(&picture.key);
        (entry.level, entry.opaque) = (level, opaque);
        let texture = &entry.texture.texture;
        queue.write_texture(
            texture.as_image_copy(),
            &image,
            wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(TEXEL * w), rows_per_image: None },
            texture.size(),
        );
        index
    }

    fn create_texture(&self, device: &wgpu::Device, size: [u32; 2]) -> PictureTexture {
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
        PictureTexture { texture, bindings }
    }

    /// Where a new texture of this size would go beyond the budget: the least recently painted one of the same size, to be
    /// overwritten, so that memory does not fragment while faces change. Never one that the last frame painted.
    fn reusable(&self, size: [u32; 2]) -> Option<usize> {
        if self.bytes() + bytes(size) <= BUDGET_BYTES {
            return None;
        }
        let free = |&i: &usize| self.entries[i].texture.size() == size && self.entries[i].last_painted + 1 < self.frame;
        (0..self.entries.len()).filter(free).min_by_key(|&i| self.entries[i].last_painted)
    }

    fn bytes(&self) -> u64 {
        self.entries.iter().map(|e| e.texture.bytes()).sum()
    }

    pub fn set(&self, index: usize, blend: bool, pass: &mut wgpu::RenderPass<'_>) {
        pass.set_pipeline(if blend { &self.blend } else { &self.opaque });
        pass.set_bind_group(0, &self.entries[index].texture.bindings, &[]);
    }

    /// Call it after a frame whose uploads may have failed: a reused texture may still show another face.
    pub fn clear(&mut self) {
        self.entries.clear();
    }

    /// Drops the least recently painted textures beyond the budget, never those that this frame painted.
    pub fn end_frame(&mut self) {
        let mut bytes = self.bytes();
        while bytes > BUDGET_BYTES
            && let Some(index) = (0..self.entries.len()).min_by_key(|&i| self.entries[i].last_painted)
            && self.entries[index].last_painted < self.frame
        {
            bytes -= self.entries.swap_remove(index).texture.bytes();
        }
    }
}

/// How many times the picture is halved before upload, so that bilinear filtering is enough.
fn level(picture: &Picture, max_side: u32) -> Option<u32> {
    let [w, h] = picture.pixels.size();
    let (rect, uv) = (picture.rect, picture.uv);
    if w == 0 || h == 0 || rect.is_empty() {
        return None;
    }
    // Pixels of the picture per pixel of the target.
    let dense = (w as f32 * uv.width().abs() / rect.width()).min(h as f32 * uv.height().abs() / rect.height());
    // With a tolerance, so that exactly half the size is halved whatever the rounding.
    let by_size = if dense > 1.0 { (dense * 1.001).log2() as u32 } else { 0 };
    let by_limit = (0..16).find(|&l| (w.max(h) >> l) <= max_side).unwrap_or(16);
    Some(by_size.max(by_limit).min(15))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Pixels, Points, Rect};

    #[test]
    fn beyond_the_budget_textures_are_reused() {
        let Some((gpu, _)) = super::super::tests::open() else { return };
        let (device, queue) = (&gpu.device.device, &gpu.device.queue);
        let mut pictures = Pictures::new(device, wgpu::TextureFormat::Rgba8Unorm);
        let image = std::sync::Arc::new(image::RgbaImage::new(1024, 1024));
        let most = (BUDGET_BYTES / bytes([1024, 1024])) as usize;
        let show = |pictures: &mut Pictures, faces: &mut dyn Iterator<Item = usize>| {
            pictures.begin_frame();
            for i in faces {
                let (rect, uv) = (Rect::new(0.0, 0.0, 102.4, 102.4), Rect::new(0.0, 0.0, 0.1, 0.1));
                let pixels = Pixels::Colour(image.clone());
                let face = Picture { key: i.to_string(), pixels, rect, uv, shape: Points::new(), alpha: 255 };
                pictures.prepare(device, queue, &face, 4096).unwrap();
            }
            pictures.end_frame();
        };
        let textures = |pictures: &Pictures| -> Vec<wgpu::Texture> {
            pictures.entries.iter().map(|e| e.texture.texture.clone()).collect()
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
        let of = |w: u32, h: u32, side: f32, uv: Rect| {
            let pixels = Pixels::Colour(std::sync::Arc::new(image::RgbaImage::new(w, h)));
            let rect = Rect::new(0.0, 0.0, side, side);
            level(&Picture { key: "p".into(), pixels, rect, uv, shape: Points::new(), alpha: 255 }, 4096)
        };
        let all = Rect::new(0.0, 0.0, 1.0, 1.0);
        assert_eq!(of(62, 62, 62.0, all), Some(0));
        assert_eq!(of(123, 123, 62.0, all), Some(0));
        assert_eq!(of(124, 124, 62.0, all), Some(1));
        assert_eq!(of(1000, 1000, 62.0, all), Some(4));
        assert_eq!(of(1000, 1000, 62.0, Rect::new(0.0, 0.0, 0.1, 0.1)), Some(0));
        assert_eq!(of(5000, 10, 62.0, all), Some(1), "a long strip is halved to fit a texture");
        assert_eq!(of(0, 10, 62.0, all), None);
    }
}
