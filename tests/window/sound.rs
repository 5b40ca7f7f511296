//! A celebration is heard as ALSA gets it: through its plugin that writes a file, and with a device that is not there.

use std::path::Path;
use std::time::Duration;

use floorcast::sound::{Sound, gain, pcm};

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

#[test]
fn a_takeover_is_heard_once_whole_and_as_loud_as_it_was_set() {
    if !has_player() {
        return;
    }
    let Some(server) = Server::start("320x180") else { return };
    let folder = TempDir::new();
    let heard = folder.path().join("heard.raw");
    let alsa = format!(
        "<{CARDS}>\npcm.tv {{ type file slave.pcm {{ type null }} file \"{}\" format \"raw\" }}\n",
        heard.display()
    );
    let alsa = folder.write("asound.conf", alsa).display().to_string();
    let config = settings(&folder, "tv");
    let mut program =
        crate::program::Program::with_env(&server.display, ("ALSA_CONFIG_PATH", &alsa), &["--config", &config]);
    let mut blocks = Sound::GreatGong.blocks().unwrap();
    let wanted: Vec<u8> = std::iter::from_fn(|| blocks.next()).flat_map(|block| pcm(&block, gain(50))).collect();
    let bytes = || std::fs::read(&heard).unwrap_or_default();
    assert!(until(LONG, || bytes().len() >= wanted.len()), "{} bytes\n{}", bytes().len(), program.log());
    // The device's last period is filled up with silence.
    assert!(until(LONG, || bytes()[..wanted.len()] == wanted[..]), "other samples\n{}", program.log());
    assert!(bytes()[wanted.len()..].iter().all(|byte| *byte == 0) && bytes().len() < 2 * wanted.len());
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
