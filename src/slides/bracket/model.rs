//! Turns a bracket into what the slide shows: the duel of each page, the branch beside it, the line under it.

use jiff::{Timestamp, ToSpan};

use super::names;
use super::tree::{At, Game, Seat, Stage, Tree};
use crate::board::{Better, Bracket, Metric, Of, Unit};
use crate::slides::context::Ctx;
use crate::slides::widgets::countdown::Countdown;
use crate::slides::widgets::header::Header;
use crate::slides::widgets::prizes;
use crate::words::NumberStyle;

/// A side of the match that the panel is about.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Half {
    /// Which side of the match it is, 0 or 1.
    pub side: usize,
    /// Identity; empty while nobody has taken the seat.
    pub id: String,
    /// In capitals.
    pub name: String,
    /// Their office.
    pub office: String,
    /// Score as it is written; empty where there is none.
    pub score: String,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Panel {
    /// A match: its place, who is in front or first, whether anybody is in front, whether it has begun, its name.
    Duel {
        /// Which match.
        at: At,
        /// The upper half first.
        halves: [Half; 2],
        /// Whether the scores are equal.
        level: bool,
        /// Whether it is being played.
        live: bool,
        /// "SEMI-FINAL 2"
        game: String,
    },
    /// It is over: who won, against whom; the final as it stood.
    Champion {
        at: At,
        /// Winner, then loser.
        halves: [Half; 2],
        /// "FINAL"
        game: String,
    },
}

/// How a seat is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeatStyle {
    Won,
    /// Lost it.
    Beaten,
    /// In front in the match of the panel.
    Leads,
    /// Behind in the match of the panel, or level.
    Chases,
    /// Came here by a win, and waits or plays.
    Arrived,
    /// In the draw, not yet decided.
    Waits,
    /// Nobody yet, or nobody at all.
    Open,
}

/// A seat of the tree.
#[derive(Debug, Clone, PartialEq)]
pub struct SeatView {
    /// Identity; empty while it is open.
    pub id: String,
    /// Name in capitals, or who will come.
    pub name: String,
    /// Seed; empty where none is known.
    pub seed: String,
    /// Score; empty where there is none.
    pub score: String,
    /// How it is drawn.
    pub style: SeatStyle,
}

/// A match of the tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Which match.
    pub at: At,
    /// Upper and lower seat.
    pub places: [SeatView; 2],
    /// Where the winner goes: the match and its side.
    pub next: Option<(At, usize)>,
    /// Whether it is being played, and what is said between its seats.
    pub note: (bool, String),
}

/// A round of the branch.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// "SEMI-FINALS"
    pub label: String,
    /// "27 NOV", for rounds to come.
    pub date: String,
    /// Whether it is the round of the panel.
    pub current: bool,
    /// Matches from the top; holes where nobody came from.
    pub pairs: Vec<Option<Pair>>,
}

/// One page: a match that is on now.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    pub panel: Panel,
    /// The branch, first round first.
    pub columns: Vec<Column>,
    /// The line at the bottom; the first part is the bright one.
    pub action: [String; 2],
    /// What it is about and what that is worth, where the branch shows the final.
    pub prize: [String; 2],
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct BracketModel {
    pub header: Header,
    /// In what scores are written: "¥ MILLION".
    pub unit: String,
    /// A page for each match that is on now; none before the draw.
    pub pages: Vec<Page>,
    /// Prizes that no page has a place for.
    pub left_out: Vec<String>,
}

/// Everything that the parts of a model are made from.
struct Draft<'a> {
    ctx: &'a Ctx<'a>,
    data: &'a Bracket,
    tree: Tree,
    names: Vec<String>,
    metric: Metric,
    style: NumberStyle,
}

