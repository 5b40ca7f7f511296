//! A real mosquitto on a port that the kernel chose, and somebody who publishes and listens at it.

#![allow(dead_code, reason = "each test binary uses its own part")]

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use bytes::BytesMut;
use rumqttc::mqttbytes::v4::{Connect, Packet, Publish, Subscribe};
use rumqttc::mqttbytes::{Error, QoS};

use super::TempDir;

const PROGRAM: &str = "/usr/sbin/mosquitto";

/// Whether there is a mosquitto; without one a test is skipped aloud, except in CI.
pub fn is_there(test: &str) -> bool {
    let there = std::path::Path::new(PROGRAM).exists();
    if !there {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "CI needs mosquitto");
        eprintln!("SKIPPED {test}: no {PROGRAM} here (apt-get install mosquitto)");
    }
    there
}

/// A port that was free a moment ago.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A broker; dropping it kills it.
pub struct Broker {
    pub port: u16,
    pub dir: TempDir,
    settings: PathBuf,
    child: Option<Child>,
}

impl Broker {
    /// A broker with these settings after its listener.
    pub fn start(settings: impl FnOnce(&TempDir) -> String) -> Broker {
        let port = free_port();
        Broker::with(port, |dir| format!("listener {port} 127.0.0.1\n{}", settings(dir)))
    }

    /// A broker that lets everybody in.
    pub fn open() -> Broker {
        Broker::start(|_| "allow_anonymous true\n".into())
    }

    /// A broker with settings of which one listens on this port.
    pub fn with(port: u16, settings: impl FnOnce(&TempDir) -> String) -> Broker {
        // Started by root it would become somebody who may not read the folder.
        Broker::begin(port, "root", settings).unwrap_or_else(|log| panic!("mosquitto ended: {log}"))
    }

    /// The same as this user, where root starts it. What the log says where it does not start.
    pub fn begin(port: u16, user: &str, settings: impl FnOnce(&TempDir) -> String) -> Result<Broker, String> {
        let dir = TempDir::new();
        let log = dir.write("log", "");
        // Whoever it becomes may write its log and what it keeps.
        for (path, mode) in [(dir.path(), 0o777), (&log, 0o666)] {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        }
        let text = format!("user {user}\nlog_dest file {}\n{}", log.display(), settings(&dir));
        let settings = dir.write("mosquitto.conf", text);
        let mut broker = Broker { port, dir, settings, child: None };
        broker.try_up().map(|()| broker)
    }

    pub fn up(&mut self) {
        self.try_up().unwrap_or_else(|log| panic!("mosquitto ended: {log}"));
    }

    fn try_up(&mut self) -> Result<(), String> {
        let mut command = Command::new(PROGRAM);
        command.arg("-c").arg(&self.settings).stdout(Stdio::null()).stderr(Stdio::null());
        self.child = Some(command.spawn().unwrap());
        let mut looks = 0;
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            if self.child.as_mut().unwrap().try_wait().unwrap().is_some() {
                return Err(self.log());
            }
            looks += 1;
            assert!(looks < 1000, "mosquitto does not listen: {}", self.log());
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }

    pub fn down(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().ok();
            child.wait().ok();
        }
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.dir.path().join("log")).unwrap_or_default()
    }

    pub fn url(&self) -> String {
        format!("mqtt://127.0.0.1:{}/floor/v1/acme/main", self.port)
    }

    pub fn peer(&self) -> Peer {
        Peer::connect(self.port, "peer", None)
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        self.down();
    }
}

/// Another client, blocking.
pub struct Peer {
    socket: TcpStream,
    came: BytesMut,
    last: u16,
}

impl Peer {
    pub fn connect(port: u16, id: &str, login: Option<(&str, &str)>) -> Peer {
        let socket = TcpStream::connect(("127.0.0.1", port)).unwrap();
        socket.set_nodelay(true).unwrap();
        let mut peer = Peer { socket, came: BytesMut::new(), last: 0 };
        let mut connect = Connect::new(id);
        connect.keep_alive = 0;
        if let Some((user, password)) = login {
            connect.set_login(user, password);
        }
        peer.send(Packet::Connect(connect));
        let answer = peer.next(Duration::from_secs(8)).expect("an answer");
        assert!(matches!(answer, Packet::ConnAck(_)), "{answer:?}");
        peer
    }

    fn send(&mut self, packet: Packet) {
        let mut bytes = BytesMut::new();
        packet.write(&mut bytes, usize::MAX).unwrap();
        self.socket.write_all(&bytes).unwrap();
    }

    fn pkid(&mut self) -> u16 {
        self.last += 1;
        self.last
    }

    /// Publishes with QoS 1 and waits until the broker has it.
    pub fn publish(&mut self, topic: &str, payload: impl Into<Vec<u8>>, retain: bool) {
        let mut publish = Publish::new(topic, QoS::AtLeastOnce, payload);
        (publish.retain, publish.pkid) = (retain, self.pkid());
        let pkid = publish.pkid;
        self.send(Packet::Publish(publish));
        while !matches!(self.next(Duration::from_secs(8)), Some(Packet::PubAck(ack)) if ack.pkid == pkid) {}
    }

    pub fn state(&mut self, payload: impl Into<Vec<u8>>) {
        self.publish("floor/v1/acme/main/state", payload, true);
    }

    pub fn subscribe(&mut self, topic: &str) {
        let mut subscribe = Subscribe::new(topic, QoS::AtMostOnce);
        subscribe.pkid = self.pkid();
        self.send(Packet::Subscribe(subscribe));
    }

    /// The next message, within 8 s.
    #[track_caller]
    pub fn message(&mut self) -> Publish {
        loop {
            match self.next(Duration::from_secs(8)).expect("a message") {
                Packet::Publish(publish) => return publish,
                _ => continue,
            }
        }
    }

    /// Messages until one is right.
    #[track_caller]
    pub fn message_with(&mut self, words: &str) -> Publish {
        loop {
            let message = self.message();
            if String::from_utf8_lossy(&message.payload).contains(words) {
                return message;
            }
        }
    }

    fn next(&mut self, within: Duration) -> Option<Packet> {
        self.socket.set_read_timeout(Some(within)).unwrap();
        loop {
            match Packet::read(&mut self.came, 4 << 20) {
                Ok(packet) => return Some(packet),
                Err(Error::InsufficientBytes(_)) => {}
                Err(error) => panic!("{error}"),
            }
            let mut bytes = [0; 65536];
            match self.socket.read(&mut bytes) {
                Ok(0) | Err(_) => return None,
                Ok(n) => self.came.extend_from_slice(&bytes[..n]),
            }
        }
    }
}
