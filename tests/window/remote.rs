//! The wall seen and steered from a desk: its picture, its state, what is done from there, and who is let in.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::time::Duration;

use image::RgbaImage;
use serde_json::Value;

use crate::program::{Program, command, until};
use crate::support::TempDir;
use crate::support::server::{Server as Feed, ok};
use crate::xserver::{Server, shot};

const LONG: Duration = Duration::from_secs(60);
const OURS: (&str, &str) = ("x-floorcast", "1");

const BOARD: &str = r#"{"format":"salesboard/1","board":"b","fresh_for_s":86400,"slides":[
    {"id":"deals","type":"ranking","title":"Deals","rows":[{"name":"Ana","value":3},{"name":"Ben","value":2}]},
    {"id":"calls","type":"ranking","title":"Calls","rows":[{"name":"Ben","value":9},{"name":"Ana","value":4}]}]}"#;

/// A wall with a door, and what is needed to knock.
struct Wall {
    program: Program,
    port: u16,
    _files: TempDir,
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Wall {
    fn start(screen: &Server, feed: &Feed, settings: &str) -> Wall {
        let (files, port) = (TempDir::new(), free_port());
        let config = format!(
            "pixel_shift = false\nfeed = {{ name = \"crm\", url = {:?}, interval_s = 2 }}\n[screen]\nname = \"floor-2\"\n\
             [playlist]\nslides = [{{ feed = \"crm\", dwell_s = 600 }}]\n[remote]\n{settings}\n",
            feed.url("/board.json")
        );
        let config = files.write("kiosk.toml", config.replace("PORT", &port.to_string()));
        files.write("token", "s3cret-token\n");
        let mut program = screen.program(&["--config", config.to_str().unwrap()]);
        program.wait_for("the wall can be seen and steered");
        program.wait_for("first picture");
        Wall { program, port, _files: files }
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        let mut head = format!("{method} {path} HTTP/1.1\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
        if !headers.iter().any(|(name, _)| *name == "host") {
            head += &format!("host: 127.0.0.1:{}\r\n", self.port);
        }
        headers.iter().for_each(|(name, value)| head += &format!("{name}: {value}\r\n"));
        stream.write_all(format!("{head}\r\n{body}").as_bytes()).unwrap();
        let mut bytes = Vec::new();
        // Who is refused before the whole body was read may see the end of the connection first.
        let read = stream.read_to_end(&mut bytes);
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or_else(|| panic!("{path}: {read:?}"));
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        Answer { status: head[9..12].parse().unwrap(), head: head.to_lowercase(), body: bytes[end + 4..].to_vec() }
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], "")
    }

    #[track_caller]
    fn act(&self, form: &str) {
        let answer = self.ask("POST", "/do", &[OURS], form);
        assert_eq!(answer.status, 200, "{form}: {}", answer.text());
    }

    fn status(&self) -> Value {
        serde_json::from_slice(&self.get("/status.json").body).unwrap_or_default()
    }

    /// Waits until the state is like that.
    #[track_caller]
    fn wait(&mut self, what: &str, right: impl Fn(&Value) -> bool) {
        let mut last = Value::Null;
        let there = until(LONG, || {
            last = self.status();
            right(&last)
        });
        assert!(there, "{what}: {last:#}\n{}", self.program.log());
    }

    fn picture(&self) -> RgbaImage {
        let answer = self.get("/screenshot.png");
        assert_eq!(answer.status, 200, "{}", answer.text());
        image::load_from_memory(&answer.body).unwrap().to_rgba8()
    }

    /// Waits until the desk sees what stands on the screen.
    #[track_caller]
    fn wait_picture(&mut self, what: &str, screen: &Server, right: impl Fn(&RgbaImage) -> bool) {
        let there = until(LONG, || {
            let picture = self.picture();
            picture == screen.screen() && right(&picture)
        });
        assert!(there, "{what}\n{}", self.program.log());
    }
}

fn title(status: &Value) -> &str {
    status["on"]["title"].as_str().unwrap_or_default()
}

