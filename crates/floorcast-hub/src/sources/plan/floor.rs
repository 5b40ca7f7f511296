//! Plans what the sheets of a floor say besides its deals.

use std::collections::HashMap;

use floorcast_map::records::{DoneRecord, FloorTable, PersonDetails};

use super::Planner;
use crate::random;
use crate::sources::whose::{Whose, leave_out, of_deal, stays};
use crate::store::facts::{self, Fact};
use crate::store::people::PersonRow;
use crate::store::{Result, Tx, owners};

/// The longest id of a fact.
const MAX_ID: usize = 200;

/// What the metrics of the sheets are called on the floor.
pub type Ids = HashMap<String, String>;

impl Planner {
    /// Plans all sheets. What there is to say of them.
    pub(super) fn floor(&mut self, tx: &mut Tx<'_>, table: &FloorTable) -> Result<Vec<String>> {
        let mut notes = self.settings(tx, &table.settings)?;
        for person in &table.people {
            self.details(person)?;
        }
        let ids = self.metrics_of(table);
        self.done(tx, &table.done, &ids)?;
        self.days(tx, &table.days)?;
        self.goals(tx, &table.goals, &ids)?;
        self.cards(tx, &table.cards, &ids)?;
        self.contests(tx, &table.contests, &ids)?;
        self.ramps(tx, table, &ids)?;
        self.recognitions(tx, &table.recognitions)?;
        self.notices(tx, &table.notices)?;
        self.plays(tx, &table.plays)?;
        let mut rounded: Vec<(String, usize)> = std::mem::take(&mut self.rounded).into_iter().collect();
        rounded.sort_unstable();
        notes.extend(
            rounded.into_iter().map(|(label, n)| {
                format!("{label}: {n} figures have more decimals than are kept of it, and are rounded")
            }),
        );
        Ok(notes)
    }

    fn details(&mut self, of: &PersonDetails) -> Result<()> {
        let id = self.identity.person(&of.name)?;
        let text = |day: &Option<jiff::civil::Date>| day.map(|day| day.to_string());
        self.identity.change(&id, |row| {
            let shown = match (of.hidden, &of.alias) {
                (true, _) => "hidden".to_owned(),
                (false, Some(_)) => "alias".to_owned(),
                (false, None) => row.shown.clone(),
            };
            PersonRow {
                photo: of.photo.clone().or_else(|| row.photo.clone()),
                started: text(&of.started).or_else(|| row.started.clone()),
                ended: text(&of.ended).or_else(|| row.ended.clone()),
                birthday: of
                    .birthday
                    .map(|(month, day)| format!("--{month:02}-{day:02}"))
                    .or_else(|| row.birthday.clone()),
                alias: of.alias.clone().or_else(|| row.alias.clone()),
                shown,
                ..row.clone()
            }
        });
        match of.memberships.as_slice() {
            [] => {}
            [only] if only.since.is_none() && only.until.is_none() => {
                let team = self.identity.team(&only.team, None)?;
                self.identity.join(&id, &team);
            }
            several => {
                self.dated.insert(id.clone());
                if let [only] = several
                    && let (Some(since), None) = (only.since, only.until)
                {
                    let team = self.identity.team(&only.team, None)?;
                    self.identity.leave_others(&id, &team, &since.to_string());
                }
                for of in several {
                    let team = self.identity.team(&of.team, None)?;
                    let since = of.since.map(|day| day.to_string()).unwrap_or_default();
                    self.identity.belong(&id, &team, since, text(&of.until));
                }
            }
        }
        Ok(())
    }

    fn done(&mut self, tx: &mut Tx<'_>, done: &[DoneRecord], ids: &Ids) -> Result<()> {
        let ext_id = |of: &DoneRecord| match of.id.chars().count() > MAX_ID {
            true => format!("row-{}", &random::hash(&of.id)[..24]),
            false => of.id.clone(),
        };
        let named: Vec<String> = done.iter().map(ext_id).collect();
        let mut all: Vec<&str> = named.iter().map(String::as_str).collect();
        all.sort_unstable();
        all.dedup();
        let mut known = facts::of_ids(tx, &self.source, &all)?;
        let by_hand = owners::given_of_ids(tx, &self.source, &all)?;
        for (of, id) in done.iter().zip(&named) {
            let Some(metric) = ids.get(&of.metric) else { continue };
            let whose = of_deal(by_hand.get(id), of.person.as_deref(), |name| self.identity.owner(name))?;
            let Some(amount) = self.minor(metric, of.amount) else {
                self.plan.counts.skipped += 1;
                continue;
            };
            let held = known.get_mut(id);
            let before = held.and_then(|held| {
                let at = held.iter().position(|fact| fact.metric == *metric)?;
                Some(held.swap_remove(at))
            });
            let mut after = Fact {
                source: self.source.clone(),
                ext_id: id.clone(),
                metric: metric.clone(),
                person: stays(&whose, of.person.as_deref(), before.as_slice()),
                owner_key: of.person.clone(),
                at: of.at.as_microsecond(),
                amount,
                currency: None,
                label: None,
                revoked: None,
                by_whom: None,
                why: None,
            };
            match whose {
                Whose::LeftOut => {
                    leave_out(&mut after, before.as_ref(), self.now);
                    self.plan.left_out += 1;
                }
                Whose::Unknown if after.person.is_none() => self.nobody_knows(of.person.as_deref()),
                _ => {}
            }
            self.fact(before, after);
        }
        Ok(())
    }
}
