//! Who is who: names that nobody knows, two spellings of one person, and people who are erased.

use std::path::PathBuf;

use floorcast_hub::access::{Role, Viewer};
use floorcast_hub::sources::facts::{NewFact, keep};
use floorcast_hub::sources::owners::{Said, settle};
use floorcast_hub::sources::plan::Plan;
use floorcast_hub::sources::spelling::{merge, proposals};
use floorcast_hub::sources::undo::undo;
use floorcast_hub::standings::{By, Question, Rank, standings};
use floorcast_hub::store::audit::{self, AuditAction};
use floorcast_hub::store::logins::{self, LoginRow};
use floorcast_hub::store::people::{AliasKey, PersonRow};
use floorcast_hub::store::teams::{self, TeamRow};
use floorcast_hub::store::words::{self, RecognitionRow};
use floorcast_hub::store::{erased, facts, merges, owners, people, person_data, runs};
use jiff::civil::date;

use crate::support::{Floor, now, on_both_engines};

on_both_engines!(
    a_name_is_made_known_once_for_ever,
    an_import_stays_undone_though_somebody_said_whose_its_deals_are,
    two_spellings_are_proposed_merged_and_two_again,
    what_was_said_of_people_is_remembered_though_their_import_is_undone,
    everything_of_a_person_is_given_out_and_goes_without_a_trace,
    what_remembers_somebody_by_another_name_forgets_them_too,
    whoever_joins_a_team_takes_no_figure_of_the_past_there,
    the_first_amount_that_a_program_sends_says_in_which_currency_deals_count,
);

fn given(id: &str, owner: &str) -> NewFact {
    NewFact {
        ext_id: id.into(),
        metric: "won".into(),
        owner: Some(owner.into()),
        at: "2026-11-02".into(),
        value: Some(10.0),
        currency: None,
        label: None,
        revoked: false,
    }
}

fn a_name_is_made_known_once_for_ever(new: impl Fn() -> Floor) {
    let floor = new();
    floor.import(&[("t.csv", "Name,Team\nAna Souza,North\n")]);
    let send = |id: &str| {
        floor.store.write(|tx| keep(tx, "crm", &[given(id, "41488296")], &Viewer::Owner, now())).unwrap().unwrap()
    };
    assert_eq!((send("1").without_person, send("2").without_person), (1, 1));
    assert_eq!(floor.store.read(facts::without_person).unwrap(), [("crm".to_owned(), "41488296".to_owned(), 2)]);
    let ana = floor.store.read(|tx| people::list(tx, &Viewer::Owner)).unwrap().remove(0);
    let know = |key: &str, person: &str| {
        let said = Said::Person(person.into());
        floor.store.write(|tx| settle(tx, ["crm", key], &said, &Viewer::Owner, now()))
    };
    assert_eq!(know("41488296", &ana.id).unwrap().facts, 2);
    assert_eq!(floor.store.read(facts::without_person).unwrap(), []);
    assert_eq!(send("3").without_person, 0, "it is known from now on");
    assert!(know("7", "nobody").is_err());
}

fn an_import_stays_undone_though_somebody_said_whose_its_deals_are(new: impl Fn() -> Floor) {
    let floor = new();
    floor.import(&[("t.csv", "Name,Team\nAna Souza,North\n")]);
    let ana = floor.store.read(|tx| people::list(tx, &Viewer::Owner)).unwrap().remove(0);
    let file = |amount: u32| format!("Deal ID,Owner,Amount,Close date,Stage\nA1,701,{amount},2026-11-02,Won\n");
    let (first, _) = floor.import(&[("a.csv", &file(10))]);
    let said = Said::Person(ana.id);
    floor.store.write(|tx| settle(tx, ["file", "701"], &said, &Viewer::Owner, now())).unwrap();
    let (second, _) = floor.import(&[("a.csv", &file(25))]);
    for run in [first, second] {
        floor.store.write(|tx| undo(tx, &run, now())).unwrap();
    }
    assert_eq!(floor.hash().facts, 0);
}

