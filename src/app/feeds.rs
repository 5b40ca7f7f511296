//! Starts the feeds of the settings, and hands on their news by their place in them.

mod status;

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use self::status::StatusFile;
use super::celebrated_ids::CelebratedIds;
use super::inbox::Mailbox;
use super::kept_days::KeptDays;
use super::on_screen::OnScreen;
use super::sound::is_heard;
use super::supervise::Supervisor;
use crate::board::{FeedHealth, Trouble, Update};
use crate::clock::{wall_clock, wall_now};
use crate::config::{self, Config, FeedSource};
use crate::director::Director;
use crate::exit::{Exit, Failure};
use crate::feed::{self, Beats, FeedHandle, FeedOptions, Inbox as _, OpenSource, Screen};
use crate::host;
use crate::store::{FeedStatus, Shelf, Store, status_files};

/// Every feed of the settings, in their order.
pub(super) struct Feeds {
    around: Around,
    /// `None`: nothing is kept on disk, as only tapes play.
    store: Option<Store>,
    /// `None`: nobody can be told how the feeds are but by the wall and the log.
    status: Option<StatusFile>,
    running: Vec<RunningFeed>,
    /// Slots that were ever opened.
    slots: u64,
    /// The floor, for maps and tables.
    floor: Floor,
    /// Sounds of people are heard.
    sounds: bool,
    /// What the screen is called at a broker.
    screen: String,
    /// Where feeds say at brokers how the screen is, by their slots.
    status_topics: BTreeMap<u64, String>,
}

/// What feeds are started with besides the settings.
pub(super) struct Around {
    pub mailbox: Arc<Mailbox>,
    pub on_screen: Arc<OnScreen>,
    pub supervisor: Supervisor,
    /// How much faster tapes play.
    pub speed: Option<f64>,
    /// The boards on disk may be what ends the program again and again.
    pub sets_boards_aside: bool,
}

/// One feed.
struct RunningFeed {
    settings: config::FeedSettings,
    slot: u64,
    /// Under which its board lies on disk; `None`: nothing of it is kept.
    key: Option<String>,
    memory: Option<CelebratedIds>,
    /// Sounds of people come too.
    sounds: bool,
    days: Option<KeptDays>,
    /// The floor where it goes by that: a map, and what may answer with a table.
    floor: Option<Floor>,
    /// `None`: there was nothing to start, and the wall says why.
    handle: Option<FeedHandle>,
}

impl RunningFeed {
    /// A feed without a source to run.
    fn nothing(feed: &config::FeedSettings, slot: u64) -> RunningFeed {
        RunningFeed {
            settings: feed.clone(),
            slot,
            key: None,
            memory: None,
            sounds: false,
            days: None,
            floor: None,
            handle: None,
        }
    }

    fn name(&self) -> String {
        self.settings.name.clone().unwrap_or_else(|| "the feed".to_owned())
    }
}

/// Where the wall hangs: its time zone (`None`: the machine's) and language.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Floor {
    tz: Option<String>,
    locale: String,
}

impl Floor {
    fn of(config: &Config) -> Floor {
        Floor { tz: config.tz.clone(), locale: config.locale.clone() }
    }
}

impl Feeds {
    /// Starts what the settings name. The director is told what an earlier run has celebrated.
    ///
    /// # Errors
    /// A thread cannot be started.
    pub fn start(config: &Config, around: Around, director: &mut Director) -> Result<Feeds, Failure> {
        let (floor, screen) = (Floor::of(config), screen_name(config));
        let mut feeds = Feeds {
            around,
            store: None,
            status: None,
            running: Vec::new(),
            slots: 0,
            floor,
            sounds: is_heard(config),
            screen,
            status_topics: BTreeMap::new(),
        };
        let opened: Vec<_> = config.feeds.iter().map(open).collect();
        feeds.open_store(config, &opened, &[]);
        for (i, (feed, source)) in config.feeds.iter().zip(opened).enumerate() {
            let running = feeds.run(i, feed, source, director)?;
            feeds.running.push(running);
        }
        feeds.arrange();
        Ok(feeds)
    }

