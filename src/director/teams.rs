//! Whose screen it is: what is only about other teams is left out.

use crate::board::{Board, Body, Identity, Side, SlideData};

/// Whether something about `who` belongs on a screen of `teams`: unless everyone named is of other teams.
pub fn concerns<'a>(board: &Board, teams: &[String], who: impl Iterator<Item = &'a Identity>) -> bool {
    if teams.is_empty() {
        return true;
    }
    let mut named = false;
    for id in who.map(|who| who.id.as_str()) {
        named = true;
        let team = if board.teams.contains_key(id) {
            Some(id)
        } else {
            board.people.get(id).and_then(|person| person.team.as_deref())
        };
        // Who is in no team belongs to no other one.
        if team.is_none_or(|team| teams.iter().any(|own| own == team)) {
            return true;
        }
    }
    !named
}

/// Whether a slide belongs on a screen of `teams`.
pub fn shows(board: &Board, teams: &[String], slide: &SlideData) -> bool {
    let of = |who: Vec<&Identity>| concerns(board, teams, who.into_iter());
    match &slide.body {
        Body::Ranking(r) => of(r.rows.iter().map(|row| &row.who).collect()),
        Body::Contest(c) => of(c.rows.iter().map(|row| &row.who).collect()),
        Body::Bracket(b) => {
            let sides = b.rounds.iter().flat_map(|r| &r.matches).flat_map(|m| [&m.a, &m.b]);
            of(sides.filter_map(|side| if let Side::Entry { who, .. } = side { Some(who) } else { None }).collect())
        }
        // A row about nobody is about the company.
        Body::Goals(g) => {
            g.rows.iter().any(|row| row.who.is_none()) || of(g.rows.iter().filter_map(|row| row.who.as_ref()).collect())
        }
        Body::Scorecard(s) => {
            s.rows.iter().any(|row| row.who.is_none()) || of(s.rows.iter().filter_map(|row| row.who.as_ref()).collect())
        }
        Body::Recognition(r) => {
            r.items.iter().any(|item| item.who.is_empty()) || of(r.items.iter().flat_map(|item| &item.who).collect())
        }
        Body::Ramp(r) => of(r.rows.iter().map(|row| &row.who).collect()),
        Body::Skills(s) => of(s.rows.iter().map(|row| &row.who).collect()),
        Body::Coaching(c) => {
            c.items.iter().any(|item| item.who.is_empty()) || of(c.items.iter().flat_map(|item| &item.who).collect())
        }
        Body::Message(_) => true,
    }
}
