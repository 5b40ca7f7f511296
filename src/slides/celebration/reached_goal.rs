//! Finds which goal a celebration is about: whose, in which measure, of which period, and how far it is.

use super::amount::Amount;
use crate::board::{Better, Board, Body, Event, EventKind, GoalRow, Scope, SlideData};
use crate::words::Locale;

/// How far a goal was before, where nobody knows.
const BEFORE: f64 = 0.8;

/// A goal that was reached, as far as it is known.
#[derive(Debug, Clone, PartialEq)]
pub struct ReachedGoal {
    pub scope: Scope,
    /// "COMPANY GOAL · CLOSED REVENUE · MAY"
    pub title: String,
    pub value: Option<Amount>,
    pub target: Option<Amount>,
    /// How far it is, and was before.
    pub share: Option<f64>,
    pub before: f64,
}

impl ReachedGoal {
    /// The goal that an event of `board` is about; `before` is the board that was shown until now.
    pub fn of(event: &Event, before: Option<&Board>, board: &Board, words: &Locale) -> Option<ReachedGoal> {
        if event.kind != EventKind::GoalReached {
            return None;
        }
        let row = row(board, event);
        let metric = board.metric(row.and_then(|(_, row)| row.metric.as_deref()).or(event.metric.as_deref()));
        let scope = row.map_or_else(|| scope(board, event), |(_, row)| row.scope);
        let slide = row.map(|(slide, _)| slide).filter(|slide| slide.period.is_some());
        let slide = slide.or_else(|| event.slide.as_deref().and_then(|id| board.slide(id)));
        let period = slide.and_then(|slide| slide.period.as_ref()?.label.as_deref()).unwrap_or_default();
        let w = words.words();
        let kind = match scope {
            Scope::Company => w.celebration.goals[0],
            Scope::Team => w.celebration.goals[1],
            Scope::Person => w.celebration.goals[2],
        };
        let said = [metric.label.as_str(), period].into_iter().filter(|text| !text.is_empty());
        let share = |(_, row): (&SlideData, &GoalRow)| {
            let (value, target) = row.cell.value.zip(row.cell.target.filter(|target| *target > 0.0))?;
            (metric.better == Better::Up).then_some(value / target)
        };
        let amount = |value: Option<f64>| value.map(|value| Amount::new(words, metric, value));
        Some(ReachedGoal {
            scope,
            title: said.fold(kind.to_owned(), |title, text| (w.goals.of_metric)(&title, &words.caps(text))),
            value: amount(row.and_then(|(_, row)| row.cell.value)),
            target: amount(row.and_then(|(_, row)| row.cell.target)),
            share: row.and_then(share),
            before: before.and_then(|before| self::row(before, event)).and_then(share).unwrap_or(BEFORE),
        })
    }
}

/// The row of a goals slide: that of whoever the event names, or of all, in its metric.
fn row<'b>(board: &'b Board, event: &Event) -> Option<(&'b SlideData, &'b GoalRow)> {
    let who = event.who.first().map(|who| who.id.as_str());
    let rows = |slide: &'b SlideData| match &slide.body {
        Body::Goals(goals) => goals.rows.as_slice(),
        _ => &[],
    };
    board.slides.iter().flat_map(|slide| rows(slide).iter().map(move |row| (slide, row))).find(|(_, row)| {
        row.who.as_ref().map(|who| who.id.as_str()) == who && (event.metric.is_none() || row.metric == event.metric)
    })
}

/// Whose goal it is, where no slide has it.
fn scope(board: &Board, event: &Event) -> Scope {
    match event.who.as_slice() {
        [] => Scope::Company,
        [one] if !board.teams.contains_key(&one.id) => Scope::Person,
        _ => Scope::Team,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::feed::{AcceptContext, accept};

    /// The goal of an event of these people, on a board with a ranking and, if there are any, a slide of goals.
    fn reached(language: &str, who: &Value, goals: &Value) -> ReachedGoal {
        let ranking = json!({"id": "s", "type": "ranking", "title": "R", "metric": "m", "period": {"label": "May"},
            "rows": [{"who": "ben", "value": 5}]});
        let goals = json!({"id": "g", "type": "goals", "title": "Goals", "period": {"label": "Q2"}, "rows": goals});
        let slides = if goals["rows"].is_null() { json!([ranking]) } else { json!([ranking, goals]) };
        let body = json!({"format": "salesboard/1", "people": {"ben": {"name": "Ben"}}, "teams": {"x": {"name": "Oslo"}},
            "metrics": {"m": {"label": "Revenue", "unit": "currency", "currency": "EUR"}}, "slides": slides,
            "events": [{"id": "e", "at": "2026-05-19T10:30:00Z", "kind": "goal_reached", "who": who, "slide": "s",
                "metric": "m", "value": 180_000}]});
        let board = accept(body.to_string().as_bytes(), &AcceptContext::default()).unwrap().0;
        ReachedGoal::of(&board.events[0], None, &board, &Locale::new(language)).unwrap()
    }

    #[test]
    fn a_goal_is_named_whatever_the_board_knows_of_it() {
        let company = json!([{"scope": "company", "metric": "m", "value": 180_000, "target": 175_000}]);
        let told = reached("en", &json!([]), &company);
        assert_eq!(told.title, "COMPANY GOAL · REVENUE · Q2", "its slide's period");
        assert_eq!(told.target.map(|target| target.compact(&Locale::new("en"))).as_deref(), Some("€175K"));
        assert!(told.share.is_some_and(|share| (share - 1.0286).abs() < 1e-3));
        for (language, who, title) in [
            ("en", json!(["ben"]), "PERSONAL GOAL · REVENUE · MAY"),
            ("en", json!(["x"]), "TEAM GOAL · REVENUE · MAY"),
            ("de", json!([]), "UNTERNEHMENSZIEL · REVENUE · MAY"),
            ("ja", json!(["ben"]), "個人目標・REVENUE・MAY"),
        ] {
            let told = reached(language, &who, &Value::Null);
            assert_eq!((told.title.as_str(), told.share, told.before), (title, None, BEFORE));
        }
    }
}
