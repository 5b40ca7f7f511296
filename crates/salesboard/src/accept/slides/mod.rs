//! Reads the slides of a document: what all kinds share, and which kind reads which.

mod bracket;
mod coaching;
mod contest;
mod goals;
mod message;
mod nothing;
mod ramp;
mod ranking;
mod recognition;
mod scorecard;
mod skills;

use std::collections::{BTreeMap, HashSet};

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::known;
use super::limits;
use super::report::{At, Sink, short};
use super::who::{Directory, hash};
use super::wire::{self, Field, Id, List, Opt, TextOrNumber};
use crate::board::{Body, Fact, Metric, Period, Recent, SlideData};
use crate::suggest::nearest;

/// What slides refer to.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    /// People and teams.
    pub(super) directory: Directory<'a>,
    /// The board's metrics.
    pub(super) metrics: &'a BTreeMap<String, Metric>,
}

impl Around<'_> {
    /// The id of a metric; says so where the board has metrics but not this one.
    fn metric(&self, at: &At, field: &Opt<Id>) -> Option<String> {
        let id = at.metric(field)?;
        if !self.metrics.is_empty() && !self.metrics.contains_key(&id) {
            at.say(format!("{} is not in `metrics`; taken as a count", short(&id)));
        }
        Some(id)
    }
}

/// Reads the slides, at most 40. One that is broken or of an unknown kind is left out, and that is said.
pub(super) fn slides(sink: &Sink, at: &At, sent: &[Value], around: &Around) -> Vec<SlideData> {
    let mut out = Vec::new();
    let mut ids = HashSet::new();
    for (i, value) in sent.iter().enumerate() {
        if out.len() == limits::SLIDES {
            at.left_out(format!("{} slides, the first {} are shown", sent.len(), limits::SLIDES));
            break;
        }
        let at = at.index(i);
        sink.take_broken();
        let slide = slide(&at, value, around);
        let faults = sink.take_faults();
        if faults > 0 {
            at.say_behind(left_out(value, faults));
            continue;
        }
        if let Some(mut slide) = slide {
            nothing::say(&at, &slide, value);
            slide.id = unique(&mut ids, slide.id);
            out.push(slide);
        }
    }
    sink.take_broken();
    out
}

/// That a slide is left out, and why, in a line of its own: the faults before it name cells only.
fn left_out(slide: &Value, faults: usize) -> String {
    let rows = slide["rows"].as_array().map_or(&[][..], Vec::as_slice);
    let texts = rows.iter().filter(|row| row["value"].is_string()).count();
    let title = slide["title"].as_str().map(|title| format!(" {}", short(title))).unwrap_or_default();
    if texts > 0 && texts * 2 >= rows.len() {
        let example = rows.iter().find_map(|row| row["value"].as_str()).map(short).unwrap_or_default();
        return format!(
            "this slide{title} is left out: {texts} of its {} values are texts; expected numbers without quotes and \
             without signs between the thousands, found {example}",
            rows.len()
        );
    }
    match faults {
        1 => format!("this slide{title} is left out for the fault in it"),
        faults => format!("this slide{title} is left out for the {faults} faults in it"),
    }
}

/// The id itself, or with the first of -2, -3, … that is free.
fn unique(ids: &mut HashSet<String>, id: String) -> String {
    let free = if ids.contains(&id) {
        (2..).map(|n| format!("{id}-{n}")).find(|other| !ids.contains(other)).unwrap_or(id)
    } else {
        id
    };
    ids.insert(free.clone());
    free
}

fn slide(at: &At, value: &Value, around: &Around) -> Option<SlideData> {
    if !value.is_object() {
        at.refuse("a slide is an object");
        return None;
    }
    let kind = match value.get("type") {
        Some(Value::String(kind)) => kind.as_str(),
        Some(other) => {
            at.key("type").refuse(format!("{} is not a slide type", short(&other.to_string())));
            return None;
        }
        None => {
            at.refuse("a slide needs a `type`");
            return None;
        }
    };
    let body = match kind {
        "ranking" => Body::Ranking(ranking::read(at, &wire(at, value)?, around)),
        "contest" => Body::Contest(contest::read(at, &wire(at, value)?, around)),
        "bracket" => Body::Bracket(bracket::read(at, &wire(at, value)?, around)),
        "goals" => Body::Goals(goals::read(at, &wire(at, value)?, around)),
        "scorecard" => Body::Scorecard(scorecard::read(at, &wire(at, value)?, around)),
        "recognition" => Body::Recognition(recognition::read(at, &wire(at, value)?, around)),
        "ramp" => Body::Ramp(ramp::read(at, &wire(at, value)?, around)),
        "skills" => Body::Skills(skills::read(at, &wire(at, value)?, around)),
        "coaching" => Body::Coaching(coaching::read(at, &wire(at, value)?, around)),
        "message" => Body::Message(message::read(at, &wire(at, value)?)),
        other => {
            let kinds = known::kinds();
            let meant = nearest(&other.to_lowercase(), kinds.iter().map(String::as_str));
            let meant = meant.map(|kind| format!("Did you mean {kind:?}? ")).unwrap_or_default();
            at.key("type").say(format!(
                "{} is a slide type that this version does not know; this slide is left out. {meant}There are {}",
                short(other),
                kinds.join(", ")
            ));
            return None;
        }
    };
    let head: wire::SlideHead = wire(at, value)?;
    let title = at.key("title").text(&head.title, limits::TITLE).unwrap_or_default();
    let id = match at.key("id").id(&head.id) {
        Ok(Some(id)) => id,
        Ok(None) => format!("{kind}:{}", hash(&[kind, &title])),
        Err(_) => return None,
    };
    Some(SlideData {
        id,
        title,
        period: period(&at.key("period"), &head.period),
        start: at.key("start").time(&head.start),
        end: at.key("end").time(&head.end),
        teams: teams(&at.key("teams"), &head.teams, around),
        dwell_s: dwell_s(&at.key("dwell_s"), &head.dwell_s),
        body,
    })
}

