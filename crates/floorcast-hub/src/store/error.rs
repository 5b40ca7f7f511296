//! Why the store could not do what was asked, in words.

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// There is no such thing.
    Missing(String),
    /// What was asked for cannot be: the text says why.
    Refused(String),
    /// No room on the disk; nothing was written.
    Full(String),
    /// Another program holds the file, or the server does not answer; trying again may help.
    Busy(String),
    /// The store itself is broken, or its driver.
    Broken(String),
}

pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// What is wrong with a field of a form or a call.
    pub fn at(field: &str, why: &str) -> Error {
        Error::Refused(format!("{field}: {why}"))
    }

    pub fn refused(why: impl Into<String>) -> Error {
        Error::Refused(why.into())
    }

    pub fn broken(why: impl std::fmt::Display) -> Error {
        Error::Broken(why.to_string())
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::Missing(what) => write!(f, "there is no {what}"),
            Error::Refused(why) => f.write_str(why),
            Error::Full(why) => write!(f, "no room on the disk, nothing was written: {why}"),
            Error::Busy(why) => write!(f, "the store does not answer now: {why}"),
            Error::Broken(why) => write!(f, "the store: {why}"),
        }
    }
}

impl std::error::Error for Error {}
