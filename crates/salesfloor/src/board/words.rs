//! Messages and plays of the week.

use jiff::Timestamp;
use jiff::civil::Time;
use serde_json::{Value as Json, json};

use super::Writer;
use crate::facts::{Notice, Play, Scope};

/// What is over this long is not sent any more.
const WEEKS: usize = 1;

impl Writer<'_> {
    pub(super) fn notices(&self) -> Vec<Json> {
        let notices = self.figures.floor.notices.iter().enumerate();
        notices.filter_map(|(at, notice)| self.notice(at, notice)).collect()
    }

    fn notice(&self, at: usize, notice: &Notice) -> Option<Json> {
        let (start, end) = match notice.weekly {
            Some(_) => {
                let (start, end) = self.next_call(notice)?;
                (Some(start), Some(end))
            }
            None => (notice.start, notice.end),
        };
        if end.is_some_and(|end| end <= self.figures.now) {
            return None;
        }
        let mut slide =
            json!({"type": "message", "id": format!("news-{}", at + 1), "title": notice.title, "text": notice.text});
        window(&mut slide, start, end);
        if let Some(from) = &notice.from {
            slide["from"] = json!(from);
        }
        if let Some(team) = notice.team {
            slide["teams"] = json!([self.team_key(team)]);
        }
        Some(slide)
    }

    /// The next time that a weekly notice calls: shown from the first instant of that day.
    fn next_call(&self, notice: &Notice) -> Option<(Timestamp, Timestamp)> {
        let (weekday, hour) = notice.weekly?;
        let tz = self.figures.ledger.tz();
        let at =
            |day: jiff::civil::Date, time: Time| Some(day.to_datetime(time).to_zoned(tz.clone()).ok()?.timestamp());
        let mut day = self.figures.today();
        for _ in 0..=7 * WEEKS {
            if day.weekday() == weekday {
                let (from, to) = (at(day, Time::midnight())?, at(day, hour)?);
                let first = notice.start.is_none_or(|start| start < to);
                let last = notice.end.is_none_or(|end| from < end);
                if to > self.figures.now && first && last {
                    return Some((from, to));
                }
            }
            day = day.tomorrow().ok()?;
        }
        None
    }

    /// All plays that are not over, on one slide.
    pub(super) fn plays(&self) -> Vec<Json> {
        let now = self.figures.now;
        let item = |play: &Play| {
            let who: Vec<String> = play.who.iter().filter_map(|id| self.who(Scope::Person(*id))).collect();
            let mut item = json!({"headline": play.headline, "who": who});
            if let Some(text) = &play.text {
                item["text"] = json!(text);
            }
            window(&mut item, play.start, play.end);
            item
        };
        let plays = self.figures.floor.plays.iter().filter(|play| play.end.is_none_or(|end| end > now));
        let items: Vec<Json> = plays.map(item).collect();
        if items.is_empty() {
            return Vec::new();
        }
        vec![json!({"type": "coaching", "id": "play", "title": self.labels.play, "items": items})]
    }
}

fn window(slide: &mut Json, start: Option<Timestamp>, end: Option<Timestamp>) {
    for (key, at) in [("start", start), ("end", end)] {
        if let Some(at) = at {
            slide[key] = json!(at.to_string());
        }
    }
}
