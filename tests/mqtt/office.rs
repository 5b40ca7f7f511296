//! Many offices: a central mosquitto and an office's, with the files of docs/mqtt as they are but for ports and places.

use std::process::Command;

use floorcast::board::TroubleKind::NoAnswer;
use floorcast::config::TokenSource;
use floorcast::feed::FeedOptions;

use crate::doors::certificates;
use crate::support::TempDir;
use crate::support::mosquitto::{Broker, Peer, free_port, is_there};
use crate::support::rig::{Rig, board, options};

const STATUS: &str = "floor/v1/acme/screen/tv1/status";

fn shipped(name: &str) -> String {
    std::fs::read_to_string(format!("{}/docs/mqtt/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The shipped file with this test's ports and folder, and its users.
fn settle(dir: &TempDir, name: &str, users: &[(&str, &str)], changes: &[(&str, String)]) -> String {
    let file = dir.write("floorcast.passwd", "");
    for (user, password) in users {
        let made = Command::new("mosquitto_passwd").arg("-b").arg(&file).args([user, password]).output().unwrap();
        assert!(made.status.success(), "{made:?}");
    }
    dir.write(&format!("{name}.acl"), shipped(&format!("{name}.acl")));
    let mut text = shipped(&format!("{name}.conf"));
    let place = dir.path().display().to_string();
    let mut places = vec![("/etc/mosquitto", place.clone())];
    if name == "central" {
        places.insert(0, ("/etc/mosquitto/certs", place.clone()));
    }
    let places = [&places[..], &[("/var/lib/mosquitto", place)], changes].concat();
    for (from, to) in places {
        assert!(text.contains(from), "{from} is not in {name}.conf");
        text = text.replace(from, &to);
    }
    text
}

fn central() -> Broker {
    let port = free_port();
    Broker::with(port, |dir| {
        certificates(dir);
        std::fs::rename(dir.path().join("server.pem"), dir.path().join("central.pem")).unwrap();
        std::fs::rename(dir.path().join("server.key"), dir.path().join("central.key")).unwrap();
        // One more listener without TLS, for this test's own hub.
        let inner = format!("listener {port} 127.0.0.1\n\nlistener {}", free_port());
        let users = [("hub", "hub-secret"), ("office-berlin", "change-me")];
        settle(dir, "central", &users, &[("listener 8883", inner)])
    })
}

fn office(central: &Broker) -> Broker {
    let (port, log) = (free_port(), std::fs::read_to_string(central.dir.path().join("mosquitto.conf")).unwrap());
    let tls = log.lines().filter_map(|line| line.strip_prefix("listener ")).next_back().unwrap().to_owned();
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
