//! What is wrong in kiosk.toml is told with its place.

use floorcast::config::Config;

const KINDS: &[&str] = &["ranking", "contest"];

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let cases = [
        ("viewing_m = 0", "1:13: `viewing_m`: expected a number from 0.5 to 30 metres, found 0"),
        (
            "\n\n  screen_inches = \"big\"",
            "3:19: `screen_inches`: expected a number from 10 to 200 inches, found \"big\"",
        ),
        ("overscan = 9", "1:12: `overscan`: expected a number from 0 to 8 percent, found 9"),
        ("overscan = nan", "1:12: `overscan`"),
        ("viewing_m = inf", "1:13: `viewing_m`"),
        ("rotation = 45", "1:12: `rotation`: expected 0, 90, 180 or 270, found 45"),
        ("rotation = 90.0", "found 90.0"),
        ("theme = \"blue\"", "1:9: `theme`: expected \"dark\" or \"light\", found \"blue\""),
        ("theme = [1]", "found a list"),
        ("brand = \"#12345\"", "1:9: `brand`: expected a colour"),
        ("brand = \"#é1234\"", "1:9: `brand`"),
        ("locale = \"not a locale\"", "1:10: `locale`"),
        ("tz = \"Mars/Olympus\"", "1:6: `tz`: expected an IANA time zone"),
        ("setup_url = \"hub\"", "1:13: `setup_url`"),
        ("reduced_motion = 1", "expected true or false, found 1"),
        ("screeninches = 5", "1:1: unknown key `screeninches` in the settings; did you mean `screen_inches`?"),
        ("[feed]\ninterval = 3", "2:1: unknown key `interval` in [feed]; did you mean `interval_s`?"),
        ("[feed]\ntoken = \"abc\"", "2:1: unknown key `token`"),
        ("[feed]\ninterval_s = 1", "2:14: `interval_s`: expected a number from 2 to 3600 seconds, found 1"),
        ("[graphics]\nmax_fps = -1", "`max_fps`"),
        ("[graphics]\nmax_fps = 99999999999999999999", "`max_fps`"),
        ("[feed]\nurl = \"\"", "2:7: `url`"),
        ("[feed]\nurl = \"gopher://x\"", "2:7: `url`: expected an http(s), sse+http(s) or mqtt(s) address"),
        ("[feed]\ntoken_file = \"a\"\ntoken_env = \"B\"", "3:13: `token_env`: `token_file` is set too"),
        ("[feed]\ntoken_env = \"A-B\"", "2:13: `token_env`"),
        ("[[feed]]\nname = \"a\"\n", "1:1: each [[feed]] needs `url` or `map`"),
        (
            "[[feed]]\nurl = \"a\"\n[[feed]]\nname = \"b\"\nurl = \"b\"",
            "1:1: with several feeds, each [[feed]] needs a `name`",
        ),
        (
            "[[feed]]\nurl = \"a\"\nname = \"x\"\n[[feed]]\nname = \"x\"\nurl = \"b\"",
            "5:8: `name`: another feed is already named \"x\"",
        ),
        ("[[feed]]\nurl = \"a\"\nname = \"Sales\"", "3:8: `name`: expected 1 to 32 of the characters a to z"),
        ("[[feed]]\nurl = \"a\"\nname = \"x\"\ntoken = 1", "4:1: unknown key `token` in [[feed]]"),
        ("feed = [3]", "1:9: `feed`: expected a list of [[feed]], found 3"),
        (
            "feed.url = \"demo\"\nplaylist.slides = [{ feed = \"x\", kind = \"ranking\" }]",
            "2:29: `feed`: expected `feed` only when feeds have a `name`, found \"x\"",
        ),
        (
            "playlist.slides = [{ feed = \"y\" }]\n[[feed]]\nurl = \"a\"\nname = \"x\"",
            "1:29: `feed`: expected \"x\", found \"y\"",
        ),
        ("feed = 3", "1:8: `feed`: expected a table [feed], found 3"),
        ("[graphics]\nmax_fps = 120", "2:11: `max_fps`: expected a whole number from 10 to 60, found 120"),
        ("[graphics]\nbackend = \"dx12\"", "expected \"auto\", \"vulkan\" or \"gl\", found \"dx12\""),
        (
            "[playlist]\nslides = [{ kind = \"rankings\" }]",
            "2:20: `kind`: expected \"ranking\" or \"contest\", found \"rankings\"",
        ),
        (
            "[playlist]\nslides = [{ dwell_s = 9 }]",
            "2:11: `slides`: each entry needs `kind`, `id` or `feed`, found none of them",
        ),
        ("[playlist]\nslides = [{ id = \"a\", kind = \"ranking\" }]", "found both"),
        ("[playlist]\nslides = [\"ranking\"]", "2:11: `slides`: expected a list of entries like"),
        ("[playlist]\nslides = \"ranking\"", "2:10: `slides`: expected a list"),
        ("[playlist]\nslides = [{ id = \"a\", for = 3 }]", "2:23: unknown key `for`"),
        (
            "hours.on = [\"08:00-12:00 Sa\", \"7:30-19:00 Mo-Fr\"]",
            "1:31: `on`: expected spans like \"07:30-19:00 Mo-Fr\"",
        ),
        ("hours.on = [\"7:30-19:00 Mo-Fr\"]", "in the list, found \"7:30-19:00 Mo-Fr\""),
        ("hours.holidays = [\"2026-12-24\", \"Christmas\"]", "1:33: `holidays`: expected days like"),
        ("hours.brightness = [\"18:00-08:00 4\"]", "1:21: `brightness`: expected spans and percent"),
        (
            "celebrations.quiet = [\"18:00\", 8]",
            "1:32: `quiet`: expected times of day like \"18:00\" in the list, found 8",
        ),
        ("celebrations.quiet = [\"18:00\"]", "1:22: `quiet`: expected two times of day"),
        ("screen.teams = [\"north\", 3]", "1:26: `teams`: expected team ids in the list, found 3"),
        ("feed.won = []", "1:12: `won`: expected a list of stages like [\"Signed\"], found an empty list"),
        ("[hub]\nulr = \"http://hub\"", "2:1: unknown key `ulr` in [hub]; did you mean `url`?"),
        ("[hub]\nurl = \"hub\"", "2:7: `url`: expected an http or https address, or \"auto\", found \"hub\""),
        ("[hub]\nembedded = 1", "2:12: `embedded`: expected true or false, found 1"),
        ("a = ", "1:"),
        ("theme = \"dark\"\ntheme = \"light\"", "2:1: duplicate key"),
    ];
    for (text, says) in cases {
        let error = Config::parse(text, KINDS).unwrap_err().to_string();
        assert!(error.contains(says) && error.starts_with("kiosk.toml:"), "{text}\n{error}");
    }
}

#[test]
fn all_problems_are_told_at_once_in_the_order_of_the_text() {
    let error = Config::parse("theme = 1\nviewing_m = 0\n[feed]\nurl = 3\n", KINDS).unwrap_err();
    let lines: Vec<usize> = error.problems().iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [1, 2, 4]);
    assert!(error.to_string().contains("\n 2 | viewing_m = 0\n   |             ^\n"), "{error}");
}
