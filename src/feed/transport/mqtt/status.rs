//! Publishes the screen's status at the broker, retained: what the feed knows, and what the wall says of itself; "offline" by
//! last will.

use std::time::Duration;

use rumqttc::mqttbytes::QoS;
use rumqttc::mqttbytes::v4::{LastWill, Packet, Publish};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::board::Board;
use crate::feed::ports::Seen;
use crate::feed::timer;

/// Publishes the status when it changes, no more often than the gap; and what changes all the time, each while.
pub(super) struct ScreenStatus {
    topic: String,
    gap: Duration,
    life: Duration,
    /// What lasts of it, and when.
    published: Option<(Value, Instant)>,
}

/// What the status is made of.
#[derive(Clone, Copy)]
pub(super) struct Facts<'a> {
    pub board: Option<&'a Board>,
    /// The newest board was refused.
    pub refused: bool,
    /// `None`: there is no wall that could say anything.
    pub seen: Option<&'a Seen>,
    /// What became of the last command.
    pub command: Option<&'a str>,
}

impl ScreenStatus {
    /// On a new connection nothing is published yet.
    pub fn new(topic: String, gap: Duration, life: Duration) -> ScreenStatus {
        ScreenStatus { topic, gap, life, published: None }
    }

    /// What the broker publishes when the screen is gone.
    pub fn last_will(topic: &str) -> LastWill {
        let text = lasting("offline", &Facts { board: None, refused: false, seen: None, command: None }).to_string();
        LastWill { topic: topic.to_owned(), message: text.into(), qos: QoS::AtLeastOnce, retain: true }
    }

    /// When to publish; `None`: nothing has changed, and nothing will by itself.
    pub fn due(&self, facts: &Facts) -> Option<Instant> {
        match &self.published {
            None => Some(timer::now()),
            Some((published, at)) if *published != lasting(state(facts), facts) => Some(*at + self.gap),
            Some((_, at)) => facts.seen.map(|_| *at + self.life),
        }
    }

    pub fn packet(&mut self, facts: &Facts) -> Packet {
        let lasts = lasting(state(facts), facts);
        let mut text = lasts.clone();
        if let Some(seen) = facts.seen {
            text["slide"] = json!(seen.slide);
            text["frame_age_s"] = json!(seen.frame_age_s.map(f64::round));
            text["uptime_s"] = json!(seen.uptime_s.round());
        }
        let mut publish = Publish::new(self.topic.clone(), QoS::AtLeastOnce, text.to_string());
        publish.retain = true;
        // One at a time, and its acknowledgement is not waited for: the next one says all.
        publish.pkid = 2;
        self.published = Some((lasts, timer::now()));
        Packet::Publish(publish)
    }
}

/// `online`; `waiting`: no board yet; `refused`: the newest board was, the last good one stays.
fn state(facts: &Facts) -> &'static str {
    match (facts.board, facts.refused) {
        (_, true) => "refused",
        (None, false) => "waiting",
        (Some(_), false) => "online",
    }
}

/// What does not change by itself: a broker of thousands of screens hears each of them seldom.
fn lasting(state: &str, facts: &Facts) -> Value {
    let board = facts.board;
    let mut text = json!({
        "state": state,
        "epoch": board.and_then(|board| board.epoch.as_deref()),
        "rev": board.and_then(|board| board.rev),
        "as_of": board.and_then(|board| board.as_of).map(|at| at.to_string()),
        "version": env!("CARGO_PKG_VERSION"),
    });
    if let Some(seen) = facts.seen {
        text["address"] = json!(seen.address);
        text["errors"] = json!(seen.errors);
    }
    if let Some(command) = facts.command {
        text["command"] = json!(command);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(packet: &Packet) -> Value {
        let Packet::Publish(publish) = packet else { panic!("{packet:?}") };
        serde_json::from_slice(&publish.payload).unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn what_lasts_is_said_soon_and_the_rest_each_while() {
        let mut status = ScreenStatus::new("t".into(), Duration::from_secs(5), Duration::from_secs(30));
        let seen = Seen { slide: Some("deals".into()), frame_age_s: Some(1.6), uptime_s: 60.2, ..Seen::default() };
        let facts = Facts { board: None, refused: false, seen: Some(&seen), command: None };
        let start = timer::now();
        assert_eq!(status.due(&facts), Some(start));
        let text = said(&status.packet(&facts));
        assert_eq!(
            (&text["slide"], &text["frame_age_s"], &text["uptime_s"]),
            (&json!("deals"), &json!(2.0), &json!(60.0))
        );
        let other_slide = Seen { slide: Some("goals".into()), uptime_s: 70.0, ..seen.clone() };
        let at = |status: &ScreenStatus, seen: &Seen| status.due(&Facts { seen: Some(seen), ..facts }).unwrap() - start;
        assert_eq!(at(&status, &other_slide), Duration::from_secs(30), "a slide is no news");
        let failing = Seen { errors: vec!["crm: no answer".into()], ..seen.clone() };
        assert_eq!(at(&status, &failing), Duration::from_secs(5));
        assert_eq!(said(&status.packet(&Facts { seen: Some(&failing), ..facts }))["errors"], json!(["crm: no answer"]));
        let alone = Facts { seen: None, ..facts };
        status.packet(&alone);
        assert_eq!(status.due(&alone), None, "who has nothing to say of itself is quiet");
        let ordered = Facts { command: Some("next: done"), ..alone };
        assert!(status.due(&ordered).is_some() && said(&status.packet(&ordered))["command"] == json!("next: done"));
    }
}
