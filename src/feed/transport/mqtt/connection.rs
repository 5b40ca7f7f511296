//! Converses with a broker over one connection: boards and celebrations in, status and pings out.

use std::collections::VecDeque;

use rumqttc::mqttbytes::QoS;
use rumqttc::mqttbytes::v4::{Packet, PubAck, Publish};
use tokio::time::{Instant, sleep_until};

use super::super::{Answer, Content, Verdict};
use super::BrokerClient;
use super::command;
use super::link::Link;
use super::status::{Facts, ScreenStatus};
use crate::board::{Board, Weight};
use crate::feed::failure::{Failure, Wait};
use crate::feed::timer;
use crate::feed::unpack::unpack;
use crate::map::Note;

/// An open connection and what is known of it.
pub(super) struct Connection {
    link: Link,
    pub began: Instant,
    /// A board was accepted.
    pub brought_board: bool,
    /// What came before the subscription was confirmed.
    early: VecDeque<Publish>,
    /// The newest board that came within the collecting time.
    held: Option<Publish>,
    /// From when the next board may be taken.
    free_at: Instant,
    /// Whether the board of the last answer is being judged.
    pending: bool,
    /// The newest board was refused.
    refused: bool,
    /// When the broker is reported to have no board; `None`: something came.
    empty_at: Option<Instant>,
    status: Option<ScreenStatus>,
    /// What became of the last command.
    command: Option<String>,
    last_packet_at: Instant,
    ping_at: Instant,
    /// Why the connection ended.
    ended: Option<Failure>,
}

impl Connection {
    pub(super) fn new(client: &BrokerClient, link: Link, early: Vec<Publish>, began: Instant) -> Connection {
        let (now, limits) = (timer::now(), &client.limits);
        let status = client.screen.as_ref();
        Connection {
            link,
            began,
            brought_board: false,
            early: early.into(),
            held: None,
            free_at: now,
            pending: false,
            refused: false,
            empty_at: Some(now + limits.whole),
            status: status.map(|screen| {
                ScreenStatus::new(client.broker.status_topic(screen), limits.status_gap, limits.status_life)
            }),
            command: None,
            last_packet_at: now,
            ping_at: now + limits.keep_alive,
            ended: None,
        }
    }

    /// Remembers what became of the last answer.
    pub(super) fn judge(&mut self, verdict: Verdict) {
        if std::mem::take(&mut self.pending) {
            self.refused = verdict == Verdict::Refused;
            self.brought_board |= verdict == Verdict::Accepted;
        }
    }

    /// Waits for the next answer. A failure that waits for nothing leaves the connection open.
    pub(super) async fn next(&mut self, client: &BrokerClient, board: Option<&Board>) -> Result<Answer, Failure> {
        loop {
            if let Some(publish) = self.early.pop_front() {
                match self.published(client, publish).await {
                    Ok(None) => continue,
                    Ok(Some(answer)) => return Ok(answer),
                    Err(failure) if failure.wait == Wait::None => return Err(failure),
                    Err(failure) => self.ended = Some(failure),
                }
            }
            if let Some(failure) = &self.ended {
                // What came last is not lost with the connection.
                let failure = failure.clone();
                return self.take_held(client).unwrap_or(Err(failure));
            }
            match self.wait(client, board).await {
                Ok(None) => {}
                Ok(Some(answer)) => return Ok(answer),
                Err(failure) if failure.wait == Wait::None => return Err(failure),
                Err(failure) => self.ended = Some(failure),
            }
        }
    }

