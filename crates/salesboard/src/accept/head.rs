//! Reads the head of a board: its clock, metrics, teams and people.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;

use super::limits;
use super::report::{At, Sink, short};
use super::who::or_dash;
use super::wire::{self, Field, List, Opt, Text, UnitWord, Word};
use crate::board::{Better, Caveat, FileRef, Metric, MetricKind, Person, Team, Unit, currency};

/// F where the document has none, in seconds.
const FRESH_FOR_S: u32 = 120;

/// `salesboard/1`, with or without a minor version. The error is the refusal.
pub(super) fn format(field: &Opt<Text>) -> Result<(), String> {
    let text = match field {
        Some(Field::Good(Text(text))) => text,
        Some(Field::Bad(message)) => return Err(format!("{message}; expected \"salesboard/1\"")),
        None => return Err("there is no `format`; expected \"salesboard/1\"".into()),
    };
    let version = text.strip_prefix("salesboard/").map(|v| v.split_once('.').map_or(v, |(major, _)| major));
    if version == Some("1") {
        return Ok(());
    }
    Err(format!("{} is not \"salesboard/1\"", short(text)))
}

/// F in seconds; 0 would make every board stale.
pub(super) fn fresh_for_s(at: &At, field: &Opt<wire::Whole>) -> u32 {
    at.place(field).unwrap_or(FRESH_FOR_S)
}

/// An IANA time zone that this machine knows.
pub(super) fn tz(at: &At, field: &Opt<Text>) -> Option<String> {
    let Text(name) = at.get(field)?;
    if TimeZone::get(name).is_ok() {
        return Some(name.clone());
    }
    at.say(format!("{} is not an IANA time zone like Europe/Berlin", short(name)));
    None
}

/// A well-formed BCP 47 tag.
pub(super) fn locale(at: &At, field: &Opt<Text>) -> Option<String> {
    let Text(tag) = at.get(field)?;
    match icu_locale_core::Locale::try_from_str(tag) {
        Ok(locale) => Some(locale.to_string()),
        Err(_) => {
            at.say(format!("{} is not a language tag like en-US", short(tag)));
            None
        }
    }
}

/// Why the figures are not what they seem. A word that is not known is said and left out: the rest of the board is good.
pub(super) fn caveats(sink: &Sink, at: &At, field: &List<Word<Caveat>>) -> BTreeSet<Caveat> {
    let known = at.each(field, limits::CAVEATS, |_, Word(caveat)| Some(*caveat));
    sink.take_broken();
    known.into_iter().collect()
}

/// The entries of a map by id. The error is the refusal of too many.
pub(super) fn by_id<T, R>(
    sink: &Sink,
    at: &At,
    map: &Opt<BTreeMap<String, Field<T>>>,
    limit: usize,
    read: impl Fn(&At, &str, &T) -> R,
) -> Result<BTreeMap<String, R>, String> {
    let mut out = BTreeMap::new();
    let Some(map) = at.get(map) else { return Ok(out) };
    if map.len() > limit {
        return Err(format!("{} entries, more than the {limit} that are allowed", map.len()));
    }
    for (id, entry) in map {
        let at = at.key(id);
        match entry {
            Field::Bad(message) => at.say(message),
            Field::Good(_) if at.id_fits(id).is_err() => {}
            Field::Good(entry) => {
                out.insert(id.clone(), read(&at, id, entry));
            }
        }
    }
    // A field of the wrong type takes its default here: a person is not lost for a bad colour.
    sink.take_broken();
    Ok(out)
}

/// A metric.
pub(super) fn metric(at: &At, wire: &wire::Metric) -> Metric {
    let unit = match at.key("unit").word::<UnitWord>(&wire.unit) {
        UnitWord::Count => Unit::Count,
        UnitWord::Number => Unit::Number,
        UnitWord::Ratio => Unit::Ratio,
        UnitWord::PercentPoints => Unit::PercentPoints,
        UnitWord::DurationS => Unit::DurationS,
        UnitWord::Days => Unit::Days,
        UnitWord::Points => Unit::Points,
        UnitWord::Currency => {
            let at = at.key("currency");
            match at.get(&wire.currency).map(|Text(code)| currency_code(&at, code)) {
                Some(Some(code)) => Unit::Currency(code),
                Some(None) => Unit::Number,
                None => {
                    at.say("a currency needs its ISO 4217 code, e.g. \"USD\"; taken as a plain number");
                    Unit::Number
                }
            }
        }
    };
    let at_decimals = at.key("decimals");
    let decimals = at_decimals.whole(&wire.decimals).filter(|&n| {
        if n > limits::DECIMALS {
            at_decimals.say(format!("{n} is more than {} digits", limits::DECIMALS));
        }
        n <= limits::DECIMALS
    });
    let usual = match &unit {
        Unit::Currency(code) => currency::exponent(code),
        Unit::Ratio => 3,
        _ => 0,
    };
    Metric {
        label: at.key("label").text(&wire.label, limits::NAME).unwrap_or_default(),
        decimals: decimals.map_or(usual, |n| n as u8),
        kind: at.key("kind").word_or(&wire.kind, MetricKind::Lagging),
        better: at.key("better").word_or(&wire.better, Better::Up),
        unit,
    }
}

