//! The faces that are shipped, and who draws which script.

use std::sync::Arc;

use glyphon::fontdb::{self, Source};

/// Latin: capitals and figures of the whole wall.
pub(super) const BARLOW: &str = "Barlow Condensed";
/// Greek and Cyrillic: Plex JP has them only as wide as kanji.
pub(super) const ROBOTO: &str = "Roboto Condensed";
/// Kana and kanji.
pub(super) const PLEX: &str = "IBM Plex Sans JP";
/// Hebrew.
pub(super) const HEBREW: &str = "Noto Sans Hebrew";
/// Arabic.
pub(super) const ARABIC: &str = "Noto Sans Arabic";

static FACES: [&[u8]; 11] = [
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

/// A database of the shipped faces alone, mapped from the program; and the first Barlow.
pub(super) fn database() -> (fontdb::Database, fontdb::ID) {
    let mut db = fontdb::Database::new();
    for face in FACES {
        db.load_font_source(Source::Binary(Arc::new(face)));
    }
    let barlow = db.faces().next().map(|f| f.id).unwrap_or_else(fontdb::ID::dummy);
    (db, barlow)
}
