//! Makes a text fit its box, in the order of the design, and reports what it did to the lint.

use unicode_segmentation::UnicodeSegmentation;

use super::marks;
use super::run::Key;
use super::script::{is_cjk, right_to_left, without_directions};
use super::{Fonts, Line, Style};

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

/// Drawn in place of a name if no font has any of its letters.
const NOTHING: &str = "–";
/// Letters are moved together by at most this, in em (DESIGN 2).
const TIGHT_EM: f32 = 0.03;
/// A label that is cut to fewer letters than this cannot be understood.
const SHORTEST: usize = 3;
/// Texts longer than this are cut before anything else is tried, in grapheme clusters.
const LONGEST: usize = 120;

impl Fonts {
    /// The style in the first size, in steps of 2 units, in which a text fits `room` units or that is not above `least`.
    pub fn shrink(&mut self, text: &str, style: Style, least: f32, room: f32) -> Style {
        self.shrink_until(style, least, 2.0, |fonts, style| fonts.width(text, style) <= room)
    }

    /// The same of several lines, in steps of 4 units.
    pub fn shrink_lines(&mut self, lines: &[impl AsRef<str>], style: Style, least: f32, room: f32) -> Style {
        self.shrink_until(style, least, 4.0, |fonts, style| {
            lines.iter().all(|l| fonts.width(l.as_ref(), style) <= room)
        })
    }

    /// The style in the first size, in steps of `step` units, that fits or that is not above `least`.
    pub fn shrink_until(
        &mut self,
        mut style: Style,
        least: f32,
        step: f32,
        fits: impl Fn(&mut Fonts, Style) -> bool,
    ) -> Style {
        while style.size > least && !fits(self, style) {
            style.size -= step;
        }
        style
    }

    /// Makes a name fit `max` units by the order of DESIGN 2: natural, tightened to −0.03 em, given name to its initial,
    /// ellipsis.
    pub fn fit_name(&mut self, name: &str, style: Style, max: f32) -> (Line, Fit) {
        const STEPS: [f32; 4] = [0.0, 0.01, 0.02, TIGHT_EM];
        let fitted = self.tightened(name, style, max, &STEPS).or_else(|| {
            let short = initial(name)?;
            self.tightened(&short, style, max, &STEPS).map(|(line, _)| (line, Fit::Initial))
        });
        let Some((line, fit)) = fitted else {
            self.diagnostics.fitted(name, Fit::Cut);
            let short = initial(name).unwrap_or_else(|| name.to_owned());
            return (self.ellipsis(&short, style.tracked(style.tracking - TIGHT_EM), max), Fit::Cut);
        };
        self.diagnostics.fitted(name, fit);
        let blank = line.is_blank() && !name.trim().is_empty();
        (if blank { self.line(NOTHING, style) } else { line }, fit)
    }

    /// Makes any other text fit: natural, tightened, ellipsis.
    pub fn fit_text(&mut self, text: &str, style: Style, max: f32) -> (Line, Fit) {
        let Some((line, fit)) = self.tightened(text, style, max, &[0.0, 0.015, TIGHT_EM]) else {
            return self.cut(text, style, max);
        };
        self.diagnostics.fitted(text, fit);
        (line, fit)
    }

    /// With letters moved together by the first of these steps, in em, that is enough.
    fn tightened(&mut self, text: &str, style: Style, max: f32, steps: &[f32]) -> Option<(Line, Fit)> {
        steps.iter().find_map(|less| {
            let line = self.line(text, style.tracked(style.tracking - less));
            let fit = if *less == 0.0 { Fit::Natural } else { Fit::Tightened };
            (line.width <= max).then_some((line, fit))
        })
    }

    /// Makes a label with its unit fit ("CLOSED · € THOUSAND"): the label is cut, and the unit stays whole. Without its
    /// unit a figure says nothing; a unit alone still does.
    pub fn fit_caption(&mut self, text: &str, style: Style, max: f32) -> (Line, Fit) {
        let (label, unit) = text.split_at(unit_at(text));
        let tight = style.tracked(style.tracking - TIGHT_EM);
        let alone = unit.trim_start_matches([' ', '·']);
        if unit.is_empty() || self.width(text, tight) <= max || self.width(alone, tight) > max {
            return self.fit_text(text, style, max);
        }
        self.diagnostics.fitted(text, Fit::Cut);
        let cut = self.shortened(label, unit, tight, max);
        let kept = cut.graphemes(true).take_while(|cluster| *cluster != "…").count();
        let worth = kept >= SHORTEST && self.width(&cut, tight) <= max;
        (self.line(if worth { &cut } else { alone }, tight), Fit::Cut)
    }

    /// A text that is too wide as it is set: cut, with an ellipsis.
    pub fn cut_text(&mut self, text: &str, style: Style, max: f32) -> String {
        self.diagnostics.fitted(text, Fit::Cut);
        self.shortened(text, "", style, max)
    }

    fn cut(&mut self, text: &str, style: Style, max: f32) -> (Line, Fit) {
        self.diagnostics.fitted(text, Fit::Cut);
        (self.ellipsis(text, style.tracked(style.tracking - TIGHT_EM), max), Fit::Cut)
    }

    fn ellipsis(&mut self, text: &str, style: Style, max: f32) -> Line {
        let cut = self.shortened(text, "", style, max);
        self.line(&cut, style)
    }

    /// As much of a text as fits with an ellipsis and what has to stand behind it.
    fn shortened(&mut self, text: &str, behind: &str, style: Style, max: f32) -> String {
        let ends: Vec<usize> = text.grapheme_indices(true).map(|(i, _)| i).collect();
        let cut = |n: usize| format!("{}…{behind}", text[..ends.get(n).copied().unwrap_or(text.len())].trim_end());
        // The longest prefix that fits, found by halving: widths grow with length.
        let (mut low, mut high) = (0, ends.len().min(LONGEST));
        while low < high {
            let mid = (low + high).div_ceil(2);
            if self.width_unkept(&cut(mid), style) <= max { low = mid } else { high = mid - 1 }
        }
        cut(low)
    }

    fn width_unkept(&mut self, text: &str, style: Style) -> f32 {
        let text = marks::few(text);
        let text = self.drawable(&text);
        let parts: Vec<Key> =
            self.split(&text).iter().map(|(script, part)| Key::new(part, *script, style).owned()).collect();
        parts.iter().map(|key| self.shape(key).width).sum()
    }
}

/// A name with the given name as an initial, where the name has one and the script abbreviates names.
pub fn with_initial(name: &str) -> String {
    initial(name).unwrap_or_else(|| name.to_owned())
}

/// "Katarzyna Wiśniewska" → "K. Wiśniewska"; `None` for one word or for scripts that do not abbreviate so.
fn initial(name: &str) -> Option<String> {
    let name = &*without_directions(name);
    let (given, rest) = name.split_once(' ')?;
    let first = given.graphemes(true).next()?;
    let latin = first.chars().next().is_some_and(|c| c.is_alphabetic() && !is_cjk(c) && !right_to_left(c));
    (latin && !rest.is_empty()).then(|| format!("{first}. {rest}"))
}

/// Where the unit of a caption begins, with what parts it from the label: " · € THOUSAND", "（万円）".
fn unit_at(text: &str) -> usize {
    let bracket = text.ends_with('）').then(|| text.rfind('（')).flatten();
    bracket.or_else(|| text.rfind(" · ")).filter(|at| *at > 0).unwrap_or(text.len())
}
