//! Builds slides from JSON as a screen would, and reads figures back from their texts.

use serde_json::{Value, json};

use crate::board::Board;
use crate::feed::{AcceptContext, accept};
use crate::motion::{Now, Time};
use crate::scene::Stage;
use crate::slides::context::{Ctx, Screen};
use crate::slides::widgets::attain::{Standing, State};
use crate::words::Locale;

/// So many cases, or as many as PROPTEST_CASES says.
pub fn cases(n: u32) -> proptest::test_runner::Config {
    let said = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    proptest::test_runner::Config { cases: said.unwrap_or(n), failure_persistence: None, ..Default::default() }
}

/// A board of one slide; `more` are other fields of the board.
pub fn board(slide: &Value, more: &Value) -> Board {
    let mut body = json!({"format": "salesboard/1", "as_of": "2026-05-19T10:30:00Z", "slides": [slide]});
    for (key, value) in more.as_object().into_iter().flatten() {
        body[key] = value.clone();
    }
    let (board, report) = accept(body.to_string().as_bytes(), &AcceptContext::default()).expect("a right board");
    let is_bare = report.problems.iter().all(|problem| problem.message.contains("nothing to show"));
    assert!(is_bare, "{:?} of {body}", report.problems);
    board
}

/// A 65-inch screen, looked at from 5 m.
pub fn screen() -> Screen {
    Screen {
        stage: Stage::new([1920, 1080], 0.0, Default::default()),
        inches: 65.0,
        viewing_m: 5.0,
        reduced_motion: false,
        keep_case: false,
        dither: false,
    }
}

/// Lets `read` look at the first slide of a board.
pub fn on_screen<R>(board: &Board, read: impl FnOnce(&Ctx) -> R) -> R {
    let screen = screen();
    let now = Now { t: Time::ZERO, wall_us: board.as_of.map_or(0, |at| at.as_microsecond()) };
    let words = Locale::new("en");
    read(&Ctx {
        board,
        data: &board.slides[0],
        screen: &screen,
        locale: &words,
        now,
        page: None,
        story: &Default::default(),
        quiet: false,
    })
}

/// A figure as it is read from the wall.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Read {
    /// The figure.
    pub value: f64,
    /// One of its last digit.
    pub step: f64,
}

/// The first figure of a text, with the letter for thousands, millions, … behind it; signs count, words do not.
pub fn read(text: &str) -> Option<Read> {
    let from = text.find(|c: char| c.is_ascii_digit())?;
    let negative = text[..from].ends_with(['−', '-']);
    let figure: String = text[from..].chars().take_while(|c| c.is_ascii_digit() || ",.".contains(*c)).collect();
    let places = figure.split_once('.').map_or(0, |(_, digits)| digits.len() as i32);
    let value: f64 = figure.replace(',', "").parse().ok()?;
    let unit = text[from + figure.len()..].trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    let letter = unit.chars().next().filter(|_| unit.chars().nth(1).is_none_or(|c| !c.is_alphabetic()));
    let times = letter.map_or(1.0, times);
    Some(Read { value: if negative { -value } else { value } * times, step: 10f64.powi(-places) * times })
}

/// What a unit multiplies its figure by: "€K", "M".
pub fn times_of(unit: &str) -> f64 {
    unit.chars().next_back().map_or(1.0, times)
}

fn times(letter: char) -> f64 {
    match letter {
        'K' => 1e3,
        'M' => 1e6,
        'B' => 1e9,
        'T' => 1e12,
        _ => 1.0,
    }
}

/// Whether two figures are the same but for what rounding of so much takes from them.
pub fn near(a: f64, b: f64, slack: f64) -> bool {
    (a - b).abs() <= slack + 1e-9 * a.abs().max(b.abs())
}

/// What disagrees in a standing and its percentage: value, target, attainment, distance to the pace and state.
pub fn disagreement(s: &Standing, percent: &str, down: bool) -> Option<String> {
    let wrong = |what: &str| Some(format!("{what}: {s:?} {percent:?}"));
    let (value, target, pace) = (read(&s.value), read(&s.target), read(&s.pace_text));
    // From 9,999+ on the figure says nothing more.
    let share = read(percent).filter(|_| !percent.ends_with('+'));
    if let (Some(v), Some(t), Some(share)) = (value, target, share) {
        // Between what the lowest and the highest figures make that read like these.
        let quotient = |v: f64, t: f64| 100.0 * if down { t / v } else { v / t };
        let ends = [-0.5, 0.5]
            .map(|half| [-0.5, 0.5].map(|other| quotient(v.value + half * v.step, t.value + other * t.step)));
        let all = ends.concat();
        let (low, high) = (all.iter().copied().fold(f64::MAX, f64::min), all.iter().copied().fold(f64::MIN, f64::max));
        // What is not reached is rounded down.
        if v.value - v.step > 0.0
            && t.value > t.step
            && !(low - share.step..=high + share.step * 0.51).contains(&share.value)
        {
            return wrong(&format!("the attainment is between {low} and {high}"));
        }
    }
    if let (Some(v), Some(t)) = (value, target) {
        let reached = if down { v.value <= t.value } else { v.value >= t.value };
        if reached != (s.state == State::Met) {
            return wrong("whether the target is reached");
        }
    }
    if let (Some(v), Some(p), Some(off)) = (value, pace, read(&s.off)) {
        if !near((v.value - p.value).abs(), off.value, 0.0) {
            return wrong("the distance to the pace");
        }
        let ahead = if down { v.value < p.value } else { v.value > p.value };
        let state = if ahead {
            State::Ahead
        } else if v.value == p.value {
            State::OnPace
        } else {
            State::Behind
        };
        if s.state != State::Met && s.state != state {
            return wrong("the side of the pace");
        }
    }
    None
}

