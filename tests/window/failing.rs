//! Calls to the system fail, SQLite's way: no wall may be dead after it.
//!
//! A library in front of the system's own lets a call fail by the place in the program where it is made. One run counts these
//! places; in the runs after it a third of them fail once, some of them in one run. The law: within a minute the newest
//! boards are on the wall, and it stops when it is told to, or the process ends with 75 soon after, so that its supervisor
//! starts it again. `FLOORCAST_FAILING=own` lets every place of the program fail so, a list of kinds as in `clock,mmap` those of these
//! kinds, and `all` each place alone, with each of its errors, and those of the system's libraries too: these may end the
//! process otherwise, but never well, and never leave it dead. It takes 20 minutes. A
//! kind as `library-write` means the places of this kind in the system's libraries.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use crate::program::{command, have, signal, until};
use crate::support::TempDir;
use crate::support::server::{Server as Feed, ok};
use crate::xserver::Server;

const LIMIT: Duration = Duration::from_secs(60);
/// A wall that shows nothing new by then ends soon: its judge gives a display a minute, and looks at it every 10 s.
const NOTICED: Duration = Duration::from_secs(45);
/// One look: a wall that hangs takes a visitor in and says nothing.
const LOOK: Duration = Duration::from_secs(2);
const MAX_HUNG: usize = 30;
/// A stop is obeyed within 5 s, and a busy machine is given some more.
const STOP: Duration = Duration::from_secs(20);
/// Places that fail in one run, half as many where they are tried again; walls at the same time; and how often a place is tried
/// that no run has come to.
const TOGETHER: usize = 10;
const WALLS: usize = 4;
const ROUNDS: usize = 3;
/// Of so many places one fails in a usual run of the tests: all of them take more than a minute.
const STEP: usize = 3;
/// Kinds that fail in the long runs only: no kernel refuses the time, and the runtime ends where it gets no memory.
const RARE: [&str; 2] = ["clock", "mmap"];
const BEFORE_MAIN: &str = "failed to allocate an alternative stack";

const EIO: i32 = 5;
const EAGAIN: i32 = 11;
const ENOMEM: i32 = 12;
const ENOSPC: i32 = 28;
const EPIPE: i32 = 32;

/// How each kind of call may fail.
fn errors(kind: &str) -> &'static [i32] {
    match kind {
        "write" => &[EPIPE, ENOSPC, EIO, EAGAIN],
        "fsync" | "rename" => &[EIO, ENOSPC],
        "open" => &[EIO, ENOSPC, ENOMEM],
        "mmap" => &[ENOMEM],
        "send" => &[EPIPE, ENOMEM, EAGAIN],
        "recv" => &[EIO, ENOMEM, EAGAIN],
        "clock" => &[EIO],
        _ => panic!("{kind}"),
    }
}

/// A place where the program calls the system.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Site {
    kind: String,
    id: String,
    /// The program's own call, not one of a library's.
    is_own: bool,
}

type Fault = (Site, i32);

/// Lines of the library: kind, place, and a number.
fn lines(path: &Path) -> Vec<(String, String, i32)> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let line = |line: &str| {
        let mut words = line.split(' ').map(str::to_owned);
        Some((words.next()?, words.next()?, words.next()?.parse().ok()?))
    };
    text.lines().filter_map(line).collect()
}

fn shim() -> Option<PathBuf> {
    if !have("cc") {
        return None;
    }
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("failing.so");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shim/failing.c");
    let mut cc = Command::new("cc");
    cc.args(["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o"]).arg(&out).arg(source).arg("-ldl");
    assert!(cc.status().unwrap().success());
    Some(out)
}

/// What became of a wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// The newest boards were on it, and it stopped when it was told to.
    Shows,
    /// It has ended with this code, or by a signal.
    Ended(Option<i32>),
    /// It lives and shows something old.
    Dead,
    /// It goes on though it was told to stop.
    Deaf,
}

/// A wall with a feed over HTTP, a file and a map; with photos and events.
struct Wall {
    child: Child,
    feed: Feed,
    folder: TempDir,
    port: u16,
}

