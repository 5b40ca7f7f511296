//! Text on the GPU: glyphon's atlas, and one renderer for all texts that are drawn in one call.

use glyphon::{
    ColorMode, PrepareError, Resolution, SwashCache, TextArea, TextAtlas, TextBounds, TextRenderer, Viewport,
};

use super::waiting::Held;
use crate::scene::{Fonts, Text};

/// Glyphs of larger type would fill the atlas for good (it never shrinks); they are left out.
const MAX_TYPE_PX: f32 = 1400.0;
/// Renderers that are kept although no layer needs them.
const SPARE: usize = 8;
/// After so many frames the atlas begins anew as soon as nothing moves: it only ever grows, and what goes leaves gaps that
/// fewer and fewer glyphs fit into.
const AGED: u32 = 1000;
/// After so many it does in any case: half a minute of unbroken motion. Much later its texture has grown to 16 MB.
const OLD: u32 = 2 * AGED;
/// The age of an atlas in its first frame.
const FRESH: u32 = 1;
/// Where even an empty atlas had no room, the next is tried after so many frames.
const PATIENCE: u32 = 1000;

/// The atlas and the renderers.
pub(super) struct Texts {
    cache: glyphon::Cache,
    format: wgpu::TextureFormat,
    /// Frames since the atlas was empty.
    pub age: u32,
    /// Something was left out of this frame.
    left_out: bool,
    /// Beyond this age an empty atlas may help.
    patience: u32,
    /// So many times more there is no room.
    #[cfg(test)]
    pub full: u32,
    atlas: TextAtlas,
    viewport: Viewport,
    swash: SwashCache,
    pool: Vec<TextRenderer>,
    used: usize,
    /// Said since it was last all right.
    warned: bool,
}

impl Texts {
    pub fn new(device: &wgpu::Device, queue: &wgpu::Queue, format: wgpu::TextureFormat) -> Texts {
        let cache = glyphon::Cache::new(device);
        let viewport = Viewport::new(device, &cache);
        let atlas = atlas(device, queue, &cache, format);
        let (swash, pool) = (SwashCache::new(), Vec::new());
        Texts {
            cache,
            format,
            age: 0,
            left_out: false,
            patience: FRESH,
            #[cfg(test)]
            full: 0,
            atlas,
            viewport,
            swash,
            pool,
            used: 0,
            warned: false,
        }
    }

    /// Begins with an empty atlas.
    pub fn renew(&mut self, device: &wgpu::Device, queue: &wgpu::Queue) {
        self.atlas = atlas(device, queue, &self.cache, self.format);
        self.pool.clear();
        (self.age, self.patience) = (0, FRESH);
    }

    /// Whether the atlas has served long enough to begin anew at rest.
    pub fn aged(&self) -> bool {
        self.age >= AGED
    }

    /// Whether it has served so long that it does not wait for rest.
    pub fn old(&self) -> bool {
        self.age >= OLD
    }

    /// Whether the frame lacks a text that an empty atlas might have room for.
    pub fn gave_up(&self) -> bool {
        self.left_out && self.age > self.patience
    }

    pub fn begin_frame(&mut self, queue: &wgpu::Queue, size: [u32; 2]) {
        self.used = 0;
        self.left_out = false;
        self.age = self.age.saturating_add(1);
        self.viewport.update(queue, Resolution { width: size[0], height: size[1] });
    }

    /// Prepares the texts of one call; `None` when there is nothing to draw. Whatever finds no room in the atlas is left
    /// out, largest first.
    pub fn prepare<'t>(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        fonts: &mut Fonts,
        texts: impl Iterator<Item = Held<'t>>,
    ) -> Option<usize> {
        let mut texts: Vec<Held> = texts.filter(|h| h.text.color.0[3] > 0 && px(h.text) <= MAX_TYPE_PX).collect();
        if self.used == self.pool.len() {
            self.pool.push(TextRenderer::new(&mut self.atlas, device, wgpu::MultisampleState::default(), None));
        }
        while !texts.is_empty() {
            let areas = texts.iter().map(area);
            let renderer = &mut self.pool[self.used];
            let system = &mut fonts.system;
            let prepared =
                renderer.prepare(device, queue, system, &mut self.atlas, &self.viewport, areas, &mut self.swash);
            #[cfg(test)]
            let prepared = match self.full {
                0 => prepared,
                _ => {
                    self.full -= 1;
                    Err(PrepareError::AtlasFull)
                }
            };
            match prepared {
                Ok(()) => {
                    self.used += 1;
                    return Some(self.used - 1);
                }
                Err(PrepareError::AtlasFull) => {
                    let largest = (0..texts.len()).max_by(|&a, &b| px(texts[a].text).total_cmp(&px(texts[b].text)))?;
                    let left_out = texts.remove(largest);
                    self.left_out = true;
                    if self.age == FRESH {
                        self.patience = PATIENCE;
                    }
                    if self.age <= self.patience && !std::mem::replace(&mut self.warned, true) {
                        tracing::warn!("no room for more glyphs: \"{}\" is not drawn", left_out.text.run.text());
                    }
                }
            }
        }
        None
    }

    /// Draws what `prepare` gave this index to.
    pub fn draw(&self, index: usize, pass: &mut wgpu::RenderPass<'_>) {
        if let Err(e) = self.pool[index].render(&self.atlas, &self.viewport, pass) {
            tracing::error!("text is not drawn: {e}");
        }
    }

    /// Lets go of glyphs that this frame did not show.
    pub fn end_frame(&mut self) {
        self.warned &= self.left_out;
        self.atlas.trim();
        self.pool.truncate(self.used.max(SPARE));
    }
}

fn atlas(device: &wgpu::Device, queue: &wgpu::Queue, cache: &glyphon::Cache, format: wgpu::TextureFormat) -> TextAtlas {
    TextAtlas::with_color_mode(device, queue, cache, format, ColorMode::Web)
}

/// Font size in device pixels.
fn px(text: &Text) -> f32 {
    text.run.size() * text.scale
}

fn area<'t>(held: &Held<'t>) -> TextArea<'t> {
    let Held { text, clip: [left, top, right, bottom], .. } = *held;
    let [r, g, b, a] = text.color.0;
    TextArea {
        buffer: &text.run.buffer,
        left: text.x,
        // glyphon adds the baseline again, rounded just so: the letters stand on `y` exactly.
        top: text.y as f32 - (text.run.baseline * text.scale).round(),
        scale: text.scale,
        bounds: TextBounds { left, top, right, bottom },
        default_color: glyphon::Color::rgba(r, g, b, a),
        custom_glyphs: &[],
    }
}
