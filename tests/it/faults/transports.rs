//! Every way a board comes, behind one small face: say this, and let the network be so.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use floorcast::config::{Config, FeedSource};
use floorcast::feed::{FeedOptions, OpenSource};

use super::proxy::{Net, Proxy};
use crate::support::TempDir;
use crate::support::mosquitto::{Broker, Peer};
use crate::support::rig::{Watch, fast, options};
use crate::support::server::{Server, http};

/// A way a board comes.
pub trait Transport {
    fn options(&self) -> FeedOptions;

    /// From now on the source says this.
    fn serve(&mut self, body: &[u8]);

    /// From now on the way to it is so.
    fn net(&mut self, net: Net);

    /// Whether the source tells its clock.
    fn has_clock(&self) -> bool {
        false
    }

    /// A board of one row in the source's own words.
    fn board(&self, rev: u64, as_of: &str) -> Vec<u8> {
        let as_of = if as_of.is_empty() { String::new() } else { format!("\"as_of\":\"{as_of}\",") };
        let body = crate::support::rig::board(rev);
        body.replacen("\"rev\"", &format!("\"tz\":\"Europe/Berlin\",{as_of}\"rev\""), 1).into_bytes()
    }

    /// More than it may be.
    fn too_much(&self) -> Vec<u8> {
        vec![b' '; (1 << 20) + 5000]
    }

    /// A good board in letters of another kind.
    fn wrong_charset(&self) -> Vec<u8> {
        let mut body = self.board(9, "");
        let at = body.windows(3).position(|part| part == b"Ana").unwrap();
        // "Änä" in Windows-1252.
        body[at..at + 3].copy_from_slice(b"\xc4n\xe4");
        body
    }
}

type Said = Arc<Mutex<Vec<u8>>>;

fn date(world: &Watch) -> String {
    let since = Duration::from_secs(u64::try_from(world.now().as_second()).unwrap());
    httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + since)
}

/// A server that is polled.
pub struct Http {
    said: Said,
    proxy: Proxy,
    _server: Server,
}

impl Http {
    pub fn start(world: &Watch) -> Http {
        let said = Said::default();
        let (body, world) = (said.clone(), world.clone());
        let server = Server::start(move |_| {
            http("200 OK", &[("Date", &date(&world)), ("Content-Type", "text/plain")], &*body.lock().unwrap())
        });
        Http { said, proxy: Proxy::to(server.port()), _server: server }
    }
}

impl Transport for Http {
    fn options(&self) -> FeedOptions {
        options(&format!("http://127.0.0.1:{}/board.json", self.proxy.port))
    }

    fn serve(&mut self, body: &[u8]) {
        *self.said.lock().unwrap() = body.to_vec();
    }

    fn net(&mut self, net: Net) {
        self.proxy.set(net);
    }

    fn has_clock(&self) -> bool {
        true
    }
}

/// A server that streams, and can be polled.
pub struct Stream {
    said: Said,
    proxy: Proxy,
}

impl Stream {
    pub fn start(world: &Watch) -> Stream {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = Proxy::to(listener.local_addr().unwrap().port());
        let said = Said::default();
        let (body, world) = (said.clone(), world.clone());
        let named = |work: Box<dyn FnOnce() + Send>| {
            std::thread::Builder::new().name("stream".into()).spawn(work).unwrap();
        };
        named(Box::new(move || {
            for socket in listener.incoming().flatten() {
                let (body, world) = (body.clone(), world.clone());
                // A client that goes away is part of the tests.
                named(Box::new(move || drop(speak(socket, &body, &world))));
            }
        }));
        Stream { said, proxy }
    }
}

