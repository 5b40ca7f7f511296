//! Text: the fonts we ship, runs shaped once, lines of mixed scripts, and names made to fit.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use glyphon::cosmic_text::{Align as CosmicAlign, FeatureTag, FontFeatures};
use glyphon::fontdb::{self, Source};
use glyphon::{Attrs, Buffer, Family, FontSystem, Metrics, Shaping, Stretch, Wrap};
use unicode_segmentation::UnicodeSegmentation;

const BARLOW: &str = "Barlow Condensed";
const PLEX: &str = "IBM Plex Sans JP";
/// Kanji and kana stand smaller and lower than the Latin beside them, so that their ink is centred on its capitals
/// (DESIGN 3, run mixing).
const CJK_SCALE: f32 = 0.97;
const CJK_DROP_EM: f32 = 0.025;
/// Shaped runs kept; beyond it those that nothing on screen uses go.
const CACHE: usize = 4096;

static FACES: [&[u8]; 5] = [
    include_bytes!("../../assets/fonts/barlow-condensed/BarlowCondensed_600SemiBold.ttf"),
    include_bytes!("../../assets/fonts/barlow-condensed/BarlowCondensed_700Bold.ttf"),
    include_bytes!("../../assets/fonts/barlow-condensed/BarlowCondensed_800ExtraBold.ttf"),
    include_bytes!("../../assets/fonts/ibm-plex-sans-jp/IBMPlexSansJP_600SemiBold.ttf"),
    include_bytes!("../../assets/fonts/ibm-plex-sans-jp/IBMPlexSansJP_700Bold.ttf"),
];

/// Font weights of the design.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weight {
    /// 600.
    Semi,
    /// 700.
    Bold,
    /// 800 (Japanese: 700).
    Heavy,
}

impl Weight {
    fn number(self, cjk: bool) -> u16 {
        match (self, cjk) {
            (Weight::Semi, _) => 600,
            (Weight::Heavy, false) => 800,
            (Weight::Bold | Weight::Heavy, _) => 700,
        }
    }
}

/// How a text is set. Sizes in design units, tracking in em.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// Font size in units.
    pub size: f32,
    /// Weight.
    pub weight: Weight,
    /// Letter spacing in em; none between kana and kanji.
    pub tracking: f32,
    /// Digits of one width.
    pub tabular: bool,
}

impl Style {
    /// A style without tracking and with digits of one width, as all numbers on the wall have them.
    pub const fn new(size: f32, weight: Weight) -> Style {
        Style { size, weight, tracking: 0.0, tabular: true }
    }

    /// With letter spacing in em.
    pub const fn tracked(self, tracking: f32) -> Style {
        Style { tracking, ..self }
    }

    /// In another size.
    pub const fn sized(self, size: f32) -> Style {
        Style { size, ..self }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Script {
    /// What Barlow has.
    Latin,
    /// Kana, kanji and their punctuation.
    Cjk { kana: bool },
    /// Greek, Cyrillic and whatever else; Plex first, then any font there is.
    Other,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    text: String,
    script: Script,
    size_bits: u32,
    weight: u16,
    tracking_bits: u32,
    tabular: bool,
}

/// One shaped run: one font, one size. Shaped once, drawn at any scale.
#[derive(Debug)]
pub struct Run {
    key: Key,
    /// The glyphs.
    pub buffer: Buffer,
    /// Advance width in units.
    pub width: f32,
    /// Distance of the baseline from the buffer's top in units.
    pub baseline: f32,
}

impl PartialEq for Run {
    fn eq(&self, o: &Run) -> bool {
        self.key == o.key
    }
}

impl Run {
    /// What it says.
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
}

/// Runs beside each other on one baseline.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Each run with its distance from the line's start and below its baseline, in units.
    pub runs: Vec<(Arc<Run>, f32, f32)>,
    /// Advance width in units.
    pub width: f32,
}

/// What had to be done to make a text fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Nothing.
    Natural,
    /// Letters moved together.
    Tightened,
    /// The given name became its initial.
    Initial,
    /// Letters were dropped.
    Cut,
}

