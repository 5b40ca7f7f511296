//! Watches over the machine that the wall runs on: hangs of the graphics unit, heat, a weak power supply and a failing card
//! are said before they end it.

mod kernel;
mod sensors;
mod trouble;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use winit::event_loop::EventLoopProxy;

use self::kernel::{KernelLog, Remedy};
use self::trouble::Trouble;
use super::Event;
use super::ladder::Ladder;
use super::supervise::Supervisor;
use crate::clock::boot_s;

const LOOK: Duration = Duration::from_secs(10);
/// What lasts is logged once in so many looks: each hour.
const LOG_AGAIN: u64 = 360;

/// Starts the watch. `$FLOORCAST_MACHINE` is a folder that stands for `/`, for tests.
pub(super) fn start(ladder: Ladder, lost: EventLoopProxy<Event>, supervisor: &Supervisor) -> std::io::Result<()> {
    let root = std::env::var_os("FLOORCAST_MACHINE").map_or_else(|| PathBuf::from("/"), PathBuf::from);
    let mut kernel = KernelLog::new(root.join("run/floorcast-kernel/log"), boot_s() as f64);
    let mut log = TroubleLog::default();
    supervisor
        .spawn("machine", move || {
            loop {
                for trouble in log.due(kernel.look().into_iter().chain(sensors::look(&root.join("sys")))) {
                    tracing::error!("{trouble}");
                }
                if let Some(remedy) = kernel.remedy(boot_s() as f64) {
                    if remedy == Remedy::Reboot {
                        ladder.ask("the graphics unit hangs again and again");
                    }
                    let _ = lost.send_event(Event::Lost("the graphics unit hangs again and again"));
                    return Ok(());
                }
                std::thread::sleep(LOOK);
            }
        })
        .map(drop)
}

/// When each trouble was logged last, in looks.
#[derive(Debug, Default)]
struct TroubleLog {
    looks: u64,
    at: BTreeMap<Trouble, u64>,
}

impl TroubleLog {
    /// Those that were not logged for long.
    fn due(&mut self, found: impl Iterator<Item = Trouble>) -> Vec<Trouble> {
        self.looks += 1;
        let mut due = Vec::new();
        for trouble in found {
            if self.at.get(&trouble).is_none_or(|at| self.looks - at >= LOG_AGAIN) {
                self.at.insert(trouble, self.looks);
                due.push(trouble);
            }
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lasts_is_said_once_an_hour() {
        let mut log = TroubleLog::default();
        let times: usize = (0..2 * LOG_AGAIN).map(|_| log.due([Trouble::Heat, Trouble::Heat].into_iter()).len()).sum();
        assert_eq!(times, 2);
        assert_eq!(log.due([Trouble::Card].into_iter()), [Trouble::Card]);
    }
}
