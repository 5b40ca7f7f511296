//! Turns a contest into what the slide shows: who stands against whom, the rows under them, prizes and words, before
//! anything moves.

use jiff::Timestamp;

use super::crown;
use super::layout::{self, Layout};
use super::say::{self, Action, Over, Recent};
use super::sheet::{Row, Sheet};
use super::threshold;
use crate::board::{Better, Contest, ContestFormat as Format, ContestState as State};
use crate::motion::Anim;
use crate::slides::context::Ctx;
use crate::slides::widgets::countdown::Countdown;
use crate::slides::widgets::duel::{self, Duel};
use crate::slides::widgets::header::Header;
use crate::slides::widgets::podium::Podium;
use crate::slides::widgets::prizes;

/// What the upper part shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Picture {
    Duel,
    /// Nobody has a figure yet: two lines.
    Empty([String; 2]),
    /// Not begun: what it is about.
    Upcoming,
}

/// A contest at rest.
#[derive(Debug, Clone, PartialEq)]
pub struct ContestModel {
    pub header: Header,
    /// In what figures are written: "¥ MILLION".
    pub unit: String,
    pub state: State,
    /// What the upper part shows.
    pub picture: Picture,
    /// The duel; figures at rest.
    pub duel: Duel,
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
    pub ends: Option<Timestamp>,
}

/// The model of a slide.
pub fn model(ctx: &Ctx, contest: &Contest) -> ContestModel {
    let sheet = Sheet::of(ctx, contest);
    let picture = picture(&sheet);
    let prizes = prizes::texts(ctx.locale, &contest.prizes);
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
        action: say::named_gaps(say::action(&sheet), &sheet, &rows),
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
        return Picture::Empty((sheet.ctx.locale.words().contest.empty)(&sheet.label()));
    }
    Picture::Duel
}

/// The first two, and which entries they are.
fn rivals(sheet: &Sheet) -> (Duel, Vec<usize>) {
    let w = &sheet.ctx.locale.words().contest;
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
    let words = ctx.locale.words();
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
        title: ctx.locale.caps(&ctx.data.title),
        period: period_text,
        measure,
        days_left,
        countdown,
        live: sheet.contest.state != State::Final,
        until: None,
    }
}
