//! Canaries in every place where a secret can stand: none of them is in anything that the program says or keeps.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use floorcast::board::{FeedHealth, Trouble, TroubleKind, Update};
use floorcast::director::{Director, HostInfo};
use floorcast::motion::{Now, Time};
use floorcast::scene::Fonts;

use crate::program::{signal, until};
use crate::support::TempDir;
use crate::support::rig::board;
use crate::support::server::{Reply, Server, Step, http, ok};
use crate::xserver;

/// Each canary with the place it sits in.
const CANARIES: [(&str, &str); 12] = [
    ("CANARY-QUERY", "the query of an address"),
    ("CANARY-TOKEN-FILE", "a token file"),
    ("CANARY-TOKEN-ENV", "an environment variable"),
    ("CANARY-PASSWORD", "a broker's password"),
    ("CANARY-CLIENT-ID", "an OAuth client"),
    ("CANARY-CLIENT-SECRET", "an OAuth client's secret"),
    ("CANARY-ACCESS", "a token that was asked for"),
    ("CANARY-HEADER", "a header for a token"),
    ("CANARY-TENANT", "a header of the settings"),
    ("CANARY-USERINFO", "the password in an address"),
    ("CANARY-LITERAL", "a secret that somebody wrote into the settings"),
    ("CANARY-REDIRECT", "the address of a redirect"),
];

/// Somebody who looks through all that the program says and leaves.
struct Keeper {
    dir: TempDir,
    /// What was looked through, so that a test cannot pass by looking at nothing.
    bytes: std::cell::Cell<usize>,
}

impl Keeper {
    #[track_caller]
    fn look(&self, what: &str, bytes: &[u8]) {
        self.bytes.set(self.bytes.get() + bytes.len());
        for (canary, place) in CANARIES {
            let found = bytes.windows(canary.len()).position(|window| window == canary.as_bytes());
            if let Some(at) = found {
                let around = &bytes[at.saturating_sub(120)..(at + 60).min(bytes.len())];
                panic!("{what} has what stood in {place}: …{}…", String::from_utf8_lossy(around));
            }
        }
    }

    /// Looks at what a command said; the code it ended with.
    #[track_caller]
    fn said(&self, what: &str, output: &Output) -> Option<i32> {
        self.look(&format!("the output of {what}"), &output.stdout);
        self.look(&format!("the log of {what}"), &output.stderr);
        output.status.code()
    }

    /// Looks at every file below `folder`, the names too.
    #[track_caller]
    fn files(&self, folder: &Path) -> usize {
        let mut count = 0;
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            self.look("a name", path.to_string_lossy().as_bytes());
            if path.is_dir() {
                count += self.files(&path);
            } else {
                count += 1;
                self.look(&path.display().to_string(), &std::fs::read(&path).unwrap());
            }
        }
        count
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_floorcast"));
        command.args(args).current_dir(self.dir.path()).env_clear().env("HOME", self.dir.path().join("home"));
        for (name, value) in VARIABLES {
            command.env(name, value);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Starts one that goes on; its log is a file, as a pipe would hold it up when nobody reads.
    fn start(&self, command: &mut Command, log: &str) -> Child {
        let log = std::fs::File::create(self.dir.path().join(log)).unwrap();
        command.stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap()
    }

    /// Waits for the end of one that was told to.
    fn end(&self, mut child: Child, log: &str) -> Output {
        let status = child.wait().unwrap();
        Output { status, stdout: Vec::new(), stderr: std::fs::read(self.dir.path().join(log)).unwrap() }
    }

    #[track_caller]
    fn run(&self, args: &[&str]) -> Option<i32> {
        let output = self.command(args).output().unwrap();
        self.said(&args.join(" "), &output)
    }
}

const VARIABLES: [(&str, &str); 4] =
    [("FLOORCAST_LOG", "debug"), ("TOKEN", "CANARY-TOKEN-ENV"), ("ID", "CANARY-CLIENT-ID"), ("KEY", "CANARY-HEADER")];

/// A broker in few words: it lets everybody in and has one board, or nobody.
fn broker(open: bool) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::Builder::new()
        .name("broker".into())
        .spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut bytes = [0; 4096];
                while let Ok(read @ 1..) = stream.read(&mut bytes) {
                    let answer = match bytes[0] >> 4 {
                        1 => vec![0x20, 2, 0, if open { 0 } else { 5 }],
                        8 => {
                            let topic = b"floor/v1/acme/main/state";
                            let body = board(1);
                            let rest = 2 + topic.len() + body.len();
                            let mut answer = vec![0x90, 4, 0, 1, 1, 1, 0x31];
                            assert!((128..16_384).contains(&rest));
                            answer.extend([(rest % 128) as u8 | 0x80, (rest / 128) as u8, 0, topic.len() as u8]);
                            answer.extend(topic);
                            answer.extend(body.as_bytes());
                            answer
                        }
                        12 => vec![0xd0, 0],
                        _ => vec![],
                    };
                    if read == 0 || stream.write_all(&answer).is_err() {
                        break;
                    }
                }
            }
        })
        .unwrap();
    port
}

