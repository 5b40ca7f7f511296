//! Formats the answers of `why` and `what-if` as text.

use std::fmt::Write as _;

use crate::board::round::round;
use crate::map::workbook::{Card, CardRow, GoalChange, PlaceChange, Reason, Reasons, WhatIfReport, Who};

/// Facts that a text lists of one figure; `--json` has them all.
const MAX_LISTED_FACTS: usize = 200;

pub fn reasons(reasons: &Reasons) -> String {
    let mut out = String::new();
    let mut slide = "";
    for reason in &reasons.figures {
        if reason.slide != slide {
            slide = &reason.slide;
            let gap = if out.is_empty() { "" } else { "\n" };
            line(&mut out, format_args!("{gap}{} {} {:?}: {}", reason.kind, reason.slide, reason.title, reasons.who));
        }
        figure(&mut out, reason);
    }
    out
}

fn figure(out: &mut String, reason: &Reason) {
    line(out, format_args!("  {}: {}", reason.field, reason.formula));
    let width = reason.facts.iter().map(|fact| fact.cell.chars().count()).max().unwrap_or(0);
    for fact in reason.facts.iter().take(MAX_LISTED_FACTS) {
        let who = fact.who.as_deref().unwrap_or("nobody");
        line(
            out,
            format_args!("    {:<width$}  {}  {:>12}  {}, {who}", fact.cell, fact.day, plain(fact.value), fact.what),
        );
    }
    let unlisted = reason.facts.iter().skip(MAX_LISTED_FACTS).map(|fact| fact.value);
    let count = unlisted.len() + reason.more.map_or(0, |(count, _)| count);
    if count > 0 {
        let sum = unlisted.sum::<f64>() + reason.more.map_or(0.0, |(_, sum)| sum);
        line(out, format_args!("    and {count} more, together {}", plain(sum)));
    }
}

pub fn changes(changes: &WhatIfReport) -> String {
    let mut out = String::new();
    for [cell, old, new] in &changes.set {
        line(&mut out, format_args!("{cell}: {old} becomes {}", if new.is_empty() { "nothing" } else { new }));
    }
    changes.cards.iter().for_each(|card| scores(&mut out, card));
    if changes.cards.is_empty() {
        line(&mut out, format_args!("\nthere is no scorecard"));
    }
    let mut slide = "";
    for change in &changes.places {
        if change.slide != slide {
            slide = &change.slide;
            line(&mut out, format_args!("\nranking {slide} {:?}", change.title));
        }
        place(&mut out, change);
    }
    if !changes.goals.is_empty() {
        line(&mut out, format_args!("\ngoals"));
    }
    changes.goals.iter().for_each(|goal| of_goal(&mut out, goal));
    out
}

fn scores(out: &mut String, card: &Card) {
    line(out, format_args!("\nscorecard {:?}: score and place, before and after", card.title));
    let width = card.rows.iter().map(|row| name(&row.who).chars().count()).max().unwrap_or(0);
    for CardRow { who, score, place } in &card.rows {
        // Rounded as on the wall.
        let shown = |score: f64| format!("{:.1}", round(score, 1));
        let [before, after] = score.map(|score| score.map_or("–".into(), shown));
        let same = if score[0] == score[1] { "  the same" } else { "" };
        let places = match place {
            [Some(before), Some(after)] if before == after => format!("  place {before}"),
            [None, None] => String::new(),
            [before, after] => format!("  place {} to {}", place_or_dash(*before), place_or_dash(*after)),
        };
        line(out, format_args!("  {:<width$}  {before:>7}  {after:>7}{places}{same}", name(who)));
    }
}

fn place(out: &mut String, PlaceChange { who, value, place, .. }: &PlaceChange) {
    let [old, new] = value.map(|value| value.map_or("–".into(), plain));
    line(
        out,
        format_args!(
            "  {}: {old} to {new}, place {} to {}",
            name(who),
            place_or_dash(place[0]),
            place_or_dash(place[1])
        ),
    );
}

fn of_goal(out: &mut String, GoalChange { who, what, period, value, target, pace }: &GoalChange) {
    let mut parts = Vec::new();
    for (label, [before, after]) in [("value", value), ("target", target), ("pace", pace)] {
        if before != after {
            let [before, after] = [before, after].map(|side| side.map_or("–".into(), plain));
            parts.push(format!("{label} {before} to {after}"));
        }
    }
    line(out, format_args!("  {}, {what}, {period}: {}", name(who), parts.join(", ")));
}

fn name(who: &Who) -> String {
    match (who.scope.as_str(), who.name.as_str()) {
        ("person", name) => name.to_owned(),
        ("company", "") => "company".to_owned(),
        (scope, name) => format!("{name} ({scope})"),
    }
}

fn place_or_dash(place: Option<u32>) -> String {
    place.map_or("–".into(), |place| place.to_string())
}

/// At most two digits after the point.
fn plain(value: f64) -> String {
    let text = format!("{value:.2}");
    text.strip_suffix(".00").unwrap_or(&text).to_owned()
}

fn line(out: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    writeln!(out, "{line}").ok();
}
