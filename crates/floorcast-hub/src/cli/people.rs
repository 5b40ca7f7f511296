//! `hub people`: who is meant by a name, and who is one person.

use serde_json::json;

use super::{Failure, PeopleArgs, PeopleCommand, json as written, open_existing, print};
use crate::access::Viewer;
use crate::clock;
use crate::sources::spelling;
use crate::store::audit::{self, AuditAction, AuditRow};
use crate::store::private::{self, Private};
use crate::store::{facts, merges, people, person_data};

pub fn run(args: &PeopleArgs) -> Result<(), Failure> {
    match &args.command {
        PeopleCommand::List { db, json } => {
            let store = open_existing(db)?;
            let (people, unknown, alike) = store.read(|tx| {
                Ok((people::list(tx, &Viewer::Owner)?, facts::without_person(tx)?, spelling::proposals(tx)?))
            })?;
            if *json {
                let person = |of: &people::PersonRow| json!({"id": of.id, "name": of.name});
                let unknown: Vec<_> =
                    unknown.iter().map(|(source, key, n)| json!({"source": source, "key": key, "facts": n})).collect();
                let alike: Vec<Vec<_>> = alike.iter().map(|of| of.iter().map(person).collect()).collect();
                let all: Vec<_> = people.iter().map(person).collect();
                return print(&written(&json!({"people": all, "unknown": unknown, "alike": alike}))?);
            }
            let mut text: String = people.iter().map(|of| format!("{}  {}\n", of.id, of.name)).collect();
            for (source, key, n) in unknown {
                text += &format!("nobody knows {key:?} of {source}: {n} facts without a person\n");
            }
            for of in alike {
                let names: Vec<String> = of.iter().map(|person| format!("{} ({})", person.name, person.id)).collect();
                text += &format!("one person? {}\n", names.join(" · "));
            }
            print(&text)
        }
        PeopleCommand::Know { db, source, key, person } => {
            let found = open_existing(db)?.write(|tx| spelling::know(tx, source, key, person))?;
            print(&format!("{found} facts have their person now, and those to come will.\n"))
        }
        PeopleCommand::Merge { db, keep, gone } => {
            let store = open_existing(db)?;
            let private = Private::open(&db.db, clock::now())?;
            let (id, moved) = store.write(|tx| {
                let merged = spelling::merge(tx, keep, gone, &Viewer::Owner, clock::now())?;
                // Within the transaction: if it fails, both stay as they were.
                private.write(|tx| private::merged::merge(tx, &merged.0, keep, gone))?;
                Ok(merged)
            })?;
            print(&format!(
                "{moved} facts moved. To make them two again: floorcast hub people part --db {} {id}\n",
                db.db.display()
            ))
        }
        PeopleCommand::Export { db, person } => {
            print(&written(&open_existing(db)?.read(|tx| person_data::export(tx, person))?)?)
        }
        PeopleCommand::Erase { db, person, .. } => {
            let store = open_existing(db)?;
            let private = Private::open(&db.db, clock::now())?;
            let facts = store.write(|tx| {
                let facts = person_data::erase(tx, person)?;
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
            print(&format!(
                "The person is erased; {facts} facts stay, without a person. Backups of before still have the name until they are deleted.\n"
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
            print("They are two again.\n")
        }
    }
}
