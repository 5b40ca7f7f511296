//! Reads the celebrations of a board.

use jiff::{SignedDuration, Timestamp};

use super::limits;
use super::report::{At, Sink, short};
use super::who::{Directory, Once};
use super::wire::{self, Field, List};
use crate::board::{Body, Event, EventKind, SlideData};

/// What celebrations are checked against.
pub(super) struct Around<'a> {
    /// People and teams.
    pub(super) directory: Directory<'a>,
    /// The accepted slides.
    pub(super) slides: &'a [SlideData],
    /// The board's clock.
    pub(super) clock: Option<Timestamp>,
}

/// Reads the celebrations, newest first, at most 32. A broken one is dropped.
pub(super) fn events(sink: &Sink, at: &At, list: &List<wire::Event>, around: &Around) -> Vec<Event> {
    let mut events = Vec::new();
    let mut once = Once::default();
    for (i, member) in at.get(list).into_iter().flatten().enumerate() {
        let at = at.index(i);
        sink.take_broken();
        match member {
            Field::Bad(message) => at.say(message),
            Field::Good(wire) => {
                let read = event(&at, wire, around);
                if sink.take_broken() {
                    continue;
                }
                events.extend(read.filter(|event| once.first(&at, event.id.clone(), &event.id)));
            }
        }
    }
    sink.take_broken();
    // Stable: of two at one instant the earlier in the document counts as the newer.
    events.sort_by_key(|event| std::cmp::Reverse(event.at));
    if events.len() > limits::EVENTS {
        at.left_out(format!("{} celebrations, the newest {} are kept", events.len(), limits::EVENTS));
        events.truncate(limits::EVENTS);
    }
    events
}

/// Reads one celebration. `None`: it has no id or no time, and that is said.
pub(super) fn event(at: &At, wire: &wire::Event, around: &Around) -> Option<Event> {
    let Some(id) = at.key("id").id(&wire.id).ok()? else {
        at.say("a celebration needs an `id`");
        return None;
    };
    let Some(when) = at.key("at").time(&wire.at) else {
        if wire.at.is_none() {
            at.say("a celebration needs `at`, when it happened");
        }
        return None;
    };
    let at_until = at.key("until");
    let until = at_until.time(&wire.until).filter(|until| {
        let latest = around.clock.and_then(|c| c.checked_add(SignedDuration::from_hours(limits::EVENT_HOURS)).ok());
        let over = latest.is_some_and(|latest| *until > latest);
        if over {
            at_until.say(format!("{until} is more than {} hours after the board's clock", limits::EVENT_HOURS));
        }
        !over
    });
    let metric = at.key("metric").metric(&wire.metric);
    let at_slide = at.key("slide");
    let slide = at_slide.id(&wire.slide).ok()?.filter(|id| {
        let known = around.slides.iter().any(|slide| slide.id == *id);
        if !known {
            at_slide.say(format!("there is no slide {}", short(id)));
        }
        known
    });
    let at_tier = at.key("tier");
    let tier = at_tier.whole(&wire.tier).and_then(|tier| match tier {
        1..=3 => Some(tier as u8),
        _ => {
            at_tier.say(format!("{tier} is not 1, 2 or 3"));
            None
        }
    });
    Some(Event {
        id,
        at: when,
        until,
        kind: at.key("kind").word_or(&wire.kind, EventKind::Shout),
        who: around.directory.list(&at.key("who"), &wire.who),
        value: at.key("value").num(&wire.value),
        previous: at.key("previous").num(&wire.previous),
        headline: at.key("headline").text(&wire.headline, limits::TITLE),
        account: at.key("account").text(&wire.account, limits::NAME),
        slide: slide.or_else(|| first_ranking(around.slides, metric.as_deref()?)),
        metric,
        tier: tier.unwrap_or(2),
    })
}

/// The first ranking with a metric.
fn first_ranking(slides: &[SlideData], metric: &str) -> Option<String> {
    let with_metric = |slide: &&SlideData| match &slide.body {
        Body::Ranking(ranking) => ranking.metric.as_deref() == Some(metric),
        _ => false,
    };
    slides.iter().find(with_metric).map(|slide| slide.id.clone())
}
