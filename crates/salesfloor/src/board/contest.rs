//! Contests and brackets: from a week before they begin until three days after their end.

use jiff::SignedDuration;
use serde_json::{Value as Json, json};

use super::{Writer, rounded};
use crate::facts::{Contest, ContestFormat, Contestants};
use crate::figures::{BracketFigure, Contender, ContestFigure, ContestState, Pair, Seat, Value};

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
        let race = matches!(contest.format, ContestFormat::Most | ContestFormat::FirstTo);
        let row = |row: &Contender| {
            let mut entry = json!({"who": self.who(row.who)?});
            // Whoever has nothing has no place: a wall ranks what has a figure.
            if row.place.is_some() || !race {
                entry["value"] = rounded(row.value.as_f64(), decimals);
            }
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

    fn bracket(&self, contest: &Contest) -> Option<Json> {
        let figure = self.figures.bracket(contest);
        let rounds = figure.rounds.len();
        if rounds == 0 {
            return None;
        }
        let shown = figure.rounds.iter().enumerate().map(|(at, round)| {
            let matches: Vec<Json> = round.pairs.iter().map(|pair| self.pair(contest, &figure, at, pair)).collect();
            let label = self.labels.round(at, rounds);
            json!({"label": label, "end": round.span.end.to_string(), "matches": matches})
        });
        let mut slide = json!({
            "type": "bracket", "id": slide_id(contest), "title": contest.title,
            "of": match contest.of { Contestants::People(_) => "people", Contestants::Teams(_) => "teams" },
            "rounds": shown.collect::<Vec<_>>(), "prizes": prizes(contest),
        });
        if let Some(metric) = self.contest_metric(contest) {
            slide["metric"] = json!(self.figures.floor.metric(metric).key);
        }
        Some(slide)
    }

    fn pair(&self, contest: &Contest, figure: &BracketFigure, round: usize, pair: &Pair) -> Json {
        let decimals = self.figures.contest_decimals(contest);
        let side = |at: usize| match pair.sides[at] {
            Seat::Taken(seed) => {
                // Of somebody in totals only the seat is shown, neither name nor figure.
                let Some(who) = self.who(figure.field[seed]) else { return json!({"name": "–", "seed": seed + 1}) };
                let mut side = json!({"who": who, "seed": seed + 1});
                if let Some(value) = pair.values[at] {
                    side["value"] = rounded(value.as_f64(), decimals);
                }
                side
            }
            Seat::Open(from) => json!({"from": [round.saturating_sub(1), from]}),
            Seat::Bye => Json::Null,
        };
        let mut entry = json!({"a": side(0), "b": side(1)});
        if let Some(winner) = pair.winner {
            entry["winner"] = json!(["a", "b"][winner]);
        }
        entry
    }
}

pub(super) fn slide_id(contest: &Contest) -> String {
    format!("contest-{}", contest.key)
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
