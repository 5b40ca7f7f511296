//! Publishes the screen's status at the broker: `{state, epoch, rev, as_of, version}`, retained, "offline" by last will.

use std::time::Duration;

use rumqttc::mqttbytes::QoS;
use rumqttc::mqttbytes::v4::{LastWill, Packet, Publish};
use serde_json::json;
use tokio::time::Instant;

use crate::board::Board;
use crate::feed::timer;

/// Publishes the status when it changes, and no more often than the gap.
pub(super) struct ScreenStatus {
    topic: String,
    gap: Duration,
    published: Option<(String, Instant)>,
}

impl ScreenStatus {
    /// On a new connection nothing is published yet.
    pub fn new(topic: String, gap: Duration) -> ScreenStatus {
        ScreenStatus { topic, gap, published: None }
    }

    /// What the broker publishes when the screen is gone.
    pub fn last_will(topic: &str) -> LastWill {
        LastWill { topic: topic.to_owned(), message: text("offline", None).into(), qos: QoS::AtLeastOnce, retain: true }
    }

    /// When to publish; `None`: nothing has changed.
    pub fn due(&self, board: Option<&Board>, refused: bool) -> Option<Instant> {
        match &self.published {
            None => Some(timer::now()),
            Some((published, at)) => (*published != text(state(board, refused), board)).then(|| *at + self.gap),
        }
    }

    pub fn packet(&mut self, board: Option<&Board>, refused: bool) -> Packet {
        let text = text(state(board, refused), board);
        let mut publish = Publish::new(self.topic.clone(), QoS::AtLeastOnce, text.clone());
        publish.retain = true;
        // One at a time, and its acknowledgement is not waited for: the next one says all.
        publish.pkid = 2;
        self.published = Some((text, timer::now()));
        Packet::Publish(publish)
    }
}

/// `online`; `waiting`: no board yet; `refused`: the newest board was, the last good one stays.
fn state(board: Option<&Board>, refused: bool) -> &'static str {
    match (board, refused) {
        (_, true) => "refused",
        (None, false) => "waiting",
        (Some(_), false) => "online",
    }
}

fn text(state: &str, board: Option<&Board>) -> String {
    json!({
        "state": state,
        "epoch": board.and_then(|board| board.epoch.as_deref()),
        "rev": board.and_then(|board| board.rev),
        "as_of": board.and_then(|board| board.as_of).map(|at| at.to_string()),
        "version": env!("CARGO_PKG_VERSION"),
    })
    .to_string()
}
