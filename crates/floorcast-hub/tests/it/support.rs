//! Floors in folders of their own, and a list of deals that is made from a seed.

use std::path::PathBuf;

use floorcast_hub::access::Viewer;
use floorcast_hub::sources::decode::Decoder;
use floorcast_hub::sources::facts::NewFact;
use floorcast_hub::sources::plan::{Plan, plan};
use floorcast_hub::sources::{commit, files};
use floorcast_hub::store::choices::Choices;
use floorcast_hub::store::{Store, floor, hash};
use jiff::Timestamp;
use jiff::civil::Date;

/// A folder that is gone when the test ends.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Folder {
        // The id of a process comes again, and what an earlier one left in a folder of that name would count.
        Folder(tempfile::Builder::new().prefix("floorcast-hub-").tempdir().unwrap().keep())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

pub fn now() -> Timestamp {
    "2026-11-29T12:00:00Z".parse().unwrap()
}

pub struct Floor {
    pub store: Store,
    /// Where it lies on a server.
    pub server: Option<PathBuf>,
    _folder: Option<Folder>,
}

impl Floor {
    pub fn new() -> Floor {
        let folder = Folder::new();
        Floor { store: Store::open(&folder.0.join("db"), now()).unwrap(), server: None, _folder: Some(folder) }
    }

    /// A floor on a PostgreSQL server that was started for this test.
    #[cfg(feature = "postgres")]
    pub fn on_postgres() -> Floor {
        let place = crate::postgres::database();
        Floor { store: Store::open(&place, now()).unwrap(), server: Some(place), _folder: None }
    }

    pub fn plan(&self, bodies: &[(&str, &str)]) -> Plan {
        self.store.read(|tx| plan(tx, &self.read(bodies), "file", now())).unwrap()
    }

    /// Imports, and says what was planned and as which run.
    pub fn import(&self, bodies: &[(&str, &str)]) -> (String, Plan) {
        self.import_with(bodies, &Choices::default())
    }

    /// Likewise, with answers to what the files leave open.
    pub fn import_with(&self, bodies: &[(&str, &str)], choices: &Choices) -> (String, Plan) {
        self.import_at(bodies, choices, now())
    }

    /// Likewise, at another time.
    pub fn import_at(&self, bodies: &[(&str, &str)], choices: &Choices, at: Timestamp) -> (String, Plan) {
        let read = read_with(&self.store, owned(bodies), choices).unwrap();
        let import = |tx: &mut floorcast_hub::store::Tx<'_>| {
            let plan = plan(tx, &read, "file", at)?;
            Ok((commit::commit(tx, &plan, &Viewer::Owner, at)?, plan))
        };
        self.store.write(import).unwrap()
    }

    fn read(&self, bodies: &[(&str, &str)]) -> files::Files {
        read_for(&self.store, owned(bodies)).unwrap()
    }

    pub fn hash(&self) -> hash::FloorHash {
        self.store.read(hash::floor).unwrap()
    }
}

/// Reads files for a floor, in this process.
pub fn read_for(store: &Store, bodies: Vec<(String, Vec<u8>)>) -> Result<files::Files, String> {
    read_with(store, bodies, &Choices::default())
}

/// Likewise, with answers to what the files leave open.
pub fn read_with(store: &Store, bodies: Vec<(String, Vec<u8>)>, choices: &Choices) -> Result<files::Files, String> {
    let floor = store.read(floor::get).unwrap();
    files::of_bodies(bodies, files::ReadOptions { floor: &floor, now: now(), decoder: &Decoder::here(), choices })
}

/// Files of which some may be no tables as they stand, as the page reads them.
pub fn look_at(store: &Store, bodies: Vec<(String, Vec<u8>)>) -> files::Files {
    let (floor, choices) = (store.read(floor::get).unwrap(), Choices::default());
    let options = files::ReadOptions { floor: &floor, now: now(), decoder: &Decoder::here(), choices: &choices };
    files::look(bodies, options).unwrap()
}

fn owned(bodies: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    bodies.iter().map(|(name, body)| ((*name).to_owned(), body.as_bytes().to_vec())).collect()
}

/// A deal of the invented list.
#[derive(Debug, Clone)]
pub struct Deal {
    pub id: String,
    pub agent: usize,
    pub stage: &'static str,
    pub day: Date,
    pub value: i64,
}

/// Always the same numbers for a seed.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

pub const AGENTS: usize = 30;
pub const TEAMS: usize = 6;

pub fn agent(at: usize) -> String {
    format!("Agent Number{at:02}")
}

pub fn team(at: usize) -> String {
    format!("Manager {}", char::from(b'A' + at as u8))
}

/// The team of an agent; two of the last team never sell.
pub fn team_of(agent: usize) -> usize {
    agent % TEAMS
}

pub fn deals(n: usize, seed: u64) -> Vec<Deal> {
    let mut dice = Dice(seed);
    let first: Date = "2016-11-01".parse().unwrap();
    (0..n)
        .map(|at| Deal {
            id: format!("D{at:05}"),
            agent: dice.roll(AGENTS as u64) as usize,
            stage: ["Won", "Won", "Lost", "Engaging", "Prospecting"][dice.roll(5) as usize],
            day: first.saturating_add(jiff::Span::new().days(dice.roll(430) as i64)),
            // Few values, so that there are ties.
            value: dice.roll(12) as i64 * 250,
        })
        .collect()
}

/// The list as a CRM writes it: what is open has neither day nor value.
pub fn deals_csv(deals: &[Deal]) -> String {
    let mut text =
        String::from("opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n");
    for deal in deals {
        let (day, value) = match deal.stage {
            "Won" => (deal.day.to_string(), deal.value.to_string()),
            "Lost" => (deal.day.to_string(), "0".to_owned()),
            _ => (String::new(), String::new()),
        };
        text += &format!("{},{},GTX Pro,Cancity,{},2016-10-01,{day},{value}\n", deal.id, agent(deal.agent), deal.stage);
    }
    text
}

/// Every agent with a manager and a place, and three who never sell.
pub fn teams_csv() -> String {
    let mut text = String::from("sales_agent,manager,regional_office\n");
    for at in 0..AGENTS {
        text += &format!("{},{},{}\n", agent(at), team(team_of(at)), ["East", "West", "Central"][team_of(at) % 3]);
    }
    for at in 0..3 {
        text += &format!("Silent Number{at},{},East\n", team(at));
    }
    text
}

/// Won deals of Ana as another system sends them, each known by what begins its id.
pub fn sent(begins: &str, n: usize) -> Vec<NewFact> {
    let fact = |n: usize| NewFact {
        ext_id: format!("{begins}-{n}"),
        metric: "won".into(),
        owner: Some("Ana".into()),
        at: "2026-11-02".into(),
        value: Some(1.0),
        currency: None,
        label: None,
        revoked: false,
    };
    (0..n).map(fact).collect()
}

/// Runs each function as a test on both engines.
macro_rules! on_both_engines {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[test] fn $name() { super::$name(crate::support::Floor::new) })*
        }
        #[cfg(feature = "postgres")]
        mod postgresql {
            $(#[test] fn $name() { super::$name(crate::support::Floor::on_postgres) })*
        }
    };
}
pub(crate) use on_both_engines;