    /// Goes over to other settings: a feed whose own have not changed keeps running. For each feed which one it was;
    /// one that is asked in another way than before but at the same place keeps its board too.
    pub fn reload(&mut self, config: &Config, director: &mut Director) -> Vec<Option<usize>> {
        self.floor = Floor::of(config);
        self.sounds = is_heard(config);
        self.screen = screen_name(config);
        let mut old: Vec<Option<RunningFeed>> = std::mem::take(&mut self.running).into_iter().map(Some).collect();
        let was = |feed: &config::FeedSettings| {
            let of = |old: &&config::FeedSettings| old.source.is_some() && old.source == feed.source;
            let all = || old.iter().map(|running| running.as_ref().map(|running| &running.settings));
            let same = all().position(|old| old == Some(feed));
            same.or_else(|| all().position(|old| old.as_ref().is_some_and(of)))
        };
        let mut places: Vec<Option<usize>> = config.feeds.iter().map(was).collect();
        for i in 1..places.len() {
            if places[..i].contains(&places[i]) {
                places[i] = None;
            }
        }
        let mut kept: Vec<Option<RunningFeed>> = Vec::new();
        for (feed, place) in config.feeds.iter().zip(&places) {
            let same = |running: &mut RunningFeed| {
                running.settings == *feed
                    && running.sounds == self.sounds
                    && running.floor.as_ref().is_none_or(|floor| *floor == Floor::of(config))
            };
            kept.push(place.and_then(|place| old[place].take_if(same)));
        }
        // One that spoke at a broker under another name takes the screen's own when that is free, and its new one.
        let said = |running: &RunningFeed| self.status_topics.get(&running.slot);
        let held: HashSet<String> = kept.iter().flatten().filter_map(said).cloned().collect();
        for running in &mut kept {
            let may_move = |running: &mut RunningFeed| {
                status_topic(&running.settings, &self.screen).is_some_and(|own| !held.contains(&own))
            };
            old.push(running.take_if(may_move));
        }
        // The others have written their last board when they are gone.
        for gone in old.into_iter().flatten() {
            self.status_topics.remove(&gone.slot);
            self.around.mailbox.close(gone.slot);
            drop(gone.handle);
        }
        let fresh = |(feed, running): (&config::FeedSettings, &Option<RunningFeed>)| {
            running.is_none().then(|| open(feed)).flatten()
        };
        let opened: Vec<_> = config.feeds.iter().zip(&kept).map(fresh).collect();
        self.open_store(config, &opened, &kept);
        for (i, ((feed, running), source)) in config.feeds.iter().zip(kept).zip(opened).enumerate() {
            let running = match running {
                Some(running) => running,
                None => self.run(i, feed, source, director).unwrap_or_else(|failure| {
                    tracing::error!("{failure}");
                    RunningFeed::nothing(feed, u64::MAX)
                }),
            };
            self.running.push(running);
        }
        self.arrange();
        places
    }

    /// Tells the status file which feeds there are.
    fn arrange(&self) {
        if let Some(status) = &self.status {
            status.arrange(self.running.iter().map(|feed| feed.slot).collect());
        }
    }

