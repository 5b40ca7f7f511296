//! The power goes at every step of every file that a kiosk keeps; a disk that is full or cannot be written.

use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use floorcast::board::Update;
use floorcast::feed::{FeedOptions, Tape};
use floorcast::store::{Entry, Status, Store};
use image::ImageFormat;

use crate::program::{self, signal, until};
use crate::support::TempDir;
use crate::support::rig::{Rig, options};
use crate::support::server::{Server, Step, http, ok};
use crate::xserver;

const LONG: Duration = Duration::from_secs(60);
const STEPS: [&str; 6] = ["begin", "created", "half", "written", "synced", "renamed"];

/// A board of which everything is kept: itself, the id of a celebration, a picture.
fn document(rev: u64) -> String {
    serde_json::json!({
        "format": "salesboard/1", "board": "b", "epoch": "e", "rev": rev,
        "people": {"p1": {"name": "Ana", "photo": {"url": format!("{rev}.png")}}},
        "events": [{"id": format!("deal-{rev}"), "at": "2026-01-05T12:00:00Z", "kind": "won", "who": ["p1"]}],
        "slides": [{"type": "ranking", "title": "Deals", "rows": [{"who": "p1", "value": rev}]}],
    })
    .to_string()
}

fn picture() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbaImage::from_pixel(8, 8, image::Rgba([200, 30, 30, 255])).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// Serves this board.
fn serves(rev: u64) -> impl Fn(&str) -> Vec<Step> {
    move |request| match request.contains(".png") {
        true => http("200 OK", &[], picture()),
        false => ok(document(rev)),
    }
}

/// A kiosk on a virtual screen, with its state in a folder.
struct Kiosk<'a> {
    screen: &'a xserver::Server,
    dir: TempDir,
}

impl Kiosk<'_> {
    fn new<'a>(screen: &'a xserver::Server, server: &Server, state: &Path) -> Kiosk<'a> {
        let dir = TempDir::new();
        let url = server.url("/board.json");
        dir.write("kiosk.toml", format!("[feed]\nurl = {url:?}\ninterval_s = 2\n[cache]\ndir = {state:?}\n"));
        Kiosk { screen, dir }
    }

    /// Starts it; `crash` is where the power goes.
    fn start(&self, crash: Option<&str>) -> Child {
        let log = fs::File::create(self.dir.path().join("log")).unwrap();
        let mut command = program::command(self.dir.path());
        // The status lies among what a power cut must not harm.
        command.env_remove("RUNTIME_DIRECTORY").env_remove("XDG_RUNTIME_DIR");
        command.args(["--config", "kiosk.toml"]).env("DISPLAY", &self.screen.display);
        command.envs(crash.map(|crash| ("FLOORCAST_CRASH", crash)));
        command.stdout(Stdio::null()).stderr(log).spawn().unwrap()
    }

    fn log(&self) -> String {
        fs::read_to_string(self.dir.path().join("log")).unwrap()
    }

    fn count(&self, words: &str) -> usize {
        self.log().matches(words).count()
    }

    /// Stops it in good order.
    #[track_caller]
    fn stop(&self, child: Child) {
        signal("-TERM", child.id());
        assert_eq!(ended(child).and_then(|status| status.code()), Some(0), "{}", self.log());
    }
}

/// How it ended, within a minute.
fn ended(mut child: Child) -> Option<ExitStatus> {
    until(LONG, || child.try_wait().unwrap().is_some());
    let status = child.try_wait().unwrap();
    if status.is_none() {
        child.kill().unwrap();
    }
    status
}

fn entry(path: &Path) -> Option<Entry> {
    Entry::decode(&fs::read(path).ok()?).ok()
}

fn rev(entry: &Entry) -> u64 {
    serde_json::from_slice::<serde_json::Value>(&entry.bytes).unwrap()["rev"].as_u64().unwrap()
}

fn ids(entry: &Entry) -> Vec<String> {
    serde_json::from_slice(&entry.bytes).unwrap()
}

