//! Leaves out what is only about other teams than the screen's.

use crate::board::{Board, Identity, SlideData};

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
    if !slide.teams.is_empty() {
        return teams.is_empty() || slide.teams.iter().any(|of| teams.contains(of));
    }
    let named = slide.body.people().into_iter().filter(|named| !named.aside).map(|named| named.who);
    slide.body.is_about_company() || concerns(board, teams, named)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::{AcceptContext, accept};

    #[test]
    fn a_slide_may_say_whose_screens_it_is_for() {
        let slide = |id: &str, teams: &[&str]| serde_json::json!({"id": id, "type": "message", "title": id, "text": "x", "teams": teams});
        let body = serde_json::json!({"format": "salesboard/1", "teams": {"east": {"name": "East"}, "west": {"name": "West"}},
            "slides": [slide("all", &[]), slide("west", &["west"]), slide("both", &["west", "east"]), slide("gone", &["south"])]});
        let (board, report) = accept(body.to_string().as_bytes(), &AcceptContext::default()).unwrap();
        let said: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
        assert_eq!(said, ["slides[3].teams[0]: \"south\" is not in `teams`"]);
        let on = |screen: &[&str]| {
            let screen: Vec<String> = screen.iter().map(|s| (*s).to_owned()).collect();
            let shown = board.slides.iter().filter(|slide| shows(&board, &screen, slide));
            shown.map(|slide| slide.id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(on(&[]), ["all", "west", "both", "gone"]);
        assert_eq!(on(&["east"]), ["all", "both"]);
        assert_eq!(on(&["west"]), ["all", "west", "both"]);
    }
}
