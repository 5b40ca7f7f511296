//! Finds where a picture lies, and refuses places that the feed may not name.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use url::{ParseError, Url};

use crate::feed::source::OpenSource;
use crate::feed::unpack::size;
use crate::files;

/// What paths of a feed are relative to.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum PhotoBase {
    /// The feed's address.
    Web(Url),
    /// The folder of the feed's file.
    Folder(PathBuf),
    /// Nothing: a topic is no address.
    Nowhere,
    /// What is built into the program: the demo's own pictures.
    BuiltIn,
}

impl PhotoBase {
    pub(super) fn of(source: &OpenSource) -> PhotoBase {
        match source {
            OpenSource::Http(url) | OpenSource::Stream(url) => PhotoBase::Web(url.clone()),
            OpenSource::Mqtt(_) | OpenSource::FoundHub => PhotoBase::Nowhere,
            OpenSource::File(path) => match path.parent() {
                Some(folder) if folder.as_os_str().is_empty() => PhotoBase::Folder(".".into()),
                Some(folder) => PhotoBase::Folder(folder.to_owned()),
                None => PhotoBase::BuiltIn,
            },
            OpenSource::Map(map) => PhotoBase::Folder(map.folder()),
            OpenSource::Tape(tape) => tape.folder.clone().map_or(PhotoBase::BuiltIn, PhotoBase::Folder),
        }
    }

    /// Whether an address may be asked for a picture: https, or the feed's own origin.
    pub(super) fn may_ask(&self, url: &Url) -> bool {
        let own = matches!(self, PhotoBase::Web(base) if base.origin() == url.origin());
        (own || url.scheme() == "https") && url.username().is_empty() && url.password().is_none()
    }
}

/// Where a picture lies.
#[derive(Debug, PartialEq)]
pub(super) enum PhotoLocation {
    /// In the feed itself.
    Inline(Vec<u8>),
    /// At an address.
    Web(Url),
    /// In a file below a folder; see [`read_below`].
    File { folder: PathBuf, path: PathBuf },
}

/// Finds the place of a reference; `max` is the limit for inline bytes.
pub(super) fn locate(reference: &str, base: &PhotoBase, max: usize) -> Result<PhotoLocation, String> {
    if reference.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:")) {
        return inline(&reference[5..], max).map(PhotoLocation::Inline);
    }
    let web = |url: Url| {
        if base.may_ask(&url) {
            Ok(PhotoLocation::Web(url))
        } else {
            Err(format!("{}: is neither https nor the feed's own origin", url.scheme()))
        }
    };
    match (Url::parse(reference), base) {
        (Ok(url), _) => web(url),
        (Err(ParseError::RelativeUrlWithoutBase), PhotoBase::Web(base)) => {
            web(base.join(reference).map_err(|error| error.to_string())?)
        }
        (Err(ParseError::RelativeUrlWithoutBase), PhotoBase::Folder(folder)) => {
            Ok(PhotoLocation::File { folder: folder.clone(), path: folder.join(reference) })
        }
        (Err(ParseError::RelativeUrlWithoutBase), PhotoBase::BuiltIn) => crate::demo::file(reference)
            .map(|bytes| PhotoLocation::Inline(bytes.to_vec()))
            .ok_or_else(|| "a relative path, but the feed has no folder".into()),
        (Err(ParseError::RelativeUrlWithoutBase), PhotoBase::Nowhere) => {
            Err("a relative path, but the feed has no address".into())
        }
        (Err(error), _) => Err(error.to_string()),
    }
}

/// The bytes of a `data:` address after its scheme.
fn inline(rest: &str, max: usize) -> Result<Vec<u8>, String> {
    let (kind, data) = rest.split_once(',').ok_or("data: without a comma")?;
    if !kind.to_ascii_lowercase().ends_with(";base64") {
        return Err("data: that is not base64".into());
    }
    // Four characters are three bytes; checked before they are unpacked.
    if data.len() / 4 * 3 > max + 3 {
        return Err(format!("larger than {}", size(max)));
    }
    STANDARD.decode(data.trim()).map_err(|error| format!("data: is not base64: {error}"))
}

