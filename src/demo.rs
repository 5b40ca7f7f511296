//! Holds the built-in show: an invented sales floor on a tape, with its pictures, in the binary itself.

/// The tape: JSON lines of `ms` and a whole board each, two minutes long, written by `scripts/make_demo.py`.
///
/// The last line repeats the board before it, so that the end holds as long as any other moment. Revisions rise from 1
/// to the end; a player that starts over begins a new life of the source, as a feed does with a new `epoch`.
pub fn tape() -> &'static str {
    include_str!("../assets/demo.tape")
}

/// The days of the month before the tape begins, as a wall keeps them: written beside it from the same facts.
pub fn days() -> &'static str {
    include_str!("../assets/demo.days.json")
}

/// The bytes of a picture by its path as the tape writes it, relative to the tape: `img/aoi.png`.
///
/// `None` for every other path; nothing is looked up on a disk.
pub fn file(path: &str) -> Option<&'static [u8]> {
    PICTURES.iter().find(|(name, _)| *name == path).map(|(_, bytes)| *bytes)
}

/// Everyone who ever leads a slide of the tape.
const PICTURES: &[(&str, &[u8])] = &[
    ("img/aoi.png", include_bytes!("../assets/img/aoi.png")),
    ("img/callum.png", include_bytes!("../assets/img/callum.png")),
    ("img/devika.png", include_bytes!("../assets/img/devika.png")),
    ("img/gaku.png", include_bytes!("../assets/img/gaku.png")),
    ("img/kwame.png", include_bytes!("../assets/img/kwame.png")),
    ("img/marit.png", include_bytes!("../assets/img/marit.png")),
];