/// The pictures, none of them damaged.
fn photos(state: &Path) -> usize {
    let files = fs::read_dir(state.join("photos")).into_iter().flatten().flatten().map(|file| file.path());
    let whole = files.filter(|path| path.extension().is_none_or(|end| end != "tmp"));
    whole.map(|path| assert!(entry(&path).is_some(), "{} is damaged", path.display())).count()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to.join("photos")).unwrap();
    for folder in [".", "photos"] {
        for file in fs::read_dir(from.join(folder)).unwrap().flatten().filter(|file| file.path().is_file()) {
            fs::copy(file.path(), to.join(folder).join(file.file_name())).unwrap();
        }
    }
}

/// What the folder holds after the power went while it went over from board 1 to board 2.
fn holds_together(state: &Path, what: &str) {
    let board = entry(&state.join("board")).unwrap_or_else(|| panic!("{what}: no board"));
    assert!((1..=2).contains(&rev(&board)), "{what}");
    let events = entry(&state.join("events")).unwrap_or_else(|| panic!("{what}: no ids"));
    assert_eq!(ids(&events)[0], "deal-1", "{what}: what was celebrated is not forgotten");
    assert!(photos(state) >= 1, "{what}: the first picture is kept");
    Status::read(&state.join("status.json")).unwrap_or_else(|why| panic!("{what}: {why}"));
}

/// Started again without a network, the feed shows a board first, and has swept up.
fn shows_a_board(server: &Server, state: &Path, what: &str) -> u64 {
    let url = server.url("/board.json");
    let rig = Rig::start(FeedOptions { store: Some(Store::open(state)), ..options(&url) });
    rig.inbox.wait("a board", |updates| !updates.is_empty());
    let Update::Board(board) = &rig.inbox.updates()[0] else { panic!("{what}: no board at first") };
    for folder in [state.to_owned(), state.join("photos")] {
        let left = fs::read_dir(folder).unwrap().flatten().map(|file| file.path());
        let left: Vec<PathBuf> = left.filter(|path| path.extension().is_some_and(|end| end == "tmp")).collect();
        assert!(left.is_empty(), "{what}: {left:?}");
    }
    board.rev.unwrap()
}

/// A folder that a kiosk with board 1 has left.
fn left_by_the_first_board(screen: &xserver::Server, server: &Server) -> TempDir {
    server.answer(serves(1));
    let seed = TempDir::new();
    let kiosk = Kiosk::new(screen, server, seed.path());
    let child = kiosk.start(None);
    let kept = || entry(&seed.path().join("events")).is_some() && photos(seed.path()) == 1;
    let kept = until(LONG, || entry(&seed.path().join("board")).is_some() && kept());
    kiosk.stop(child);
    assert!(kept, "{:?}\n{}", seed.names(), kiosk.log());
    seed
}

/// Lets the power go at each step of the first write of a file whose path has `name` in it.
fn at_each_step_of(name: &str, after: impl Fn(&str, &Path, u64)) {
    let Some(screen) = xserver::Server::start("640x360") else { return };
    let server = Server::start(serves(1));
    let seed = left_by_the_first_board(&screen, &server);
    for step in STEPS {
        let what = format!("{name}@{step}");
        let state = TempDir::new();
        copy(seed.path(), state.path());
        server.answer(serves(2));
        let kiosk = Kiosk::new(&screen, &server, state.path());
        let status = ended(kiosk.start(Some(&what)));
        assert_eq!(status.and_then(|status| status.signal()), Some(9), "{what} was never reached: {}", kiosk.log());
        holds_together(state.path(), &what);
        server.answer(|_| vec![Step::Hold]);
        let shown = shows_a_board(&server, state.path(), &what);
        after(step, state.path(), shown);
    }
}

#[test]
fn the_power_goes_while_a_board_is_written() {
    at_each_step_of("/board", |step, _, shown| {
        assert_eq!(shown, if step == "renamed" { 2 } else { 1 }, "{step}: the last good board or the one before");
    });
}

