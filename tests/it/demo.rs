//! The built-in show holds together: its boards, its figures, its pictures and the story they tell.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use floorcast::demo;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Most bytes of one board on the tape.
const BODY_LIMIT: usize = 64 * 1024;
/// Most bytes of one picture: six of them travel in the binary.
const PICTURE_LIMIT: usize = 120 * 1024;
/// Widest and highest picture of a feed, in pixels.
const SIDE_LIMIT: u32 = 1024;

struct Moment {
    ms: u64,
    raw: &'static str,
    body: Value,
}

fn moments() -> Vec<Moment> {
    demo::tape()
        .lines()
        .map(|raw| {
            let line: Value = serde_json::from_str(raw).expect("a line of the tape is JSON");
            Moment { ms: line["ms"].as_u64().expect("ms is whole"), body: line["body"].clone(), raw }
        })
        .collect()
}

fn slide<'a>(body: &'a Value, id: &str) -> &'a Value {
    body["slides"].as_array().unwrap().iter().find(|slide| slide["id"] == id).expect("the slide is on every board")
}

/// The rows of a slide; none for kinds that have other things.
fn rows(slide: &Value) -> &[Value] {
    slide["rows"].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// Competition ranks of the rows that have a value; the demo's figures are whole in their last decimal.
fn places(slide: &Value, down: bool) -> BTreeMap<&str, usize> {
    let known: Vec<(&str, f64)> =
        rows(slide).iter().filter_map(|row| Some((row["who"].as_str()?, row["value"].as_f64()?))).collect();
    let better = |a: f64, b: f64| if down { a < b } else { a > b };
    known
        .iter()
        .map(|&(who, value)| (who, 1 + known.iter().filter(|&&(_, other)| better(other, value)).count()))
        .collect()
}

fn leaders(slide: &Value, down: bool) -> BTreeSet<String> {
    places(slide, down).into_iter().filter(|&(_, place)| place == 1).map(|(who, _)| who.to_owned()).collect()
}

#[test]
fn moments_follow_each_other_within_what_stays_live() {
    let moments = moments();
    assert_eq!(moments[0].ms, 0, "the first picture is there at once");
    let length = moments.last().unwrap().ms;
    assert!((90_000..=120_000).contains(&length), "{length} ms");
    for pair in moments.windows(2) {
        let gap = pair[1].ms - pair[0].ms;
        assert!((6_000..=12_000).contains(&gap), "{gap} ms between {} and {}", pair[0].ms, pair[1].ms);
    }
}

#[test]
fn boards_are_whole_small_and_rising() {
    let mut last: Option<Moment> = None;
    for moment in moments() {
        assert!(moment.raw.len() < BODY_LIMIT, "{} bytes at {}", moment.raw.len(), moment.ms);
        assert_eq!(moment.body["format"], "salesboard/1");
        assert_eq!(moment.body["epoch"], "demo");
        if let Some(last) = last {
            let (old, new) = (last.body["rev"].as_u64().unwrap(), moment.body["rev"].as_u64().unwrap());
            let again = last.body == moment.body;
            assert_eq!(new, if again { old } else { old + 1 }, "at {}", moment.ms);
        }
        last = Some(moment);
    }
}

#[test]
fn boards_tell_the_time_of_the_tape() {
    let moments = moments();
    let time = |moment: &Moment| moment.body["as_of"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    let start = time(&moments[0]).as_millisecond();
    let mut shown = 0;
    for (index, moment) in moments.iter().enumerate() {
        if index == 0 || moments[index - 1].body != moment.body {
            shown = moment.ms;
        }
        assert_eq!(time(moment).as_millisecond() - start, i64::try_from(shown).unwrap(), "at {}", moment.ms);
    }
}

#[test]
fn totals_are_the_sums_of_their_rows() {
    let sum = |items: &[Value], key: &str| items.iter().filter_map(|item| item[key].as_f64()).sum::<f64>();
    for moment in moments() {
        for id in ["stack", "teams"] {
            let slide = slide(&moment.body, id);
            for key in ["value", "target", "pace"] {
                assert_eq!(Some(sum(rows(slide), key)), slide["total"][key].as_f64(), "{id} {key} at {}", moment.ms);
            }
        }
        let demos = slide(&moment.body, "demos");
        assert_eq!(Some(sum(rows(demos), "value")), demos["total"]["value"].as_f64(), "at {}", moment.ms);
        for team in rows(slide(&moment.body, "teams")) {
            let who = team["who"].as_str().unwrap();
            let parts = team["parts"].as_array().unwrap();
            assert_eq!(Some(sum(parts, "value")), team["value"].as_f64(), "{who} at {}", moment.ms);
            let people = moment.body["people"].as_object().unwrap();
            let members = people.values().filter(|person| person["team"] == who).count();
            assert_eq!(team["members"].as_u64(), Some(members as u64), "{who}");
            assert!(parts.iter().all(|part| people[part["who"].as_str().unwrap()]["team"] == who), "{who}");
        }
    }
}

#[test]
fn histories_rise_to_the_value_of_today() {
    let mut seen = 0;
    for moment in moments() {
        for row in moment.body["slides"].as_array().unwrap().iter().flat_map(rows) {
            let Some(history) = row["history"].as_array() else { continue };
            let values: Vec<f64> = history.iter().map(|value| value.as_f64().unwrap()).collect();
            assert_eq!(values.len(), 12);
            assert!(values.is_sorted() && values[0] > 0.0, "{}: {values:?}", row["who"]);
            assert_eq!(values.last().copied(), row["value"].as_f64(), "{}", row["who"]);
            seen += 1;
        }
    }
    assert!(seen > 300, "{seen} histories");
}

#[test]
fn pictures_are_in_the_binary_with_their_hash_and_within_the_limits() {
    let mut named = BTreeSet::new();
    for moment in moments() {
        for person in moment.body["people"].as_object().unwrap().values() {
            let Some(url) = person["photo"]["url"].as_str() else { continue };
            let bytes = demo::file(url).unwrap_or_else(|| panic!("{url} is not in the binary"));
            let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(person["photo"]["sha256"], hash, "{url}: run scripts/make_demo.py");
            named.insert(url.to_owned());
        }
    }
    for url in &named {
        let bytes = demo::file(url).unwrap();
        assert!(bytes.len() <= PICTURE_LIMIT, "{url}: {} bytes", bytes.len());
        let picture = image::load_from_memory(bytes).unwrap().into_rgba8();
        assert!(picture.width() <= SIDE_LIMIT && picture.height() <= SIDE_LIMIT, "{url}");
        let (right, bottom) = (picture.width() - 1, picture.height() - 1);
        assert_eq!([picture.get_pixel(0, 0)[3], picture.get_pixel(right, 0)[3]], [0, 0], "{url} is a cut-out");
        assert_eq!(picture.get_pixel(right / 2, bottom)[3], 255, "{url} runs out at the bottom edge");
    }
    let on_disk: BTreeSet<String> = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/img"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".png"))
        .map(|name| format!("img/{name}"))
        .collect();
    assert_eq!(named, on_disk, "every picture is used, every used one is there");
}

#[test]
fn no_other_path_leads_to_a_file() {
    for path in ["", "img", "img/", "img/none.png", "/img/aoi.png", "./img/aoi.png", "img/../img/aoi.png", "demo.tape"]
    {
        assert!(demo::file(path).is_none(), "{path:?}");
    }
}

#[test]
fn everyone_who_ever_leads_has_a_face() {
    for moment in moments() {
        for (id, down) in [("stack", false), ("demos", false), ("cycle", true)] {
            let slide = slide(&moment.body, id);
            for who in leaders(slide, down) {
                assert!(moment.body["people"][&who]["photo"]["url"].is_string(), "{who} leads {id} at {}", moment.ms);
                let row = rows(slide).iter().find(|row| row["who"] == who.as_str()).unwrap();
                assert!(row["leader_since"].is_string(), "{who} leads {id} at {} since when?", moment.ms);
            }
        }
    }
}

#[test]
fn leader_since_stands_at_leaders_only_and_never_in_the_future() {
    for moment in moments() {
        let now: jiff::Timestamp = moment.body["as_of"].as_str().unwrap().parse().unwrap();
        for (id, down) in [("stack", false), ("teams", false), ("demos", false), ("cycle", true)] {
            let slide = slide(&moment.body, id);
            let leaders = leaders(slide, down);
            for row in rows(slide).iter().filter(|row| !row["leader_since"].is_null()) {
                assert!(leaders.contains(row["who"].as_str().unwrap()), "{} on {id} at {}", row["who"], moment.ms);
                assert!(row["leader_since"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap() <= now);
            }
        }
    }
}

#[test]
fn the_story_has_its_turns() {
    let moments = moments();
    let (mut leads, mut jump, mut climbs, mut made, mut broken, mut again) = (0, 0, BTreeSet::new(), 0, 0, 0);
    for pair in moments.windows(2) {
        again += usize::from(pair[0].body == pair[1].body);
        let (old_slide, new_slide) = (slide(&pair[0].body, "stack"), slide(&pair[1].body, "stack"));
        let (old, new) = (places(old_slide, false), places(new_slide, false));
        leads += usize::from(leaders(old_slide, false).is_disjoint(&leaders(new_slide, false)));
        for (who, place) in &new {
            let up = old.get(who).map_or(0, |before| before.saturating_sub(*place));
            jump = jump.max(up);
            climbs.insert(up);
        }
        let tied = |places: &BTreeMap<&str, usize>| {
            let mut pairs = BTreeSet::new();
            for (a, x) in places {
                pairs.extend(places.iter().filter(|(b, y)| a < *b && x == *y).map(|(b, _)| format!("{a} {b}")));
            }
            pairs
        };
        made += tied(&new).difference(&tied(&old)).count();
        broken += tied(&old).difference(&tied(&new)).count();
        let total = |slide: &Value| slide["total"]["value"].as_f64().unwrap();
        assert!(total(new_slide) >= total(old_slide), "totals grow, at {}", pair[1].ms);
    }
    assert!(leads >= 2, "{leads} new leaders who were not level before");
    assert!(climbs.contains(&1) && climbs.contains(&2) && jump >= 5, "climbs {climbs:?}");
    assert!(made >= 2 && broken >= 2, "{made} ties made, {broken} broken");
    assert!(again >= 1, "no board is sent twice");
    let absent = |moment: &Moment| {
        slide(&moment.body, "cycle")["rows"].as_array().unwrap().iter().any(|row| row["value"].is_null())
    };
    assert!(moments.iter().all(absent), "a row without a value is on every board");
}