impl Wall {
    fn start(screen: &Server, shim: &Path, env: &[(&str, String)]) -> Wall {
        let (folder, feed) = (TempDir::new(), Feed::start(|_| ok("")));
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        folder.write(
            "kiosk.toml",
            format!(
                "[[feed]]\nname = \"a\"\nurl = {:?}\ninterval_s = 2\n[[feed]]\nname = \"b\"\nurl = \"b.json\"\n\
                 [[feed]]\nname = \"m\"\nmap = \"m.jq\"\ninterval_s = 2\n[[feed.source]]\nname = \"deals\"\nfile = \"m.json\"\n\
                 [remote]\nlisten = \"127.0.0.1:{port}\"\n",
                feed.url("/board.json")
            ),
        );
        folder.write(
            "m.jq",
            r#"{format: "salesboard/1", slides: [{type: "ranking", id: "m", title: "M\(.sources.deals.rev)", rows: [{name: "Ana", value: 1}]}]}"#,
        );
        let mut command = command(folder.path());
        let log = std::fs::File::create(folder.path().join("log")).unwrap();
        command.args(["--config", "kiosk.toml"]).env("DISPLAY", &screen.display).env("LD_PRELOAD", shim);
        command.envs(env.iter().map(|(name, value)| (name, value))).stdout(Stdio::null()).stderr(log);
        let wall = Wall { child: command.spawn().unwrap(), feed, folder, port };
        wall.put(1);
        wall
    }

    /// All its sources have this document from now on.
    fn put(&self, rev: u32) {
        let document = move |title: &str| {
            format!(
                r#"{{"format":"salesboard/1","board":"b","epoch":"e","rev":{rev},"as_of":"2026-01-05T12:00:00Z",
                "events":[{{"id":"deal-{rev}","at":"2026-01-05T12:00:00Z","kind":"won","who":["p1"]}}],
                "people":{{"p1":{{"name":"Ana","photo":{{"url":"ana.png"}}}}}},
                "slides":[{{"type":"ranking","title":"{title}{rev}","rows":[{{"who":"p1","value":{rev}}}]}}]}}"#
            )
        };
        self.feed.answer(move |_| ok(document("A")));
        self.folder.write("m.json", format!("{{\"rev\": {rev}}}"));
        self.folder.write("b.json", document("B"));
    }

    fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    fn ended(&mut self) -> Option<Outcome> {
        let status = self.child.try_wait().unwrap()?;
        Some(Outcome::Ended(status.code().or(status.signal().map(|signal| -signal))))
    }

    /// Whether the wall says at its own door that all have this document; `None`: it said nothing in time.
    fn shows(&self, rev: u32) -> Option<bool> {
        let ask = || -> std::io::Result<String> {
            let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
            stream.set_read_timeout(Some(LOOK))?;
            stream.write_all(b"GET /status.json HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer).map(|_| answer)
        };
        let answer = match ask() {
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => return None,
            answer => answer.unwrap_or_default(),
        };
        Some(["A", "B", "M"].iter().all(|title| answer.contains(&format!("\"title\":\"{title}{rev}\""))))
    }

    fn judge(&mut self) -> Outcome {
        for rev in [1, 2] {
            self.put(rev);
            let mut hung = 0;
            let there = until(LIMIT, || {
                let shows = self.shows(rev);
                hung += usize::from(shows.is_none());
                self.has_ended() || shows == Some(true) || hung > MAX_HUNG
            });
            if let Some(ended) = self.ended() {
                return ended;
            }
            if !there || hung > MAX_HUNG {
                // It may have noticed, and be about to end.
                return match until(NOTICED, || self.has_ended()) {
                    true => self.ended().expect("it has ended"),
                    false => Outcome::Dead,
                };
            }
        }
        signal("-TERM", self.child.id());
        if until(STOP, || self.has_ended()) { Outcome::Shows } else { Outcome::Deaf }
    }
}

