//! Writes the frame log (`--frame-log`, hidden from help): a line for each frame that was tried, for tests and measurements.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use crate::exit::{Exit, Failure};
use crate::gpu::FrameOutcome;
use crate::motion::Time;

/// Where the lines go; nowhere unless it was asked for.
#[derive(Debug, Default)]
pub struct FrameLog(Option<File>);

/// One frame of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// Counted from 1.
    pub number: u64,
    /// When the picture was to change.
    pub wanted: Time,
    /// The instant that it shows.
    pub drawn: Time,
    /// When it was handed to the display, or given up.
    pub done: Time,
}

impl FrameLog {
    /// Begins a log.
    ///
    /// # Errors
    /// The file cannot be written (74).
    pub fn open(path: Option<&Path>) -> Result<FrameLog, Failure> {
        let Some(path) = path else { return Ok(FrameLog::default()) };
        let open = || {
            let mut file = File::create(path)?;
            writeln!(file, "frame\twanted_ms\tdrawn_ms\tdone_ms\toutcome")?;
            Ok(file)
        };
        open().map(|file| FrameLog(Some(file))).map_err(|e: std::io::Error| {
            Failure::new(Exit::CannotWrite, format!("cannot write {}: {e}", path.display()))
        })
    }

    /// Whether there is a file to write to.
    pub fn is_open(&self) -> bool {
        self.0.is_some()
    }

    /// Adds a frame; each is on the disk at once, however the process ends.
    pub fn add(&mut self, frame: &Frame, outcome: &FrameOutcome) {
        let Some(file) = &mut self.0 else { return };
        if let Err(e) = file.write_all(line(frame, outcome).as_bytes()) {
            tracing::warn!("cannot write the frame log, it ends here: {e}");
            self.0 = None;
        }
    }
}

fn line(frame: &Frame, outcome: &FrameOutcome) -> String {
    let [wanted, drawn, done] = [frame.wanted, frame.drawn, frame.done].map(|t| t.0 as f64 / 1000.0);
    let outcome = match outcome {
        FrameOutcome::Shown => "shown",
        FrameOutcome::Suboptimal => "shown, suboptimal",
        FrameOutcome::Unchanged => "unchanged",
        FrameOutcome::Outdated => "outdated",
        FrameOutcome::Timeout => "timeout",
        FrameOutcome::Occluded => "occluded",
        FrameOutcome::SurfaceLost => "surface lost",
        FrameOutcome::Failed(_) => "failed",
        FrameOutcome::DeviceLost => "device lost",
    };
    format!("{}\t{wanted:.3}\t{drawn:.3}\t{done:.3}\t{outcome}\n", frame.number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_a_line_of_milliseconds() {
        let frame = Frame { number: 7, wanted: Time::from_ms(1500), drawn: Time(1_500_250), done: Time(1_512_000) };
        assert_eq!(line(&frame, &FrameOutcome::Shown), "7\t1500.000\t1500.250\t1512.000\tshown\n");
    }

    #[test]
    fn a_log_that_cannot_be_written_is_refused_at_the_start() {
        assert!(!FrameLog::open(None).unwrap().is_open());
        let refused = FrameLog::open(Some(Path::new("/nonexistent/frames"))).unwrap_err();
        assert_eq!(refused.exit, Exit::CannotWrite);
    }
}
