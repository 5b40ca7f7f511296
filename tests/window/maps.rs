//! A map that runs wild beside a wall that moves: the kiosk itself neither grows nor stops drawing, and keeps its board.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::program::{Frame, Program, until};
use crate::support::TempDir;
use crate::support::rig::board;
use crate::xserver::Server;

/// How much the kiosk may have grown afterwards, and at any time in between.
const GROWTH_MIB: f64 = 8.0;
/// How much later than on a calm wall a frame in a hundred may come. A drawing thread that waited for a map would stand
/// still for whole seconds; what is less is the processor, which drawing shares here with the maps and with other tests.
const LATER_MS: f64 = 300.0;
/// So many frames of the calm wall are looked at.
const CALM: usize = 120;
/// Longest that anything takes on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(120);

const GOOD: &str = "{format: \"salesboard/1\", slides: [{type: \"message\", title: \"Old\", text: \"board\"}]}";

/// A board whose figures roll for ever: they are others at each look.
struct Motion {
    over: Arc<AtomicBool>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Motion {
    fn start(file: &Path) -> Motion {
        let over = Arc::new(AtomicBool::new(false));
        let (file, ends, draft) = (file.to_owned(), over.clone(), file.with_extension("new"));
        let thread = std::thread::Builder::new().name("motion".into()).spawn(move || {
            for rev in 1.. {
                std::fs::write(&draft, board(1000 * rev)).unwrap();
                std::fs::rename(&draft, &file).unwrap();
                if until(Duration::from_millis(700), || ends.load(Ordering::SeqCst)) {
                    return;
                }
            }
        });
        let thread = Some(thread.unwrap());
        Motion { over, thread }
    }
}

impl Drop for Motion {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        self.thread.take().map(std::thread::JoinHandle::join);
    }
}

/// What the process has made for itself, in MiB, wherever it lies. Pages of files count as its own or not as others come
/// and go that map them too.
fn own_mib(pid: u32) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap();
    let kib = |key: &str| -> f64 {
        let line = text.lines().find(|line| line.starts_with(key)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    };
    (kib("Anonymous:") + kib("Swap:")) / 1024.0
}

/// How late a frame in a hundred is, in ms, and how many there were.
fn p99(frames: &[Frame]) -> (f64, usize) {
    let shown = frames.iter().filter(|frame| frame.outcome.starts_with("shown"));
    let mut late: Vec<f64> = shown.map(|frame| frame.done_ms - frame.wanted_ms).collect();
    late.sort_by(f64::total_cmp);
    assert!(late.len() > 100, "the wall moves: {} frames", late.len());
    (late[late.len() * 99 / 100], late.len())
}

/// Waits until so many frames were shown after the first `begin`.
#[track_caller]
fn wait_shown(program: &Program, begin: usize, count: usize) {
    let shown = || program.frames()[begin..].iter().filter(|frame| frame.outcome.starts_with("shown")).count();
    assert!(until(PATIENCE, || shown() >= count), "the wall moves: {} frames", shown());
}

/// Whether the map's feed has a board, and what went wrong last.
fn said(program: &Program) -> (bool, String) {
    let status = floorcast::store::Status::read(&program.folder().join("run/status.json")).unwrap();
    let feed = status.and_then(|status| status.feeds.into_iter().nth(1));
    let Some(feed) = feed else { return (false, String::new()) };
    (feed.board.is_some(), feed.attempts.last_error.map(|error| error.text).unwrap_or_default())
}

