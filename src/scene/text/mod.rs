//! Text: the fonts we ship, runs shaped once, lines of mixed scripts, and names made to fit.

mod faces;
mod fit;
mod marks;
mod run;
mod script;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use glyphon::FontSystem;
use glyphon::fontdb;
use hashbrown::HashMap;
use smallvec::SmallVec;

pub use fit::Fit;
pub use run::Run;
pub use script::is_cjk;

use run::Key;
use script::Script;

/// Kanji and kana stand lower than the Latin beside them (DESIGN 3, run mixing).
const CJK_DROP_EM: f32 = 0.025;
/// Shaped runs kept; beyond it those that nothing on screen uses go.
const CACHE: usize = 4096;
/// Characters that are remembered as missing until somebody asks.
const MISSING: usize = 256;

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

/// Runs beside each other on one baseline.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Each run with its distance from the line's start and below its baseline, in units.
    pub runs: SmallVec<[(Arc<Run>, f32, f32); 2]>,
    /// Advance width in units.
    pub width: f32,
}

impl Line {
    /// Whether nothing of it is seen.
    pub fn is_blank(&self) -> bool {
        self.runs.iter().all(|(run, ..)| run.is_blank())
    }
}

/// The fonts, and every run shaped with them.
pub struct Fonts {
    /// cosmic-text's fonts; the GPU room rasterises with them.
    pub system: FontSystem,
    runs: HashMap<Key, Arc<Run>>,
    latin: HashMap<char, bool>,
    barlow: fontdb::ID,
    /// Whether the machine's fonts have been loaded; `None`: they never are.
    system_fonts: Option<bool>,
    missing: BTreeMap<char, String>,
    /// Texts that had to be changed to fit, where somebody wants to know.
    notes: Option<BTreeMap<String, Fit>>,
    /// By slide, texts that have no place on it; kept only where notes are.
    left_out: BTreeSet<(String, String)>,
}

impl Fonts {
    /// The shipped faces. With `system_fonts`, those of the machine are loaded once a character is met that ours lack;
    /// pictures that must be the same everywhere go without.
    pub fn new(system_fonts: bool) -> Fonts {
        let (db, barlow) = faces::database();
        // Exactly "ja": any longer tag draws Chinese shapes (ARCHITECTURE, Text).
        let system = FontSystem::new_with_locale_and_db("ja".into(), db);
        Fonts {
            system,
            runs: HashMap::new(),
            latin: HashMap::new(),
            barlow,
            system_fonts: system_fonts.then_some(false),
            missing: BTreeMap::new(),
            notes: None,
            left_out: BTreeSet::new(),
        }
    }

    /// The same, remembering what had to be changed to fit: for [`take_notes`](Fonts::take_notes).
    pub fn noting(mut self) -> Fonts {
        self.notes = Some(BTreeMap::new());
        self
    }

    /// Tries something out: what does not fit in it is not remembered.
    pub fn trial<T>(&mut self, try_out: impl FnOnce(&mut Fonts) -> T) -> T {
        let notes = self.notes.take();
        let found = try_out(self);
        self.notes = notes;
        found
    }

    /// Texts that had to be changed to fit since the last call, with the worst that was done to each.
    pub fn take_notes(&mut self) -> Vec<(String, Fit)> {
        self.notes.as_mut().map(|notes| std::mem::take(notes).into_iter().collect()).unwrap_or_default()
    }

    /// Characters that no font could draw since the last call, each with a text it was met in. They are left out of
    /// the picture.
    pub fn take_missing(&mut self) -> Vec<(char, String)> {
        std::mem::take(&mut self.missing).into_iter().collect()
    }

    /// Shapes one line of text.
    pub fn line(&mut self, text: &str, style: Style) -> Line {
        let mut line = Line::default();
        let mut spaced = false;
        let text = &*marks::few(text);
        for (script, part) in self.split(text) {
            let run = self.run(part, script, style);
            let drop = if matches!(script, Script::Cjk { .. }) { CJK_DROP_EM * style.size } else { 0.0 };
            let width = run.width;
            line.runs.push((run, line.width, drop));
            line.width += width;
            spaced = script == Script::Latin;
        }
        // Letter spacing stands between letters, not behind the last.
        if spaced {
            line.width -= style.tracking * style.size;
        }
        line
    }

