//! Every limit of FEED §5: just inside, and what happens just outside.

use super::*;
use crate::accept::limits;
use crate::board::{Body, Ranking, RankingRow};

fn ranking(board: &Board) -> &Ranking {
    match &board.slides[0].body {
        Body::Ranking(ranking) => ranking,
        other => panic!("{} is no ranking", other.kind()),
    }
}

fn first(board: &Board) -> &RankingRow {
    &ranking(board).rows[0]
}

/// A board with one extra field.
fn with(key: &str, value: Value) -> Value {
    let mut document = with_rows(json!([{"name": "Ana", "value": 1}]));
    document[key] = value;
    document
}

#[test]
fn four_mebibytes_and_not_one_more() {
    let mut bytes = with_rows(json!([])).to_string().into_bytes();
    bytes.resize(limits::DOCUMENT_BYTES, b' ');
    assert!(accept(&bytes, &ctx()).is_ok());
    bytes.push(b' ');
    assert_eq!(refuse(&bytes), "the document has 4194305 bytes, more than the 4194304 that are allowed");
}

#[test]
fn depth_is_bounded_without_recursing_deeply() {
    // The document itself is one level.
    let nested = |levels: usize| {
        format!(
            r#"{{"format":"salesboard/1","slides":[{{"type":"message"}}],"x":{}{}}}"#,
            "[".repeat(levels),
            "]".repeat(levels)
        )
    };
    assert!(accept(nested(limits::DEPTH - 1).as_bytes(), &ctx()).is_ok());
    assert!(refuse(nested(limits::DEPTH).as_bytes()).contains("nested deeper than 32 levels"));
    assert!(refuse("[".repeat(100_000).as_bytes()).contains("nested deeper than 32 levels"));
    assert!(refuse(r#"{"a":"#.repeat(100_000).as_bytes()).contains("nested deeper than 32 levels"));
}

#[test]
fn values_are_counted() {
    let with_values = |n: usize| {
        let list = vec!["1"; n].join(",");
        format!(r#"{{"format":"salesboard/1","slides":[{{"type":"message"}}],"x":[{list}]}}"#)
    };
    // Six values are not in the list: document, format, slides, slide, type, list.
    assert!(accept(with_values(limits::VALUES - 6).as_bytes(), &ctx()).is_ok());
    assert!(refuse(with_values(limits::VALUES - 5).as_bytes()).contains("more than 200000 values"));
}

#[test]
fn broken_json_is_refused() {
    let cases: &[(&[u8], &str)] = &[
        (br#"{"format":"salesboard/1","format":"salesboard/1"}"#, "the key \"format\" is there twice"),
        (br#"{"format":"salesboard/1","slides":[{"a":1,"\u0061":2}]}"#, "the key \"a\" is there twice"),
        (b"{\"format\":\"salesboard/1\xff\"}", "not valid UTF-8 (line 1, column 24: byte 0xff"),
        (b"{\"format\":\"\xed\xa0\x80\"}", "not valid UTF-8 (line 1, column 12: byte 0xed"),
        (br#"{"format":"\ud800"}"#, "not valid JSON"),
        (br#"{"format":"\ud800x"}"#, "not valid JSON"),
        (br#"{"format":"\udc00"}"#, "not valid JSON"),
        (br#"{"x":NaN}"#, "there is no `format`"),
        (br#"{"x":nan}"#, "not valid JSON at line 1, column 7: nan is no word of JSON; it is written null"),
        (br#"{"x":1e400}"#, "not valid JSON at line 1, column 10: number out of range"),
        (br#"{"x":1} {}"#, "not valid JSON at line 1, column 9: text after the end of the document"),
        (br#"{"x":1"#, "not valid JSON: it ends in the middle (line 1, column 6): is the file complete?"),
        (b"{\"x\":\"a\nb\"}", "not valid JSON at line 1, column 8: a text goes on over the end of the line"),
        (b"\x00", "not valid JSON"),
        (b"   \n", "the document is empty"),
    ];
    for (bytes, reason) in cases {
        let message = refuse(bytes);
        assert!(message.contains(reason), "{:?}: {message}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn a_byte_order_mark_is_no_harm() {
    let bytes = format!("\u{feff}{}", with_rows(json!([])));
    assert!(accept(bytes.as_bytes(), &ctx()).is_ok());
}

#[test]
fn too_many_people_teams_or_metrics_are_refused() {
    for (key, limit) in [("people", limits::PEOPLE), ("teams", limits::TEAMS), ("metrics", limits::METRICS)] {
        let map = |n: usize| (0..n).map(|i| (format!("x{i}"), json!({}))).collect::<serde_json::Map<_, _>>().into();
        take(&with(key, map(limit)));
        let message = refuse(with(key, map(limit + 1)).to_string().as_bytes());
        assert_eq!(message, format!("{key}: {} entries, more than the {limit} that are allowed", limit + 1));
    }
}

#[test]
fn the_first_40_slides_are_shown() {
    let slide = |n: usize| json!({"id": n.to_string(), "type": if n == 3 { "map" } else { "message" }, "text": "x"});
    let slides: Vec<Value> = (0..43).map(slide).collect();
    let (board, problems) = take(&with_slides(json!(slides)));
    assert_eq!(board.slides.len(), limits::SLIDES);
    assert_eq!(board.slides[39].id, "40", "the one that was skipped does not count");
    assert_eq!(problems[1], "slides: 43 slides, the first 40 are shown");
    assert!(take(&with_slides(json!(slides[4..43]))).1.is_empty());
}

#[test]
fn the_best_500_rows_are_kept_in_their_order() {
    let rows = |n: usize| -> Value { (0..n).map(|i| json!({"who": i.to_string(), "value": i})).collect() };
    let (board, problems) = take(&with_rows(rows(501)));
    assert_eq!(problems, ["slides[0].rows: 501 rows, the best 500 are kept"]);
    assert_eq!((ranking(&board).rows.len(), ranking(&board).rows_left_out), (500, 1));
    assert_eq!(first(&board).who.id, "1", "the least went");
    let (board, problems) = take(&with_rows(rows(500)));
    assert!(problems.is_empty() && ranking(&board).rows_left_out == 0);
}

#[test]
fn the_newest_32_celebrations_are_kept() {
    let events = |n: usize| -> Value {
        (0..n).map(|i| json!({"id": i.to_string(), "at": format!("2026-01-01T00:00:{i:02}Z")})).collect()
    };
    let (board, problems) = take(&with("events", events(33)));
    assert_eq!(problems, ["events: 33 celebrations, the newest 32 are kept"]);
    assert_eq!((board.events.len(), board.events[0].id.as_str(), board.events[31].id.as_str()), (32, "32", "1"));
    assert!(take(&with("events", events(32))).1.is_empty());
}

#[test]
fn an_id_that_is_too_long_drops_what_it_names() {
    let (fits, long) = ("x".repeat(128), "é".repeat(65));
    let too_long = format!("\"{}…\" has 130 bytes, an id has at most 128", "é".repeat(40));
    let (board, problems) = take(&with_rows(json!([{"who": fits, "value": 1}, {"who": long, "value": 2}])));
    assert_eq!(ranking(&board).rows.len(), 1);
    assert_eq!(problems, [format!("slides[0].rows[1].who: {too_long}")]);

    let message = json!({"type": "message", "text": "x"});
    let (board, problems) = take(&with_slides(json!([message, {"id": long, "type": "message", "text": "x"}])));
    assert_eq!((board.slides.len(), problems), (1, vec![format!("slides[1].id: {too_long}")]));

    let (board, problems) = take(&with("people", json!({ long.as_str(): {"name": "A"}, "b": {"name": "B"} })));
    assert_eq!(board.people.len(), 1);
    assert!(problems[0].ends_with(&too_long), "{problems:?}");

    let (board, problems) = take(&with("events", json!([{"id": long, "at": "2026-01-01T00:00:00Z"}])));
    assert_eq!((board.events.len(), problems), (0, vec![format!("events[0].id: {too_long}")]));

    let (board, problems) = take(&with("board", json!(long)));
    assert_eq!((board.id.as_str(), problems), (ctx().feed.as_str(), vec![format!("board: {too_long}")]));
}

#[test]
fn names_titles_and_texts_are_cut_with_an_ellipsis() {
    let long = "é".repeat(300);
    let cut = |n: usize| "é".repeat(n - 1) + "…";
    let (board, problems) = take(&with_slides(json!([
        {"type": "ranking", "title": long, "rows": [{"name": long, "value": 1}]},
        {"type": "message", "text": long},
    ])));
    assert!(problems.len() == 3 && problems.iter().all(|line| line.contains("the rest is cut")), "{problems:?}");
    assert_eq!(board.slides[0].title, cut(80));
    assert_eq!(first(&board).who.name, cut(60));
    assert!(matches!(&board.slides[1].body, Body::Message(m) if m.text == Some(cut(280))));
}

#[test]
fn a_name_that_is_an_identity_has_no_limit_of_length() {
    let (a, b) = ("x".repeat(9_000) + "a", "x".repeat(9_000) + "b");
    let (board, problems) = take(&with_rows(json!([{"name": a, "value": 1}, {"name": b, "value": 2}])));
    assert!(
        problems.iter().all(|line| line.contains("name: longer than 60 characters; the rest is cut")),
        "{problems:?}"
    );
    let rows = &ranking(&board).rows;
    assert_ne!(rows[0].who.id, rows[1].who.id);
    assert_eq!(rows[0].who.name, rows[1].who.name);
    assert_eq!(rows[0].who.id.len(), "name:".len() + 16);
}

#[test]
fn numbers_stay_within_their_bounds() {
    let value = |v: Value| {
        let (board, problems) = take(&with_rows(json!([{"name": "A", "value": v}, {"name": "B", "value": 1}])));
        (first(&board).value, problems)
    };
    assert_eq!(value(json!(1e15)), (Some(1e15), vec![]));
    assert_eq!(value(json!(-1e15)), (Some(-1e15), vec![]));
    assert_eq!(value(json!(1.1e15)), (None, vec!["slides[0].rows[0].value: 1.1e15 is larger than 1e15".into()]));
    assert_eq!(value(json!(u64::MAX)).0, None);
    assert_eq!(value(json!(0)), (Some(0.0), vec![]));
    assert_eq!(value(Value::Null), (None, vec![]));
    let zero = value(json!(-0.0)).0.expect("a number");
    assert!(zero.is_sign_positive(), "-0 would be written with a sign");
}

#[test]
fn a_target_is_above_0() {
    for target in [json!(0), json!(-5)] {
        let (board, problems) = take(&with_rows(json!([{"name": "A", "value": 1, "target": target}])));
        assert_eq!(first(&board).target, None);
        assert_eq!(problems, [format!("slides[0].rows[0].target: {target} is not above 0")]);
    }
    let (board, problems) = take(&with_slides(json!([{"type": "ranking", "rows": [], "total": {"target": 0}}])));
    assert_eq!(ranking(&board).total.and_then(|total| total.target), None);
    assert_eq!(problems, ["slides[0].total.target: 0 is not above 0"]);
}

#[test]
fn whole_numbers_are_whole_and_not_negative() {
    for (was, kept, message) in [
        (json!(3), Some(3), None),
        (json!(2.5), None, Some("2.5 is not a whole number from 0")),
        (json!(-1), None, Some("-1 is not a whole number from 0")),
        (json!(0), None, Some("0 is not a whole number from 1")),
        (json!(5e9), None, Some("5000000000 is not a whole number from 0")),
    ] {
        let (board, problems) = take(&with_rows(json!([{"name": "A", "value": 1, "was_rank": was}])));
        assert_eq!(first(&board).was_rank, kept);
        let message: Vec<String> =
            message.iter().map(|message| format!("slides[0].rows[0].was_rank: {message}")).collect();
        assert_eq!(problems, message);
    }
}

#[test]
fn times_have_an_offset_and_a_year_of_this_century() {
    let since = |time: &str| {
        let (board, problems) = take(&with_rows(json!([{"name": "A", "value": 1, "leader_since": time}])));
        (first(&board).leader_since.map(|t| t.to_string()), problems)
    };
    assert_eq!(since("2000-01-01T00:00:00Z").0.as_deref(), Some("2000-01-01T00:00:00Z"));
    assert_eq!(since("2100-12-31T23:59:59Z").0.as_deref(), Some("2100-12-31T23:59:59Z"));
    let dropped = |time: &str, why: &str| {
        assert_eq!(since(time), (None, vec![format!("slides[0].rows[0].leader_since: {why}")]));
    };
    dropped("1999-12-31T23:59:59Z", "the year of \"1999-12-31T23:59:59Z\" is not between 2000 and 2100");
    dropped("2101-01-01T00:00:00Z", "the year of \"2101-01-01T00:00:00Z\" is not between 2000 and 2100");
    dropped("2026-01-01T00:00:00", "\"2026-01-01T00:00:00\" is not a time with offset like 2026-11-23T14:05:07Z");
    dropped("2026-02-30T00:00:00Z", "\"2026-02-30T00:00:00Z\" is not a time with offset like 2026-11-23T14:05:07Z");
    dropped("soon", "\"soon\" is not a time with offset like 2026-11-23T14:05:07Z");

    let joined = |day: &str| take(&with("people", json!({"a": {"name": "A", "joined": day}})));
    assert!(joined("2026-02-28").0.people["a"].joined.is_some());
    for day in ["2026-02-30", "1999-01-01", "2026-02-28T10:00:00Z", ""] {
        let (board, problems) = joined(day);
        assert_eq!(board.people["a"].joined, None, "{day}");
        assert!(problems[0].starts_with("people.a.joined: "), "{problems:?}");
    }
}

#[test]
fn an_event_ends_within_a_day_of_the_boards_clock() {
    let until = |as_of: Option<&str>, clock: Option<&str>, until: &str| {
        let mut document = with("events", json!([{"id": "e", "at": "2026-01-05T09:00:00Z", "until": until}]));
        if let Some(as_of) = as_of {
            document["as_of"] = json!(as_of);
        }
        let ctx = AcceptContext { clock: clock.map(|t| t.parse().expect("a time")), ..ctx() };
        let (board, report) = accept(document.to_string().as_bytes(), &ctx).expect("a board");
        (board.events[0].until.is_some(), lines(&report))
    };
    let (now, day, over) = ("2026-01-05T09:00:00Z", "2026-01-06T09:00:00Z", "2026-01-06T09:00:01Z");
    assert_eq!(until(Some(now), None, day), (true, vec![]));
    let message = vec![format!("events[0].until: {over} is more than 24 hours after the board's clock")];
    assert_eq!(until(Some(now), None, over), (false, message.clone()));
    assert_eq!(until(None, Some(now), over), (false, message.clone()));
    assert_eq!(until(Some(now), Some(day), over), (false, message), "the board's own clock comes first");
    assert_eq!(until(None, None, over), (true, vec![]), "without any clock there is nothing to hold it against");
}

#[test]
fn colours_are_six_hexadecimal_digits() {
    let color = |c: &str| {
        let (board, problems) = take(&with("teams", json!({"t": {"name": "T", "color": c}})));
        (board.teams["t"].color, problems.len())
    };
    assert_eq!(color("#2F6bff"), (Some([0x2f, 0x6b, 0xff]), 0));
    for bad in ["2F6BFF", "#2F6BF", "#2F6BFFF", "#2F6BFG", "#+F6BFF", "red", "#é6BFF", ""] {
        assert_eq!(color(bad), (None, 1), "{bad}");
    }
}

#[test]
fn twelve_earlier_values_are_kept() {
    let history: Vec<u32> = (0..13).collect();
    let (board, problems) = take(&with_rows(json!([{"name": "A", "value": 1, "history": history}])));
    assert_eq!(first(&board).history, (1..13).map(f64::from).collect::<Vec<_>>());
    assert_eq!(problems, ["slides[0].rows[0].history: 13 values, the last 12 are kept"]);
}

#[test]
fn pictures_come_from_allowed_places_only() {
    let photo = |photo: Value| {
        let (board, problems) = take(&with("people", json!({"a": {"name": "A", "photo": photo}})));
        (board.people["a"].photo.clone(), problems)
    };
    let sha = "AB".repeat(32);
    for url in
        ["https://x.example/a.png", "img/a.png", "/img/a:b.png", "data:image/png;base64,AAAA", "HTTPS://x.example/"]
    {
        let (photo, problems) = photo(json!({"url": url, "sha256": sha}));
        let photo = photo.expect("a picture");
        assert_eq!((photo.url.as_str(), photo.sha256, problems.len()), (url, Some(sha.to_lowercase()), 0));
    }
    let long = format!("https://x.example/{}", "a".repeat(3000));
    for url in
        ["file:///etc/passwd", "javascript:alert(1)", "../secret.png", "a/../../b.png", "a\\..\\b", "", " ", &long]
    {
        let (photo, problems) = photo(json!({"url": url}));
        assert!(photo.is_none() && problems[0].starts_with("people.a.photo.url: "), "{url}: {problems:?}");
    }
    assert!(photo(json!({"url": "a.png", "sha256": "abc"})).0.is_none(), "it could not be verified");
    assert!(photo(json!({})).0.is_none());
    let data = |n: usize| photo(json!({"url": format!("data:image/png;base64,{}", "A".repeat(n))})).0;
    assert!(data(512 * 1024 / 3 * 4).is_some() && data(720_000).is_none());
}

#[test]
fn a_wrong_type_costs_a_person_only_that_field() {
    let (board, problems) = take(&with(
        "people",
        json!({
            "a": {"name": 5, "short": "A", "joined": []}, "b": "Ben", "c": {"name": "Chi"},
        }),
    ));
    assert_eq!(board.people.keys().collect::<Vec<_>>(), ["a", "c"]);
    assert_eq!(board.people["a"].name, "a");
    assert_eq!(board.people["a"].short.as_deref(), Some("A"));
    assert_eq!(
        problems,
        [
            "people.a.name: 5 is not a string",
            "people.a.joined: a list is not a string",
            "people.b: \"Ben\" is not an object"
        ]
    );
}
