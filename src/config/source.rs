//! Parses the address of a feed.

use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};

use url::Url;

use super::broker::Broker;
use super::map::{MAX_SOURCES, MapFrom, MapInput, MapSettings};

/// Where boards come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedSource {
    /// An http or https address, without a user name in it.
    Http(Url),
    /// The address of a stream of Server-Sent Events: `sse+http://…` or `sse+https://…`, held without `sse+`.
    Stream(Url),
    /// A board at an MQTT broker.
    Mqtt(Broker),
    /// A file with one board, replaced by rename.
    File(PathBuf),
    /// A tape: raw feed bodies with their times.
    Tape(PathBuf),
    /// The tape that is built in.
    Demo,
    /// The hub that announces itself in this network.
    FoundHub,
    /// Other sources, made into a board by a map.
    Map(Box<MapSettings>),
}

/// Why a text is no [`FeedSource`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceError(String);

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SourceError {}

impl FeedSource {
    /// Reads an http(s), sse+http(s) or mqtt(s) address, the path of a file, of a `.tape`, or the word `demo`.
    ///
    /// # Errors
    /// Another scheme than these, an address that does not parse, a password in the address.
    pub fn parse(text: &str) -> Result<FeedSource, SourceError> {
        let expected =
            "expected an http(s), sse+http(s) or mqtt(s) address, the path of a file or of a .tape, or \"demo\"";
        if text.trim().is_empty() {
            return Err(SourceError(format!("{expected}, found nothing")));
        }
        if text == "demo" {
            return Ok(FeedSource::Demo);
        }
        let Some((scheme, _)) = text.split_once("://") else {
            return Ok(FeedSource::of_path(text.into()));
        };
        if ["mqtt", "mqtts"].iter().any(|s| scheme.eq_ignore_ascii_case(s)) {
            return Broker::parse(text).map(FeedSource::Mqtt).map_err(SourceError);
        }
        let is_stream = scheme.get(..4).is_some_and(|s| s.eq_ignore_ascii_case("sse+"));
        let skip = if is_stream { 4 } else { 0 };
        if !["http", "https"].iter().any(|s| scheme[skip..].eq_ignore_ascii_case(s)) {
            return Err(SourceError(format!("{expected}, found the scheme {scheme:?}")));
        }
        // The address itself is not repeated: it may hold a password.
        let url = Url::parse(&text[skip..]).map_err(|error| SourceError(format!("{expected}: {error}")))?;
        if !url.username().is_empty() || url.password().is_some() {
            let hint = "expected an address without user name and password; put the token into token_file or token_env";
            return Err(SourceError(hint.to_owned()));
        }
        if url.port() == Some(0) {
            return Err(SourceError(format!("{expected}, found the port 0")));
        }
        Ok(if is_stream { FeedSource::Stream(url) } else { FeedSource::Http(url) })
    }

    /// The same of what a command line holds: a path need not be UTF-8.
    ///
    /// # Errors
    /// Like [`FeedSource::parse`].
    pub fn parse_os(text: &OsStr) -> Result<FeedSource, SourceError> {
        text.to_str().map_or_else(|| Ok(FeedSource::of_path(text.into())), FeedSource::parse)
    }

