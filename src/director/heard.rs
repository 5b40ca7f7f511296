//! Decides which sound is played: for which celebration, and whose own sound.

use std::sync::Arc;

use super::Director;
use super::queue::Tier;
use crate::board::EventKind;
use crate::motion::{Now, Time};

/// A sound and when it starts.
#[derive(Debug, Clone, PartialEq)]
pub struct Cue {
    /// When the celebration begins; no other begins then.
    pub start: Time,
    pub tier: Tier,
    /// A contest was decided.
    pub is_contest: bool,
    /// The file with the own sound of the person whom it is about.
    pub clip: Option<Arc<[u8]>>,
}

impl Director {
    /// What is to be heard with what is on; `None`: nothing, or it is a quiet hour on the floor.
    pub fn cue(&self, now: Now) -> Option<Cue> {
        let celebration = self.celebrations.queue.current(now.t)?;
        let from = self.feeds.get(celebration.feed())?;
        let began = from.show_time(now.at(celebration.start));
        let quiet = [self.config.sound.quiet, self.config.celebrations.quiet];
        if quiet.into_iter().flatten().any(|hours| from.clock.within(began, hours)) {
            return None;
        }
        let first = celebration.events.first()?;
        let person = |id: &String| from.newest.as_ref().or(from.board.as_ref())?.people.get(id);
        let sound = first.what.who.as_ref().and_then(person).and_then(|person| person.sound.as_ref());
        Some(Cue {
            start: celebration.start,
            tier: celebration.tier,
            is_contest: first.kind == EventKind::ContestWon,
            clip: sound.and_then(|sound| from.clips.get(sound.key()).cloned()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{Clip, Update};
    use crate::config::Config;
    use crate::director::HostInfo;
    use crate::feed::{AcceptContext, accept};
    use crate::scene::Fonts;

    const AT: &str = "2026-01-05T10:00:00Z";

    fn board(events: serde_json::Value) -> Update {
        let body = serde_json::json!({
            "format": "salesboard/1", "as_of": AT, "tz": "Asia/Tokyo", "fresh_for_s": 86_400,
            "people": {"ana": {"name": "Ana", "sound": {"url": "ana.ogg"}}, "ben": {"name": "Ben"}},
            "slides": [{"id": "deals", "type": "ranking", "title": "Deals", "rows": [
                {"who": "ana", "value": 3}, {"who": "ben", "value": 2}]}],
            "events": events,
        });
        Update::Board(Arc::new(accept(body.to_string().as_bytes(), &AcceptContext::default()).unwrap().0))
    }

    fn event(who: &str, kind: &str, tier: u8) -> serde_json::Value {
        serde_json::json!([{"id": format!("{who}-{kind}"), "at": AT, "kind": kind, "who": [who], "tier": tier, "value": 3}])
    }

    /// The cue right after these events came, by these settings.
    fn cue(events: serde_json::Value, settings: &str) -> Option<Cue> {
        let config = Config::parse(settings, &[]).unwrap();
        let start: jiff::Timestamp = AT.parse().unwrap();
        let now = |s: f64| Now { t: Time::from_s(s), wall_us: start.as_microsecond() + (s * 1e6) as i64 };
        let mut fonts = Fonts::new(false);
        let mut wall = Director::new(config, HostInfo::still([640, 360]));
        wall.apply(board(serde_json::json!([])), now(0.0), &mut fonts);
        wall.apply(Update::Clip(Clip { key: "ana.ogg".into(), bytes: Arc::from(&b"clip"[..]) }), now(1.0), &mut fonts);
        wall.apply(Update::Clip(Clip { key: "gone.ogg".into(), bytes: Arc::from(&b"?"[..]) }), now(1.0), &mut fonts);
        assert_eq!(wall.cue(now(9.0)), None);
        wall.apply(board(events), now(10.0), &mut fonts);
        assert_eq!(wall.feeds[0].clips.len(), 1, "what nobody on the board has is dropped");
        let cue = wall.cue(now(10.0));
        assert_eq!(cue, wall.cue(now(10.5)), "and the same until it is over");
        assert_eq!(wall.cue(now(60.0)), None);
        cue
    }

    #[test]
    fn a_celebration_is_heard_from_its_first_instant_with_its_own_sound() {
        let heard = |who: &str, kind: &str, tier: u8| cue(event(who, kind, tier), "").unwrap();
        let ana = heard("ana", "won", 3);
        assert_eq!((ana.start, ana.tier, ana.is_contest), (Time::from_s(10.0), Tier::Takeover, false));
        assert_eq!(ana.clip.as_deref(), Some(&b"clip"[..]));
        assert_eq!(heard("ben", "won", 2), Cue { tier: Tier::Banner, clip: None, ..ana.clone() });
        assert_eq!(heard("ben", "shout", 1).tier, Tier::Line);
        assert!(heard("ben", "contest_won", 3).is_contest);
    }

    #[test]
    fn a_wall_that_has_to_be_woken_celebrates_when_it_is_awake() {
        let start: jiff::Timestamp = AT.parse().unwrap();
        let now = |s: f64| Now { t: Time::from_s(s), wall_us: start.as_microsecond() + (s * 1e6) as i64 };
        let mut fonts = Fonts::new(false);
        let mut wall = Director::new(Config::default(), HostInfo::still([640, 360]));
        wall.apply(board(serde_json::json!([])), now(0.0), &mut fonts);
        wall.celebrate_after(8.0);
        wall.apply(board(event("ana", "won", 3)), now(10.0), &mut fonts);
        assert_eq!(wall.fills_screen_until(now(10.0)), Some(Time::from_s(25.0)));
        assert_eq!([10.0, 17.9, 18.0].map(|s| wall.cue(now(s)).is_some()), [false, false, true]);
        assert_eq!(wall.fills_screen_until(now(25.0)), None);
    }

    #[test]
    fn in_quiet_hours_of_the_floor_nothing_is_heard() {
        // Ten o'clock in London is seven in the evening in Tokyo, where the floor is.
        for (quiet, is_quiet) in [("18:00\", \"20:00", true), ("09:00\", \"11:00", false)] {
            for section in ["sound", "celebrations"] {
                let settings = format!("[{section}]\nquiet = [\"{quiet}\"]");
                assert_eq!(cue(event("ana", "won", 3), &settings).is_none(), is_quiet, "{settings}");
            }
        }
    }
}