fn run(folder: &Path, args: &[&str]) -> std::process::Output {
    command(folder).args(args).output().unwrap()
}

#[test]
fn a_desk_sees_what_is_on_the_wall_and_steers_it() {
    let Some(screen) = Server::start("640x360") else { return };
    let feed = Feed::start(|_| ok(BOARD));
    let mut wall = Wall::start(&screen, &feed, "listen = \"127.0.0.1:PORT\"");
    wall.wait("the board is there", |status| title(status) == "DEALS" && status["feeds"][0]["state"] == "good");
    let first = wall.picture();
    wall.wait_picture("the picture is the one on the screen", &screen, |_| true);
    // A message takes the place, is said, and goes; the programme is where it was.
    wall.act("do=say&text=Pipeline+review+16%3A00&minutes=20");
    wall.wait("the message is on", |status| status["message"][0] == "Pipeline review 16:00");
    wall.wait_picture("the message is on the screen", &screen, |picture| *picture != first);
    let message = wall.picture();
    wall.act("do=unsay");
    wall.wait_picture("the message is gone", &screen, |picture| *picture != message);
    wall.act("do=say&text=Short&minutes=0.02");
    wall.wait("a short one goes by itself", |status| status["message"].is_null());
    // Next, pin, order.
    wall.act("do=next");
    wall.wait("the next slide", |status| title(status) == "CALLS" && status["next"][0]["title"] == "DEALS");
    wall.act("do=pin&slide=crm/deals");
    wall.wait("the pinned slide", |status| title(status) == "DEALS" && status["next"] == serde_json::json!([]));
    wall.act("do=unpin");
    wall.act("do=playlist&slide_0=crm/deals&place_0=2&slide_1=crm/calls&place_1=1&seconds_1=30");
    wall.wait("another order", |status| {
        status["slides"][0]["title"] == "CALLS" && status["slides"][0]["dwell_s"] == 30.0
    });
    let bright = wall.picture();
    let light = |picture: &RgbaImage| picture.pixels().map(|p| u64::from(p[0]) + u64::from(p[1])).sum::<u64>();
    wall.act("do=brightness&percent=30");
    wall.wait_picture("darker", &screen, |picture| light(picture) * 2 < light(&bright));
    wall.act("do=brightness&percent=100");
    wall.act("do=quiet&from=18:00&to=08:00");
    wall.wait("quiet", |status| status["quiet"] == serde_json::json!(["18:00", "08:00"]));
    let refused = wall.ask("POST", "/do", &[OURS, ("accept-language", "ja")], "do=brightness&percent=3");
    assert!(refused.status == 422 && refused.text().contains("明るさ"), "{}", refused.text());
    assert_eq!(wall.ask("POST", "/do", &[OURS], "do=pin&slide=nothing").status, 422);
    // What programs read.
    let health = wall.get("/healthz");
    assert!(health.status == 200 && health.text().starts_with("OK"), "{}", health.text());
    let metrics = wall.get("/metrics").text();
    for name in
        ["frames_wanted_total", "frames_missed_total", "memory_bytes", "restarts", "feed_age_seconds{feed=\"crm\"}"]
    {
        assert!(metrics.contains(&format!("\nfloorcast_{name}")), "{name} in {metrics}");
    }
    assert!(wall.get("/log").text().contains("first picture after"));
    // The page, in both languages, whole without a script.
    let page = wall.get("/");
    assert!(page.status == 200 && page.head.contains("script-src") == page.text().contains("<script"), "{}", page.head);
    for part in ["floor-2", "CALLS", "crm", "name=\"text\"", "value=\"restart\"", "/screenshot.png", "18:00"] {
        assert!(page.text().contains(part), "{part} in {}", page.text());
    }
    let page = wall.ask("GET", "/", &[("accept-language", "ja")], "").text();
    assert!(page.contains("lang=\"ja\"") && page.contains("プレイリスト"), "{page}");
    // A start anew keeps what was changed from the desk.
    wall.act("do=pin&slide=crm/deals");
    let pid = wall.program.id();
    wall.act("do=restart");
    wall.program.wait_for("the wall can be seen");
    wall.program.wait_for("first picture");
    wall.wait("the order, the pin and the quiet hours are kept", |status| {
        status["is_changed"] == true && status["pinned"] == "crm/deals" && title(status) == "DEALS"
    });
    assert_eq!(wall.program.id(), pid, "a supervisor sees no end");
}

