//! Lets the fuzzer reach what the bytes of the network meet first; nothing else uses it.

use bytes::BytesMut;
use rumqttc::mqttbytes::v4::Packet;

use super::accept::{AcceptContext, accept, accept_event};
use super::limits::Limits;
use super::transport::sse::grammar::{Grammar, Item};
use super::unpack::unpack;

/// What a stream of events says, read in two pieces cut at `cut`: names and data of its events. `None`: too large.
pub fn stream(bytes: &[u8], cut: usize, max: usize) -> Option<Vec<(String, Vec<u8>)>> {
    let (first, second) = bytes.split_at(cut.min(bytes.len()));
    let mut grammar = Grammar::new(max);
    let items = [grammar.push(first).ok()?, grammar.push(second).ok()?].concat();
    let event = |item| match item {
        Item::Event(event) => Some((event.name, event.data)),
        Item::Comment | Item::Retry(_) => None,
    };
    Some(items.into_iter().filter_map(event).collect())
}

/// What a broker sends, as far as it can be read: how many packets, and how many boards in them.
pub fn packets(bytes: &[u8]) -> (usize, usize) {
    let (mut came, mut read, mut boards) = (BytesMut::from(bytes), 0, 0);
    while let Ok(packet) = Packet::read(&mut came, 1 << 20) {
        read += 1;
        if let Packet::Publish(publish) = packet {
            boards += usize::from(message(publish.payload.to_vec()));
        }
    }
    (read, boards)
}

/// A message of a broker, as a board and as a celebration. Whether it is a board.
pub fn message(payload: Vec<u8>) -> bool {
    let Ok(plain) = unpack(payload, false, &Limits::default()) else { return false };
    let Ok((board, _)) = accept(&plain, &AcceptContext::default()) else { return false };
    // An event of the board's own shape is read against it.
    let _ = accept_event(&plain, &board, None);
    true
}
