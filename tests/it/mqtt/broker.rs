//! Tests what a broker brings and how it goes away.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use floorcast::board::TroubleKind::{BadData, NoAnswer};
use floorcast::board::{Board, Update};
use floorcast::feed::{Command, FeedOptions, Screen, Seen, fetch_once};

use crate::support::mosquitto::{Broker, free_port, is_there};
use crate::support::rig::{NOON, Rig, Watch, board, options};

const STATE: &str = "floor/v1/acme/main/state";
const EVENT: &str = "floor/v1/acme/main/event";
const STATUS: &str = "floor/v1/acme/screen/tv1/status";

fn screen(url: &str) -> FeedOptions {
    FeedOptions { screen: Some("tv1".into()), ..options(url) }
}

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(plain).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn the_retained_board_then_each_newer_one() {
    if !is_there("the_retained_board_then_each_newer_one") {
        return;
    }
    let broker = Broker::open();
    let mut peer = broker.peer();
    peer.state(board(1));
    let rig = Rig::start(screen(&broker.url()));
    rig.inbox.wait_rev(1);
    peer.state(gzip(board(2).as_bytes()));
    rig.inbox.wait_rev(2);
    // Delivered twice, as QoS 1 may, and an older one behind it: nothing moves.
    peer.state(board(2));
    peer.state(board(1));
    peer.state(board(3));
    rig.inbox.wait_rev(3);
    assert_eq!(rig.inbox.revs(), [1, 2, 3]);
    let once = fetch_once(&options(&broker.url()), &Watch::at(NOON).clock()).unwrap();
    assert_eq!(once.board.rev, Some(3));
}

#[test]
fn a_burst_is_collected_and_its_end_is_never_lost() {
    if !is_there("a_burst_is_collected_and_its_end_is_never_lost") {
        return;
    }
    let broker = Broker::open();
    let mut peer = broker.peer();
    let mut slow = screen(&broker.url());
    slow.limits.coalesce = Duration::from_secs(2);
    let rig = Rig::start(slow);
    peer.subscribe(STATUS);
    peer.message();
    peer.state(board(1));
    rig.inbox.wait_rev(1);
    for rev in 2..=20 {
        peer.state(board(rev));
    }
    rig.inbox.wait_rev(20);
    assert_eq!(rig.inbox.revs(), [1, 20]);
}

