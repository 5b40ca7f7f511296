//! Whose deals are: what is nobody's name makes no person, what somebody said stays, and each of it can be taken back.

use std::collections::BTreeMap;

use floorcast_hub::access::Viewer;
use floorcast_hub::sources::facts::keep;
use floorcast_hub::sources::owners::{self, Said, Settled, give, settle};
use floorcast_hub::sources::undo::undo;
use floorcast_hub::store::{facts, people};
use proptest::prelude::*;

use crate::support::{Floor, now, on_both_engines, sent};

on_both_engines!(
    a_plain_list_makes_people_and_what_is_no_name_waits,
    what_is_said_of_a_name_holds_and_is_taken_back_wholly,
    a_deal_that_was_given_by_hand_stays_and_one_that_was_left_out_does_not_come_back,
    facts_that_programs_send_follow_what_was_said,
    what_was_left_out_and_is_lost_since_does_not_count_when_it_is_let_in,
);

const HEAD: &str = "Deal ID,Owner,Amount,Close date,Stage\n";

/// Deals as a file: id, owner and amount, all won.
fn file(deals: &[(&str, &str, u32)]) -> String {
    let row = |(id, owner, amount): &(&str, &str, u32)| format!("{id},\"{owner}\",{amount},2026-11-03,Won\n");
    HEAD.to_owned() + &deals.iter().map(row).collect::<String>()
}

fn person(floor: &Floor, name: &str) -> String {
    let all = floor.store.read(|tx| people::list(tx, &Viewer::Owner)).unwrap();
    all.into_iter().find(|of| of.name == name).unwrap_or_else(|| panic!("nobody is called {name}")).id
}

fn say(floor: &Floor, key: &str, said: &Said) -> Settled {
    floor.store.write(|tx| settle(tx, ["file", key], said, &Viewer::Owner, now())).unwrap()
}

fn give_to(floor: &Floor, ids: &[&str], to: Option<&str>) -> Settled {
    let deals: Vec<(String, String)> = ids.iter().map(|id| ("file".to_owned(), (*id).to_owned())).collect();
    floor.store.write(|tx| give(tx, &deals, to, &Viewer::Owner, now())).unwrap()
}

fn take_back(floor: &Floor, run: &str) {
    assert_eq!(floor.store.write(|tx| undo(tx, run, now())).unwrap().kept, []);
}

/// What counts of `won`, by the name of the person; that of nobody stands under an empty name.
fn won(floor: &Floor) -> BTreeMap<String, i64> {
    floor
        .store
        .read(|tx| {
            let names: BTreeMap<String, String> =
                people::list(tx, &Viewer::Owner)?.into_iter().map(|of| (of.id, of.name)).collect();
            let mut sums = BTreeMap::new();
            for fact in facts::page(tx, &Viewer::Owner, &[const { String::new() }; 3], 10_000)? {
                let name = fact.person.map(|id| names[&id].clone()).unwrap_or_default();
                *sums.entry(name).or_default() += if fact.metric == "won" { fact.amount / 100 } else { 0 };
            }
            Ok(sums)
        })
        .unwrap()
}

fn sums(of: &[(&str, i64)]) -> BTreeMap<String, i64> {
    of.iter().map(|(name, sum)| ((*name).to_owned(), *sum)).collect()
}

fn a_plain_list_makes_people_and_what_is_no_name_waits(new: impl Fn() -> Floor) {
    let floor = new();
    let first = file(&[("1", "Yuki Tanabe", 10), ("2", "Ana Souza", 20), ("3", "Ana Sousa", 30)]);
    let (_, plan) =
        floor.import(&[("deals.csv", &first), ("team.csv", "Name,Team,Email\nBo Berg,North,bo@x.example\n")]);
    assert_eq!((plan.new_people.len(), plan.without_person, plan.unknown.len()), (4, 0, 0), "{plan:?}");
    let second = file(&[
        ("4", "701", 1),
        ("5", "005Hs00000F", 2),
        ("6", "Bo@x.example", 4),
        ("7", "who@x.example", 8),
        ("8", "Sales Desk", 16),
        ("9", "Tanaba, Yuki", 32),
        ("10", "Jörg Müller", 64),
        ("11", "", 128),
        ("12", "North", 256),
        ("13", "jörg müller", 512),
    ]);
    let (run, plan) = floor.import(&[("deals.csv", &second)]);
    let unknown: Vec<&str> = plan.unknown.keys().map(String::as_str).collect();
    assert_eq!(unknown, ["005Hs00000F", "701", "North", "Sales Desk", "Tanaba, Yuki", "who@x.example"]);
    assert_eq!((plan.without_person, plan.unnamed), (7, 1));
    let nobody = 1 + 2 + 8 + 16 + 32 + 128 + 256;
    let mine = won(&floor);
    assert_eq!((mine[""], mine["Bo Berg"], mine["Jörg Müller"]), (nobody, 4, 64), "{mine:?}");
    assert_eq!(mine.values().sum::<i64>(), 1_023 + 60);
    // Whoever is spelt nearly so is proposed; two spellings of somebody new in one file are merged by a person, as ever.
    let waiting = floor.store.read(owners::unknown).unwrap();
    let near: Vec<(&str, usize)> = waiting.iter().map(|of| (of.key.as_str(), of.near.len())).collect();
    assert!(near.contains(&("Tanaba, Yuki", 1)) && near.contains(&("701", 0)), "{near:?}");
    let deal = floor.store.read(|tx| owners::unnamed(tx, 9)).unwrap().remove(0);
    assert_eq!((deal.ext_id.as_str(), deal.facts.len()), ("11", 2));
    let full = floor.hash();
    let (_, again) = floor.import(&[("deals.csv", &second)]);
    assert_eq!((again.changes.len(), again.without_person, floor.hash()), (0, 7, full));
    take_back(&floor, &run);
    assert_eq!(won(&floor).values().sum::<i64>(), 60);
}