impl Drop for Wall {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The places where a wall calls the system.
fn sites(screen: &Server, shim: &Path) -> Vec<Site> {
    let counted = TempDir::new();
    let path = counted.path().join("sites");
    let mut wall = Wall::start(screen, shim, &[("FAIL_COUNT", path.display().to_string())]);
    let outcome = wall.judge();
    assert_eq!(outcome, Outcome::Shows, "{}", std::fs::read_to_string(wall.folder.path().join("log")).unwrap());
    lines(&path).into_iter().map(|(kind, id, own)| Site { kind, id, is_own: own == 1 }).collect()
}

/// One wall with these faults: what became of it, which of them came about, and its log.
fn run(screen: &Server, shim: &Path, faults: &[Fault]) -> (Outcome, BTreeSet<String>, String) {
    let list: Vec<String> = faults.iter().map(|(site, error)| format!("{}:{}:{error}", site.kind, site.id)).collect();
    let hits = TempDir::new();
    let path = hits.path().join("hits");
    let env = [("FAIL_SITES", list.join(",")), ("FAIL_LOG", path.display().to_string())];
    let mut wall = Wall::start(screen, shim, &env);
    let outcome = wall.judge();
    let hit = lines(&path).into_iter().map(|(_, id, _)| id).collect();
    (outcome, hit, std::fs::read_to_string(wall.folder.path().join("log")).unwrap_or_default())
}

/// Runs walls at the same time until every group has had one: each group's outcome, what came about, and the log.
fn run_all(
    screen: &Server,
    shim: &Path,
    groups: Vec<Vec<Fault>>,
) -> Vec<(Vec<Fault>, Outcome, BTreeSet<String>, String)> {
    let (queue, done) = (Mutex::new(VecDeque::from(groups)), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..WALLS {
            scope.spawn(|| {
                while let Some(faults) = { queue.lock().unwrap().pop_front() } {
                    let (outcome, hit, log) = run(screen, shim, &faults);
                    done.lock().unwrap().push((faults, outcome, hit, log));
                }
            });
        }
    });
    done.into_inner().unwrap()
}

/// The faults in groups, each of which has some of every kind. A clock that fails ends the program at once: it is alone, or the
/// others would never come about.
fn groups(faults: &[Fault], together: usize) -> Vec<Vec<Fault>> {
    let (alone, others): (Vec<_>, Vec<_>) = faults.iter().partition(|(site, _)| site.kind == "clock");
    let n = others.len().div_ceil(together);
    let mixed = (0..n).map(|group| others.iter().skip(group).step_by(n).map(|fault| (*fault).clone()).collect());
    mixed.chain(alone.into_iter().map(|fault| vec![fault.clone()])).collect()
}

#[test]
fn no_call_that_fails_leaves_a_dead_wall() {
    let (Some(screen), Some(shim)) = (Server::start("160x90"), shim()) else { return };
    let all = sites(&screen, &shim);
    let asked = std::env::var("FLOORCAST_FAILING").unwrap_or_default();
    let is_alone = asked == "all" || asked.contains("library-");
    let step = if asked.is_empty() { STEP } else { 1 };
    let of = |(n, site): (usize, &Site)| -> Vec<Fault> {
        let errors = errors(&site.kind);
        let error = |error: &i32| (site.clone(), *error);
        if is_alone { errors.iter().map(error).collect() } else { vec![(site.clone(), errors[n % errors.len()])] }
    };
    let is_usual = |site: &&Site| match asked.as_str() {
        "" => site.is_own && !RARE.contains(&site.kind.as_str()),
        "own" => site.is_own,
        "all" => true,
        kinds => kinds.split(',').any(|kind| match kind.strip_prefix("library-") {
            Some(kind) => !site.is_own && kind == site.kind,
            None => site.is_own && kind == site.kind,
        }),
    };
    let meant = all.iter().filter(is_usual).enumerate().step_by(step);
    let mut pending: Vec<Fault> = meant.flat_map(of).collect();
    let (total, mut counts, mut wrong) = (pending.len(), BTreeMap::new(), Vec::new());
    for round in 0..if is_alone { 1 } else { ROUNDS } {
        let runs = run_all(&screen, &shim, groups(&pending, if is_alone { 1 } else { TOGETHER >> round }));
        pending.clear();
        for (faults, outcome, hit, log) in runs {
            *counts.entry(outcome).or_insert(0) += 1;
            let is_own = faults.iter().all(|(site, _)| site.is_own);
            let is_right = match outcome {
                Outcome::Shows | Outcome::Ended(Some(75)) => true,
                // Rust's runtime ends so before the first line of the program.
                Outcome::Ended(Some(-6)) if log.contains(BEFORE_MAIN) => true,
                Outcome::Ended(code) => !is_own && code != Some(0),
                Outcome::Dead | Outcome::Deaf => false,
            };
            if !is_right {
                wrong.push(format!("{outcome:?} after {hit:?} of {faults:?}\n{log}"));
            }
            pending.extend(faults.into_iter().filter(|(site, _)| !hit.contains(&site.id)));
        }
    }
    eprintln!("{total} faults, {} never came about; walls: {counts:?}", pending.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(total > 15, "only {total} faults");
    assert!(pending.len() * 2 < total, "{} of {total} never came about", pending.len());
}
