//! Opens the source that the settings name: an address, a file, a parsed tape.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use url::Url;

use super::missing::no_such_file;
use super::redirect::label;
use super::tape::{MAX_TAPE_BYTES, Tape};
use super::transport::map::MapSource;
use super::unpack::size;
use crate::board::chronicle::Chronicle;
use crate::board::{Trouble, TroubleKind};
use crate::config::{Broker, FeedSource, MapFrom, MapSettings};
use crate::files;
use crate::map;
use crate::redact::Redactor;
use crate::store::sha256;

/// Where a feed comes from.
#[derive(Debug, Clone)]
pub enum OpenSource {
    /// An http or https address.
    Http(Url),
    /// An http or https address of a stream of events.
    Stream(Url),
    /// A board at an MQTT broker.
    Mqtt(Broker),
    /// A file with one board, replaced by rename.
    File(PathBuf),
    /// A tape that plays.
    Tape(TapeSource),
    /// The hub that announces itself in this network.
    FoundHub,
    /// Other sources through a map.
    Map(MapSource),
}

/// A tape and where it comes from.
#[derive(Debug, Clone)]
pub struct TapeSource {
    /// The parsed tape.
    pub tape: Arc<Tape>,
    /// Its name in messages.
    pub name: String,
    /// The folder of its pictures; `None`: only `data:` and https.
    pub folder: Option<PathBuf>,
    /// Whether it starts again after its end.
    pub repeat: bool,
}

/// The days before its first board that a source brings with it: the built-in show has those of its month.
pub fn days_before(source: Option<&FeedSource>) -> Chronicle {
    match source {
        Some(FeedSource::Demo) => serde_json::from_str(crate::demo::days()).unwrap_or_default(),
        _ => Chronicle::default(),
    }
}

impl OpenSource {
    /// Opens what the config names; `demo` is the text of the built-in tape, which repeats. Only a tape is read here.
    ///
    /// # Errors
    /// A tape that cannot be read or parsed, with file and line.
    pub fn open(source: &FeedSource, demo: &str) -> Result<OpenSource, Trouble> {
        Ok(match source {
            FeedSource::Http(url) if is_table(Path::new(url.path())) || asks_for_table(url) => {
                plain(MapFrom::Web(url.clone()))
            }
            FeedSource::Http(url) => OpenSource::Http(url.clone()),
            FeedSource::File(path) if is_table(path) || path.is_dir() => plain(MapFrom::File(path.clone())),
            FeedSource::Map(settings) => OpenSource::Map(MapSource { settings: (**settings).clone() }),
            FeedSource::Stream(url) => OpenSource::Stream(url.clone()),
            FeedSource::Mqtt(broker) => OpenSource::Mqtt(broker.clone()),
            FeedSource::FoundHub => OpenSource::FoundHub,
            FeedSource::File(path) => OpenSource::File(path.clone()),
            FeedSource::Tape(path) => {
                let name = path.display().to_string();
                let text = read_tape(path)?;
                let tape = parse(&text, &name)?;
                if tape.torn {
                    tracing::warn!("{name}: the last line is incomplete and is ignored");
                }
                let folder =
                    path.parent().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
                OpenSource::Tape(TapeSource {
                    tape: Arc::new(tape),
                    name,
                    folder: folder.map(Path::to_owned),
                    repeat: false,
                })
            }
            FeedSource::Demo => {
                let name = "demo".to_owned();
                OpenSource::Tape(TapeSource { tape: Arc::new(parse(demo, &name)?), name, folder: None, repeat: true })
            }
        })
    }

    /// Its name in messages: never with a query, which may hold a secret.
    pub fn name(&self) -> String {
        match self {
            OpenSource::Http(url) | OpenSource::Stream(url) => label(url),
            OpenSource::Mqtt(broker) => broker.to_string(),
            OpenSource::FoundHub => FeedSource::FoundHub.to_string(),
            OpenSource::File(path) => path.display().to_string(),
            OpenSource::Tape(tape) => tape.name.clone(),
            OpenSource::Map(source) => source.name(),
        }
    }

