//! Deals that an earlier file of the source had and this one, which tells of the others, has no more.

use std::collections::BTreeMap;

use super::{Planner, Remark};
use crate::store::{Result, Tx, facts};

/// So many of them are named.
const SHOWN: usize = 5;

impl Planner {
    /// Says so: a file does not say whether it is all of a system, so nothing is taken back by itself. Only of files of which
    /// most deals are known already, and of the time that these are of: an export of another month has other deals.
    pub(super) fn look_for_gone(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let held: BTreeMap<String, i64> = facts::deals_of(tx, &self.source)?.into_iter().collect();
        let here = || self.told.keys().filter_map(|id| held.get(id).copied());
        let (Some(first), Some(last)) = (here().min(), here().max()) else { return Ok(()) };
        if here().count() * 2 < self.told.len() {
            return Ok(());
        }
        let is_gone = |(id, at): &(&String, &i64)| (first..=last).contains(*at) && !self.told.contains_key(*id);
        let gone: Vec<String> = held.iter().filter(is_gone).map(|(id, _)| id.clone()).collect();
        if !gone.is_empty() {
            let (n, names) = (gone.len(), gone.into_iter().take(SHOWN).collect());
            self.plan.remarks.push(Remark::Gone { n, names });
        }
        Ok(())
    }
}