/// The fonts, and every run shaped with them.
pub struct Fonts {
    /// cosmic-text's fonts; the GPU room rasterises with them.
    pub system: FontSystem,
    runs: HashMap<Key, Arc<Run>>,
    latin: HashMap<char, bool>,
    barlow: fontdb::ID,
    system_fonts: Option<bool>,
    missing: BTreeSet<char>,
}

impl Fonts {
    /// The shipped faces. With `system_fonts`, those of the machine are loaded once a character is met that ours lack;
    /// pictures that must be the same everywhere go without.
    pub fn new(system_fonts: bool) -> Fonts {
        let mut db = fontdb::Database::new();
        for face in FACES {
            db.load_font_source(Source::Binary(Arc::new(face)));
        }
        let barlow = db.faces().next().map(|f| f.id).unwrap_or_else(fontdb::ID::dummy);
        // Exactly "ja": any longer tag draws Chinese shapes (ARCHITECTURE, Text).
        let system = FontSystem::new_with_locale_and_db("ja".into(), db);
        Fonts {
            system,
            runs: HashMap::new(),
            latin: HashMap::new(),
            barlow,
            system_fonts: system_fonts.then_some(false),
            missing: BTreeSet::new(),
        }
    }

    /// Characters that no font could draw since the last call.
    pub fn take_missing(&mut self) -> Vec<char> {
        std::mem::take(&mut self.missing).into_iter().collect()
    }

    /// Shapes one line of text.
    pub fn line(&mut self, text: &str, style: Style) -> Line {
        let mut line = Line::default();
        let mut cjk_before = false;
        for (script, part) in self.split(text) {
            let cjk = matches!(script, Script::Cjk { .. });
            let run = self.run(part, script, style);
            let drop = if cjk { CJK_DROP_EM * style.size } else { 0.0 };
            let width = run.width;
            line.runs.push((run, line.width, drop));
            line.width += width;
            cjk_before = cjk;
        }
        // Letter spacing stands between letters, not behind the last.
        if !cjk_before && !line.runs.is_empty() {
            line.width -= style.tracking * style.size;
        }
        line
    }

    /// Width of a text in units.
    pub fn width(&mut self, text: &str, style: Style) -> f32 {
        self.line(text, style).width
    }

    /// Makes a name fit `max` units by the order of DESIGN 2: natural, tightened to −0.03 em, given name to its initial,
    /// ellipsis.
    pub fn fit_name(&mut self, name: &str, style: Style, max: f32) -> (Line, Fit) {
        let short = initial(name);
        let tries = [Some((name.to_owned(), Fit::Tightened)), short.map(|s| (s, Fit::Initial))];
        for (text, fit) in tries.into_iter().flatten() {
            for (step, less) in [0.0, 0.01, 0.02, 0.03].into_iter().enumerate() {
                let line = self.line(&text, style.tracked(style.tracking - less));
                if line.width <= max {
                    return (line, if step == 0 && fit == Fit::Tightened { Fit::Natural } else { fit });
                }
            }
        }
        (self.ellipsis(name, style.tracked(style.tracking - 0.03), max), Fit::Cut)
    }

    /// Makes any other text fit: natural, tightened, ellipsis.
    pub fn fit_text(&mut self, text: &str, style: Style, max: f32) -> (Line, Fit) {
        for (step, less) in [0.0, 0.015, 0.03].into_iter().enumerate() {
            let line = self.line(text, style.tracked(style.tracking - less));
            if line.width <= max {
                return (line, if step == 0 { Fit::Natural } else { Fit::Tightened });
            }
        }
        (self.ellipsis(text, style.tracked(style.tracking - 0.03), max), Fit::Cut)
    }

    fn ellipsis(&mut self, text: &str, style: Style, max: f32) -> Line {
        let ends: Vec<usize> = text.grapheme_indices(true).map(|(i, _)| i).collect();
        // The longest prefix that fits, found by halving: widths grow with length.
        let (mut low, mut high) = (0, ends.len().min(120));
        while low < high {
            let mid = (low + high).div_ceil(2);
            let cut = ends.get(mid).copied().unwrap_or(text.len());
            let tried = format!("{}…", text[..cut].trim_end());
            if self.shape_unkept(&tried, style) <= max { low = mid } else { high = mid - 1 }
        }
        let cut = ends.get(low).copied().unwrap_or(text.len());
        self.line(&format!("{}…", text[..cut].trim_end()), style)
    }