#[test]
fn a_celebration_comes_once_and_never_from_the_brokers_memory() {
    if !is_there("a_celebration_comes_once_and_never_from_the_brokers_memory") {
        return;
    }
    let broker = Broker::open();
    let mut peer = broker.peer();
    let event =
        |id: &str| format!(r#"{{"id":"{id}","at":"2026-01-05T12:00:00Z","kind":"won","headline":"Ana","tier":3}}"#);
    peer.state(board(1));
    peer.publish(EVENT, event("old"), true);
    let rig = Rig::start(screen(&broker.url()));
    rig.inbox.wait_rev(1);
    for _ in 0..3 {
        peer.publish(EVENT, event("d7"), false);
    }
    peer.publish(EVENT, gzip(event("d8").as_bytes()), false);
    rig.inbox.wait("two celebrations", |updates| {
        updates.iter().any(|update| matches!(update, Update::Board(board) if ids(board) == ["d7", "d8"]))
    });
    // Those that are refused say nothing against the board.
    for broken in [&b"{\"at\":7}"[..], b"garbage{", b"\x1f\x8bnonsense"] {
        peer.publish(EVENT, broken, false);
    }
    peer.publish(EVENT, event("d9"), false);
    rig.inbox.wait("a third celebration", |updates| {
        updates.iter().any(|update| matches!(update, Update::Board(board) if ids(board) == ["d7", "d8", "d9"]))
    });
    assert_eq!(rig.inbox.boards().len(), 4, "the board, and one for each celebration");
    let troubled = |update: &Update| matches!(update, Update::Health(health) if health.trouble.is_some());
    assert!(!rig.inbox.updates().iter().any(troubled), "{:?}", rig.inbox.health());
}

fn ids(board: &Board) -> Vec<&str> {
    let mut ids: Vec<&str> = board.events.iter().map(|event| event.id.as_str()).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn a_cleared_board_stays_and_the_next_one_heals_it() {
    if !is_there("a_cleared_board_stays_and_the_next_one_heals_it") {
        return;
    }
    let broker = Broker::open();
    let mut peer = broker.peer();
    let rig = Rig::start(screen(&broker.url()));
    rig.inbox.wait_trouble(NoAnswer, &format!("no board at {STATE}"));
    peer.state(board(1));
    rig.inbox.wait_rev(1);
    peer.state("");
    rig.inbox.wait_trouble(NoAnswer, "cleared at the broker; the last one stays");
    assert_eq!(rig.inbox.revs(), [1]);
    peer.state(board(2));
    rig.inbox.wait_rev(2);
}

#[test]
fn broken_boards_and_large_ones() {
    if !is_there("broken_boards_and_large_ones") {
        return;
    }
    let broker = Broker::open();
    let mut peer = broker.peer();
    // 200 KiB: a name list that FEED allows, behind one that is refused.
    let rig = Rig::start(screen(&broker.url()));
    let pad = " ".repeat(200 << 10);
    peer.state(board(1).replacen('{', &format!("{{{pad}"), 1));
    rig.inbox.wait_rev(1);
    for (payload, says) in [
        (board(9).into_bytes()[..60].to_vec(), "column"),
        (gzip(&vec![b' '; 3 << 20]), "100 times"),
        (vec![b' '; (1 << 20) + 5000], "larger than 1 MiB"),
        (b"\xff\xfe{".to_vec(), "UTF-16"),
        (b"\x1f\x8bnonsense".to_vec(), "damaged"),
    ] {
        peer.state(payload);
        rig.inbox.wait_trouble(BadData, says);
        assert_eq!(rig.inbox.revs(), [1], "{says}");
    }
    peer.state(board(2));
    rig.inbox.wait_rev(2);
}

#[test]
fn a_message_over_the_packet_limit_is_not_hammered() {
    if !is_there("a_message_over_the_packet_limit_is_not_hammered") {
        return;
    }
    let broker = Broker::open();
    let mut peer = broker.peer();
    peer.state(vec![b' '; 2 << 20]);
    let mut slow = screen(&broker.url());
    (slow.limits.backoff_min, slow.limits.backoff_max) = (Duration::from_millis(200), Duration::from_millis(800));
    let rig = Rig::start(slow);
    rig.inbox.wait_trouble(BadData, "is larger than 1 MiB");
    std::thread::sleep(Duration::from_secs(2));
    let connections = broker.log().matches("New client connected").count();
    // Even a machine that sleeps twice as long as asked sees no more than one in 200 ms.
    assert!((3..=23).contains(&connections), "{connections} connections within 2 s");
    peer.state(board(1));
    rig.inbox.wait_rev(1);
}

#[test]
fn a_broker_that_restarts_and_one_that_is_away_for_long() {
    if !is_there("a_broker_that_restarts_and_one_that_is_away_for_long") {
        return;
    }
    let mut broker = Broker::open();
    broker.peer().state(board(1));
    let rig = Rig::start(screen(&broker.url()));
    rig.inbox.wait_rev(1);
    for rev in [2, 3] {
        broker.down();
        rig.inbox.wait_trouble(NoAnswer, "127.0.0.1");
        // An hour of the TV's time; the backoff of these limits has long reached its ceiling.
        rig.watch.forward(3600);
        std::thread::sleep(Duration::from_millis(300));
        assert_ne!(rig.inbox.health().last_good, Some(rig.watch.now()), "its age goes on");
        broker.up();
        // Without its memory: the subscription is made anew, and the next board comes.
        broker.peer().state(board(rev));
        rig.inbox.wait_rev(rev);
    }
    assert_eq!(rig.inbox.revs(), [1, 2, 3]);
}

#[test]
fn a_kept_board_does_not_become_younger_with_each_connection() {
    if !is_there("a_kept_board_does_not_become_younger_with_each_connection") {
        return;
    }
    let mut broker = Broker::start(|dir| {
        let place = dir.path().display();
        format!(
            "allow_anonymous true\npersistence true\npersistence_location {place}/\nautosave_on_changes true\nautosave_interval 1\n"
        )
    });
    broker.peer().state(board(1));
    let rig = Rig::start(screen(&broker.url()));
    rig.inbox.wait_rev(1);
    broker.down();
    rig.inbox.wait_trouble(NoAnswer, "127.0.0.1");
    rig.watch.forward(600);
    broker.up();
    rig.inbox.wait_rev(1);
    assert_eq!(rig.inbox.health().last_good, Some(NOON.parse().unwrap()), "the source may be long gone");
    broker.peer().state(board(1));
    let now = rig.watch.now();
    rig.inbox.wait("a renewed age", |updates| {
        updates.iter().any(|update| matches!(update, Update::Health(health) if health.last_good == Some(now)))
    });
    assert_eq!(rig.inbox.revs(), [1]);
}

#[test]
fn the_status_is_said_and_the_last_will_after_a_hard_end() {
    if !is_there("the_status_is_said_and_the_last_will_after_a_hard_end") {
        return;
    }
    let broker = Broker::open();
    let mut peer = broker.peer();
    peer.subscribe(STATUS);
    peer.state(board(4));
    let rig = Rig::start(screen(&broker.url()));
    let said = peer.message_with("\"rev\":4");
    let said: serde_json::Value = serde_json::from_slice(&said.payload).unwrap();
    assert_eq!(said["state"], "online");
    assert_eq!((said["epoch"].as_str(), said["version"].as_str()), (Some("e"), Some(env!("CARGO_PKG_VERSION"))));
    peer.state("{");
    peer.message_with("\"refused\"");
    peer.state(board(5));
    peer.message_with("\"rev\":5");
    // The connection ends without a word, as when the power goes.
    rig.handle.stop();
    peer.message_with("\"offline\"");
    let mut late = crate::support::mosquitto::Peer::connect(broker.port, "late", None);
    late.subscribe(STATUS);
    let kept = late.message();
    assert!(kept.retain && String::from_utf8_lossy(&kept.payload).contains("offline"));
}

/// A wall that writes down what it is told.
#[derive(Debug, Default)]
struct Wall(std::sync::Mutex<Vec<Command>>);

impl Screen for Wall {
    fn seen(&self) -> Seen {
        let errors = vec!["crm: no answer".to_owned()];
        Seen {
            slide: Some("deals".into()),
            address: Some("192.0.2.7".into()),
            errors,
            uptime_s: 7.0,
            frame_age_s: Some(0.0),
        }
    }

    fn order(&self, command: Command) -> bool {
        self.0.lock().unwrap().push(command);
        true
    }
}

#[test]
fn four_commands_are_done_and_what_is_refused_or_retained_is_said() {
    if !is_there("four_commands_are_done_and_what_is_refused_or_retained_is_said") {
        return;
    }
    const COMMAND: &str = "floor/v1/acme/screen/tv1/command";
    let broker = Broker::open();
    let mut peer = broker.peer();
    peer.subscribe(STATUS);
    peer.state(board(1));
    peer.publish(COMMAND, r#"{"do": "next"}"#, true);
    let wall = std::sync::Arc::new(Wall::default());
    let rig = Rig::start(FeedOptions { wall: Some(wall.clone()), ..screen(&broker.url()) });
    peer.message_with("a retained command is ignored");
    let done = || wall.0.lock().unwrap().clone();
    assert!(done().is_empty(), "a broker tells it again to each who comes");
    let mut order = |payload: &str, says: &str| {
        peer.publish(COMMAND, payload, false);
        let said = peer.message_with(says);
        serde_json::from_slice::<serde_json::Value>(&said.payload).unwrap()
    };
    let said = order(r#"{"do": "identify"}"#, "identify: done");
    assert_eq!((said["slide"].as_str(), said["address"].as_str()), (Some("deals"), Some("192.0.2.7")));
    assert_eq!((said["errors"][0].as_str(), said["uptime_s"].as_f64()), (Some("crm: no answer"), Some(7.0)));
    assert!(said["frame_age_s"].as_f64().is_some() && said["state"] == "online");
    order(r#"{"do": "restart"}"#, r#"refused: expected identify, next, reload or message, found \"restart\""#);
    order(r#"{"do": "next"}"#, "next: done");
    order(r#"{"do": "reload"}"#, "reload: done");
    order(r#"{"do": "message", "text": "Review", "minutes": 1}"#, "message: done");
    let message = Command::Message { text: "Review".into(), for_s: 60.0 };
    assert_eq!(done(), [Command::Identify, Command::Next, Command::Reload, message]);
    assert_eq!(rig.inbox.revs(), [1], "and the board stays");
}

#[test]
fn a_screen_that_is_killed_leaves_its_last_will() {
    if !is_there("a_screen_that_is_killed_leaves_its_last_will") {
        return;
    }
    // This very test in a process of its own is the screen.
    if let Ok(url) = std::env::var("FLOORCAST_TEST_SCREEN") {
        let rig = Rig::start(screen(&url));
        rig.inbox.wait_rev(1);
        std::thread::sleep(Duration::from_secs(60));
        return;
    }
    let broker = Broker::open();
    let mut peer = broker.peer();
    peer.state(board(1));
    peer.subscribe(STATUS);
    let mut child = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "mqtt::broker::a_screen_that_is_killed_leaves_its_last_will"])
        .env("FLOORCAST_TEST_SCREEN", broker.url())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    peer.message_with("\"online\"");
    child.kill().unwrap();
    child.wait().unwrap();
    peer.message_with("\"offline\"");
}

#[test]
fn a_broker_that_falls_silent_is_left() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("mqtt://{}/floor/v1/acme/main", listener.local_addr().unwrap());
    let count = Arc::new(AtomicUsize::new(0));
    let counted = count.clone();
    std::thread::Builder::new()
        .name("broker".into())
        .spawn(move || {
            let mut open = Vec::new();
            for mut socket in listener.incoming().flatten() {
                counted.fetch_add(1, Ordering::SeqCst);
                let mut bytes = [0; 4096];
                // CONNECT, then SUBSCRIBE: let in, granted, and never a word again.
                let _ = socket.read(&mut bytes).and_then(|_| socket.write_all(&[0x20, 2, 0, 0]));
                let _ = socket.read(&mut bytes).and_then(|_| socket.write_all(&[0x90, 4, 0, 1, 1, 1]));
                open.push(socket);
            }
        })
        .unwrap();
    let rig = Rig::start(screen(&url));
    rig.inbox.wait_trouble(NoAnswer, "silent for 0.3 s");
    let mut looks = 0;
    while count.load(Ordering::SeqCst) < 2 {
        looks += 1;
        assert!(looks < 800, "it comes back");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn what_is_no_broker_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::Builder::new()
        .name("web".into())
        .spawn(move || {
            for mut socket in listener.incoming().flatten() {
                // All that is sent is read, or the close would be a reset.
                let answer = format!("HTTP/1.1 400 Bad Request\r\n\r\n{}", "x".repeat(200));
                let _ = socket.read(&mut [0; 4096]).and_then(|_| socket.write_all(answer.as_bytes()));
            }
        })
        .unwrap();
    let url = format!("mqtt://127.0.0.1:{port}/floor/v1/acme/main");
    let rig = Rig::start(screen(&url));
    rig.inbox.wait_trouble(BadData, "no MQTT broker");
    let nobody = format!("mqtt://127.0.0.1:{}/floor/v1/acme/main", free_port());
    let failure = fetch_once(&options(&nobody), &Watch::at(NOON).clock()).unwrap_err();
    assert!(failure.to_string().contains("connection refused"), "{failure}");
}

#[test]
fn two_screens_of_one_name_are_told_of_each_other() {
    if !is_there("two_screens_of_one_name_are_told_of_each_other") {
        return;
    }
    let broker = Broker::open();
    broker.peer().state(board(1));
    let named = || {
        let mut options = FeedOptions { screen: Some("floor-2-east".into()), ..options(&broker.url()) };
        // Time enough to be thrown out before the next wait is over.
        options.limits.backoff_max = Duration::from_secs(2);
        options
    };
    let rigs = [Rig::start(named()), Rig::start(named())];
    for rig in &rigs {
        rig.inbox.wait_trouble(NoAnswer, "another screen is called \"floor-2-east\" at this broker");
    }
    let [one, other] = rigs;
    drop(other);
    one.inbox.wait_rev(1);
}
