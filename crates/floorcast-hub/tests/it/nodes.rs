//! Several hubs on one PostgreSQL server: what one takes in, the boards of the others show.
#![expect(clippy::disallowed_methods, reason = "servers of a test have threads, and waits have ends")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use floorcast_hub::access::TokenRole;
use floorcast_hub::cli::{self, Host, HubArgs, ServeArgs};
use floorcast_hub::publish::{Publisher, Rebuilt, Whole};
use floorcast_hub::store::boards::{self, Due, Published};
use floorcast_hub::store::people::{self, PersonRow};
use floorcast_hub::store::{Store, floor};

use crate::api::Hub;
use crate::support::now;

/// Longer than anything here takes, however busy the machine is.
const PATIENCE: Duration = Duration::from_secs(60);

/// The boards that a hub streams, as they come.
fn streamed(hub: &Hub, token: &str) -> mpsc::Receiver<serde_json::Value> {
    let mut stream = TcpStream::connect(hub.at).unwrap();
    let head = "GET /boards/main/stream HTTP/1.1\r\nhost: hub\r\naccept: text/event-stream\r\nauthorization: Bearer";
    write!(stream, "{head} {token}\r\n\r\n").unwrap();
    let (send, boards) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let Some(board) = line.strip_prefix("data:") else { continue };
            let Ok(board) = serde_json::from_str(board.trim()) else { continue };
            if send.send(board).is_err() {
                return;
            }
        }
    });
    boards
}

fn wait_for(boards: &mpsc::Receiver<serde_json::Value>, text: &str) -> serde_json::Value {
    loop {
        let board = boards.recv_timeout(PATIENCE).unwrap_or_else(|error| panic!("no board with {text}: {error}"));
        if board.to_string().contains(text) {
            return board;
        }
    }
}

#[test]
fn a_fact_that_one_node_takes_is_on_the_stream_of_the_other() {
    let place = crate::postgres::database();
    let [a, b] = [Hub::start_on(&place), Hub::start_on(&place)];
    a.store
        .write(|tx| {
            let ana =
                PersonRow { id: "ana".into(), name: "Ana Alves".into(), shown: "name".into(), ..PersonRow::default() };
            people::put(tx, &ana)?;
            floor::changed(tx)
        })
        .unwrap();
    let [ingest, read] = [a.token(TokenRole::Ingest), a.token(TokenRole::Read)];
    let boards = streamed(&b, &read);
    let post = |hub: &Hub, id: &str, value: u32| {
        // The floor shows the month that is; a fact of this moment is in it.
        let at: jiff::Timestamp = std::time::SystemTime::now().try_into().unwrap();
        let body = format!(
            r#"{{"source": "crm", "activities": [{{"ext_id": "{id}", "metric": "won", "owner": "Ana Alves", "at": "{at}", "value": {value}}}]}}"#
        );
        let headers = [("authorization", format!("Bearer {ingest}")), ("content-type", "application/json".to_owned())];
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = hub.ask("POST", "/api/v1/activities", &headers, &body);
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    };
    post(&a, "d1", 4_711);
    let first = wait_for(&boards, "4711");
    post(&b, "d2", 1_000);
    let second = wait_for(&boards, "5711");
    assert!(first["epoch"] == second["epoch"] && first["rev"].as_i64() < second["rev"].as_i64());
    // Both have the same bytes under the same tag, whoever published them.
    let board = |hub: &Hub| {
        let bearer = format!("Bearer {read}");
        let answer = hub.ask("GET", "/boards/main", &[("authorization", bearer.as_str())], "");
        (answer.header("etag").map(str::to_owned), answer.body)
    };
    let deadline = std::time::Instant::now() + PATIENCE;
    while board(&a) != board(&b) {
        assert!(std::time::Instant::now() < deadline, "the nodes show different boards");
        std::thread::sleep(Duration::from_millis(50));
    }
    // One node goes, the other goes on.
    drop(a);
    post(&b, "d3", 300);
    wait_for(&boards, "6011");
}

/// The bytes that a publisher has of a board, and everything that it could show.
fn shown(publisher: &Publisher) -> (Published, Whole) {
    let held = publisher.board("main").unwrap().borrow().clone().unwrap();
    ((*held).clone(), (*publisher.whole("main").unwrap()).clone())
}

