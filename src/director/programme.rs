//! Which slides are on, in which order and for how long: the playlist of the settings, windows of time, whose screen it is.

use jiff::{SignedDuration, Timestamp};

use super::feeds::WallFeed;
use super::playlist::PlaylistItem;
use super::{Director, SlideEntry};
use crate::board::{Body, ContestState, SlideData};
use crate::config::FeedSource;
use crate::motion::{Now, Time};

/// A round takes at most so long, so that nobody waits long for their slide (DESIGN 5, Dwell).
const ROUND_S: f64 = 150.0;
/// How long a page of the built-in show is on.
const TRAILER_S: f64 = 4.0;
/// No page is shorter for it than this.
const SHORTEST_S: f64 = 8.0;

impl Director {
    /// The programme: the playlist of the settings, then the rest in the order of the feeds and their boards.
    pub(super) fn items(&self, now: Now) -> Vec<PlaylistItem> {
        let wall_us: Vec<i64> = self.feeds.iter().map(|feed| feed.show_time(now).wall_us).collect();
        let pages = |i: usize, dwell: Option<f64>, alone: bool| -> Vec<PlaylistItem> {
            let slide = &self.entries[i].slide;
            let trailer = self.is_trailer(self.entries[i].feed);
            let own = if trailer { TRAILER_S } else { slide.dwell_s() };
            let (pages, dwell_s) = (slide.pages(), dwell.unwrap_or(own));
            let n = pages.open_at(wall_us[self.entries[i].feed]);
            if (pages.one_a_round || trailer) && !alone {
                return vec![PlaylistItem { slide: i, page: 0, in_turn: n, dwell_s }];
            }
            (0..n).map(|page| PlaylistItem { slide: i, page, in_turn: 1, dwell_s }).collect()
        };
        if let Some(pin) = &self.host.pinned {
            return self.find(pin).map(|i| pages(i, None, true)).unwrap_or_default();
        }
        // A slide that has left its board holds nobody.
        if let Some(i) = self.held.as_deref().and_then(|pin| self.find(pin)) {
            return pages(i, None, true);
        }
        let named: Vec<Option<usize>> = self.entries.iter().map(|entry| self.named_by(entry)).collect();
        let entries = &self.config.playlist.slides;
        let named = &named;
        let of = |by: Option<usize>| (0..named.len()).filter(move |i| named[*i] == by);
        // The settings of this screen are nearer than what the board says of itself.
        let set = |i: usize, dwell: Option<f64>| (i, dwell.or(self.entries[i].dwell_s));
        let set = &set;
        let rest = of(None).map(|i| set(i, None));
        let mut shown: Vec<(usize, Option<f64>)> = entries
            .iter()
            .enumerate()
            .flat_map(|(k, entry)| of(Some(k)).map(move |i| set(i, entry.dwell_s)))
            .chain(rest)
            .collect();
        let off = self.hidden_reasons(&wall_us);
        shown.retain(|(i, _)| off[*i].is_none());
        // A slide alone on the wall shows all its pages in a row.
        let alone = shown.len() == 1;
        let mut items = shown.iter().flat_map(|(i, dwell)| pages(*i, *dwell, alone)).collect::<Vec<_>>();
        let fixed: Vec<usize> = shown.iter().filter_map(|(i, dwell)| dwell.map(|_| *i)).collect();
        shorten(&mut items, &fixed);
        items
    }

    /// Whether a feed is the built-in show: it shows everything that the wall can do, in less than two minutes.
    pub(super) fn is_trailer(&self, feed: usize) -> bool {
        self.config.feeds.get(feed).is_some_and(|feed| feed.source == Some(FeedSource::Demo))
    }

    /// The slide that a pin means: `feed/` and its id or kind, or an id or kind of any feed.
    pub(super) fn find(&self, pin: &str) -> Option<usize> {
        let named = |(i, e): (usize, &SlideEntry), pin: &str, by_id: bool| {
            (if by_id { e.id == pin } else { e.kind == pin && !e.is_notice() }).then_some(i)
        };
        let among = |feed: Option<&str>, pin: &str| {
            let own = |e: &SlideEntry| feed.is_none() || self.feeds[e.feed].name.as_deref() == feed;
            let all = || self.entries.iter().enumerate().filter(|(_, e)| own(e));
            all().find_map(|e| named(e, pin, true)).or_else(|| all().find_map(|e| named(e, pin, false)))
        };
        let qualified = pin.split_once('/').and_then(|(feed, pin)| among(Some(feed), pin));
        qualified.or_else(|| among(None, pin))
    }

