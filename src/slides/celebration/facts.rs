//! Collects what a board says about one celebration: who, how much, and what it changed. Only what is known, nothing
//! guessed.

use super::amount::Amount;
use super::names;
use super::reached_goal::ReachedGoal;
use crate::board::rank::{Place, places, shown_top};
use crate::board::{Board, Body, By, Contest, Event, EventKind, Identity, Metric, Of, Prize, Ranking, SlideData};
use crate::slides::widgets::face::{Face, monogram};
use crate::slides::widgets::figure_style;
use crate::slides::widgets::podium::{Column, Podium};
use crate::slides::widgets::prizes;
use crate::words::{Locale, NumberStyle};

/// Where a person stands on the ranking that the celebration plays on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Standing {
    /// Name of the period, in the case of the wall.
    pub period: String,
    /// The sum of the period: in full, and as the ranking's column has it, before and now.
    pub total: Option<Amount>,
    pub was: Option<String>,
    pub now: Option<String>,
    /// Share of the own goal.
    pub attained: Option<f64>,
    pub was_rank: Option<u32>,
    pub rank: Option<u32>,
    /// Both as the ranking has them: "=2".
    pub rank_text: [String; 2],
    /// What is missing to the next better place, and that place.
    pub next: Option<(String, u32)>,
}

impl Standing {
    /// Whether another person has the same place.
    pub fn shares_place(&self) -> bool {
        self.rank_text[1].starts_with('=')
    }
}

/// The sum line of that ranking.
#[derive(Debug, Clone, PartialEq)]
pub struct Sum {
    /// "TEAM"
    pub label: String,
    /// Sum, target.
    pub value: f64,
    pub target: Option<f64>,
    /// Measure of both.
    pub metric: Metric,
}

/// What a contest says of its winner.
#[derive(Debug, Clone, PartialEq)]
pub struct Victory {
    /// With how much.
    pub score: Option<Amount>,
    /// What for; may be empty.
    pub prize: String,
}

/// What stands for a kind of news on the whole screen: each has a choreography of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Act {
    /// The slab with the amount: deals and praise, and several at once.
    #[default]
    Slab,
    Leader,
    Record,
    Goal,
    Contest,
    Birthday,
    Anniversary,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    pub kind: EventKind,
    /// The slide it plays on.
    pub slide: Option<String>,
    /// Who, by id: the first of them.
    pub who: Option<String>,
    /// The names as they stand on the wall; may be empty.
    pub name: String,
    pub account: String,
    /// In the source's words.
    pub headline: String,
    /// The figure, raw.
    pub value: Option<f64>,
    /// Of a record: the best figure before it.
    pub previous: Option<f64>,
    /// What it measures.
    pub metric: Metric,
    /// Where they stand; none where they are not on the ranking.
    pub standing: Option<Standing>,
    pub sum: Option<Sum>,
    /// The contest that was won.
    pub victory: Option<Victory>,
    /// Whoever it is about, the first of them.
    pub face: Face,
    /// Who led the ranking before.
    pub succeeds: Option<Predecessor>,
    /// The first three of the contest that was won.
    pub podium: Podium,
    /// The goal that was reached.
    pub goal: Option<ReachedGoal>,
    /// The team that they are in; may be empty.
    pub office: String,
    /// The colour of the team that it is about.
    pub team: Option<[u8; 3]>,
    /// Key of the crest of the team that they are in.
    pub crest: Option<String>,
    /// Whether it is somebody's day: a birthday, an anniversary.
    pub day: Option<Act>,
}

/// Who led before.
#[derive(Debug, Clone, PartialEq)]
pub struct Predecessor {
    pub face: Face,
    pub name: String,
    /// For so many days, where the source says since when.
    pub days: Option<u32>,
}

impl Facts {
    /// The figure that stands on the whole screen: what the source says, else what they have on the ranking.
    pub fn shown_figure(&self, words: &Locale) -> String {
        let own = self.value.map(|v| Amount::new(words, &self.metric, v));
        let total = self.standing.as_ref().and_then(|s| s.total.clone());
        let goal = self.goal.as_ref().and_then(|goal| goal.value.clone());
        let amount = if self.kind == EventKind::NewLeader { total.or(own) } else { own.or(goal).or(total) };
        amount.map(|amount| amount.compact(words)).unwrap_or_default()
    }

    /// The wall has shown where they stand: it is not told any more.
    pub fn forget_places(&mut self) {
        if let Some(standing) = &mut self.standing {
            (standing.was_rank, standing.rank, standing.next) = (None, None, None);
            standing.rank_text = Default::default();
            standing.was = None;
        }
    }

