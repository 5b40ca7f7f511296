//! What the sheet Settings says of the show: which slides there are, in which order, and how long rankings are.

use serde_json::{Value as Json, json};

use super::sheets::{Kind, kind_of};

/// The sheets whose slides are wanted, in their order, as a list in words; `None`: one of them is none.
pub fn read(text: &str) -> Option<Vec<Kind>> {
    let names = text.split([',', ';', '、', '，', '\n']).map(str::trim).filter(|name| !name.is_empty());
    let kinds: Option<Vec<Kind>> = names.map(|name| kind_of(name).filter(|kind| has_slides(*kind))).collect();
    kinds.filter(|kinds| !kinds.is_empty())
}

fn has_slides(kind: Kind) -> bool {
    !matches!(kind, Kind::Settings | Kind::Calendar | Kind::People)
}

/// Leaves the slides of these sheets, in their order.
pub fn apply(board: &mut Json, playlist: &[Kind], top: Option<u32>) {
    let leading = |metric: &Json| metric.as_str().is_some_and(|key| board["metrics"][key]["kind"] == "leading");
    let place = |slide: &Json| {
        let kind = match slide["type"].as_str().unwrap_or_default() {
            "ranking" if leading(&slide["metric"]) => Kind::Activities,
            "ranking" => Kind::Deals,
            "goals" => Kind::Goals,
            "scorecard" | "skills" => Kind::Scorecard,
            "contest" | "bracket" => Kind::Contests,
            "ramp" => Kind::Onboarding,
            "recognition" => Kind::Recognition,
            "coaching" => Kind::Plays,
            _ => Kind::News,
        };
        playlist.iter().position(|wanted| *wanted == kind)
    };
    let mut slides = board["slides"].as_array().cloned().unwrap_or_default();
    if !playlist.is_empty() {
        slides.retain(|slide| place(slide).is_some());
        slides.sort_by_key(place);
    }
    for slide in slides.iter_mut().filter(|slide| slide["type"] == "ranking" && slide["of"] == "people") {
        if let Some(top) = top {
            slide["show"] = json!({"top": top});
        }
    }
    board["slides"] = json!(slides);
}