fn what_is_said_of_a_name_holds_and_is_taken_back_wholly(new: impl Fn() -> Floor) {
    let first = file(&[("1", "Ana Souza", 10), ("2", "Sales Desk", 20), ("3", "Sales Desk", 40)]);
    // A deal more, and a corrected amount.
    let later =
        file(&[("1", "Ana Souza", 10), ("2", "Sales Desk", 25), ("3", "Sales Desk", 40), ("4", "Sales Desk", 80)]);
    let import_all = |floor: &Floor| floor.import(&[("a.csv", &first), ("t.csv", "Name,Team\nAna Souza,North\n")]);
    let unsaid = new();
    import_all(&unsaid);
    unsaid.import(&[("a.csv", &later)]);
    let floor = new();
    import_all(&floor);
    let before = floor.hash();
    let ana = person(&floor, "Ana Souza");
    for (said, facts, after) in [
        (Said::Person(ana), 4, sums(&[("Ana Souza", 155)])),
        (Said::NewPerson("Dee Desk".into()), 4, sums(&[("Ana Souza", 10), ("Dee Desk", 145)])),
        (Said::Nobody, 0, sums(&[("", 145), ("Ana Souza", 10)])),
        (Said::LeftOut, 4, sums(&[("Ana Souza", 10)])),
    ] {
        let run = say(&floor, "Sales Desk", &said);
        assert_eq!(run.facts, facts, "{said:?}");
        assert!(floor.store.read(owners::unknown).unwrap().is_empty(), "{said:?}: it is known from now on");
        let said_so = floor.hash();
        let (_, same) = floor.import(&[("a.csv", &first)]);
        assert_eq!((same.counts.created, same.counts.updated, same.unknown.len()), (0, 0, 0), "{said:?}");
        assert_eq!(floor.hash(), said_so, "{said:?}");
        let (import, _) = floor.import(&[("a.csv", &later)]);
        assert_eq!(won(&floor), after, "{said:?}");
        take_back(&floor, &run.run);
        assert_eq!(floor.hash(), unsaid.hash(), "{said:?}: also of what came since");
        take_back(&floor, &import);
        assert_eq!(floor.hash(), before, "{said:?}");
        assert!(floor.store.write(|tx| undo(tx, &run.run, now())).is_err(), "once");
    }
}

