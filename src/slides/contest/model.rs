//! Turns a contest into what the slide shows: who stands against whom, the rows under them, prizes and words, before
//! anything moves.

use jiff::Timestamp;

use super::crown;
use super::layout::{self, Layout};
use super::say::{self, Action, Over, Recent};
use super::threshold;
use crate::board::rank::{self, Place};
use crate::board::{Better, Contest, ContestFormat as Format, ContestRow, ContestState as State, Metric, Of};
use crate::motion::Anim;
use crate::slides::context::Ctx;
use crate::slides::widgets::countdown::Countdown;
use crate::slides::widgets::digits::Odometer;
use crate::slides::widgets::duel::{self, Duel, Side};
use crate::slides::widgets::header::Header;
use crate::slides::widgets::podium::Podium;
use crate::slides::widgets::prizes;
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
    /// Raw figure.
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

/// What the upper part shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Picture {
    /// Two rivals.
    Duel,
    /// Nobody has a figure yet: two lines.
    Empty([String; 2]),
    /// Not begun: what it is about.
    Upcoming,
}

/// A contest at rest.
#[derive(Debug, Clone, PartialEq)]
pub struct ContestModel {
    /// Header texts.
    pub header: Header,
    /// In what figures are written: "¥ MILLION".
    pub unit: String,
    /// Where it stands.
    pub state: State,
    /// What the upper part shows.
    pub picture: Picture,
    /// The duel; figures at rest.
    pub duel: Duel,
    /// Where everything lies.
    pub layout: Layout,
    /// Rows under the duel, in order.
    pub rows: Vec<Row>,
    /// Prizes with their places, first ones first.
    pub prizes: Vec<(u32, String)>,
    /// The line under the duel.
    pub action: Action,
    /// What stands in place of kickers and line once the time is up.
    pub over: Over,
    /// What happened last to the second side.
    pub recent: Option<Recent>,
    /// How it is won; the first that fits is said.
    pub rules: Vec<String>,
    /// "1–30 NOV · 12 REPS"
    pub span: String,
    /// The winners, while the data may name them.
    pub podium: Option<Podium>,
    /// When it ends.
    pub ends: Option<Timestamp>,
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
    fn of<'a>(ctx: &'a Ctx<'a>, contest: &'a Contest) -> Sheet<'a> {
        let mut metric = ctx.board.metric(contest.metric.as_deref()).clone();
        if contest.format == Format::TeamAverage {
            metric.decimals = metric.decimals.saturating_add(1);
        }
        let places = rank::places(ctx.board, ctx.data);
        let values: Vec<f64> = places.iter().filter_map(|p| p.value).chain(contest.goal).collect();
        let style = NumberStyle::for_values(&metric, &values, ctx.words);
        let mut entries: Vec<Entry> =
            places.into_iter().map(|place| Entry { row: &contest.rows[place.row], place }).collect();
        if contest.state == State::Final {
            entries.sort_by_key(|e| e.row.won.unwrap_or(u32::MAX));
        }
        Sheet { ctx, contest, metric, style, entries }
    }

    /// The metric's label as it stands on the wall.
    pub fn label(&self) -> String {
        self.ctx.words.caps(&self.metric.label)
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
            let figure = self.ctx.words.whole(n as i64);
            return (self.ctx.words.words().contest.count)(&figure, n == 1.0, &self.label());
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
        let unit = self.style.unit_short();
        match unit {
            "" => figure,
            "%" => self.ctx.words.with_percent(&figure),
            unit if unit.chars().next().is_some_and(crate::scene::text::is_cjk) => format!("{figure}{unit}"),
            unit => format!("{figure} {unit}"),
        }
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
        let w = &self.ctx.words.words().contest;
        match (self.contest.of, row.members) {
            (Of::Teams, Some(n)) => (w.members)(n),
            _ => self.ctx.office(&row.who.id),
        }
    }

    /// A side for an entry.
    pub fn side(&self, entry: &Entry, kicker: String, accent: bool) -> Side {
        let value = entry.place.value;
        Side {
            id: entry.row.who.id.clone(),
            kicker,
            name: self.ctx.words.caps(&entry.row.who.name),
            score: Odometer::still(&value.map_or_else(|| "–".to_owned(), |v| self.style.format(v))),
            unit: value.map(|_| self.style.unit_short().to_owned()).unwrap_or_default(),
            corner: self.corner(entry.row),
            note: String::new(),
            note_sign: 0,
            numeral: entry.rank_text(self.contest.state).trim_start_matches('=').to_owned(),
            accent,
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

    fn row(&self, entry: &Entry, slot: usize, leader: Option<f64>) -> Row {
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
            name: self.ctx.words.caps(&entry.row.who.name),
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
        self.ctx.words.moment(&at.to_zoned(zone.clone()), &self.ctx.instant().to_zoned(zone))
    }
}

/// The model of a slide.
pub fn model(ctx: &Ctx, contest: &Contest) -> ContestModel {
    let sheet = Sheet::of(ctx, contest);
    let picture = picture(&sheet);
    let prizes = prizes::texts(ctx.words, &contest.prizes);
    let (duel, shown) = match picture {
        Picture::Duel if contest.format == Format::Threshold && contest.goal.is_some() => threshold::duel(&sheet),
        Picture::Duel => rivals(&sheet),
        Picture::Empty(_) | Picture::Upcoming => {
            (Duel { sides: [None, None], open: String::new(), share: Anim::still(0.5) }, vec![])
        }
    };
    let leader = sheet.entries.first().and_then(|e| e.place.value);
    let others = sheet.entries.iter().enumerate().filter(|(i, _)| picture == Picture::Duel && !shown.contains(i));
    let rows: Vec<Row> =
        others.take(layout::ROWS).enumerate().map(|(slot, (_, entry))| sheet.row(entry, slot, leader)).collect();
    let further = prizes.len().saturating_sub(1);
    let slots = if matches!(picture, Picture::Empty(_)) { layout::ROWS } else { rows.len() };
    ContestModel {
        unit: sheet.style.unit_long().to_owned(),
        header: header(&sheet, &prizes),
        podium: crown::podium(&sheet, prizes.first().map(|(_, prize)| prize.as_str())),
        state: contest.state,
        layout: layout::layout(ctx.screen.stage.portrait(), slots, further),
        action: say::action(&sheet),
        over: say::over(&sheet, &duel),
        recent: say::recent(&sheet, duel.sides[1].as_ref()),
        rules: say::rules(&sheet),
        span: say::span(&sheet),
        ends: ctx.data.period.as_ref().and_then(|p| p.end).filter(|_| contest.state == State::Running),
        picture,
        duel,
        rows,
        prizes,
    }
}

fn picture(sheet: &Sheet) -> Picture {
    let contest = sheet.contest;
    if contest.state == State::Upcoming {
        return Picture::Upcoming;
    }
    let values: Vec<f64> = sheet.entries.iter().filter_map(|e| e.place.value).collect();
    let placed = sheet.entries.iter().any(|e| e.place.rank.is_some());
    // With nobody off zero the two who would be shown are only the first of the alphabet.
    let still_zero = contest.state == State::Running && values.len() > 2 && values.iter().all(|v| *v == 0.0);
    if !placed || (still_zero && sheet.metric.better == Better::Up && contest.format != Format::Threshold) {
        return Picture::Empty((sheet.ctx.words.words().contest.empty)(&sheet.label()));
    }
    Picture::Duel
}

/// The first two, and which entries they are.
fn rivals(sheet: &Sheet) -> (Duel, Vec<usize>) {
    let w = &sheet.ctx.words.words().contest;
    let ranked = sheet.entries.iter().take(2).filter(|e| e.place.rank.is_some() || e.row.won.is_some()).count();
    let tied = say::tied(sheet) > 1;
    let won = |i: usize| sheet.contest.state == State::Final && sheet.entries[i].row.won == Some(1);
    let side = |i: usize| {
        let accent = i == 0 || tied || won(i);
        sheet.side(&sheet.entries[i], say::kicker(sheet, i), accent)
    };
    let value = |i: usize| sheet.entries.get(i).and_then(|e| e.place.value);
    let share = match (value(0), value(1)) {
        (Some(a), Some(b)) => duel::share(a, b, sheet.metric.better == Better::Down),
        _ => 0.5,
    };
    let sides = [(ranked > 0).then(|| side(0)), (ranked > 1).then(|| side(1))];
    (Duel { sides, open: w.open.to_owned(), share: Anim::still(share) }, (0..ranked).collect())
}

fn header(sheet: &Sheet, prizes: &[(u32, String)]) -> Header {
    let ctx = sheet.ctx;
    let words = ctx.words.words();
    let w = &words.contest;
    let period = ctx.data.period.as_ref();
    let count = |label: &str, at: Option<Timestamp>, then: &str| {
        at.map(|at| Countdown { label: label.to_owned(), at, then: then.to_owned() })
    };
    let countdown = match sheet.contest.state {
        State::Upcoming => count(w.starts_in, period.and_then(|p| p.start), w.starting),
        State::Running => count(w.ends_in, period.and_then(|p| p.end), w.time_up),
        State::Ended | State::Final => None,
    };
    let (period_text, measure) = match prizes.first() {
        // Before it begins the prize has the whole duel, and at the end a plate under the podium.
        Some((_, prize)) if !matches!(sheet.contest.state, State::Upcoming | State::Final) => {
            (w.prize.to_owned(), prize.clone())
        }
        _ => (
            say::period_name(sheet).or_else(|| say::dates(sheet)).unwrap_or_default(),
            (words.caption)(&sheet.label(), sheet.style.unit_long()),
        ),
    };
    let days_left = match sheet.contest.state {
        State::Running => period.and_then(|p| p.days_left).map(words.days_left).unwrap_or_default(),
        _ => String::new(),
    };
    Header {
        title: ctx.words.caps(&ctx.data.title),
        period: period_text,
        measure,
        days_left,
        countdown,
        live: true,
        until: None,
    }
}