    /// What `board` says about an event of it; `before` is the board that was shown until now.
    pub fn new(event: &Event, before: Option<&Board>, board: &Board, words: &Locale) -> Facts {
        let slide = event.slide.as_deref().and_then(|id| board.slide(id));
        let ranking = slide.and_then(ranking);
        let names: Vec<String> = event.who.iter().map(|who| words.caps(&who.name)).collect();
        let who = event.who.first().filter(|_| event.who.len() == 1);
        let standing = slide.zip(ranking).zip(who).and_then(|((slide, r), who)| {
            let old = before.filter(|b| b.epoch == board.epoch && b.id == board.id);
            standing(board, slide, r, old, &who.id, words)
        });
        Facts {
            kind: event.kind,
            slide: event.slide.clone(),
            who: event.who.first().map(|who| who.id.clone()),
            name: names::list(&names, words.words().celebration.and),
            account: event.account.as_deref().map(|a| words.caps(a)).unwrap_or_default(),
            headline: event.headline.clone().unwrap_or_default(),
            value: event.value,
            previous: event.previous,
            metric: board.metric(event.metric.as_deref()).clone(),
            standing,
            sum: ranking.and_then(|r| sum(board, r, event, words)),
            victory: victory(board, event, words),
            face: event.who.first().map(|who| face(board, who, words)).unwrap_or_default(),
            succeeds: before.zip(slide).and_then(|(before, slide)| predecessor(before, board, slide, event, words)),
            podium: podium(board, event, words),
            goal: ReachedGoal::of(event, before, board, words),
            office: office(board, event, words),
            team: event.who.first().and_then(|who| board.teams.get(&who.id)).and_then(|team| team.color),
            crest: who.and_then(|who| crest(board, &who.id)),
            day: day(board, event),
        }
    }
}

fn face(board: &Board, who: &Identity, words: &Locale) -> Face {
    let person = board.people.get(&who.id).and_then(|person| person.photo.as_ref());
    let photo = person.or_else(|| board.teams.get(&who.id).and_then(|team| team.photo.as_ref()));
    Face { photo: photo.map(|photo| photo.key().to_owned()), glyphs: words.caps(&monogram(&who.name)) }
}

fn crest(board: &Board, id: &str) -> Option<String> {
    let of = board.people.get(id).and_then(|person| person.team.as_deref()).unwrap_or(id);
    board.teams.get(of).and_then(|team| team.logo.as_ref()).map(|logo| logo.key().to_owned())
}

fn office(board: &Board, event: &Event, words: &Locale) -> String {
    let team = event.who.first().and_then(|who| board.people.get(&who.id)).and_then(|person| person.team.as_ref());
    team.and_then(|id| board.teams.get(id)).map(|team| words.caps(&team.name)).unwrap_or_default()
}

/// Who led a ranking until somebody else came, and for how many days.
fn predecessor(before: &Board, board: &Board, slide: &SlideData, event: &Event, words: &Locale) -> Option<Predecessor> {
    let old = before.slide(&slide.id).filter(|_| before.epoch == board.epoch && before.id == board.id)?;
    let r = ranking(old)?;
    let first = places(before, old).into_iter().next().filter(|place| place.value.is_some())?;
    let row = r.rows.get(first.row).filter(|row| event.who.iter().all(|who| who.id != row.who.id))?;
    let days = row.leader_since.map(|since| event.at.duration_since(since).as_secs() / 86_400);
    Some(Predecessor {
        face: face(before, &row.who, words),
        name: words.caps(&row.who.name),
        days: days.filter(|days| *days > 0).and_then(|days| u32::try_from(days).ok()),
    })
}

/// The first three of the contest that an event names, as long as they are told apart.
fn podium(board: &Board, event: &Event, words: &Locale) -> Podium {
    if event.kind != EventKind::ContestWon {
        return Podium::default();
    }
    let slide = event.slide.as_deref().and_then(|id| board.slide(id));
    let Some((slide, contest)) = slide.and_then(|slide| Some((slide, contest(slide)?))) else {
        return Podium::default();
    };
    let mut order = places(board, slide);
    order.sort_by_key(|place| contest.rows[place.row].won.unwrap_or(u32::MAX));
    if order.first().is_none_or(|first| event.who.first().map(|who| &who.id) != Some(&contest.rows[first.row].who.id)) {
        return Podium::default();
    }
    let metric = board.metric(contest.metric.as_deref());
    let values: Vec<f64> = order.iter().take(3).filter_map(|place| place.value).collect();
    let style = NumberStyle::for_values(metric, &values, words);
    let figure = |value: f64| match style.parts(&style.format(value)) {
        [figure, _] if style.unit_short().is_empty() => {
            [figure, (words.words().contest.things)(&words.caps(&metric.label))]
        }
        figure => figure,
    };
    let column = |(i, place): (usize, &Place)| {
        let [score, unit] = place.value.map(figure).unwrap_or_default();
        Column { place: words.whole(i as i64 + 1), name: words.caps(&contest.rows[place.row].who.name), score, unit }
    };
    let w = &words.words().contest;
    let prize = prizes::texts(words, &contest.prizes).into_iter().find(|(of, _)| *of == 1);
    Podium {
        kicker: w.winner.to_owned(),
        columns: order.iter().take(3).enumerate().map(column).collect(),
        prize: prize.map(|(_, prize)| [w.prize.to_owned(), prize]),
        ..Podium::default()
    }
}