    fn shape_unkept(&mut self, text: &str, style: Style) -> f32 {
        let parts: Vec<_> = self.split(text).into_iter().map(|(s, p)| (s, p.to_owned())).collect();
        parts.into_iter().map(|(script, part)| self.shape(key(&part, script, style)).width).sum()
    }

    fn run(&mut self, text: &str, script: Script, style: Style) -> Arc<Run> {
        let key = key(text, script, style);
        if let Some(run) = self.runs.get(&key) {
            return run.clone();
        }
        if self.runs.len() >= CACHE {
            self.runs.retain(|_, run| Arc::strong_count(run) > 1);
        }
        let run = Arc::new(self.shape(key.clone()));
        self.runs.insert(key, run.clone());
        run
    }

    fn shape(&mut self, key: Key) -> Run {
        let mut run = self.shape_once(&key);
        let lacks = |run: &Run| run.buffer.layout_runs().any(|r| r.glyphs.iter().any(|g| g.glyph_id == 0));
        if lacks(&run) {
            if self.system_fonts == Some(false) {
                self.system_fonts = Some(true);
                self.system.db_mut().load_system_fonts();
                run = self.shape_once(&key);
            }
            for r in run.buffer.layout_runs() {
                for g in r.glyphs.iter().filter(|g| g.glyph_id == 0) {
                    self.missing.extend(r.text[g.start..g.end].chars());
                }
            }
        }
        run
    }

    fn shape_once(&mut self, key: &Key) -> Run {
        let size = f32::from_bits(key.size_bits);
        let tracking = f32::from_bits(key.tracking_bits);
        let mut features = FontFeatures::new();
        // A figure must be as wide set whole as set digit by digit while it rolls.
        if key.text.chars().any(char::is_alphabetic) {
            features.enable(FeatureTag::KERNING);
        } else {
            features.disable(FeatureTag::KERNING);
        }
        if key.tabular {
            features.enable(FeatureTag::new(b"tnum"));
        }
        let mut attrs = Attrs::new().weight(glyphon::Weight(key.weight));
        match key.script {
            Script::Latin => {
                attrs = attrs.family(Family::Name(BARLOW)).stretch(Stretch::Condensed);
                if tracking != 0.0 {
                    attrs = attrs.letter_spacing(tracking);
                }
            }
            Script::Cjk { kana } => {
                attrs = attrs.family(Family::Name(PLEX));
                if kana {
                    features.enable(FeatureTag::new(b"palt"));
                }
            }
            Script::Other => attrs = attrs.family(Family::Name(PLEX)),
        }
        attrs = attrs.font_features(features);
        let mut buffer = Buffer::new_empty(Metrics::new(size.max(1.0), size.max(1.0)));
        buffer.set_wrap(Wrap::None);
        buffer.set_size(None, None);
        buffer.set_text(&key.text, &attrs, Shaping::Advanced, Some(CosmicAlign::Left));
        buffer.shape_until_scroll(&mut self.system, false);
        let (mut width, mut baseline) = (0.0f32, size);
        if let Some(line) = buffer.layout_runs().next() {
            width = line.glyphs.iter().map(|g| g.w).sum();
            baseline = line.line_y;
        }
        Run { key: key.clone(), buffer, width, baseline }
    }

    /// Cuts a text where the font changes. Right-to-left text stays whole: its parts change places.
    fn split<'t>(&mut self, text: &'t str) -> Vec<(Script, &'t str)> {
        if text.is_empty() {
            return Vec::new();
        }
        if text.chars().any(right_to_left) {
            return vec![(Script::Other, text)];
        }
        let has_kana = text.chars().any(is_kana);
        let mut parts: Vec<(Script, usize, usize)> = Vec::new();
        for (at, cluster) in text.grapheme_indices(true) {
            let first = cluster.chars().next().unwrap_or(' ');
            let script = if first == ' '
                && let Some((last, ..)) = parts.last()
            {
                *last
            } else if is_cjk(first) {
                Script::Cjk { kana: has_kana }
            } else if cluster.chars().all(|c| self.barlow_has(c)) {
                Script::Latin
            } else {
                Script::Other
            };
            match parts.last_mut() {
                Some((last, _, end)) if *last == script => *end = at + cluster.len(),
                _ => parts.push((script, at, at + cluster.len())),
            }
        }
        parts.into_iter().map(|(s, a, b)| (s, &text[a..b])).collect()
    }

    fn barlow_has(&mut self, c: char) -> bool {
        if let Some(&has) = self.latin.get(&c) {
            return has;
        }
        let has = self
            .system
            .get_font(self.barlow, fontdb::Weight(600))
            .is_some_and(|font| font.as_swash().charmap().map(c) != 0);
        self.latin.insert(c, has);
        has
    }
}