    /// Waits until something happens.
    async fn wait(&mut self, client: &BrokerClient, board: Option<&Board>) -> Result<Option<Answer>, Failure> {
        let every = client.limits.keep_alive;
        let seen = client.wall.as_ref().filter(|_| self.status.is_some()).map(|wall| wall.seen());
        let (refused, command) = (self.refused, self.command.clone());
        let facts = Facts { board, refused, seen: seen.as_ref(), command: command.as_deref() };
        let status_at = self.status.as_ref().and_then(|status| status.due(&facts));
        let far = self.last_packet_at + 2 * every;
        tokio::select! {
            packet = self.link.next() => {
                self.last_packet_at = timer::now();
                match packet? {
                    Packet::Publish(publish) => return self.published(client, publish).await,
                    _ => Ok(None),
                }
            }
            () = sleep_until(self.free_at), if self.held.is_some() => self.take_held(client).transpose(),
            () = sleep_until(self.empty_at.unwrap_or(far)), if self.empty_at.is_some() => {
                self.empty_at = None;
                Err(Failure { wait: Wait::None, ..client.no_board() })
            }
            () = sleep_until(status_at.unwrap_or(far)), if status_at.is_some() => {
                if let Some(status) = &mut self.status {
                    let packet = status.packet(&facts);
                    self.link.send(&packet).await?;
                }
                Ok(None)
            }
            () = sleep_until(self.ping_at) => {
                self.ping_at = timer::now() + every;
                self.link.send(&Packet::PingReq).await?;
                Ok(None)
            }
            () = sleep_until(far) => {
                let seconds = (2 * every).as_secs_f64();
                Err(Failure::no_answer(format!("{}: the broker was silent for {seconds} s", self.link.host)))
            }
        }
    }

    async fn published(&mut self, client: &BrokerClient, publish: Publish) -> Result<Option<Answer>, Failure> {
        if publish.qos == QoS::AtLeastOnce {
            self.link.send(&Packet::PubAck(PubAck::new(publish.pkid))).await?;
        }
        if publish.topic == client.broker.topic("state") {
            self.empty_at = None;
            self.held = Some(publish);
            return if timer::now() >= self.free_at { self.take_held(client).transpose() } else { Ok(None) };
        }
        if client.commands().is_some_and(|topic| topic == publish.topic) {
            return Ok(self.command(client, &publish));
        }
        // A celebration that the broker had retained is an old one.
        if publish.topic != client.broker.topic("event") || publish.retain {
            return Ok(None);
        }
        Ok(Some(match unpack(publish.payload.to_vec(), false, &client.limits) {
            Ok(event) => Answer::live(Content::Celebration(event)),
            Err(reason) => {
                let note = Note::new(Weight::Wrong, format!("a celebration is refused: {reason}"));
                Answer { notes: vec![note], ..Answer::live(Content::Nothing) }
            }
        }))
    }

    /// Has done what somebody asks for. What a broker retains was asked for who knows when: it is never done.
    fn command(&mut self, client: &BrokerClient, publish: &Publish) -> Option<Answer> {
        if publish.payload.is_empty() {
            // Somebody has cleared the topic.
            return None;
        }
        let asked = match command::read(&publish.payload) {
            _ if publish.retain => Err("a retained command is ignored".to_owned()),
            Ok(command) => {
                let is_taken = client.wall.as_ref().is_some_and(|wall| wall.order(command.clone()));
                is_taken.then_some(command.name()).ok_or_else(|| "too many at once".to_owned())
            }
            Err(reason) => Err(reason),
        };
        let (said, notes) = match asked {
            Ok(name) => (format!("{name}: done"), Vec::new()),
            Err(reason) => {
                let said = format!("refused: {reason}");
                let note = Note::new(Weight::Wrong, format!("a command is {said}"));
                (said, vec![note])
            }
        };
        self.command = Some(said);
        (!notes.is_empty()).then(|| Answer { notes, ..Answer::live(Content::Nothing) })
    }

    /// The newest board that waits.
    fn take_held(&mut self, client: &BrokerClient) -> Option<Result<Answer, Failure>> {
        let Publish { payload, retain, .. } = self.held.take()?;
        self.free_at = timer::now() + client.limits.coalesce;
        let host = &self.link.host;
        let failure = if payload.is_empty() {
            self.refused = false;
            Failure::no_answer(format!("{host}: the board was cleared at the broker; the last one stays"))
        } else {
            match unpack(payload.to_vec(), false, &client.limits) {
                Ok(bytes) => {
                    self.pending = true;
                    let content = if retain { Content::Retained(bytes) } else { Content::Board(bytes) };
                    return Some(Ok(Answer::live(content)));
                }
                Err(reason) => {
                    self.refused = true;
                    Failure::bad_data(format!("{host}: {reason}"))
                }
            }
        };
        Some(Err(Failure { wait: Wait::None, ..failure }))
    }
}