#[test]
fn of_two_nodes_one_builds_a_board_and_both_show_the_same() {
    let place = crate::postgres::database();
    let stores = [(); 2].map(|()| Arc::new(Store::open(&place, now()).unwrap()));
    let nodes = stores.each_ref().map(|store| Publisher::new(store.clone()).unwrap());
    for n in 0..20 {
        let rename = |tx: &mut floorcast_hub::store::Tx<'_>| {
            let mut floor = floor::get(tx)?;
            // Every second change moves nothing on the board.
            floor.locale = if n % 4 < 2 { "en".into() } else { "de".into() };
            floor::put(tx, &floor)?;
            floor::changed(tx)
        };
        stores[n % 2].write(rename).unwrap();
        let built: usize = std::thread::scope(|scope| {
            let rounds = nodes.each_ref().map(|node| scope.spawn(|| node.rebuild().unwrap().built));
            rounds.into_iter().map(|round| round.join().unwrap()).sum()
        });
        assert_eq!(built, 1, "change {n}");
        // Who was not at it takes what the other one built.
        assert!(nodes.iter().all(|node| node.rebuild().unwrap() == Rebuilt::default()));
        assert_eq!(shown(&nodes[0]), shown(&nodes[1]), "change {n}");
        assert_eq!(shown(&nodes[0]).1.document["locale"], if n % 4 < 2 { "en" } else { "de" });
    }
    assert_eq!(shown(&nodes[0]).0.rev, 10, "the first, and one for each of nine changes of the language");
    // A node that is killed while it builds keeps the others waiting for a moment only.
    stores[0].write(floor::changed).unwrap();
    let (version, at) = (stores[0].read(floor::version).unwrap(), jiff::Timestamp::now().as_microsecond());
    let due = Due { version, before: 0, now: at };
    assert!(stores[0].queue(|tx| boards::take(tx, "main", due, 2_000_000)).unwrap());
    assert_eq!(nodes[1].rebuild().unwrap(), Rebuilt { built: 0, waits: true });
    let begun = std::time::Instant::now();
    while nodes[1].rebuild().unwrap().built == 0 {
        assert!(begun.elapsed() < PATIENCE, "nobody builds the board");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_change_wakes_whoever_listens_on_another_node() {
    let place = crate::postgres::database();
    let [a, b] = [(); 2].map(|()| Store::open(&place, now()).unwrap());
    let (send, heard) = mpsc::channel();
    let listening = std::thread::spawn(move || b.listen(&mut |news| send.send(news).is_ok()));
    // The first is what was told before; it listens from then on.
    assert!(heard.recv_timeout(PATIENCE).unwrap());
    // Others are told no more than five times a second: one change of these is told.
    let told = (0..200).any(|_| {
        a.write(floor::changed).unwrap();
        heard.recv_timeout(Duration::from_millis(300)).is_ok_and(|news| news)
    });
    assert!(told, "nothing was heard of 200 changes");
    drop(heard);
    a.write(floor::changed).unwrap();
    assert_eq!(listening.join().unwrap(), Ok(()));
}

const PLACE: &str = "FLOORCAST_NODE_PLACE";

/// The other process: serves as `floorcast hub --db` does.
#[test]
#[ignore = "started by the other test of this file"]
fn served() {
    let Some(place) = std::env::var_os(PLACE) else { return };
    let serve = ServeArgs {
        db: Some(PathBuf::from(place)),
        listen: Some("127.0.0.1:0".parse().unwrap()),
        config: None,
        until_stdin_ends: true,
    };
    cli::run(&HubArgs { command: None, serve }, &Host::default()).unwrap();
}

#[test]
fn a_hub_starts_serves_and_ends_on_a_server() {
    let mut hub = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "nodes::served", "--ignored", "--nocapture"])
        .env(PLACE, crate::postgres::database())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(hub.stdout.take().unwrap()).lines().map_while(Result::ok);
    let at = lines.find_map(|line| line.split("The hub listens on http://").nth(1).map(str::to_owned));
    let at = at.expect("the hub ended before it listened");
    assert!(lines.any(|line| line.contains("/start?key=")), "nobody can sign in yet");
    let mut stream = TcpStream::connect(at).unwrap();
    write!(stream, "GET /boards/main HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    drop(hub.stdin.take());
    // What it still says is read, or it would wait for a reader.
    assert!(lines.any(|line| line.contains("1 passed")), "the hub did not end well");
    assert!(hub.wait().unwrap().success());
}
