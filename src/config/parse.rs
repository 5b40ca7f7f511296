//! Reads the keys of `kiosk.toml`: their names, limits and defaults.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::broker::{LEVEL, is_level};
use super::error::{ConfigError, ConfigProblem};
use super::explain::explain;
use super::feed::{FeedSettings, feeds};
use super::hours::hours;
use super::hub::{hub, web_address};
use super::read::{Reader, Section, quiet, set};
use super::remote::remote;
use super::settings::{
    Config, GraphicsBackend, PlaylistEntry, PlaylistSettings, Rotation, SlideSelector, ThemeMode, VideoWallSettings,
};
use super::sound::sound;

/// What a QR code of 57 modules holds at level M (version 10): on the wall its modules are still wide enough for a phone.
const SETUP_URL: usize = 213;

impl Config {
    /// Reads and checks the text of a `kiosk.toml`. `kinds` are the slide kinds a playlist may name.
    ///
    /// # Errors
    /// Every problem of the text with its line and column: broken TOML, unknown keys, wrong types, impossible values.
    pub fn parse(text: &str, kinds: &[&str]) -> Result<Config, ConfigError> {
        let refused = |problems| ConfigError::Refused { file: "kiosk.toml".to_owned(), problems };
        let table = DeTable::parse(text).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            let (span, message) = explain(text, &span).unwrap_or_else(|| (span, error.message().to_owned()));
            refused(vec![ConfigProblem::at(text, span, message)])
        })?;
        let reader = Reader::new(text);
        let config = top(&reader, Section::new(&reader, table.into_inner(), "the settings"), kinds);
        let problems = reader.into_problems();
        if problems.is_empty() { Ok(config) } else { Err(refused(problems)) }
    }
}

fn top(reader: &Reader<'_>, mut s: Section<'_, '_>, kinds: &[&str]) -> Config {
    let mut c = Config::default();
    set(&mut c.screen_inches, s.number("screen_inches", 10.0..=200.0, " inches"));
    set(&mut c.viewing_m, s.number("viewing_m", 0.5..=30.0, " metres"));
    set(&mut c.overscan_percent, s.number("overscan", 0.0..=8.0, " percent"));
    set(&mut c.rotation, s.get("rotation", "0, 90, 180 or 270", rotation).map(Spanned::into_inner));
    set(&mut c.pixel_shift, s.flag("pixel_shift"));
    set(&mut c.theme, s.word("theme", &[("dark", ThemeMode::Dark), ("light", ThemeMode::Light)]));
    set(&mut c.brand, s.get("brand", "a colour like \"#D4FF3A\"", color).map(Spanned::into_inner));
    c.logo = s.text("logo", "the path of a picture").map(|path| path.into_inner().into());
    set(&mut c.brightness, s.whole("brightness", 10..=100, " percent").and_then(|percent| percent.try_into().ok()));
    set(&mut c.keep_case, s.flag("keep_case"));
    set(&mut c.reduced_motion, s.flag("reduced_motion"));
    set(&mut c.locale, s.get("locale", "a language tag like \"en-US\" or \"ja\"", locale).map(Spanned::into_inner));
    c.tz = s.get("tz", "an IANA time zone like \"Europe/Berlin\"", time_zone).map(Spanned::into_inner);
    let address = format!("an http or https address of at most {SETUP_URL} bytes (the most that fits the QR code)");
    let short = |value: &DeValue<'_>| web_address(value).filter(|url| url.len() <= SETUP_URL);
    c.setup_url = s.get("setup_url", &address, short).map(Spanned::into_inner);

    let mut graphics = s.section("graphics", "[graphics]");
    let backends = [("auto", GraphicsBackend::Auto), ("vulkan", GraphicsBackend::Vulkan), ("gl", GraphicsBackend::Gl)];
    set(&mut c.graphics.backend, graphics.word("backend", &backends));
    c.graphics.adapter = graphics.text("adapter", "part of an adapter's name").map(Spanned::into_inner);
    set(&mut c.graphics.allow_software, graphics.flag("allow_software"));
    set(&mut c.graphics.max_fps, graphics.whole("max_fps", 10..=60, ""));
    graphics.finish();

    c.feeds = feeds(reader, &mut s);

    let mut cache = s.section("cache", "[cache]");
    c.cache_dir = cache.text("dir", "the path of a folder").map(|path| path.into_inner().into());
    cache.finish();

    c.hub = hub(s.section("hub", "[hub]"));
    if let ([alone], Some(of_hub)) = (c.feeds.as_mut_slice(), c.hub.feed(c.cache_dir.as_ref()))
        && alone.source.is_none()
    {
        *alone = FeedSettings {
            name: alone.name.take(),
            interval_s: alone.interval_s,
            ca_file: alone.ca_file.take(),
            ..of_hub
        };
    }

    let mut screen = s.section("screen", "[screen]");
    set(&mut c.screen.teams, screen.list("teams", "team ids", |id| Some(id.to_owned())).map(Spanned::into_inner));
    let name = |value: &DeValue<'_>| value.as_str().filter(|name| is_level(name)).map(str::to_owned);
    c.screen.name = screen.get("name", LEVEL, name).map(Spanned::into_inner);
    screen.finish();

    let mut celebrations = s.section("celebrations", "[celebrations]");
    set(&mut c.celebrations.quiet, quiet(reader, &mut celebrations));
    set(&mut c.celebrations.winner_h, celebrations.number("winner_h", 0.0..=720.0, " hours"));
    celebrations.finish();

    c.sound = sound(reader, s.section("sound", "[sound]"));
    c.hours = hours(reader, s.section("hours", "[hours]"));

    let names: Vec<&str> = c.feeds.iter().filter_map(|feed| feed.name.as_deref()).collect();
    let names: Vec<(&str, &str)> = names.into_iter().map(|name| (name, name)).collect();
    c.playlist = playlist(reader, s.section("playlist", "[playlist]"), kinds, &names);
    c.wall = wall(s.section("wall", "[wall]"));
    c.remote = remote(reader, s.section("remote", "[remote]"));
    s.finish();
    c
}

