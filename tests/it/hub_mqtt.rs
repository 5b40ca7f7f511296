//! A hub publishes its boards to two brokers: what it has, and what changes.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use floorcast::feed::fetch_once;

use crate::support::mosquitto::{Broker, is_there};
use crate::support::rig::{NOON, Watch, options};

#[test]
fn both_brokers_have_the_board_and_get_each_change() {
    if !is_there("both_brokers_have_the_board_and_get_each_change") {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hub-mqtt");
    std::fs::remove_dir_all(&folder).ok();
    std::fs::create_dir_all(&folder).unwrap();
    let brokers = [Broker::open(), Broker::open()];
    let prefix = |broker: &Broker| broker.url().trim_end_matches("/main").to_owned();
    let settings = format!(
        "[hub]\ndb = \"floor\"\nlisten = \"127.0.0.1:0\"\nmqtt = [\"{}\", \"{}\"]\n",
        prefix(&brokers[0]),
        prefix(&brokers[1])
    );
    std::fs::write(folder.join("kiosk.toml"), settings).unwrap();
    let floorcast = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_floorcast"));
        command.current_dir(&folder);
        command
    };
    let mut hub = floorcast()
        .args(["hub", "--config", "kiosk.toml", "--until-stdin-ends"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    BufReader::new(hub.stdout.as_mut().unwrap()).read_line(&mut said).unwrap();
    // The wall waits for the first board itself.
    let rev = |broker: &Broker| {
        fetch_once(&options(&broker.url()), &Watch::at(NOON).clock()).ok().and_then(|it| it.board.rev)
    };
    let first: Vec<u64> = brokers.iter().map(|broker| rev(broker).unwrap()).collect();
    assert_eq!(first[0], first[1]);
    std::fs::write(folder.join("deals.csv"), "Deal ID,Owner,Amount,Close date,Stage\nA1,Ana,10,2026-11-02,Won\n")
        .unwrap();
    let imported = floorcast().args(["hub", "import", "--db", "floor", "deals.csv"]).output().unwrap();
    assert!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stderr));
    for broker in &brokers {
        let newer = (0..600).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(100));
            rev(broker).is_some_and(|rev| rev > first[0])
        });
        assert!(newer, "the change did not come within a minute");
    }
    drop(hub.stdin.take());
    assert!(hub.wait().unwrap().success());
}
