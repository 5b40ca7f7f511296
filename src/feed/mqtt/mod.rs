//! MQTT 3.1.1 (FEED §4): a retained board, celebrations by themselves, and what the screen says of itself.

mod link;
mod rival;
mod status;

use std::path::PathBuf;

use rumqttc::mqttbytes::QoS;
use rumqttc::mqttbytes::v4::{
    Connect, ConnectReturnCode, Packet, PubAck, Publish, Subscribe, SubscribeFilter, SubscribeReasonCode,
};
use tokio::time::{Instant, sleep_until, timeout};

use super::address::Reach;
use super::backoff::{Backoff, Dice};
use super::failure::{Failure, Wait};
use super::limits::Limits;
use super::thread::{Feed, after};
use super::timer;
use super::unpack::unpack;
use super::{Clock, FeedOptions};
use crate::config::{Broker, TokenSource};
use crate::redact::Redactor;
use crate::store::sha256;
use link::{Link, host_label};
use rival::Rival;
use status::Status;

/// A broker and who asks it.
pub(super) struct Client {
    broker: Broker,
    user: Option<String>,
    password: Option<TokenSource>,
    ca_file: Option<PathBuf>,
    /// The screen's name; `None`: somebody who only looks, once, and says nothing of itself.
    screen: Option<String>,
    limits: Limits,
    redactor: Redactor,
}

impl Client {
    pub(super) fn new(broker: &Broker, options: &FeedOptions) -> Client {
        Client {
            broker: broker.clone(),
            user: options.user.clone(),
            password: options.password.clone(),
            ca_file: options.ca_file.clone(),
            screen: options.screen.clone(),
            limits: options.limits.clone(),
            redactor: options.redactor.clone(),
        }
    }

    /// Connects, is let in, and subscribes. All of it is done anew for each connection: a broker forgets.
    async fn open(&self, clock: &Clock) -> Result<(Link, Vec<Publish>), Failure> {
        let connect = self.connect()?;
        let mut link = Link::open(&self.broker, self.ca_file.as_deref(), &self.limits, clock).await?;
        let late = format!("{}: the broker does not answer", link.host);
        let enter = async {
            link.send(&Packet::Connect(connect)).await?;
            self.let_in(link.next().await?)?;
            let topics = [self.broker.topic("state"), self.broker.topic("event")];
            let filters = topics.map(|topic| SubscribeFilter::new(topic, QoS::AtLeastOnce));
            let mut subscribe = Subscribe::new_many(filters);
            subscribe.pkid = 1;
            link.send(&Packet::Subscribe(subscribe)).await?;
            // A retained board may come before the answer.
            let mut early = Vec::new();
            loop {
                match link.next().await? {
                    Packet::SubAck(answer) => {
                        self.subscribed(&answer.return_codes)?;
                        return Ok(early);
                    }
                    Packet::Publish(publish) if early.len() < 16 => early.push(publish),
                    _ => {}
                }
            }
        };
        match timeout(self.limits.whole, enter).await {
            Ok(entered) => entered.map(|early| (link, early)),
            Err(_) => Err(Failure::no_answer(late)),
        }
    }

    fn connect(&self) -> Result<Connect, Failure> {
        let place = sha256(self.broker.to_string().as_bytes());
        let id = match &self.screen {
            // The same after a restart: the broker then ends the connection that nobody holds any more.
            Some(screen) => format!("floorcast-{screen}-{}", &place[..8]),
            // Not the screen's, which would be thrown out.
            None => format!("floorcast-look-{}-{}", std::process::id(), Dice::new().word()),
        };
        let mut connect = Connect::new(id);
        connect.keep_alive = self.limits.keep_alive.as_secs().clamp(1, u64::from(u16::MAX)) as u16;
        connect.clean_session = true;
        connect.last_will = self.screen.as_ref().map(|screen| Status::last_will(&self.broker.status_topic(screen)));
        if let Some(user) = &self.user {
            let password = self.password.as_ref().map(|source| source.read_password(|name| std::env::var_os(name)));
            let password = password.transpose().map_err(|error| Failure::no_access(error.to_string()))?;
            password.iter().for_each(|password| self.redactor.learn(password.expose()));
            connect.set_login(user, password.as_ref().map_or("", |password| password.expose()));
        }
        Ok(connect)
    }

