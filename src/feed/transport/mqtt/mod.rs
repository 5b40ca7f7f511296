//! Keeps the board of an MQTT 3.1.1 broker up to date (FEED §4): a retained board, celebrations by themselves, and the
//! screen's own status.

mod command;
mod connection;
mod link;
mod name_clash;
mod status;

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use rumqttc::mqttbytes::QoS;
use rumqttc::mqttbytes::v4::{
    Connect, ConnectReturnCode, Packet, Publish, Subscribe, SubscribeFilter, SubscribeReasonCode,
};
use tokio::time::{sleep_until, timeout};

use super::{Answer, Channel, Next, Setup, Transport, Turn};
use crate::config::{Broker, TokenSource};
use crate::feed::address::AddressScope;
use crate::feed::backoff::Jitter;
use crate::feed::failure::{Failure, Wait};
use crate::feed::limits::Limits;
use crate::feed::options::FeedOptions;
use crate::feed::origin::Origin;
use crate::feed::ports::{Clock, Screen};
use crate::feed::timer;
use crate::redact::Redactor;
use crate::store::{self, sha256};
use connection::Connection;
use link::{Link, host_label};
use name_clash::NameClash;
use status::ScreenStatus;

/// A board at a broker.
pub(super) struct Mqtt {
    client: BrokerClient,
    connection: Option<Connection>,
    name_clash: NameClash,
    clock: Clock,
    origin: Origin,
}

impl Mqtt {
    pub(super) fn new(broker: &Broker, options: &FeedOptions, setup: Setup) -> Mqtt {
        let (clock, origin) = (setup.clock, setup.origin);
        let client = BrokerClient::new(broker, options);
        Mqtt { client, connection: None, name_clash: NameClash::default(), clock, origin }
    }

    async fn answer(&mut self, turn: Turn<'_>) -> Result<Answer, Failure> {
        let mut connection = match self.connection.take() {
            Some(mut connection) => {
                connection.judge(turn.verdict);
                connection
            }
            None => {
                sleep_until(turn.due).await;
                let began = timer::now();
                match self.client.open(&self.clock).await {
                    Ok((link, early)) => {
                        self.origin.set(AddressScope::of(link.peer));
                        Connection::new(&self.client, link, early, began)
                    }
                    // A client that is not let in has no name at the broker yet.
                    Err(failure) => return Err(self.ended(Failure { closed_by_peer: false, ..failure }, false, began)),
                }
            }
        };
        match connection.next(&self.client, turn.board).await {
            Err(failure) if failure.wait != Wait::None => {
                Err(self.ended(failure, connection.brought_board, connection.began))
            }
            answer => {
                self.connection = Some(connection);
                answer
            }
        }
    }

    /// Notes that a connection ended.
    fn ended(&mut self, mut failure: Failure, brought_board: bool, began: tokio::time::Instant) -> Failure {
        let (lasted, limits) = (timer::now() - began, &self.client.limits);
        if let Some(screen) = &self.client.screen
            && self.name_clash.ended(failure.closed_by_peer, lasted, limits)
        {
            failure.reason = name_clash::reason(&host_label(&self.client.broker), screen);
        }
        // A connection that soon ends again, by a message that is too large or another screen of the same name, is no
        // reason to come back quickly.
        failure.after_good = brought_board && lasted >= limits.silence;
        failure
    }
}

impl Transport for Mqtt {
    fn next<'a>(&'a mut self, turn: Turn<'a>) -> Next<'a> {
        Box::pin(self.answer(turn))
    }

    fn channel(&mut self, _: Option<Timestamp>) -> Channel {
        Channel::of(store::TransportKind::Mqtt)
    }
}

/// What is needed to connect to a broker.
struct BrokerClient {
    broker: Broker,
    user: Option<String>,
    password: Option<TokenSource>,
    ca_file: Option<PathBuf>,
    /// The screen's name; `None`: a client that looks once and publishes no status.
    screen: Option<String>,
    /// `None`: nobody could do what is asked for.
    wall: Option<Arc<dyn Screen>>,
    limits: Limits,
    redactor: Redactor,
}