fn a_deal_that_was_given_by_hand_stays_and_one_that_was_left_out_does_not_come_back(new: impl Fn() -> Floor) {
    let people = "Name,Team\nAna Souza,North\nBen Brand,North\n";
    let first = file(&[("1", "", 10), ("2", "", 20), ("3", "Ben Brand", 40), ("4", "", 80)]);
    let floor = new();
    floor.import(&[("t.csv", people)]);
    let (import, _) = floor.import(&[("a.csv", &first)]);
    let ana = person(&floor, "Ana Souza");
    let before = floor.hash();
    let given = give_to(&floor, &["1", "3"], Some(&ana));
    let out = give_to(&floor, &["2"], None);
    assert_eq!((given.facts, out.facts), (4, 2));
    let held = sums(&[("", 80), ("Ana Souza", 50)]);
    assert_eq!(won(&floor), held);
    let (_, plan) = floor.import(&[("a.csv", &first)]);
    assert_eq!((plan.changes.len(), plan.left_out, plan.unnamed), (0, 1, 1));
    let of = &plan.files[0];
    assert_eq!((of.unwanted, of.rows), (1, of.won + of.open + of.lost + 1), "each row is told of");
    // The system gives it to somebody else, and corrects what was left out: both stay as somebody said.
    let later = file(&[("1", "Ben Brand", 11), ("2", "Ben Brand", 21), ("3", "Ben Brand", 40), ("4", "", 80)]);
    floor.import(&[("a.csv", &later)]);
    assert_eq!(won(&floor), sums(&[("", 80), ("Ana Souza", 51)]));
    // Lost, and won after all.
    floor.import(&[("a.csv", &first.replace("2026-11-03,Won", "2026-11-03,Lost"))]);
    assert_eq!(won(&floor), sums(&[]));
    floor.import(&[("a.csv", &first)]);
    assert_eq!(won(&floor), held);
    assert!(floor.store.write(|tx| give(tx, &[("file".into(), "none".into())], None, &Viewer::Owner, now())).is_err());
    take_back(&floor, &out.run);
    take_back(&floor, &given.run);
    assert_eq!(floor.hash(), before);
    // Whose a deal is changes no deal: its import is taken back as ever, and what was said holds when it comes again.
    give_to(&floor, &["1", "3"], Some(&ana));
    give_to(&floor, &["2"], None);
    take_back(&floor, &import);
    assert_eq!(won(&floor), sums(&[]));
    floor.import(&[("a.csv", &first)]);
    assert_eq!(won(&floor), held);
}

fn facts_that_programs_send_follow_what_was_said(new: impl Fn() -> Floor) {
    let floor = new();
    floor.import(&[("t.csv", "Name,Team,Email\nAna Souza,North,ana@x.example\n")]);
    let send = |key: &str, id: &str| {
        let fact = floorcast_hub::sources::facts::NewFact {
            ext_id: id.into(),
            owner: Some(key.into()),
            value: Some(10.0),
            ..sent("", 1).remove(0)
        };
        floor.store.write(|tx| keep(tx, "file", &[fact], &Viewer::Owner, now())).unwrap().unwrap()
    };
    assert_eq!((send("ANA@x.example", "1").without_person, send("Web", "2").without_person), (0, 1));
    let out = say(&floor, "Web", &Said::LeftOut);
    assert_eq!((send("Web", "2").unchanged, send("Web", "3").without_person), (1, 0));
    assert_eq!(won(&floor), sums(&[("Ana Souza", 10)]));
    take_back(&floor, &out.run);
    assert_eq!(won(&floor), sums(&[("", 20), ("Ana Souza", 10)]));
}

fn what_was_left_out_and_is_lost_since_does_not_count_when_it_is_let_in(new: impl Fn() -> Floor) {
    let head = "Deal ID,Owner,Amount,Currency,Close date,Stage\n";
    let row =
        |code: &str, stage: &str| format!("{head}1,701,100,{code},2026-11-03,{stage}\n2,701,1,EUR,2026-11-03,Won\n");
    for (later, after) in [(row("EUR", "Closed lost"), 1), (row("USD", "Won"), 1)] {
        let floor = new();
        floor.import(&[("a.csv", &row("EUR", "Won"))]);
        let before = floor.hash();
        let out = give_to(&floor, &["1"], None);
        let (import, _) = floor.import(&[("a.csv", &later)]);
        assert_eq!(won(&floor)[""], 1, "it is left out");
        take_back(&floor, &out.run);
        assert_eq!(won(&floor)[""], after, "{later}");
        // The import is taken back last: what it found left out is not so any more.
        take_back(&floor, &import);
        assert_eq!((won(&floor)[""], floor.hash()), (101, before), "{later}");
    }
}

/// What can happen to a floor; numbers choose among what there is.
#[derive(Debug, Clone)]
enum Step {
    /// Deals: id, name, amount, and what became of them.
    Import(Vec<(u8, u8, u16, u8)>),
    Say(u8, u8),
    Give(u8, Option<u8>),
    /// Takes back any of what was said.
    Undo(u8),
    UndoImport,
}

const NAMES: [&str; 6] = ["Ana Souza", "Ben Brand", "701", "Sales Desk", "x@y.example", ""];

/// What can become of a deal: its currency and its stage.
const ENDS: [(&str, &str); 4] = [("EUR", "Won"), ("USD", "Won"), ("EUR", "Closed lost"), ("EUR", "Open")];

fn step() -> impl Strategy<Value = Step> {
    let deals = prop::collection::vec((0_u8..6, 0_u8..6, 1_u16..500, 0_u8..4), 1..9);
    prop_oneof![
        4 => deals.prop_map(Step::Import),
        2 => (2_u8..5, 0_u8..4).prop_map(|(name, said)| Step::Say(name, said)),
        3 => (0_u8..6, prop::option::of(0_u8..2)).prop_map(|(deal, to)| Step::Give(deal, to)),
        2 => any::<u8>().prop_map(Step::Undo),
        1 => Just(Step::UndoImport),
    ]
}