/// The model of a slide. `upper`: who stood in the upper half of a match's panel before; he stays there while the scores
/// are equal.
pub fn model(ctx: &Ctx, bracket: &Bracket, upper: &dyn Fn(At) -> Option<String>) -> BracketModel {
    let data = bracket;
    let tree = Tree::new(data);
    let full: Vec<String> = tree.entrants.iter().map(|e| ctx.locale.caps(&e.name)).collect();
    let metric = data.metric.as_ref().and_then(|id| ctx.board.metrics.get(id)).cloned().unwrap_or_default();
    let values: Vec<f64> = tree.rounds.iter().flatten().flat_map(|g| g.values).flatten().collect();
    let style = NumberStyle::for_values(&metric, &values, ctx.locale);
    let d = Draft { names: names::short(&full, data.of == Of::Teams), ctx, data, tree, metric, style };
    let focus: Vec<At> = if d.tree.champion().is_some() {
        vec![(d.tree.rounds.len() - 1, 0)]
    } else {
        match d.tree.on_now() {
            Some((round, matches)) => matches.into_iter().map(|m| (round, m)).collect(),
            // Nothing can be played: the first match that is not decided.
            None => d.first_undecided().into_iter().collect(),
        }
    };
    let mut pages: Vec<Page> = focus.iter().map(|at| d.page(*at, upper)).collect();
    let mut said = prizes::parts(ctx.locale, &data.prizes).into_iter().map(|(_, prize)| prize);
    let prize = said.next().unwrap_or_default();
    let mut left_out: Vec<String> = said.map(|prize| prizes::joined(&prize)).collect();
    // The tree has one place for one prize, between the seats of the final.
    let last = d.tree.rounds.len().saturating_sub(1);
    let (mut shown, several) = (false, |page: &Page| page.columns.len() > 1);
    for page in pages.iter_mut().filter(|page| several(page)) {
        let column = page.columns.last();
        if column.is_some_and(|c| matches!(&c.pairs[..], [Some(pair)] if pair.at == (last, 0))) {
            page.prize.clone_from(&prize);
            shown = true;
        }
    }
    if !shown {
        left_out.insert(0, prizes::joined(&prize));
    }
    let unit = d.style.unit_long().to_owned();
    BracketModel { header: d.header(focus.first().copied()), unit, pages, left_out }
}