    fn let_in(&self, answer: Packet) -> Result<(), Failure> {
        let host = host_label(&self.broker);
        let Packet::ConnAck(answer) = answer else {
            let failure = Failure::bad_data(format!("{host}: this is no MQTT broker: it does not answer as one"));
            return Err(Failure { wait: Wait::Backoff, ..failure });
        };
        Err(match answer.code {
            ConnectReturnCode::Success => return Ok(()),
            ConnectReturnCode::BadUserNamePassword | ConnectReturnCode::NotAuthorized => {
                Failure::no_access(match &self.user {
                    Some(user) => format!("{host}: the broker refuses the user {user:?} or its password"),
                    None => format!("{host}: the broker wants a user and password"),
                })
            }
            ConnectReturnCode::ServiceUnavailable => Failure::no_answer(format!("{host}: the broker is not available")),
            ConnectReturnCode::BadClientId => Failure::no_access(format!("{host}: the broker refuses the client id")),
            ConnectReturnCode::RefusedProtocolVersion => {
                Failure::no_access(format!("{host}: the broker does not speak MQTT 3.1.1"))
            }
        })
    }

    fn subscribed(&self, codes: &[SubscribeReasonCode]) -> Result<(), Failure> {
        let topics = [self.broker.topic("state"), self.broker.topic("event")];
        let refused = topics.iter().zip(codes).find(|(_, code)| !matches!(code, SubscribeReasonCode::Success(_)));
        match refused {
            Some((topic, _)) => Err(Failure::no_access(format!(
                "{}: the broker refuses the subscription to {topic}{}",
                host_label(&self.broker),
                self.user.as_ref().map(|user| format!(" by {user:?}")).unwrap_or_default()
            ))),
            None => Ok(()),
        }
    }

    /// What is said when the broker has no board, or does not show it to us.
    fn nothing(&self) -> Failure {
        let (host, topic) = (host_label(&self.broker), self.broker.topic("state"));
        Failure::no_answer(format!("{host}: no board at {topic}: nothing was published yet, or it may not be read"))
    }
}

/// What is known of one connection.
struct Ear {
    /// The newest board that came within the collecting time, and whether the broker had kept it.
    held: Option<Publish>,
    /// From when the next board may be taken.
    free_at: Instant,
    /// A board was accepted.
    heard: bool,
    /// The newest board was refused.
    refused: bool,
    /// When it is said that the broker has no board; `None`: something came.
    empty_at: Option<Instant>,
    status: Option<Status>,
}