#[test]
fn the_power_goes_while_the_celebrated_are_written() {
    at_each_step_of("/events", |step, state, _| {
        let kept = ids(&entry(&state.join("events")).unwrap());
        assert_eq!(kept.contains(&"deal-2".to_owned()), step == "renamed", "{step}: {kept:?}");
    });
}

#[test]
fn the_power_goes_while_a_picture_is_kept() {
    at_each_step_of("/photos/", |step, state, _| {
        assert_eq!(photos(state), if step == "renamed" { 2 } else { 1 }, "{step}");
    });
}

#[test]
fn the_power_goes_while_the_status_is_written() {
    at_each_step_of("/status.json", |step, state, _| {
        assert_eq!(Status::read(&state.join("status.json")).unwrap().is_some(), step == "renamed", "{step}");
    });
}

#[test]
fn a_wall_comes_back_with_its_board_and_no_word_of_damage() {
    let Some(screen) = xserver::Server::start("640x360") else { return };
    let server = Server::start(serves(1));
    let state = left_by_the_first_board(&screen, &server);
    server.answer(serves(2));
    let kiosk = Kiosk::new(&screen, &server, state.path());
    assert_eq!(ended(kiosk.start(Some("/board@half"))).and_then(|status| status.signal()), Some(9), "{}", kiosk.log());
    server.answer(|_| http("503 Busy", &[], ""));
    let child = kiosk.start(None);
    let status =
        || Status::read(&state.path().join("status.json")).unwrap().and_then(|status| status.feeds.into_iter().next());
    let shows = until(LONG, || {
        kiosk.count("first picture") == 1
            && status().is_some_and(|feed| feed.board.as_deref() == Some("b") && feed.attempts.last_error.is_some())
    });
    let said = status();
    kiosk.stop(child);
    assert!(shows, "{said:?}\n{}", kiosk.log());
    assert!(said.unwrap().attempts.last_good.is_some());
    let warned: Vec<String> = kiosk
        .log()
        .lines()
        .filter(|line| line.contains("WARN") && !line.contains("HTTP 503"))
        .map(Into::into)
        .collect();
    assert!(warned.iter().all(|line| !line.contains(state.path().to_str().unwrap())), "{warned:?}");
}

#[test]
fn the_power_goes_while_a_tape_is_recorded() {
    for (crash, bodies) in [("day.tape@half@2", 1), ("day.tape@written@2", 2)] {
        let dir = TempDir::new();
        let server = Server::start(|_| ok(document(1)));
        dir.write("kiosk.toml", format!("[feed]\nurl = {:?}\ninterval_s = 2\n", server.url("/board.json")));
        let mut command = Command::new(env!("CARGO_BIN_EXE_floorcast"));
        command.args(["record", "--config", "kiosk.toml", "-o", "day.tape"]).current_dir(dir.path()).env_clear();
        let child = command.env("FLOORCAST_CRASH", crash).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let first = || fs::read_to_string(dir.path().join("day.tape")).is_ok_and(|text| text.ends_with('\n'));
        assert!(until(LONG, first), "{crash}");
        server.answer(|_| ok(document(2)));
        assert_eq!(ended(child).and_then(|status| status.signal()), Some(9), "{crash} was never reached");
        let text = fs::read_to_string(dir.path().join("day.tape")).unwrap();
        let tape = Tape::parse(&text).unwrap();
        assert_eq!((tape.frames.len(), tape.torn), (bodies, bodies == 1), "{crash}: {text}");
        let check = Command::new(env!("CARGO_BIN_EXE_floorcast"))
            .args(["check", "--feed", "day.tape"])
            .current_dir(dir.path())
            .output()
            .unwrap();
        assert_eq!(check.status.code(), Some(0), "{check:?}");
        let said = String::from_utf8(check.stderr).unwrap();
        assert_eq!(said.contains("day.tape: the last line is incomplete"), bodies == 1, "{said}");
    }
}

/// A small disk of its own; unmounted with the test.
struct Disk(TempDir);

