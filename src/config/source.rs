//! Where boards come from, and the secret that opens the door.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

use url::Url;

use super::{Broker, MapFrom, MapSettings, mask};

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
            let path = PathBuf::from(text);
            let is_tape = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("tape"));
            return Ok(if is_tape { FeedSource::Tape(path) } else { FeedSource::File(path) });
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

    /// Whether it needs no network.
    pub fn is_local(&self) -> bool {
        match self {
            FeedSource::Http(_) | FeedSource::Stream(_) | FeedSource::Mqtt(_) => false,
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
            FeedSource::Map(map) => match (&map.program, map.sources.as_slice()) {
                (_, [input]) => match &input.from {
                    MapFrom::Web(url) => host(url),
                    MapFrom::File(path) => file(path),
                },
                (Some(program), _) => file(program),
                (None, _) => String::new(),
            },
        }
    }

    /// The door that a token or password opens: scheme, host and port, where it is on a network.
    pub(super) fn door(&self) -> Option<(&str, &str, u16)> {
        match self {
            FeedSource::Http(url) | FeedSource::Stream(url) => {
                Some((url.scheme(), url.host_str()?, url.port_or_known_default()?))
            }
            FeedSource::Mqtt(broker) => {
                Some((if broker.tls() { "mqtts" } else { "mqtt" }, broker.host(), broker.port()))
            }
            FeedSource::File(_) | FeedSource::Tape(_) | FeedSource::Demo | FeedSource::Map(_) => None,
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
            FeedSource::Map(map) => match &map.program {
                Some(program) => program.display().fmt(f),
                None => f.write_str("map"),
            },
        }
    }
}

/// Where the bearer token is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenSource {
    /// In a file, alone on its first line.
    File(PathBuf),
    /// In an environment variable.
    Env(String),
}

/// Why there is no token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenError(String);

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TokenError {}

impl TokenSource {
    /// Fetches the token. A file is read anew each time, so that a renewed token needs no restart.
    ///
    /// # Errors
    /// The file cannot be read, the variable is not set, or what is there cannot be sent in a header. The message
    /// names the place, never the content.
    pub fn read(&self, env: impl Fn(&str) -> Option<OsString>) -> Result<Secret, TokenError> {
        let (place, token) = self.fetch("token", env)?;
        if !token.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(TokenError(format!("the {place} is not one line of at most 8192 printable ASCII characters")));
        }
        Ok(Secret(token))
    }

    /// Fetches a password, which may be any one line of text. Like [`TokenSource::read`] otherwise.
    ///
    /// # Errors
    /// The file cannot be read, the variable is not set, or what is there is not one line of text.
    pub fn read_password(&self, env: impl Fn(&str) -> Option<OsString>) -> Result<Secret, TokenError> {
        let (place, password) = self.fetch("password", env)?;
        if password.contains(char::is_control) {
            return Err(TokenError(format!("the {place} is not one line of text")));
        }
        Ok(Secret(password))
    }

    /// A secret and its place in words.
    fn fetch(&self, what: &str, env: impl Fn(&str) -> Option<OsString>) -> Result<(String, String), TokenError> {
        let (place, text) = match self {
            TokenSource::File(path) => {
                let place = format!("{what} file {}", path.display());
                match std::fs::read(path) {
                    Ok(bytes) => (place, bytes),
                    // What reads like no file and is none may be the secret itself.
                    Err(error) if !mask::is_file(below(path)) && !path.exists() => {
                        let folder = folder_of(path);
                        let folder = folder.map(|folder| format!(" in {}", folder.display())).unwrap_or_default();
                        let hint = "its name may be the secret itself and is not repeated; the settings name a file";
                        return Err(TokenError(format!("cannot read the {what} file{folder} ({hint}): {error}")));
                    }
                    Err(error) => return Err(TokenError(format!("cannot read the {place}: {error}"))),
                }
            }
            TokenSource::Env(name) => match env(name) {
                Some(value) if mask::is_variable(name) => (format!("{what} in ${name}"), value.into_encoded_bytes()),
                Some(value) => (format!("{what} in the variable of its settings"), value.into_encoded_bytes()),
                None if mask::is_variable(name) => {
                    return Err(TokenError(format!("the environment variable {name} for the {what} is not set")));
                }
                // What reads like no variable may be the secret itself.
                None => {
                    let hint = "the settings name it, and never hold the secret itself";
                    return Err(TokenError(format!("the environment variable for the {what} is not set ({hint})")));
                }
            },
        };
        let token = text.trim_ascii();
        if token.is_empty() {
            return Err(TokenError(format!("the {place} is empty")));
        }
        let text = std::str::from_utf8(token).ok().filter(|text| text.len() <= 8192);
        let text = text.ok_or_else(|| TokenError(format!("the {place} is not a text of at most 8192 bytes")))?;
        Ok((place, text.to_owned()))
    }
}

