//! Paints a scene: prepares every pass of the frame, uploads once, then draws them into one encoder.

use std::ops::Range;
use std::sync::Arc;

use super::backdrop::Backdrops;
use super::batch::{Batch, Sheet, Source, Step};
use super::copy::{Canvas, Copies};
use super::device::Device;
use super::fill::Fills;
use super::frozen::Frozens;
use super::kept::{Kept, Plan};
use super::picture::Pictures;
use super::text::Texts;
use super::upload::{Part, Vertices};
use super::waiting::{Held, Waiting};
use super::warm_up::{self, WarmUp};
use crate::scene::{Fonts, Item, Layer, Scene};

/// Snapshot pictures in frozen pictures: deeper ones are left out.
const MAX_DEPTH: u32 = 3;

/// All that is needed to paint, for targets of one format.
pub(super) struct Painter {
    fills: Fills,
    copies: Copies,
    pictures: Pictures,
    pub backdrops: Backdrops,
    pub texts: Texts,
    frozens: Frozens,
    kept: Kept,
    kept_canvas: Option<([u32; 2], Canvas)>,
    sheet: Sheet,
    vertices: Vertices,
    /// Whole textures are copied instead of drawn: a third of the cost on a processor, but more than drawing on hardware
    /// that paints in tiles.
    pub by_copy: bool,
}

/// What a frame is painted on.
#[derive(Clone, Copy)]
pub(super) struct Onto<'t> {
    pub texture: &'t wgpu::Texture,
    pub view: &'t wgpu::TextureView,
}

/// Where a pass paints.
enum Into {
    Backdrop(usize),
    Snapshot(usize),
    Kept,
    Target,
}

/// The passes of a frame.
pub(super) struct Prepared(Vec<Pass>);

struct Pass {
    into: Into,
    clear: bool,
    steps: Vec<Step>,
}

impl Painter {
    pub fn new(device: &Device, format: wgpu::TextureFormat) -> Painter {
        let (gpu, queue) = (&device.device, &device.queue);
        Painter {
            fills: Fills::new(gpu, format),
            copies: Copies::new(gpu, format),
            pictures: Pictures::new(gpu, format),
            backdrops: Backdrops::new(gpu, format, device.software),
            texts: Texts::new(gpu, queue, format),
            frozens: Frozens::default(),
            kept: Kept::default(),
            kept_canvas: None,
            sheet: Sheet::default(),
            vertices: Vertices::default(),
            by_copy: device.software,
        }
    }

    pub fn copies(&self) -> &Copies {
        &self.copies
    }

    /// Whether the last frame painted with `keep` looked like this.
    pub fn shows(&self, scene: &Scene) -> bool {
        self.kept.shows(scene)
    }

    /// The screen no longer shows the last frame: the next is painted even if it is the same.
    pub fn redraw(&mut self) {
        self.kept.redraw();
    }

    /// Lets go of all pixels that earlier frames left: they may never have been painted.
    pub fn forget(&mut self) {
        self.kept.forget();
        self.frozens.clear();
        self.backdrops.clear();
        self.pictures.clear();
    }

    /// Prepares a picture: all that is uploaded, and the passes to record. Everything is painted.
    pub fn prepare(&mut self, device: &Device, scene: &Scene, fonts: &mut Fonts) -> Prepared {
        let layers: Vec<&Layer> = scene.layers.iter().collect();
        let mut all = |painter: &mut Painter| {
            let mut passes = Vec::new();
            let steps = painter.steps(device, scene.size, &layers, None, fonts, &mut passes, 0);
            passes.push(Pass { into: Into::Target, clear: true, steps });
            passes
        };
        self.begin(device, scene.size);
        let mut passes = all(self);
        if self.texts.gave_up() {
            self.make_room(device);
            self.forget();
            self.begin(device, scene.size);
            passes = all(self);
        }
        self.vertices.write(device, &self.sheet.fills, &self.sheet.quads);
        Prepared(passes)
    }

    /// The same for the next frame on a screen: layers that stay the same from frame to frame are painted once, with the
    /// same result.
    pub fn prepare_next(&mut self, device: &Device, scene: Scene, fonts: &mut Fonts) -> Prepared {
        self.begin(device, scene.size);
        let plan = self.kept.next(scene);
        let mut passes = self.planned(device, &plan, fonts);
        if self.texts.gave_up() {
            self.make_room(device);
            self.begin(device, self.kept.size());
            let plan = self.kept.again();
            passes = self.planned(device, &plan, fonts);
        }
        self.vertices.write(device, &self.sheet.fills, &self.sheet.quads);
        Prepared(passes)
    }

