//! Prepares the race: the lanes of the rows that are shown, and its words.

use crate::slides::context::Ctx;
use crate::slides::ranking::model::RankingModel;

/// Who won so many places at least is told apart.
const FEWEST_PLACES: u32 = 2;

/// A race as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct RaceModel {
    /// "HOW JANUARY WAS RUN"
    pub title: String,
    /// "9 JAN", the oldest first.
    pub days: Vec<String>,
    /// Of the rows on the first page, in their order: from the top by day, none before they had a place.
    pub lanes: Vec<Vec<Option<u32>>>,
    /// Slot of whoever won most places.
    pub climber: Option<usize>,
    pub changes: Vec<Change>,
}

/// A change of the lead.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Index of its day.
    pub day: usize,
    /// Who took it, as it stands on the wall.
    pub name: String,
}

impl RaceModel {
    /// The race of a ranking, where the kept days tell one and rows are low enough to be lanes.
    pub fn of(ctx: &Ctx, model: &RankingModel) -> Option<RaceModel> {
        let race = ctx.story.race.as_ref()?;
        if model.layout.tall() || ctx.screen.reduced_motion {
            return None;
        }
        let lanes_of =
            |id: &str| race.runners.iter().find(|runner| runner.who == id).map(|runner| runner.lanes.clone());
        let page = model.rows.iter().take(model.per_page);
        let lanes: Vec<Vec<Option<u32>>> = page.map(|row| lanes_of(&row.id).unwrap_or_default()).collect();
        let won = |lanes: &[Option<u32>]| {
            let mut known = lanes.iter().flatten();
            Some(known.next()?.saturating_sub(*known.next_back()?))
        };
        let climbs = lanes.iter().enumerate().skip(1).filter_map(|(slot, lanes)| Some((won(lanes)?, slot)));
        let climber = climbs.rev().max_by_key(|(places, _)| *places).filter(|(places, _)| *places >= FEWEST_PLACES);
        let name_of = |id: &str| ctx.board.people.get(id).map(|person| person.name.as_str());
        let team_of = |id: &str| ctx.board.teams.get(id).map(|team| team.name.as_str());
        let changes = race.changes.iter().filter_map(|change| {
            let row = model.rows.iter().find(|row| row.id == change.who).map(|row| row.name.clone());
            let name =
                name_of(&change.who).or_else(|| team_of(&change.who)).map(|name| ctx.locale.caps(name)).or(row)?;
            Some(Change { day: change.day, name })
        });
        let period = ctx.data.period.as_ref().and_then(|period| period.label.as_deref()).unwrap_or_default();
        Some(RaceModel {
            title: (ctx.locale.words().story.race)(&ctx.locale.caps(period)),
            days: race.days.iter().map(|day| ctx.locale.date(*day)).collect(),
            changes: changes.collect(),
            climber: climber.map(|(_, slot)| slot),
            lanes,
        })
    }
}
