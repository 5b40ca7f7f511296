//! Shapes runs: one font, one size, shaped once and drawn at any scale.

use glyphon::cosmic_text::{Align as CosmicAlign, FeatureTag, FontFeatures};
use glyphon::{Attrs, Buffer, Family, FontSystem, Metrics, Shaping, Stretch, Wrap};
use hashbrown::Equivalent;

use super::Style;
use super::coverage::Chosen;
use super::faces;
use super::script::{Script, invisible};
use crate::scene::Rect;

/// Kanji and kana stand smaller than the Latin beside them, so that their ink is centred on its capitals (DESIGN 3, run
/// mixing).
const CJK_SCALE: f32 = 0.97;
/// Letters of Hebrew and Arabic are higher than Barlow's capitals are wide; drawn a little smaller they take the same
/// line.
const FROM_RIGHT_SCALE: f32 = 0.92;
/// Barlow leaves a gap as wide as a space behind its Ø; by weight, how much of it goes, in em. The fonts are shipped as they
/// are.
const STROKED_O: [(char, u16, f32); 2] = [('Ø', 600, -0.13), ('Ø', 700, -0.083)];

/// What a run is shaped from. `T` is a `&str` where it is only looked up: nothing is copied for that.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key<T = String> {
    pub text: T,
    pub script: Script,
    size_bits: u32,
    weight: u16,
    tracking_bits: u32,
    tabular: bool,
}

impl<'t> Key<&'t str> {
    pub fn new(text: &'t str, script: Script, style: Style) -> Key<&'t str> {
        let scale = match script {
            Script::Cjk { .. } => CJK_SCALE,
            Script::Hebrew | Script::Arabic => FROM_RIGHT_SCALE,
            Script::Latin | Script::Other => 1.0,
        };
        Key {
            text,
            script,
            size_bits: (style.size * scale).to_bits(),
            weight: style.weight.number(script != Script::Latin),
            tracking_bits: if script == Script::Latin { style.tracking.to_bits() } else { 0 },
            tabular: style.tabular,
        }
    }

    pub fn owned(&self) -> Key {
        let Key { text, script, size_bits, weight, tracking_bits, tabular } = *self;
        Key { text: text.to_owned(), script, size_bits, weight, tracking_bits, tabular }
    }
}

impl Key {
    /// Font weight, 600 to 800.
    pub fn weight(&self) -> u16 {
        self.weight
    }
}

impl Equivalent<Key> for Key<&str> {
    fn equivalent(&self, key: &Key) -> bool {
        let Key { text, script, size_bits, weight, tracking_bits, tabular } = key;
        (self.text, self.script, self.size_bits, self.weight, self.tracking_bits, self.tabular)
            == (text.as_str(), *script, *size_bits, *weight, *tracking_bits, *tabular)
    }
}

/// One shaped run: one font, one size. Shaped once, drawn at any scale.
#[derive(Debug)]
pub struct Run {
    key: Key,
    pub buffer: Buffer,
    /// Advance width in units.
    pub width: f32,
    /// Distance of the baseline from the buffer's top in units.
    pub baseline: f32,
    /// In units from the start of the baseline: no letter paints outside.
    pub ink: Rect,
    /// Letters that its fonts list but do not draw.
    pub(super) missing_glyphs: Vec<char>,
}

impl PartialEq for Run {
    fn eq(&self, o: &Run) -> bool {
        self.key == o.key
    }
}

// With it two pointers to one run are equal at a glance.
impl Eq for Run {}

impl Run {
    pub fn text(&self) -> &str {
        &self.key.text
    }

    /// Font size in units.
    pub fn size(&self) -> f32 {
        f32::from_bits(self.key.size_bits)
    }

    /// Font weight, 600 to 800.
    pub fn weight(&self) -> u16 {
        self.key.weight
    }