fn two_spellings_are_proposed_merged_and_two_again(new: impl Fn() -> Floor) {
    let floor = new();
    let file = "Deal ID,Owner,Amount,Close date,Stage\nA1,Ana Souza,10,2026-11-02,Won\nA2,SOUZA Ana,70,2026-11-03,Won\nA3,Ben,70,2026-11-03,Open\n";
    floor.import(&[("a.csv", file), ("t.csv", "Name,Team\nAna Souza,North\nSOUZA Ana,South\n")]);
    let before = floor.hash();
    let proposed = floor.store.read(proposals).unwrap();
    let names: Vec<Vec<&str>> =
        proposed.iter().map(|of| of.iter().map(|person| person.name.as_str()).collect()).collect();
    assert_eq!(names, [["Ana Souza", "SOUZA Ana"]]);
    let (kept, gone) = (&proposed[0][0].id, &proposed[0][1].id);
    let (id, moved) = floor.store.write(|tx| merge(tx, kept, gone, &Viewer::Owner, now())).unwrap();
    assert_eq!((moved, floor.hash().people), (2, before.people - 1));
    // The file still calls her by both names, and means one person.
    let (_, plan) = floor.import(&[("a.csv", file)]);
    assert_eq!((plan.counts.created, plan.counts.updated, plan.new_people), (0, 0, vec![]));
    // The other name may stay; parted, each has their own again.
    floor.store.write(|tx| merges::take_name(tx, &id)).unwrap();
    let all = floor.store.read(|tx| people::list(tx, &Viewer::Owner)).unwrap();
    assert_eq!(all.iter().find(|of| of.id == *kept).unwrap().name, proposed[0][1].name);
    floor.store.write(|tx| merges::undo(tx, &id, 0)).unwrap();
    assert_eq!(floor.hash(), before);
    assert!(floor.store.write(|tx| merges::undo(tx, &id, 0)).is_err());
    assert!(floor.store.write(|tx| merge(tx, kept, kept, &Viewer::Owner, now())).is_err());
}

fn what_was_said_of_people_is_remembered_though_their_import_is_undone(new: impl Fn() -> Floor) {
    let file = "Deal ID,Owner,Amount,Close date,Stage\nA1,Ana Souza,10,2026-11-02,Won\nA2,SOUZA Ana,70,2026-11-03,Won\nA3,Ana S.,5,2026-11-03,Won\n";
    let people = "Name,Team\nAna Souza,North\nSOUZA Ana,South\n";
    let floor = new();
    let (run, _) = floor.import(&[("t.csv", people), ("a.csv", file)]);
    let proposed = floor.store.read(proposals).unwrap().remove(0);
    floor.store.write(|tx| merge(tx, &proposed[0].id, &proposed[1].id, &Viewer::Owner, now())).unwrap();
    let undone = floor.store.write(|tx| undo(tx, &run, now())).unwrap();
    assert!(
        undone.kept.iter().any(|(what, _)| what.name() == format!("person {}", proposed[0].id)),
        "{:?}",
        undone.kept
    );
    assert_eq!(floor.hash().facts, 0);
    // The same files again: she is one person, as was said.
    let (_, plan) = floor.import(&[("t.csv", people), ("a.csv", file)]);
    assert!(!plan.new_people.iter().any(|name| name.to_lowercase().contains("souza")), "{:?}", plan.new_people);
    let all = floor.store.read(|tx| people::list(tx, &Viewer::Owner)).unwrap();
    assert_eq!(all.iter().filter(|of| of.name.to_lowercase().contains("souza")).count(), 1, "{all:?}");
}

fn the_first_amount_that_a_program_sends_says_in_which_currency_deals_count(new: impl Fn() -> Floor) {
    let floor = new();
    let fact =
        |id: &str, currency: &str| NewFact { value: Some(1.234), currency: Some(currency.into()), ..given(id, "Ana") };
    let send = |facts: &[NewFact]| floor.store.write(|tx| keep(tx, "crm", facts, &Viewer::Owner, now())).unwrap();
    let wrong = send(&[fact("1", "KWD"), fact("2", "USD")]).unwrap_err();
    assert!(wrong[0].0 == "activities[1].currency" && wrong[0].1.contains("never added"), "{wrong:?}");
    assert_eq!(floor.hash().facts, 0);
    send(&[fact("1", "KWD")]).unwrap();
    assert!(send(&[fact("2", "USD")]).is_err());
    let held = floor.store.read(|tx| facts::get(tx, "crm", "1", "won")).unwrap().unwrap();
    assert_eq!(held.amount, 1_234, "a currency of three decimals loses none");
}