impl Feed<'_> {
    /// Keeps the board of a broker up to date for ever.
    pub(super) async fn mqtt(&mut self, client: Client) {
        let (mut dice, mut backoff) = (Dice::new(), Backoff::default());
        let mut rival = Rival::default();
        loop {
            let began = timer::now();
            let (heard, mut failure) = self.attend(&client).await;
            let lasted = timer::now() - began;
            if let Some(screen) = client.screen.as_ref().filter(|_| rival.ended(failure.hung_up, lasted, &self.limits))
            {
                failure.reason = rival::sentence(&host_label(&client.broker), screen);
            }
            // A connection that soon ends again, by a message that is too large or another screen of the same name,
            // is no reason to come back quickly.
            if heard && lasted >= self.limits.silence {
                backoff.reset();
            }
            let wait = self.wait_after(&failure, self.limits.backoff_min, &mut backoff, &mut dice);
            let began = self.clocks();
            self.keeper.failed(&failure, after(began.1, wait));
            self.pause(&failure, wait, began).await;
        }
    }

    /// Listens until the connection ends: whether it brought a board, and why it ended.
    async fn attend(&mut self, client: &Client) -> (bool, Failure) {
        let (mut link, early) = match client.open(&self.clock).await {
            Ok(open) => open,
            // Who is not let in has no name at the broker yet.
            Err(failure) => return (false, Failure { hung_up: false, ..failure }),
        };
        self.photos.reach(Reach::of(link.peer));
        let now = timer::now();
        let status = client.screen.as_ref();
        let status = status.map(|s| Status::new(client.broker.status_topic(s), self.limits.status_gap));
        let empty_at = Some(now + self.limits.whole);
        let mut ear = Ear { held: None, free_at: now, heard: false, refused: false, empty_at, status };
        let why = match self.converse(client, &mut link, &mut ear, early).await {
            Ok(never) => match never {},
            Err(why) => why,
        };
        // What came last is not lost with the connection.
        self.take_board(&mut ear, &link.host);
        (ear.heard, why)
    }

    async fn converse(
        &mut self,
        client: &Client,
        link: &mut Link,
        ear: &mut Ear,
        early: Vec<Publish>,
    ) -> Result<std::convert::Infallible, Failure> {
        for publish in early {
            self.published(client, link, ear, publish).await?;
        }
        let every = self.limits.keep_alive;
        let (mut heard_at, mut ping_at) = (timer::now(), timer::now() + every);
        loop {
            let status_at = ear.status.as_ref().and_then(|s| s.due(self.keeper.board().map(|b| &**b), ear.refused));
            let far = heard_at + 2 * every;
            tokio::select! {
                packet = link.next() => {
                    heard_at = timer::now();
                    if let Packet::Publish(publish) = packet? {
                        self.published(client, link, ear, publish).await?;
                    }
                }
                () = sleep_until(ear.free_at), if ear.held.is_some() => self.take_board(ear, &link.host),
                () = sleep_until(ear.empty_at.unwrap_or(far)), if ear.empty_at.is_some() => {
                    ear.empty_at = None;
                    self.keeper.failed(&client.nothing(), None);
                }
                () = sleep_until(status_at.unwrap_or(far)), if status_at.is_some() => {
                    if let Some(status) = &mut ear.status {
                        let packet = status.packet(self.keeper.board().map(|b| &**b), ear.refused);
                        link.send(&packet).await?;
                    }
                }
                () = sleep_until(ping_at) => {
                    ping_at = timer::now() + every;
                    link.send(&Packet::PingReq).await?;
                }
                () = sleep_until(far) => {
                    let seconds = (2 * every).as_secs_f64();
                    return Err(Failure::no_answer(format!("{}: the broker was silent for {seconds} s", link.host)));
                }
            }
        }
    }

    async fn published(
        &mut self,
        client: &Client,
        link: &mut Link,
        ear: &mut Ear,
        publish: Publish,
    ) -> Result<(), Failure> {
        if publish.qos == QoS::AtLeastOnce {
            link.send(&Packet::PubAck(PubAck::new(publish.pkid))).await?;
        }
        if publish.topic == client.broker.topic("state") {
            ear.empty_at = None;
            ear.held = Some(publish);
            if timer::now() >= ear.free_at {
                self.take_board(ear, &link.host);
            }
        // A celebration that the broker kept is an old one.
        } else if publish.topic == client.broker.topic("event") && !publish.retain {
            match unpack(publish.payload.to_vec(), false, &self.limits) {
                Ok(event) => self.keeper.celebrate(&event),
                Err(reason) => self.keeper.note(&format!("a celebration is refused: {reason}")),
            }
        }
        Ok(())
    }

    /// The newest board that waits.
    fn take_board(&mut self, ear: &mut Ear, host: &str) {
        let Some(Publish { payload, retain, .. }) = ear.held.take() else { return };
        ear.free_at = timer::now() + self.limits.coalesce;
        let taken = match payload.is_empty() {
            true => Err(Failure::no_answer(format!("{host}: the board was cleared at the broker; the last one stays"))),
            false => unpack(payload.to_vec(), false, &self.limits)
                .map_err(|reason| Failure::bad_data(format!("{host}: {reason}")))
                .and_then(|bytes| self.keeper.delivered(bytes, retain)),
        };
        ear.refused = matches!(&taken, Err(failure) if failure.kind == crate::board::TroubleKind::BadData);
        match taken {
            Ok(()) => {
                ear.heard = true;
                self.want_photos();
            }
            Err(failure) => self.keeper.failed(&failure, None),
        }
    }
}

/// The retained board, for the shells that end.
pub(super) async fn first(client: &Client, clock: &Clock) -> Result<Vec<u8>, Failure> {
    let (mut link, early) = client.open(clock).await?;
    let mut early = early.into_iter();
    let listen = async {
        loop {
            let publish = match early.next() {
                Some(publish) => publish,
                None => match link.next().await? {
                    Packet::Publish(publish) => publish,
                    _ => continue,
                },
            };
            if publish.topic == client.broker.topic("state") && !publish.payload.is_empty() {
                return unpack(publish.payload.to_vec(), false, &client.limits).map_err(Failure::bad_data);
            }
        }
    };
    timeout(client.limits.whole, listen).await.map_err(|_| client.nothing())?
}

/// From where the boards of a broker come, by asking for its address.
pub(super) async fn resolve(broker: &Broker) -> Option<std::net::IpAddr> {
    Some(tokio::net::lookup_host((broker.host(), broker.port())).await.ok()?.next()?.ip())
}
