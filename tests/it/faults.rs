//! Every fault over every transport: the last good board stays, its age is right, and the next good answer heals it.

mod proxy;
mod transports;

use floorcast::board::TroubleKind::{BadData, NoAccess, NoAnswer};
use floorcast::board::{TroubleKind, Update, fresh};
use jiff::SignedDuration;

use self::proxy::Net;
use self::transports::{File, Http, Map, Mqtt, Stream, Transport};
use crate::support::mosquitto::is_there;
use crate::support::rig::{NOON, Rig, Watch};

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    Net(Net),
    Garbage,
    TooMuch,
    WrongCharset,
    /// An older board comes after a newer one.
    Older,
    /// The TV's clock is set to something else by so many hours.
    Clock(i64),
    /// The network is away while the clocks of the floor are put forward or back.
    Dst {
        night: &'static str,
        before: &'static str,
        after: &'static str,
    },
}

/// What is said of it, by transport: HTTP, stream, broker, file, map.
type Says = [(TroubleKind, &'static str); 5];

const LATE: &str = "the answer was not complete after 0.6 s";

/// One row per fault.
const TABLE: &[(Fault, Option<Says>)] = &[
    (
        Fault::Net(Net::Cut),
        Some([
            (NoAnswer, "127.0.0.1"),
            (NoAnswer, "127.0.0.1"),
            (NoAnswer, "127.0.0.1"),
            (BadData, "empty"),
            (NoAnswer, "source crm: 127.0.0.1"),
        ]),
    ),
    (
        Fault::Net(Net::HalfOpen),
        Some([
            (NoAnswer, LATE),
            (NoAnswer, "silent for 0.3 s"),
            (NoAnswer, "silent for 0.3 s"),
            (NoAccess, "not a file"),
            (NoAnswer, LATE),
        ]),
    ),
    (
        Fault::Net(Net::Slow),
        Some([
            (NoAnswer, LATE),
            (NoAnswer, "no answer within 0.6 s"),
            (NoAnswer, "the broker does not answer"),
            (BadData, "column"),
            (NoAnswer, LATE),
        ]),
    ),
    (
        Fault::Garbage,
        Some([
            (BadData, "this is a PDF"),
            (BadData, "this is a PDF"),
            (BadData, "this is a PDF"),
            (BadData, "this is a PDF"),
            (BadData, "this is a PDF"),
        ]),
    ),
    (
        Fault::TooMuch,
        Some([
            (BadData, "larger than 1 MiB"),
            (BadData, "larger than a board may be"),
            (BadData, "larger than 1 MiB"),
            (BadData, "larger than 1 MiB"),
            (BadData, "larger than 1 MiB"),
        ]),
    ),
    (
        Fault::WrongCharset,
        Some([
            (BadData, "UTF-8"),
            (BadData, "UTF-8"),
            (BadData, "UTF-8"),
            (BadData, "UTF-8"),
            (BadData, "begins like UTF-16LE and is not"),
        ]),
    ),
    (Fault::Older, None),
    (Fault::Clock(24), None),
    (Fault::Clock(-24), None),
    (
        Fault::Dst {
            night: "2026-10-25T00:30:00Z",
            before: "2026-10-25T02:30:00+02:00",
            after: "2026-10-25T02:30:00+01:00",
        },
        None,
    ),
    (
        Fault::Dst {
            night: "2026-03-29T00:30:00Z",
            before: "2026-03-29T01:30:00+01:00",
            after: "2026-03-29T03:30:00+02:00",
        },
        None,
    ),
];

/// A screen that is looked at, and the world's clock beside its own.
struct Floor<'a> {
    transport: &'a mut dyn Transport,
    rig: Rig,
    world: Watch,
}

impl Floor<'_> {
    fn pass(&self, seconds: i64) {
        self.rig.watch.forward(seconds);
        self.world.forward(seconds);
    }

    /// The age of the board that is shown, in seconds.
    fn age(&self) -> Option<f64> {
        let board = self.rig.inbox.boards().pop()?;
        fresh::age_s(board.as_of, &self.rig.inbox.health(), self.rig.watch.now())
    }

    #[track_caller]
    fn wait_age(&self, seconds: f64) {
        self.rig.inbox.wait(&format!("an age of {seconds} s"), |updates| {
            let board =
                updates.iter().rev().find_map(|u| if let Update::Board(board) = u { Some(board) } else { None });
            let health =
                updates.iter().rev().find_map(|u| if let Update::Health(health) = u { Some(health) } else { None });
            let ages = board.zip(health).map(|(b, h)| (h, fresh::age_s(b.as_of, h, self.rig.watch.now())));
            // A stream's clock is told once and then carried on by the timer, while the TV's stands in this test.
            let right = |age: f64| (age - seconds).abs() < 3.0;
            ages.is_some_and(|(health, age)| health.trouble.is_none() && age.is_some_and(right))
        });
    }

    /// Waits until it was said since the first `from` updates.
    #[track_caller]
    fn wait_said(&self, from: usize, (kind, words): (TroubleKind, &str)) {
        self.rig.inbox.wait(&format!("{kind:?} {words:?}"), |updates| {
            updates[from..].iter().any(|update| match update {
                Update::Health(health) => {
                    health.trouble.as_ref().is_some_and(|said| said.kind == kind && said.reason.contains(words))
                }
                Update::Board(_) | Update::Photo(_) | Update::Crest(_) | Update::Clip(_) => false,
            })
        });
    }

    /// Where the source is asked again and again: waits until it was, by the clock as it is now.
    #[track_caller]
    fn wait_next_attempt(&self) {
        let now = self.rig.watch.now();
        self.rig.inbox.wait("the next attempt", |updates| {
            let last =
                updates.iter().rev().find_map(|u| if let Update::Health(health) = u { Some(health) } else { None });
            last.and_then(|health| health.trouble.as_ref()?.retry_at).is_none_or(|at| at >= now)
        });
    }

    fn serve(&mut self, rev: u64, as_of: &str) {
        let body = self.transport.board(rev, as_of);
        self.transport.serve(&body);
    }

    /// The next good answer is on the wall, as young as it is.
    #[track_caller]
    fn heals(&mut self, as_of: &str) {
        self.serve(2, as_of);
        self.rig.inbox.wait_rev(2);
        self.wait_age(0.0);
        assert_eq!(self.rig.inbox.revs(), [1, 2], "nothing else was ever shown");
    }
}

