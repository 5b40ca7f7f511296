//! A pose as a show.

use std::sync::Arc;

use floorcast::config::Config;
use floorcast::feed::{AcceptContext, accept};
use floorcast::shot::Show;
use floorcast::slides::kind_names;

use super::poses::Pose;

/// The pose's boards under its settings. What `accept` says of them does not matter here: `scenes.rs` looks at it.
pub fn show_of(pose: &Pose) -> Show {
    let config = Config::parse(&pose.settings, &kind_names()).unwrap();
    let context = AcceptContext { feed: "pose".into(), clock: None };
    let accepted = |(ms, body): &(i64, String)| (*ms, Arc::new(accept(body.as_bytes(), &context).unwrap().0));
    Show::new(config, pose.tape.iter().map(accepted).collect(), None)
}