fn everything_of_a_person_is_given_out_and_goes_without_a_trace(new: impl Fn() -> Floor) {
    let floor = new();
    let deals = "Deal ID,Owner,Amount,Close date,Stage\nA1,Ana Souza,10,2026-11-02,Won\nA2,Ben Brand,5,2026-11-02,Won\nA3,Ana Souza,7,,Open\n";
    let (run, _) = floor.import(&[("t.csv", "Name,Team,Email\nAna Souza,North,ana@x.example\n"), ("d.csv", deals)]);
    let (again, _) = floor.import(&[("d.csv", &deals.replace(",10,", ",20,"))]);
    let all = floor.store.read(|tx| people::list(tx, &Viewer::Owner)).unwrap();
    let ana = all.iter().find(|of| of.name == "Ana Souza").unwrap().id.clone();
    floor
        .store
        .write(|tx| {
            audit::record(tx, "owner", AuditAction::OwnerMap, "Ana Souza", 1)?;
            audit::record(tx, "owner", AuditAction::LoginChange, "Ana@x.example", 2)?;
            audit::record(tx, "owner", AuditAction::PeopleApart, "Ana Souza and Ben", 3)?;
            audit::record(tx, "owner", AuditAction::OwnerMap, "Ben Brand", 4)
        })
        .unwrap();
    let november = |by: By| {
        let question = Question {
            metric: "won".into(),
            from: date(2026, 11, 1),
            to: date(2026, 12, 1),
            by,
            rank: Rank::Competition,
        };
        let rows = floor.store.read(|tx| standings(tx, &Viewer::Owner, &question, now())).unwrap().rows;
        rows.into_iter().map(|row| (row.name, row.value, row.facts)).collect::<Vec<_>>()
    };
    let of_teams = november(By::Team);
    assert_eq!(of_teams, [("North".to_owned(), 20.0, 1)]);
    assert_eq!(november(By::Person).len(), 2);
    let told = floor.store.read(|tx| person_data::export(tx, &ana)).unwrap();
    let won = told["facts"].as_array().unwrap().iter().find(|of| of["metric"] == "won").unwrap();
    assert_eq!((&won["amount"], &won["at"]), (&20.into(), &"2026-11-02".into()), "not 2000, and no midnight");
    assert_eq!(told["open_and_lost_deals"][0]["amount"], 7);
    assert_eq!((told["facts"].as_array().unwrap().len(), &told["person"]["email"]), (2, &"ana@x.example".into()));
    assert_eq!(
        (&told["teams"][0]["team"], told["open_and_lost_deals"].as_array().unwrap().len()),
        (&"North".into(), 1)
    );
    assert_eq!(floor.store.write(|tx| person_data::erase(tx, &ana, now())).unwrap(), 2);
    assert!(floor.store.read(|tx| person_data::export(tx, &ana)).is_err());
    assert_eq!((floor.hash().facts, floor.hash().people), (4, 1), "the facts stay");
    // November stays as it was for the team, in no list, and nobody can be given the deals.
    assert_eq!(november(By::Team), of_teams);
    assert_eq!(november(By::Person), [("Ben Brand".to_owned(), 5.0, 1)]);
    assert_eq!(floor.store.read(|tx| owners::unnamed(tx, 9)).unwrap(), []);
    assert_eq!(floor.store.read(facts::without_person).unwrap(), []);
    // An old list of deals brings nobody back, and says whom it names; a list of people does, and says so.
    let before = floor.hash();
    let (_, plan) = floor.import(&[("d.csv", &deals.replace(",10,", ",20,"))]);
    let said = |plan: &Plan| plan.remarks.iter().map(|of| of.text("en")).collect::<Vec<_>>();
    assert_eq!((floor.hash(), plan.new_people.len(), plan.counts.updated), (before, 0, 0));
    assert_eq!(said(&plan), ["somebody called \"Ana Souza\" was erased: 2 deals are kept without the name"]);
    let sent = floor.store.write(|tx| keep(tx, "crm", &[given("1", " ana  SOUZA")], &Viewer::Owner, now())).unwrap();
    assert_eq!(sent.unwrap().without_person, 1);
    // Nor does the name of a deal bring the name back.
    let renewal = "Deal ID,Owner,Deal name,Amount,Close date,Stage\nA8,Ben Brand,\"Renewal (Souza, Ana)\",5,2026-11-02,Won\nA9,Ben Brand,Bus,5,,Open\n";
    let (later, plan) = floor.import(&[("e.csv", renewal)]);
    assert_eq!(said(&plan), ["the name of 1 deal names somebody who was erased: \"(erased)\" is kept instead"]);
    let (_, plan) = floor.import(&[("e.csv", renewal)]);
    assert_eq!((plan.counts.updated, plan.counts.unchanged), (0, 2));
    let fact = floor.store.read(|tx| facts::get(tx, "file", "A8", "won")).unwrap().unwrap();
    assert_eq!(fact.label.as_deref(), Some("Renewal ((erased))"));
    let sent = [NewFact { label: Some("to ANA SOUZA".into()), ..given("9", "Ben Brand") }];
    floor.store.write(|tx| keep(tx, "crm", &sent, &Viewer::Owner, now())).unwrap().unwrap();
    let fact = floor.store.read(|tx| facts::get(tx, "crm", "9", &sent[0].metric)).unwrap().unwrap();
    assert_eq!(fact.label.as_deref(), Some("to (erased)"));
    // Whoever is here and is called so, or longer, keeps their name.
    let (lima, _) = floor.import(&[("people.csv", "Name,Team\nAna Souza Lima,North\n")]);
    let sent = [NewFact { label: Some("Ana Souza Lima and Ana Souza".into()), ..given("9", "Ben Brand") }];
    floor.store.write(|tx| keep(tx, "crm", &sent, &Viewer::Owner, now())).unwrap().unwrap();
    let fact = floor.store.read(|tx| facts::get(tx, "crm", "9", &sent[0].metric)).unwrap().unwrap();
    assert_eq!(fact.label.as_deref(), Some("Ana Souza Lima and (erased)"));
    floor.store.write(|tx| undo(tx, &lima, now())).unwrap();
    floor
        .store
        .write(|tx| {
            undo(tx, &later, now())?;
            facts::delete(tx, "crm", "9", &sent[0].metric)
        })
        .unwrap();
    let plan = floor.plan(&[("t.csv", "Name,Team\nAna Souza,North\n")]);
    assert_eq!(said(&plan), ["somebody called \"Ana Souza\" was erased: this file adds a new person with this name"]);
    let left = floor
        .store
        .read(|tx| {
            let fact = facts::get(tx, "file", "A1", "won")?.unwrap();
            let stand_in = fact.person.filter(|id| *id != ana);
            assert!(stand_in.is_some_and(|id| erased::ids(tx).is_ok_and(|all| all.contains(&id))));
            assert_eq!((fact.owner_key, fact.amount), (None, 2_000));
            let done: Vec<Option<String>> = audit::list(tx, 9)?.into_iter().map(|row| row.subject).collect();
            let done: Vec<&str> = done.iter().flatten().map(String::as_str).collect();
            assert_eq!(done, ["Ben Brand", "(erased) and Ben", "(erased)", "(erased)"]);
            let rows = [runs::written(tx, &run)?, runs::written(tx, &again)?];
            let people = people::list(tx, &Viewer::Owner)?;
            let keys = people::keys_of(tx, "file")?;
            Ok(format!(
                "{rows:?} {people:?} {keys:?} {:?} {:?}",
                facts::page(tx, &Viewer::Owner, &[const { String::new() }; 3], 99)?,
                facts::pipeline_of_ids(tx, "file", &["A3"])?
            ))
        })
        .unwrap();
    assert!(
        left.contains("Ben Brand") && !left.contains("Souza") && !left.contains(&ana) && !left.contains("ana@"),
        "{left}"
    );
}