fn wall(mut s: Section<'_, '_>) -> VideoWallSettings {
    let whole = |s: &mut Section<'_, '_>, key, most| s.whole(key, 1..=most, "").unwrap_or(1);
    let (columns, rows) = (whole(&mut s, "columns", 8), whole(&mut s, "rows", 8));
    let (column, row) = (whole(&mut s, "column", columns), whole(&mut s, "row", rows));
    let bezel_mm = s.number("bezel_mm", 0.0..=200.0, " millimetres").unwrap_or(0.0);
    s.finish();
    VideoWallSettings { columns, rows, column, row, bezel_mm }
}

fn playlist(reader: &Reader<'_>, mut s: Section<'_, '_>, kinds: &[&str], feeds: &[(&str, &str)]) -> PlaylistSettings {
    let mut playlist = PlaylistSettings { slides: Vec::new(), rest: true, in_step: false };
    for item in s.sections("slides", "entries like { kind = \"ranking\", dwell_s = 20 }") {
        let span = item.span();
        let mut entry = item.into_inner();
        let kinds: Vec<(&str, &str)> = kinds.iter().map(|kind| (*kind, *kind)).collect();
        let (had_kind, had_id, had_feed) = (entry.has("kind"), entry.has("id"), entry.has("feed"));
        let kind = entry.word("kind", &kinds).map(|kind| SlideSelector::Kind(kind.to_owned()));
        let id = entry.text("id", "the id of a slide").map(|id| SlideSelector::Id(id.into_inner()));
        let feed = if feeds.is_empty() && had_feed {
            entry.get("feed", "`feed` only when feeds have a `name`", |_| None::<String>).map(Spanned::into_inner)
        } else {
            entry.word("feed", feeds).map(str::to_owned)
        };
        let dwell_s = entry.number("dwell_s", 3.0..=600.0, " seconds");
        let hide = entry.flag("hide").unwrap_or(false);
        entry.finish();
        let came = match (had_kind, had_id, had_feed) {
            (true, true, _) => Some("and only one of `kind` and `id`, found both"),
            (false, false, false) => Some("found none of them"),
            _ => None,
        };
        if let Some(came) = came {
            reader.problem(span, format!("`slides`: each entry needs `kind`, `id` or `feed`, {came}"));
        }
        let all = (!had_kind && !had_id).then_some(SlideSelector::All);
        // An entry whose feed is wrong would name the slides of all.
        if let Some(which) = kind.or(id).or(all).filter(|_| had_feed == feed.is_some()) {
            playlist.slides.push(PlaylistEntry { feed, which, dwell_s, hide });
        }
    }
    set(&mut playlist.rest, s.flag("rest"));
    set(&mut playlist.in_step, s.flag("in_step"));
    s.finish();
    playlist
}

fn rotation(value: &DeValue<'_>) -> Option<Rotation> {
    match value.as_integer()?.to_string().as_str() {
        "0" => Some(Rotation::Deg0),
        "90" => Some(Rotation::Deg90),
        "180" => Some(Rotation::Deg180),
        "270" => Some(Rotation::Deg270),
        _ => None,
    }
}

fn color(value: &DeValue<'_>) -> Option<[u8; 3]> {
    let hex = value.as_str()?.strip_prefix('#')?;
    if hex.len() != 6 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let [_, r, g, b] = u32::from_str_radix(hex, 16).ok()?.to_be_bytes();
    Some([r, g, b])
}

fn locale(value: &DeValue<'_>) -> Option<String> {
    value.as_str().filter(|tag| salesboard::locale::is_tag(tag)).map(str::to_owned)
}

fn time_zone(value: &DeValue<'_>) -> Option<String> {
    let name = value.as_str()?;
    jiff::tz::TimeZone::get(name).ok().map(|_| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_machines_reach_the_desk_with_a_token_or_the_code() {
        let parse = |text: &str| Config::parse(&format!("[remote]\n{text}"), &[]).map_err(|error| error.to_string());
        for text in [
            "listen = \"127.0.0.1:8270\"",
            "listen = \"[::1]:8270\"",
            "listen = \"0.0.0.0:8270\"\ncode = true",
            "listen = \"192.168.1.9:80\"\ntoken_file = \"t\"",
            "listen = \"[::]:8270\"\ntoken_env = \"T\"",
        ] {
            assert!(parse(text).is_ok_and(|config| config.remote.listen.is_some()), "{text}");
        }
        for (text, says) in [
            (
                "listen = \"0.0.0.0:8270\"",
                "2:10: `listen`: other machines can reach this address; expected token_file, token_env",
            ),
            ("listen = \"8270\"", "2:10: `listen`: expected an address and a port"),
            ("listen = 8270", "found 8270"),
            ("names = [\"http://x\"]", "2:10: `names`: expected host names in the list, found \"http://x\""),
            ("tokn_file = \"t\"", "did you mean `token_file`?"),
        ] {
            let said = parse(text).unwrap_err();
            assert!(said.contains(says), "{text}: {said}");
        }
        assert_eq!(parse("").unwrap().remote.listen, None);
    }
}