#[test]
fn the_desk_sees_what_shot_would_draw() {
    let Some(screen) = Server::start("640x360") else { return };
    let feed = Feed::start(|_| ok(r#"{"format":"salesboard/1","slides":[{"type":"message","text":"Hello"}]}"#));
    let mut wall = Wall::start(&screen, &feed, "listen = \"127.0.0.1:PORT\"");
    wall.wait("the message", |status| !status["on"].is_null());
    let folder = TempDir::new();
    let tape = folder.write("b.json", r#"{"format":"salesboard/1","slides":[{"type":"message","text":"Hello"}]}"#);
    let drawn = shot(&["--feed", tape.to_str().unwrap(), "--size", "640x360", "--at", "5s"]);
    // The clock in the header is another; below it stands the same, but for a level of dither.
    let same = |picture: &RgbaImage| {
        let near = |(a, b): (&image::Rgba<u8>, &image::Rgba<u8>)| (0..3).all(|i| a[i].abs_diff(b[i]) <= 3);
        picture.rows().zip(drawn.rows()).skip(70).all(|(a, b)| a.zip(b).all(near))
    };
    wall.wait_picture("as shot draws it", &screen, same);
}

#[test]
fn commands_use_the_same_door() {
    let Some(screen) = Server::start("320x180") else { return };
    let feed = Feed::start(|_| ok(BOARD));
    let mut wall = Wall::start(&screen, &feed, "listen = \"127.0.0.1:PORT\"\ntoken_file = \"token\"");
    let folder = TempDir::new();
    let token = folder.write("token", "s3cret-token\n");
    let at = format!("127.0.0.1:{}", wall.port);
    let door = ["--at", &at, "--token-file", token.to_str().unwrap()];
    let said = run(folder.path(), &[&["say", "Review 16:00", "--for", "20m"][..], &door].concat());
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let looked = || {
        let out = run(folder.path(), &[&["look", "-o", "wall.png"][..], &door].concat());
        (out.status.success(), String::from_utf8(out.stdout).unwrap())
    };
    let there = until(LONG, || looked().1.contains("DEALS"));
    let (fine, text) = looked();
    assert!(there && fine && text.contains("message Review 16:00") && text.contains("feed    crm good"), "{text}");
    let picture = image::open(folder.path().join("wall.png")).unwrap();
    assert_eq!((picture.width(), picture.height()), (320, 180));
    let is_muted = || {
        let out = run(folder.path(), &[&["look", "--json"][..], &door].concat());
        serde_json::from_slice::<Value>(&out.stdout).unwrap()["is_muted"].as_bool()
    };
    for (state, muted) in [("off", true), ("on", false)] {
        assert!(run(folder.path(), &[&["sound", state][..], &door].concat()).status.success());
        assert_eq!(is_muted(), Some(muted));
    }
    let refused = run(folder.path(), &["say", "x", "--at", &at]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--token-file"), "{refused:?}");
    let nowhere = run(folder.path(), &["look"]);
    assert!(nowhere.status.code() == Some(2) && String::from_utf8_lossy(&nowhere.stderr).contains("[remote]"));
    assert!(wall.program.is_running());
}

#[test]
fn a_stranger_gets_401_everywhere_and_no_other_site_gets_in() {
    let Some(screen) = Server::start("320x180") else { return };
    let feed = Feed::start(|_| ok(BOARD));
    let mut wall = Wall::start(&screen, &feed, "listen = \"0.0.0.0:PORT\"\ntoken_file = \"token\"\ncode = true");
    for path in
        ["/", "/screenshot.png", "/healthz", "/metrics", "/log", "/status.json", "/static/remote.css", "/x", "/do"]
    {
        for headers in [
            &[][..],
            &[("authorization", "Bearer wrong")],
            &[("accept", "text/html")],
            &[("cookie", "floorcast-remote=A")],
        ] {
            let answer = wall.ask("GET", path, headers, "");
            assert_eq!(answer.status, 401, "{path} {headers:?}");
            assert!(!answer.text().contains("floor-2") && !answer.text().contains("crm"), "{}", answer.text());
        }
        for headers in [&[OURS][..], &[], &[("origin", "http://evil.example")]] {
            assert_eq!(wall.ask("POST", path, headers, "do=restart").status, 401, "{path} {headers:?}");
        }
    }
    // With the token all of it, but never for another site or under another's name.
    let token = ("authorization", "Bearer s3cret-token");
    assert_eq!(wall.ask("GET", "/healthz", &[token], "").status, 200);
    assert_eq!(wall.ask("POST", "/do", &[token, OURS, ("origin", "http://evil.example")], "do=next").status, 403);
    assert_eq!(wall.ask("POST", "/do", &[token, ("sec-fetch-site", "cross-site")], "do=next").status, 403);
    assert_eq!(wall.ask("GET", "/", &[token, ("host", "evil.example")], "").status, 421);
    let long = format!("do=say&minutes=1&text={}", "x".repeat(100_000));
    assert_eq!(wall.ask("POST", "/do", &[token, OURS], &long).status, 413);
    // The code is nowhere but on the wall: who has read it gets a cookie.
    let before = screen.screen();
    let own = format!("http://127.0.0.1:{}", wall.port);
    let (origin, accept) = (("origin", own.as_str()), ("accept", "text/html"));
    assert_eq!(wall.ask("POST", "/show-code", &[origin, accept], "").status, 401);
    assert!(until(LONG, || screen.screen() != before), "the code is on the wall: {}", wall.program.log());
    let status: Value = serde_json::from_slice(&wall.ask("GET", "/status.json", &[token], "").body).unwrap();
    let code = status["message"][0].as_str().unwrap().to_owned();
    assert_eq!(wall.ask("POST", "/sign-in", &[origin], "code=AAAA-AAAA").status, 401);
    assert_eq!(wall.ask("POST", "/sign-in", &[("origin", "http://evil.example")], &format!("code={code}")).status, 401);
    let signed_in = wall.ask("POST", "/sign-in", &[origin], &format!("code={code}"));
    let cookie = signed_in.head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap().to_owned();
    assert!(cookie.contains("httponly") && cookie.contains("samesite=strict"), "{cookie}");
    // Secrets keep their case, heads here do not.
    let log = wall.ask("GET", "/log", &[token], "").text();
    assert!(!log.contains(&code) && !log.contains("s3cret"), "{log}");
}

#[test]
fn visitors_who_never_finish_cost_nothing() {
    let Some(screen) = Server::start("320x180") else { return };
    let feed = Feed::start(|_| ok(BOARD));
    let mut wall = Wall::start(&screen, &feed, "listen = \"127.0.0.1:PORT\"");
    let slow: Vec<TcpStream> = (0..100)
        .map(|_| {
            let mut stream = TcpStream::connect(("127.0.0.1", wall.port)).unwrap();
            stream.write_all(b"GET / HTTP/1.1\r\nhost: 127.0").unwrap();
            stream
        })
        .collect();
    // The wall draws what its feed says meanwhile.
    let drawn = wall.program.frames().len();
    feed.answer(|_| ok(BOARD.replace("\"Deals\"", "\"Won\"")));
    assert!(until(LONG, || wall.program.frames().len() > drawn), "{}", wall.program.log());
    // They are sent away, and there is room again.
    let there = until(LONG, || {
        TcpStream::connect(("127.0.0.1", wall.port)).is_ok_and(|mut stream| {
            let mut answer = String::new();
            let asked = stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
            asked.is_ok() && stream.read_to_string(&mut answer).is_ok() && answer.starts_with("HTTP/1.1 200")
        })
    });
    assert!(there, "{}", wall.program.log());
    drop(slow);
}
