//! Sets text: the fonts we ship, runs shaped once, lines of mixed scripts, and names made to fit.

mod coverage;
mod diagnostics;
mod faces;
mod fit;
mod marks;
mod mirror;
mod missing;
mod placeholder;
mod run;
mod script;
mod shaped;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::sync::Arc;

use glyphon::FontSystem;
use smallvec::SmallVec;

pub use diagnostics::Diagnostics;
pub use fit::{Fit, with_initial};
pub use missing::MissingScript;
pub use placeholder::is_visible;
pub use run::Run;
pub use script::is_cjk;

use coverage::Coverage;
use run::Key;
use script::Script;
use shaped::ShapedRuns;

/// Kanji and kana stand lower than the Latin beside them (DESIGN 3, run mixing).
const CJK_DROP_EM: f32 = 0.025;

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
    runs: ShapedRuns,
    coverage: Coverage,
    /// Problems of the texts that were set.
    pub diagnostics: Diagnostics,
}

impl Fonts {
    /// The shipped faces. With `system_fonts`, those of the machine are loaded once a character is met that ours lack;
    /// pictures that must be the same everywhere go without.
    pub fn new(system_fonts: bool) -> Fonts {
        let (db, shipped) = faces::database();
        // Exactly "ja": any longer tag draws Chinese shapes (ARCHITECTURE, Text).
        let system = FontSystem::new_with_locale_and_db("ja".into(), db);
        Fonts {
            system,
            runs: ShapedRuns::default(),
            coverage: Coverage::new(shipped, system_fonts),
            diagnostics: Diagnostics::default(),
        }
    }

    /// The same, collecting which texts had to be changed to fit, and which had no place.
    pub fn diagnosing(mut self) -> Fonts {
        self.diagnostics = Diagnostics::collecting();
        self
    }

    /// Runs a trial: texts that do not fit in it are not reported.
    pub fn trial<T>(&mut self, try_out: impl FnOnce(&mut Fonts) -> T) -> T {
        let fitted = self.diagnostics.pause();
        let found = try_out(self);
        self.diagnostics.resume(fitted);
        found
    }

    /// Shapes one line of text.
    pub fn line(&mut self, text: &str, style: Style) -> Line {
        loop {
            let line = self.try_line(text, style);
            // Some font lists a letter and does not draw it: next time a sign stands for it.
            let missing_glyphs = line.runs.iter().flat_map(|(run, ..)| run.missing_glyphs.iter().copied());
            if !missing_glyphs.collect::<SmallVec<[char; 4]>>().into_iter().any(|c| self.coverage.lacks(c)) {
                return line;
            }
        }
    }

    fn try_line(&mut self, text: &str, style: Style) -> Line {
        let mut line = Line::default();
        let mut spaced = false;
        let text = marks::few(text);
        let text = self.drawable(&text);
        for (script, part) in self.split(&text) {
            let run = self.run(&part, script, style);
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
            return run;
        }
        let key = key.owned();
        let run = Arc::new(self.shape(&key));
        self.runs.insert(key, run.clone());
        run
    }

    /// Shapes a run, in another font where its script's own has not all of its letters and that one has.
    fn shape(&mut self, key: &Key) -> Run {
        let other = self.coverage.whole(&mut self.system, &key.text, key.script, key.weight());
        run::shape(&mut self.system, key, other.as_ref())
    }

    fn drawable<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        placeholder::drawable(text, &mut self.coverage, &mut self.system, &mut self.diagnostics.missing_glyphs)
    }

    fn split<'t>(&mut self, text: &'t str) -> script::Pieces<'t> {
        let Fonts { coverage, system, .. } = self;
        script::split(text, |script, c| coverage.families(system, c).draw(script))
    }
}
