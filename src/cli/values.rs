//! Values of the command line: sizes, times, faults.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use jiff::Timestamp;

/// No side of a picture or window is longer: it is the limit of the weakest supported GPU.
pub const MAX_SIDE_PX: u32 = 4096;

/// Why a value of the command line is refused: what was expected and what came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError(String);

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ParseError {}

fn expected(what: &str, came: &str) -> ParseError {
    ParseError(format!("expected {what}, found {came:?}"))
}

/// Another value for a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellValue {
    /// `Scorecard!B3`.
    pub cell: String,
    /// Empty: nothing shall stand there.
    pub value: String,
}

/// Reads `Scorecard!B3=40`.
pub fn cell(text: &str) -> Result<CellValue, ParseError> {
    let parts = text.split_once('=').and_then(|(cell, value)| Some((cell.rsplit_once('!')?, value)));
    match parts {
        Some(((sheet, place), value)) if !sheet.trim().is_empty() && !place.trim().is_empty() => {
            Ok(CellValue { cell: format!("{}!{}", sheet.trim(), place.trim()), value: value.trim().to_owned() })
        }
        _ => Err(expected("a cell and its value such as Scorecard!B3=40", text)),
    }
}

/// From which weight on a problem makes `check` fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Strict {
    /// Something on the wall is wrong or missing.
    Wrong,
    /// Left out, or wrong.
    #[value(alias = "left_out")]
    LeftOut,
    /// Any problem.
    Smaller,
}

/// Size in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// From left to right, 1 to [`MAX_SIDE_PX`].
    pub width: u32,
    /// From top to bottom, 1 to [`MAX_SIDE_PX`].
    pub height: u32,
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}", self.width, self.height)
    }
}

impl FromStr for Size {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Size, ParseError> {
        let side = |side: &str| side.parse().ok().filter(|px| (1..=MAX_SIDE_PX).contains(px));
        text.split_once(['x', 'X', '×'])
            .and_then(|(width, height)| Some(Size { width: side(width)?, height: side(height)? }))
            .ok_or_else(|| expected("a size like 1920x1080, at most 4096 a side", text))
    }
}

/// A time span: `3.5s`, `100ms`, `2m`, or a bare number of seconds; at most a year.
pub(super) fn duration(text: &str) -> Result<Duration, ParseError> {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let unit_s = match unit {
        "" | "s" => Some(1.0),
        "ms" => Some(0.001),
        "m" | "min" => Some(60.0),
        "h" => Some(3600.0),
        "d" => Some(86_400.0),
        _ => None,
    };
    let seconds = number.parse::<f64>().ok().zip(unit_s).map(|(number, unit_s)| number * unit_s);
    seconds
        .filter(|seconds| (0.0..=366.0 * 86_400.0).contains(seconds))
        // Whole microseconds: 0.1 s is 100 ms, not a hair more.
        .map(|seconds| Duration::from_micros((seconds * 1e6).round() as u64))
        .ok_or_else(|| expected("a duration like 3.5s, 100ms or 2m", text))
}

/// A time span that is not 0.
pub(super) fn step(text: &str) -> Result<Duration, ParseError> {
    duration(text).and_then(|step| if step.is_zero() { Err(expected("a duration above 0", text)) } else { Ok(step) })
}

/// How many times faster.
pub(super) fn speed(text: &str) -> Result<f64, ParseError> {
    let factor = text.parse().ok().filter(|factor: &f64| (0.1..=1000.0).contains(factor));
    factor.ok_or_else(|| expected("a factor from 0.1 to 1000", text))
}

/// An instant with its offset.
pub(super) fn instant(text: &str) -> Result<Timestamp, ParseError> {
    text.parse().map_err(|_| expected("a time with a UTC offset like 2026-01-05T09:00:00Z", text))
}

/// A file that stands for a source of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The source's name; `None`: there is only one.
    pub source: Option<String>,
    /// The file.
    pub file: PathBuf,
}

impl FromStr for Sample {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Sample, ParseError> {
        // A path may have a "=" of its own; what names a source has no slash or dot.
        let is_name = |name: &str| !name.is_empty() && !name.contains(['/', '.']);
        let (source, file) = match text.split_once('=').filter(|(name, _)| is_name(name)) {
            Some((name, file)) => (Some(name.to_owned()), file),
            None => (None, text),
        };
        match file.is_empty() {
            true => Err(expected("FILE or NAME=FILE", text)),
            false => Ok(Sample { source, file: file.into() }),
        }
    }
}

/// Something that goes wrong on purpose, for tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// What.
    pub kind: FaultKind,
    /// At which drawn frame, counted from 1.
    pub frame: u64,
}