    /// Width of a text in units.
    pub fn width(&mut self, text: &str, style: Style) -> f32 {
        self.line(text, style).width
    }

    fn run(&mut self, text: &str, script: Script, style: Style) -> Arc<Run> {
        let key = Key::new(text, script, style);
        if let Some(run) = self.runs.get(&key) {
            return run.clone();
        }
        if self.runs.len() >= CACHE {
            self.runs.retain(|_, run| Arc::strong_count(run) > 1);
        }
        let key = key.owned();
        let run = Arc::new(self.shape(&key));
        self.runs.insert(key, run.clone());
        run
    }

    /// Shapes a run with whatever fonts there are. Characters that none of them has are dropped and remembered: a box
    /// on the wall says nothing.
    fn shape(&mut self, key: &Key) -> Run {
        let mut run = run::shape(&mut self.system, key, &key.text);
        let mut missing = run.missing();
        if !missing.is_empty() && self.system_fonts == Some(false) {
            self.system_fonts = Some(true);
            self.system.db_mut().load_system_fonts();
            run = run::shape(&mut self.system, key, &key.text);
            missing = run.missing();
        }
        if missing.is_empty() {
            return run;
        }
        let rest: String =
            key.text.chars().filter_map(|c| if missing.contains(&c) { stands_for(c) } else { Some(c) }).collect();
        for c in missing.into_iter().filter(|c| stands_for(*c).is_none()) {
            if self.missing.len() < MISSING {
                self.missing.entry(c).or_insert_with(|| key.text.clone());
            }
        }
        // Spaces around what was dropped would stand beside those of its neighbours.
        let rest = if rest.trim().is_empty() { "" } else { &rest };
        run::shape(&mut self.system, key, rest)
    }

    fn split<'t>(&mut self, text: &'t str) -> script::Pieces<'t> {
        let Fonts { latin, system, barlow, .. } = self;
        script::split(text, |c| {
            *latin.entry(c).or_insert_with(|| {
                let font = system.get_font(*barlow, fontdb::Weight(600));
                font.is_some_and(|font| font.as_swash().charmap().map(c) != 0)
            })
        })
    }
}

