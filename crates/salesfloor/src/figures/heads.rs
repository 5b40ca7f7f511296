//! Counts the people of a team over which its figure is divided.

use super::Figures;
use crate::facts::{PersonId, TeamId};
use crate::period::{Days, Span};

impl Figures<'_> {
    /// How many people a team had in a span until now: whoever had a working day there, or any day where nobody had a
    /// working day. What somebody did stays in the figure after they left, moved or were erased, so they stay here too.
    pub fn heads(&self, team: TeamId, span: Span) -> usize {
        let days = self.days_until_now(span);
        let people = || self.floor.person_ids().filter(|id| self.was_ever_in(team, *id));
        let worked = people().filter(|id| self.work_where(*id, days, |of| of == Some(team)).total > 0.0).count();
        let was_there = |id: &PersonId| {
            let person = self.floor.person(*id);
            days.iter().any(|day| person.works_on(day) && person.team_on(day) == Some(team))
        };
        if worked > 0 { worked } else { people().filter(was_there).count() }
    }

    /// The days that a span has touched, today included; before its start the first one.
    fn days_until_now(&self, span: Span) -> Days {
        let start = self.ledger.day(span.start);
        let end = self.until_now(span).end.max(span.start);
        let last = self.ledger.day(end.saturating_sub(jiff::SignedDuration::from_nanos(1)).unwrap_or(end)).max(start);
        Days { start, end: last.tomorrow().unwrap_or(last) }
    }

    /// Whether a membership names the team, whatever its days.
    pub(super) fn was_ever_in(&self, team: TeamId, person: PersonId) -> bool {
        self.floor.person(person).memberships.iter().any(|of| of.team == team)
    }
}
