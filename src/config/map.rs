//! Reads the settings of a feed that a map makes of other sources.

use std::path::{Path, PathBuf};

use url::Url;

use super::token::TokenSource;

/// Most sources of one map.
pub const MAX_SOURCES: usize = 8;

/// A feed that is made by a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapSettings {
    /// The file of the jq program; `None`: the built-in recipe for a list of deals.
    pub program: Option<PathBuf>,
    /// What it is made of; never empty.
    pub sources: Vec<MapInput>,
}

/// One source of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapInput {
    /// Its name in the program: `.sources.NAME`.
    pub name: String,
    /// Where it comes from.
    pub from: MapFrom,
    /// How it is written.
    pub format: MapFormat,
    /// The sheet of a workbook; `None`: the feed's, else the one that looks most like a list of deals.
    pub sheet: Option<String>,
    /// The charset of a text; `None`: the feed's, else what the server declares, else what its bytes look like.
    pub charset: Option<String>,
    /// Headers that are sent along, to the source's own host only.
    pub headers: Vec<(String, String)>,
    /// Where its token is found.
    pub token: Option<TokenSource>,
    /// The header that carries the token; `None`: `Authorization: Bearer`.
    pub token_header: Option<String>,
    /// Where a token is got with client credentials.
    pub oauth: Option<OAuth>,
    /// Seconds between two questions; `None`: the feed's.
    pub interval_s: Option<u32>,
    /// PEM file with own certificate authorities; `None`: the feed's.
    pub ca_file: Option<PathBuf>,
    /// How its list goes on.
    pub paging: Option<Paging>,
    /// Most pages; more is an error, never a list that is cut.
    pub max_pages: u32,
}

/// Where a source comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MapFrom {
    /// An http or https address.
    Web(Url),
    /// A file.
    File(PathBuf),
}

/// How a source is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MapFormat {
    #[default]
    Auto,
    Json,
    Csv,
    Xlsx,
    Ods,
}

/// OAuth 2 client credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OAuth {
    /// Where the token is asked for.
    pub token_url: Url,
    /// Where the client's id is found.
    pub client_id: TokenSource,
    /// Where the client's secret is found.
    pub client_secret: TokenSource,
    /// What the token is for.
    pub scope: Option<String>,
}

/// How a list goes on. Places in a body are JSON pointers like `/paging/next/after`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paging {
    /// The address of the next page stands here.
    Next(String),
    /// A cursor stands here, and is sent as this parameter.
    Cursor {
        /// Where it stands.
        at: String,
        /// The parameter.
        param: String,
    },
    /// The parameter counts rows; the list that is counted stands here.
    Offset {
        /// The parameter.
        param: String,
        /// Where the list stands; it ends with an empty one.
        items: String,
    },
}

impl MapFrom {
    /// The name of its file, or of its host where the address has none. Never with a query.
    fn file_name(&self) -> String {
        let name = match self {
            MapFrom::File(path) => path.file_name().map(|name| name.to_string_lossy().into_owned()),
            MapFrom::Web(url) => {
                let last = url.path_segments().and_then(|mut parts| parts.next_back()).filter(|part| !part.is_empty());
                last.or(url.host_str()).map(str::to_owned)
            }
        };
        name.unwrap_or_else(|| "table".into())
    }
}

impl MapInput {
    /// A source without settings of its own.
    fn plain(name: String, from: MapFrom) -> MapInput {
        MapInput {
            name,
            from,
            format: MapFormat::Auto,
            sheet: None,
            charset: None,
            headers: Vec::new(),
            token: None,
            token_header: None,
            oauth: None,
            interval_s: None,
            ca_file: None,
            paging: None,
            max_pages: 1,
        }
    }
}

impl MapSettings {
    /// The map of a lone CSV or XLSX file: the recipe for deals.
    pub fn plain(from: MapFrom) -> MapSettings {
        MapSettings { program: None, sources: vec![MapInput::plain("deals".into(), from)] }
    }

    /// Several tables as one floor. Each is called as its file; a second one of a name has a number.
    pub fn together(from: Vec<MapFrom>) -> MapSettings {
        let mut sources: Vec<MapInput> = Vec::new();
        for from in from {
            let base = from.file_name();
            let taken = |name: &str| sources.iter().any(|input| input.name == name);
            let numbered = (2..).map(|n| format!("{n} {base}"));
            let name = std::iter::once(base.clone()).chain(numbered).find(|name| !taken(name));
            sources.push(MapInput::plain(name.unwrap_or(base), from));
        }
        MapSettings { program: None, sources }
    }

    /// Makes its relative paths absolute, as seen from `folder`.
    pub(super) fn rebase(&mut self, folder: &Path) {
        let rebase = |path: &mut PathBuf| *path = folder.join(&path);
        self.program.as_mut().map(rebase);
        for source in &mut self.sources {
            if let MapFrom::File(path) = &mut source.from {
                rebase(path);
            }
            source.ca_file.as_mut().map(rebase);
            let oauth = source.oauth.as_mut().map(|oauth| [&mut oauth.client_id, &mut oauth.client_secret]);
            for token in source.token.iter_mut().chain(oauth.into_iter().flatten()) {
                if let TokenSource::File(path) = token {
                    rebase(path);
                }
            }
        }
    }
}
