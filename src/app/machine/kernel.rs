//! Follows the kernel's log, and counts in it how often the graphics unit hung (KIOSK rule 19).

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::PathBuf;

use super::trouble::{Trouble, read};
use crate::files;

/// Bytes that are read at one look.
const MAX_BYTES: u64 = 256 * 1024;
/// More hangs than this within `SPAN_S` are no accident.
const HANGS: usize = 3;
const SPAN_S: f64 = 600.0;

/// The kernel's log as a file that grows.
#[derive(Debug)]
pub(super) struct KernelLog {
    path: PathBuf,
    /// How far it was read.
    read_to: u64,
    /// When the graphics unit hung, in seconds since the machine was started.
    hangs: Vec<f64>,
    /// When this program was started.
    began_s: f64,
}

/// What the hangs call for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Remedy {
    /// Start the program again.
    Restart,
    /// It was started again for that already: start the machine again.
    Reboot,
}

impl KernelLog {
    pub(super) fn new(path: PathBuf, began_s: f64) -> KernelLog {
        KernelLog { path, read_to: 0, hangs: Vec::new(), began_s }
    }

    /// What is new since the last look, and came after this program was started.
    pub(super) fn look(&mut self) -> Vec<Trouble> {
        let text = self.new_text().unwrap_or_default();
        let mut new: Vec<Trouble> = Vec::new();
        for (at_s, trouble) in text.lines().filter_map(read) {
            if trouble == Trouble::GpuHang {
                self.hangs.push(at_s);
            }
            if at_s >= self.began_s {
                new.push(trouble);
            }
        }
        // Of a flood the newest count.
        let over = self.hangs.len().saturating_sub(64);
        self.hangs.drain(..over);
        new.sort_unstable();
        new.dedup();
        new
    }

    /// What helps against the hangs, at `now_s`; `None`: nothing is needed.
    pub(super) fn remedy(&self, now_s: f64) -> Option<Remedy> {
        let within = |from: f64, to: f64| self.hangs.iter().filter(|at| **at > from && **at <= to).count() > HANGS;
        let again = within(self.began_s.max(now_s - SPAN_S), now_s);
        let before = within(self.began_s - SPAN_S, self.began_s);
        match (again, before) {
            (false, _) => None,
            (true, false) => Some(Remedy::Restart),
            (true, true) => Some(Remedy::Reboot),
        }
    }

    fn new_text(&mut self) -> std::io::Result<String> {
        let mut file: File = files::open(&self.path)?;
        let length = file.metadata()?.len();
        if length < self.read_to {
            // It was begun anew.
            self.read_to = 0;
        }
        file.seek(SeekFrom::Start(self.read_to))?;
        let mut bytes = Vec::new();
        file.take(MAX_BYTES).read_to_end(&mut bytes)?;
        // A line that is being written is read whole the next time.
        let end = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let end = if end == 0 && bytes.len() as u64 == MAX_BYTES { bytes.len() } else { end };
        self.read_to += end as u64;
        Ok(String::from_utf8_lossy(&bytes[..end]).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn hang(at_s: f64) -> String {
        format!("[{at_s:12.6}] pi kernel: [drm:v3d_reset [v3d]] *ERROR* Resetting GPU for hang.\n")
    }

    #[test]
    fn hangs_start_the_program_again_and_then_the_machine() {
        let held = tempfile::tempdir().unwrap();
        let path = held.path().join("kernel");
        let write = |text: &str| {
            let mut file = File::options().create(true).append(true).open(&path).unwrap();
            file.write_all(text.as_bytes()).unwrap();
        };
        let mut log = KernelLog::new(path.clone(), 1000.0);
        assert_eq!((log.look(), log.remedy(1000.0)), (vec![], None), "there is no log");
        write(&(0..3).map(|n| hang(1100.0 + f64::from(n))).collect::<String>());
        assert_eq!((log.look(), log.remedy(1110.0)), (vec![Trouble::GpuHang], None));
        write(hang(1120.0).trim_end());
        assert_eq!(log.look(), [], "half a line");
        write("\n");
        assert_eq!((log.look(), log.remedy(1120.0)), (vec![Trouble::GpuHang], Some(Remedy::Restart)));
        assert_eq!(log.remedy(1800.0), None, "they were long ago");
        // The next run finds the same log.
        let mut next = KernelLog::new(path.clone(), 1130.0);
        assert_eq!((next.look(), next.remedy(1130.0)), (vec![], None), "what came before was answered");
        write(&(0..4).map(|n| hang(1200.0 + f64::from(n))).collect::<String>());
        assert_eq!((next.look(), next.remedy(1210.0)), (vec![Trouble::GpuHang], Some(Remedy::Reboot)));
        std::fs::write(&path, "[ 1300.0] pi kernel: hwmon hwmon1: Undervoltage detected!\n").unwrap();
        assert_eq!(next.look(), [Trouble::UnderVoltage], "it was begun anew");
        std::fs::remove_file(&path).unwrap();
    }
}