    /// Opens the store as soon as there is something to keep, and the status file as soon as there is something to say;
    /// forgets the boards of feeds that are gone.
    fn open_store(
        &mut self,
        config: &Config,
        opened: &[Option<Result<OpenSource, Trouble>>],
        going_on: &[Option<RunningFeed>],
    ) {
        let env = |name: &str| std::env::var_os(name);
        if self.status.is_none() && opened.iter().any(Option::is_some) {
            let dir = config.cache_dir(env);
            let places = status_files(&Config::runtime_dirs(env), dir.as_deref(), config.cache_dir.as_deref());
            self.status = StatusFile::start(places, wall_clock(), &self.around.supervisor);
        }
        let fresh = opened.iter().flatten().flatten().filter(|source| source.is_kept()).map(OpenSource::key);
        let going_on = going_on.iter().flatten().filter_map(|running| running.key.clone());
        let keys: Vec<String> = fresh.chain(going_on).collect();
        if self.store.is_none() && !keys.is_empty() {
            let dir = config.cache_dir(env);
            let store = dir.map_or_else(Store::in_memory, |dir| Store::open(&dir));
            if std::mem::take(&mut self.around.sets_boards_aside) {
                for name in store.set_boards_aside() {
                    let dir = store.dir().unwrap_or(Path::new("")).display();
                    tracing::error!(
                        "the program ended three times within a minute: the board on disk is set aside as \
                         {dir}/{name}.aside and not shown again"
                    );
                }
            }
            self.store = Some(store);
        }
        if let Some(store) = &self.store {
            store.forget_others(&keys);
        }
    }

    fn run(
        &mut self,
        place: usize,
        feed: &config::FeedSettings,
        source: Option<Result<OpenSource, Trouble>>,
        director: &mut Director,
    ) -> Result<RunningFeed, Failure> {
        let slot = self.slots;
        self.slots += 1;
        let inbox = self.around.mailbox.slot(slot);
        let source = match source {
            None => return Ok(RunningFeed::nothing(feed, slot)),
            Some(Ok(source)) => source,
            Some(Err(trouble)) => {
                // The wall says what is wrong; ending would leave it dark.
                tracing::warn!("the feed cannot be read: {}", trouble.reason);
                if let Some(status) = &self.status {
                    let mut said = FeedStatus::new(feed.name.clone().unwrap_or_else(|| "feed".into()));
                    said.attempts.failed(wall_now(), trouble.kind, &trouble.reason);
                    status.slot(slot).status(&said);
                }
                let reason = Some(trouble.reason.clone());
                inbox.send(Update::Health(FeedHealth { trouble: Some(trouble), reason, ..FeedHealth::default() }));
                return Ok(RunningFeed::nothing(feed, slot));
            }
        };
        let floor = matches!(source, OpenSource::Map(_) | OpenSource::Http(_) | OpenSource::Stream(_))
            .then(|| self.floor.clone());
        let kept = self.store.as_ref().filter(|_| source.is_kept());
        let key = kept.map(|_| source.key());
        let shelf = kept.zip(key.clone()).map(|(store, key)| Shelf::new(store.clone(), key, feed.name.is_some()));
        let mut days = shelf.clone().map(KeptDays::new);
        let memory = shelf.map(CelebratedIds::new);
        if let Some(memory) = &memory {
            // Read before the feed writes.
            let (ids, from_disk) = memory.recall();
            director.recall(place, ids, from_disk);
        }
        director.bring_days(place, feed::days_before(feed.source.as_ref()));
        if let Some(days) = &mut days {
            director.recall_days(place, days.recall());
        }
        let store = Some(kept.cloned().unwrap_or_else(Store::in_memory));
        let screen = Some(self.screen_of(feed, slot));
        let speed = self.around.speed.unwrap_or(1.0);
        let monitor = self.status.as_ref().map(|status| status.slot(slot));
        let wall: Option<Arc<dyn Screen>> = Some(self.around.on_screen.clone());
        let of = FeedOptions::of(feed, source);
        let options = FeedOptions { store, screen, wall, speed, monitor, sounds: self.sounds, ..of };
        let options = options.on_floor(self.floor.tz.as_deref(), &self.floor.locale);
        let handle = feed::spawn(options, wall_clock(), inbox)
            .map_err(|e| Failure::new(Exit::TempFail, format!("the feed cannot be started: {e}")))?;
        let (sounds, handle) = (self.sounds, Some(handle));
        Ok(RunningFeed { settings: feed.clone(), slot, key, memory, sounds, days, floor, handle })
    }

