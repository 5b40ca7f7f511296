//! The front page: `src/lib.rs` says of each room what it may import, as the law has it.

use std::collections::BTreeSet;

use crate::code::root;
use crate::rooms::{MAY_KNOW, SHELL};

/// What a front page says wrongly of the rooms and their laws.
fn mistakes(page: &str, laws: &[(&str, &[&str])]) -> Vec<String> {
    let mut out = Vec::new();
    let has_line = |room: &str| !["lib", "main", "testing"].contains(&room) && !room.contains('/');
    for (room, may) in laws.iter().filter(|(room, _)| has_line(room)) {
        let Some(line) = page.lines().find(|line| line.starts_with(&format!("//! | `{room}` |"))) else {
            out.push(format!("src/lib.rs has no line for the room {room}"));
            continue;
        };
        let last = line.trim_end_matches([' ', '|']).rsplit('|').next().unwrap_or_default();
        let said: BTreeSet<&str> = last.split(',').map(|name| name.trim().trim_matches('`')).collect();
        let law: BTreeSet<&str> = match *may {
            [] => ["nothing"].into(),
            ["*"] => ["every room"].into(),
            rooms if rooms == SHELL => ["every room but the shells"].into(),
            rooms => rooms.iter().copied().collect(),
        };
        if said != law {
            out.push(format!("src/lib.rs: {room} may import {law:?}, but its line says {said:?}"));
        }
    }
    out
}

#[test]
fn the_front_page_says_the_law() {
    let page = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let found = mistakes(&page, MAY_KNOW);
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn a_wrong_front_page_is_caught() {
    let laws: &[(&str, &[&str])] = &[("gpu", &["scene"]), ("motion", &[]), ("app", SHELL), ("main", &["*"])];
    let page = "//! | `gpu` | pixels | `scene` |\n//! | `motion` | time | nothing |\n\
                //! | `app` | loop | every room but the shells |";
    assert_eq!(mistakes(page, laws), Vec::<String>::new());
    let wrong = page.replace("`scene`", "`scene`, `board`").replace("`app`", "`attic`");
    let found = mistakes(&wrong, laws);
    assert!(found.len() == 2 && found[0].contains("gpu may import") && found[1].contains("no line for the room app"));
}