fn key(text: &str, script: Script, style: Style) -> Key {
    let cjk = matches!(script, Script::Cjk { .. });
    let size = if cjk { style.size * CJK_SCALE } else { style.size };
    Key {
        text: text.to_owned(),
        script,
        size_bits: size.to_bits(),
        weight: style.weight.number(script != Script::Latin),
        tracking_bits: if script == Script::Latin { style.tracking.to_bits() } else { 0 },
        tabular: style.tabular,
    }
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}')
}

/// Kana, kanji, their punctuation and full-width forms.
pub fn is_cjk(c: char) -> bool {
    is_kana(c)
        || matches!(c, '\u{3000}'..='\u{3040}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
            | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

fn right_to_left(c: char) -> bool {
    use unicode_bidi::{BidiClass, bidi_class};
    matches!(bidi_class(c), BidiClass::R | BidiClass::AL)
}

/// "Katarzyna Wiśniewska" → "K. Wiśniewska"; `None` for one word or for scripts that do not abbreviate so.
fn initial(name: &str) -> Option<String> {
    let (given, rest) = name.split_once(' ')?;
    let first = given.graphemes(true).next()?;
    let latin = first.chars().next().is_some_and(|c| c.is_alphabetic() && !is_cjk(c) && !right_to_left(c));
    (latin && !rest.is_empty()).then(|| format!("{first}. {rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: Style = Style::new(54.0, Weight::Semi);

    #[test]
    fn digits_have_one_width() {
        let mut fonts = Fonts::new(false);
        let widths: Vec<f32> = (0..10).map(|d| fonts.width(&d.to_string(), Style::new(58.0, Weight::Bold))).collect();
        for w in &widths {
            assert!((w - widths[0]).abs() < 1e-3, "{widths:?}");
        }
        assert!((widths[0] / 58.0 - 0.498).abs() < 0.003, "tnum advance {}", widths[0] / 58.0);
    }

    #[test]
    fn widths_agree_with_the_mock_up() {
        let mut fonts = Fonts::new(false);
        let name = fonts.width("佐藤 美咲", ROW);
        assert!((name - 222.5).abs() < 1.0, "{name}");
        let title = fonts.width("STACK RANKING", Style::new(88.0, Weight::Heavy).tracked(0.005));
        assert!((title - 513.0).abs() < 4.0, "{title}");
    }

    #[test]
    fn names_fit_in_the_design_order() {
        let mut fonts = Fonts::new(false);
        let name = "KATARZYNA WIŚNIEWSKA";
        let natural = fonts.width(name, ROW);
        assert_eq!(fonts.fit_name(name, ROW, natural + 1.0).1, Fit::Natural);
        assert_eq!(fonts.fit_name(name, ROW, natural - 10.0).1, Fit::Tightened);
        let (line, fit) = fonts.fit_name(name, ROW, 300.0);
        assert_eq!(fit, Fit::Initial);
        assert!(line.runs[0].0.text().starts_with("K. WI"));
        for max in [60.0, 120.0, 200.0] {
            let (line, fit) = fonts.fit_name(&"W".repeat(10_000), ROW, max);
            assert!(line.width <= max && fit == Fit::Cut);
        }
    }

    #[test]
    fn missing_glyphs_are_reported() {
        let mut fonts = Fonts::new(false);
        fonts.line("A\u{E123}", ROW);
        assert_eq!(fonts.take_missing(), vec!['\u{E123}']);
        fonts.line("Ωλ Жданова 髙﨑", ROW);
        assert!(fonts.take_missing().is_empty());
    }
}