    fn of_path(path: PathBuf) -> FeedSource {
        let is_tape = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("tape"));
        if is_tape { FeedSource::Tape(path) } else { FeedSource::File(path) }
    }

    /// Several files or addresses of tables as one floor.
    ///
    /// # Errors
    /// One of them can be no table: a tape, a stream, a broker, the built-in show.
    pub fn together(sources: Vec<FeedSource>) -> Result<FeedSource, SourceError> {
        if let [only] = sources.as_slice() {
            return Ok(only.clone());
        }
        if sources.len() > MAX_SOURCES || sources.is_empty() {
            return Err(SourceError(format!("expected 1 to {MAX_SOURCES} sources, found {}", sources.len())));
        }
        let from = |source: FeedSource| match source {
            FeedSource::File(path) => Ok(MapFrom::File(path)),
            FeedSource::Http(url) => Ok(MapFrom::Web(url)),
            other => Err(SourceError(format!(
                "several sources must all be tables, as files or http(s) addresses; found {other}"
            ))),
        };
        let from = sources.into_iter().map(from).collect::<Result<Vec<MapFrom>, SourceError>>()?;
        Ok(FeedSource::Map(Box::new(MapSettings::together(from))))
    }

    /// Whether it needs no network.
    pub fn is_local(&self) -> bool {
        match self {
            FeedSource::Http(_) | FeedSource::Stream(_) | FeedSource::Mqtt(_) | FeedSource::FoundHub => false,
            FeedSource::File(_) | FeedSource::Tape(_) | FeedSource::Demo => true,
            FeedSource::Map(map) => map.sources.iter().all(|input| matches!(input.from, MapFrom::File(_))),
        }
    }

    /// Its short name for people in front of the wall: the host, or the file without its folder. Never a path on a server
    /// nor a query, which may hold a secret.
    pub fn short_name(&self) -> String {
        let host = |url: &Url| {
            let host = url.host_str().unwrap_or_default();
            url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
        };
        let file = |path: &Path| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        match self {
            FeedSource::Http(url) | FeedSource::Stream(url) => host(url),
            FeedSource::Mqtt(broker) => format!("{}:{}", broker.host(), broker.port()),
            FeedSource::File(path) | FeedSource::Tape(path) => file(path),
            FeedSource::Demo => "demo".to_owned(),
            FeedSource::FoundHub => "hub".to_owned(),
            FeedSource::Map(map) => match (&map.program, map.sources.as_slice()) {
                (_, [input]) => match &input.from {
                    MapFrom::Web(url) => host(url),
                    MapFrom::File(path) => file(path),
                },
                (Some(program), _) => file(program),
                (None, several) => several.iter().map(|input| input.name.as_str()).collect::<Vec<_>>().join(" + "),
            },
        }
    }

    /// Scheme, host and port of each address on a network that it asks: what a token or password may be sent to.
    pub(super) fn origins(&self) -> Vec<(&str, &str, u16)> {
        fn of_url(url: &Url) -> Option<(&str, &str, u16)> {
            Some((url.scheme(), url.host_str()?, url.port_or_known_default()?))
        }
        match self {
            FeedSource::Http(url) | FeedSource::Stream(url) => of_url(url).into_iter().collect(),
            FeedSource::Mqtt(broker) => {
                vec![(if broker.tls() { "mqtts" } else { "mqtt" }, broker.host(), broker.port())]
            }
            FeedSource::Map(map) => {
                fn of_input(input: &MapInput) -> Option<(&str, &str, u16)> {
                    match &input.from {
                        MapFrom::Web(url) => of_url(url),
                        MapFrom::File(_) => None,
                    }
                }
                map.sources.iter().filter_map(of_input).collect()
            }
            FeedSource::File(_) | FeedSource::Tape(_) | FeedSource::Demo | FeedSource::FoundHub => Vec::new(),
        }
    }

    /// Makes a relative path absolute, as seen from `folder`.
    pub(super) fn rebase(&mut self, folder: &Path) {
        if let FeedSource::File(path) | FeedSource::Tape(path) = self {
            *path = folder.join(&path);
        }
        if let FeedSource::Map(map) = self {
            map.rebase(folder);
        }
    }
}

impl fmt::Display for FeedSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FeedSource::Http(url) => url.fmt(f),
            FeedSource::Stream(url) => write!(f, "sse+{url}"),
            FeedSource::Mqtt(broker) => broker.fmt(f),
            FeedSource::File(path) | FeedSource::Tape(path) => path.display().fmt(f),
            FeedSource::Demo => f.write_str("demo"),
            FeedSource::FoundHub => f.write_str("hub found in this network"),
            FeedSource::Map(map) => match &map.program {
                Some(program) => program.display().fmt(f),
                None => f.write_str("map"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sources_are_told_apart() {
        let file = |path: &str| FeedSource::File(path.into());
        for (text, expected) in [
            ("demo", FeedSource::Demo),
            ("./demo", file("./demo")),
            ("/srv/board.json", file("/srv/board.json")),
            ("a/show.TAPE", FeedSource::Tape("a/show.TAPE".into())),
            ("SSE+https://hub.example/s", FeedSource::Stream(Url::parse("https://hub.example/s").unwrap())),
            ("HTTPS://hub.example/b", FeedSource::Http(Url::parse("https://hub.example/b").unwrap())),
        ] {
            assert_eq!(FeedSource::parse(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn short_names_hold_no_secret() {
        for (text, name) in [
            ("https://hub.example/S3CRET/board.json?key=S3CRET", "hub.example"),
            ("sse+http://hub.example:8080/S3CRET", "hub.example:8080"),
            ("mqtt://hub.example/floor/v1/a/b", "hub.example:1883"),
            ("/srv/kiosk/board.json", "board.json"),
            ("demo", "demo"),
        ] {
            assert_eq!(FeedSource::parse(text).unwrap().short_name(), name);
        }
    }

    #[test]
    fn bad_addresses_are_refused_without_repeating_a_password() {
        for (text, says) in [
            ("", "found nothing"),
            ("ftp://hub.example/b", "\"ftp\""),
            ("sse+ftp://hub.example/b", "\"sse+ftp\""),
            ("é://hub.example/b", "\"é\""),
            ("http://", "empty host"),
            ("https://hub.example:0/b", "found the port 0"),
            ("mqtts://hub.example:0/floor/v1/a/b", "found the port 0"),
            ("https://ana:hunter2@hub.example/", "token_file"),
            ("https://ana:hunter2@hub example/", "invalid"),
        ] {
            let error = FeedSource::parse(text).unwrap_err().to_string();
            assert!(error.contains(says) && !error.contains("hunter2"), "{text}: {error}");
        }
    }
}
