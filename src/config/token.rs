//! Fetches a token or password from its file or environment variable.

use std::ffi::OsString;
use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::state_dir::state_dir;
use crate::files;
use crate::redact::{looks_like_env_name, looks_like_path};

/// A file with a secret of 8192 bytes and some empty lines is smaller.
const MAX_FILE_BYTES: u64 = 16 * 1024;

/// Where the bearer token is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenSource {
    /// In a file, alone on its first line.
    File(PathBuf),
    /// In an environment variable.
    Env(String),
    /// In a file of our own, which is made when it is first read: in this folder, or where boards are kept.
    Own(Option<PathBuf>),
}

/// The file of a secret of our own.
const OWN: &str = "screen.token";

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
                match files::read(path, MAX_FILE_BYTES) {
                    Ok(bytes) => (place, bytes),
                    // What reads like no file and is none may be the secret itself.
                    Err(error) if !looks_like_path(below(path)) && !path.exists() => {
                        let folder = folder_of(path);
                        let folder = folder.map(|folder| format!(" in {}", folder.display())).unwrap_or_default();
                        let hint = "its name is hidden because it may be the secret; token_file takes a path";
                        return Err(TokenError(format!("cannot read the {what} file{folder} ({hint}): {error}")));
                    }
                    Err(error) => return Err(TokenError(format!("cannot read the {place}: {error}"))),
                }
            }
            TokenSource::Own(dir) => {
                let dir = state_dir(dir.as_deref(), env);
                let dir = dir.ok_or_else(|| {
                    TokenError("there is no folder for the screen's own token: set dir in [cache]".into())
                })?;
                let path = dir.join(OWN);
                let place = format!("{what} file {}", path.display());
                let wrong = |error: std::io::Error| TokenError(format!("the {place}: {error}"));
                if !path.exists() {
                    make(&dir, &path).map_err(wrong)?;
                }
                let text = files::read(&path, MAX_FILE_BYTES).map_err(wrong)?;
                (place, text)
            }
            TokenSource::Env(name) => match env(name) {
                Some(value) if looks_like_env_name(name) => (format!("{what} in ${name}"), value.into_encoded_bytes()),
                Some(value) => (format!("{what} in the variable of its settings"), value.into_encoded_bytes()),
                None if looks_like_env_name(name) => {
                    return Err(TokenError(format!("the environment variable {name} for the {what} is not set")));
                }
                // What reads like no variable may be the secret itself.
                None => {
                    let hint = "write the variable's name into the settings, never the secret";
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

/// Writes a secret that nobody else has, for this user alone. Another program may have been quicker.
fn make(dir: &Path, path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
    let secret: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    std::fs::create_dir_all(dir)?;
    // Whole or not at all: what is cut off by a power cut would be another screen.
    let new = path.with_extension("new");
    let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&new)?;
    file.write_all(secret.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&new, path)
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
            assert!(
                !said.contains("CANARY") && said.contains("its name is hidden because it may be the secret"),
                "{said}"
            );
        }
        assert!(said("sk-live-CANARY12345").contains("the token file in / ("), "the folder is there");
        assert!(said("etc/CANARY+12345AbC/q").contains("the token file in /etc ("), "the deepest that is there");
        for name in ["no/such/token", "no-such-token", "hub-2.token", "no/such/HUB2.txt", "etc/token"] {
            assert!(said(name).contains(&format!("cannot read the token file /{name}: ")), "{}", said(name));
        }
    }

    #[test]
    fn a_token_of_ones_own_is_made_once_and_stays() {
        use std::os::unix::fs::PermissionsExt as _;
        let held = tempfile::tempdir().unwrap();
        let dir = held.path().join("own");
        let own = TokenSource::Own(Some(dir.join("state")));
        let first = own.read(|_| None).unwrap();
        assert!(first.expose().len() == 64 && own.read(|_| None).unwrap() == first);
        let mode = std::fs::metadata(dir.join("state").join(OWN)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        std::fs::remove_dir_all(&dir).unwrap();
        assert_ne!(own.read(|_| None).unwrap(), first, "another screen has another one");
        std::fs::remove_dir_all(dir).unwrap();
        assert!(TokenSource::Own(None).read(|_| None).unwrap_err().to_string().contains("[cache]"));
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
