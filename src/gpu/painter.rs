//! Paints scenes: prepares every pass of a frame, uploads once, then records the passes.

use std::ops::Range;
use std::sync::Arc;

use super::backdrop::Backdrops;
use super::batch::{Batch, Geometry, Source, Step};
use super::blit::BlitPipelines;
use super::device::Device;
use super::fill::FillPipelines;
use super::layer_cache::{LayerCache, Plan};
use super::picture::Pictures;
use super::snapshots::Snapshots;
use super::target::{RenderTarget, RenderTexture, begin_pass};
use super::text::TextRenderers;
use super::text_batcher::{TextBatcher, VisibleText};
use super::vertex_buffer::{Part, VertexBuffer};
use super::warm_up::{self, WarmUp};
use crate::scene::{Fonts, Item, Layer, Scene};

/// Snapshots inside of snapshots beyond this depth are not painted.
const MAX_DEPTH: u32 = 3;

/// Pipelines and caches for targets of one format.
pub(super) struct Painter {
    fills: FillPipelines,
    blit: BlitPipelines,
    pictures: Pictures,
    pub backdrops: Backdrops,
    pub texts: TextRenderers,
    snapshots: Snapshots,
    cache: LayerCache,
    cache_texture: Option<([u32; 2], RenderTexture)>,
    geometry: Geometry,
    vertices: VertexBuffer,
    /// Copy whole textures instead of drawing them: a third of the cost on a processor, but dearer than drawing on a GPU
    /// that renders in tiles.
    pub copy_whole: bool,
}

/// What a pass paints on.
enum PassTarget {
    Backdrop(usize),
    Snapshot(usize),
    LayerCache,
    Frame,
}

/// The passes of a frame.
pub(super) struct Prepared(Vec<Pass>);

impl Prepared {
    /// A frame into which nothing is painted.
    pub fn nothing() -> Prepared {
        Prepared(Vec::new())
    }
}

struct Pass {
    target: PassTarget,
    clear: bool,
    steps: Vec<Step>,
}

impl Painter {
    pub fn new(device: &Device, format: wgpu::TextureFormat) -> Painter {
        let (gpu, queue) = (&device.device, &device.queue);
        Painter {
            fills: FillPipelines::new(gpu, format),
            blit: BlitPipelines::new(gpu, format),
            pictures: Pictures::new(gpu, format),
            backdrops: Backdrops::new(gpu, format, device.software),
            texts: TextRenderers::new(gpu, queue, format),
            snapshots: Snapshots::default(),
            cache: LayerCache::default(),
            cache_texture: None,
            geometry: Geometry::default(),
            vertices: VertexBuffer::default(),
            copy_whole: device.software,
        }
    }

    pub fn blit(&self) -> &BlitPipelines {
        &self.blit
    }

    /// Whether the screen shows this scene already.
    pub fn shows(&self, scene: &Scene) -> bool {
        self.cache.shows(scene)
    }

    /// Says that the screen no longer shows the last frame: the next is painted even if it is the same.
    pub fn screen_lost(&mut self) {
        self.cache.screen_lost();
    }

    /// Drops all cached pixels: after a failed frame they may never have been painted.
    pub fn clear_caches(&mut self) {
        self.cache.clear();
        self.snapshots.clear();
        self.backdrops.clear();
        self.pictures.clear();
    }

    /// Prepares a picture, uploads what it needs and returns its passes. Uses no cached layers.
    pub fn prepare(&mut self, device: &Device, scene: &Scene, fonts: &mut Fonts) -> Prepared {
        let layers: Vec<&Layer> = scene.layers.iter().collect();
        let mut passes_of = |painter: &mut Painter| {
            let mut passes = Vec::new();
            let steps = painter.steps(device, scene.size, &layers, None, fonts, &mut passes, 0);
            passes.push(Pass { target: PassTarget::Frame, clear: true, steps });
            passes
        };
        self.begin_frame(device, scene.size);
        let mut passes = passes_of(self);
        if self.texts.wants_reset() {
            self.reset_atlas(device);
            self.clear_caches();
            self.begin_frame(device, scene.size);
            passes = passes_of(self);
        }
        self.vertices.write(device, &self.geometry.fills, &self.geometry.quads);
        Prepared(passes)
    }

    /// As [`Painter::prepare`], for the next frame on the screen: layers that do not change are painted once and cached. The
    /// pixels are the same.
    pub fn prepare_next(&mut self, device: &Device, scene: Scene, fonts: &mut Fonts) -> Prepared {
        self.begin_frame(device, scene.size);
        let plan = self.cache.next_frame(scene);
        let mut passes = self.cached_passes(device, &plan, fonts);
        if self.texts.wants_reset() {
            self.reset_atlas(device);
            self.begin_frame(device, self.cache.size());
            let plan = self.cache.replan();
            passes = self.cached_passes(device, &plan, fonts);
        }
        self.vertices.write(device, &self.geometry.fills, &self.geometry.quads);
        Prepared(passes)
    }

