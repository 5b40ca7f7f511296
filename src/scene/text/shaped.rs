//! Keeps shaped runs: those of the last slides, and no more of them after a month than after an hour.

use std::sync::Arc;

use hashbrown::HashMap;

use super::run::{Key, Run};

/// Runs of a generation. The built-in show sets 1,150 different ones: two generations hold them. Each takes 3 to 4 kB.
const GENERATION: usize = 640;

/// Two generations of runs. When the younger is full, the older goes: what was set since has moved to the younger.
#[derive(Debug, Default)]
pub(super) struct ShapedRuns {
    younger: HashMap<Key, Arc<Run>>,
    older: HashMap<Key, Arc<Run>>,
}

impl ShapedRuns {
    /// The run that was shaped from `key`, where it is still known.
    pub fn get(&mut self, key: &Key<&str>) -> Option<Arc<Run>> {
        if let Some(run) = self.younger.get(key) {
            return Some(run.clone());
        }
        let (key, run) = self.older.remove_entry(key)?;
        self.insert(key, run.clone());
        Some(run)
    }

    /// Keeps a run.
    pub fn insert(&mut self, key: Key, run: Arc<Run>) {
        if self.younger.len() >= GENERATION {
            self.older = std::mem::take(&mut self.younger);
        }
        self.younger.insert(key, run);
    }

    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.younger.len() + self.older.len()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Fonts, Style, Weight};
    use super::*;

    const STYLE: Style = Style::new(54.0, Weight::Semi);

    fn run_of(fonts: &mut Fonts, text: &str) -> Arc<Run> {
        fonts.line(text, STYLE).runs[0].0.clone()
    }

    #[test]
    fn months_of_new_titles_keep_no_more_than_two_generations() {
        let mut fonts = Fonts::new(false);
        let title = run_of(&mut fonts, "RANKING");
        for n in 0..4 * GENERATION {
            run_of(&mut fonts, &n.to_string());
            // Set again and again, it stays the same run.
            assert!(Arc::ptr_eq(&title, &run_of(&mut fonts, "RANKING")), "after {n}");
            assert!(fonts.runs.len() <= 2 * GENERATION, "{} after {n}", fonts.runs.len());
        }
        assert!(fonts.runs.len() > GENERATION);
    }

    #[test]
    fn what_was_not_set_for_two_generations_is_shaped_anew() {
        let mut fonts = Fonts::new(false);
        let title = run_of(&mut fonts, "RANKING");
        for n in 0..=2 * GENERATION {
            run_of(&mut fonts, &n.to_string());
        }
        let again = run_of(&mut fonts, "RANKING");
        assert!(!Arc::ptr_eq(&title, &again));
        assert_eq!(*title, *again);
    }
}