/// The files in which a floor lies.
fn files(floor: &Floor) -> Vec<(String, PathBuf)> {
    let named = |path: PathBuf| (path.display().to_string(), path);
    match (floor.store.folder(), &floor.server) {
        (Some(folder), _) => std::fs::read_dir(folder).unwrap().flatten().map(|entry| named(entry.path())).collect(),
        #[cfg(feature = "postgres")]
        (None, Some(place)) => crate::postgres::files(place),
        _ => panic!("the floor lies nowhere"),
    }
}

/// Under every name and address that somebody has and had, in merges, imports, the audit and texts, and in the bytes of the files;
/// and of nobody else whose name has these letters in it.
fn what_remembers_somebody_by_another_name_forgets_them_too(new: impl Fn() -> Floor) {
    let floor = new();
    let deals = "Deal ID,Owner,Account,Amount,Close date,Stage\n\
                 1,Zelda Quark,Bank of Zelda Quark,1000,2026-10-05,Won\n2,Diana Zeldarov,Zelda Quark and Sons,550,2026-10-06,Won\n\
                 6,Ana,Ana,10,2026-11-06,Won\n7,Diana Prince,Ana Bank,45,2026-11-06,Won\n";
    let (run, _) = floor.import(&[("zelda_quark deals.csv", deals)]);
    let (again, _) = floor.import(&[("d.csv", &deals.replace(",45,", ",50,"))]);
    let all = floor.store.read(|tx| people::list(tx, &Viewer::Owner)).unwrap();
    let id = |name: &str| all.iter().find(|of| of.name == name).unwrap().id.clone();
    let (zelda, ana, diana) = (id("Zelda Quark"), id("Ana"), id("Diana Prince"));
    let row = |id: &str, name: &str| PersonRow {
        id: id.into(),
        name: name.into(),
        email: Some(format!("{id}.private@x.example")),
        shown: "name".into(),
        ..PersonRow::default()
    };
    let login = |email: &str| LoginRow {
        id: "l1".into(),
        person: Some(zelda.clone()),
        email: email.into(),
        password: None,
        role: Role::Rep,
        invited: Some(1),
        disabled: None,
    };
    let said = RecognitionRow {
        id: "r1".into(),
        at: 1,
        kind: "shout_out".into(),
        who: vec![diana.clone()],
        headline: "With Zelda Quark-Meyer and Ana".into(),
        until: i64::MAX,
        ..RecognitionRow::default()
    };
    floor
        .store
        .write(|tx| {
            people::put(tx, &row("zq", "Zélda Q"))?;
            people::put_key(tx, &AliasKey { source: "crm".into(), key: "Ö. Ün".into(), person: "zq".into() })?;
            merge(tx, &zelda, "zq", &Viewer::Owner, now())?;
            people::put(tx, &PersonRow { id: zelda.clone(), ..row("zelda", "Zelda Quark-Meyer") })?;
            logins::put(tx, &login("zelda.old@x.example"))?;
            logins::put(tx, &login("zelda.new@x.example"))?;
            words::put_recognition(tx, &said)?;
            let told = [
                (AuditAction::InvitationAdd, "ZELDA.OLD@x.example"),
                (AuditAction::LoginChange, "zelda.new@x.example"),
                (AuditAction::OwnerMap, "ö. ün"),
                (AuditAction::PeopleApart, "ZÉLDA Q and Diana Prince"),
                (AuditAction::OwnerMap, "Ana"),
                (AuditAction::PeopleApart, "Ana and Diana Zeldarov"),
                (AuditAction::OwnerMap, "Diana Zeldarov"),
            ];
            told.into_iter().zip(1..).try_for_each(|((what, of), at)| audit::record(tx, "owner", what, of, at))
        })
        .unwrap();
    let told = floor.store.read(|tx| person_data::export(tx, &zelda)).unwrap();
    assert!(told["former_names"].to_string().contains("zelda.old@x.example"), "{told}");
    // A server notes the commonest values by itself.
    #[cfg(feature = "postgres")]
    floor.server.iter().for_each(|place| drop(crate::postgres::ask(place, "ANALYZE")));
    let is_there = |file: &PathBuf| String::from_utf8_lossy(&std::fs::read(file).unwrap()).contains("Zelda Quark");
    assert!(files(&floor).iter().any(|(_, file)| is_there(file)));
    for id in [&zelda, &ana] {
        floor.store.write(|tx| person_data::erase(tx, id, now())).unwrap();
    }
    let (left, rows) = floor
        .store
        .read(|tx| {
            let done = audit::list(tx, 9)?.into_iter().rev().filter_map(|row| row.subject).collect::<Vec<_>>();
            let gone = "(erased)";
            let both = format!("{gone} and Diana Prince");
            let other = format!("{gone} and Diana Zeldarov");
            assert_eq!(done, [gone, gone, gone, both.as_str(), gone, other.as_str(), "Diana Zeldarov"]);
            let rows = [runs::written(tx, &run)?, runs::written(tx, &again)?].concat();
            let left = format!(
                "{rows:?} {:?} {:?} {:?} {:?} {:?}",
                runs::list(tx, 9)?,
                facts::page(tx, &Viewer::Owner, &[const { String::new() }; 3], 99)?,
                words::recognitions(tx)?,
                people::list(tx, &Viewer::Owner)?,
                merges::told_apart(tx)?,
            );
            Ok((left, rows.len()))
        })
        .unwrap();
    for gone in ["Zelda Q", "Zélda", "zelda", "Ö. Ün", "\"Ana\"", "and Ana", &zelda, &ana] {
        assert!(!left.contains(gone), "{gone} in {left}");
    }
    for stays in [
        "With (erased) and (erased)",
        "\"(erased) deals.csv\"",
        "Bank of (erased)",
        "(erased) and Sons",
        "Ana Bank",
        "Diana Prince",
        "Diana Zeldarov",
    ] {
        assert!(left.contains(stays), "{stays} in {left}");
    }
    assert!(rows > 4, "what the imports wrote of others can still be taken back: {rows}");
    // Nobody is brought back under any of the names.
    let known = floor.store.read(erased::ErasedNames::load).unwrap();
    for name in ["Zelda Quark", "zélda q", "zelda quark-meyer", "zelda.old@x.example"] {
        assert!(known.has("file", name), "{name}");
    }
    assert!(known.has("crm", "Ö. Ün") && !known.has("file", "Diana Prince"));
    // What is deleted is read in no file.
    for (what, file) in files(&floor) {
        let bytes = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).to_lowercase();
        for gone in ["zelda quark", "zélda", "zelda_quark", "zelda.old", "zelda.new", "zq.private", "ö. ün"] {
            assert!(!bytes.contains(gone), "{gone} in {what}");
        }
    }
}

