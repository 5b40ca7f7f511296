//! Text on the GPU: glyphon's atlas, and one renderer for each layer that has text.

use glyphon::{
    ColorMode, PrepareError, Resolution, SwashCache, TextArea, TextAtlas, TextBounds, TextRenderer, Viewport,
};

use crate::scene::{Fonts, Text};

/// Glyphs of larger type would fill the atlas for good (it never shrinks); they are left out.
const MAX_TYPE_PX: f32 = 1400.0;
/// Renderers that are kept although no layer needs them.
const SPARE: usize = 8;

/// The atlas and the renderers.
pub(super) struct Texts {
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
        let atlas = TextAtlas::with_color_mode(device, queue, &cache, format, ColorMode::Web);
        Texts { atlas, viewport, swash: SwashCache::new(), pool: Vec::new(), used: 0, warned: false }
    }

    pub fn begin_frame(&mut self, queue: &wgpu::Queue, size: [u32; 2]) {
        self.used = 0;
        self.viewport.update(queue, Resolution { width: size[0], height: size[1] });
    }

    /// Prepares the texts of one layer; `None` when there is nothing to draw. Whatever finds no room in the atlas is left
    /// out, largest first.
    pub fn prepare<'t>(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        fonts: &mut Fonts,
        texts: impl Iterator<Item = &'t Text>,
    ) -> Option<usize> {
        let mut texts: Vec<&Text> = texts.filter(|t| t.color.0[3] > 0 && px(t) <= MAX_TYPE_PX).collect();
        if self.used == self.pool.len() {
            self.pool.push(TextRenderer::new(&mut self.atlas, device, wgpu::MultisampleState::default(), None));
        }
        while !texts.is_empty() {
            let areas = texts.iter().map(|t| area(t));
            let renderer = &mut self.pool[self.used];
            let system = &mut fonts.system;
            match renderer.prepare(device, queue, system, &mut self.atlas, &self.viewport, areas, &mut self.swash) {
                Ok(()) => {
                    self.used += 1;
                    return Some(self.used - 1);
                }
                Err(PrepareError::AtlasFull) => {
                    let largest = (0..texts.len()).max_by(|&a, &b| px(texts[a]).total_cmp(&px(texts[b])))?;
                    let left_out = texts.remove(largest);
                    if !std::mem::replace(&mut self.warned, true) {
                        tracing::warn!("no room for more glyphs: \"{}\" is not drawn", left_out.run.text());
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
        self.atlas.trim();
        self.pool.truncate(self.used.max(SPARE));
    }
}

/// Font size in device pixels.
fn px(text: &Text) -> f32 {
    text.run.size() * text.scale
}

fn area(text: &Text) -> TextArea<'_> {
    let [left, top, right, bottom] = text.clip;
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
