//! Two boards of one broker on one screen: each connection says how its own is, and neither speaks for the other.

use crate::support::TempDir;
use crate::support::mosquitto::{Broker, Peer, is_there};
use crate::support::rig::board;
use crate::xserver::Server;

/// Waits until the broker has said this of that topic.
#[track_caller]
fn hears(peer: &mut Peer, topic: &str, state: &str) {
    let wanted = format!("\"state\":\"{state}\"");
    for _ in 0..40 {
        let message = peer.message();
        if message.topic == topic && String::from_utf8_lossy(&message.payload).contains(&wanted) {
            return;
        }
    }
    panic!("{topic} was never {state}");
}

#[test]
fn one_of_two_that_goes_does_not_bury_the_other() {
    if !is_there("one_of_two_that_goes_does_not_bury_the_other") {
        return;
    }
    let Some(server) = Server::start("640x360") else { return };
    let broker = Broker::open();
    broker.peer().state(board(1));
    broker.peer().publish("floor/v1/acme/notice/state", board(2), true);
    let folder = TempDir::new();
    let screen = "[screen]\nname = \"wall\"\n";
    let feed = |name: &str, board: &str| {
        format!("[[feed]]\nname = \"{name}\"\nurl = \"mqtt://127.0.0.1:{}/floor/v1/acme/{board}\"\n", broker.port)
    };
    let (crm, notice) = (feed("crm", "main"), feed("notice", "notice"));
    let settings = folder.write("kiosk.toml", format!("{crm}{notice}{screen}"));
    let (wall, second) = ("floor/v1/acme/screen/wall/status", "floor/v1/acme/screen/wall.notice/status");
    let listener = |id: &str| {
        let mut peer = Peer::connect(broker.port, id, None);
        peer.subscribe("floor/v1/acme/screen/+/status");
        peer
    };
    let mut program = server.program(&["--config", settings.to_str().unwrap()]);
    program.wait_for("first picture");
    hears(&mut listener("one"), wall, "online");
    hears(&mut listener("two"), second, "online");
    // The second leaves: its last will says so of itself.
    let mut peer = listener("three");
    folder.write("kiosk.toml", format!("{crm}{screen}"));
    hears(&mut peer, second, "offline");
    // Who comes now is told by what the broker keeps, and the screen is not buried.
    let mut later = listener("four");
    let kept = later.message_with("online");
    assert_eq!(kept.topic, wall, "{}", program.log());
    // Where the first leaves, the screen speaks with its own name again.
    folder.write("kiosk.toml", format!("{crm}{notice}{screen}"));
    hears(&mut peer, second, "online");
    folder.write("kiosk.toml", format!("{notice}{screen}"));
    hears(&mut peer, wall, "offline");
    hears(&mut peer, wall, "online");
    // Another name of the screen reaches a connection that stands.
    folder.write("kiosk.toml", format!("{notice}[screen]\nname = \"door\"\n"));
    hears(&mut peer, "floor/v1/acme/screen/door/status", "online");
    program.terminate();
    assert_eq!(program.code(), 0, "{}", program.log());
}