/// An ISO 4217 code: three capital letters.
pub(super) fn currency_code(at: &At, code: &str) -> Option<String> {
    if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) {
        return Some(code.to_owned());
    }
    at.say(format!("{} is not an ISO 4217 code like \"USD\"", short(code)));
    None
}

/// A team.
pub(super) fn team(at: &At, id: &str, wire: &wire::Team) -> Team {
    Team {
        name: at.key("name").text(&wire.name, limits::NAME).unwrap_or_else(|| or_dash(id)),
        short: at.key("short").text(&wire.short, limits::NAME),
        color: at.key("color").color(&wire.color),
        photo: photo(&at.key("photo"), &wire.photo),
        logo: photo(&at.key("logo"), &wire.logo),
    }
}

/// A person.
pub(super) fn person(at: &At, id: &str, wire: &wire::Person) -> Person {
    Person {
        name: at.key("name").text(&wire.name, limits::NAME).unwrap_or_else(|| or_dash(id)),
        short: at.key("short").text(&wire.short, limits::NAME),
        team: at.key("team").id(&wire.team).ok().flatten(),
        photo: photo(&at.key("photo"), &wire.photo),
        sound: sound(&at.key("sound"), &wire.sound),
        joined: at.key("joined").day(&wire.joined),
    }
}

fn photo(at: &At, field: &Opt<wire::Photo>) -> Option<FileRef> {
    let wire = at.get(field)?;
    file(at, "a picture", &wire.url, &wire.sha256)
}

fn sound(at: &At, field: &Opt<wire::Sound>) -> Option<FileRef> {
    let wire = at.get(field)?;
    file(at, "a sound", &wire.url, &wire.sha256)
}

/// Where a file lies. Whether it may be fetched from there is for the fetcher to say, who knows the feed's origin.
fn file(at: &At, what: &str, url: &Opt<Text>, sha256: &Opt<Text>) -> Option<FileRef> {
    let at_url = at.key("url");
    let Some(Text(url)) = at_url.get(url) else {
        at.say(format!("{what} needs its `url`"));
        return None;
    };
    let (scheme, limit) = match url.split_once(':') {
        // A colon behind a slash belongs to a path.
        Some((scheme, _)) if !scheme.contains('/') => (scheme.to_ascii_lowercase(), limits::DATA_URL_BYTES),
        _ => (String::new(), limits::URL_BYTES),
    };
    let limit = if scheme == "data" { limit } else { limits::URL_BYTES };
    if url.len() > limit {
        at_url.say(format!("an address of {} bytes, at most {limit} are allowed", url.len()));
        return None;
    }
    if !matches!(scheme.as_str(), "" | "http" | "https" | "data") || url.trim().is_empty() {
        at_url.say(format!("{} is neither https nor data: nor a path relative to the feed", short(url)));
        return None;
    }
    if scheme.is_empty() && url.split(['/', '\\']).any(|part| part == "..") {
        at_url.say(format!("{} leads out of the feed's folder", short(url)));
        return None;
    }
    let at_sha = at.key("sha256");
    let sha256 = match at_sha.get(sha256) {
        None => None,
        Some(Text(hex)) if hex.len() == 64 && hex.bytes().all(|b| b.is_ascii_hexdigit()) => {
            Some(hex.to_ascii_lowercase())
        }
        Some(Text(hex)) => {
            at_sha.say(format!("{} is not a SHA-256 in 64 hexadecimal digits", short(hex)));
            return None;
        }
    };
    Some(FileRef { url: url.trim().to_owned(), sha256 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_major_version_is_looked_at() {
        let text = |t: &str| format(&Some(Field::Good(Text(t.into()))));
        assert_eq!(text("salesboard/1"), Ok(()));
        assert_eq!(text("salesboard/1.2"), Ok(()));
        assert_eq!(text("salesboard/2").unwrap_err(), "\"salesboard/2\" is not \"salesboard/1\"");
        assert!(text("salesboard/10").is_err() && text("board/1").is_err() && text("").is_err());
        assert!(format(&None).is_err());
    }
}