    /// What the screen is called in what this feed says of it at a broker. Two connections at one place would contradict
    /// each other, and the last will of one would say that a screen is dead whose other board lives: there the second
    /// has its own name behind the screen's.
    fn screen_of(&mut self, feed: &config::FeedSettings, slot: u64) -> String {
        let name = feed.name.as_deref().unwrap_or("feed");
        let own = status_topic(feed, &self.screen);
        let taken = own.is_some_and(|own| self.status_topics.values().any(|at| *at == own));
        let screen = if taken { format!("{}.{name}", self.screen) } else { self.screen.clone() };
        if let Some(place) = status_topic(feed, &screen) {
            self.status_topics.insert(slot, place);
        }
        screen
    }

    /// What has come since the last call, each with the feed's place in the settings.
    pub fn take(&self) -> Vec<(usize, Update)> {
        let place = |slot| self.running.iter().position(|feed| feed.slot == slot);
        self.around.mailbox.take().into_iter().filter_map(|(slot, update)| Some((place(slot)?, update))).collect()
    }

    /// How all feeds are, in the order of the settings.
    pub fn statuses(&self) -> Vec<FeedStatus> {
        self.status.as_ref().map(StatusFile::statuses).unwrap_or_default()
    }

    /// The heartbeats of all that run, each with its name.
    pub fn beats(&self) -> Vec<(String, Beats)> {
        let of = |running: &RunningFeed| Some((running.name(), running.handle.as_ref()?.beats()));
        self.running.iter().filter_map(of).collect()
    }

    /// A feed that panicked again and again, by its name: nothing new will come of it in this process.
    pub fn gave_up(&self) -> Option<String> {
        let gave_up = |running: &&RunningFeed| running.handle.as_ref().is_some_and(FeedHandle::gave_up);
        self.running.iter().find(gave_up).map(RunningFeed::name)
    }

    /// Puts on disk what is celebrated or was passed over: before the next picture, or it would be again after a power cut.
    /// Of many in one second the last are written at its end. What the boards of the day said may wait longer.
    pub fn keep_ids(&mut self, director: &mut Director) {
        for (i, feed) in self.running.iter_mut().enumerate() {
            if let (Some(ids), Some(memory)) = (director.take_ids(i), &mut feed.memory) {
                memory.keep(ids, wall_now());
            }
            if let (Some(days), Some(kept)) = (director.chronicle(i), &mut feed.days) {
                kept.keep(days, wall_now());
            }
        }
    }

    /// Writes the ids that wait, where that is due. How long the next of them still wait.
    pub fn write_ids(&mut self) -> Option<Duration> {
        let memories = self.running.iter_mut().filter_map(|feed| feed.memory.as_mut());
        memories.filter_map(|memory| memory.write_if_due(wall_now())).min()
    }
}

/// Where a feed says at its broker how the screen is: by whichever of its ports.
fn status_topic(feed: &config::FeedSettings, screen: &str) -> Option<String> {
    let Some(FeedSource::Mqtt(broker)) = &feed.source else { return None };
    Some(format!("{}/{}", broker.host().to_lowercase(), broker.status_topic(screen)))
}

/// What the screen is called at a broker.
fn screen_name(config: &Config) -> String {
    config.screen.name.clone().unwrap_or_else(host::name)
}

fn open(feed: &config::FeedSettings) -> Option<Result<OpenSource, Trouble>> {
    Some(OpenSource::open(feed.source.as_ref()?, crate::demo::tape()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broker_is_one_place_by_whatever_port_and_spelling() {
        let place = |url: &str| {
            let config = Config::parse(&format!("feed.url = {url:?}"), &[]).unwrap();
            status_topic(&config.feeds[0], "tv")
        };
        let plain = place("mqtt://hub.example/floor/v1/acme/main");
        assert!(plain.is_some());
        assert_eq!(place("mqtts://HUB.example:9883/floor/v1/acme/notice"), plain);
        assert_ne!(place("mqtt://other.example/floor/v1/acme/main"), plain);
        assert_ne!(place("mqtt://hub.example/floor/v1/other/main"), plain);
        assert_eq!(place("https://hub.example/floor/v1/acme/main"), None);
    }
}