/// The deepest folder of a path that there is.
fn folder_of(path: &Path) -> Option<&Path> {
    path.ancestors().skip(1).find(|folder| folder.is_dir())
}

/// What of a path is not there.
fn below(path: &Path) -> &Path {
    folder_of(path).and_then(|folder| path.strip_prefix(folder).ok()).unwrap_or(path)
}

/// A text that is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A secret that a server gave; `None` where it cannot be sent in a header.
    pub fn new(text: &str) -> Option<Secret> {
        let fine = !text.is_empty() && text.len() <= 8192 && text.bytes().all(|b| b.is_ascii_graphic());
        fine.then(|| Secret(text.to_owned()))
    }

    /// The text itself, for the header it is sent in and for nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
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

    #[test]
    fn a_secret_in_the_place_of_its_file_is_not_repeated() {
        let said = |name: &str| TokenSource::File(Path::new("/").join(name)).read(|_| None).unwrap_err().to_string();
        for name in [
            "sk-live-CANARY12345",
            "eyJCANARY.eyJCANARY.SflKx2",
            "CANARY12345/x+y=",
            "CANARY+12345AbC/q",
            "no/CANARY/such/token",
            "hunter2-CANARY12345 ",
        ] {
            let said = said(name);
            assert!(!said.contains("CANARY") && said.contains("its name may be the secret"), "{said}");
        }
        assert!(said("sk-live-CANARY12345").contains("the token file in / ("), "the folder is there");
        assert!(said("etc/CANARY+12345AbC/q").contains("the token file in /etc ("), "the deepest that is there");
        for name in ["no/such/token", "no-such-token", "hub-2.token", "no/such/HUB2.txt", "etc/token"] {
            assert!(said(name).contains(&format!("cannot read the token file /{name}: ")), "{}", said(name));
        }
    }

    #[test]
    fn a_token_is_trimmed_and_never_printed() {
        let env = |name: &str| (name == "T").then(|| OsString::from(" s3cret\n"));
        let secret = TokenSource::Env("T".into()).read(env).unwrap();
        assert_eq!(secret.expose(), "s3cret");
        assert_eq!(format!("{secret:?} {:?}", Some(&secret)), "Secret(***) Some(Secret(***))");
    }

    #[test]
    fn a_token_that_cannot_be_sent_is_refused_without_showing_it() {
        for (value, says) in [(None, "not set"), (Some(" \n"), "empty"), (Some("two words"), "printable")] {
            let error = TokenSource::Env("T".into()).read(|_| value.map(OsString::from)).unwrap_err().to_string();
            assert!(error.contains(says) && error.contains('T') && !error.contains("two"), "{error}");
        }
        for (value, says) in [(None, "is not set"), (Some("two words"), "is not one line")] {
            let source = TokenSource::Env("s3cret_itself".into());
            let error = source.read(|_| value.map(OsString::from)).unwrap_err().to_string();
            assert!(error.contains(says) && !error.contains("s3cret"), "{error}");
        }
        let missing = TokenSource::File("/nowhere/token".into()).read(|_| None).unwrap_err().to_string();
        assert!(missing.contains("/nowhere/token"), "{missing}");
    }
}
