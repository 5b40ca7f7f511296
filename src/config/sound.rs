//! `[sound]`: whether celebrations are heard, how loud, when not, and through which output.

use super::read::{Reader, Section, quiet, set};

/// How celebrations are heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoundSettings {
    /// `None`: only the built-in show is, where there is something to hear it with.
    pub on: Option<bool>,
    /// In percent.
    pub volume: u8,
    /// The output as ALSA names it.
    pub output: String,
    /// Between these times of day nothing is heard; the first may be the later one.
    pub quiet: Option<[jiff::civil::Time; 2]>,
}

impl Default for SoundSettings {
    fn default() -> Self {
        SoundSettings { on: None, volume: 60, output: "default".into(), quiet: None }
    }
}

pub(super) fn sound(reader: &Reader<'_>, mut s: Section<'_, '_>) -> SoundSettings {
    let mut sound = SoundSettings { on: s.flag("on"), ..SoundSettings::default() };
    set(&mut sound.volume, s.whole("volume", 1..=100, " percent").and_then(|percent| percent.try_into().ok()));
    let output = s.get("output", "the name of an output, as `aplay -L` lists them", |value| {
        // It is a word of a command, and quoted in it.
        let is_plain = |name: &&str| !name.is_empty() && !name.starts_with('-') && !name.contains(['\'', '"', '\\']);
        value.as_str().filter(is_plain).filter(|name| !name.contains(char::is_control)).map(str::to_owned)
    });
    set(&mut sound.output, output.map(toml::Spanned::into_inner));
    set(&mut sound.quiet, quiet(reader, &mut s));
    s.finish();
    sound
}
