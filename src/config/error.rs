//! Describes an error in a settings file in words that a person can act on.

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

use crate::redact;

/// Why there is no [`Config`](super::Config).
#[derive(Debug)]
pub enum ConfigError {
    /// The file cannot be read.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The text is refused.
    Refused {
        /// The file's name; `kiosk.toml` when only the text is known.
        file: String,
        /// What is wrong, in the order of the text; never empty.
        problems: Vec<ConfigProblem>,
    },
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigProblem {
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// What was expected and what came.
    pub message: String,
    /// The line itself, without secrets.
    excerpt: String,
    /// Characters that are wrong, at least 1.
    width: usize,
}

impl ConfigProblem {
    /// A problem at the byte range `span` of `text`.
    pub(super) fn at(text: &str, span: Range<usize>, message: String) -> ConfigProblem {
        let start = floor_char(text, span.start);
        let end = floor_char(text, span.end).max(start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        ConfigProblem {
            line: text[..start].matches('\n').count() + 1,
            column: text[line_start..start].chars().count() + 1,
            message: redact::mask_addresses(&message),
            excerpt: redact::mask_line(text[line_start..line_end].trim_end()),
            width: text[start..end.min(line_end)].chars().count().max(1),
        }
    }
}

/// The char boundary at or before `at`.
fn floor_char(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

impl ConfigError {
    /// The same error, named after the file the text came from.
    pub(super) fn in_file(self, name: &str) -> ConfigError {
        match self {
            ConfigError::Refused { problems, .. } => ConfigError::Refused { file: name.to_owned(), problems },
            other => other,
        }
    }

    /// The problems of a refused text; empty when the file could not be read at all.
    pub fn problems(&self) -> &[ConfigProblem] {
        match self {
            ConfigError::Refused { problems, .. } => problems,
            ConfigError::Unreadable { .. } => &[],
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ConfigError::Unreadable { path, reason } => {
                write!(f, "cannot read the settings file {}: {reason}", path.display())
            }
            ConfigError::Refused { file, problems } => {
                for (i, problem) in problems.iter().enumerate() {
                    if i > 0 {
                        writeln!(f)?;
                    }
                    let ConfigProblem { line, column, message, excerpt, width } = problem;
                    let gutter = line.to_string();
                    let blank = " ".repeat(gutter.len());
                    // Tabs are kept, so that the caret stands under the same column in any terminal.
                    let indent: String =
                        excerpt.chars().take(column - 1).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
                    writeln!(f, "{file}:{line}:{column}: {message}")?;
                    writeln!(f, " {gutter} | {excerpt}")?;
                    write!(f, " {blank} | {indent}{}", "^".repeat(*width))?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for ConfigError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_lines_and_characters() {
        let text = "a = 1\nb = \"ß\" x\n";
        let at = text.find('x').unwrap();
        let problem = ConfigProblem::at(text, at..at + 1, "no".into());
        assert_eq!((problem.line, problem.column), (2, 9));
        assert_eq!(problem.excerpt, "b = \"ß\" x");
    }

    #[test]
    fn no_secret_is_repeated() {
        let line = "url = \"http://tv:hünter2@hub/floor?key=s3cret\"";
        let problem = ConfigProblem::at(line, 0..3, format!("expected less, found {line}"));
        let shown = "url = \"http://**********@hub/floor?key=******\"";
        assert_eq!(problem.excerpt, shown);
        assert_eq!(problem.message, format!("expected less, found {shown}"));
    }

    #[test]
    fn a_span_outside_or_inside_a_character_does_not_panic() {
        for span in [0..0, 1..2, 1..1, 90..99] {
            let problem = ConfigProblem::at("ß\n", span, "no".into());
            assert!(problem.column >= 1 && problem.width >= 1);
        }
        assert_eq!(ConfigProblem::at("", 0..0, "no".into()).line, 1);
    }

    #[test]
    fn the_caret_stands_under_the_fault() {
        let text = "\tx = 12\n";
        let error = ConfigError::Refused {
            file: "a.toml".into(),
            problems: vec![ConfigProblem::at(text, 5..7, "expected less".into())],
        };
        assert_eq!(error.to_string(), "a.toml:1:6: expected less\n 1 | \tx = 12\n   | \t    ^^");
    }
}