/// Reads a file that really lies below the folder, links followed, and is a file.
pub(super) fn read_below(folder: &Path, path: &Path, max: usize) -> Result<Vec<u8>, String> {
    let words = |error: std::io::Error| error.to_string();
    let folder = folder.canonicalize().map_err(words)?;
    let path = path.canonicalize().map_err(words)?;
    if !path.starts_with(&folder) {
        return Err("outside the folder of the feed".into());
    }
    let mut bytes = Vec::new();
    files::open(&path).map_err(words)?.take(max as u64 + 1).read_to_end(&mut bytes).map_err(words)?;
    if bytes.len() > max {
        return Err(format!("larger than {}", size(max)));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_feed_on_the_web_names_https_and_its_own_origin() {
        let base = PhotoBase::Web(url("http://hub:8000/floor/board.json?key=1"));
        let at = |reference: &str| locate(reference, &base, 100);
        assert_eq!(at("img/a.png"), Ok(PhotoLocation::Web(url("http://hub:8000/floor/img/a.png"))));
        assert_eq!(at("/a.png"), Ok(PhotoLocation::Web(url("http://hub:8000/a.png"))));
        assert_eq!(at("http://hub:8000/a.png"), Ok(PhotoLocation::Web(url("http://hub:8000/a.png"))));
        assert_eq!(at("https://cdn.example/a"), Ok(PhotoLocation::Web(url("https://cdn.example/a"))));
        for bad in [
            "http://other/a.png",
            "//other/a.png",
            "http://hub/a.png",
            "file:///etc/a.png",
            "ftp://hub/a",
            "https://u:p@hub/a",
            "http://[",
        ] {
            assert!(at(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_secure_feed_never_asks_in_the_open() {
        let base = PhotoBase::Web(url("https://hub/board.json"));
        assert!(locate("http://hub/a.png", &base, 100).is_err());
    }

    #[test]
    fn a_file_feed_names_files_and_https() {
        let base = PhotoBase::Folder("/srv/floor".into());
        let at = |reference: &str| locate(reference, &base, 100);
        let file = |path: &str| Ok(PhotoLocation::File { folder: "/srv/floor".into(), path: path.into() });
        assert_eq!(at("img/a.png"), file("/srv/floor/img/a.png"));
        assert_eq!(at("/etc/a.png"), file("/etc/a.png"), "found to be outside when it is read");
        assert!(at("https://cdn.example/a").is_ok());
        assert!(at("http://cdn.example/a").is_err());
        assert!(locate("a.png", &PhotoBase::BuiltIn, 100).is_err());
    }

    #[test]
    fn nothing_outside_the_folder_is_read() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/feed");
        let read = |path: &str, max: usize| read_below(&folder, &folder.join(path), max);
        assert!(read("images/location.rs", 1 << 20).unwrap().starts_with(b"//! "));
        assert!(read("images/location.rs", 10).unwrap_err().contains("larger than 10 bytes"));
        for outside in ["../lib.rs", "images/../../lib.rs", "/etc/passwd", "..", "/dev/zero"] {
            assert!(read(outside, 1 << 20).unwrap_err().contains("outside"), "{outside}");
        }
        assert!(read("images", 1 << 20).unwrap_err().contains("not a file"));
    }

    #[test]
    fn inline_pictures_are_base64_and_small() {
        let at = |reference: &str| locate(reference, &PhotoBase::BuiltIn, 6);
        assert_eq!(at("data:image/png;base64,AAEC"), Ok(PhotoLocation::Inline(vec![0, 1, 2])));
        assert_eq!(at("DATA:;BASE64,AAEC"), Ok(PhotoLocation::Inline(vec![0, 1, 2])));
        for bad in ["data:", "data:image/png,abc", "data:;base64,???", "data:;base64,AAAAAAAAAAAAAAAAAAAA"] {
            assert!(at(bad).is_err(), "{bad}");
        }
    }
}
