//! Scripts that the shipped fonts lack are drawn with those of the machine, where it has some.

#[path = "../support/mod.rs"]
mod support;
mod ttf;

use std::path::Path;
use std::process::{Command, Output};

use image::RgbaImage;
use support::TempDir;

/// Thai, Korean, Devanagari: letters that stand alone.
const NAMES: [&str; 3] = ["กขค", "한국", "कखग"];

/// A machine whose fonts are those of a folder in `place`.
fn run(place: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_floorcast"));
    command.args(arguments).current_dir(place).env("HOME", place).env_remove("FLOORCAST_CONFIG");
    command.env("FONTCONFIG_FILE", place.join("fonts.conf")).output().unwrap()
}

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
    for letter in &letters {
        let count = told.iter().filter(|line| line.contains(&format!("{letter:?}"))).count();
        assert_eq!(count, 1, "{letter:?} of {told:#?}");
    }
    assert_eq!(missing(&full), Vec::<String>::new());
    let (Some(without), Some(with)) = (picture(&bare), picture(&full)) else { return };
    // Eight letters in the rows, each a box of at least 8 by 8 pixels; three of them on the accent.
    assert!(more_ink(&with, &without) > 5 * 64, "{}", more_ink(&with, &without));
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
