//! A scripted HTTP server on loopback: it answers whatever a test wants, bytes, pauses and resets included.

#![allow(dead_code, reason = "each test binary uses its own part")]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// One thing a server does after it has read a request.
#[derive(Clone)]
pub enum Step {
    Send(Vec<u8>),
    /// Sends byte by byte with a pause after each.
    Drip(Vec<u8>, Duration),
    /// Keeps the connection open and says nothing.
    Hold,
    /// Ends the connection with a reset.
    Reset,
    /// Ends the connection.
    Close,
}

pub type Reply = Vec<Step>;

/// A whole answer with its length.
pub fn http(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Reply {
    let mut bytes = head(status, headers, body.as_ref().len());
    bytes.extend_from_slice(body.as_ref());
    vec![Step::Send(bytes)]
}

pub fn ok(body: impl AsRef<[u8]>) -> Reply {
    http("200 OK", &[("Content-Type", "application/json")], body)
}

/// The head of an answer that promises `length` bytes.
pub fn head(status: &str, headers: &[(&str, &str)], length: usize) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {status}\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    if !status.starts_with("304") {
        text.push_str(&format!("Content-Length: {length}\r\n"));
    }
    text.push_str("\r\n");
    text.into_bytes()
}

type Script = Box<dyn Fn(&str) -> Reply + Send>;

pub struct Server {
    address: SocketAddr,
    script: Arc<Mutex<Script>>,
    requests: Arc<Mutex<Vec<String>>>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    /// A server whose script gets the head of each request.
    pub fn start(script: impl Fn(&str) -> Reply + Send + 'static) -> Server {
        Server::on(TcpListener::bind("127.0.0.1:0").unwrap(), script)
    }

    /// A server on a socket that listens already.
    pub fn on(listener: TcpListener, script: impl Fn(&str) -> Reply + Send + 'static) -> Server {
        let address = listener.local_addr().unwrap();
        let script: Arc<Mutex<Script>> = Arc::new(Mutex::new(Box::new(script)));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let connections = Arc::new(AtomicUsize::new(0));
        let (for_script, for_requests, count) = (script.clone(), requests.clone(), connections.clone());
        named("server", move || {
            for stream in listener.incoming().flatten() {
                count.fetch_add(1, Ordering::SeqCst);
                let (script, requests) = (for_script.clone(), for_requests.clone());
                // A client that goes away in the middle is part of many tests.
                named("connection", move || drop(serve(stream, &script, &requests)));
            }
        });
        Server { address, script, requests, connections }
    }

    /// From now on.
    pub fn answer(&self, script: impl Fn(&str) -> Reply + Send + 'static) {
        *self.script.lock().unwrap() = Box::new(script);
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The requests so far, with their bodies.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// How often somebody connected.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// How many requests there were for a path.
    pub fn count(&self, path: &str) -> usize {
        self.counted("GET", path)
    }

    /// How many requests of a method there were for a path.
    pub fn counted(&self, method: &str, path: &str) -> usize {
        let line = format!("{method} {path} ");
        self.requests().iter().filter(|request| request.starts_with(&line)).count()
    }
}

fn named(name: &str, work: impl FnOnce() + Send + 'static) {
    thread::Builder::new().name(name.into()).spawn(work).unwrap();
}

fn serve(mut stream: TcpStream, script: &Mutex<Script>, requests: &Mutex<Vec<String>>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    loop {
        let mut request = Vec::new();
        let mut byte = [0];
        while !request.ends_with(b"\r\n\r\n") {
            if stream.read(&mut byte)? == 0 {
                return Ok(());
            }
            request.push(byte[0]);
        }
        let head = String::from_utf8_lossy(&request).to_ascii_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
        let mut body = vec![0; length];
        stream.read_exact(&mut body)?;
        request.append(&mut body);
        let request = String::from_utf8_lossy(&request).into_owned();
        requests.lock().unwrap().push(request.clone());
        let reply = script.lock().unwrap()(&request);
        for step in reply {
            match step {
                Step::Send(bytes) => stream.write_all(&bytes)?,
                Step::Drip(bytes, pause) => {
                    for byte in bytes {
                        stream.write_all(&[byte])?;
                        thread::sleep(pause);
                    }
                }
                Step::Hold => {
                    // Until the client goes.
                    while stream.read(&mut byte)? > 0 {}
                    return Ok(());
                }
                Step::Reset => {
                    socket2::SockRef::from(&stream).set_linger(Some(Duration::ZERO))?;
                    return Ok(());
                }
                Step::Close => return Ok(()),
            }
        }
    }
}