    /// Empties a glyph atlas that has no room because old glyphs left gaps. The passes prepared so far are never recorded,
    /// so the textures that they would paint go too.
    fn reset_atlas(&mut self, device: &Device) {
        self.texts.reset_atlas(&device.device, &device.queue);
        self.snapshots.clear();
        self.backdrops.clear();
        self.pictures.clear();
    }

    fn begin_frame(&mut self, device: &Device, size: [u32; 2]) {
        if self.texts.must_reset() {
            self.texts.reset_atlas(&device.device, &device.queue);
        }
        self.geometry.clear();
        self.texts.begin_frame(&device.queue, size);
        self.pictures.begin_frame();
        self.backdrops.begin_frame();
    }

    fn cached_passes(&mut self, device: &Device, plan: &Plan, fonts: &mut Fonts) -> Vec<Pass> {
        let (size, cache) = (self.cache.size(), std::mem::take(&mut self.cache));
        let pick = |of: &[usize]| of.iter().map(|&i| &cache.layers()[i]).collect::<Vec<_>>();
        let mut passes = Vec::new();
        if !plan.add.is_empty() {
            let steps = self.steps(device, size, &pick(&plan.add), None, fonts, &mut passes, 0);
            passes.push(Pass { target: PassTarget::LayerCache, clear: plan.clear, steps });
        }
        if plan.use_cache && self.cache_texture.as_ref().is_none_or(|(was, _)| *was != size) {
            self.cache_texture = Some((size, self.blit.texture(&device.device, "layer cache", size)));
        }
        let start = plan.use_cache.then_some(Source::LayerCache);
        let steps = self.steps(device, size, &pick(&plan.rest), start, fonts, &mut passes, 0);
        passes.push(Pass { target: PassTarget::Frame, clear: true, steps });
        self.cache = cache;
        passes
    }

    /// Records the passes of a frame that ends on `frame`.
    pub fn record(&mut self, encoder: &mut wgpu::CommandEncoder, Prepared(passes): Prepared, frame: RenderTarget<'_>) {
        for pass in &passes {
            let target = match pass.target {
                PassTarget::Backdrop(index) => self.backdrops.texture(index).target(),
                PassTarget::Snapshot(index) => self.snapshots.texture(index).target(),
                PassTarget::LayerCache => self.cache_texture.as_ref().map_or(frame, |(_, texture)| texture.target()),
                PassTarget::Frame => frame,
            };
            self.draw(encoder, target, pass);
        }
        self.texts.end_frame();
        self.pictures.end_frame();
        self.backdrops.end_frame();
        self.snapshots.end_frame();
    }

    /// Makes the driver compile the shaders of every picture. A software renderer compiles on a thread of its own, and takes
    /// longer for it than for the picture.
    pub fn warm_up(&mut self, device: &Device, what: WarmUp, fonts: &mut Fonts) {
        let scene = warm_up::scene(what, fonts);
        let texture = self.blit.texture(&device.device, "warm-up", scene.size);
        let mut encoder = device.device.create_command_encoder(&Default::default());
        let prepared = self.prepare(device, &scene, fonts);
        self.record(&mut encoder, prepared, texture.target());
        device.queue.submit([encoder.finish()]);
    }

    /// Drops old glyphs and rasterises those of the last frame again. Call it while nothing moves.
    pub fn trim(&mut self, device: &Device, fonts: &mut Fonts) {
        if !self.texts.may_reset() {
            return;
        }
        let (gpu, queue) = (&device.device, &device.queue);
        self.texts.reset_atlas(gpu, queue);
        self.texts.begin_frame(queue, self.cache.size());
        let texts = self.cache.layers().iter().flat_map(|layer| &layer.items).filter_map(|item| match item {
            Item::Text(text) => VisibleText::new(text, text.clip),
            _ => None,
        });
        self.texts.prepare(gpu, queue, fonts, texts);
        self.texts.end_frame();
    }

    /// Paints a backdrop on the processor before the display gives a texture, which may take a while.
    pub fn prepare_backdrop(&mut self, device: &Device, scene: &Scene) {
        for item in scene.layers.iter().flat_map(|layer| &layer.items) {
            if let Item::Backdrop(backdrop) = item
                && self.backdrops.on_cpu
            {
                self.backdrops.prepare(&device.device, &device.queue, &self.blit, backdrop, scene.size);
            }
        }
    }

