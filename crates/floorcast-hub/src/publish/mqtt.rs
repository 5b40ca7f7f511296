//! Boards to MQTT brokers: retained, to each broker by itself, and anew after every connection (FEED §4).

use std::collections::HashMap;
use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use rumqttc::{AsyncClient, Event, EventLoop, MqttOptions, Packet, QoS};
use tokio::sync::watch;

use super::Publisher;
use crate::random;

/// Where and as whom boards are published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broker {
    pub host: String,
    pub port: u16,
    /// `floor/v1/acme`: the board's id and `state` come behind it.
    pub prefix: String,
    pub user: Option<(String, String)>,
}

const PORT: u16 = 1883;

/// A wall takes as much.
const MAX_PACKET: usize = (1 << 20) + (64 << 10);

/// Messages that wait for the broker.
const WAITING: usize = 64;

/// Between two tries of a connection, and of what found no room.
const AGAIN: Duration = Duration::from_secs(2);

impl Broker {
    /// Reads `mqtt://HOST[:PORT]/floor/v1/ORG`.
    ///
    /// # Errors
    /// What was expected.
    pub fn parse(address: &str) -> Result<Broker, String> {
        let wrong = || format!("{address:?}: expected an address like \"mqtt://broker.example/floor/v1/acme\"");
        let rest = address.strip_prefix("mqtt://").ok_or_else(wrong)?;
        let (place, prefix) = rest.split_once('/').ok_or_else(wrong)?;
        let (host, port) = match place.rsplit_once(':') {
            Some((host, port)) => (host, port.parse().map_err(|_| wrong())?),
            None => (place, PORT),
        };
        let prefix = prefix.trim_end_matches('/');
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_/".contains(c);
        if host.is_empty() || host.contains('@') || prefix.is_empty() || !prefix.chars().all(plain) {
            return Err(wrong());
        }
        Ok(Broker { host: host.to_owned(), port, prefix: prefix.to_owned(), user: None })
    }
}

/// Publishes every board to a broker for ever.
pub async fn publish(publisher: Arc<Publisher>, broker: Broker) {
    let id = random::id('h').unwrap_or_else(|_| "hub".into());
    let mut options = MqttOptions::new(format!("floorcast-{id}"), &broker.host, broker.port);
    options.set_keep_alive(Duration::from_secs(30)).set_max_packet_size(MAX_PACKET, MAX_PACKET);
    if let Some((user, password)) = &broker.user {
        options.set_credentials(user, password);
    }
    let (client, events) = AsyncClient::new(options, WAITING);
    let (connected, mut connections) = watch::channel(0_u64);
    let name = format!("{}:{}", broker.host, broker.port);
    tokio::spawn(talk(events, connected, name));
    let mut news = publisher.subscribe();
    // By board what was sent on this connection.
    let (mut connection, mut sent) = (0, HashMap::new());
    loop {
        let over = tokio::select! {
            changed = connections.changed() => changed.is_err(),
            changed = news.changed() => changed.is_err(),
            () = tokio::time::sleep(AGAIN) => false,
        };
        if over {
            return;
        }
        let now = *connections.borrow();
        if now != connection {
            connection = now;
            sent.clear();
        }
        if now == 0 {
            continue;
        }
        for (board, published) in publisher.newest() {
            if sent.get(&board) == Some(&published.etag) {
                continue;
            }
            let topic = format!("{}/{board}/state", broker.prefix);
            // Where there is no room now there is with the next look.
            if let Ok(body) = gzip(published.body.as_bytes())
                && client.try_publish(topic, QoS::AtLeastOnce, true, body).is_ok()
            {
                sent.insert(board, published.etag.clone());
            }
        }
    }
}

/// Keeps the connection: its number, or 0 while there is none.
async fn talk(mut events: EventLoop, connected: watch::Sender<u64>, name: String) {
    let (mut number, mut told) = (0, false);
    loop {
        match events.poll().await {
            Ok(Event::Incoming(Packet::ConnAck(_))) => {
                tracing::info!("boards go to the broker {name}");
                (number, told) = (number + 1, false);
                connected.send_replace(number);
            }
            Ok(_) => {}
            Err(error) => {
                // A fault that lasts is told once.
                if !told {
                    tracing::warn!("the broker {name}: {error}");
                }
                told = true;
                connected.send_replace(0);
                tokio::time::sleep(AGAIN).await;
            }
        }
    }
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_the_broker_and_where_boards_lie() {
        let of = |address: &str| Broker::parse(address).map(|of| (of.host, of.port, of.prefix));
        assert_eq!(of("mqtt://office-box/floor/v1/acme/"), Ok(("office-box".into(), 1883, "floor/v1/acme".into())));
        assert_eq!(of("mqtt://10.0.0.7:1884/floor/v1/acme"), Ok(("10.0.0.7".into(), 1884, "floor/v1/acme".into())));
        for wrong in
            ["http://a/b", "mqtt://a", "mqtt:///floor", "mqtt://u:p@a/floor", "mqtt://a:x/floor", "mqtt://a/floor/#"]
        {
            assert!(of(wrong).unwrap_err().contains("expected an address"), "{wrong}");
        }
    }
}
