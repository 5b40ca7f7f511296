//! Whether a row is won: what its stages mean, by the settings' words or the field's.

use std::collections::{BTreeMap, HashMap};

use super::amounts::unquoted;
use super::cell::Row;
use super::choice::Columns;
use super::name::{cleaned, words};
use super::rows::{Fate, Reading};
use super::stages::{Meaning, meaning, yes};

impl Reading<'_> {
    /// What a stage means; the settings' own words come first, and never make a lost deal a won one.
    pub(super) fn means(&self, boolean: bool, text: &str) -> Option<Meaning> {
        if boolean {
            return yes(text).map(|yes| if yes { Meaning::Won } else { Meaning::Open }).or_else(|| meaning(text));
        }
        let won = &self.settings.won;
        if won.is_empty() {
            return meaning(text);
        }
        let same = |name: &String| {
            cleaned(name).eq_ignore_ascii_case(&cleaned(text)) || !words(name).is_empty() && words(name) == words(text)
        };
        if won.iter().any(same) {
            return Some(Meaning::Won);
        }
        let otherwise = meaning(text);
        if won.iter().any(|name| name == "*") {
            return if matches!(otherwise, Some(Meaning::Lost | Meaning::Open | Meaning::Underway)) {
                otherwise
            } else {
                Some(Meaning::Won)
            };
        }
        // Where the settings say what is won, nothing else is.
        Some(if otherwise == Some(Meaning::Lost) { Meaning::Lost } else { Meaning::Open })
    }

    /// What the stages of a row say.
    pub(super) fn fate(
        &self,
        row: &Row,
        columns: &Columns,
        others: &[usize],
        meanings: &mut HashMap<(usize, String), Option<Meaning>>,
        unknown: &mut BTreeMap<String, usize>,
    ) -> Fate {
        let Some((stage, boolean)) = columns.stage else { return Fate::Deal };
        let mut means = |column: usize, boolean: bool| {
            let text = row.cell(column).shown().map(|text| unquoted(&text).to_owned())?;
            let known = meanings.entry((column, text.clone())).or_insert_with(|| self.means(boolean, &text));
            Some((text, *known))
        };
        // Any other column of a deal's state may say that it is lost or open.
        for other in others.iter().filter(|other| **other != stage) {
            if let Some((_, Some(Meaning::Lost | Meaning::Open))) = means(*other, false) {
                return Fate::NotWon;
            }
        }
        match means(stage, boolean) {
            None => Fate::NoStage,
            Some((_, Some(Meaning::Won))) => Fate::Deal,
            Some((_, Some(_))) => Fate::NotWon,
            Some((text, None)) => {
                *unknown.entry(crate::map::short(&text, 40)).or_insert(0) += 1;
                Fate::UnknownStage
            }
        }
    }
}
