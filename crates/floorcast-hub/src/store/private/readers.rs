//! Who may read a session: the one condition that every question about sessions stands under.

use super::super::sql::Val;

/// The condition on the table `coaching` under which `reader` may read a row, as SQL with the reader as `?first`. A draft is
/// its coach's alone. What was sent is read by the person, by the coach who wrote it, and by whoever coached the person when
/// it was sent.
pub(super) fn may_read(reader: &str, first: usize) -> (String, Val) {
    let sql = format!(
        "((coaching.state = 'draft' AND coaching.coach = ?{first}) OR (coaching.state <> 'draft' AND (coaching.person = ?{first} OR coaching.coach = ?{first} OR EXISTS( \
         SELECT 1 FROM coach WHERE coach.person = coaching.person AND coach.coach = ?{first} AND coach.since <= coaching.sent \
         AND (coach.until IS NULL OR coach.until > coaching.sent)))))"
    );
    (sql, reader.into())
}