impl BrokerClient {
    fn new(broker: &Broker, options: &FeedOptions) -> BrokerClient {
        BrokerClient {
            broker: broker.clone(),
            user: options.user.clone(),
            password: options.password.clone(),
            ca_file: options.ca_file.clone(),
            screen: options.screen.clone(),
            wall: options.wall.clone(),
            limits: options.limits.clone(),
            redactor: options.redactor.clone(),
        }
    }

    /// Connects, logs in and subscribes, anew for each connection: a broker forgets.
    async fn open(&self, clock: &Clock) -> Result<(Link, Vec<Publish>), Failure> {
        let connect = self.connect()?;
        let mut link = Link::open(&self.broker, self.ca_file.as_deref(), &self.limits, clock).await?;
        let late = format!("{}: the broker does not answer", link.host);
        let enter = async {
            link.send(&Packet::Connect(connect)).await?;
            self.logged_in(link.next().await?)?;
            let topics = [self.broker.topic("state"), self.broker.topic("event")].into_iter().chain(self.commands());
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
            // The same after a restart: the broker then ends the connection of the process that is gone.
            Some(screen) => format!("floorcast-{screen}-{}", &place[..8]),
            // Not the screen's, whose connection the broker would end.
            None => format!("floorcast-look-{}-{}", std::process::id(), Jitter::new().word()),
        };
        let mut connect = Connect::new(id);
        connect.keep_alive = self.limits.keep_alive.as_secs().clamp(1, u64::from(u16::MAX)) as u16;
        connect.clean_session = true;
        connect.last_will =
            self.screen.as_ref().map(|screen| ScreenStatus::last_will(&self.broker.status_topic(screen)));
        if let Some(user) = &self.user {
            let password = self.password.as_ref().map(|source| source.read_password(|name| std::env::var_os(name)));
            let password = password.transpose().map_err(|error| Failure::no_access(error.to_string()))?;
            password.iter().for_each(|password| self.redactor.learn(password.expose()));
            connect.set_login(user, password.as_ref().map_or("", |password| password.expose()));
        }
        Ok(connect)
    }

    fn logged_in(&self, answer: Packet) -> Result<(), Failure> {
        let host = host_label(&self.broker);
        let Packet::ConnAck(answer) = answer else {
            let failure = Failure::bad_data(format!("{host}: this is no MQTT broker: its answer is not MQTT"));
            return Err(Failure { wait: Wait::Backoff, ..failure });
        };
        Err(match answer.code {
            ConnectReturnCode::Success => return Ok(()),
            ConnectReturnCode::BadUserNamePassword | ConnectReturnCode::NotAuthorized => {
                Failure::no_access(match &self.user {
                    Some(user) => format!("{host}: the broker refuses the user {user:?} or its password"),
                    None => format!("{host}: the broker needs a user and password: set user and password_file"),
                })
            }
            ConnectReturnCode::ServiceUnavailable => Failure::no_answer(format!("{host}: the broker is not available")),
            ConnectReturnCode::BadClientId => Failure::no_access(format!("{host}: the broker refuses the client id")),
            ConnectReturnCode::RefusedProtocolVersion => {
                Failure::no_access(format!("{host}: the broker does not speak MQTT 3.1.1"))
            }
        })
    }

    /// The topic of what the screen is to do, where there is somebody to do it.
    fn commands(&self) -> Option<String> {
        self.wall.as_ref().and(self.screen.as_ref()).map(|screen| self.broker.command_topic(screen))
    }

    /// Boards are needed; a broker may let nobody command its screens.
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

    /// The failure of a broker that has no board, or does not show it to us.
    fn no_board(&self) -> Failure {
        let (host, topic) = (host_label(&self.broker), self.broker.topic("state"));
        Failure::no_answer(format!("{host}: no board at {topic}: none was published, or this user may not read it"))
    }
}
