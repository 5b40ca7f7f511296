//! Lists whom a slide names: their pictures are fetched, and their teams decide whose screens show it.

use super::{Body, Identity, Of, Side};

/// Someone whom a slide names.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Named<'a> {
    pub who: &'a Identity,
    /// Where the id is looked up first.
    pub of: Of,
    /// Whether a row of another one names them: a mentor, someone to ask.
    pub aside: bool,
}

impl Body {
    /// Everyone named on the slide, the most visible first; rows in the source's order.
    pub fn people(&self) -> Vec<Named<'_>> {
        let main = |of| move |who| Named { who, of, aside: false };
        let aside = |who| Named { who, of: Of::People, aside: true };
        match self {
            Body::Ranking(ranking) => ranking.rows.iter().map(|row| &row.who).map(main(ranking.of)).collect(),
            Body::Contest(contest) => contest.rows.iter().map(|row| &row.who).map(main(contest.of)).collect(),
            Body::Bracket(bracket) => {
                // The final is the most visible.
                let matches = bracket.rounds.iter().rev().flat_map(|round| &round.matches);
                let sides = matches.flat_map(|pair| [&pair.a, &pair.b]);
                let entries =
                    sides.filter_map(|side| if let Side::Entry { who, .. } = side { Some(who) } else { None });
                entries.map(main(bracket.of)).collect()
            }
            Body::Goals(goals) => goals.rows.iter().filter_map(|row| row.who.as_ref()).map(main(Of::People)).collect(),
            Body::Scorecard(card) => card.rows.iter().filter_map(|row| row.who.as_ref()).map(main(card.of)).collect(),
            Body::Recognition(recognition) => {
                recognition.items.iter().flat_map(|item| &item.who).map(main(Of::People)).collect()
            }
            Body::Ramp(ramp) => {
                let hires = ramp.rows.iter().map(|row| &row.who).map(main(Of::People));
                hires.chain(ramp.rows.iter().filter_map(|row| row.mentor.as_ref()).map(aside)).collect()
            }
            Body::Skills(skills) => {
                let teams = skills.rows.iter().map(|row| &row.who).map(main(Of::Teams));
                teams.chain(skills.ask.iter().map(|(_, who, _)| who).map(aside)).collect()
            }
            Body::Coaching(coaching) => {
                coaching.items.iter().flat_map(|play| &play.who).map(main(Of::People)).collect()
            }
            Body::Message(_) => Vec::new(),
        }
    }

    /// Whether a row or an item names no one, and so is about the company.
    pub fn is_about_company(&self) -> bool {
        match self {
            Body::Goals(goals) => goals.rows.iter().any(|row| row.who.is_none()),
            Body::Scorecard(card) => card.rows.iter().any(|row| row.who.is_none()),
            Body::Recognition(recognition) => recognition.items.iter().any(|item| item.who.is_empty()),
            Body::Coaching(coaching) => coaching.items.iter().any(|play| play.who.is_empty()),
            _ => false,
        }
    }
}
