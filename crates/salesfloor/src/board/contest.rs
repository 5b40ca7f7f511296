//! Contests and brackets: from a week before they begin until three days after their end.

use jiff::SignedDuration;
use serde_json::{Value as Json, json};

use super::{Writer, rounded};
use crate::facts::{Contest, ContestFormat, Contestants, Scope};
use crate::figures::{Contender, ContestFigure, ContestState, Value};
use crate::period::Span;

const BEFORE: SignedDuration = SignedDuration::from_hours(7 * 24);
const AFTER: SignedDuration = SignedDuration::from_hours(3 * 24);

impl Writer<'_> {
    pub(super) fn contests(&self) -> Vec<Json> {
        let json = |(contest, figure): (&Contest, ContestFigure)| match contest.format {
            ContestFormat::Bracket => self.bracket(contest),
            _ => Some(self.contest(contest, &figure)),
        };
        self.current_contests().filter_map(json).collect()
    }

    pub(super) fn current_contests(&self) -> impl Iterator<Item = (&Contest, ContestFigure)> {
        let now = self.figures.now;
        self.figures.floor.contests.iter().filter_map(move |contest| {
            let figure = self.figures.contest(contest);
            let soon = contest.start.duration_since(now) <= BEFORE;
            let over = figure.ended.is_some_and(|end| now.duration_since(end) > AFTER);
            (soon && !over).then_some((contest, figure))
        })
    }

    fn contest(&self, contest: &Contest, figure: &ContestFigure) -> Json {
        let metric = self.contest_metric(contest);
        let decimals = metric.map_or(0, |metric| self.decimals(metric));
        let row = |row: &Contender| {
            let mut entry = json!({"who": self.who(row.who)?, "value": rounded(row.value.as_f64(), decimals)});
            if let Some(at) = row.reached_at {
                entry["reached_at"] = json!(at.to_string());
            }
            if let Some(members) = row.members {
                entry["members"] = json!(members);
            }
            if let Some(won) = row.won {
                entry["won"] = json!(won);
            }
            Some(entry)
        };
        let rows: Vec<Json> = match figure.state {
            // Nobody has done anything yet, but everybody sees that they take part.
            ContestState::Upcoming => self
                .figures
                .contenders(contest)
                .into_iter()
                .filter_map(|who| Some(json!({"who": self.who(who)?})))
                .collect(),
            _ => figure.rows.iter().filter_map(row).collect(),
        };
        let mut slide = json!({
            "type": "contest",
            "id": slide_id(contest),
            "title": contest.title,
            "of": match contest.of { Contestants::People(_) => "people", Contestants::Teams(_) => "teams" },
            "format": format_name(contest.format),
            "state": match figure.state {
                ContestState::Upcoming => "upcoming",
                ContestState::Running => "running",
                ContestState::Ended => "ended",
                ContestState::Final => "final",
            },
            "period": self.contest_period(contest, figure),
            "prizes": prizes(contest),
            "rows": rows,
        });
        if let Some(metric) = metric {
            slide["metric"] = json!(self.figures.floor.metric(metric).key);
        }
        if let Some(goal) = contest.goal {
            let scale = metric.map_or(0, |metric| self.figures.floor.metric(metric).decimals);
            slide["goal"] = rounded(Value::minor(goal, scale).as_f64(), decimals);
        }
        if let Some(rules) = &contest.rules {
            slide["rules"] = json!(rules);
        }
        slide
    }

    /// The one metric of a contest; points of several have none.
    fn contest_metric(&self, contest: &Contest) -> Option<crate::facts::MetricId> {
        match contest.metrics.as_slice() {
            [(metric, 1)] => Some(*metric),
            _ => None,
        }
    }

    fn contest_period(&self, contest: &Contest, figure: &ContestFigure) -> Json {
        let mut period = json!({"start": contest.start.to_string()});
        if let Some(end) = contest.end.or(figure.ended) {
            period["end"] = json!(end.to_string());
        }
        period
    }

    /// Each round takes an equal part of the time. A round's winner has the higher figure in it; of equal ones the higher
    /// seed goes on. The seeds are the order in which the contestants are listed.
    fn bracket(&self, contest: &Contest) -> Option<Json> {
        // Who is in totals only cannot stand in a pair.
        let shown = |who: &Scope| self.is_shown(*who);
        let field: Vec<Scope> = self.figures.contenders(contest).into_iter().filter(shown).collect();
        if field.len() < 2 {
            return None;
        }
        let size = field.len().next_power_of_two();
        let spans = round_spans(contest, field.len());
        let rounds = spans.len() as u32;
        // Seeds meet so that the best two can meet only in the final.
        let mut seats: Vec<Option<usize>> =
            seats(size).into_iter().map(|seed| (seed < field.len()).then_some(seed)).collect();
        let mut shown = Vec::new();
        for (round, span) in (0..rounds).zip(spans) {
            let over = span.end <= self.figures.now;
            let begun = span.start <= self.figures.now;
            let value = |seed: usize| self.figures.contest_value(contest, field[seed], span);
            let mut next = Vec::new();
            let mut matches = Vec::new();
            for (at, pair) in seats.chunks(2).enumerate() {
                let (a, b) = (pair[0], pair[1]);
                let undecided = |seat: Option<usize>| round > 0 && seat.is_none();
                let winner = match (a, b) {
                    (Some(a), Some(b)) if over => {
                        let (of_a, of_b) = (value(a), value(b));
                        Some(if of_b > of_a || of_a == of_b && b < a { b } else { a })
                    }
                    // A bye goes on at once.
                    (Some(only), None) | (None, Some(only)) if round == 0 => Some(only),
                    _ => None,
                };
                let side = |seat: Option<usize>, from: usize| match seat {
                    Some(seed) => {
                        let mut side = json!({"who": self.who(field[seed]), "seed": seed + 1});
                        if begun && a.is_some() && b.is_some() {
                            side["value"] = rounded(value(seed).as_f64(), 0);
                        }
                        side
                    }
                    None if undecided(seat) => json!({"from": [round - 1, from]}),
                    None => Json::Null,
                };
                let mut entry = json!({"a": side(a, at * 2), "b": side(b, at * 2 + 1)});
                if let Some(winner) = winner {
                    entry["winner"] = json!(if Some(winner) == a { "a" } else { "b" });
                }
                matches.push(entry);
                next.push(winner);
            }
            shown.push(
                json!({"label": self.labels.round(rounds - round), "end": span.end.to_string(), "matches": matches}),
            );
            seats = next;
        }
        let mut slide = json!({
            "type": "bracket", "id": slide_id(contest), "title": contest.title,
            "of": match contest.of { Contestants::People(_) => "people", Contestants::Teams(_) => "teams" },
            "rounds": shown, "prizes": prizes(contest),
        });
        if let Some(metric) = self.contest_metric(contest) {
            slide["metric"] = json!(self.figures.floor.metric(metric).key);
        }
        Some(slide)
    }

    /// Who has won a bracket, once all its rounds are over.
    pub(super) fn champion(&self, contest: &Contest) -> Option<String> {
        let slide = self.bracket(contest)?;
        let last = &slide["rounds"].as_array()?.last()?["matches"][0];
        last[last["winner"].as_str()?]["who"].as_str().map(str::to_owned)
    }
}

