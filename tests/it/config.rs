//! kiosk.toml: the shipped manual is the default.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use floorcast::config::{
    self, Config, FeedSettings, FeedSource, Found, GraphicsBackend, Loaded, PlaylistEntry, Rotation, SlideSelector,
    ThemeMode, TokenSource,
};

const KINDS: &[&str] = &["ranking", "contest"];

fn parse(text: &str) -> Result<Config, String> {
    Config::parse(text, KINDS).map_err(|error| error.to_string())
}

#[test]
fn an_address_that_no_qr_code_holds_is_refused() {
    let long = |bytes: usize| format!("setup_url = \"https://hub.example/{}\"", "a".repeat(bytes - 20));
    assert_eq!(Config::parse(&long(213), &[]).unwrap().setup_url.map(|url| url.len()), Some(213));
    let error = Config::parse(&long(214), &[]).unwrap_err().to_string();
    assert!(error.contains("1:13: `setup_url`: expected an http or https address of at most 213 bytes"), "{error}");
}

#[test]
fn the_shipped_file_is_the_default() {
    assert_eq!(parse(config::BUILT_IN), Ok(Config::default()));
    assert_eq!(parse(""), Ok(Config::default()));
}

/// The shipped file with the `#` taken from its example keys.
fn uncommented() -> String {
    let is_key = |line: &str| {
        line.split_once(" = ").is_some_and(|(key, _)| key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
    };
    let open = |line: &str| line.strip_prefix("# ").filter(|rest| is_key(rest)).unwrap_or(line).to_owned();
    // Both tokens at once are refused by design, and a user with an address of the web.
    let refused = ["# token_file", "# user", "# password_"];
    let lines = config::BUILT_IN.lines().filter(|line| !refused.iter().any(|start| line.starts_with(start)));
    lines.map(|line| open(line) + "\n").collect()
}

#[test]
fn the_example_keys_of_the_shipped_file_are_right_too() {
    let config = parse(&uncommented()).unwrap();
    assert_eq!(config.tz.as_deref(), Some("Europe/Berlin"));
    assert_eq!(config.setup_url.as_deref(), Some("HTTPS://HUB.EXAMPLE/S"));
    assert_eq!(config.graphics.adapter.as_deref(), Some("V3D"));
    assert!(matches!(config.feeds[0].source, Some(FeedSource::Http(_))));
    assert_eq!(config.feeds[0].token, Some(TokenSource::Env("FLOORCAST_TOKEN".into())));
    assert_eq!(config.cache_dir, Some("/var/lib/floorcast".into()));
}

#[test]
fn every_key_stands_in_the_shipped_file() {
    for (section, first) in [
        ("", "screen_inches"),
        ("[graphics]", "backend"),
        ("[feed]", "name"),
        ("[cache]", "dir"),
        ("[screen]", "teams"),
        ("[celebrations]", "quiet"),
        ("[hours]", "on"),
        ("[playlist]", "slides"),
        ("[remote]", "listen"),
        ("[wall]", "columns"),
    ] {
        let error = parse(&format!("{section}\nxxxxxxxxxxxxxxxx = 1\n")).unwrap_err();
        let keys: Vec<&str> = error.lines().next().unwrap().split('`').skip(1).step_by(2).skip(1).collect();
        assert_eq!(keys[0], first, "{error}");
        for key in keys {
            let shown = [
                format!("\n{key} = "),
                format!("\n# {key} = "),
                format!("\n[{key}]\n"),
                // A map stands there as an example of its own.
                format!("\n#   {key} = "),
                format!("\n#   [[feed.{key}]]"),
            ];
            assert!(shown.iter().any(|text| config::BUILT_IN.contains(text)), "{key} is missing in kiosk.toml");
        }
    }
}

#[test]
fn values_arrive() {
    let text = r##"
        screen_inches = 65.5
        viewing_m = 3
        overscan = 2.5
        rotation = 270
        theme = "light"
        brand = "#e10600"
        locale = "ja"
        tz = "Asia/Tokyo"
        graphics = { backend = "gl", allow_software = false, max_fps = 30 }
        feed.url = "demo"
        feed.interval_s = 2
        [playlist]
        slides = [{ kind = "ranking", dwell_s = 20 }, { id = "x", hide = true }]
        rest = false
    "##;
    let config = parse(text).unwrap();
    let expected = Config {
        screen_inches: 65.5,
        viewing_m: 3.0,
        overscan_percent: 2.5,
        rotation: Rotation::Deg270,
        theme: ThemeMode::Light,
        brand: [0xE1, 0x06, 0x00],
        locale: "ja".into(),
        tz: Some("Asia/Tokyo".into()),
        graphics: config::GraphicsSettings {
            backend: GraphicsBackend::Gl,
            adapter: None,
            allow_software: false,
            max_fps: 30,
        },
        feeds: vec![FeedSettings { source: Some(FeedSource::Demo), interval_s: 2.0, ..FeedSettings::default() }],
        playlist: config::PlaylistSettings {
            slides: vec![
                PlaylistEntry {
                    feed: None,
                    which: SlideSelector::Kind("ranking".into()),
                    dwell_s: Some(20.0),
                    hide: false,
                },
                PlaylistEntry { feed: None, which: SlideSelector::Id("x".into()), dwell_s: None, hide: true },
            ],
            rest: false,
            in_step: false,
        },
        ..Config::default()
    };
    assert_eq!(config, expected);
}

#[test]
fn a_fiscal_year_begins_in_one_of_twelve_months() {
    let month = |value: &str| parse(&format!("[feed]\nurl = \"a.csv\"\nfiscal_month = {value}"));
    assert_eq!(month("4").unwrap().feeds[0].fiscal_month, 4);
    assert_eq!(parse("").unwrap().feeds[0].fiscal_month, 1);
    for wrong in ["0", "13", "\"april\""] {
        assert!(
            month(wrong)
                .unwrap_err()
                .starts_with("kiosk.toml:3:16: `fiscal_month`: expected a whole number from 1 to 12")
        );
    }
}

#[test]
fn what_is_derived_is_asked_for_per_feed() {
    let text = "[[feed]]\nname = \"a\"\nurl = \"a.csv\"\nderive = { goal = true, deal_min = 1, deal_metric = \"n\" }\n\
                [[feed]]\nname = \"b\"\nurl = \"b.json\"";
    let feeds = parse(text).unwrap().feeds;
    let derive =
        config::DeriveSettings { leader: false, goal: true, deal_min: Some(1.0), deal_metric: Some("n".into()) };
    assert_eq!([&feeds[0].derive, &feeds[1].derive], [&derive, &config::DeriveSettings::default()]);
    for (derive, says) in [
        ("[\"leader\"]", "`derive`: expected a table { leader = true, goal = true, deal_min = 5000 }, found a list"),
        ("{ deal_min = 0 }", "`deal_min`: expected a number from 0.01 to 1000000000000000, found 0"),
        ("{ deal_metric = \"n\" }", "`deal_metric` also needs `deal_min`"),
        ("{ leader = 1 }", "`leader`: expected true or false, found 1"),
        ("{ deals = 1 }", "unknown key `deals`"),
    ] {
        let error = parse(&format!("[feed]\nurl = \"a.csv\"\nderive = {derive}")).unwrap_err();
        assert!(error.starts_with("kiosk.toml:3:") && error.contains(says), "{error}");
    }
}

#[test]
fn several_feeds_have_names_and_the_playlist_may_tell_them_apart() {
    let text = r#"
        [[feed]]
        name = "crm"
        url = "https://hub.example/board.json"
        interval_s = 30
        token_env = "CRM_TOKEN"
        [[feed]]
        name = "notice-1_a"
        url = "notice.json"
        [playlist]
        slides = [{ feed = "notice-1_a" }, { feed = "crm", kind = "ranking" }]
    "#;
    let config = parse(text).unwrap().rebase(Path::new("/etc/floorcast"));
    let [crm, notice] = config.feeds.as_slice() else { panic!("expected two feeds: {config:?}") };
    assert_eq!((crm.name.as_deref(), crm.interval_s), (Some("crm"), 30.0));
    assert_eq!(crm.token, Some(TokenSource::Env("CRM_TOKEN".into())));
    assert_eq!(notice.source, Some(FeedSource::File("/etc/floorcast/notice.json".into())));
    assert_eq!((notice.interval_s, &notice.token), (10.0, &None));
    let entries: Vec<_> = config.playlist.slides.iter().map(|entry| (entry.feed.as_deref(), &entry.which)).collect();
    let ranking = SlideSelector::Kind("ranking".into());
    assert_eq!(entries, [(Some("notice-1_a"), &SlideSelector::All), (Some("crm"), &ranking)]);
    // One alone needs no name, and a list of none is the same as nothing.
    assert_eq!(parse("[[feed]]\nurl = \"demo\"").unwrap(), parse("[feed]\nurl = \"demo\"").unwrap());
    assert_eq!(parse("feed = []").unwrap(), Config::default());
    let nine: String = (0..9).map(|i| format!("[[feed]]\nname = \"f{i}\"\nurl = \"demo\"\n")).collect();
    assert!(parse(&nine).unwrap_err().starts_with("kiosk.toml:25:1: `feed`: expected at most 8 feeds"));
}

#[test]
fn one_feed_of_the_command_line_stands_for_all() {
    let text = r#"
        [[feed]]
        name = "a"
        url = "https://hub.example/a.json"
        token_env = "A"
        [[feed]]
        name = "b"
        url = "sse+https://live.example/b"
        interval_s = 60
        token_env = "B"
    "#;
    let config = parse(text).unwrap();
    let with = |feed: &str| config.clone().with_feed(FeedSource::parse(feed).unwrap()).feeds;
    let source = |feed: &str| Some(FeedSource::parse(feed).unwrap());
    let token = Some(TokenSource::Env("B".into()));
    let other = "https://live.example/other";
    assert_eq!(
        with(other),
        [FeedSettings { name: None, source: source(other), interval_s: 60.0, token, ..FeedSettings::default() }]
    );
    for elsewhere in ["https://evil.example/a.json", "board.json", "demo"] {
        assert_eq!(with(elsewhere), [FeedSettings { source: source(elsewhere), ..FeedSettings::default() }]);
    }
}

fn found(flag: Option<&str>, env: &[(&str, &str)], files: &[&str]) -> Found {
    let env: BTreeMap<&str, &str> = env.iter().copied().collect();
    config::find(
        flag.map(Path::new),
        |name| env.get(name).map(OsString::from),
        |path| files.iter().any(|f| path == Path::new(f)),
    )
}

#[test]
fn the_usual_places_are_looked_at_in_order() {
    let env = [("FLOORCAST_CONFIG", "/e.toml"), ("XDG_CONFIG_HOME", "/xdg"), ("HOME", "/h")];
    let all = ["kiosk.toml", "/xdg/floorcast/kiosk.toml", "/h/.config/floorcast/kiosk.toml", config::SYSTEM_FILE];
    let file = |path: &str| Found::File(PathBuf::from(path));
    assert_eq!(found(Some("/f.toml"), &env, &all), file("/f.toml"));
    assert_eq!(found(None, &env, &all), file("/e.toml"));
    assert_eq!(found(None, &[("FLOORCAST_CONFIG", "")], &all), file("kiosk.toml"));
    assert_eq!(found(None, &env[1..], &all[1..]), file("/xdg/floorcast/kiosk.toml"));
    assert_eq!(found(None, &env[2..], &all[1..]), file("/h/.config/floorcast/kiosk.toml"));
    assert_eq!(found(None, &[], &all[1..]), file(config::SYSTEM_FILE));
    assert_eq!(found(None, &env[1..], &[]), Found::BuiltIn);
}

/// An empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

#[test]
fn a_loaded_file_has_paths_relative_to_itself() {
    let dir = folder("config-paths");
    let file = dir.join("k.toml");
    std::fs::write(&file, "\u{feff}[feed]\nurl = \"b.json\"\ntoken_file = \"/t\"\n[cache]\ndir = \"c\"\n").unwrap();
    let loaded = config::load(Some(&file), |_| None, KINDS).unwrap();
    assert_eq!(loaded.file_to_edit(), file);
    // On a wall nobody knows where the program was started.
    let typed = Loaded { file: Some("here.toml".into()), ..loaded.clone() };
    let here = std::env::current_dir().unwrap().join("here.toml");
    assert_eq!(typed.place_to_edit(), here.display().to_string());
    assert_eq!(loaded.config.feeds[0].source, Some(FeedSource::File(dir.join("b.json"))));
    assert_eq!(loaded.config.feeds[0].token, Some(TokenSource::File("/t".into())));
    assert_eq!(loaded.config.cache_dir(|_| None), Some(dir.join("c")));
}

#[test]
fn a_file_that_cannot_be_used_says_why() {
    let dir = folder("config-bad");
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(dir.join(name), bytes).unwrap();
        dir.join(name)
    };
    for (path, says) in [
        (dir.join("missing.toml"), "missing.toml"),
        (dir.clone(), "it is a folder"),
        (write("latin1.toml", b"a = 1\nb = \"\xE9\"\n"), "line 2 is not UTF-8"),
        (write("huge.toml", &vec![b'#'; config::MAX_FILE_BYTES as usize + 1]), "larger than 256 KiB"),
        (write("wrong.toml", b"them = 1\n"), "wrong.toml:1:1: unknown key"),
    ] {
        let error = config::load(Some(&path), |_| None, KINDS).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
}

#[test]
fn the_cache_folder_follows_the_environment() {
    let config = Config::default();
    let dir = |env: &[(&str, &str)]| {
        let env: BTreeMap<&str, &str> = env.iter().copied().collect();
        config.cache_dir(|name| env.get(name).map(OsString::from))
    };
    assert_eq!(dir(&[("STATE_DIRECTORY", "/s"), ("HOME", "/h")]), Some("/s".into()));
    assert_eq!(dir(&[("XDG_STATE_HOME", "/x"), ("HOME", "/h")]), Some("/x/floorcast".into()));
    assert_eq!(dir(&[("HOME", "/h")]), Some("/h/.local/state/floorcast".into()));
    assert_eq!(dir(&[]), None);
}

#[test]
fn a_token_stays_with_the_host_it_was_set_for() {
    let config = parse("[feed]\nurl = \"https://hub.example/a\"\ntoken_env = \"T\"\n").unwrap();
    let token = |config: &Config, feed: &str| {
        config.clone().with_feed(FeedSource::parse(feed).unwrap()).feeds[0].token.is_some()
    };
    assert!(token(&config, "https://hub.example/b"));
    for elsewhere in ["https://evil.example/a", "http://hub.example/a", "https://hub.example:444/a"] {
        assert!(!token(&config, elsewhere), "{elsewhere}");
    }
    let open = parse("[feed]\ntoken_env = \"T\"\n").unwrap();
    assert!(token(&open, "https://hub.example/b"), "no feed was set: the token is for the one that is named");
    let file = parse("[feed]\nurl = \"board.json\"\ntoken_env = \"T\"\n").unwrap();
    assert!(!token(&file, "https://evil.example/a"), "a file has no origin");

    // Tables of several addresses: each of them must be one that the token was set for.
    let tables = "[feed]\nurl = [\"https://hub.example/a.csv\", \"https://crm.example/b.csv\"]\ntoken_env = \"T\"\n";
    let tables = parse(tables).unwrap();
    let together = |urls: &[&str]| {
        let sources = urls.iter().map(|url| FeedSource::parse(url).unwrap()).collect();
        tables.clone().with_feed(FeedSource::together(sources).unwrap()).feeds[0].token.is_some()
    };
    assert!(together(&["https://crm.example/c.csv", "https://hub.example/d.csv"]));
    assert!(!together(&["https://hub.example/a.csv", "https://evil.example/b.csv"]));
    assert!(!together(&["https://evil.example/a.csv"]));
}

#[test]
fn a_map_has_sources() {
    use floorcast::config::{FeedSource, MapFrom, Paging, TokenSource};
    let text = "[feed]\nmap = \"m/crm.jq\"\n[[feed.source]]\nname = \"deals\"\nurl = \"https://crm.example/d\"\n\
        token_env = \"CRM\"\npaging = { cursor = \"/after\", param = \"after\" }\n[[feed.source]]\nname = \"owners\"\nfile = \"o.csv\"\nca_file = \"ca\"\n";
    let config = floorcast::config::Config::parse(text, &[]).unwrap().rebase(std::path::Path::new("/etc"));
    let Some(FeedSource::Map(map)) = &config.feeds[0].source else { panic!("expected a map") };
    assert_eq!(map.program.as_deref(), Some(std::path::Path::new("/etc/m/crm.jq")));
    assert_eq!(map.sources[0].token, Some(TokenSource::Env("CRM".into())));
    assert_eq!(map.sources[0].paging, Some(Paging::Cursor { at: "/after".into(), param: "after".into() }));
    assert_eq!(map.sources[1].from, MapFrom::File("/etc/o.csv".into()));
    assert_eq!(map.sources[1].ca_file, Some("/etc/ca".into()));
}

#[test]
fn mistakes_in_a_map_are_told_with_their_place() {
    for (text, says) in [
        ("[feed]\nmap = \"m.jq\"\n", "2:7: `map` needs at least one [[feed.source]]"),
        (
            "[feed]\nurl = \"b.json\"\nmap = \"m.jq\"\n[[feed.source]]\nname = \"a\"\nfile = \"b\"\n",
            "3:7: `map`: `url` is set too",
        ),
        ("[feed]\nmap = \"m.jq\"\n[[feed.source]]\nname = \"a b\"\nfile = \"b\"\n", "4:8: `name`: expected a name"),
        ("[feed]\nmap = \"m.jq\"\n[[feed.source]]\nname = \"a\"\n", "expected `url` or `file`, found neither"),
        (
            "[feed]\nmap = \"m.jq\"\n[[feed.source]]\nname = \"a\"\nfile = \"b\"\npaging = { next = \"x\" }\n",
            "a JSON pointer",
        ),
        (
            "[feed]\nmap = \"m.jq\"\n[[feed.source]]\nname = \"a\"\nfile = \"b\"\nheaders = { Authorization = \"x\" }\n",
            "6:11: `headers`: `Authorization` is secret: put the token into token_file or token_env",
        ),
        (
            "[feed]\nmap = \"m.jq\"\n[[feed.source]]\nname = \"a\"\nfile = \"b\"\nheaders = { Accept = \"x\", cookie = \"x\" }\n",
            "`cookie` is secret: put its value into token_file or token_env and set token_header = \"cookie\"",
        ),
        (
            "[feed]\nmap = \"m.jq\"\n[[feed.source]]\nname = \"a\"\nfile = \"b\"\nheaders = { Accept = 5 }\n",
            "`headers`: expected a table of texts in ASCII",
        ),
        (
            "[feed]\nmap = \"m.jq\"\n[[feed.source]]\nname = \"a\"\nurl = \"https://u:hunter2@c/\"\n",
            "without user name",
        ),
    ] {
        let error = floorcast::config::Config::parse(text, &[]).unwrap_err().to_string();
        assert!(error.contains(says), "{text}: {error}");
    }
}

#[test]
fn the_example_of_a_map_in_the_shipped_file_is_right() {
    let lines = config::BUILT_IN.lines().filter_map(|line| line.strip_prefix("#   ")).map(|line| format!("{line}\n"));
    let text =
        format!("[feed]\n{}", lines.collect::<String>().replace("token_file = \"crm-token\"", "token_env = \"T\""));
    let config = parse(&text).unwrap_or_else(|error| panic!("{error}"));
    let Some(FeedSource::Map(map)) = &config.feeds[0].source else { panic!("expected a map") };
    assert!(map.sources[0].oauth.is_some() && map.sources[0].paging.is_some() && map.sources[0].sheet.is_some());
}

#[test]
fn a_broker_has_a_user_with_a_password_elsewhere() {
    let text = "[feed]\nurl = \"mqtts://hub.example/floor/v1/acme/main\"\nuser = \"tv\"\npassword_file = \"pw\"\nca_file = \"ca\"\n[screen]\nname = \"tv 1\"";
    let config = parse(text).unwrap().rebase(Path::new("/etc/f"));
    let feed = &config.feeds[0];
    assert!(matches!(&feed.source, Some(FeedSource::Mqtt(broker)) if broker.port() == 8883));
    assert_eq!(feed.user.as_deref(), Some("tv"));
    assert_eq!(feed.password, Some(TokenSource::File("/etc/f/pw".into())));
    assert_eq!((feed.ca_file.clone(), config.screen.name.as_deref()), (Some("/etc/f/ca".into()), Some("tv 1")));
    // The password goes to no other origin.
    let moved = config.clone().with_feed(FeedSource::parse("mqtts://other.example/floor/v1/acme/main").unwrap());
    assert_eq!((&moved.feeds[0].user, &moved.feeds[0].password), (&None, &None));
    let same = config.with_feed(FeedSource::parse("mqtts://hub.example/floor/v1/acme/b").unwrap());
    assert!(same.feeds[0].password.is_some());
    for (text, says) in [
        ("[feed]\nurl = \"mqtt://a:hunter2@h/floor/v1/a/b\"", "2:7: `url`: expected an address without user name"),
        ("[feed]\nurl = \"https://h/b\"\nuser = \"tv\"", "3:8: `user`: works only with an mqtt(s) address"),
        ("[feed]\nurl = \"mqtt://h/floor/v1/a/b\"\npassword_env = \"P\"", "`password_env` also needs `user`"),
        ("[screen]\nname = \"a/b\"", "2:8: `name`: expected 1 to 64 characters without +, #, /"),
    ] {
        let error = parse(text).unwrap_err();
        assert!(error.contains(says), "{error}");
    }
}

#[cfg(feature = "hub")]
#[test]
fn the_wall_knows_each_key_of_the_hub() {
    let error = floorcast_hub::ops::config::HubSettings::parse("[hub]\nno-such-key = 1").unwrap_err();
    let (_, keys) = error.split_once("expected one of").expect("the keys that exist");
    let keys: Vec<&str> = keys.split('`').skip(1).step_by(2).collect();
    assert!(keys.contains(&"listen") && keys.len() > 10, "{keys:?}");
    for key in keys {
        let unknown = parse(&format!("[hub]\n{key} = []")).err().filter(|error| error.contains("unknown key"));
        assert_eq!(unknown, None, "{key}");
    }
}