    /// When a slide next comes or goes by its window, on the show's clock, not before `from`, and of which feed it is.
    pub(super) fn next_window(&self, now: Now, from: Time) -> Option<(Time, usize)> {
        let next = |(i, feed): (usize, &WallFeed)| {
            let own = || self.entries.iter().filter(move |e| e.feed == i);
            let edges =
                own().flat_map(|e| [e.window.0, e.window.1, e.stale_from]).flatten().map(|at| at.as_microsecond());
            // Pages of a slide have windows of their own.
            let of_pages = own().flat_map(|e| e.slide.pages().edges().collect::<Vec<_>>());
            let next = edges.chain(of_pages).filter(|us| *us > feed.windows_at).min()?;
            Some((feed.show_time(now).when_wall(next).max(from), i))
        };
        self.feeds.iter().enumerate().filter_map(next).min()
    }
}

/// From when on the result of a contest is no news any more: so many hours after its end, once it is final. Where nobody
/// says when it ended it stays.
pub(super) fn stale_from(data: &SlideData, winner_h: f64) -> Option<Timestamp> {
    let Body::Contest(contest) = &data.body else { return None };
    let end = data.period.as_ref()?.end.filter(|_| contest.state == ContestState::Final)?;
    end.checked_add(SignedDuration::try_from_secs_f64(winner_h * 3600.0).ok()?).ok()
}

