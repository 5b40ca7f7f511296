//! The pictures without a slide: what is said of the trouble, in which words, with which code.

use floorcast::board::{FeedHealth, TroubleKind, Update};
use floorcast::director::{HostInfo, RefusedSettings};
use jiff::Timestamp;

use crate::support::wall::{Wall, trouble};

const FEED: &str = "[feed]\nurl = \"https://hub.example/board.json\"\n";

/// When the pictures are looked at, in seconds.
const LOOK_S: f64 = 1.0;

fn empty(settings: &str, clock: &str) -> Wall {
    empty_of(settings, clock, [1920, 1080])
}

fn empty_of(settings: &str, clock: &str, size: [u32; 2]) -> Wall {
    let mut wall = Wall::on(settings, HostInfo { address: Some("192.168.20.41".into()), ..HostInfo::still(size) });
    wall.start_us = clock.parse::<Timestamp>().unwrap().as_microsecond();
    wall
}

/// The draw list while this is wrong.
fn list(wall: &mut Wall, kind: TroubleKind) -> String {
    list_for(wall, kind, "hub.example: said something")
}

/// The same with the reason that the log has.
fn list_for(wall: &mut Wall, kind: TroubleKind, reason: &str) -> String {
    let health = FeedHealth { reason: Some(reason.into()), ..trouble(kind, reason) };
    wall.update(0, LOOK_S, Update::Health(health));
    wall.text(LOOK_S)
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
        let text = list(&mut empty(settings, clock), kind);
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
                let text = list(&mut empty_of(settings, "2028-11-26T09:00:00Z", size), kind);
                assert!(text.contains("192.168.20.41") && !text.contains('…'), "{kind:?} {size:?}: {text}");
            }
        }
    }
}

#[test]
fn a_file_that_is_missing_says_nothing_of_the_network() {
    let oks = |settings: &str| {
        let text = list(&mut empty(settings, "2026-11-26T09:00:00Z"), TroubleKind::NoAnswer);
        text.matches("\"OK\"").count()
    };
    assert_eq!([oks(FEED), oks("[feed]\nurl = \"/srv/board.json\"\n")], [2, 1]);
    let map = "[feed]\nmap = \"m.jq\"\n[[feed.source]]\nname = \"a\"\nfile = \"a.csv\"\n";
    let web = format!("{map}[[feed.source]]\nname = \"b\"\nurl = \"https://hub.example/b\"\n");
    assert_eq!([oks(map), oks(&web)], [1, 2]);
}

#[test]
fn the_code_stands_with_where_it_is_explained() {
    let mut wall = empty(FEED, "2026-11-26T09:00:00Z");
    let text = list(&mut wall, TroubleKind::NoAnswer);
    assert!(text.contains("CODE F204 · 192.168.20.41"), "{text}");
    for (url, says) in [
        ("HTTPS://HUB.EXAMPLE/S", "CODE F403 · HUB.EXAMPLE/S/F403"),
        ("https://hub.example", "CODE F403 · HUB.EXAMPLE/F403"),
        ("https://hub.example/tv/", "CODE F403 · hub.example/tv/F403"),
    ] {
        let settings = format!("setup_url = {url:?}\n{FEED}");
        let text = list(&mut empty(&settings, "2026-11-26T09:00:00Z"), TroubleKind::NoAccess);
        assert!(text.contains(says), "{says}: {text}");
    }
}

#[test]
fn old_data_is_not_live_by_a_clock_that_is_wrong() {
    let board = r#"{"format": "salesboard/1", "as_of": "2026-11-26T09:00:00Z", "slides": [
        {"type": "ranking", "title": "Deals", "rows": [{"name": "Ana", "value": 3}]}]}"#;
    // Two days slow: the data is from the day after tomorrow.
    let mut wall = empty(FEED, "2026-11-24T09:00:00Z");
    wall.board(LOOK_S, &serde_json::from_str(board).unwrap());
    let live = list(&mut wall, TroubleKind::NoAnswer);
    assert!(live.contains("LIVE") && !live.contains("CLOCK WRONG"), "{live}");
    let text = list(&mut wall, TroubleKind::ClockWrong);
    assert!(text.contains("CLOCK WRONG") && !text.contains("LIVE"), "{text}");
}

#[test]
fn the_first_boot_says_which_network_it_is_in() {
    let mut wall = empty("", "2026-11-26T09:00:00Z");
    assert!(wall.director.set_network(Some("ETHERNET".into()), Some("10.0.0.7".into())));
    assert!(!wall.director.set_network(Some("ETHERNET".into()), Some("10.0.0.7".into())), "no news");
    let text = wall.text(LOOK_S);
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
            let list = list_for(&mut empty_of(settings, "2026-11-26T09:00:00Z", size), kind, reason);
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
        let list = list_for(&mut empty_of(settings, "2026-11-26T09:00:00Z", size), TroubleKind::BadData, &reason);
        assert!(list.contains("hub.example: word") && list.contains('…') && !list.contains("CANARY"), "{list}");
    }
}

#[test]
fn settings_that_are_wrong_at_the_start_have_a_picture() {
    let refused = |place| RefusedSettings {
        file: "kiosk.toml".into(),
        path: "/etc/floorcast/kiosk.toml".into(),
        place,
        message: "`theme`: expected \"dark\" or \"light\", found \"ligt\"".into(),
    };
    for size in [[1920, 1080], [1080, 1920], [640, 360]] {
        let mut wall = empty_of("", "2026-11-26T09:00:00Z", size);
        assert!(wall.director.set_refused(Some(refused(Some((2, 17))))));
        let list = wall.text(LOOK_S);
        let said = texts(&list);
        for says in ["SETTINGS NOT TAKEN", "LINE 2, COLUMN 17", "/etc/floorcast/kiosk.toml", "MEND THE FILE AND SAVE"] {
            assert!(said.contains(says), "{says}: {list}");
        }
        assert!(list.contains("expected") && !said.contains("SETTINGS NOT TAKEN: KIOSK"), "said once: {list}");
        wall.director.set_refused(Some(refused(None)));
        let list = wall.text(LOOK_S);
        assert!(texts(&list).contains("CANNOT BE READ"), "{list}");
    }
    // With others in force, a line at the foot is enough.
    let mut wall = empty(FEED, "2026-11-26T09:00:00Z");
    wall.director.set_refused(Some(refused(Some((2, 17)))));
    let list = wall.text(LOOK_S);
    assert!(texts(&list).contains("SETTINGS NOT TAKEN: kiosk.toml, LINE 2, COLUMN 17"), "{list}");
}
