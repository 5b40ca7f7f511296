//! A piece of network on loopback that can be cut, fall silent, or turn to treacle.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How the network is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Net {
    Through,
    /// Every connection ends, and so does each new one.
    Cut,
    /// Connections stand and nothing comes through: the other side went without a word.
    HalfOpen,
    /// A byte now and then.
    Slow,
}

/// Between two bytes of a slow network: longer than a stream may be silent.
const TREACLE: Duration = Duration::from_millis(400);
/// How soon a connection sees that the network is another one.
const LOOK: Duration = Duration::from_millis(5);

/// A port that leads to another one.
pub struct Proxy {
    pub port: u16,
    net: Arc<Mutex<Net>>,
}

impl Proxy {
    pub fn to(port: u16) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = Proxy { port: listener.local_addr().unwrap().port(), net: Arc::new(Mutex::new(Net::Through)) };
        let net = proxy.net.clone();
        spawn(move || {
            for here in listener.incoming().flatten() {
                let Ok(there) = TcpStream::connect(("127.0.0.1", port)) else { continue };
                let ends = here.try_clone().and_then(|a| Ok((a, there.try_clone()?)));
                let Ok((back, forth)) = ends else { continue };
                let (asks, answers) = (net.clone(), net.clone());
                spawn(move || carry(here, forth, &asks, Duration::ZERO));
                spawn(move || carry(there, back, &answers, TREACLE));
            }
        });
        proxy
    }

    pub fn set(&self, net: Net) {
        *self.net.lock().unwrap() = net;
    }
}

fn spawn(work: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().name("proxy".into()).spawn(work).unwrap();
}

/// Carries bytes until one side goes or the network is cut.
fn carry(mut from: TcpStream, mut to: TcpStream, net: &Mutex<Net>, pause: Duration) {
    from.set_read_timeout(Some(LOOK)).unwrap();
    to.set_nodelay(true).unwrap();
    let mut bytes = [0; 65536];
    loop {
        let state = *net.lock().unwrap();
        let most = match state {
            Net::Cut => break,
            Net::HalfOpen => {
                std::thread::sleep(LOOK);
                continue;
            }
            Net::Slow if !pause.is_zero() => 1,
            Net::Slow | Net::Through => bytes.len(),
        };
        match from.read(&mut bytes[..most]) {
            Ok(0) => break,
            Ok(n) => {
                if to.write_all(&bytes[..n]).is_err() {
                    break;
                }
                if state == Net::Slow {
                    std::thread::sleep(pause);
                }
            }
            Err(error) if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {}
            Err(_) => break,
        }
    }
    // An error means that it is closed already.
    from.shutdown(Shutdown::Both).ok();
    to.shutdown(Shutdown::Both).ok();
}