/// Whose day it is, by the badge that a recognition on the board has for them.
fn day(board: &Board, event: &Event) -> Option<Act> {
    let who = event.who.first().filter(|_| event.kind == EventKind::Shout)?;
    let praise =
        board.slides.iter().filter_map(|slide| if let Body::Recognition(r) = &slide.body { Some(r) } else { None });
    let mut own = praise.flat_map(|r| &r.items).filter(|item| item.who.iter().any(|of| of.id == who.id));
    own.find_map(|item| match item.badge.as_deref()?.trim().to_ascii_lowercase().as_str() {
        "birthday" => Some(Act::Birthday),
        "anniversary" => Some(Act::Anniversary),
        _ => None,
    })
}

fn ranking(slide: &SlideData) -> Option<&Ranking> {
    if let Body::Ranking(r) = &slide.body { Some(r) } else { None }
}

fn contest(slide: &SlideData) -> Option<&Contest> {
    if let Body::Contest(contest) = &slide.body { Some(contest) } else { None }
}

/// What the contest or the knock-out says that an event names; where it plays on another slide, the contest of the board
/// that its first person has won.
fn victory(board: &Board, event: &Event, words: &Locale) -> Option<Victory> {
    let who = event.who.first().filter(|_| event.kind == EventKind::ContestWon)?;
    let prize = |prizes: &[Prize], place: u32| {
        let said = prizes::texts(words, prizes).into_iter().find(|(of, _)| *of == place);
        said.map(|(_, prize)| prize).unwrap_or_default()
    };
    let won = |c: &&Contest| c.rows.iter().any(|row| row.who.id == who.id && row.won == Some(1));
    let contest = match event.slide.as_deref().and_then(|id| board.slide(id)).map(|slide| &slide.body) {
        // Its matches have scores, itself has none.
        Some(Body::Bracket(cup)) => return Some(Victory { score: None, prize: prize(&cup.prizes, 1) }),
        Some(Body::Contest(contest)) => contest,
        _ => board.slides.iter().filter_map(contest).find(won)?,
    };
    let row = contest.rows.iter().find(|row| row.who.id == who.id)?;
    let metric = board.metric(contest.metric.as_deref());
    Some(Victory {
        score: row.value.map(|value| Amount::new(words, metric, value)),
        prize: prize(&contest.prizes, row.won.unwrap_or(1)),
    })
}

fn find<'a>(r: &Ranking, places: &'a [Place], who: &str) -> Option<(usize, &'a Place)> {
    places.iter().enumerate().find(|(_, p)| r.rows[p.row].who.id == who)
}

fn standing(
    board: &Board,
    slide: &SlideData,
    r: &Ranking,
    before: Option<&Board>,
    who: &str,
    words: &Locale,
) -> Option<Standing> {
    let now = places(board, slide);
    let (at, place) = find(r, &now, who)?;
    let row = &r.rows[place.row];
    let old = before.and_then(|b| b.slide(&slide.id).map(|s| (b, s)));
    let ranked = r.rank != crate::board::RankStyle::None;
    let old_place = old.and_then(|(b, s)| {
        let (r, then) = (ranking(s)?, places(b, s));
        find(r, &then, who).map(|(_, p)| *p)
    });
    let metric = board.metric(r.metric.as_deref());
    let by_value = r.by == By::Value;
    let style = figure_style::style(board, r, &now[..shown_top(&now, r.top, usize::MAX)], words);
    let write = |v: f64| style.format(v);
    let next = now[..at].iter().rev().find(|p| p.rank != place.rank && p.value.is_some());
    let next = next.zip(place.value).filter(|_| by_value).and_then(|(p, own)| {
        let gap = style.difference(p.value?, own);
        Some((gap.figure.to_string(), p.rank?))
    });
    let better_up = metric.better == crate::board::Better::Up;
    Some(Standing {
        period: words.caps(slide.period.as_ref().and_then(|p| p.label.as_deref()).unwrap_or("")),
        total: row.value.filter(|_| by_value).map(|v| Amount::new(words, metric, v)),
        was: old_place.and_then(|p| p.value).filter(|_| by_value).map(write),
        now: place.value.filter(|_| by_value).map(write),
        attained: row.value.zip(row.target).filter(|_| better_up).map(|(v, t)| v / t),
        was_rank: old_place.and_then(|p| p.rank).filter(|_| ranked),
        rank: place.rank.filter(|_| ranked),
        rank_text: [old_place.map(|p| p.text()).unwrap_or_default(), place.text()],
        next,
    })
}

fn sum(board: &Board, r: &Ranking, event: &Event, words: &Locale) -> Option<Sum> {
    if event.metric != r.metric {
        return None;
    }
    let total = r.total?;
    let w = words.words();
    let label = if r.of == Of::Teams || board.teams.len() > 1 { w.all } else { w.team };
    Some(Sum {
        label: label.to_owned(),
        value: total.value?,
        target: total.target,
        metric: board.metric(r.metric.as_deref()).clone(),
    })
}
