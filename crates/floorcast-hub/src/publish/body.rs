//! The document of a board: what the facts have something for, as `salesboard/1`.

use jiff::Timestamp;
use salesboard::accept::{AcceptContext, accept};
use salesfloor::board::{Labels, Writer};
use salesfloor::figures::Figures;
use salesfloor::period::PeriodKind;
use serde_json::{Value as Json, json};

use super::playlist;
use crate::access::Viewer;
use crate::store::boards::{BoardRow, Playlist, Published};
use crate::store::{Error, Result, Tx, contests, current, figures, floor, ramps, results, targets, words};

/// Everything that a board could show, and what of it is shown: of this a screen with a playlist of its own takes its part.
#[derive(Debug, Clone, PartialEq)]
pub struct Whole {
    /// Without a number.
    pub document: Json,
    pub playlist: Playlist,
}

/// Builds a board anew. `None` beside it: what is published is as it was.
///
/// # Errors
/// The store's, or the board would not be accepted by a wall.
pub fn build(tx: &mut Tx<'_>, board: &BoardRow, now: Timestamp) -> Result<(Whole, Option<Published>)> {
    let whole = Whole { document: document(tx, board, now)?, playlist: board.playlist.clone() };
    let published = published(&whole, board)?;
    Ok((whole, published))
}

/// Takes the wall's own reader for a judge.
///
/// # Errors
/// A wall would refuse it.
pub fn judged(document: &Json) -> Result<()> {
    accept(document.to_string().as_bytes(), &AcceptContext::default())
        .map(|_| ())
        .map_err(|report| Error::Broken(format!("the board {} would be refused: {report:?}", document["board"])))
}

fn published(whole: &Whole, board: &BoardRow) -> Result<Option<Published>> {
    let mut document = whole.document.clone();
    playlist::apply(&mut document, &whole.playlist);
    let content = serde_json::to_string(&document).map_err(Error::broken)?;
    let etag = crate::random::hash(&content)[..32].to_owned();
    if board.etag.as_deref() == Some(etag.as_str()) {
        return Ok(None);
    }
    let rev = board.rev + 1;
    document["epoch"] = json!(board.epoch);
    document["rev"] = json!(rev);
    judged(&document)?;
    let body = serde_json::to_string(&document).map_err(Error::broken)?;
    Ok(Some(Published { rev, epoch: board.epoch.clone(), etag, body }))
}

fn document(tx: &mut Tx<'_>, board: &BoardRow, now: Timestamp) -> Result<Json> {
    let tz = figures::zone(&floor::get(tx)?)?;
    let newest = figures::newest(tx, now)?;
    // A floor whose facts end before this month shows the last one that has some, and says so.
    let month = tz.to_datetime(now).date().first_of_month();
    let past = newest.filter(|newest| tz.to_datetime(*newest).date() < month);
    let at = past.unwrap_or(now);
    let mut loaded = current::load(tx, at)?;
    targets::load(tx, &Viewer::Publisher, &mut loaded)?;
    contests::load(tx, &mut loaded)?;
    ramps::load(tx, &Viewer::Publisher, &mut loaded)?;
    words::load(tx, &mut loaded, at)?;
    let figures = Figures { floor: &loaded.floor, ledger: &loaded.ledger, now: at };
    let labels = Labels::of(&loaded.floor.settings.locale);
    let title = (!board.title.is_empty()).then_some(board.title.as_str());
    let mut document = Writer { figures, labels, title, targets: false }.board();
    keep_frozen(tx, &mut document)?;
    document["board"] = json!(board.id);
    if past.is_some() {
        document["caveats"] = json!(["past"]);
    }
    if document["slides"].as_array().is_none_or(Vec::is_empty) {
        let month = figures.current(PeriodKind::Month);
        let title = title.unwrap_or(labels.sales);
        document["slides"] = json!([{
            "type": "ranking", "id": "welcome", "title": title, "of": "people", "metric": "won", "rows": [],
            "period": {"label": labels.month(month.start)},
        }]);
    }
    Ok(document)
}

/// Whether a board names everybody of whom a slide speaks, in rows or in the pairs of a bracket.
pub fn names_all(document: &Json, of: &Json) -> bool {
    match of {
        Json::Object(fields) => {
            let there = |who: &str| document["people"].get(who).is_some() || document["teams"].get(who).is_some();
            fields.get("who").and_then(Json::as_str).is_none_or(there)
                && fields.values().all(|value| names_all(document, value))
        }
        Json::Array(items) => items.iter().all(|item| names_all(document, item)),
        _ => true,
    }
}

/// A contest whose result was confirmed stands as it was frozen, whatever comes in afterwards; unless somebody of it was
/// erased or hidden since.
fn keep_frozen(tx: &mut Tx<'_>, document: &mut Json) -> Result<()> {
    for (id, frozen) in results::frozen(tx)? {
        let frozen: Json = serde_json::from_str(&frozen).map_err(Error::broken)?;
        let slide = &frozen["slide"];
        if slide.is_null() || !names_all(document, slide) {
            continue;
        }
        let slide_id = format!("contest-{id}");
        let slides = document["slides"].as_array_mut().into_iter().flatten();
        for shown in slides.filter(|shown| shown["id"] == slide_id.as_str()) {
            *shown = slide.clone();
        }
    }
    Ok(())
}