impl Draft<'_> {
    fn first_undecided(&self) -> Option<At> {
        let games = self.tree.rounds.iter().enumerate();
        games
            .flat_map(|(r, g)| g.iter().enumerate().map(move |(m, g)| ((r, m), g)))
            .find_map(|(at, g)| (g.winner.is_none() && g.seats.iter().any(|s| *s != Seat::Bye)).then_some(at))
    }

    fn distance(&self, round: usize) -> usize {
        self.tree.rounds.len() - 1 - round
    }

    fn end(&self, round: usize) -> Option<Timestamp> {
        self.data.rounds.get(round)?.end
    }

    fn past(&self, at: Timestamp) -> bool {
        at.as_microsecond() <= self.ctx.now.wall_us
    }

    /// When a round begins, as far as that can be known and is still ahead: with the end of the one before it.
    fn begins(&self, round: usize) -> Option<Timestamp> {
        let start = match round.checked_sub(1) {
            Some(before) => self.end(before),
            None => self.ctx.data.period.as_ref().and_then(|p| p.start),
        };
        start.filter(|s| !self.past(*s))
    }

    /// The last day before an end.
    fn day(&self, end: Timestamp) -> String {
        self.ctx.date(end.checked_sub(1.microsecond()).unwrap_or(end))
    }

    /// An instant of today by the clock, any other by its `day`.
    fn when(&self, at: Timestamp, day: String) -> String {
        let zoned = at.to_zoned(self.ctx.zone());
        let today = zoned.date() == self.ctx.instant().to_zoned(self.ctx.zone()).date();
        if today { self.ctx.locale.clock(zoned.time()) } else { day }
    }

    fn header(&self, focus: Option<At>) -> Header {
        let w = &self.ctx.locale.words().bracket;
        let label = self.ctx.locale.caps(&self.metric.label);
        let measure = match self.metric.unit {
            _ if label.is_empty() || self.tree.entrants.is_empty() => String::new(),
            Unit::Count | Unit::Points if self.metric.better == Better::Down => (w.fewest)(&label),
            Unit::Count | Unit::Points => (w.most)(&label),
            _ => (self.ctx.locale.words().caption)(&label, self.style.unit_long()),
        };
        let n = self.tree.entrants.len();
        let period = if n == 0 { String::new() } else { (w.knock_out)(n, self.data.of == Of::Teams) };
        let count = |label: &str, at: Timestamp, then: &str| Countdown { label: label.into(), at, then: then.into() };
        let countdown = focus.and_then(|at| {
            let game = self.tree.game(at)?;
            match game.stage() {
                Stage::Live => Some(count(w.ends_in, self.end(at.0)?, w.ended)),
                Stage::Ahead => Some(count(w.starts_in, self.begins(at.0)?, w.starting)),
                Stage::Over => None,
            }
        });
        Header {
            title: self.ctx.locale.caps(&self.ctx.data.title),
            period,
            measure,
            countdown,
            live: true,
            ..Header::default()
        }
    }

    fn page(&self, at: At, upper: &dyn Fn(At) -> Option<String>) -> Page {
        let panel = self.panel(at, upper);
        let portrait = self.ctx.screen.stage.portrait();
        let branch = self.tree.branch(at, if portrait { 2 } else { 3 }, !portrait);
        let columns = branch.iter().filter_map(|level| self.column(level, at, &panel)).collect();
        Page { action: self.action(at, &panel), columns, panel, prize: Default::default() }
    }

    fn half(&self, game: &Game, side: usize) -> Half {
        let score = game.values[side].map(|v| self.style.format(v)).unwrap_or_default();
        match game.seats[side] {
            Seat::Known(who) => {
                let id = self.tree.entrants[who].id.clone();
                Half { side, office: self.ctx.office(&id), name: self.names[who].clone(), id, score }
            }
            seat => Half { side, name: self.nobody(seat), score, ..Half::default() },
        }
    }

    fn nobody(&self, seat: Seat) -> String {
        let w = &self.ctx.locale.words().bracket;
        match seat {
            Seat::Open((round, of)) => (w.winner_of)(self.distance(round), of + 1),
            _ => w.bye.to_owned(),
        }
    }

    /// Which side is in front: that, or `None` while they are level.
    fn front(&self, game: &Game) -> Option<usize> {
        match game.values {
            [Some(a), Some(b)] => {
                let order = self.style.difference(a, b).order;
                let order = if self.metric.better == Better::Down { order.reverse() } else { order };
                match order {
                    std::cmp::Ordering::Greater => Some(0),
                    std::cmp::Ordering::Less => Some(1),
                    std::cmp::Ordering::Equal => None,
                }
            }
            [a, b] => [a, b].iter().position(Option::is_some),
        }
    }

    fn panel(&self, at: At, upper: &dyn Fn(At) -> Option<String>) -> Panel {
        let empty = Game { seats: [Seat::Bye; 2], values: [None; 2], winner: None, from: [None; 2] };
        let game = self.tree.game(at).unwrap_or(&empty);
        let name = self.game_name(at);
        if let Some(won) = game.winner {
            return Panel::Champion { at, halves: [self.half(game, won), self.half(game, 1 - won)], game: name };
        }
        let live = game.stage() == Stage::Live;
        let front = if live { self.front(game) } else { None };
        let mut halves = [self.half(game, 0), self.half(game, 1)];
        let stays = upper(at).is_some_and(|id| !id.is_empty() && id == halves[1].id);
        if front == Some(1) || (front.is_none() && stays) {
            halves.swap(0, 1);
        }
        Panel::Duel { at, halves, level: live && front.is_none(), live, game: name }
    }

    fn game_name(&self, (round, of): At) -> String {
        let w = &self.ctx.locale.words().bracket;
        let one = self.tree.rounds.get(round).is_some_and(|games| games.len() == 1);
        match self.data.rounds.get(round).and_then(|r| r.label.as_deref()) {
            Some(label) if one => self.ctx.locale.caps(label),
            // Two numbers beside each other would read as one.
            Some(label) if label.ends_with(|c: char| c.is_numeric()) => {
                (w.game_of)(&self.ctx.locale.caps(label), of + 1)
            }
            Some(label) => format!("{} {}", self.ctx.locale.caps(label), of + 1),
            None => (w.game)(self.distance(round), of + 1),
        }
    }

    fn column(&self, level: &[Option<At>], focus: At, panel: &Panel) -> Option<Column> {
        let round = level.iter().flatten().next()?.0;
        let w = &self.ctx.locale.words().bracket;
        let label = self.data.rounds.get(round).and_then(|r| r.label.as_deref());
        let ahead = round > focus.0 && matches!(panel, Panel::Duel { .. });
        Some(Column {
            label: label.map_or_else(|| (w.round)(self.distance(round)), |l| self.ctx.locale.caps(l)),
            date: self.end(round).filter(|_| ahead).map(|end| self.day(end)).unwrap_or_default(),
            current: round == focus.0,
            pairs: level.iter().map(|at| at.and_then(|at| self.pair(at, panel))).collect(),
        })
    }

    fn pair(&self, at: At, panel: &Panel) -> Option<Pair> {
        let game = self.tree.game(at)?;
        let first = at.0 == 0;
        let places = [0, 1].map(|side| {
            let seat = game.seats[side];
            let (id, name, seed) = match seat {
                Seat::Known(who) => {
                    let e = &self.tree.entrants[who];
                    (e.id.clone(), self.names[who].clone(), e.seed.map(|s| s.to_string()).unwrap_or_default())
                }
                seat => (String::new(), self.nobody(seat), String::new()),
            };
            let score = game.values[side].map(|v| self.style.format(v)).unwrap_or_default();
            let style = match panel {
                _ if !matches!(seat, Seat::Known(_)) => SeatStyle::Open,
                _ if game.winner == Some(side) => SeatStyle::Won,
                _ if game.winner.is_some() => SeatStyle::Beaten,
                Panel::Duel { at: shown, halves, level, live: true, .. } if *shown == at => {
                    if halves[0].side == side && !level { SeatStyle::Leads } else { SeatStyle::Chases }
                }
                _ if first => SeatStyle::Waits,
                _ => SeatStyle::Arrived,
            };
            SeatView { id, name, seed, score, style }
        });
        Some(Pair { at, places, next: self.tree.next_of(at), note: self.note(at, game) })
    }

    fn note(&self, at: At, game: &Game) -> (bool, String) {
        let w = &self.ctx.locale.words().bracket;
        let Some(end) = self.end(at.0) else { return (game.stage() == Stage::Live, String::new()) };
        match game.stage() {
            Stage::Over if self.past(end) => (false, (w.played)(&self.day(end))),
            Stage::Live => (true, (w.to)(&self.when(end, self.day(end)))),
            _ => (false, String::new()),
        }
    }

    fn action(&self, at: At, panel: &Panel) -> [String; 2] {
        let words = self.ctx.locale.words();
        let w = &words.bracket;
        let Some(game) = self.tree.game(at) else { return Default::default() };
        match panel {
            Panel::Champion { .. } => Default::default(),
            Panel::Duel { live: false, .. } => [
                String::new(),
                self.begins(at.0).map(|s| (w.starts)(&self.when(s, self.ctx.date(s)))).unwrap_or_default(),
            ],
            Panel::Duel { level: true, .. } => {
                let thing = (words.contest.count)("", true, &self.ctx.locale.caps(&self.metric.label));
                (w.next_leads)(thing.trim())
            }
            Panel::Duel { halves, .. } => {
                let [Some(lead), Some(own)] = [halves[0].side, halves[1].side].map(|side| game.values[side]) else {
                    return Default::default();
                };
                match needed(lead, own, &self.metric) {
                    Some(n) => {
                        let label = self.ctx.locale.caps(&self.metric.label);
                        (w.to_lead)(&(words.contest.count)(&self.ctx.locale.whole(n), n == 1, &label))
                    }
                    None => {
                        let figure = self.style.difference(lead, own).figure.to_string();
                        let unit = self.style.unit_short();
                        let with_unit = unit.is_empty() || figure.ends_with(unit);
                        (w.behind)(&if with_unit { figure } else { self.style.spoken(&figure) })
                    }
                }
            }
        }
    }
}

/// How many more take the lead, for what is counted upwards: the lead, less the own score, and one.
fn needed(lead: f64, own: f64, metric: &Metric) -> Option<i64> {
    let counted = matches!(metric.unit, Unit::Count | Unit::Points) && metric.decimals == 0;
    let n = lead.round() - own.round() + 1.0;
    (counted && metric.better == Better::Up && n < 1e9).then_some(n as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_more_than_the_gap_takes_the_lead() {
        let count = Metric::default();
        assert_eq!(needed(7.0, 6.0, &count), Some(2));
        assert_eq!(needed(0.0, -3.0, &count), Some(4));
        assert_eq!(needed(7.0, 6.0, &Metric { better: Better::Down, ..Metric::default() }), None);
        let money = Metric { unit: Unit::Currency("EUR".into()), decimals: 2, ..Metric::default() };
        assert_eq!(needed(7.0, 6.0, &money), None);
    }
}
