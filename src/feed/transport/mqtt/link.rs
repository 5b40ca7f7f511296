//! Sends and receives the packets of one connection: socket, TLS, each packet within its time.
//!
//! The packets are rumqttc's; its event loop is not used: it keeps the peer's address to itself (which decides whose
//! pictures may be fetched), counts its times in whole seconds, and its TLS brings older copies of our crates.

use std::io;
use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use bytes::BytesMut;
use rumqttc::mqttbytes::Error as Malformed;
use rumqttc::mqttbytes::v4::Packet;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::config::Broker;
use crate::feed::errors::of_error;
use crate::feed::failure::{Failure, Wait};
use crate::feed::limits::Limits;
use crate::feed::ports::Clock;
use crate::feed::tls;
use crate::feed::unpack::size;

/// A packet may be larger than its payload by this.
const HEADROOM: usize = 64 << 10;

trait Socket: AsyncRead + AsyncWrite + Send + Unpin {}
impl<S: AsyncRead + AsyncWrite + Send + Unpin> Socket for S {}

/// An open connection.
pub(super) struct Link {
    socket: Box<dyn Socket>,
    received: BytesMut,
    /// Largest packet.
    max: usize,
    /// A packet must be gone within this.
    stall: Duration,
    /// Host and port, for messages.
    pub host: String,
    pub peer: IpAddr,
    clock: Clock,
}

impl Link {
    /// Connects and, where the address says so, encrypts; within [`Limits::connect`].
    pub async fn open(broker: &Broker, ca: Option<&Path>, limits: &Limits, clock: &Clock) -> Result<Link, Failure> {
        let host = host_label(broker);
        match timeout(limits.connect, connect(broker, ca)).await {
            Ok(Ok((socket, peer))) => Ok(Link {
                socket,
                received: BytesMut::new(),
                max: limits.wire_bytes + HEADROOM,
                stall: limits.stall,
                host,
                peer,
                clock: clock.clone(),
            }),
            Ok(Err(ConnectError::Io(error))) => Err(of_error(&error, &host, clock())),
            Ok(Err(ConnectError::Failure(failure))) => Err(failure),
            Err(_) => Err(Failure::no_answer(format!("{host}: no connection in time"))),
        }
    }

    /// The next packet. Nothing is lost when the wait for it is given up.
    pub async fn next(&mut self) -> Result<Packet, Failure> {
        loop {
            match Packet::read(&mut self.received, self.max) {
                Ok(packet) => return Ok(packet),
                Err(Malformed::InsufficientBytes(_)) => {}
                Err(Malformed::PayloadSizeLimitExceeded(bytes)) => {
                    let (bytes, max) = (size(bytes), size(self.max - HEADROOM));
                    let reason = format!("{}: a message of {bytes} is larger than {max}", self.host);
                    return Err(Failure { wait: Wait::Backoff, ..Failure::bad_data(reason) });
                }
                Err(error) => {
                    let reason = format!("{}: this is no MQTT broker: {error}", self.host);
                    return Err(Failure { wait: Wait::Backoff, ..Failure::bad_data(reason) });
                }
            }
            match self.socket.read_buf(&mut self.received).await {
                Ok(0) => {
                    let reason = format!("{}: the broker ended the connection", self.host);
                    return Err(Failure { closed_by_peer: true, ..Failure::no_answer(reason) });
                }
                Ok(_) => {}
                Err(error) => {
                    return Err(Failure { closed_by_peer: true, ..of_error(&error, &self.host, (self.clock)()) });
                }
            }
        }
    }

    /// Sends a packet. To be awaited to its end, or the next one would follow half of it.
    pub async fn send(&mut self, packet: &Packet) -> Result<(), Failure> {
        let mut bytes = BytesMut::new();
        packet.write(&mut bytes, usize::MAX).map_err(|error| {
            Failure::no_answer(format!("{}: the message cannot be encoded for MQTT: {error}", self.host))
        })?;
        let sent = async {
            self.socket.write_all(&bytes).await?;
            self.socket.flush().await
        };
        match timeout(self.stall, sent).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(of_error(&error, &self.host, (self.clock)())),
            Err(_) => Err(Failure::no_answer(format!("{}: the broker accepts no more data", self.host))),
        }
    }
}

enum ConnectError {
    Io(io::Error),
    Failure(Failure),
}

impl From<io::Error> for ConnectError {
    fn from(error: io::Error) -> Self {
        ConnectError::Io(error)
    }
}

async fn connect(broker: &Broker, ca: Option<&Path>) -> Result<(Box<dyn Socket>, IpAddr), ConnectError> {
    let mut last = io::Error::new(io::ErrorKind::NotFound, "the name has no address");
    let mut open = None;
    for address in tokio::net::lookup_host((broker.host(), broker.port())).await? {
        match TcpStream::connect(address).await {
            Ok(socket) => {
                open = Some((socket, address.ip()));
                break;
            }
            Err(error) => last = error,
        }
    }
    let (socket, peer) = open.ok_or(last)?;
    socket.set_nodelay(true)?;
    if !broker.tls() {
        return Ok((Box::new(socket), peer));
    }
    let config = tls::config(ca).map_err(ConnectError::Failure)?;
    let name = ServerName::try_from(broker.host().to_owned()).map_err(io::Error::other)?;
    let socket = tokio_rustls::TlsConnector::from(config).connect(name, socket).await?;
    Ok((Box::new(socket), peer))
}

/// Host and port, for messages about the connection.
pub(super) fn host_label(broker: &Broker) -> String {
    format!("{}:{}", broker.host(), broker.port())
}