/// Whose screens a slide is for. One that the board does not know is kept: a screen may be of it.
fn teams(at: &At, list: &List<Id>, around: &Around) -> Vec<String> {
    at.each(list, limits::TEAMS, |at, id| {
        let id = at.id(&Some(Field::Good(id.clone()))).ok().flatten()?;
        if !around.directory.teams.contains_key(&id) {
            at.say(format!("{} is not in `teams`", short(&id)));
        }
        Some(id)
    })
}

/// How long a page stays: never so short that nobody can read it, never so long that the rest is forgotten.
fn dwell_s(at: &At, field: &Opt<wire::Num>) -> Option<f64> {
    let (seconds, limits) = (at.num(field)?, limits::DWELL_S);
    if limits.contains(&seconds) {
        return Some(seconds);
    }
    at.say(format!("{seconds} is not a number of seconds from {} to {}", limits.start(), limits.end()));
    None
}

/// The wire type of a slide. It cannot fail on an object; should it, the slide is broken.
fn wire<T: DeserializeOwned>(at: &At, value: &Value) -> Option<T> {
    T::deserialize(value).map_err(|e| at.refuse(e.to_string())).ok()
}

fn period(at: &At, field: &Opt<wire::Period>) -> Option<Period> {
    let wire = at.get(field)?;
    let mut period = Period {
        label: at.key("label").text(&wire.label, limits::NAME),
        start: at.key("start").time(&wire.start),
        end: at.key("end").time(&wire.end),
        days_total: at.key("days_total").whole(&wire.days_total),
        days_left: at.key("days_left").whole(&wire.days_left),
    };
    if let (Some(start), Some(end)) = (period.start, period.end)
        && end <= start
    {
        at.key("end").say("the end is not after the start");
        period.end = None;
    }
    if let (Some(total), Some(left)) = (period.days_total, period.days_left)
        && left > total
    {
        at.key("days_left").say(format!("{left} days left of {total}"));
        period.days_left = None;
    }
    Some(period)
}

/// The last piece of a figure.
fn recent(at: &At, field: &Opt<wire::Recent>) -> Option<Recent> {
    let wire = at.get(field)?;
    let value = at.key("value").num(&wire.value)?;
    Some(Recent { value, label: at.key("label").text(&wire.label, limits::NAME) })
}

/// Labelled facts; one without label and value is left out.
fn facts(at: &At, list: &List<wire::Fact>) -> Vec<Fact> {
    at.each(list, limits::ROWS, |at, wire| {
        let label = at.key("label").text(&wire.label, limits::NAME).unwrap_or_default();
        let value = at.key("value").get(&wire.value).map(|TextOrNumber(text)| super::clean(text, limits::NAME));
        let value = value.unwrap_or_default();
        (!label.is_empty() || !value.is_empty()).then_some(Fact { label, value })
    })
}

/// Figures per axis or column: as many as there are columns, null where there is none.
fn aligned<T, R>(
    at: &At,
    list: &Opt<Vec<Opt<T>>>,
    width: usize,
    read: impl Fn(At, &Opt<T>) -> Option<R>,
) -> Vec<Option<R>> {
    let sent: &[Opt<T>] = match at.get(list) {
        Some(sent) => sent,
        None => &[],
    };
    if sent.len() > width {
        at.left_out(format!("{} entries for {width}; the rest is left out", sent.len()));
    }
    let mut out: Vec<Option<R>> = sent.iter().take(width).enumerate().map(|(i, f)| read(at.index(i), f)).collect();
    out.resize_with(width, || None);
    out
}