/// Deals by their ids: name, amount, and what became of them.
type Deals = BTreeMap<u8, (u8, u16, u8)>;

/// What counts by the currency and the name of the person.
fn counts(floor: &Floor) -> BTreeMap<(String, String), i64> {
    let read = |tx: &mut floorcast_hub::store::Tx<'_>| {
        let names: BTreeMap<String, String> =
            people::list(tx, &Viewer::Owner)?.into_iter().map(|of| (of.id, of.name)).collect();
        let mut sums = BTreeMap::new();
        for fact in facts::page(tx, &Viewer::Owner, &[const { String::new() }; 3], 10_000)? {
            let code = match fact.metric.as_str() {
                "won" => "EUR",
                "won-USD" => "USD",
                _ => continue,
            };
            let name = fact.person.map(|id| names[&id].clone()).unwrap_or_default();
            *sums.entry((code.to_owned(), name)).or_default() += fact.amount / 100;
        }
        Ok(sums)
    };
    floor.store.read(read).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever was said and taken back in between: each deal that is won counts once, in its currency, for whom it is by a
    /// plain reading of what was said, and persons and nobody together come to what the files say.
    #[test]
    fn nothing_is_lost_between_people_and_nobody(steps in prop::collection::vec(step(), 1..12)) {
        let floor = Floor::new();
        floor.store.write(|tx| floorcast_hub::store::floor::set_currency(tx, "EUR")).unwrap();
        floor.import(&[("t.csv", "Name,Team\nAna Souza,North\nBen Brand,North\n")]);
        let ids = [person(&floor, "Ana Souza"), person(&floor, "Ben Brand")];
        let all = [Said::Person(ids[0].clone()), Said::Person(ids[1].clone()), Said::Nobody, Said::LeftOut];
        // The model: the newest row of each deal, what there was before each import, and a stack of what was said.
        let mut deals = Deals::new();
        let mut imports: Vec<(String, Deals)> = Vec::new();
        let mut runs: Vec<(String, Step)> = Vec::new();
        for step in steps {
            match &step {
                Step::Import(rows) => {
                    let newest: Deals = rows.iter().map(|(id, name, n, end)| (*id, (*name, *n, *end))).collect();
                    let row = |(id, (name, n, end)): (&u8, &(u8, u16, u8))| {
                        let ((code, stage), name) = (ENDS[usize::from(*end)], NAMES[usize::from(*name)]);
                        format!("{id},\"{name}\",{n},{code},2026-11-03,{stage}\n")
                    };
                    let text = newest.iter().map(row).collect::<String>();
                    let (run, _) = floor.import(&[("a.csv", &format!("Deal ID,Owner,Amount,Currency,Close date,Stage\n{text}"))]);
                    imports.push((run, deals.clone()));
                    deals.extend(newest);
                }
                Step::Say(name, said) => {
                    let run = say(&floor, NAMES[usize::from(*name)], &all[usize::from(*said)]).run;
                    runs.push((run, step));
                }
                Step::Give(deal, to) if deals.contains_key(deal) => {
                    let run = give_to(&floor, &[&deal.to_string()], to.map(|to| ids[usize::from(to)].as_str())).run;
                    runs.push((run, step));
                }
                Step::Give(..) => {}
                Step::Undo(which) => if !runs.is_empty() {
                    let (run, _) = runs.remove(usize::from(*which) % runs.len());
                    floor.store.write(|tx| undo(tx, &run, now())).unwrap();
                },
                Step::UndoImport => if let Some((run, before)) = imports.pop() {
                    take_back(&floor, &run);
                    deals = before;
                },
            }
            let mut wanted: BTreeMap<(String, String), i64> = BTreeMap::new();
            for (id, (name, amount, end)) in &deals {
                let given = runs.iter().rev().find_map(|(_, step)| match step {
                    Step::Give(deal, to) if deal == id => Some(to.map_or(3, |to| to)),
                    _ => None,
                });
                let said = runs.iter().rev().find_map(|(_, step)| match step {
                    Step::Say(of, said) if of == name => Some(*said),
                    _ => None,
                });
                let whose = given.or((*name < 2).then_some(*name)).or(said).unwrap_or(2);
                let (code, stage) = ENDS[usize::from(*end)];
                if whose == 3 || stage != "Won" {
                    continue;
                }
                let whose = if whose == 2 { "" } else { NAMES[usize::from(whose)] };
                *wanted.entry((code.to_owned(), whose.to_owned())).or_default() += i64::from(*amount);
            }
            prop_assert_eq!(counts(&floor), wanted);
        }
    }
}
