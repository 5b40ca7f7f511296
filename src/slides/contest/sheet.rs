//! Writes a contest's figures and names: the one place that knows unit, style and order of its entries.

use jiff::Timestamp;

use crate::board::rank::{self, Place};
use crate::board::{Better, Contest, ContestFormat as Format, ContestRow, ContestState as State, Metric, Of};
use crate::slides::context::Ctx;
use crate::slides::widgets::digits::Odometer;
use crate::slides::widgets::duel::Side;
use crate::words::NumberStyle;

/// One row as it stands at rest.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub id: String,
    /// Slot, 0 first.
    pub slot: usize,
    /// "=3"; empty where it is not ranked.
    pub rank_text: String,
    /// Name as it is drawn, not yet fitted.
    pub name: String,
    pub value: Option<f64>,
    /// "34"
    pub value_text: String,
    /// "−8", "14:01"
    pub gap: String,
    /// Whether it has reached the goal or won: a white plate, and a tick where there is no gap.
    pub done: bool,
    /// What the source says about its movement.
    pub moved: Option<i64>,
}

/// A row with its place.
pub struct Entry<'a> {
    pub row: &'a ContestRow,
    pub place: Place,
}

impl Entry<'_> {
    /// "=3"
    pub fn rank_text(&self, state: State) -> String {
        match self.row.won.filter(|_| state == State::Final) {
            Some(won) => won.to_string(),
            None => self.place.text(),
        }
    }
}

/// What figures of a contest are written with.
pub struct Sheet<'a> {
    pub ctx: &'a Ctx<'a>,
    pub contest: &'a Contest,
    pub metric: Metric,
    pub style: NumberStyle,
    /// In drawn order: after the end those who have won first.
    pub entries: Vec<Entry<'a>>,
}

impl Sheet<'_> {
    pub fn of<'a>(ctx: &'a Ctx<'a>, contest: &'a Contest) -> Sheet<'a> {
        let mut metric = ctx.board.metric(contest.metric.as_deref()).clone();
        if contest.format == Format::TeamAverage {
            metric.decimals = metric.decimals.saturating_add(1);
        }
        let places = rank::places(ctx.board, ctx.data);
        let values: Vec<f64> = places.iter().filter_map(|p| p.value).chain(contest.goal).collect();
        let style = NumberStyle::for_values(&metric, &values, ctx.locale);
        let mut entries: Vec<Entry> =
            places.into_iter().map(|place| Entry { row: &contest.rows[place.row], place }).collect();
        if contest.state == State::Final {
            entries.sort_by_key(|e| e.row.won.unwrap_or(u32::MAX));
        }
        Sheet { ctx, contest, metric, style, entries }
    }

    /// The metric's label as it stands on the wall.
    pub fn label(&self) -> String {
        self.ctx.locale.caps(&self.metric.label)
    }

    /// Whether the figures are whole things of which more is better.
    pub fn counts(&self) -> bool {
        let whole = self.metric.unit == crate::board::Unit::Count && self.metric.decimals == 0;
        whole && self.metric.better == Better::Up
    }

    /// A figure with its unit in running text: "4 DEMOS", "1.20 ¥M".
    pub fn amount(&self, value: f64) -> String {
        if self.counts() {
            let n = value.round();
            let figure = self.ctx.locale.whole(n as i64);
            return (self.ctx.locale.words().contest.count)(&figure, n == 1.0, &self.label());
        }
        self.with_unit(self.style.trimmed(value))
    }

    /// How far two figures lie apart, as they are shown.
    pub fn distance(&self, a: f64, b: f64) -> String {
        if self.counts() {
            return self.amount((a.round() - b.round()).abs());
        }
        let figure = self.style.gap(a, b);
        self.with_unit(figure.trim_start_matches('+').to_owned())
    }

    fn with_unit(&self, figure: String) -> String {
        self.style.spoken(&figure)
    }

    /// What is missing from a figure to another, with its sign: fewer are short of it, in a measure of less they are over.
    pub fn gap(&self, value: f64, other: f64) -> String {
        let figure = self.style.gap(value, other);
        let digits = figure.trim_start_matches('+');
        match self.style.difference(value, other).order {
            std::cmp::Ordering::Equal => "=".to_owned(),
            std::cmp::Ordering::Less => format!("−{digits}"),
            std::cmp::Ordering::Greater => format!("+{digits}"),
        }
    }

    /// Office of a person, members of a team.
    fn corner(&self, row: &ContestRow) -> String {
        let w = &self.ctx.locale.words().contest;
        match (self.contest.of, row.members) {
            (Of::Teams, Some(n)) => (w.members)(n),
            _ => self.ctx.office(&row.who.id),
        }
    }

    /// A side for an entry.
    pub fn side(&self, entry: &Entry, kicker: String, accent: bool) -> Side {
        let figure = entry.place.value.map(|value| self.style.parts(&self.style.format(value)));
        let [score, unit] = figure.unwrap_or_else(|| ["–".to_owned(), String::new()]);
        Side {
            id: entry.row.who.id.clone(),
            kicker,
            name: self.ctx.locale.caps(&entry.row.who.name),
            score: Odometer::still(&score),
            unit,
            corner: self.corner(entry.row),
            note: String::new(),
            note_sign: 0,
            numeral: entry.rank_text(self.contest.state).trim_start_matches('=').to_owned(),
            accent,
            team: self.ctx.team_color(&entry.row.who.id),
            crest: self.ctx.crest(&entry.row.who.id),
        }
    }

    /// Whether an entry has reached the goal.
    pub fn reached(&self, entry: &Entry) -> bool {
        let by_value = entry.place.value.zip(self.contest.goal).is_some_and(|(value, goal)| match self.metric.better {
            Better::Up => value >= goal,
            Better::Down => value <= goal,
        });
        entry.row.reached_at.is_some() || by_value
    }

    pub fn row(&self, entry: &Entry, slot: usize, leader: Option<f64>) -> Row {
        let contest = self.contest;
        let race = contest.format == Format::FirstTo;
        let to_goal = race || contest.format == Format::Threshold;
        let reached = to_goal && contest.goal.is_some() && self.reached(entry);
        let against = if to_goal { contest.goal.or(leader) } else { leader };
        let gap = match (entry.row.reached_at.filter(|_| race), entry.place.value.zip(against)) {
            (Some(at), _) => self.moment(at),
            (None, _) if reached => String::new(),
            (None, Some((value, other))) => self.gap(value, other),
            (None, None) => String::new(),
        };
        Row {
            id: entry.row.who.id.clone(),
            slot,
            rank_text: entry.rank_text(contest.state),
            name: self.ctx.locale.caps(&entry.row.who.name),
            value: entry.place.value,
            value_text: entry.place.value.map_or_else(|| "–".to_owned(), |v| self.style.format(v)),
            gap,
            done: reached || (contest.state == State::Final && entry.row.won.is_some()),
            moved: entry.place.moved.map(i64::from),
        }
    }

    /// An instant as the floor says it now.
    pub fn moment(&self, at: Timestamp) -> String {
        let zone = self.ctx.zone();
        self.ctx.locale.moment(&at.to_zoned(zone.clone()), &self.ctx.instant().to_zoned(zone))
    }
}
