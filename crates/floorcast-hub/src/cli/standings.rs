//! `hub standings`.

use super::{Failure, StandingsArgs, json, open_existing, print};
use crate::access::Viewer;
use crate::standings::{Question, standings};

pub fn run(args: &StandingsArgs) -> Result<(), Failure> {
    let store = open_existing(&args.db)?;
    let question = Question { metric: args.metric.clone(), from: args.from, to: args.to, by: args.by, rank: args.rank };
    let found = store.read(|tx| standings(tx, &Viewer::Owner, &question, crate::clock::now()))?;
    if args.json {
        return print(&json(&found)?);
    }
    let mut text = format!("{} from {} to {}\n", found.metric, found.from, found.to);
    for row in &found.rows {
        let place = if row.tied { format!("={}", row.rank) } else { row.rank.to_string() };
        text += &format!("{place:>4}  {:>14.2}  {:>6}  {}\n", row.value, row.facts, row.name);
    }
    if found.rows.is_empty() {
        text += "nobody has a fact in these days\n";
    }
    print(&text)
}