/// The common form of a kanji that stands in names and that Plex JP lacks (DESIGN 3).
fn stands_for(c: char) -> Option<char> {
    match c {
        '\u{20BB7}' => Some('吉'),
        '㟢' => Some('崎'),
        _ => None,
    }
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
        let (line, fit) = fonts.fit_name(name, ROW, 150.0);
        assert_eq!(fit, Fit::Cut);
        assert!(line.runs[0].0.text().starts_with("K. W"), "first the initial, then the ellipsis: {line:?}");
        for max in [60.0, 120.0, 200.0] {
            let (line, fit) = fonts.fit_name(&"W".repeat(10_000), ROW, max);
            assert!(line.width <= max && fit == Fit::Cut);
        }
    }

    /// Of any text, the highest and the lowest pixel in em.
    fn ink_em(fonts: &mut Fonts, text: &str) -> [f32; 2] {
        const SIZE: f32 = 200.0;
        let mut cache = glyphon::SwashCache::new();
        let mut ink = [0.0f32; 2];
        for (run, _, drop) in fonts.line(text, Style::new(SIZE, Weight::Bold)).runs {
            for glyph in run.buffer.layout_runs().flat_map(|line| line.glyphs.to_vec()) {
                let at = glyph.physical((0.0, drop), 1.0);
                let Some(image) = cache.get_image_uncached(&mut fonts.system, at.cache_key) else { continue };
                let top = (at.y - image.placement.top) as f32;
                ink = [ink[0].min(top), ink[1].max(top + image.placement.height as f32)];
            }
        }
        ink.map(|y| y / SIZE)
    }

    /// A row has room for marks of 0.3 em over its capitals and under its baseline.
    #[test]
    fn no_marks_rise_or_hang_out_of_a_row() {
        let mut fonts = Fonts::new(false);
        let eight = |c: char| c.to_string().repeat(8);
        let mut out = Vec::new();
        for mark in ('\u{300}'..='\u{36F}').chain(['\u{1DC4}', '\u{20D0}', '\u{20EC}', '\u{FE20}']) {
            for letter in ['L', 'E', 'Z'] {
                let text = format!("{letter}{}X", eight(mark));
                let [top, foot] = ink_em(&mut fonts, &text);
                if top < -1.0 || foot > 0.3 {
                    out.push(format!("U+{:04X} on {letter}: {top} {foot}", u32::from(mark)));
                }
            }
        }
        assert!(out.is_empty(), "{out:#?}");
        let [top, foot] = ink_em(&mut fonts, "NGUYỄN ẬÅŲ");
        assert!(top < -0.85 && foot > 0.1, "the measure sees marks: {top} {foot}");
    }

    #[test]
    fn missing_glyphs_are_reported() {
        let mut fonts = Fonts::new(false);
        let line = fonts.line("A\u{E123}B", ROW);
        assert_eq!(fonts.take_missing(), vec![('\u{E123}', "\u{E123}".to_owned())]);
        assert_eq!(line.width, fonts.width("A", ROW) + fonts.width("B", ROW), "no box stands for it");
        fonts.line("Ωλ Жданова 髙﨑 Nguyễn דנה כהן ليلى", ROW);
        assert!(fonts.take_missing().is_empty());
        let (line, _) = fonts.fit_name("\u{E123}", ROW, 400.0);
        assert!(!line.is_blank(), "a name without a letter is a dash");
    }

    #[test]
    fn kanji_of_names_that_no_font_has_stand_in_their_common_form() {
        let mut fonts = Fonts::new(false);
        for (name, common) in [("𠮷田 翼", "吉田 翼"), ("宮㟢", "宮崎")] {
            let (line, same) = (fonts.line(name, ROW), fonts.line(common, ROW));
            let glyphs = |line: &Line| {
                let runs = line.runs.iter().flat_map(|(run, ..)| run.buffer.layout_runs());
                runs.flat_map(|run| run.glyphs.iter().map(|g| g.glyph_id)).collect::<Vec<_>>()
            };
            assert_eq!(glyphs(&line), glyphs(&same), "{name}");
        }
        assert!(fonts.take_missing().is_empty());
    }

    #[test]
    fn behind_a_stroked_o_stands_no_gap() {
        let mut fonts = Fonts::new(false);
        for weight in [Weight::Semi, Weight::Bold, Weight::Heavy] {
            let style = Style::new(100.0, weight);
            let (stroked, plain) = (fonts.width("ØØØØ", style), fonts.width("OOOO", style));
            assert!((stroked - plain).abs() < 0.09 * plain, "{weight:?}: {stroked} against {plain}");
            let [word, letters] = ["KØV", "KOV"].map(|text| fonts.width(text, style));
            assert!((word - letters).abs() < 7.0, "{weight:?}: {word} against {letters}");
        }
    }

    #[test]
    fn greek_and_cyrillic_are_as_narrow_as_latin() {
        let mut fonts = Fonts::new(false);
        let latin = fonts.width("OABEKM", ROW);
        for same in ["ОАВЕКМ", "ΟΑΒΕΚΜ"] {
            let width = fonts.width(same, ROW);
            assert!(width < 1.4 * latin, "{same} {width} against {latin}");
        }
    }

    #[test]
    fn words_from_right_to_left_stand_in_the_order_they_are_read() {
        let mut fonts = Fonts::new(false);
        let line = fonts.line("דנה כהן 12", ROW);
        assert_eq!(line.runs.iter().map(|(run, ..)| run.text()).collect::<Vec<_>>(), ["12", "דנה כהן "]);
        assert!(line.width > fonts.width("12", ROW) + 100.0);
    }

    #[test]
    fn what_was_done_to_a_text_is_noted_where_somebody_asks() {
        let mut fonts = Fonts::new(false).noting();
        fonts.fit_text("A VERY LONG TITLE", ROW, 60.0);
        fonts.fit_text("SHORT", ROW, 600.0);
        assert_eq!(fonts.take_notes(), vec![("A VERY LONG TITLE".to_owned(), Fit::Cut)]);
        assert!(fonts.take_notes().is_empty());
    }
}