    /// Gaps between older letters took the room: once more, without those. What was to be painted never is.
    fn make_room(&mut self, device: &Device) {
        self.texts.renew(&device.device, &device.queue);
        self.frozens.clear();
        self.backdrops.clear();
        self.pictures.clear();
    }

    fn begin(&mut self, device: &Device, size: [u32; 2]) {
        if self.texts.old() {
            self.texts.renew(&device.device, &device.queue);
        }
        self.sheet.clear();
        self.texts.begin_frame(&device.queue, size);
        self.pictures.begin_frame();
        self.backdrops.begin_frame();
    }

    fn planned(&mut self, device: &Device, plan: &Plan, fonts: &mut Fonts) -> Vec<Pass> {
        let (size, kept) = (self.kept.size(), std::mem::take(&mut self.kept));
        let pick = |of: &[usize]| of.iter().map(|&i| &kept.layers()[i]).collect::<Vec<_>>();
        let mut passes = Vec::new();
        if !plan.add.is_empty() {
            let steps = self.steps(device, size, &pick(&plan.add), None, fonts, &mut passes, 0);
            passes.push(Pass { into: Into::Kept, clear: plan.anew, steps });
        }
        if plan.kept && self.kept_canvas.as_ref().is_none_or(|(was, _)| *was != size) {
            self.kept_canvas = Some((size, self.copies.canvas(&device.device, "kept", size)));
        }
        let start = plan.kept.then_some(Source::Kept);
        let steps = self.steps(device, size, &pick(&plan.rest), start, fonts, &mut passes, 0);
        passes.push(Pass { into: Into::Target, clear: true, steps });
        self.kept = kept;
        passes
    }

    /// Records what was prepared last, onto `target`.
    pub fn record(&mut self, encoder: &mut wgpu::CommandEncoder, Prepared(passes): Prepared, target: Onto<'_>) {
        for pass in &passes {
            let onto = match pass.into {
                Into::Backdrop(index) => self.backdrops.canvas(index).onto(),
                Into::Snapshot(index) => self.frozens.canvas(index).onto(),
                Into::Kept => self.kept_canvas.as_ref().map_or(target, |(_, c)| c.onto()),
                Into::Target => target,
            };
            self.draw(encoder, onto, pass);
        }
        self.texts.end_frame();
        self.pictures.end_frame();
        self.backdrops.end_frame();
        self.frozens.end_frame();
    }

    /// Has the driver compile what every picture needs: a software renderer takes longer for that than for the picture,
    /// and does it on a thread of its own.
    pub fn warm_up(&mut self, device: &Device, what: WarmUp, fonts: &mut Fonts) {
        let scene = warm_up::scene(what, fonts);
        let canvas = self.copies.canvas(&device.device, "warm-up", scene.size);
        let mut encoder = device.device.create_command_encoder(&Default::default());
        let prepared = self.prepare(device, &scene, fonts);
        self.record(&mut encoder, prepared, canvas.onto());
        device.queue.submit([encoder.finish()]);
    }

    /// While nothing moves: lets go of the letters of earlier frames, and has those of the last one ready again.
    pub fn trim(&mut self, device: &Device, fonts: &mut Fonts) {
        if !self.texts.aged() {
            return;
        }
        let (gpu, queue) = (&device.device, &device.queue);
        self.texts.renew(gpu, queue);
        self.texts.begin_frame(queue, self.kept.size());
        let texts = self.kept.layers().iter().flat_map(|layer| &layer.items).filter_map(|item| match item {
            Item::Text(text) => Held::new(text, text.clip),
            _ => None,
        });
        self.texts.prepare(gpu, queue, fonts, texts);
        self.texts.end_frame();
    }

    /// Does what needs no target yet: a display may let us wait for one.
    pub fn foresee(&mut self, device: &Device, scene: &Scene) {
        for item in scene.layers.iter().flat_map(|layer| &layer.items) {
            if let Item::Backdrop(backdrop) = item
                && self.backdrops.by_hand
            {
                self.backdrops.ready(&device.device, &device.queue, &self.copies, backdrop, scene.size);
            }
        }
    }