    /// The steps that paint `layers` over `start`. Adds the passes that must come first to `passes`.
    #[expect(clippy::too_many_arguments, reason = "one call site and its recursion")]
    fn steps(
        &mut self,
        device: &Device,
        size: [u32; 2],
        layers: &[&Layer],
        start: Option<Source>,
        fonts: &mut Fonts,
        passes: &mut Vec<Pass>,
        depth: u32,
    ) -> Vec<Step> {
        let mut snapshots = Vec::new();
        for item in layers.iter().flat_map(|l| &l.items) {
            if let Item::Snapshot(f) = item {
                snapshots.push(self.prepare_snapshot(device, size, &f.layers, fonts, passes, depth));
            }
        }
        let mut snapshots = snapshots.into_iter();
        let Painter { pictures, backdrops, blit, texts, geometry, .. } = self;
        let (gpu, queue) = (&device.device, &device.queue);
        let mut batch = Batch::new(geometry, size);
        if let Some(source) = start {
            batch.full_target(source);
        }
        let mut batcher = TextBatcher::default();
        let mut flush_text = |batcher: &mut TextBatcher, batch: &mut Batch| {
            if let Some(index) = texts.prepare(gpu, queue, fonts, batcher.drain()) {
                batch.text(index);
            }
        };
        for layer in layers {
            for item in &layer.items {
                if !matches!(item, Item::Text(_)) && batcher.must_flush_before(item) {
                    flush_text(&mut batcher, &mut batch);
                }
                match item {
                    Item::Poly(poly) => batch.poly(poly),
                    Item::SoftBox(soft) => batch.soft_box(soft),
                    Item::Backdrop(b) => {
                        let (index, needs_pass) = backdrops.prepare(gpu, queue, blit, b, size);
                        if needs_pass {
                            passes.push(Pass { target: PassTarget::Backdrop(index), clear: true, steps: Vec::new() });
                        }
                        batch.full_target(Source::Backdrop(index));
                    }
                    Item::Picture(p) => {
                        if let Some((index, opaque)) = pictures.prepare(gpu, queue, p, device.max_side) {
                            batch.picture(p, Source::Picture(index), !opaque);
                        }
                    }
                    Item::Snapshot(f) => {
                        if let Some(index) = snapshots.next().flatten() {
                            batch.snapshot(&f.window, Source::Snapshot(index));
                        }
                    }
                    Item::Text(_) => {}
                }
            }
            batcher.add(layer);
        }
        if !batcher.is_empty() {
            flush_text(&mut batcher, &mut batch);
        }
        batch.finish()
    }

    /// The index of a snapshot's texture; adds the pass that paints it unless it is cached.
    fn prepare_snapshot(
        &mut self,
        device: &Device,
        size: [u32; 2],
        layers: &Arc<Vec<Layer>>,
        fonts: &mut Fonts,
        passes: &mut Vec<Pass>,
        depth: u32,
    ) -> Option<usize> {
        if depth >= MAX_DEPTH {
            tracing::error!("snapshots are nested more than {MAX_DEPTH} deep");
            return None;
        }
        let (index, needs_pass) = self.snapshots.prepare(&device.device, &self.blit, layers, size);
        if needs_pass {
            let layers: Vec<&Layer> = layers.iter().collect();
            let steps = self.steps(device, size, &layers, None, fonts, passes, depth + 1);
            passes.push(Pass { target: PassTarget::Snapshot(index), clear: true, steps });
        }
        Some(index)
    }

    fn draw(&self, encoder: &mut wgpu::CommandEncoder, target: RenderTarget<'_>, pass: &Pass) {
        let (mut clear, mut steps) = (pass.clear, &pass.steps[..]);
        if let [Step::FullTarget(source, _), rest @ ..] = steps
            && self.copy_whole
            && let Some(texture) = self.texture(*source)
            && texture.copy(encoder, target.texture)
        {
            (clear, steps) = (false, rest);
            if rest.is_empty() {
                return;
            }
        }
        let load = if clear { wgpu::LoadOp::Clear(wgpu::Color::BLACK) } else { wgpu::LoadOp::Load };
        let mut open = begin_pass(encoder, target.view, load);
        if let PassTarget::Backdrop(index) = pass.target {
            self.backdrops.paint(index, &mut open);
        }
        // Consecutive fills set pipeline and buffer once.
        let mut set = None;
        for step in steps {
            let was = set.take();
            match step {
                Step::Fill { blend, range } => {
                    if was != Some(*blend) {
                        open.set_pipeline(self.fills.pipeline(*blend));
                    }
                    if was.is_none() {
                        self.vertices.bind(Part::Fills, &mut open);
                    }
                    open.draw(range.clone(), 0..1);
                    set = Some(*blend);
                }
                Step::Quad { source, blend, range } => {
                    self.quads(*source, *blend, range.clone(), &mut open);
                }
                Step::FullTarget(source, start) => self.quads(*source, false, *start..*start + 6, &mut open),
                Step::Text(index) => self.texts.draw(*index, &mut open),
            }
        }
    }

    fn quads(&self, source: Source, blend: bool, range: Range<u32>, pass: &mut wgpu::RenderPass<'_>) {
        match (source, self.texture(source)) {
            (Source::Picture(index), _) => self.pictures.set(index, blend, pass),
            (_, Some(texture)) => self.blit.set(texture, blend, pass),
            (_, None) => return,
        }
        self.vertices.bind(Part::Quads, pass);
        pass.draw(range, 0..1);
    }

    fn texture(&self, source: Source) -> Option<&RenderTexture> {
        match source {
            Source::Picture(_) => None,
            Source::Snapshot(index) => Some(self.snapshots.texture(index)),
            Source::Backdrop(index) => Some(self.backdrops.texture(index)),
            Source::LayerCache => self.cache_texture.as_ref().map(|(_, texture)| texture),
        }
    }
}