/// How the servers behave.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Mood {
    /// All is well.
    Good,
    /// Refused, with everything that was sent said back.
    Refuses,
    /// An answer that is none, with everything that was sent said back.
    Garbage,
    /// Sent elsewhere, where nobody is.
    Redirects,
    /// A good answer that is no board and has everything that was sent.
    Repeats,
}

/// The answer to a request, with its head said back where that could be harmful.
fn reply(mood: Mood, request: &str) -> Reply {
    let path = request.split(' ').nth(1).unwrap_or_default();
    let echo = format!("{} {request}", request.replace("\r\n", " "));
    match mood {
        Mood::Refuses => http("403 Forbidden", &[("X-Echo", &request.replace("\r\n", " "))], echo),
        Mood::Garbage => http("200 OK", &[("X-Echo", &request.replace("\r\n", " "))], format!("{{\"format\": {echo}")),
        Mood::Redirects => {
            let to = "http://tv:CANARY-USERINFO@127.0.0.1:9/?key=CANARY-REDIRECT";
            http("302 Found", &[("Location", to)], echo)
        }
        Mood::Good | Mood::Repeats if path.starts_with("/token") => {
            ok("{\"access_token\": \"CANARY-ACCESS\", \"expires_in\": 600}")
        }
        Mood::Good | Mood::Repeats if path.starts_with("/stream") => {
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
            let data = if mood == Mood::Good { board(1) } else { repeated(request) };
            vec![Step::Send(format!("{head}event: state\ndata: {data}\n\n").into_bytes()), Step::Hold]
        }
        Mood::Repeats => ok(repeated(request)),
        Mood::Good if path.starts_with("/board") => ok(board(1)),
        Mood::Good => {
            let next = if path.contains("CURSOR") { "null" } else { "\"/pages?after=CURSOR\"" };
            ok(format!("{{\"text\": \"hello\", \"next\": {next}}}"))
        }
    }
}

/// What was sent, in the place of the format, of a field and of a field's name.
fn repeated(request: &str) -> String {
    let echo = request.replace("\r\n", " ");
    serde_json::json!({"format": echo, "echo": echo, "slides": [{"type": echo}], "next": null, (echo.as_str()): 1})
        .to_string()
}

