//! The pictures without a slide: what is said of the trouble, in which words, with which code.

use std::sync::Arc;

use floorcast::board::{Health, Trouble, TroubleKind, Update};
use floorcast::config::Config;
use floorcast::director::{Director, Stand};
use floorcast::feed::{AcceptContext, accept};
use floorcast::motion::{Now, Time};
use floorcast::scene::Fonts;
use floorcast::slides::kind_names;
use jiff::Timestamp;

const FEED: &str = "[feed]\nurl = \"https://hub.example/board.json\"\n";

struct Wall {
    director: Director,
    fonts: Fonts,
    now: Now,
}

impl Wall {
    fn at(settings: &str, clock: &str) -> Wall {
        Wall::of(settings, clock, [1920, 1080])
    }

    fn of(settings: &str, clock: &str, size: [u32; 2]) -> Wall {
        let config = Config::parse(settings, &kind_names()).unwrap();
        let stand = Stand { address: Some("192.168.20.41".into()), ..Stand::still(size) };
        let wall_us = clock.parse::<Timestamp>().unwrap().as_microsecond();
        let now = Now { t: Time::from_s(1.0), wall_us };
        Wall { director: Director::new(config, stand), fonts: Fonts::new(false), now }
    }

    /// The draw list while this is wrong.
    fn text(&mut self, kind: TroubleKind) -> String {
        let trouble = Trouble { kind, reason: "hub.example: said something".into(), retry_at: None };
        let health = Health { trouble: Some(trouble), ..Health::default() };
        self.director.apply(Update::Health(health), self.now, &mut self.fonts);
        self.director.frame(self.now, &mut self.fonts).to_string()
    }
}

#[test]
fn a_clock_that_is_not_right_is_no_server_that_is_down() {
    let ja = format!("locale = \"ja\"\n{FEED}");
    for (settings, clock, kind, says, code) in [
        (FEED, "2006-11-26T09:00:00Z", TroubleKind::ClockNotSet, "CLOCK NOT SET", "CODE F495"),
        (FEED, "2028-11-26T09:00:00Z", TroubleKind::ClockWrong, "CLOCK WRONG", "CODE F496"),
        (&ja, "2006-11-26T09:00:00Z", TroubleKind::ClockNotSet, "時刻未設定", "F495"),
        (&ja, "2028-11-26T09:00:00Z", TroubleKind::ClockWrong, "時刻のずれ", "F496"),
    ] {
        let text = Wall::at(settings, clock).text(kind);
        for said in [says, code] {
            assert!(text.contains(said), "{said}: {text}");
        }
        for other in ["NO ANSWER", "応答なし", "F204", "said something"] {
            assert!(!text.contains(other), "{other}: {text}");
        }
    }
}

#[test]
fn nothing_is_cut() {
    let ja = format!("locale = \"ja\"\n{FEED}");
    for settings in [FEED, &ja] {
        for size in [[1920, 1080], [1080, 1920]] {
            for kind in [
                TroubleKind::NoNetwork,
                TroubleKind::NoAnswer,
                TroubleKind::NoAccess,
                TroubleKind::BadData,
                TroubleKind::ClockNotSet,
                TroubleKind::ClockWrong,
            ] {
                let text = Wall::of(settings, "2028-11-26T09:00:00Z", size).text(kind);
                assert!(text.contains("192.168.20.41") && !text.contains('…'), "{kind:?} {size:?}: {text}");
            }
        }
    }
}

#[test]
fn a_file_that_is_missing_says_nothing_of_the_network() {
    let oks = |settings: &str| {
        let text = Wall::at(settings, "2026-11-26T09:00:00Z").text(TroubleKind::NoAnswer);
        text.matches("\"OK\"").count()
    };
    assert_eq!([oks(FEED), oks("[feed]\nurl = \"/srv/board.json\"\n")], [2, 1]);
    let map = "[feed]\nmap = \"m.jq\"\n[[feed.source]]\nname = \"a\"\nfile = \"a.csv\"\n";
    let web = format!("{map}[[feed.source]]\nname = \"b\"\nurl = \"https://hub.example/b\"\n");
    assert_eq!([oks(map), oks(&web)], [1, 2]);
}

#[test]
fn the_code_stands_with_where_it_is_explained() {
    let mut wall = Wall::at(FEED, "2026-11-26T09:00:00Z");
    let text = wall.text(TroubleKind::NoAnswer);
    assert!(text.contains("CODE F204 · 192.168.20.41"), "{text}");
    for (url, says) in [
        ("HTTPS://HUB.EXAMPLE/S", "CODE F403 · HUB.EXAMPLE/S/F403"),
        ("https://hub.example", "CODE F403 · HUB.EXAMPLE/F403"),
        ("https://hub.example/tv/", "CODE F403 · hub.example/tv/F403"),
    ] {
        let settings = format!("setup_url = {url:?}\n{FEED}");
        let text = Wall::at(&settings, "2026-11-26T09:00:00Z").text(TroubleKind::NoAccess);
        assert!(text.contains(says), "{says}: {text}");
    }
}

#[test]
fn old_data_is_not_live_by_a_clock_that_is_wrong() {
    let board = br#"{"format": "salesboard/1", "as_of": "2026-11-26T09:00:00Z", "slides": [
        {"type": "ranking", "title": "Deals", "rows": [{"name": "Ana", "value": 3}]}]}"#;
    let (board, _) = accept(board, &AcceptContext::default()).unwrap();
    // Two days slow: the data is from the day after tomorrow.
    let mut wall = Wall::at(FEED, "2026-11-24T09:00:00Z");
    wall.director.apply(Update::Board(Arc::new(board)), wall.now, &mut wall.fonts);
    let live = wall.text(TroubleKind::NoAnswer);
    assert!(live.contains("LIVE") && !live.contains("CLOCK WRONG"), "{live}");
    let text = wall.text(TroubleKind::ClockWrong);
    assert!(text.contains("CLOCK WRONG") && !text.contains("LIVE"), "{text}");
}

#[test]
fn the_first_boot_says_which_network_it_is_in() {
    let mut wall = Wall::at("", "2026-11-26T09:00:00Z");
    assert!(wall.director.set_here(Some("ETHERNET".into()), Some("10.0.0.7".into())));
    assert!(!wall.director.set_here(Some("ETHERNET".into()), Some("10.0.0.7".into())), "no news");
    let text = wall.director.frame(wall.now, &mut wall.fonts).to_string();
    let version = env!("CARGO_PKG_VERSION");
    assert!(text.contains(&format!("ETHERNET · 10.0.0.7 · VERSION {version}")), "{text}");
}
