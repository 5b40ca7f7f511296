//! Lists the faces that are shipped, and which of them draws which script.

use std::sync::Arc;

use glyphon::fontdb::{self, Source};

use super::script::Script;

/// Latin: capitals and figures of the whole wall.
pub(super) const BARLOW: &str = "Barlow Condensed";
/// Greek and Cyrillic: Plex JP has them only as wide as kanji.
pub(super) const ROBOTO: &str = "Roboto Condensed";
/// Kana and kanji.
pub(super) const PLEX: &str = "IBM Plex Sans JP";
pub(super) const HEBREW: &str = "Noto Sans Hebrew";
pub(super) const ARABIC: &str = "Noto Sans Arabic";

/// Faces that are shipped.
pub(super) const COUNT: usize = 11;

static FACES: [&[u8]; COUNT] = [
    include_bytes!("../../../assets/fonts/barlow-condensed/BarlowCondensed_600SemiBold.ttf"),
    include_bytes!("../../../assets/fonts/barlow-condensed/BarlowCondensed_700Bold.ttf"),
    include_bytes!("../../../assets/fonts/barlow-condensed/BarlowCondensed_800ExtraBold.ttf"),
    include_bytes!("../../../assets/fonts/ibm-plex-sans-jp/IBMPlexSansJP_600SemiBold.ttf"),
    include_bytes!("../../../assets/fonts/ibm-plex-sans-jp/IBMPlexSansJP_700Bold.ttf"),
    include_bytes!("../../../assets/fonts/roboto-condensed/RobotoCondensed_600SemiBold.ttf"),
    include_bytes!("../../../assets/fonts/roboto-condensed/RobotoCondensed_700Bold.ttf"),
    include_bytes!("../../../assets/fonts/noto-sans-hebrew/NotoSansHebrew_600SemiBold.ttf"),
    include_bytes!("../../../assets/fonts/noto-sans-hebrew/NotoSansHebrew_700Bold.ttf"),
    include_bytes!("../../../assets/fonts/noto-sans-arabic/NotoSansArabic_600SemiBold.ttf"),
    include_bytes!("../../../assets/fonts/noto-sans-arabic/NotoSansArabic_700Bold.ttf"),
];

/// The shipped families, each with where its first face stands among all of them.
const FAMILIES: [(&str, usize); 5] = [(BARLOW, 0), (ROBOTO, 5), (PLEX, 3), (HEBREW, 7), (ARABIC, 9)];

/// The family that draws a script, as its place among the shipped ones.
pub(super) fn place(script: Script) -> usize {
    match script {
        Script::Latin => 0,
        Script::Other => 1,
        Script::Cjk { .. } => 2,
        Script::Hebrew => 3,
        Script::Arabic => 4,
    }
}

/// The name of the family that stands at this place.
pub(super) fn family(place: usize) -> &'static str {
    FAMILIES[place].0
}

/// A database of the shipped faces alone, mapped from the program; and the first face of each family.
pub(super) fn database() -> (fontdb::Database, [fontdb::ID; FAMILIES.len()]) {
    let mut db = fontdb::Database::new();
    for face in FACES {
        db.load_font_source(Source::Binary(Arc::new(face)));
    }
    let ids: Vec<fontdb::ID> = db.faces().map(|face| face.id).collect();
    let first = FAMILIES.map(|(_, at)| ids.get(at).copied().unwrap_or_else(fontdb::ID::dummy));
    (db, first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_is_found_where_it_is_said_to_stand() {
        let (db, first) = database();
        for ((name, _), id) in FAMILIES.iter().zip(first) {
            assert_eq!(db.face(id).unwrap().families[0].0, *name);
        }
    }
}