/// Settings with one feed of each kind; every secret where it belongs.
fn feeds(dir: &TempDir, server: &Server, port: u16) -> [(&'static str, String); 4] {
    dir.write("token", "CANARY-TOKEN-FILE\n");
    dir.write("password", "CANARY-PASSWORD\n");
    dir.write("client-secret", "CANARY-CLIENT-SECRET\n");
    let good = "{format: \"salesboard/1\", slides: [{type: \"message\", text: .sources.headed.text}]}";
    let says = "[.sources | .. | .echo? | strings | split(\" \")[] | select(test(\"CANARY\"))] | unique";
    dir.write("map.jq", format!("({says}) as $s | if $s == [] then {good} else error(\"CRM says: \\($s)\") end"));
    let url = |path: &str| server.url(&format!("{path}?key=CANARY-QUERY"));
    let source = |name: &str, path: &str, more: &str| {
        format!("[[feed.source]]\nname = {name:?}\nurl = {:?}\n{more}\n", url(path))
    };
    let oauth = format!(
        "oauth = {{ token_url = {:?}, client_id_env = \"ID\", client_secret_file = \"client-secret\" }}",
        url("/token")
    );
    let mapped = [
        source(
            "headed",
            "/headed",
            "token_header = \"X-Api-Key\"\ntoken_env = \"KEY\"\nheaders = { X-Tenant = \"Token CANARY-TENANT\" }",
        ),
        source("paged", "/pages", "token_file = \"token\"\npaging = { next = \"/next\" }"),
        source("oauth", "/oauth", &oauth),
    ];
    [
        ("polled", format!("url = {:?}\ntoken_file = \"token\"\n", url("/board.json"))),
        ("streamed", format!("url = \"sse+{}\"\ntoken_env = \"TOKEN\"\n", url("/stream"))),
        (
            "mqtt",
            format!(
                "url = \"mqtt://127.0.0.1:{port}/floor/v1/acme/main\"\nuser = \"tv\"\npassword_file = \"password\"\n"
            ),
        ),
        ("mapped", format!("map = \"map.jq\"\n{}", mapped.concat())),
    ]
}

fn all_commands(mood: Mood) {
    let keeper = Keeper { dir: TempDir::new(), bytes: 0.into() };
    let server = Server::start(move |request| reply(mood, request));
    let feeds = feeds(&keeper.dir, &server, broker(mood == Mood::Good));
    let cache = "[cache]\ndir = \"state\"\n";
    let all: String = feeds.iter().map(|(name, feed)| format!("[[feed]]\nname = {name:?}\n{feed}")).collect();
    keeper.dir.write("all.toml", format!("{cache}{all}"));
    let code = Some(i32::from(mood != Mood::Good));
    for args in [&["check"][..], &["check", "--json"], &["shot", "-o", "wall.png"], &["map", "all.toml", "--json"]] {
        let config = ["--config", "all.toml"];
        let args = if args[0] == "map" { args.to_vec() } else { [args, &config].concat() };
        // One board is enough for a picture.
        assert_eq!(keeper.run(&args), code, "{mood:?}: {args:?}");
    }
    let told = keeper.command(&["map", "all.toml"]).output().unwrap();
    assert_eq!(keeper.said("map", &told), code);
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(
        mood != Mood::Repeats || told.contains("CRM says: ") && told.contains("***"),
        "nothing was repeated: {told}"
    );
    // All at the same time, as those that fail are given some seconds in which they ask again.
    let recorders = feeds.each_ref().map(|(name, feed)| {
        let settings = format!("[cache]\ndir = \"state-{name}\"\n[feed]\n{feed}");
        let file = keeper.dir.write(&format!("{name}.toml"), settings);
        let tape = keeper.dir.path().join(format!("{name}.tape"));
        let args = ["record", "--config", file.to_str().unwrap(), "-o", tape.to_str().unwrap()];
        let log = format!("{name}.log");
        (name, keeper.start(&mut keeper.command(&args), &log), log, tape)
    });
    let there = |tape: &Path| std::fs::metadata(tape).is_ok_and(|meta| meta.len() > 0);
    until(Duration::from_secs(if mood == Mood::Good { 60 } else { 4 }), || {
        recorders.iter().all(|(.., tape)| there(tape))
    });
    for (name, child, log, tape) in recorders {
        assert_eq!(there(&tape), mood == Mood::Good, "{mood:?}: {name}");
        signal("-INT", child.id());
        let output = keeper.end(child, &log);
        assert_eq!(keeper.said(&format!("record of {name}"), &output), code, "{mood:?}");
        keeper.files(&keeper.dir.path().join(format!("state-{name}")));
        if mood == Mood::Good {
            keeper.look("the tape", &std::fs::read(&tape).unwrap());
        }
    }
    wall(&keeper, mood);
    drawn(&keeper, "all.toml", mood);
    // The secrets were really sent, or nothing would be shown by their absence.
    let sent = server.requests().concat();
    let wanted: &[&str] = match mood {
        Mood::Good => &["QUERY", "TOKEN-FILE", "TOKEN-ENV", "HEADER", "ACCESS"],
        _ => &["QUERY", "TOKEN-FILE", "TOKEN-ENV", "HEADER"],
    };
    for canary in wanted {
        assert!(sent.contains(&format!("CANARY-{canary}")), "{mood:?}: {canary} was never sent");
    }
    assert!(keeper.bytes.get() > 20_000, "{} bytes were looked through", keeper.bytes.get());
}

/// What is drawn, in words: a picture's file has none. Of feeds that fail it is their trouble.
fn drawn(keeper: &Keeper, settings: &str, mood: Mood) {
    let kinds = floorcast::slides::kind_names();
    let loaded = floorcast::config::load(Some(&keeper.dir.path().join(settings)), |_| None, &kinds).unwrap();
    let mut fonts = Fonts::new(false);
    // The variables are the child's: feeds that want one fail here, and are left out.
    match floorcast::shot::open(None, &loaded, false) {
        Ok(show) => {
            assert_eq!(mood, Mood::Good);
            let scene = show.scene([1920, 1080], None, false, Time::ZERO, &mut fonts).to_string();
            assert!(scene.contains("DEALS"), "nothing was looked at: {scene}");
            keeper.look("the wall", scene.as_bytes());
        }
        Err(failure) => keeper.look("the failure", failure.to_string().as_bytes()),
    }
    let reasons = CANARIES.map(|(canary, place)| format!("{place}: {canary}")).join(", ");
    let mut director = Director::new(loaded.config.clone(), HostInfo::still([1920, 1080]));
    let now = Now { t: Time::ZERO, wall_us: 1_767_610_800_000_000 };
    for kind in [TroubleKind::NoAnswer, TroubleKind::NoAccess, TroubleKind::BadData] {
        for feed in 0..loaded.config.feeds.len() {
            let trouble = Trouble { kind, reason: reasons.clone(), retry_at: None };
            let health = FeedHealth { trouble: Some(trouble), ..FeedHealth::default() };
            director.apply_from(feed, Update::Health(health), now, &mut fonts);
        }
        let scene = director.frame(now, &mut fonts).to_string();
        assert!(scene.contains("SALES FEED"), "nothing was looked at: {scene}");
        keeper.look("the wall in trouble", scene.as_bytes());
    }
}

/// A wall with all feeds, and what it keeps.
fn wall(keeper: &Keeper, mood: Mood) {
    let Some(screen) = xserver::Server::start("640x360") else { return };
    let mut command = keeper.command(&["--config", "all.toml"]);
    let mut child = keeper.start(command.env("DISPLAY", &screen.display), "wall.log");
    let state = keeper.dir.path().join("state");
    let status = || floorcast::store::Status::read(&state.join("status.json")).ok().flatten();
    let all_told = until(Duration::from_secs(60), || {
        let Some(status) = status() else { return false };
        status.feeds.len() == 4 && status.feeds.iter().all(|feed| feed.attempts.since.is_some())
    });
    let files = keeper.files(&state);
    signal("-TERM", child.id());
    let exited = until(Duration::from_secs(30), || child.try_wait().unwrap().is_some());
    let output = keeper.end(child, "wall.log");
    assert_eq!(keeper.said("run", &output), Some(0));
    assert!(all_told && exited, "{mood:?}: {}", String::from_utf8_lossy(&output.stderr));
    keeper.files(&state);
    // The status file; and of a good feed its board.
    assert!(files >= if mood == Mood::Good { 5 } else { 1 }, "{files} files");
}

#[test]
fn servers_that_answer() {
    all_commands(Mood::Good);
}

#[test]
fn servers_that_refuse() {
    all_commands(Mood::Refuses);
}

#[test]
fn servers_that_talk_nonsense() {
    all_commands(Mood::Garbage);
}

#[test]
fn servers_that_repeat_what_they_got() {
    all_commands(Mood::Repeats);
}

#[test]
fn a_secret_in_the_place_of_its_file_is_not_repeated() {
    let keeper = Keeper { dir: TempDir::new(), bytes: 0.into() };
    let server = Server::start(|_| ok(board(1)));
    let url = server.url("/board.json");
    let source = format!("[feed]\nmap = \"m.jq\"\n[[feed.source]]\nname = \"a\"\nurl = {url:?}\n");
    keeper.dir.write("m.jq", "{}");
    let oauth =
        format!("oauth = {{ token_url = {url:?}, client_id_env = \"ID\", client_secret_file = \"CANARY-LITERAL\"");
    let broker = "url = \"mqtt://127.0.0.1:1/floor/v1/a/b\"\nuser = \"tv\"\npassword_file = \"CANARY-LITERAL\"\n";
    for (text, code) in [
        (format!("[feed]\nurl = {url:?}\ntoken_file = \"CANARY-LITERAL\"\n"), 1),
        (format!("[feed]\nurl = {url:?}\ntoken_file = \"/etc/CANARY-LITERAL\"\n"), 1),
        (format!("[feed]\nurl = {url:?}\ntoken_file = \"CANARY-LITERAL+12345AbC/q\"\n"), 1),
        (format!("[feed]\nurl = {url:?}\ntoken_file = \"/CANARY-LITERAL/q/token.txt\"\n"), 1),
        (format!("[feed]\nurl = {url:?}\ntoken_file = \"CANARY-LITERAL+12345AbC/q\", nonsense = 1\n"), 2),
        (format!("[feed]\n{broker}"), 1),
        (format!("{source}token_file = \"CANARY-LITERAL\"\n"), 1),
        (format!("{source}{oauth} }}\n"), 1),
        (format!("{source}{oauth}, nonsense = 1 }}\n"), 2),
        (format!("[feed]\nurl = {url:?}\ntoken_file = CANARY-LITERAL\n"), 2),
    ] {
        keeper.dir.write("kiosk.toml", &text);
        assert_eq!(keeper.run(&["check"]), Some(code), "{text}");
        assert_eq!(keeper.run(&["shot", "-o", "x.png"]), Some(code), "{text}");
    }
    assert!(server.requests().is_empty(), "nothing is asked without its token");
}

#[test]
fn servers_that_send_elsewhere() {
    all_commands(Mood::Redirects);
}

#[test]
fn settings_that_are_wrong_do_not_repeat_their_secrets() {
    let keeper = Keeper { dir: TempDir::new(), bytes: 0.into() };
    let source = "[feed]\nmap = \"x.jq\"\n[[feed.source]]\nname = \"a\"\n";
    for text in [
        "[feed]\nurl = \"https://tv:CANARY-USERINFO@hub/x\"\n",
        "[feed]\nurl = \"mqtt://tv:CANARY-USERINFO@hub/floor/v1/a/b\"\n",
        "[feed]\nurl = \"ftp://hub/x?key=CANARY-QUERY\"\n",
        "[feed]\nurl = \"https://hub/x?key=CANARY-QUERY\n",
        "[feed]\ntoken = \"CANARY-LITERAL\"\n",
        "[feed]\npassword = \"CANARY-LITERAL\"\n",
        "[feed]\nurl = \"https://hub/x\"\ntoken_env = 5 # token = CANARY-LITERAL\n",
        "[feed]\nurl = \"https://hub/x\"\ntoken_env = \"CANARY-LITERAL\"\n",
        "[feed]\nurl = \"mqtt://hub/floor/v1/a/b\"\nuser = \"x\"\npassword_env = \"CANARY-LITERAL\"\n",
        &format!(
            "{source}url = \"https://hub/x\"\noauth = {{ token_url = \"https://h\", client_id_env = \"CANARY-LITERAL\" }}\n"
        ),
        &format!("{source}url = \"ftp://tv:CANARY-USERINFO@hub/x?key=CANARY-QUERY\"\n"),
        &format!("{source}url = \"https://hub/x\"\nheaders = {{ Authorization = \"Bearer CANARY-LITERAL\" }}\n"),
        &format!("{source}url = \"https://hub/x\"\nheaders = {{ Authorization = \"Bearer CANARY-LITERAL }}\n"),
        &format!("{source}url = \"https://hub/x\"\noauth = {{ client_secret = \"CANARY-LITERAL\" }}\n"),
    ] {
        keeper.dir.write("bad.toml", text);
        // The kiosk shows them, where there is a display.
        for (command, ends) in [("check", 2), ("run", 69), ("record", 2), ("shot", 2)] {
            let more: &[&str] = if ["record", "shot"].contains(&command) { &["-o", "x"] } else { &[] };
            assert_eq!(keeper.run(&[&[command, "--config", "bad.toml"], more].concat()), Some(ends), "{text}");
        }
        assert_eq!(keeper.run(&["map", "bad.toml"]), Some(2), "{text}");
    }
    for feed in ["https://tv:CANARY-USERINFO@hub/x?key=CANARY-QUERY", "ftp://hub/?key=CANARY-QUERY"] {
        assert_eq!(keeper.run(&["check", "--feed", feed]), Some(2), "{feed}");
    }
}

#[test]
fn a_canary_is_found() {
    let keeper = Keeper { dir: TempDir::new(), bytes: 0.into() };
    keeper.look("nothing", b"all is well");
    let found = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| keeper.look("a log", b"..CANARY-QUERY..")));
    assert!(found.is_err());
    keeper.dir.write("state/photos/x", b"\0CANARY-ACCESS\0");
    let found = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| keeper.files(keeper.dir.path())));
    assert!(found.is_err());
}
