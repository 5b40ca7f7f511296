//! Scripts that the shipped fonts lack are drawn with those of the machine, where it has some.

mod ttf;

use std::path::Path;
use std::process::{Command, Output};

use image::RgbaImage;

use crate::support::TempDir;

/// Thai, Korean, Devanagari: letters that stand alone.
const NAMES: [&str; 3] = ["กขค", "한국", "कखग"];

/// Runs floorcast with only the fonts of a machine.
fn run(place: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_floorcast"));
    command.args(arguments).current_dir(place).env("HOME", place).env_remove("FLOORCAST_CONFIG");
    command.env("FONTCONFIG_FILE", place.join("fonts.conf")).output().unwrap()
}

/// A machine with these fonts and no others.
fn machine(fonts: &[(&str, Vec<u8>)]) -> TempDir {
    let place = TempDir::new();
    let folder = place.path().join("fonts");
    std::fs::create_dir(&folder).unwrap();
    for (name, bytes) in fonts {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
    let settings = format!("<?xml version=\"1.0\"?>\n<fontconfig><dir>{}</dir></fontconfig>\n", folder.display());
    std::fs::write(place.path().join("fonts.conf"), settings).unwrap();
    let rows: Vec<_> = NAMES.iter().map(|name| serde_json::json!({"name": name, "value": 3})).collect();
    let slide = serde_json::json!({"type": "ranking", "title": "Deals", "rows": rows});
    let board = serde_json::json!({"format": "salesboard/1", "slides": [slide]});
    std::fs::write(place.path().join("board.json"), board.to_string()).unwrap();
    place
}

/// What is said of characters without a font.
fn missing(place: &TempDir) -> Vec<String> {
    let out = run(place.path(), &["check", "--feed", "board.json"]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let said = String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
    said.lines().filter(|line| line.contains("no font has")).map(str::to_owned).collect()
}

/// The board as a picture. `None`: there is no adapter, and that is said aloud.
fn picture(place: &TempDir) -> Option<RgbaImage> {
    let out = run(place.path(), &["shot", "--feed", "board.json", "--size", "640x360", "-o", "shot.png"]);
    if out.status.code() == Some(69) {
        let said = String::from_utf8_lossy(&out.stderr);
        assert!(std::env::var_os("CI").is_none(), "no adapter: {said}");
        eprintln!("SKIPPED, nothing was drawn: {said}");
        return None;
    }
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    Some(image::open(place.path().join("shot.png")).unwrap().into_rgba8())
}

/// How many more pixels are bright.
fn more_ink(with: &RgbaImage, without: &RgbaImage) -> i64 {
    let bright = |picture: &RgbaImage| picture.pixels().filter(|p| p.0[..3].iter().all(|v| *v > 200)).count() as i64;
    bright(with) - bright(without)
}

#[test]
fn a_font_of_the_machine_draws_what_ours_lack() {
    let letters: Vec<char> = NAMES.concat().chars().collect();
    // A font of another script stands before it and has nothing to say.
    let other = ttf::font("Another Sans", &['Ж', '𓀀']);
    let bare = machine(&[("another.ttf", other.clone())]);
    let full = machine(&[("another.ttf", other), ("letters.ttf", ttf::font("Letters Sans", &letters))]);
    let told = missing(&bare);
    assert_eq!(told.len(), 3, "a line for each script: {told:#?}");
    for (name, package) in NAMES.iter().zip(["fonts-thai-tlwg", "fonts-nanum", "fonts-noto-core"]) {
        let line = told.iter().find(|line| name.chars().all(|letter| line.contains(letter)));
        assert!(line.is_some_and(|line| line.contains(package)), "{name} {package}: {told:#?}");
    }
    assert_eq!(missing(&full), Vec::<String>::new());
    let (Some(without), Some(with)) = (picture(&bare), picture(&full)) else { return };
    // Eight letters in the rows, each a box of at least 8 by 8 pixels, three of them on the accent; without a font a thin
    // sign stands for each of them.
    assert!(more_ink(&with, &without) > 5 * 24, "{}", more_ink(&with, &without));
}

#[test]
fn a_name_is_drawn_with_one_font_where_one_has_all_of_it() {
    // Ours have the last two characters and not the first.
    let chinese = ttf::font("Chinese Sans", &['陈', '建', '国']);
    let board = |place: &TempDir| {
        let slide = serde_json::json!({"type": "ranking", "title": "Deals", "rows": [{"name": "陈建国", "value": 3}]});
        let board = serde_json::json!({"format": "salesboard/1", "slides": [slide]});
        std::fs::write(place.path().join("board.json"), board.to_string()).unwrap();
    };
    let full = machine(&[("chinese.ttf", chinese)]);
    let half = machine(&[("half.ttf", ttf::font("Half Sans", &['陈']))]);
    for place in [&full, &half] {
        board(place);
        assert_eq!(missing(place), Vec::<String>::new());
    }
    let (Some(all), Some(one)) = (picture(&full), picture(&half)) else { return };
    // A box is fuller than any character.
    assert!(more_ink(&all, &one) > 64, "{}", more_ink(&all, &one));
}

#[test]
fn ours_come_first() {
    // One that has our letters too changes nothing: screens look the same on every machine.
    let all: Vec<char> = ('A'..='Z').chain('0'..='9').chain(['佐', '藤']).collect();
    let board = |place: &TempDir| {
        let rows = serde_json::json!([{"name": "Ana", "value": 30}, {"name": "佐藤", "value": 21}]);
        let slide = serde_json::json!({"type": "ranking", "title": "Deals", "rows": rows});
        let board = serde_json::json!({"format": "salesboard/1", "slides": [slide]});
        std::fs::write(place.path().join("board.json"), board.to_string()).unwrap();
    };
    let (bare, full) = (machine(&[]), machine(&[("all.ttf", ttf::font("All Sans", &all))]));
    for place in [&bare, &full] {
        board(place);
    }
    let (Some(without), Some(with)) = (picture(&bare), picture(&full)) else { return };
    assert!(with == without);
}
