//! The pictures without a slide: what is said of the trouble, in which words, with which code.

use std::sync::Arc;

use floorcast::board::{Health, Trouble, TroubleKind, Update};
use floorcast::config::Config;
use floorcast::director::{Director, Refused, Stand};
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
        self.text_for(kind, "hub.example: said something")
    }

    /// The same with the reason that the log has.
    fn text_for(&mut self, kind: TroubleKind, reason: &str) -> String {
        let trouble = Trouble { kind, reason: reason.into(), retry_at: None };
        let health = Health { trouble: Some(trouble), said: Some(reason.into()), ..Health::default() };
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
                TroubleKind::NotFound,
                TroubleKind::BadData,
                TroubleKind::CertificateEnded,
                TroubleKind::NotTrusted,
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

/// The texts of a draw list, one after the other.
fn texts(list: &str) -> String {
    let texts: Vec<&str> = list.lines().filter_map(|line| line.split('"').nth(1)).collect();
    texts.join(" ")
}

#[test]
fn the_wall_says_what_the_log_says_of_which_host_or_file() {
    let csv = "[feed]\nurl = \"/srv/share/deals.csv\"\n";
    for (settings, kind, reason, says) in [
        (FEED, TroubleKind::NoAnswer, "hub.example: connection refused", "hub.example: connection refused"),
        (FEED, TroubleKind::NotFound, "hub.example: HTTP 404 Not Found: no board at /a/b.json", "no board at …/b.json"),
        (csv, TroubleKind::NoAnswer, "/srv/share/deals.csv: no such file", "deals.csv: no such file"),
        (csv, TroubleKind::BadData, "no column with the person", "deals.csv: no column with the person"),
    ] {
        for size in [[1920, 1080], [1080, 1920], [640, 360]] {
            let list = Wall::of(settings, "2026-11-26T09:00:00Z", size).text_for(kind, reason);
            assert!(texts(&list).contains(says), "{says}: {list}");
        }
    }
}

#[test]
fn a_long_sentence_ends_in_an_ellipsis_and_holds_no_secret() {
    let settings = "[feed]\nurl = \"https://hub.example/CANARY/board.json?key=CANARY\"\n";
    let reason =
        format!("https://hub.example/CANARY/board.json: {} at https://h/CANARYCANARYCANARY", "word ".repeat(90));
    for size in [[1920, 1080], [1080, 1920]] {
        let list = Wall::of(settings, "2026-11-26T09:00:00Z", size).text_for(TroubleKind::BadData, &reason);
        assert!(list.contains("hub.example: word") && list.contains('…') && !list.contains("CANARY"), "{list}");
    }
}

#[test]
fn settings_that_are_wrong_at_the_start_have_a_picture() {
    let refused = |place| Refused {
        file: "kiosk.toml".into(),
        path: "/etc/floorcast/kiosk.toml".into(),
        place,
        message: "`theme`: expected \"dark\" or \"light\", found \"ligt\"".into(),
    };
    for size in [[1920, 1080], [1080, 1920], [640, 360]] {
        let mut wall = Wall::of("", "2026-11-26T09:00:00Z", size);
        assert!(wall.director.set_refused(Some(refused(Some((2, 17))))));
        let list = wall.director.frame(wall.now, &mut wall.fonts).to_string();
        let said = texts(&list);
        for says in ["SETTINGS NOT TAKEN", "LINE 2, COLUMN 17", "/etc/floorcast/kiosk.toml", "MEND THE FILE AND SAVE"] {
            assert!(said.contains(says), "{says}: {list}");
        }
        assert!(list.contains("expected") && !said.contains("SETTINGS NOT TAKEN: KIOSK"), "said once: {list}");
        wall.director.set_refused(Some(refused(None)));
        let list = wall.director.frame(wall.now, &mut wall.fonts).to_string();
        assert!(texts(&list).contains("CANNOT BE READ"), "{list}");
    }
    // With others in force, a line at the foot is enough.
    let mut wall = Wall::at(FEED, "2026-11-26T09:00:00Z");
    wall.director.set_refused(Some(refused(Some((2, 17)))));
    let list = wall.director.frame(wall.now, &mut wall.fonts).to_string();
    assert!(texts(&list).contains("SETTINGS NOT TAKEN: kiosk.toml, LINE 2, COLUMN 17"), "{list}");
}