/// Meets one transport with every fault, each on a screen of its own.
fn survives(column: usize, start: impl Fn(&Watch) -> Box<dyn Transport>) {
    for (fault, says) in TABLE {
        eprintln!("{fault:?}");
        let time = if let Fault::Dst { night, .. } = fault { night } else { NOON };
        let world = Watch::at(time);
        let mut transport = start(&world);
        let early = world.now().checked_sub(SignedDuration::from_secs(600)).unwrap().to_string();
        let tells = transport.has_clock();
        let as_of = match fault {
            Fault::Dst { before, .. } => before,
            Fault::Clock(_) if tells => early.as_str(),
            _ => "",
        };
        let first = transport.board(1, as_of);
        transport.serve(&first);
        let rig = Rig::start_at(transport.options(), time);
        let mut floor = Floor { transport: transport.as_mut(), rig, world };
        floor.rig.inbox.wait_rev(1);
        let from = floor.rig.inbox.updates().len();
        match *fault {
            Fault::Net(net) => floor.transport.net(net),
            Fault::Garbage => floor.transport.serve(b"%PDF-1.7 nonsense"),
            Fault::TooMuch => {
                let body = floor.transport.too_much();
                floor.transport.serve(&body);
            }
            Fault::WrongCharset => {
                let body = floor.transport.wrong_charset();
                floor.transport.serve(&body);
            }
            Fault::Older => {
                // An answer on its way may still be the one from before: twice.
                for _ in 0..2 {
                    floor.pass(60);
                    floor.serve(0, "");
                    floor.wait_age(0.0);
                }
                floor.heals("");
            }
            Fault::Clock(hours) => {
                floor.rig.watch.forward(hours * 3600);
                floor.serve(1, as_of);
                // A source that tells its clock corrects the TV's; else the age is counted from the next good answer.
                floor.wait_age(if tells { 600.0 } else { 0.0 });
                assert_eq!(floor.rig.inbox.revs(), [1]);
                let now = floor.world.now().to_string();
                floor.heals(if tells { &now } else { "" });
            }
            Fault::Dst { after, .. } => {
                floor.transport.net(Net::Cut);
                floor.rig.inbox.wait("a trouble", |updates| {
                    updates[from..].iter().any(|u| matches!(u, Update::Health(health) if health.trouble.is_some()))
                });
                floor.pass(3600);
                assert_eq!(floor.age(), Some(3600.0), "whatever the clocks on the walls say");
                floor.transport.net(Net::Through);
                floor.heals(after);
            }
        }
        if let Some(says) = says {
            floor.wait_said(from, says[column]);
            floor.pass(600);
            floor.wait_next_attempt();
            assert_eq!(floor.rig.inbox.revs(), [1], "{fault:?}: the last good board stays");
            assert_eq!(floor.age(), Some(600.0), "{fault:?}: its age goes on from the last good answer");
            floor.transport.net(Net::Through);
            floor.heals("");
        }
    }
}

#[test]
fn over_http() {
    survives(0, |world| Box::new(Http::start(world)));
}

#[test]
fn over_a_stream_of_events() {
    survives(1, |world| Box::new(Stream::start(world)));
}

#[test]
fn over_a_broker() {
    if is_there("over_a_broker") {
        survives(2, |_| Box::new(Mqtt::start()));
    }
}

#[test]
fn over_a_file() {
    survives(3, |_| Box::new(File::new()));
}

#[test]
fn over_a_table_and_a_map() {
    survives(4, |world| Box::new(Map::start(world)));
}
