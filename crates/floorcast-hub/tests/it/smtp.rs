//! A mail server on this machine, as far as clients see one.
#![expect(clippy::disallowed_methods, reason = "a server of a test has a thread for each client")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU16, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// A mail server as far as clients see: it takes what it is told to take, and keeps it.
pub struct Smtp {
    pub at: SocketAddr,
    /// The answer to whom a mail is for.
    pub code: Arc<AtomicU16>,
    mails: Arc<Mutex<Vec<(String, String)>>>,
    pub asked: Arc<AtomicUsize>,
}

impl Smtp {
    pub fn start() -> Smtp {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let smtp = Smtp {
            at: listener.local_addr().unwrap(),
            code: Arc::new(AtomicU16::new(250)),
            mails: Arc::default(),
            asked: Arc::default(),
        };
        let (code, mails, asked) = (smtp.code.clone(), smtp.mails.clone(), smtp.asked.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (code, mails) = (code.clone(), mails.clone());
                asked.fetch_add(1, Ordering::SeqCst);
                std::thread::spawn(move || talk(stream, &code, &mails));
            }
        });
        smtp
    }

    /// To whom, and what.
    pub fn taken(&self) -> Vec<(String, String)> {
        std::mem::take(&mut self.mails.lock().unwrap())
    }
}

/// A connection, until either side ends it.
fn talk(stream: TcpStream, code: &AtomicU16, mails: &Mutex<Vec<(String, String)>>) -> Option<()> {
    let mut out = stream.try_clone().ok()?;
    let mut lines = BufReader::new(stream).lines();
    let mut to = String::new();
    out.write_all(b"220 test\r\n").ok()?;
    loop {
        let line = lines.next()?.ok()?;
        let answer = match line.get(..4).unwrap_or_default() {
            "RCPT" => {
                to = line.split(['<', '>']).nth(1)?.to_owned();
                match code.load(Ordering::SeqCst) {
                    250 => "250 ok".to_owned(),
                    code => format!("{code} <{to}>: not now"),
                }
            }
            "DATA" => {
                out.write_all(b"354 go on\r\n").ok()?;
                let mut mail = String::new();
                loop {
                    let line = lines.next()?.ok()?;
                    if line == "." {
                        break;
                    }
                    mail += line.strip_prefix('.').unwrap_or(&line);
                    mail += "\n";
                }
                mails.lock().unwrap().push((to.clone(), mail));
                "250 taken".to_owned()
            }
            "QUIT" => {
                out.write_all(b"221 bye\r\n").ok()?;
                return None;
            }
            _ => "250 ok".to_owned(),
        };
        out.write_all(format!("{answer}\r\n").as_bytes()).ok()?;
    }
}

/// A mail as it came, and what its parts are when they are decoded.
pub fn decoded(mail: &str) -> String {
    use base64::Engine as _;
    let mut out = format!("{mail}\n{}", quoted(mail));
    for part in mail.split("\n\n") {
        let joined: String = part.split_whitespace().collect();
        if let Ok(bytes) = base64::engine::general_purpose::STANDARD.decode(&joined) {
            out += &String::from_utf8_lossy(&bytes);
        }
    }
    out
}

/// Without what quoted-printable puts in.
fn quoted(text: &str) -> String {
    let text = text.replace("=\n", "");
    let (mut out, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| *first == b'=') {
            Some(byte) => {
                out.push(byte);
                rest = &after[2..];
            }
            None => {
                out.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
