//! Tests many offices: a central mosquitto and an office's, with the files of docs/mqtt but for ports and places,
//! included in a main file like Debian's.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use floorcast::board::TroubleKind::NoAnswer;
use floorcast::config::TokenSource;
use floorcast::feed::FeedOptions;

use super::doors::certificates;
use crate::support::TempDir;
use crate::support::mosquitto::{Broker, Peer, free_port, is_there};
use crate::support::rig::{Rig, board, options};

const STATUS: &str = "floor/v1/acme/screen/tv1/status";

fn shipped(name: &str) -> String {
    std::fs::read_to_string(format!("{}/docs/mqtt/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A main file like Debian's, which includes the shipped one with this test's ports and folder, and its users.
fn settle(dir: &TempDir, name: &str, users: &[(&str, &str)], changes: &[(&str, String)]) -> String {
    let file = dir.write("floorcast.passwd", "");
    for (user, password) in users {
        let made = Command::new("mosquitto_passwd").arg("-b").arg(&file).args([user, password]).output().unwrap();
        assert!(made.status.success(), "{made:?}");
    }
    dir.write(&format!("{name}.acl"), shipped(&format!("{name}.acl")));
    let mut text = shipped(&format!("{name}.conf"));
    let place = dir.path().display().to_string();
    for (from, to) in [&[("/etc/mosquitto", place.clone())][..], changes].concat() {
        let settings = text.lines().filter(|line| !line.starts_with('#')).any(|line| line.contains(from));
        assert!(settings, "{from} is not in {name}.conf");
        text = text.replace(from, &to);
    }
    dir.write("conf.d/floorcast.conf", text);
    // Debian's, but for the folder; where the log goes says the broker's helper.
    let run = format!("pid_file {place}/mosquitto.pid\n\npersistence true\npersistence_location {place}/\n\n");
    format!("{run}include_dir {place}/conf.d\n")
}

fn central_in(dir: &TempDir, port: u16) -> String {
    certificates(dir);
    dir.write("certs/central.pem", std::fs::read(dir.path().join("server.pem")).unwrap());
    dir.write("certs/central.key", std::fs::read(dir.path().join("server.key")).unwrap());
    // One more listener without TLS, for this test's own hub.
    let inner = format!("listener {port} 127.0.0.1\n\nlistener {}", free_port());
    let users = [("hub", "hub-secret"), ("office-berlin", "change-me")];
    settle(dir, "central", &users, &[("listener 8883", inner)])
}

fn central() -> Broker {
    let port = free_port();
    Broker::with(port, |dir| central_in(dir, port))
}

fn office(central: &Broker) -> Broker {
    let port = free_port();
    let settings = std::fs::read_to_string(central.dir.path().join("conf.d/floorcast.conf")).unwrap();
    let tls = settings.lines().filter_map(|line| line.strip_prefix("listener ")).next_back().unwrap().to_owned();
    let authority = central.dir.path().join("ca.pem").display().to_string();
    Broker::with(port, |dir| {
        let changes = [
            ("listener 1883", format!("listener {port} 127.0.0.1")),
            ("central.example:8883", format!("localhost:{tls}")),
            ("/etc/ssl/certs/ca-certificates.crt", authority),
            ("restart_timeout 2 60", "restart_timeout 1".to_owned()),
        ];
        settle(dir, "office", &[("screen", "screen-secret")], &changes)
    })
}

fn kiosk(office: &Broker) -> FeedOptions {
    let password = Some(TokenSource::File(office.dir.write("screen", "screen-secret")));
    FeedOptions { user: Some("screen".into()), password, screen: Some("tv1".into()), ..options(&office.url()) }
}

#[test]
fn boards_come_from_the_centre_and_the_office_stands_without_it() {
    if !is_there("boards_come_from_the_centre_and_the_office_stands_without_it") {
        return;
    }
    let mut central = central();
    let mut hub = Peer::connect(central.port, "hub", Some(("hub", "hub-secret")));
    hub.state(board(1));
    hub.subscribe(STATUS);
    let office = office(&central);
    let rig = Rig::start(kiosk(&office));
    rig.inbox.wait_rev(1);
    hub.message_with("\"rev\":1");
    hub.state(board(2));
    rig.inbox.wait_rev(2);
    hub.message_with("\"rev\":2");

    // The line is cut: a screen that starts gets the board all the same.
    central.down();
    rig.handle.stop();
    let rig = Rig::start(kiosk(&office));
    rig.inbox.wait_rev(2);

    // It comes back with a newer board.
    central.up();
    Peer::connect(central.port, "hub", Some(("hub", "hub-secret"))).state(board(3));
    rig.inbox.wait_rev(3);
}

#[test]
fn a_screen_may_not_publish_boards() {
    if !is_there("a_screen_may_not_publish_boards") {
        return;
    }
    let central = central();
    let office = office(&central);
    Peer::connect(office.port, "bad", Some(("screen", "screen-secret"))).state(board(9));
    let rig = Rig::start(kiosk(&office));
    rig.inbox.wait_trouble(NoAnswer, "no board at");
    assert!(rig.inbox.boards().is_empty());
}

/// The commands of a shipped file's head that begin with this word, in a folder.
fn told(name: &str, word: &str, folder: &Path) {
    let shipped = shipped(&format!("{name}.conf"));
    let mut lines = shipped.lines().filter_map(|line| line.strip_prefix("# ")?.trim().strip_prefix(word));
    let line = lines.next().unwrap_or_else(|| panic!("{name}.conf does not say {word}"));
    let done = Command::new(word).args(line.split_whitespace()).current_dir(folder).output().unwrap();
    assert!(done.status.success(), "{word}{line}: {done:?}");
}

#[test]
fn with_owner_and_mode_as_told_the_broker_may_read_its_files() {
    if !is_there("with_owner_and_mode_as_told_the_broker_may_read_its_files") {
        return;
    }
    let uid = Command::new("id").args(["-u"]).output().unwrap().stdout;
    if uid != b"0\n" || !Command::new("id").arg("mosquitto").output().unwrap().status.success() {
        eprintln!("SKIPPED: only root can give files to mosquitto, where there is one");
        return;
    }
    let port = free_port();
    // As Debian starts it: root gives way to mosquitto.
    let began = Broker::begin(port, "mosquitto", |dir| {
        let main = central_in(dir, port);
        for file in ["floorcast.passwd", "central.acl", "certs/central.pem", "certs/central.key"] {
            std::fs::set_permissions(dir.path().join(file), Permissions::from_mode(0o600)).unwrap();
        }
        main
    });
    let log = began.err().expect("mosquitto reads files that only root may read");
    assert!(log.contains("floorcast.passwd") || log.contains("central."), "{log}");
    let began = Broker::begin(port, "mosquitto", |dir| {
        let main = central_in(dir, port);
        for word in ["chown", "chmod"] {
            told("central", word, dir.path());
        }
        main
    });
    let broker = began.unwrap_or_else(|log| panic!("{log}"));
    Peer::connect(broker.port, "hub", Some(("hub", "hub-secret"))).state(board(1));
}
