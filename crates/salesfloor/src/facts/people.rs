//! Holds people and teams. Membership has dates, so that last month's team stays right.

use jiff::civil::Date;

use super::{PersonId, TeamId};

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Team {
    /// Stable over imports; unique on the floor.
    pub key: String,
    pub name: String,
    /// `#RRGGBB`.
    pub color: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Person {
    /// Stable over imports; unique on the floor.
    pub key: String,
    pub name: String,
    pub shown: Shown,
    /// In order of their first day.
    pub memberships: Vec<Membership>,
    /// First day at work.
    pub started: Option<Date>,
    /// First day on which the person no longer works here.
    pub ended: Option<Date>,
    /// Month and day; the year of birth is nobody's business.
    pub birthday: Option<(i8, i8)>,
    /// Address or path of a picture.
    pub photo: Option<String>,
    pub mentor: Option<PersonId>,
}

/// How a person appears on walls. All count in totals.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Shown {
    #[default]
    Name,
    Alias(String),
    /// In totals only.
    Hidden,
    /// Nobody any more: what they did is in the totals of company and teams, and in no list.
    Erased,
}

/// Time in a team, from the first day to the day before `until`.
#[derive(Debug, Clone, PartialEq)]
pub struct Membership {
    pub team: TeamId,
    pub since: Option<Date>,
    pub until: Option<Date>,
}

impl Person {
    /// The team on a day. Of overlapping memberships the last one listed counts.
    pub fn team_on(&self, day: Date) -> Option<TeamId> {
        self.memberships
            .iter()
            .rev()
            .find(|m| m.since.is_none_or(|since| since <= day) && m.until.is_none_or(|until| day < until))
            .map(|m| m.team)
    }

    /// Whether the person works here on a day.
    pub fn works_on(&self, day: Date) -> bool {
        self.started.is_none_or(|first| first <= day) && self.ended.is_none_or(|end| day < end)
    }

    /// The name for walls; `None` for people who are in totals only.
    pub fn wall_name(&self) -> Option<&str> {
        match &self.shown {
            Shown::Name => Some(&self.name),
            Shown::Alias(alias) => Some(alias),
            Shown::Hidden | Shown::Erased => None,
        }
    }
}