pub(super) fn slide_id(contest: &Contest) -> String {
    format!("contest-{}", contest.key)
}

/// The times of a bracket's rounds: equal parts of the contest.
pub(super) fn round_spans(contest: &Contest, contenders: usize) -> Vec<Span> {
    let rounds = contenders.max(2).next_power_of_two().ilog2();
    let end = contest.end.unwrap_or(contest.start);
    let length = end.duration_since(contest.start) / rounds as i32;
    let start = |round: u32| contest.start + length * round as i32;
    (0..rounds)
        .map(|round| Span { start: start(round), end: if round + 1 == rounds { end } else { start(round + 1) } })
        .collect()
}

fn prizes(contest: &Contest) -> Vec<Json> {
    contest.prizes.iter().map(|prize| json!({"place": prize.place, "label": prize.label})).collect()
}

fn format_name(format: ContestFormat) -> &'static str {
    match format {
        ContestFormat::Most | ContestFormat::Bracket => "most",
        ContestFormat::FirstTo => "first_to",
        ContestFormat::Threshold => "threshold",
        ContestFormat::TeamTotal => "team_total",
        ContestFormat::TeamAverage => "team_average",
        ContestFormat::Versus => "versus",
    }
}

/// The seeds in the order of their seats: the first against the last, and so on in every half.
fn seats(size: usize) -> Vec<usize> {
    let mut seats = vec![0];
    while seats.len() < size {
        let n = seats.len() * 2;
        seats = seats.into_iter().flat_map(|seed| [seed, n - 1 - seed]).collect();
    }
    seats
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_two_meet_only_in_the_final() {
        assert_eq!(seats(2), [0, 1]);
        assert_eq!(seats(8), [0, 7, 3, 4, 1, 6, 2, 5]);
    }
}
