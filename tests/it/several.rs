//! Several feeds on one screen: each keeps its own board, age, words, pictures and events; one that fails marks only its own.

use std::process::Command;
use std::sync::Arc;

use floorcast::board::{FeedHealth, Photo, Trouble, TroubleKind, Update};
use floorcast::director::{HostInfo, RefusedSettings};
use floorcast::motion::Time;
use floorcast::scene::{Item, Picture, Pixels};
use floorcast::words::Locale;
use serde_json::{Value, json};

use crate::support::TempDir;
use crate::support::wall::{Wall, at, instant, items, trouble};

const TWO: &str = "[[feed]]\nname = \"crm\"\nurl = \"a.json\"\n[[feed]]\nname = \"notice\"\nurl = \"b.json\"\n";
const CRM: usize = 0;
const NOTICE: usize = 1;

/// A board with one ranking of the id "main".
fn body(title: &str, value: u32, more: Value) -> Value {
    let mut body = json!({
        "format": "salesboard/1", "board": title, "tz": "UTC",
        "metrics": {"m": {"label": format!("{title} metric")}},
        "people": {"ana": {"name": "Ana", "photo": {"url": "ana.png"}}, "ben": {"name": "Ben"}},
        "slides": [{"id": "main", "type": "ranking", "title": title, "metric": "m", "rows": [
            {"who": "ana", "value": value}, {"who": "ben", "value": 5}]}],
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

fn health(wall: &mut Wall, feed: usize, s: f64, last_good_s: f64, failed: bool) {
    let failed = failed.then(|| Trouble {
        kind: TroubleKind::NoAnswer,
        reason: "connection refused".into(),
        retry_at: Some(instant(s + 60.0)),
    });
    let health = FeedHealth { last_good: Some(instant(last_good_s)), trouble: failed, ..FeedHealth::default() };
    wall.update(feed, s, Update::Health(health));
}

#[test]
fn the_programme_is_that_of_all_feeds_in_their_order() {
    let mut wall = Wall::new(TWO);
    // The second one answers first.
    wall.board_of(NOTICE, 0.0, &body("Notice", 1, json!({})));
    assert_eq!(wall.title(1.0), "NOTICE");
    wall.board_of(CRM, 2.0, &body("Deals", 2, json!({})));
    assert_eq!(wall.ids(), ["crm/main", "notice/main"], "ids are unique per feed only");
    assert_eq!(wall.title(3.0), "NOTICE", "what is on stays on");
    let mut seen: Vec<String> = (0..120).map(|s| wall.title(f64::from(s))).collect();
    seen.dedup();
    assert!(seen.len() > 3 && seen.windows(2).all(|pair| pair[0] != pair[1]), "they take turns: {seen:?}");
    // A board of one feed leaves the other's slides alone.
    wall.board_of(CRM, 121.0, &body("Other deals", 2, json!({"board": "Deals"})));
    assert_eq!(wall.ids(), ["crm/main", "notice/main"]);
}

#[test]
fn the_playlist_and_the_command_line_tell_feeds_apart() {
    let mut wall = Wall::new(&format!("playlist.slides = [{{ feed = \"notice\", hide = true }}]\n{TWO}"));
    wall.board_of(CRM, 0.0, &body("Deals", 1, json!({})));
    wall.board_of(NOTICE, 0.0, &body("Notice", 1, json!({})));
    assert!((0..60).all(|s| wall.title(f64::from(s)) == "DEALS"));
    let mut order = Wall::new(&format!("playlist.slides = [{{ feed = \"notice\", kind = \"ranking\" }}]\n{TWO}"));
    order.board_of(NOTICE, 0.0, &body("Notice", 1, json!({})));
    order.board_of(CRM, 0.0, &body("Deals", 1, json!({})));
    order.director.skip(1, at(1.0));
    assert_eq!(order.title(1.0), "DEALS");
    order.director.skip(1, at(2.0));
    assert_eq!(order.title(2.0), "NOTICE", "once round");
    for (pin, title) in [("notice/main", "NOTICE"), ("crm/ranking", "DEALS"), ("main", "DEALS")] {
        let mut wall = Wall::on(TWO, HostInfo { pinned: Some(pin.into()), ..HostInfo::still([1920, 1080]) });
        wall.board_of(CRM, 0.0, &body("Deals", 1, json!({})));
        wall.board_of(NOTICE, 0.0, &body("Notice", 1, json!({})));
        assert_eq!(wall.title(1.0), title, "{pin}");
    }
}

#[test]
fn one_failing_feed_marks_only_its_slides() {
    let fresh = json!({"fresh_for_s": 60});
    let mut wall = Wall::new(TWO);
    let mut alone = Wall::new("feed.url = \"b.json\"");
    let (deals, notice) = (body("Deals", 1, fresh.clone()), body("Notice", 1, fresh));
    wall.board_of(CRM, 0.0, &deals);
    wall.board_of(NOTICE, 0.0, &notice);
    alone.board_of(0, 0.0, &notice);
    // Two hours later one has been silent all the time, the other answers.
    let later = 7200.0;
    health(&mut wall, CRM, later, 0.0, true);
    health(&mut wall, NOTICE, later, later, false);
    health(&mut alone, 0, later, later, false);
    let show = |wall: &mut Wall, title: &str| {
        let found = (0..200).map(|s| later + f64::from(s) / 2.0).find(|s| {
            let now = at(*s);
            wall.director.header(now).is_some_and(|header| header.title == title)
        });
        found.unwrap() + 5.0
    };
    let s = show(&mut wall, "NOTICE");
    let (both, own) = (wall.scene(s).layers, alone.scene(s).layers);
    assert!(both == own, "the slide of the feed that is well is the same as if it were alone");
    let s = show(&mut wall, "DEALS");
    let grey = wall.scene(s).layers;
    let mut same = Wall::new("feed.url = \"a.json\"");
    same.board_of(0, 0.0, &deals);
    health(&mut same, 0, later, 0.0, true);
    assert!(grey == same.scene(s).layers, "the other's is as it would be alone: grey, and dated");
    // Beyond eight hours the error picture takes every third turn of the lost feed, never one of the other's.
    let lost = 9.0 * 3600.0;
    health(&mut wall, NOTICE, lost, lost, false);
    let (mut errors, mut shown) = (0, 0);
    for turn in 0..24 {
        let s = lost + f64::from(turn) * 0.1;
        wall.director.skip(1, at(s));
        health(&mut wall, NOTICE, s, s, false);
        let title = wall.title(s + 0.05);
        let text = wall.scene(s + 0.05).layers.iter().any(|layer| layer.name == "links");
        match title.as_str() {
            "NOTICE" => assert!(!text, "the error picture in the turn of a feed that is well"),
            _ => (errors, shown) = (errors + u32::from(text), shown + 1),
        }
    }
    assert_eq!((errors, shown), (4, 12));
}

#[test]
fn the_whole_screen_is_an_error_only_when_no_feed_has_a_board() {
    let mut wall = Wall::new(TWO);
    let is_error = |wall: &mut Wall, s: f64| wall.scene(s).layers.iter().any(|layer| layer.name == "links");
    let waiting = wall.text(0.5);
    let down = trouble(TroubleKind::NoAccess, "403");
    wall.update(CRM, 1.0, Update::Health(down.clone()));
    assert_eq!(wall.text(0.5), waiting, "the other may still answer");
    wall.update(NOTICE, 1.0, Update::Health(down));
    assert!(is_error(&mut wall, 1.0) && wall.text(1.0) != waiting);
    wall.board_of(NOTICE, 2.0, &body("Notice", 1, json!({})));
    assert!(!is_error(&mut wall, 3.0));
    assert_eq!(wall.title(3.0), "NOTICE");
}

#[test]
fn a_board_of_which_nothing_is_to_be_shown_is_not_awaited() {
    for (locale, said, waiting) in [("en", "NOTHING TO", "WAITING FOR"), ("ja", "いま表示する", "売上データを")]
    {
        let from = (Locale::new(locale).words().data_from)("").trim().to_owned();
        let one = "feed.url = \"a.json\"\n[playlist]\nslides = [{ kind = \"ranking\", hide = true }]";
        let mut wall = Wall::new(one);
        assert!(wall.director.nothing_to_show(at(0.0)).is_none(), "nothing is known yet");
        wall.board_of(
            0,
            1.0,
            &body("Deals", 1, json!({"locale": locale, "as_of": instant(1.0).to_string(), "fresh_for_s": 60})),
        );
        let text = wall.text(2.0);
        assert!(text.contains(said) && !text.contains(waiting) && !text.contains(&from), "{text}");
        let why = wall.director.nothing_to_show(at(2.0));
        assert_eq!(why.as_deref(), Some("nothing to show: main (ranking) is hidden by the playlist"));
        assert!(!wall.director.is_waiting(at(2.0)));
        // Old data is said to be old.
        let text = wall.text(1000.0);
        assert!(text.contains(said) && text.contains(&from), "{text}");
        health(&mut wall, 0, 1001.0, 1.0, true);
        let text = wall.text(1002.0);
        assert!(!text.contains(said), "a feed in trouble comes first: {text}");
    }
    let pinned = HostInfo { pinned: Some("nope".into()), ..HostInfo::still([1920, 1080]) };
    let mut wall = Wall::on("feed.url = \"a.json\"", pinned);
    wall.board_of(0, 0.0, &body("Deals", 1, json!({})));
    assert!(wall.text(1.0).contains("NOTHING TO"));
    let why = wall.director.nothing_to_show(at(1.0)).unwrap();
    assert_eq!(why, "nothing to show: no slide \"nope\" on the board; there is main (ranking)");
    // It may be the other feed's, and that is awaited.
    let mut two = Wall::new(&format!("playlist.slides = [{{ feed = \"notice\" }}]\nplaylist.rest = false\n{TWO}"));
    two.board_of(CRM, 0.0, &body("Deals", 1, json!({})));
    assert!(two.director.nothing_to_show(at(1.0)).is_none() && !two.text(1.0).contains("NOTHING TO"));
}

#[test]
fn a_feed_that_never_came_says_so_in_its_own_place() {
    let mut wall = Wall::new(TWO);
    wall.board_of(CRM, 0.0, &body("Deals", 1, json!({})));
    let fails = |wall: &mut Wall, s: f64, kind: TroubleKind| {
        wall.update(NOTICE, s, Update::Health(trouble(kind, "refused")));
    };
    let down = |wall: &mut Wall, s: f64| fails(wall, s, TroubleKind::NoAnswer);
    down(&mut wall, 10.0);
    health(&mut wall, CRM, 800.0, 800.0, false);
    assert_eq!(wall.ids().len(), 1, "it may still come");
    // A quarter of an hour later, though nobody speaks: the picture says when, and the instant is its own.
    assert!(wall.scene(905.0).next.is_some_and(|next| next <= Time::from_s(910.0)));
    wall.scene(909.9);
    assert_eq!(wall.ids().len(), 1);
    wall.scene(910.0);
    assert_eq!(wall.ids().len(), 2);
    let rests = |s: u32| wall.scene(f64::from(s)).next.is_none_or(|next| next > Time::from_s(f64::from(s)));
    assert!((911..930).any(rests), "it is said once, and not due for ever");
    health(&mut wall, CRM, 930.0, 930.0, false);
    let listed: Vec<_> = wall.director.programme().into_iter().map(|l| (l.feed.unwrap(), l.kind)).collect();
    assert_eq!(listed, [("crm".to_owned(), "ranking"), ("notice".to_owned(), "message")]);
    let turns: Vec<(String, bool)> =
        (930..1000).map(|s| (wall.title(f64::from(s)), says(&mut wall, f64::from(s), "NO ANSWER"))).collect();
    let (own, others) = turns.iter().partition::<Vec<_>, _>(|(title, _)| title != "DEALS");
    assert!(own.iter().any(|turn| turn.1) && others.iter().all(|turn| !turn.1) && others.len() > 20, "{turns:?}");
    fails(&mut wall, 1000.0, TroubleKind::BadData);
    let turns: Vec<bool> = (1000..1080).map(|s| says(&mut wall, f64::from(s), "BAD DATA")).collect();
    assert!(turns.contains(&true) && turns.contains(&false), "what is wrong now: {turns:?}");
    // Another size, other settings: still there. And a feed that comes has its place.
    wall.director.resize([1280, 720], at(1100.0), &mut wall.fonts);
    assert_eq!(wall.ids().len(), 2);
    wall.reload(TWO, &[Some(CRM), Some(NOTICE)], 1101.0);
    assert_eq!(wall.ids().len(), 2);
    wall.board_of(NOTICE, 1102.0, &body("Notice", 1, json!({})));
    assert_eq!(wall.ids(), ["crm/main", "notice/main"]);
    // Who had a board is marked by its age; and the settings have the last word.
    let mut wall = Wall::new(&format!("playlist.slides = [{{ feed = \"notice\", hide = true }}]\n{TWO}"));
    wall.board_of(CRM, 0.0, &body("Deals", 1, json!({})));
    down(&mut wall, 1.0);
    down(&mut wall, 2000.0);
    assert!((2000..2100).all(|s| wall.title(f64::from(s)) == "DEALS"));
    let mut wall = Wall::new(TWO);
    wall.board_of(CRM, 0.0, &body("Deals", 1, json!({})));
    wall.board_of(NOTICE, 0.0, &body("Notice", 1, json!({})));
    down(&mut wall, 1.0);
    down(&mut wall, 2000.0);
    assert_eq!(wall.ids(), ["crm/main", "notice/main"]);
}

#[test]
fn what_is_asked_of_messages_is_not_asked_of_a_silent_feed() {
    let down = trouble(TroubleKind::NoAnswer, "refused");
    let silent = |config: &str, pinned: Option<&str>, more: Value| {
        let host_info = HostInfo { pinned: pinned.map(str::to_owned), ..HostInfo::still([1920, 1080]) };
        let mut wall = Wall::on(&format!("{config}\n{TWO}"), host_info);
        wall.update(CRM, 0.0, Update::Health(down.clone()));
        wall.board_of(NOTICE, 1.0, &body("Notice", 1, more));
        wall.scene(1000.0);
        wall
    };
    let said = |wall: &mut Wall| (1000..1100).any(|s| says(wall, f64::from(s), "NO ANSWER"));
    let mut wall = silent("playlist.slides = [{ kind = \"message\", hide = true }]", None, json!({}));
    assert!(said(&mut wall), "the feeds' own messages are hidden");
    let mut wall = silent("playlist.slides = [{ feed = \"crm\", hide = true }]", None, json!({}));
    assert!(!said(&mut wall), "all of a feed is");
    let wall = silent("", Some("message"), json!({}));
    assert!(!wall.director.has("message") && !wall.director.has("crm/message"));
    // The silent one comes first in the settings.
    let own = json!({"slides": [{"id": "m", "type": "message", "title": "All hands", "text": "At five"}]});
    let mut wall = silent("", Some("message"), own);
    assert!(says(&mut wall, 1001.0, "ALL HANDS") && !said(&mut wall));
}

#[test]
fn a_slide_that_is_alone_on_the_wall_shows_all_its_pages() {
    let row = |who: &str| json!({"scope": "person", "who": who, "cells": [{"value": 3, "target": 4}]});
    let card = json!({"id": "s", "type": "scorecard", "title": "Scores", "columns": [{"metric": "m"}],
        "rows": [row("ana"), row("ben")]});
    let seen =
        |wall: &mut Wall, from: u32| ["ANA", "BEN"].map(|who| (from..from + 60).any(|s| says(wall, f64::from(s), who)));
    // The other feed is hidden, and silent.
    let mut wall = Wall::new(&format!("playlist.slides = [{{ feed = \"notice\", hide = true }}]\n{TWO}"));
    wall.board_of(CRM, 0.0, &body("Deals", 1, json!({"slides": [card.clone()]})));
    assert_eq!(seen(&mut wall, 0), [true; 2]);
    health(&mut wall, NOTICE, 60.0, 0.0, true);
    wall.scene(1000.0);
    assert_eq!(wall.ids().len(), 2);
    assert_eq!(seen(&mut wall, 1000), [true; 2]);
    // The other slide's time is over.
    let old =
        json!({"id": "old", "type": "message", "title": "Old", "text": "Gone", "end": instant(-60.0).to_string()});
    let mut wall = Wall::new("");
    wall.board_of(0, 0.0, &body("Deals", 1, json!({"slides": [card, old]})));
    assert_eq!(seen(&mut wall, 0), [true; 2]);
}

/// Whether a text stands on the wall.
fn says(wall: &mut Wall, s: f64, text: &str) -> bool {
    items(&wall.scene(s)).any(|item| matches!(item, Item::Text(t) if t.run.text().to_uppercase().contains(text)))
}

#[test]
fn pictures_and_words_are_the_feeds_own() {
    let mut wall = Wall::new(TWO);
    let photo = |level| Photo {
        key: "ana.png".into(),
        image: Arc::new(image::RgbaImage::from_pixel(240, 240, image::Rgba([level, level, level, 255]))),
    };
    wall.board_of(CRM, 0.0, &body("Deals", 9, json!({"locale": "ja"})));
    wall.board_of(NOTICE, 0.0, &body("Notice", 9, json!({"locale": "en"})));
    wall.update(CRM, 0.0, Update::Photo(photo(10)));
    wall.update(NOTICE, 0.0, Update::Photo(photo(200)));
    let mut drawn = |s: f64| -> Vec<(String, u8)> {
        let scene = wall.scene(s);
        let pictures = items(&scene).filter_map(|item| match item {
            Item::Picture(Picture { key, pixels: Pixels::Face(image, _), .. }) => {
                Some((key.clone(), image.get_pixel(0, 0).0[0]))
            }
            _ => None,
        });
        pictures.collect()
    };
    assert_eq!(drawn(2.0), [("crm/ana.png".to_owned(), 10)]);
    wall.director.skip(1, at(3.0));
    let scene = wall.scene(8.0);
    let notice = scene.to_string();
    assert!(notice.contains("notice/ana.png") && !notice.contains("crm/ana.png"), "one name, two pictures");
}

#[test]
fn events_are_counted_per_feed() {
    let mut wall = Wall::new(TWO);
    let event = |id: &str, s: f64| json!({"events": [{"id": id, "at": instant(s).to_string(), "kind": "won", "who": ["ana"], "metric": "m", "value": 5, "tier": 3}]});
    wall.board_of(CRM, 0.0, &body("Deals", 1, json!({})));
    wall.board_of(NOTICE, 0.0, &body("Notice", 1, json!({})));
    wall.board_of(CRM, 10.0, &body("Deals", 2, event("one", 10.0)));
    wall.board_of(NOTICE, 11.0, &body("Notice", 2, event("one", 11.0)));
    let mut begun = Vec::new();
    for s in 0..600 {
        let s = 10.0 + f64::from(s) / 10.0;
        wall.advance(s);
        if let Some((_, ids, end)) = wall.director.celebration_at(Time::from_s(s)) {
            begun.push((end, ids.len()));
        }
    }
    begun.dedup();
    assert_eq!(begun.len(), 2, "the same id of two feeds is two deals: {begun:?}");
    assert!(begun.iter().all(|(_, ids)| *ids == 1), "and they are never added");
    assert_eq!(wall.director.take_ids(CRM), Some(vec!["one".to_owned()]));
    assert_eq!(wall.director.take_ids(NOTICE), Some(vec!["one".to_owned()]));
    // What an earlier run of one feed has celebrated says nothing about the other's.
    let mut again = Wall::new(TWO);
    again.director.recall(CRM, ["one".to_owned()], false);
    for (feed, title) in [(CRM, "Deals"), (NOTICE, "Notice")] {
        again.board_of(feed, 0.0, &body(title, 1, json!({})));
        again.board_of(feed, 10.0, &body(title, 2, event("one", 10.0)));
    }
    let on = again.director.celebration_at(Time::from_s(10.5)).map(|(_, ids, _)| ids.len());
    assert_eq!((on, again.director.take_ids(CRM)), (Some(1), None));
}

/// The program in a folder of its own with none of the machine's settings.
fn floorcast(dir: &TempDir, line: &str) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_floorcast"));
    command.args(line.split_whitespace()).current_dir(dir.path()).env_clear().env("HOME", dir.path());
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn check_names_the_feed_of_slides_and_problems() {
    let dir = TempDir::new();
    dir.write("kiosk.toml", TWO);
    dir.write("a.json", body("Deals", 1, json!({})).to_string());
    let long = json!({"slides": [{"type": "goals", "title": "Goals", "rows": [{"value": 1, "target": 0}]}]});
    dir.write("b.json", body("Notice", 1, long).to_string());
    let (code, out, err) = floorcast(&dir, "check --json");
    assert_eq!(code, 0, "{out}{err}");
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["boards"], json!({"crm": "Deals", "notice": "Notice"}));
    let slides: Vec<&Value> = report["slides"].as_array().unwrap().iter().map(|slide| &slide["feed"]).collect();
    assert_eq!(slides, ["crm", "notice"]);
    let problems = report["problems"].as_array().unwrap();
    assert!(problems.iter().any(|p| p["feed"] == "notice" && p["path"] == "slides[0].rows[0].target"), "{out}");
    assert!(problems.iter().all(|p| p["feed"] != "crm" || p["path"] != "slides[0].rows[0].target"));
    // One that is not there is its own problem, and the other is told all the same.
    std::fs::remove_file(dir.path().join("a.json")).unwrap();
    let (code, out, _) = floorcast(&dir, "check");
    assert_eq!(code, 1);
    assert!(
        out.starts_with("crm: refused\nnotice: board Notice: 1 slide\n") && out.contains("  crm: a.json: no such file")
    );
}

#[test]
fn other_settings_are_taken_over_without_losing_a_board() {
    let mut wall = Wall::new(TWO);
    let events = json!({"events": [{"id": "one", "at": instant(10.0).to_string(), "who": ["ana"], "tier": 3}]});
    wall.board_of(CRM, 0.0, &body("Deals", 1, json!({})));
    wall.board_of(NOTICE, 0.0, &body("Notice", 1, json!({})));
    wall.director.skip(1, at(5.0));
    wall.board_of(CRM, 10.0, &body("Deals", 2, events.clone()));
    assert_eq!(wall.director.celebration_at(Time::from_s(10.5)).map(|(_, ids, _)| ids.len()), Some(1));
    // The feeds change places, a third one comes, and the theme is another one.
    let text = "theme = \"light\"\n[[feed]]\nname = \"new\"\nurl = \"c.json\"\n[[feed]]\nname = \"notice\"\nurl = \"b.json\"\n\
                [[feed]]\nname = \"crm\"\nurl = \"a.json\"\n";
    wall.reload(text, &[None, Some(NOTICE), Some(CRM)], 11.0);
    assert_eq!(wall.ids(), ["notice/main", "crm/main"]);
    assert_eq!(wall.director.celebration_at(Time::from_s(11.0)).map(|(_, ids, _)| ids.len()), Some(1), "it goes on");
    assert!(wall.scene(12.0).layers.iter().any(|layer| layer.name.starts_with("takeover") || !layer.items.is_empty()));
    wall.board_of(2, 12.0, &body("Deals", 2, events));
    let mut ends = Vec::new();
    for s in 110..900 {
        wall.advance(f64::from(s) / 10.0);
        ends.extend(wall.director.celebration_at(Time::from_s(f64::from(s) / 10.0)).map(|(.., end)| end));
    }
    ends.dedup();
    assert_eq!(ends.len(), 1, "and is not celebrated twice: {ends:?}");
    // A feed that went takes its slides along.
    wall.reload("feed.url = \"b.json\"", &[Some(1)], 95.0);
    assert_eq!((wall.ids(), wall.title(96.0)), (vec!["main".to_owned()], "NOTICE".to_owned()));
}

#[test]
fn settings_that_are_refused_are_said_on_the_wall_until_they_are_mended() {
    let mut wall = Wall::new("feed.url = \"a.json\"");
    wall.board_of(0, 0.0, &body("Deals", 1, json!({})));
    let before = wall.scene(5.0);
    let (file, path) = ("kiosk.toml".to_owned(), "/etc/kiosk.toml".to_owned());
    let refused = RefusedSettings { file, path, place: Some((7, 12)), message: "unknown key".into() };
    assert!(wall.director.set_refused(Some(refused.clone())) && !wall.director.set_refused(Some(refused.clone())));
    let said = wall.text(5.0);
    assert!(said.contains("SETTINGS NOT TAKEN: kiosk.toml, LINE 7, COLUMN 12"), "{said}");
    assert!(wall.director.set_refused(None));
    assert!(wall.scene(5.0) == before);
    // Without any board too.
    let mut empty = Wall::new("locale = \"ja\"");
    empty.director.set_refused(Some(refused));
    assert!(empty.text(1.0).contains("kiosk.toml"));
}