#[test]
fn maps_that_run_wild_cost_the_wall_nothing() {
    let Some(server) = Server::start("640x360") else { return };
    let folder = TempDir::new();
    let show = folder.path().join("show.json");
    let motion = Motion::start(&show);
    folder.write("map.jq", GOOD);
    folder.write("body.json", "{}");
    let settings = folder.write(
        "kiosk.toml",
        "[[feed]]\nname = \"show\"\nurl = \"show.json\"\n\
         [[feed]]\nname = \"crm\"\nmap = \"map.jq\"\n[[feed.source]]\nname = \"deals\"\nfile = \"body.json\"\n\
         [playlist]\nslides = [{ feed = \"show\" }]\nrest = false\n",
    );
    let mut program = server.program(&["--config", settings.to_str().unwrap()]);
    program.wait_for("first picture");
    std::thread::sleep(Duration::from_secs(3));
    let begin = program.frames().len();
    wait_shown(&program, begin, CALM);
    let calm = p99(&program.frames()[begin..]);
    let (before, mut most) = (own_mib(program.id()), 0.0_f64);

    let deep = "[".repeat(200_000);
    let begin = program.frames().len();
    for (what, map, body, says) in [
        ("a call without end", "def f: f; f", "{}", "map.jq: the map "),
        ("memory", "[range(1e9)]", "{}", "512 MiB of memory"),
        ("deep JSON", ".", deep.as_str(), "nested deeper than 64 levels"),
        ("the environment", "env", "{}", "`env` is no part of a map"),
        ("an answer of 100 MB", "{x: (\"x\" * 100000000)}", "{}", "larger than 1 MiB"),
        ("no board", "[1]", "{}", "expected a board"),
    ] {
        std::fs::rename(folder.write("body.new", body), folder.path().join("body.json")).unwrap();
        folder.write("map.jq", map);
        let ended = until(Duration::from_secs(60), || {
            most = most.max(own_mib(program.id()));
            let (has_board, error) = said(&program);
            has_board && error.contains(says)
        });
        assert!(ended, "{what}: {:?}\n{}", said(&program), program.log());
    }
    wait_shown(&program, begin, CALM);
    let wild = p99(&program.frames()[begin..]);
    let after = own_mib(program.id());
    drop(motion);
    program.terminate();
    assert_eq!(program.code(), 0, "{}", program.log());
    let figures = format!(
        "memory {before:.1} MiB, at most {most:.1}, afterwards {after:.1}; p99 {:.1} ms of {} frames, with wild maps {:.1} ms of {}",
        calm.0, calm.1, wild.0, wild.1
    );
    eprintln!("{figures}");
    assert!(most - before < GROWTH_MIB && after - before < GROWTH_MIB, "{figures}");
    assert!(wild.0 - calm.0 < LATER_MS, "{figures}");
    assert!(!program.log().contains("panicked"), "{}", program.log());
}

/// So many deals, the first of which is worth `amount`.
fn deals(rows: usize, amount: usize) -> String {
    let row = |i: usize| {
        let (day, who, team) = (1 + i % 28, i * 7 % 30, i * 7 % 6);
        format!("2026-11-{day:02},Person {who},Team {team},{},Won\n", if i == 0 { amount } else { 1000 + i % 977 })
    };
    format!("Close date,Sales agent,Team,Amount,Stage\n{}", (0..rows).map(row).collect::<String>())
}

#[test]
fn a_long_table_that_comes_in_costs_the_wall_nothing() {
    let Some(server) = Server::start("640x360") else { return };
    let folder = TempDir::new();
    let motion = Motion::start(&folder.path().join("show.json"));
    // The board says which table it was made of.
    folder.write("map.jq", r#".sources.deals as $rows | deals("deals") | .board = "n\($rows[0].Amount)""#);
    let place = |amount: usize| {
        let draft = folder.write("deals.new", deals(8_800, amount));
        std::fs::rename(draft, folder.path().join("deals.csv")).unwrap();
    };
    place(1);
    let settings = folder.write(
        "kiosk.toml",
        "[[feed]]\nname = \"show\"\nurl = \"show.json\"\n\
         [[feed]]\nname = \"crm\"\nmap = \"map.jq\"\n[[feed.source]]\nname = \"deals\"\nfile = \"deals.csv\"\n\
         [playlist]\nslides = [{ feed = \"show\" }]\nrest = false\n",
    );
    let mut program = server.program(&["--config", settings.to_str().unwrap()]);
    program.wait_for("first picture");
    let taken = |program: &mut Program, amount: usize| {
        let id = Some(format!("n{amount}"));
        program.wait_status(&format!("table {amount}"), |status| status.feeds.get(1).is_some_and(|f| f.board == id));
    };
    taken(&mut program, 1);
    std::thread::sleep(Duration::from_secs(3));
    let calm = Work::now(&program);
    wait_shown(&program, program.frames().len(), CALM);
    let busy = Work::now(&program);
    for amount in 2..12 {
        place(amount);
        taken(&mut program, amount);
    }
    let end = Work::now(&program);
    drop(motion);
    program.terminate();
    assert_eq!(program.code(), 0, "{}", program.log());
    let (calm, busy) = (busy.since(&calm), end.since(&busy));
    let figures = format!("{calm:.1} ms of the drawing thread's time for a frame, {busy:.1} while tables come in");
    eprintln!("{figures}");
    assert!(busy < calm * 1.5 + 2.0, "{figures}");
}

/// What the drawing thread has done so far. How late a frame is says more of what else the machine does.
struct Work {
    frames: usize,
    ms: f64,
}

impl Work {
    fn now(program: &Program) -> Work {
        // The first thread draws; the first number is its time on a processor in ns.
        let text = std::fs::read_to_string(format!("/proc/{0}/task/{0}/schedstat", program.id())).unwrap();
        let ns: f64 = text.split(' ').next().unwrap().parse().unwrap();
        let frames = program.frames().iter().filter(|frame| frame.outcome.starts_with("shown")).count();
        Work { frames, ms: ns / 1e6 }
    }

    /// Its time for a frame since then.
    fn since(&self, then: &Work) -> f64 {
        let frames = self.frames - then.frames;
        assert!(frames > 20, "the wall moves: {frames} frames");
        (self.ms - then.ms) / frames as f64
    }
}
