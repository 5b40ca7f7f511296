//! Lists the texts on the wall for a board with one slide.

use std::sync::Arc;

use crate::board::Weight;
use crate::config::Config;
use crate::feed::{AcceptContext, accept};
use crate::motion::Time;
use crate::scene::{Fonts, Item, Scene};
use crate::shot::Show;

/// The picture of a board that is fine, on a screen of this size.
#[track_caller]
pub fn scene(body: &str, size: [u32; 2]) -> Scene {
    let (board, report) = accept(body.as_bytes(), &AcceptContext::default()).unwrap();
    assert!(report.problems.iter().all(|problem| problem.weight == Weight::Smaller), "{:?}", report.problems);
    let config = Config::parse("screen_inches = 65", &crate::slides::kind_names()).unwrap();
    let show = Show::new(config, vec![(0, Arc::new(board))], None);
    show.scene(size, None, false, Time::from_s(3.0), &mut Fonts::new(false))
}

/// Its texts, in the order in which they are painted.
#[track_caller]
pub fn texts(body: &str, size: [u32; 2]) -> Vec<String> {
    let items = scene(body, size).layers.into_iter().flat_map(|layer| layer.items);
    items.filter_map(|item| if let Item::Text(text) = item { Some(text.run.text().to_owned()) } else { None }).collect()
}

/// Whether all of these are among them.
#[track_caller]
pub fn says(texts: &[String], all: &[&str]) {
    for text in all {
        assert!(texts.iter().any(|t| t == text), "{text:?} is not in {texts:?}");
    }
}