#[test]
fn figures_are_read_as_they_are_written() {
    let value = |text: &str| read(text).map(|r| (r.value, (r.step * 1e6).round() / 1e6));
    assert_eq!(value("1,234.50"), Some((1234.5, 0.01)));
    assert_eq!((value("−8"), value("+0.46"), value("–")), (Some((-8.0, 1.0)), Some((0.46, 0.01)), None));
    assert_eq!((value("OF 180 €M"), value("$12.5K")), (Some((180e6, 1e6)), Some((12_500.0, 100.0))));
    assert_eq!(
        (value("4 DEMOS"), value("10.0 AHEAD"), value("=2")),
        (Some((4.0, 1.0)), Some((10.0, 0.1)), Some((2.0, 1.0)))
    );
}

/// How many wheels roll on a wall a tenth of a second after the leader's amount changed.
fn wheels(slide: &dyn Fn(u32) -> Value, [from, to]: [u32; 2]) -> usize {
    let body = |rev: i64, lead: u32| {
        let body = json!({"format": "salesboard/1", "epoch": "e", "rev": rev,
            "metrics": {"m": {"label": "Won", "unit": "currency", "currency": "USD"}},
            "people": {"a": {"name": "Ada"}, "b": {"name": "Ben"}}, "teams": {"t": {"name": "Tin"}, "u": {"name": "Umo"}},
            "slides": [slide(lead)]});
        let accepted = crate::feed::accept(body.to_string().as_bytes(), &Default::default());
        (1000 * rev, std::sync::Arc::new(accepted.unwrap().0))
    };
    let boards = vec![body(0, from), body(1, to)];
    let config = crate::config::Config::parse("", &crate::slides::kind_names()).unwrap();
    let show = crate::shot::Show::new(config, boards, None);
    let mut fonts = crate::scene::Fonts::new(false);
    let scene = show.scene([1920, 1080], None, false, crate::motion::Time::from_s(1.1), &mut fonts);
    let items = scene.layers.iter().filter(|layer| layer.name != "header").flat_map(|layer| &layer.items);
    items
        .filter(|item| match item {
            crate::scene::Item::Text(t) => {
                t.run.text().parse::<u8>().is_ok_and(|d| d < 10) && t.clip.x1 - t.clip.x0 < 300
            }
            _ => false,
        })
        .count()
}

#[test]
fn no_slide_rolls_amounts_into_another_unit() {
    let rows = |lead: u32, one: &str, two: &str| json!([{"who": one, "value": lead}, {"who": two, "value": 612_500}]);
    type Slide<'a> = (&'a str, &'a dyn Fn(u32) -> Value);
    let slides: [Slide; 6] = [
        ("ranking", &|v| json!({"type": "ranking", "title": "R", "metric": "m", "rows": rows(v, "a", "b")})),
        (
            "two teams",
            &|v| json!({"type": "ranking", "title": "R", "of": "teams", "metric": "m", "rows": rows(v, "t", "u")}),
        ),
        ("contest", &|v| {
            json!({"type": "contest", "title": "C", "metric": "m", "format": "most", "state": "running",
            "rows": rows(v, "a", "b")})
        }),
        ("recognition", &|v| {
            json!({"type": "recognition", "title": "P", "items": [
            {"style": "top", "who": ["a"], "headline": "Best", "metric": "m", "value": v}]})
        }),
        ("scorecard", &|v| {
            json!({"type": "scorecard", "title": "S", "columns": [{"metric": "m"}], "rows": [
            {"scope": "person", "who": "a", "cells": [{"value": v}]}]})
        }),
        ("bracket", &|v| {
            json!({"type": "bracket", "title": "B", "metric": "m", "rounds": [{"label": "Final",
            "matches": [{"a": {"who": "a", "value": v}, "b": {"who": "b", "value": 612_500}, "winner": null}]}]})
        }),
    ];
    for (name, slide) in slides {
        assert!(wheels(slide, [812_500, 913_200]) > 0, "{name} rolls");
    }
    let steps = [[812_500, 1_213_200], [1_213_200, 812_500]];
    let wrong: Vec<&str> = slides
        .iter()
        .filter(|(_, slide)| steps.iter().any(|step| wheels(slide, *step) > 0))
        .map(|(name, _)| *name)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}
