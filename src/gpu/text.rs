//! Draws text with glyphon: owns the glyph atlas and one renderer for each batch.

use glyphon::{
    ColorMode, PrepareError, Resolution, SwashCache, TextArea, TextAtlas, TextBounds, TextRenderer, Viewport,
};

use super::text_batcher::VisibleText;
use crate::scene::{Fonts, PixelRect, Text};

/// Larger type is not drawn: its glyphs would fill the atlas for good, since it never shrinks.
const MAX_TYPE_PX: f32 = 1400.0;
/// Renderers to keep for later frames.
const MIN_POOL: usize = 8;
/// Frames after which the atlas is emptied as soon as nothing moves. It only grows, and dropped glyphs leave gaps that fewer
/// and fewer glyphs fit into.
const RESET_AT_REST_AFTER: u32 = 1000;
/// Frames after which it is emptied even while things move: half a minute of motion. Much later it has grown to 16 MB.
const RESET_AFTER: u32 = 2 * RESET_AT_REST_AFTER;
/// The age of an atlas in its first frame.
const FIRST_FRAME: u32 = 1;
/// When even an empty atlas had no room, the next is tried after so many frames.
const RETRY_AFTER: u32 = 1000;

pub(super) struct TextRenderers {
    cache: glyphon::Cache,
    format: wgpu::TextureFormat,
    /// Frames since the atlas was empty.
    pub age: u32,
    /// A text of this frame had no room.
    left_out: bool,
    /// An atlas of a greater age may have room once it is emptied.
    retry_after: u32,
    /// Pretend that the atlas is full for so many calls.
    #[cfg(test)]
    pub pretend_full: u32,
    atlas: TextAtlas,
    viewport: Viewport,
    swash: SwashCache,
    pool: Vec<TextRenderer>,
    used: usize,
    /// Warned since the last frame with room for all.
    warned: bool,
}

impl TextRenderers {
    pub fn new(device: &wgpu::Device, queue: &wgpu::Queue, format: wgpu::TextureFormat) -> TextRenderers {
        let cache = glyphon::Cache::new(device);
        let viewport = Viewport::new(device, &cache);
        let atlas = atlas(device, queue, &cache, format);
        let (swash, pool) = (SwashCache::new(), Vec::new());
        TextRenderers {
            cache,
            format,
            age: 0,
            left_out: false,
            retry_after: FIRST_FRAME,
            #[cfg(test)]
            pretend_full: 0,
            atlas,
            viewport,
            swash,
            pool,
            used: 0,
            warned: false,
        }
    }

    /// Replaces the atlas by an empty one.
    pub fn reset_atlas(&mut self, device: &wgpu::Device, queue: &wgpu::Queue) {
        self.atlas = atlas(device, queue, &self.cache, self.format);
        self.pool.clear();
        (self.age, self.retry_after) = (0, FIRST_FRAME);
    }

    /// Whether the atlas is old enough to be emptied while nothing moves.
    pub fn may_reset(&self) -> bool {
        self.age >= RESET_AT_REST_AFTER
    }

    /// Whether it is so old that it must be emptied now.
    pub fn must_reset(&self) -> bool {
        self.age >= RESET_AFTER
    }

    /// Whether a text had no room that an empty atlas may have room for.
    pub fn wants_reset(&self) -> bool {
        self.left_out && self.age > self.retry_after
    }

    pub fn begin_frame(&mut self, queue: &wgpu::Queue, size: [u32; 2]) {
        self.used = 0;
        self.left_out = false;
        self.age = self.age.saturating_add(1);
        self.viewport.update(queue, Resolution { width: size[0], height: size[1] });
    }

    /// Prepares one batch; `None` when there is nothing to draw. While the atlas has no room, drops the largest text.
    pub fn prepare<'t>(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        fonts: &mut Fonts,
        texts: impl Iterator<Item = VisibleText<'t>>,
    ) -> Option<usize> {
        let mut texts: Vec<VisibleText> =
            texts.filter(|t| t.text.color.0[3] > 0 && px(t.text) <= MAX_TYPE_PX).collect();
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
            let prepared = match self.pretend_full {
                0 => prepared,
                _ => {
                    self.pretend_full -= 1;
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
                    if self.age == FIRST_FRAME {
                        self.retry_after = RETRY_AFTER;
                    }
                    if self.age <= self.retry_after && !std::mem::replace(&mut self.warned, true) {
                        tracing::warn!("no room for more glyphs: \"{}\" is not drawn", left_out.text.run.text());
                    }
                }
            }
        }
        None
    }

    /// Draws the batch that `prepare` returned this index for.
    pub fn draw(&self, index: usize, pass: &mut wgpu::RenderPass<'_>) {
        if let Err(e) = self.pool[index].render(&self.atlas, &self.viewport, pass) {
            tracing::error!("text is not drawn: {e}");
        }
    }

    /// Lets the atlas reuse the room of glyphs that this frame did not show.
    pub fn end_frame(&mut self) {
        self.warned &= self.left_out;
        self.atlas.trim();
        self.pool.truncate(self.used.max(MIN_POOL));
    }
}

fn atlas(device: &wgpu::Device, queue: &wgpu::Queue, cache: &glyphon::Cache, format: wgpu::TextureFormat) -> TextAtlas {
    TextAtlas::with_color_mode(device, queue, cache, format, ColorMode::Web)
}

/// Font size in device pixels.
fn px(text: &Text) -> f32 {
    text.run.size() * text.scale
}

fn area<'t>(text: &VisibleText<'t>) -> TextArea<'t> {
    let VisibleText { text, clip: PixelRect { x0: left, y0: top, x1: right, y1: bottom }, .. } = *text;
    let [r, g, b, a] = text.color.0;
    TextArea {
        buffer: &text.run.buffer,
        left: text.x,
        // glyphon adds the baseline again, rounded the same way, so that the letters stand on `y` exactly.
        top: text.y as f32 - (text.run.baseline * text.scale).round(),
        scale: text.scale,
        bounds: TextBounds { left, top, right, bottom },
        default_color: glyphon::Color::rgba(r, g, b, a),
        custom_glyphs: &[],
    }
}