    /// The steps that paint `layers`, after `start` if there is one; passes that must come first are added to `passes`.
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
        let mut frozens = Vec::new();
        for item in layers.iter().flat_map(|l| &l.items) {
            if let Item::Snapshot(f) = item {
                frozens.push(self.freeze(device, size, &f.layers, fonts, passes, depth));
            }
        }
        let mut frozens = frozens.into_iter();
        let Painter { pictures, backdrops, copies, texts, sheet, .. } = self;
        let (gpu, queue) = (&device.device, &device.queue);
        let mut batch = Batch::new(sheet, size);
        if let Some(source) = start {
            batch.whole(source);
        }
        let mut waiting = Waiting::default();
        let mut write = |waiting: &mut Waiting, batch: &mut Batch| {
            if let Some(index) = texts.prepare(gpu, queue, fonts, waiting.take()) {
                batch.text(index);
            }
        };
        for layer in layers {
            for item in &layer.items {
                if !matches!(item, Item::Text(_)) && waiting.under(item) {
                    write(&mut waiting, &mut batch);
                }
                match item {
                    Item::Poly(poly) => batch.poly(poly),
                    Item::SoftBox(soft) => batch.soft_box(soft),
                    Item::Backdrop(b) => {
                        let (index, fresh) = backdrops.ready(gpu, queue, copies, b, size);
                        if fresh {
                            passes.push(Pass { into: Into::Backdrop(index), clear: true, steps: Vec::new() });
                        }
                        batch.whole(Source::Backdrop(index));
                    }
                    Item::Picture(p) => {
                        if let Some((index, opaque)) = pictures.ready(gpu, queue, p, device.max_side) {
                            let (source, blend) = (Source::Picture(index), !opaque);
                            if p.shape.is_empty() {
                                batch.rect(p.rect, p.uv, f32::from(p.alpha) / 255.0, source, blend);
                            } else {
                                batch.part(&p.shape, p, source, blend);
                            }
                        }
                    }
                    Item::Snapshot(f) => {
                        if let Some(index) = frozens.next().flatten() {
                            batch.window(&f.window, Source::Snapshot(index));
                        }
                    }
                    Item::Text(_) => {}
                }
            }
            waiting.add(layer);
        }
        if !waiting.is_empty() {
            write(&mut waiting, &mut batch);
        }
        batch.finish()
    }

    /// Has `layers` painted into a texture of their own, unless they are already.
    fn freeze(
        &mut self,
        device: &Device,
        size: [u32; 2],
        layers: &Arc<Vec<Layer>>,
        fonts: &mut Fonts,
        passes: &mut Vec<Pass>,
        depth: u32,
    ) -> Option<usize> {
        if depth >= MAX_DEPTH {
            tracing::error!("frozen pictures are nested more than {MAX_DEPTH} deep");
            return None;
        }
        let (index, fresh) = self.frozens.ready(&device.device, &self.copies, layers, size);
        if fresh {
            let layers: Vec<&Layer> = layers.iter().collect();
            let steps = self.steps(device, size, &layers, None, fonts, passes, depth + 1);
            passes.push(Pass { into: Into::Snapshot(index), clear: true, steps });
        }
        Some(index)
    }

    fn draw(&self, encoder: &mut wgpu::CommandEncoder, onto: Onto<'_>, pass: &Pass) {
        let (mut clear, mut steps) = (pass.clear, &pass.steps[..]);
        if let [Step::Whole(source, _), rest @ ..] = steps
            && self.by_copy
            && let Some(canvas) = self.canvas(*source)
            && canvas.copy(encoder, onto.texture)
        {
            (clear, steps) = (false, rest);
            if rest.is_empty() {
                return;
            }
        }
        let load = if clear { wgpu::LoadOp::Clear(wgpu::Color::BLACK) } else { wgpu::LoadOp::Load };
        let mut open = begin(encoder, onto.view, load);
        if let Into::Backdrop(index) = pass.into {
            self.backdrops.paint(index, &mut open);
        }
        // Fills follow on fills: what they share is set once.
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
                Step::Whole(source, start) => self.quads(*source, false, *start..*start + 6, &mut open),
                Step::Text(index) => self.texts.draw(*index, &mut open),
            }
        }
    }

    fn quads(&self, source: Source, blend: bool, range: Range<u32>, pass: &mut wgpu::RenderPass<'_>) {
        match (source, self.canvas(source)) {
            (Source::Picture(index), _) => self.pictures.set(index, blend, pass),
            (_, Some(canvas)) => self.copies.set(canvas, blend, pass),
            (_, None) => return,
        }
        self.vertices.bind(Part::Quads, pass);
        pass.draw(range, 0..1);
    }

    fn canvas(&self, source: Source) -> Option<&Canvas> {
        match source {
            Source::Picture(_) => None,
            Source::Snapshot(index) => Some(self.frozens.canvas(index)),
            Source::Backdrop(index) => Some(self.backdrops.canvas(index)),
            Source::Kept => self.kept_canvas.as_ref().map(|(_, canvas)| canvas),
        }
    }
}

/// A pass to one target.
pub(super) fn begin<'e>(
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
