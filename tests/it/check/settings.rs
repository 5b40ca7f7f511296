//! Settings and addresses that mean something other than what was written.

use super::{Place, ranking};

#[test]
fn an_address_without_its_scheme_and_a_home_folder_are_explained() {
    let place = Place::new("meant");
    for (feed, says) in [
        ("www.hub.example/board.json", "no such file; did you mean https://www.hub.example/board.json?"),
        ("~/board.json", "only a shell understands ~"),
    ] {
        let (code, said) = place.check(feed);
        assert!(code == 1 && said.contains(says), "{said}");
    }
    place.write("kiosk.toml", "locale = \"en\"\r\n\u{feff}[feed]\r\nurl = \"board.json\"\r\n");
    let output = place.run("check");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && said.contains("kiosk.toml:2:1: remove the invisible U+FEFF"), "{said}");
}

#[test]
fn settings_that_were_found_and_hide_something_are_named() {
    let place = Place::new("found");
    place.write("board.json", ranking(r#"[{"name": "Ana", "value": 3}]"#));
    place.write("kiosk.toml", "[playlist]\nrest = false\nslides = [{ kind = \"message\" }]\n");
    let (code, said) = place.check("board.json");
    let line = "the settings in ./kiosk.toml hide 1 slide\n";
    assert!(code == 0 && said.contains(line), "{said}");
    // Whoever names the file knows it.
    let said = place.run("check --config kiosk.toml --feed board.json").stdout;
    assert!(!String::from_utf8_lossy(&said).contains("the settings in"));
    let shot = place.run("shot --feed board.json --size 64x36 -o a.png");
    if shot.status.code() == Some(69) {
        assert!(std::env::var_os("CI").is_none(), "no adapter");
        eprintln!("SKIPPED: no graphics adapter");
        return;
    }
    let said = String::from_utf8_lossy(&shot.stderr).into_owned();
    assert!(said.contains(&format!("floorcast: warning: {line}")), "{said}");
}

#[test]
fn a_picture_without_a_time_of_its_own_is_of_the_day_of_its_file() {
    let place = Place::new("received");
    let soon = |hours: i64| floorcast::clock::wall_clock()() + jiff::SignedDuration::from_hours(hours);
    let board = |end: jiff::Timestamp| {
        format!(
            r#"{{"format": "salesboard/1", "slides": [{{"type": "message", "title": "Soon", "text": "x", "start": "{}", "end": "{end}"}}]}}"#,
            soon(-1)
        )
    };
    place.write("board.json", board(soon(1)));
    let shot = place.run("shot --feed board.json --size 64x36 -o a.png");
    if shot.status.code() == Some(69) {
        assert!(std::env::var_os("CI").is_none(), "no adapter");
        return;
    }
    let said = String::from_utf8_lossy(&shot.stderr).into_owned();
    assert!(shot.status.success() && !said.contains("nothing to show"), "on at the time of the file: {said}");
}