/// What can be made to go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// The device is destroyed.
    DeviceDestroy,
    /// The surface is reported lost, once.
    SurfaceLost,
    /// The surface is reported outdated, once.
    Outdated,
    /// No picture can be acquired in time, once.
    Timeout,
    /// The window is reported as covered, once.
    Occluded,
    /// Every frame from here on fails.
    Validation,
    /// Drawing panics.
    Panic,
    /// Nothing is painted from here on, and every frame counts as shown.
    Frozen,
}

impl FaultKind {
    /// Every kind with its name.
    pub const ALL: [(&'static str, FaultKind); 8] = [
        ("device-destroy", FaultKind::DeviceDestroy),
        ("surface-lost", FaultKind::SurfaceLost),
        ("outdated", FaultKind::Outdated),
        ("timeout", FaultKind::Timeout),
        ("occluded", FaultKind::Occluded),
        ("validation", FaultKind::Validation),
        ("panic", FaultKind::Panic),
        ("frozen", FaultKind::Frozen),
    ];
}

impl FromStr for Fault {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Fault, ParseError> {
        let (name, frame) = text.split_once('@').unwrap_or((text, "1"));
        let kind = FaultKind::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, kind)| kind);
        match (kind, frame.parse()) {
            (Some(kind), Ok(frame)) if frame > 0 => Ok(Fault { kind, frame }),
            _ => {
                let names: Vec<&str> = FaultKind::ALL.iter().map(|(name, _)| *name).collect();
                Err(expected(&format!("KIND@FRAME with KIND one of {}", names.join(", ")), text))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_has_a_sheet_and_may_get_any_value() {
        let read = |text: &str| cell(text).map(|CellValue { cell, value }| (cell, value)).ok();
        let expected = |cell: &str, value: &str| Some((cell.to_owned(), value.to_owned()));
        assert_eq!(read("Scorecard!B3=40"), expected("Scorecard!B3", "40"));
        assert_eq!(read("My news! B2 = Well done! a=b"), expected("My news!B2", "Well done! a=b"));
        assert_eq!(read("News!B2="), expected("News!B2", ""));
        assert_eq!(["B3=40", "Scorecard!B3", "!B3=4", "Scorecard!=4", ""].map(read), [None, None, None, None, None]);
    }

    #[test]
    fn times_are_read() {
        for (text, ms) in
            [("0", 0), ("3.5s", 3500), ("100ms", 100), ("0.1s", 100), ("2m", 120_000), ("1h", 3_600_000), (".5", 500)]
        {
            assert_eq!(duration(text), Ok(Duration::from_millis(ms)), "{text}");
        }
        for text in ["", "s", "-1s", "1 s", "1.2.3s", "1e3s", "400d", "nan", "inf", "3parsecs"] {
            assert!(duration(text).is_err(), "{text}");
        }
        assert!(step("0ms").is_err());
        assert_eq!((speed("60"), speed("0.5")), (Ok(60.0), Ok(0.5)));
        for text in ["0", "-1", "1e9", "nan", "fast", ""] {
            assert!(speed(text).is_err(), "{text}");
        }
    }

    #[test]
    fn sizes_are_read() {
        assert_eq!("1920x1080".parse(), Ok(Size { width: 1920, height: 1080 }));
        assert_eq!("4096X1".parse::<Size>().unwrap().to_string(), "4096x1");
        for text in ["", "1920", "0x1", "4097x1", "-1x5", "1920x1080x3", "1920 x 1080"] {
            let error = text.parse::<Size>().unwrap_err().to_string();
            assert!(error.contains("1920x1080") && error.contains(&format!("{text:?}")), "{error}");
        }
    }

    #[test]
    fn instants_need_an_offset() {
        assert!(instant("2026-11-04T14:32:00+09:00").is_ok());
        for text in ["2026-11-04", "2026-11-04T14:32:00", "soon"] {
            assert!(instant(text).is_err(), "{text}");
        }
    }

    #[test]
    fn samples_are_read() {
        let sample = |source: Option<&str>, file: &str| Sample { source: source.map(str::to_owned), file: file.into() };
        assert_eq!("deals.csv".parse(), Ok(sample(None, "deals.csv")));
        assert_eq!("deals=a=b.csv".parse(), Ok(sample(Some("deals"), "a=b.csv")));
        assert_eq!("./a=b.csv".parse(), Ok(sample(None, "./a=b.csv")));
        assert!("".parse::<Sample>().is_err() && "deals=".parse::<Sample>().is_err());
    }

    #[test]
    fn faults_are_read() {
        assert_eq!("device-destroy@30".parse(), Ok(Fault { kind: FaultKind::DeviceDestroy, frame: 30 }));
        assert_eq!("panic".parse(), Ok(Fault { kind: FaultKind::Panic, frame: 1 }));
        for text in ["", "@3", "panic@0", "panic@x", "sneeze@3"] {
            assert!(text.parse::<Fault>().is_err(), "{text}");
        }
    }
}