    /// Whether nothing of it is seen.
    pub fn is_blank(&self) -> bool {
        self.buffer.layout_runs().all(|r| r.glyphs.is_empty())
    }
}

/// Letters of a text that no font has drawn.
fn missing_glyphs(buffer: &Buffer) -> Vec<char> {
    let mut missing_glyphs = Vec::new();
    for r in buffer.layout_runs() {
        for g in r.glyphs.iter().filter(|g| g.glyph_id == 0) {
            missing_glyphs.extend(r.text[g.start..g.end].chars().filter(|c| !c.is_whitespace() && !invisible(*c)));
        }
    }
    missing_glyphs
}

/// Shapes what `key` says, in its script's own font or in another one.
pub(super) fn shape(system: &mut FontSystem, key: &Key, other: Option<&Chosen>) -> Run {
    let text = &*key.text;
    let size = f32::from_bits(key.size_bits);
    let tracking = f32::from_bits(key.tracking_bits);
    let mut features = FontFeatures::new();
    // A figure must be as wide set whole as set digit by digit while it rolls.
    if text.chars().any(char::is_alphabetic) {
        features.enable(FeatureTag::KERNING);
    } else {
        features.disable(FeatureTag::KERNING);
    }
    if key.tabular {
        features.enable(FeatureTag::new(b"tnum"));
    }
    let mut attrs = match other {
        Some(other) => other.attrs(),
        None => {
            let family = Family::Name(faces::family(faces::place(key.script)));
            let attrs = Attrs::new().weight(glyphon::Weight(key.weight)).family(family);
            if key.script == Script::Latin { attrs.stretch(Stretch::Condensed) } else { attrs }
        }
    };
    if key.script == Script::Latin && tracking != 0.0 {
        attrs = attrs.letter_spacing(tracking);
    }
    if key.script == (Script::Cjk { kana: true }) {
        features.enable(FeatureTag::new(b"palt"));
    }
    attrs = attrs.font_features(features);
    // High enough for all ink: what draws it leaves out lines whose height lies outside the clip.
    let mut buffer = Buffer::new_empty(Metrics::new(size.max(1.0), 3.0 * size.max(1.0)));
    buffer.set_wrap(Wrap::None);
    buffer.set_size(None, None);
    let closed = STROKED_O.iter().find(|(c, weight, _)| *weight == key.weight && text.contains(*c));
    match closed.filter(|_| key.script == Script::Latin) {
        None => buffer.set_text(text, &attrs, Shaping::Advanced, Some(CosmicAlign::Left)),
        Some((wide, _, less)) => {
            let narrow = attrs.clone().letter_spacing(tracking + less);
            let pieces = text.split_inclusive(*wide).flat_map(|piece| {
                let (plain, last) = piece.split_at(piece.strip_suffix(*wide).map_or(piece.len(), str::len));
                [(plain, attrs.clone()), (last, narrow.clone())]
            });
            let pieces = pieces.filter(|(piece, _)| !piece.is_empty());
            buffer.set_rich_text(pieces, &attrs, Shaping::Advanced, Some(CosmicAlign::Left));
        }
    }
    buffer.shape_until_scroll(system, false);
    let (mut width, mut baseline) = (0.0f32, size);
    if let Some(line) = buffer.layout_runs().next() {
        width = line.glyphs.iter().map(|g| g.w).sum();
        baseline = line.line_y;
    }
    let ink = ink(&buffer, size);
    let missing_glyphs = missing_glyphs(&buffer);
    Run { key: key.clone(), buffer, width, baseline, ink, missing_glyphs }
}

/// Where letters can paint: the ascent and descent that the fonts declare, and room at the ends for letters that lean or
/// hang over.
fn ink(buffer: &Buffer, size: f32) -> Rect {
    let overhang = 0.3 * size;
    let mut ink = Rect::new(-overhang, 0.0, overhang, 0.0);
    for line in buffer.lines.iter().filter_map(|line| line.layout_opt()).flatten() {
        let (mut up, mut down) = (0.0f32, 0.0f32);
        for g in &line.glyphs {
            ink.x0 = ink.x0.min(g.x + g.x_offset * g.font_size - overhang);
            ink.x1 = ink.x1.max(g.x + g.w + g.x_offset * g.font_size + overhang);
            up = up.max(g.y_offset * g.font_size);
            down = down.max(-g.y_offset * g.font_size);
        }
        ink.y0 = ink.y0.min(-line.max_ascent - up);
        ink.y1 = ink.y1.max(line.max_descent + down);
    }
    ink
}