fn whoever_joins_a_team_takes_no_figure_of_the_past_there(new: impl Fn() -> Floor) {
    let floor = new();
    floor.import(&[(
        "d.csv",
        "Deal ID,Owner,Amount,Close date,Stage\n1,Ana Souza,10,2026-11-02,Won\n2,Ana Souza,5,2026-11-29,Won\n",
    )]);
    let ana = floor.store.read(|tx| people::list(tx, &Viewer::Owner)).unwrap().remove(0).id;
    let north = TeamRow { id: "north".into(), name: "North".into(), ..TeamRow::default() };
    let october_to = |to| {
        let question =
            Question { metric: "won".into(), from: date(2026, 10, 1), to, by: By::Team, rank: Rank::Competition };
        let rows = floor.store.read(|tx| standings(tx, &Viewer::Owner, &question, now())).unwrap().rows;
        rows.into_iter().map(|row| (row.name, row.value)).collect::<Vec<_>>()
    };
    floor
        .store
        .write(|tx| teams::put(tx, &north).and_then(|()| people::join(tx, &ana, Some("north"), "2026-11-29")))
        .unwrap();
    assert_eq!(october_to(date(2026, 11, 29)), []);
    assert_eq!(october_to(date(2026, 12, 1)), [("North".to_owned(), 5.0)]);
    // Whoever is out of every team for a while is so afterwards too.
    floor
        .store
        .write(|tx| {
            people::join(tx, &ana, None, "2026-11-30")?;
            people::join(tx, &ana, Some("north"), "2026-12-05")
        })
        .unwrap();
    let all = floor.store.read(|tx| people::memberships(tx, &Viewer::Owner)).unwrap();
    let days: Vec<(&str, Option<&str>)> = all.iter().map(|of| (of.since.as_str(), of.until.as_deref())).collect();
    assert_eq!(days, [("2026-11-29", Some("2026-11-30")), ("2026-12-05", None)]);
}