/// The head of a stream, then each new state, and a sign of life in between.
fn speak(mut socket: TcpStream, said: &Said, world: &Watch) -> std::io::Result<()> {
    let (mut request, mut byte) = (Vec::new(), [0]);
    while !request.ends_with(b"\r\n\r\n") {
        if socket.read(&mut byte)? == 0 {
            return Ok(());
        }
        request.push(byte[0]);
    }
    let date = date(world);
    if !String::from_utf8_lossy(&request).to_ascii_lowercase().contains("text/event-stream") {
        let body = said.lock().unwrap().clone();
        let head =
            format!("HTTP/1.1 200 OK\r\nDate: {date}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
        return socket.write_all(head.as_bytes()).and_then(|()| socket.write_all(&body));
    }
    let head =
        format!("HTTP/1.1 200 OK\r\nDate: {date}\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
    socket.write_all(head.as_bytes())?;
    let mut last = None;
    loop {
        let body = said.lock().unwrap().clone();
        if last.as_ref() == Some(&body) {
            socket.write_all(b":\n")?;
        } else {
            socket.write_all(&[b"event: state\ndata: ".as_slice(), &body, b"\n\n"].concat())?;
            last = Some(body);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

impl Transport for Stream {
    fn options(&self) -> FeedOptions {
        let source = FeedSource::parse(&format!("sse+http://127.0.0.1:{}/stream", self.proxy.port)).unwrap();
        FeedOptions { interval_s: 0.03, limits: fast(), ..FeedOptions::new(OpenSource::open(&source, "").unwrap()) }
    }

    fn serve(&mut self, body: &[u8]) {
        *self.said.lock().unwrap() = body.to_vec();
    }

    fn net(&mut self, net: Net) {
        self.proxy.set(net);
    }

    fn has_clock(&self) -> bool {
        true
    }

    fn too_much(&self) -> Vec<u8> {
        vec![b' '; (4 << 20) + 5000]
    }
}

/// A real broker.
pub struct Mqtt {
    proxy: Proxy,
    peer: Peer,
    _broker: Broker,
}

impl Mqtt {
    pub fn start() -> Mqtt {
        let broker = Broker::open();
        Mqtt { proxy: Proxy::to(broker.port), peer: broker.peer(), _broker: broker }
    }
}

impl Transport for Mqtt {
    fn options(&self) -> FeedOptions {
        options(&format!("mqtt://127.0.0.1:{}/floor/v1/acme/main", self.proxy.port))
    }

    fn serve(&mut self, body: &[u8]) {
        self.peer.state(body);
    }

    fn net(&mut self, net: Net) {
        self.proxy.set(net);
    }
}

/// A file that is replaced by rename.
pub struct File {
    dir: TempDir,
    said: Vec<u8>,
}

impl File {
    pub fn new() -> File {
        File { dir: TempDir::new(), said: Vec::new() }
    }

    fn put(&self, body: &[u8]) {
        let next = self.dir.write("next", body);
        fs::rename(next, self.dir.path().join("board.json")).unwrap();
    }
}

impl Transport for File {
    fn options(&self) -> FeedOptions {
        options(self.dir.path().join("board.json").to_str().unwrap())
    }

    fn serve(&mut self, body: &[u8]) {
        self.said = body.to_vec();
        self.put(body);
    }

    /// What a file has of it: emptied, a pipe that nobody writes to, half written.
    fn net(&mut self, net: Net) {
        match net {
            Net::Through => self.put(&self.said),
            Net::Cut => self.put(b""),
            Net::HalfOpen => {
                let pipe = self.dir.path().join("pipe");
                assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
                fs::rename(pipe, self.dir.path().join("board.json")).unwrap();
            }
            Net::Slow => self.put(&self.said[..self.said.len() / 2]),
        }
    }
}

/// A table on a server, through a map.
pub struct Map {
    dir: TempDir,
    http: Http,
}

const PROGRAM: &str = r#"
.sources.crm as $rows
| if ($rows[0].rev // "") == "" then error("no column rev") else . end
| {format: "salesboard/1", board: "b", epoch: "e", rev: ($rows[0].rev | num | floor), slides: [
    {type: "ranking", title: "Deals", rows: [$rows[] | {name: .name, value: (.rev | num)}]}]}
+ (if $rows[0].as_of == "" then {} else {as_of: $rows[0].as_of} end)
"#;

impl Map {
    pub fn start(world: &Watch) -> Map {
        let dir = TempDir::new();
        dir.write("m.jq", PROGRAM);
        Map { dir, http: Http::start(world) }
    }
}

impl Transport for Map {
    fn options(&self) -> FeedOptions {
        let url = format!("http://127.0.0.1:{}/deals.csv", self.http.proxy.port);
        let text = format!("[feed]\nmap = \"m.jq\"\n[[feed.source]]\nname = \"crm\"\nurl = \"{url}\"\n");
        let config = Config::parse(&text, &["ranking"]).unwrap().rebase(self.dir.path());
        let source = OpenSource::open(config.feeds[0].source.as_ref().unwrap(), "").unwrap();
        let mut options = FeedOptions { interval_s: 0.03, limits: fast(), ..FeedOptions::new(source) };
        options.limits.map.input = 1 << 20;
        options
    }

    fn serve(&mut self, body: &[u8]) {
        self.http.serve(body);
    }

    fn net(&mut self, net: Net) {
        self.http.net(net);
    }

    fn board(&self, rev: u64, as_of: &str) -> Vec<u8> {
        format!("name;rev;as_of\nAna;{rev};{as_of}\n").into_bytes()
    }

    /// Other letters are recognised in a table; these say that they are UTF-16 and are not.
    fn wrong_charset(&self) -> Vec<u8> {
        [b"\xff\xfe".as_slice(), &self.board(91, "")].concat()
    }
}