    /// Knows the secrets that stand in the settings: values in addresses and headers.
    pub(super) fn redactor(&self) -> Redactor {
        match self {
            OpenSource::Http(url) | OpenSource::Stream(url) => Redactor::new([url], []),
            OpenSource::Map(source) => {
                let inputs = &source.settings.sources;
                let web = inputs.iter().filter_map(|input| match &input.from {
                    MapFrom::Web(url) => Some(url),
                    MapFrom::File(_) => None,
                });
                let tokens = inputs.iter().filter_map(|input| Some(&input.oauth.as_ref()?.token_url));
                let headers = inputs.iter().flat_map(|input| &input.headers);
                Redactor::new(web.chain(tokens), headers.map(|(name, value)| (name.as_str(), value.as_str())))
            }
            OpenSource::Mqtt(_) | OpenSource::File(_) | OpenSource::Tape(_) | OpenSource::FoundHub => {
                Redactor::default()
            }
        }
    }

    /// Whether it lies on this machine and is looked at all the time.
    pub(super) fn is_local(&self) -> bool {
        match self {
            OpenSource::File(_) | OpenSource::Tape(_) => true,
            OpenSource::Map(source) => source.is_local(),
            OpenSource::Http(_) | OpenSource::Stream(_) | OpenSource::Mqtt(_) | OpenSource::FoundHub => false,
        }
    }

    /// Whether its board is stored on disk: a tape is a show, and must be the same each time.
    pub(crate) fn is_kept(&self) -> bool {
        !matches!(self, OpenSource::Tape(_))
    }

    /// The key under which its board lies on disk: a hash, as the address may hold a secret.
    pub(crate) fn key(&self) -> String {
        let text = match self {
            OpenSource::Http(url) => url.to_string(),
            OpenSource::Stream(url) => format!("sse+{url}"),
            OpenSource::Mqtt(broker) => broker.to_string(),
            OpenSource::FoundHub => "found:hub".to_owned(),
            OpenSource::File(path) => format!("file:{}", path.display()),
            OpenSource::Tape(tape) => format!("tape:{}", tape.name),
            OpenSource::Map(source) => source.identity(),
        };
        sha256(text.as_bytes())
    }
}

/// Whether a file's name says that it is a table, which goes through the recipe for deals.
pub(super) fn is_table(path: &Path) -> bool {
    path.extension().and_then(|ext| ext.to_str()).is_some_and(map::workbook::is_table)
}

/// Whether an address asks for one, as those of Google Sheets do: `/pub?output=csv`, `/export?format=csv`.
fn asks_for_table(url: &Url) -> bool {
    url.query_pairs().any(|(key, value)| matches!(key.as_ref(), "output" | "format") && map::workbook::is_table(&value))
}

fn plain(from: MapFrom) -> OpenSource {
    OpenSource::Map(MapSource { settings: MapSettings::plain(from) })
}

fn read_tape(path: &Path) -> Result<String, Trouble> {
    let trouble =
        |kind, reason: String| Trouble { kind, reason: format!("{}: {reason}", path.display()), retry_at: None };
    let unreadable = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => trouble(TroubleKind::NoAnswer, no_such_file(path)),
        _ => trouble(TroubleKind::NoAnswer, error.to_string()),
    };
    let mut bytes = Vec::new();
    files::open(path).and_then(|file| file.take(MAX_TAPE_BYTES + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
    if bytes.len() as u64 > MAX_TAPE_BYTES {
        return Err(trouble(
            TroubleKind::BadData,
            format!("the tape is larger than {}", size(MAX_TAPE_BYTES as usize)),
        ));
    }
    String::from_utf8(bytes).map_err(|error| {
        let line =
            1 + error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
        trouble(TroubleKind::BadData, format!("line {line}: not UTF-8"))
    })
}

fn parse(text: &str, name: &str) -> Result<Tape, Trouble> {
    Tape::parse(text).map_err(|error| Trouble {
        kind: TroubleKind::BadData,
        reason: format!("{name}: {error}"),
        retry_at: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_known_by_their_name_or_by_what_is_asked_for() {
        for (feed, table) in [
            ("deals.csv", true),
            ("deals.TSV", true),
            ("deals.xlsx", true),
            ("deals.ods", true),
            ("board.json", false),
            ("deals.txt", false),
            ("https://hub.example/deals.csv?key=1", true),
            ("https://docs.example/e/abc/pub?gid=0&output=csv", true),
            ("https://docs.example/d/abc/export?format=xlsx", true),
            ("https://hub.example/board?format=json", false),
            ("https://hub.example/board", false),
        ] {
            let source = OpenSource::open(&FeedSource::parse(feed).unwrap(), "").unwrap();
            assert_eq!(matches!(source, OpenSource::Map(_)), table, "{feed}");
        }
    }
}
