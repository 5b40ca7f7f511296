//! `hub people`: who is meant by a name, and who is one person.

use serde_json::json;

use super::{Db, Failure, PeopleArgs, PeopleCommand, json as written, open_existing, print};
use crate::access::Viewer;
use crate::clock;
use crate::sources::owners::{self, Said, Settled};
use crate::sources::plan::of_noun;
use crate::sources::spelling;
use crate::store::audit::{self, AuditAction, AuditRow};
use crate::store::private::{self, Private};
use crate::store::{Result, Tx, merges, people, person_data};

/// Deals that name nobody are listed as far as these facts go.
const MAX_UNNAMED: usize = 1_000;

fn settled_text(of: &Settled, name: Option<&str>, db: &Db) -> String {
    let facts = of_noun(of.facts, "fact is", "facts are");
    let now = name.map_or_else(|| "different".to_owned(), |name| format!("{name}'s"));
    format!(
        "{facts} {now} now, and so will be what comes later.\nTo take it back: floorcast hub undo --db {} {}\n",
        db.db.display(),
        of.run
    )
}

/// What a person is called, for the answer.
fn named(tx: &mut Tx<'_>, settled: &Settled) -> Result<Option<String>> {
    let id = settled.person.as_deref();
    Ok(id.map(|id| people::seen(tx, &Viewer::Owner, id)).transpose()?.flatten().map(|of| of.name))
}

