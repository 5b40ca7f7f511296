//! Collects what a person should know about the texts of a wall: those shrunk or cut to fit, those left out, letters that no
//! font has.

use std::collections::{BTreeMap, BTreeSet};

use super::fit::Fit;
use super::missing::{MissingGlyphs, MissingScript};
use super::script::without_directions;

/// Problems of the texts that were set since the problems were last taken.
#[derive(Debug, Default)]
pub struct Diagnostics {
    /// Texts that had to be changed to fit; only where they are asked for.
    fitted: Option<BTreeMap<String, Fit>>,
    /// By slide, texts that have no place on it; kept only where fitted texts are.
    left_out: BTreeSet<(String, String)>,
    pub(super) missing_glyphs: MissingGlyphs,
}

impl Diagnostics {
    /// Collects fitted and left out texts too.
    pub(super) fn collecting() -> Diagnostics {
        Diagnostics { fitted: Some(BTreeMap::new()), ..Diagnostics::default() }
    }

    pub(super) fn fitted(&mut self, text: &str, fit: Fit) {
        if fit > Fit::Natural
            && let Some(fitted) = &mut self.fitted
        {
            let worst = fitted.entry(without_directions(text).into_owned()).or_insert(fit);
            *worst = fit.max(*worst);
        }
    }

    /// A name is drawn with an initial.
    pub fn shortened(&mut self, whole: &str) {
        self.fitted(whole, Fit::Initial);
    }

    /// A text has no place on the slide of this id; without an id it is the slide that is being painted.
    pub fn leave_out(&mut self, slide: &str, text: &str) {
        if self.fitted.is_some() && !text.is_empty() {
            self.left_out.insert((slide.to_owned(), without_directions(text).into_owned()));
        }
    }

    /// Stops collecting fitted and left out texts until [`resume`](Diagnostics::resume).
    pub(super) fn pause(&mut self) -> Option<BTreeMap<String, Fit>> {
        self.fitted.take()
    }

    pub(super) fn resume(&mut self, fitted: Option<BTreeMap<String, Fit>>) {
        self.fitted = fitted;
    }

    /// Texts that had to be changed to fit, with the worst that was done to each.
    pub fn take_fitted(&mut self) -> Vec<(String, Fit)> {
        self.fitted.as_mut().map(|fitted| std::mem::take(fitted).into_iter().collect()).unwrap_or_default()
    }

    /// Texts that have no place, with the id of their slide.
    pub fn take_left_out(&mut self) -> BTreeSet<(String, String)> {
        std::mem::take(&mut self.left_out)
    }

    /// Letters that no font could draw, by their script. Each is drawn as a placeholder.
    pub fn take_missing(&mut self) -> Vec<MissingScript> {
        self.missing_glyphs.take()
    }

    /// The same for a log: each script once in the life of the program.
    pub fn take_newly_missing(&mut self) -> Vec<MissingScript> {
        self.missing_glyphs.take_new()
    }
}