/// Makes a round short enough: every page that the settings say nothing about gives in the same measure.
fn shorten(items: &mut [PlaylistItem], fixed: &[usize]) {
    let is_fixed = |i: &PlaylistItem| fixed.contains(&i.slide);
    let length = |items: &[PlaylistItem], of: bool| -> f64 {
        items.iter().filter(|i| is_fixed(i) == of).map(|i| i.dwell_s).sum()
    };
    for _ in 0..4 {
        let (set, free) = (length(items, true), length(items, false));
        if set + free <= ROUND_S || free <= 0.0 {
            return;
        }
        let part = ((ROUND_S - set) / free).max(0.0);
        for item in items.iter_mut().filter(|i| !is_fixed(i)) {
            item.dwell_s = (item.dwell_s * part).max(item.dwell_s.min(SHORTEST_S));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::Update;
    use crate::config::Config;
    use crate::director::HostInfo;
    use crate::feed::{AcceptContext, accept};
    use crate::scene::Fonts;
    use crate::slides::kind_names;

    fn items(dwells: &[f64]) -> Vec<PlaylistItem> {
        dwells
            .iter()
            .enumerate()
            .map(|(slide, &dwell_s)| PlaylistItem { slide, page: 0, in_turn: 1, dwell_s })
            .collect()
    }

    fn dwells(items: &[PlaylistItem]) -> Vec<f64> {
        items.iter().map(|i| i.dwell_s).collect()
    }

    #[test]
    fn a_round_is_never_longer_than_it_must_be() {
        let mut few = items(&[16.0, 9.0, 20.0]);
        shorten(&mut few, &[]);
        assert_eq!(dwells(&few), vec![16.0, 9.0, 20.0]);
        let mut many = items(&[30.0, 30.0, 30.0, 30.0, 30.0, 30.0, 9.0]);
        shorten(&mut many, &[]);
        let round: f64 = dwells(&many).iter().sum();
        assert!((149.0..=150.1).contains(&round), "{round}");
        assert!(dwells(&many).iter().all(|s| *s >= SHORTEST_S));
    }

    #[test]
    fn what_the_settings_say_stays_and_nothing_becomes_unreadable() {
        let mut set = items(&[100.0, 30.0, 30.0, 30.0]);
        shorten(&mut set, &[0]);
        assert_eq!(set[0].dwell_s, 100.0);
        assert!(dwells(&set)[1..].iter().all(|s| (*s - 50.0 / 3.0).abs() < 0.1));
        let mut many = items(&[10.0; 40]);
        shorten(&mut many, &[]);
        assert!(dwells(&many).iter().all(|s| *s == SHORTEST_S), "eight seconds each are read before a round is short");
    }

    #[test]
    fn a_board_says_how_long_a_slide_stays_unless_this_screen_does() {
        let slide = |id: &str, title: &str, dwell: f64| serde_json::json!({"id": id, "type": "message", "title": title, "text": "x", "dwell_s": dwell});
        let slides = [slide("a", "A", 42.0), slide("b", "B", 33.0), slide("c", "C", 2.0)];
        let body = serde_json::json!({"format": "salesboard/1", "slides": slides}).to_string();
        let (board, report) = accept(body.as_bytes(), &AcceptContext::default()).unwrap();
        assert!(report.to_string().contains("2 is not a number of seconds from 3 to 600"), "{report}");
        let config = Config::parse("[playlist]\nslides = [{ id = \"b\", dwell_s = 20 }]", &kind_names()).unwrap();
        let mut director = Director::new(config, HostInfo::still([1280, 720]));
        let now = Now { t: Time::ZERO, wall_us: 1_800_000_000_000_000 };
        director.apply(Update::Board(std::sync::Arc::new(board)), now, &mut Fonts::new(false));
        let shown = director.items(now);
        let read = director.entries[2].slide.dwell_s();
        assert_eq!(dwells(&shown), vec![20.0, 42.0, read], "this screen's own, the board's, by what there is to read");
    }

    #[test]
    fn a_decided_contest_stays_so_long_and_the_wall_wakes_when_it_goes() {
        let end: Timestamp = "2026-11-23T09:00:00Z".parse().unwrap();
        let board = |state: &str, alone: bool| {
            let contest = serde_json::json!({"id": "c", "type": "contest", "title": "Sprint", "state": state,
                "period": {"end": end.to_string()}, "rows": [{"name": "Ana", "value": 3, "won": 1}, {"name": "Ben", "value": 2}]});
            let ranking = serde_json::json!({"id": "r", "type": "ranking", "title": "Deals", "rows": [{"name": "Ana", "value": 3}]});
            let slides = if alone { vec![contest] } else { vec![contest, ranking] };
            let body =
                serde_json::json!({"format": "salesboard/1", "fresh_for_s": 86_400, "slides": slides}).to_string();
            std::sync::Arc::new(accept(body.as_bytes(), &AcceptContext::default()).unwrap().0)
        };
        let mut fonts = Fonts::new(false);
        let mut shown = |winner_h: &str, state: &str, alone: bool, after_s: f64| {
            let config = Config::parse(&format!("[celebrations]\nwinner_h = {winner_h}"), &kind_names()).unwrap();
            let mut director = Director::new(config, HostInfo::still([1280, 720]));
            let now = |s: f64| Now { t: Time::from_s(s), wall_us: end.as_microsecond() + ((after_s + s) * 1e6) as i64 };
            director.apply(Update::Board(board(state, alone)), now(0.0), &mut fonts);
            let kinds =
                |d: &Director, s: f64| d.items(now(s)).iter().map(|i| d.entries[i.slide].kind).collect::<Vec<_>>();
            let (first, due) = (kinds(&director, 0.0), director.due(now(0.0)));
            director.advance(now(3.0), &mut fonts);
            (first, due, kinds(&director, 3.0))
        };
        let (both, one) = (vec!["contest", "ranking"], vec!["ranking"]);
        assert_eq!(shown("24", "final", false, 23.0 * 3600.0).0, both);
        assert_eq!(shown("24", "final", false, 25.0 * 3600.0).0, one);
        assert_eq!(shown("72", "final", false, 25.0 * 3600.0).0, both);
        assert_eq!(shown("0", "final", false, 1.0).0, one);
        assert_eq!(shown("0", "ended", false, 3600.0).0, both, "nobody has won yet");
        let (before, due, after) = shown("24", "final", false, 24.0 * 3600.0 - 2.0);
        assert_eq!((before, due, after), (both, Some(Time::from_s(2.0)), one));
        assert_eq!(shown("24", "final", true, 100.0 * 3600.0).0, vec!["contest"], "a wall is never empty for it");
    }
}
