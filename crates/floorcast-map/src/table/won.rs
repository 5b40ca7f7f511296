//! Decides whether a row is won, from its stages and the settings' words.

use std::collections::{BTreeMap, HashMap};

use super::cell::Row;
use super::choice::Columns;
use super::columns::{FAR, Role};
use super::name::{cleaned, words};
use super::reading::Reading;
use super::rows::Fate;
use super::stages::{Meaning, meaning, yes};

/// What a text means without a word of the settings.
fn by_itself(boolean: bool, text: &str) -> Option<Meaning> {
    let answer = if boolean { yes(text) } else { None };
    answer.map(|yes| if yes { Meaning::Won } else { Meaning::Open }).or_else(|| meaning(text))
}

impl Reading<'_> {
    /// The columns of a deal's state besides the one that decides, and whether each says it by true and false.
    pub(super) fn other_stages(&self, columns: &Columns) -> Vec<(usize, bool)> {
        let of = |role: Role, boolean: bool| {
            let near = self.header.columns(role).iter().filter(|(_, rank)| *rank < FAR);
            near.map(move |(column, _)| (*column, boolean))
        };
        let decides = columns.stage.map(|(column, _)| column);
        of(Role::Stage, false).chain(of(Role::IsWon, true)).filter(|(column, _)| Some(*column) != decides).collect()
    }

    /// Whether the settings name a stage as one that counts.
    fn is_named(&self, text: &str) -> bool {
        let same = |name: &String| {
            cleaned(name).eq_ignore_ascii_case(&cleaned(text)) || !words(name).is_empty() && words(name) == words(text)
        };
        self.settings.won.iter().any(same)
    }

    /// What somebody said that a stage is, of which no word tells it.
    pub(crate) fn said_stage(&self, text: &str) -> Option<Meaning> {
        let is_same = |name: &str| cleaned(name).to_lowercase() == cleaned(text).to_lowercase();
        let (_, said) = self.settings.stages.iter().find(|(name, _)| is_same(name))?;
        match said.as_str() {
            "won" => Some(Meaning::Won),
            "lost" => Some(Meaning::Lost),
            "open" => Some(Meaning::Open),
            _ => None,
        }
    }

    /// What a stage in the column that decides means. Where the settings name the stages that count, no other does.
    pub(super) fn means(&self, boolean: bool, text: &str) -> Option<Meaning> {
        let won = &self.settings.won;
        if boolean || won.is_empty() {
            // An answer is to a question: what a word tells is not asked.
            return by_itself(boolean, text).or_else(|| self.said_stage(text));
        }
        if self.is_named(text) {
            return Some(Meaning::Won);
        }
        let otherwise = meaning(text);
        if won.iter().any(|name| name == "*") {
            return otherwise.or(Some(Meaning::Won));
        }
        Some(if otherwise == Some(Meaning::Lost) { Meaning::Lost } else { Meaning::Open })
    }

    /// What the stages of a row say.
    pub(super) fn fate(
        &self,
        row: &Row,
        columns: &Columns,
        others: &[(usize, bool)],
        meanings: &mut HashMap<(usize, String), Option<Meaning>>,
        unknown: &mut BTreeMap<String, usize>,
    ) -> Fate {
        let Some((stage, boolean)) = columns.stage else { return Fate::Deal };
        let mut means = |column: usize, meaning: &dyn Fn(&str) -> Option<Meaning>| {
            let text = row.cell(column).shown()?;
            let known = meanings.entry((column, text.clone())).or_insert_with(|| meaning(&text));
            Some((text, *known))
        };
        // Any other column of a deal's state may say that it is lost or open. A word that the settings name counts in each.
        for (other, boolean) in others {
            let answer = means(*other, &|text| by_itself(*boolean, text));
            if let Some((text, Some(Meaning::Lost | Meaning::Open))) = answer
                && !self.is_named(&text)
            {
                return Fate::NotWon;
            }
        }
        match means(stage, &|text| self.means(boolean, text)) {
            None => Fate::NoStage,
            Some((_, Some(Meaning::Won))) => Fate::Deal,
            Some((_, Some(_))) => Fate::NotWon,
            Some((text, None)) => {
                *unknown.entry(crate::text::short(&text, 40)).or_insert(0) += 1;
                Fate::UnknownStage
            }
        }
    }
}
