//! A celebration is heard as ALSA gets it: through its plugin that writes a file, and with a device that is not there.

use std::io::Read as _;
use std::path::Path;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::{Duration, Instant};

use floorcast::sound::{Sound, gain, pcm};

use crate::pipes::mkfifo;
use crate::program::until;
use crate::support::TempDir;
use crate::xserver::Server;

const LONG: Duration = Duration::from_secs(60);
const CARDS: &str = "/usr/share/alsa/alsa.conf";

/// Whether this machine can play anything; without it these tests are skipped aloud.
fn has_player() -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let there = std::env::split_paths(&path).any(|folder| folder.join("aplay").exists()) && Path::new(CARDS).exists();
    if !there {
        eprintln!("SKIPPED, nothing was heard: aplay is missing (apt-get install alsa-utils)");
    }
    there
}

/// A show in which somebody closes a large deal after two seconds.
fn tape(folder: &TempDir) -> String {
    let at = "2026-05-19T01:30:00Z";
    let line = |ms: u32, rev: u32, value: u32, events: serde_json::Value| {
        let body = serde_json::json!({
            "format": "salesboard/1", "id": "show", "rev": rev, "as_of": at, "people": {"ana": {"name": "Ana"}},
            "slides": [{"id": "deals", "type": "ranking", "title": "Deals", "rows": [{"who": "ana", "value": value}]}],
            "events": events,
        });
        serde_json::json!({"ms": ms, "body": body}).to_string()
    };
    let deal = serde_json::json!([{"id": "deal", "at": at, "kind": "won", "who": ["ana"], "tier": 3, "value": 2}]);
    let lines = [line(0, 1, 3, serde_json::json!([])), line(2000, 2, 5, deal.clone()), line(600_000, 3, 5, deal)];
    folder.write("show.tape", lines.join("\n") + "\n").display().to_string()
}

fn settings(folder: &TempDir, output: &str) -> String {
    let tape = tape(folder);
    let text = format!("feed.url = {tape:?}\n[sound]\non = true\nvolume = 50\noutput = {output:?}\n");
    folder.write("kiosk.toml", text).display().to_string()
}

/// An output may be so much earlier or later than its picture on a machine that does other things at the same time. What it
/// is on one that does not stands in docs/kiosk.md, rule 33.
const APART: Duration = Duration::from_millis(500);

#[expect(clippy::disallowed_methods, reason = "measuring is what this is for")]
fn now() -> Instant {
    Instant::now()
}

/// What was given to an output, and when the first of it was.
struct Heard {
    bytes: Vec<u8>,
    first: Instant,
}

/// Listens at a pipe in the place of a device's file until whoever plays has closed it.
fn listen(pipe: &Path) -> Receiver<Heard> {
    let (pipe, (send, heard)) = (pipe.to_owned(), sync_channel(1));
    let listen = move || -> std::io::Result<()> {
        let mut pipe = std::fs::File::open(pipe)?;
        let mut bytes = vec![0; 1];
        pipe.read_exact(&mut bytes)?;
        let first = now();
        pipe.read_to_end(&mut bytes)?;
        send.send(Heard { bytes, first }).map_err(std::io::Error::other)
    };
    std::thread::Builder::new().name("output".into()).spawn(listen).unwrap();
    heard
}

#[test]
fn a_takeover_is_heard_once_whole_as_loud_as_it_was_set_and_with_its_picture() {
    if !has_player() {
        return;
    }
    let Some(server) = Server::start("320x180") else { return };
    let folder = TempDir::new();
    let pipe = folder.path().join("heard");
    mkfifo(&pipe);
    let alsa = format!("<{CARDS}>\npcm.tv {{ type file slave.pcm {{ type null }} file {pipe:?} format \"raw\" }}\n");
    let alsa = folder.write("asound.conf", alsa).display().to_string();
    let config = settings(&folder, "tv");
    let output = listen(&pipe);
    let mut program =
        crate::program::Program::with_env(&server.display, ("ALSA_CONFIG_PATH", &alsa), &["--config", &config]);
    // The program's clock by ours: a frame is seen after it was written down, and soon after it once at least.
    let (mut began, mut seen, mut heard) = (None::<Instant>, 0, None);
    let all = until(LONG, || {
        for frame in program.frames().iter().skip(seen) {
            let zero = now() - Duration::from_secs_f64(frame.done_ms / 1000.0);
            began = Some(began.map_or(zero, |began| began.min(zero)));
            seen += 1;
        }
        heard = heard.take().or_else(|| output.try_recv().ok());
        heard.is_some()
    });
    assert!(all, "nothing was heard\n{}", program.log());
    let (heard, began) = (heard.unwrap(), began.unwrap());
    let mut blocks = Sound::GreatGong.blocks().unwrap();
    let wanted: Vec<u8> = std::iter::from_fn(|| blocks.next()).flat_map(|block| pcm(&block, gain(50))).collect();
    assert!(heard.bytes.len() >= wanted.len(), "{} bytes\n{}", heard.bytes.len(), program.log());
    assert!(heard.bytes[..wanted.len()] == wanted[..], "other samples\n{}", program.log());
    // The device's last period is filled up with silence.
    assert!(heard.bytes[wanted.len()..].iter().all(|byte| *byte == 0) && heard.bytes.len() < 2 * wanted.len());
    // The celebration's first picture is the first after a rest.
    let shown: Vec<f64> = program.frames().iter().filter(|f| f.outcome == "shown").map(|f| f.done_ms).collect();
    let first_s = (heard.first - began).as_secs_f64();
    let apart_s = |ms: &f64| first_s - ms / 1000.0;
    let begins = |pair: &&[f64]| pair[1] - pair[0] > 300.0;
    let nearest =
        shown.windows(2).filter(begins).map(|pair| apart_s(&pair[1])).min_by(|a, b| a.abs().total_cmp(&b.abs()));
    let apart_s = nearest.unwrap_or_else(|| panic!("it never rests: {shown:?}"));
    eprintln!("heard {:.0} ms after its picture", apart_s * 1000.0);
    assert!(apart_s.abs() < APART.as_secs_f64(), "{apart_s} s after its picture: {first_s} s, {shown:?}");
    program.terminate();
    assert_eq!(program.code(), 0, "{}", program.log());
}

#[test]
fn an_output_that_is_not_there_is_one_line_and_the_wall_goes_on() {
    if !has_player() {
        return;
    }
    let Some(server) = Server::start("320x180") else { return };
    let folder = TempDir::new();
    let config = settings(&folder, "nowhere");
    let mut program = server.program(&["--config", &config]);
    program.wait_for("[sound]: nothing is heard: the output \"nowhere\": ");
    let so_far = program.frames().len();
    program.wait_frames("the celebration goes on", |frames| frames.len() > so_far + 5);
    let said = program.log();
    assert_eq!(said.matches("[sound]").count(), 1, "{said}");
    program.terminate();
    assert_eq!(program.code(), 0);
}
