//! Figures of this moment without reading every fact again: a page is made of them in milliseconds.
//!
//! Single facts are followed by when they were written; any other change makes all of it anew.

use std::sync::Arc;

use jiff::{Timestamp, ToSpan as _};
use salesfloor::period::{Span, first_instant};

use super::cache::CachedFigures;
use super::error::Result;
use super::figures::{self, Loaded};
use super::floor;
use super::sql::Tx;
use crate::access::Viewer;
use crate::clock;

/// So far back facts are held: the last fiscal year and this one.
const DAYS_BACK: i64 = 740;

/// A fact may be seen so much later than its clock says: a transaction lasts, and a clock is set back.
const MARGIN_US: i64 = 120_000_000;

/// The floor with the facts of the last two years, as boards may show it.
///
/// # Errors
/// The store's.
pub fn load(tx: &mut Tx<'_>, now: Timestamp) -> Result<Loaded> {
    let tz = figures::zone(&floor::get(tx)?)?;
    let first = first_instant(tz.to_datetime(now).date().saturating_sub(DAYS_BACK.days()), &tz);
    let Some(cache) = tx.cache else {
        return figures::load(tx, &Viewer::Publisher, Span { start: first, end: Timestamp::MAX });
    };
    let (version, made) = floor::counters(tx)?;
    let mut base = cache.0.lock();
    let looked = clock::now().as_microsecond();
    match base.as_mut().filter(|base| base.made >= made && base.first <= first) {
        Some(base) if base.version >= version => {}
        Some(base) => {
            let since = base.seen - MARGIN_US;
            // Whoever reads keeps what they have.
            figures::follow(tx, &base.floor, Arc::make_mut(&mut base.ledger), base.first, since)?;
            (base.version, base.seen) = (version, looked);
        }
        None => {
            let span = Span { start: first, end: Timestamp::MAX };
            let (floor, mut ledger) = figures::make(tx, &Viewer::Publisher, span)?;
            ledger.shrink_to_fit();
            let ledger = Arc::new(ledger);
            *base = Some(CachedFigures { version, made, first, seen: looked, floor, ledger });
        }
    }
    match base.as_ref() {
        Some(base) => Ok(Loaded { floor: base.floor.clone(), ledger: base.ledger.clone() }),
        None => Err(super::Error::broken("no figures are held")),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use salesfloor::facts::{PersonId, Scope};
    use salesfloor::figures::Figures;
    use salesfloor::period::Span;

    use crate::access::Viewer;
    use crate::clock;
    use crate::store::facts::{self, Fact};
    use crate::store::people::{self, PersonRow};
    use crate::store::{Store, current, figures, floor};

    fn fact(n: u32, at: Timestamp, amount: i64, revoked: Option<i64>) -> Fact {
        Fact {
            source: "s".into(),
            ext_id: format!("f{n}"),
            metric: "won".into(),
            person: Some("p".into()),
            owner_key: None,
            at: at.as_microsecond(),
            amount,
            currency: None,
            label: None,
            revoked,
            by_whom: None,
            why: None,
        }
    }

    /// What is held comes to what is read anew, whatever was written between: new facts, corrections, facts that are taken
    /// back, facts that are deleted, and while somebody still reads.
    #[test]
    fn held_figures_equal_those_that_are_made_anew() {
        let held = tempfile::tempdir().unwrap();
        let folder = held.path().join("held");
        let store = Store::open(&folder, clock::now()).unwrap();
        let now = clock::now();
        let sum = |fresh: bool| {
            store
                .read(|tx| {
                    let all = Span { start: Timestamp::MIN, end: Timestamp::MAX };
                    let loaded =
                        if fresh { figures::load(tx, &Viewer::Publisher, all)? } else { current::load(tx, now)? };
                    let won = loaded.metric("won").unwrap();
                    let of = Figures { floor: &loaded.floor, ledger: &loaded.ledger, now };
                    let own = of.sum(won, Scope::Person(PersonId(0)), all);
                    Ok((own.n, own.total, of.sum(won, Scope::Company, all).total))
                })
                .unwrap()
        };
        let person = PersonRow { id: "p".into(), name: "P".into(), shown: "name".into(), ..PersonRow::default() };
        store.write(|tx| people::put(tx, &person).and_then(|()| floor::changed(tx))).unwrap();
        let put = |all: &[Fact]| {
            let seen = clock::now().as_microsecond();
            store.write(|tx| facts::put(tx, all, seen).and_then(|()| floor::changed(tx))).unwrap();
        };
        assert_eq!(sum(false), (0, 0, 0));
        put(&[fact(1, now, 500, None), fact(2, now, 70, None)]);
        assert_eq!((sum(false), sum(true)), ((2, 570, 570), (2, 570, 570)));
        // Somebody reads for long: others go on, and the reader keeps what it had.
        let kept = store.read(|tx| current::load(tx, now)).unwrap();
        put(&[fact(1, now, 900, None), fact(2, now, 70, Some(1))]);
        assert_eq!((sum(false), sum(true)), ((1, 900, 900), (1, 900, 900)));
        assert_eq!(kept.ledger.len(), 2);
        drop(kept);
        store.write(|tx| facts::delete(tx, "s", "f1", "won").and_then(|()| floor::changed(tx))).unwrap();
        assert_eq!((sum(false), sum(true)), ((0, 0, 0), (0, 0, 0)));
        drop(store);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