pub fn run(args: &PeopleArgs) -> std::result::Result<(), Failure> {
    match &args.command {
        PeopleCommand::List { db, json } => {
            let store = open_existing(db)?;
            let (people, unknown, unnamed, alike) = store.read(|tx| {
                let people = people::list(tx, &Viewer::Owner)?;
                Ok((people, owners::unknown(tx)?, owners::unnamed(tx, MAX_UNNAMED)?, spelling::proposals(tx)?))
            })?;
            if *json {
                let person = |of: &people::PersonRow| json!({"id": of.id, "name": of.name});
                let name = |of: &owners::UnknownOwner| {
                    let near: Vec<&str> = of.near.iter().map(|(id, _)| id.as_str()).collect();
                    json!({"source": of.source, "key": of.key, "facts": of.facts, "deals": of.deals, "near": near})
                };
                let unknown: Vec<_> = unknown.iter().map(name).collect();
                let deal = |of: &owners::UnnamedDeal| json!({"source": of.source, "ext_id": of.ext_id});
                let unnamed: Vec<_> = unnamed.iter().map(deal).collect();
                let alike: Vec<Vec<_>> = alike.iter().map(|of| of.iter().map(person).collect()).collect();
                let all: Vec<_> = people.iter().map(person).collect();
                return print(&written(
                    &json!({"people": all, "unknown": unknown, "unnamed": unnamed, "alike": alike}),
                )?);
            }
            let mut text: String = people.iter().map(|of| format!("{}  {}\n", of.id, of.name)).collect();
            for of in unknown {
                let near: Vec<String> = of.near.iter().map(|(id, name)| format!("{name} ({id})")).collect();
                let near = if near.is_empty() { String::new() } else { format!("; perhaps {}", near.join(" or ")) };
                let deals = of_noun(usize::try_from(of.deals).unwrap_or(0), "deal or entry", "deals or entries");
                text += &format!("the name {:?} of {} is unknown: {deals} without a person{near}\n", of.key, of.source);
            }
            for of in unnamed {
                let label = of.facts.iter().find_map(|fact| fact.label.as_deref()).unwrap_or_default();
                text += &format!("the deal {:?} of {} names no person  {label}\n", of.ext_id, of.source);
            }
            for of in alike {
                let names: Vec<String> = of.iter().map(|person| format!("{} ({})", person.name, person.id)).collect();
                text += &format!("one person? {}\n", names.join(" · "));
            }
            print(&text)
        }
        PeopleCommand::Know { db, source, key, person, new, nobody, .. } => {
            let said = match (person, new, nobody) {
                (Some(who), ..) => Said::Person(who.clone()),
                (None, Some(name), _) => Said::NewPerson(name.clone()),
                (None, None, true) => Said::Nobody,
                (None, None, false) => Said::LeftOut,
            };
            let (name, settled) = open_existing(db)?.write(|tx| {
                let now = clock::now();
                let said = match said {
                    Said::Person(who) => Said::Person(people::meant(tx, &who)?.id),
                    said => said,
                };
                let settled = owners::settle(tx, [source, key], &said, &Viewer::Owner, now)?;
                audit::record(tx, &Viewer::Owner.name(), AuditAction::OwnerMap, key, now.as_microsecond())?;
                Ok((named(tx, &settled)?, settled))
            })?;
            print(&settled_text(&settled, name.as_deref(), db))
        }
        PeopleCommand::Give { db, source, deals, to, .. } => {
            let deals: Vec<(String, String)> = deals.iter().map(|id| (source.clone(), id.clone())).collect();
            let (name, settled) = open_existing(db)?.write(|tx| {
                let now = clock::now();
                let to = to.as_deref().map(|who| people::meant(tx, who)).transpose()?.map(|of| of.id);
                let settled = owners::give(tx, &deals, to.as_deref(), &Viewer::Owner, now)?;
                let what = owners::deals_in_words(&deals);
                audit::record(tx, &Viewer::Owner.name(), AuditAction::DealGive, &what, now.as_microsecond())?;
                Ok((named(tx, &settled)?, settled))
            })?;
            print(&settled_text(&settled, name.as_deref(), db))
        }
        PeopleCommand::Merge { db, keep, gone } => {
            let store = open_existing(db)?;
            let private = Private::open(&db.db, clock::now())?;
            let (id, moved) = store.write(|tx| {
                let (keep, gone) = (people::meant(tx, keep)?.id, people::meant(tx, gone)?.id);
                let merged = spelling::merge(tx, &keep, &gone, &Viewer::Owner, clock::now())?;
                // Within the transaction: if it fails, both stay as they were.
                private.write(|tx| private::merged::merge(tx, &merged.0, &keep, &gone))?;
                Ok(merged)
            })?;
            print(&format!(
                "{moved} facts moved. To undo the merge: floorcast hub people part --db {} {id}\n",
                db.db.display()
            ))
        }
        PeopleCommand::Export { db, person } => {
            let told = open_existing(db)?.read(|tx| {
                let person = people::meant(tx, person)?.id;
                person_data::export(tx, &person)
            })?;
            print(&written(&told)?)
        }
        PeopleCommand::Erase { db, person, .. } => {
            let store = open_existing(db)?;
            let private = Private::open(&db.db, clock::now())?;
            let facts = store.write(|tx| {
                let person = &people::meant(tx, person)?.id;
                let facts = person_data::erase(tx, person, clock::now())?;
                // Within the transaction: if it fails, the person is still there to be erased again.
                private.write(|tx| private::forget(tx, person))?;
                let (at, who) = (clock::now().as_microsecond(), Viewer::Owner.name());
                let n = i64::try_from(facts).ok();
                audit::put(
                    tx,
                    &AuditRow {
                        at,
                        who,
                        address: None,
                        what: AuditAction::PersonErase.name().into(),
                        subject: Some(person.clone()),
                        n,
                    },
                )?;
                crate::store::floor::changed(tx)?;
                Ok(facts)
            })?;
            private.scrub();
            print(&format!(
                "The person is erased; {facts} facts stay without a name, in the totals of their teams. Older backups still have the name until they are deleted.\n"
            ))
        }
        PeopleCommand::Part { db, merge } => {
            let store = open_existing(db)?;
            let private = Private::open(&db.db, clock::now())?;
            store.write(|tx| {
                merges::undo(tx, merge, clock::now().as_microsecond())?;
                private.write(|tx| private::merged::undo(tx, merge))?;
                crate::store::floor::changed(tx)
            })?;
            print("The merge is undone: they are two people again.\n")
        }
    }
}
