//! Maps each ending of the program to an exit code that a supervisor can act on, and prints one line that says why.

use std::fmt;

/// Exit codes (`sysexits.h` where it has one).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// All went well.
    Fine = 0,
    /// No board: the feed gave none, or it was refused.
    Feed = 1,
    /// Wrong usage or settings.
    Usage = 2,
    /// No display, or no graphics adapter that may be taken.
    NoDisplay = 69,
    /// A file cannot be written.
    CannotWrite = 74,
    /// What the program needs is gone, as a GPU or a display that was lost: a supervisor should start it again.
    TempFail = 75,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        (exit as u8).into()
    }
}

impl Exit {
    /// Ends the process at once. Nothing is closed, written or waited for: what could be, may hang.
    pub fn at_once(self) -> ! {
        signal_hook::low_level::exit(self as i32)
    }
}

/// Why the program ends other than well: a code, and one message that says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The code it ends with.
    pub exit: Exit,
    /// What happened, and what to do about it.
    pub message: String,
}

impl Failure {
    /// A failure with this code and message.
    pub fn new(exit: Exit, message: impl fmt::Display) -> Failure {
        Failure { exit, message: message.to_string() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

impl From<crate::config::ConfigError> for Failure {
    fn from(error: crate::config::ConfigError) -> Self {
        Failure::new(Exit::Usage, error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_manual() {
        let all = [Exit::Fine, Exit::Feed, Exit::Usage, Exit::NoDisplay, Exit::CannotWrite, Exit::TempFail];
        assert_eq!(all.map(|exit| exit as u8), [0, 1, 2, 69, 74, 75]);
    }
}