impl Disk {
    /// `None` where nobody may mount one, which is said aloud.
    fn new() -> Option<Disk> {
        let dir = TempDir::new();
        let mut mount = Command::new("mount");
        let mounted = mount.args(["-t", "tmpfs", "-o", "size=64k,mode=0755", "none"]).arg(dir.path()).output();
        if mounted.is_ok_and(|output| output.status.success()) {
            return Some(Disk(dir));
        }
        eprintln!("SKIPPED, no disk was filled: only root may mount one");
        None
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        Command::new("umount").arg(self.0.path()).status().ok();
    }
}

/// A kiosk whose folder cannot be written shows its boards and says so once.
fn runs_from_memory(screen: &xserver::Server, state: &Path) {
    let server = Server::start(serves(1));
    let kiosk = Kiosk::new(screen, &server, state);
    let child = kiosk.start(None);
    let polls = |n: usize| server.count("/board.json") >= n;
    let first = until(LONG, || kiosk.count("first picture") == 1 && polls(2));
    server.answer(serves(2));
    let pictures = until(LONG, || server.count("/1.png") == 1 && server.count("/2.png") == 1);
    let on = until(LONG, || polls(4));
    kiosk.stop(child);
    assert!(first && pictures && on, "{first} {pictures} {on} {:?}\n{}", server.requests(), kiosk.log());
    assert_eq!(kiosk.count("cannot be written"), 1, "{}", kiosk.log());
    let of_the_disk = kiosk.log().lines().filter(|line| line.contains(state.to_str().unwrap())).count();
    assert_eq!(of_the_disk, 1, "{}", kiosk.log());
}

#[test]
fn a_full_disk_is_one_warning() {
    let Some(screen) = xserver::Server::start("640x360") else { return };
    let Some(disk) = Disk::new() else { return };
    let filled = fs::write(disk.path().join("full"), vec![0; 128 * 1024]);
    assert!(filled.is_err(), "the disk is full");
    runs_from_memory(&screen, disk.path());
    assert!(!disk.path().join("board").exists());
}

/// A folder that can be closed against writing: a disk where root runs the tests, whom no permission holds up.
enum Closed {
    Disk(Disk),
    Folder(TempDir),
}

impl Closed {
    fn path(&self) -> &Path {
        match self {
            Closed::Disk(disk) => disk.path(),
            Closed::Folder(folder) => folder.path(),
        }
    }

    fn permit(&self, mode: u32) {
        use std::os::unix::fs::PermissionsExt as _;
        if let Closed::Folder(folder) = self {
            for path in [folder.path().to_owned(), folder.path().join("photos")] {
                fs::set_permissions(path, fs::Permissions::from_mode(mode)).ok();
            }
        }
    }

    fn close(&self) {
        self.permit(0o555);
        if let Closed::Disk(disk) = self {
            let closed = Command::new("mount").args(["-o", "remount,ro"]).arg(disk.path()).status();
            assert!(closed.unwrap().success());
        }
        assert!(fs::write(self.path().join("probe"), "").is_err(), "it is closed");
    }
}

impl Drop for Closed {
    fn drop(&mut self) {
        // Or it could not be removed.
        self.permit(0o755);
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_one_warning_and_its_board_is_shown() {
    let Some(screen) = xserver::Server::start("640x360") else { return };
    let disk = match rustix::process::geteuid().is_root() {
        true => Disk::new().map(Closed::Disk),
        false => Some(Closed::Folder(TempDir::new())),
    };
    let Some(disk) = disk else { return };
    let server = Server::start(serves(1));
    let kiosk = Kiosk::new(&screen, &server, disk.path());
    let child = kiosk.start(None);
    let kept = until(LONG, || entry(&disk.path().join("board")).is_some());
    kiosk.stop(child);
    assert!(kept, "{}", kiosk.log());
    disk.close();
    server.answer(|_| vec![Step::Hold]);
    assert_eq!(shows_a_board(&server, disk.path(), "read-only"), 1);
    runs_from_memory(&screen, disk.path());
    assert_eq!(entry(&disk.path().join("board")).map(|entry| rev(&entry)), Some(1), "as it was");
}
