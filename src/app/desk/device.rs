//! What a desk can know of the wall without its loop: health, counts, memory, starts, the log.

use std::sync::Arc;
use std::time::Instant;

use crate::app::counters::FrameCount;
use crate::app::judge::{self, Pulse};
use crate::app::lifetime::Lifetime;
use crate::clock::boot_s;
use crate::exit::Exit;
use crate::files;
use crate::log;
use crate::remote::{Counters, Device, Health, StartView};
use crate::store::Run;

/// The kernel says no more of a process.
const STATUS_BYTES: u64 = 64 << 10;

pub(in crate::app) struct Signs {
    pub pulse: Arc<Pulse>,
    pub frames: Arc<FrameCount>,
    pub lifetime: Lifetime,
    pub started: Instant,
}

impl Device for Signs {
    fn health(&self) -> Health {
        let (works, text) = judge::health(&self.pulse);
        Health { works, text }
    }

    fn counters(&self) -> Counters {
        let [wanted, shown] = self.frames.counts();
        let runs = self.lifetime.runs();
        let last = runs.len().saturating_sub(1);
        let starts = runs.iter().enumerate().rev().map(|(i, run)| start(run, i == last, boot_s())).collect();
        let uptime_s = self.started.elapsed().as_secs_f64();
        Counters { wanted, shown, uptime_s, memory_bytes: memory_bytes().unwrap_or(0), starts }
    }

    fn log(&self) -> Vec<String> {
        log::recent()
    }
}

fn start(run: &Run, is_this: bool, now_s: u64) -> StartView {
    let ended = match (run.ended, &run.why) {
        _ if is_this => None,
        (_, Some(why)) => Some(why.clone()),
        (Some(0), None) => Some("ended as it was asked to".to_owned()),
        (Some(code), None) if code == Exit::TempFail as u8 => Some("the display or the graphics was lost".to_owned()),
        (Some(code), None) => Some(format!("ended with code {code}")),
        (None, None) => Some("gone without a word: killed, or the watchdog ended it".to_owned()),
    };
    StartView { ago_s: now_s.saturating_sub(run.at_s), ended, failed: !is_this && run.ended != Some(0) }
}

fn memory_bytes() -> Option<u64> {
    let status = files::read("/proc/self/status".as_ref(), STATUS_BYTES).ok()?;
    let text = String::from_utf8_lossy(&status).into_owned();
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kib| kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_end_is_said_in_words() {
        let run = |ended, why: Option<&str>| Run { at_s: 10, ended, why: why.map(str::to_owned) };
        let said = |run: &Run, is_this| {
            let start = start(run, is_this, 70);
            assert_eq!(start.ago_s, 60);
            (start.failed, start.ended.unwrap_or_default())
        };
        assert_eq!(said(&run(None, None), true), (false, String::new()));
        assert!(said(&run(None, None), false).0 && said(&run(None, None), false).1.contains("without a word"));
        assert_eq!(said(&run(Some(75), Some("the GPU is gone")), false), (true, "the GPU is gone".into()));
        assert_eq!(said(&run(Some(0), None), false), (false, "ended as it was asked to".into()));
        assert!(memory_bytes().is_some_and(|bytes| bytes > 1 << 20));
    }
}
