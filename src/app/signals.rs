//! Answers signals by looking for them.

use std::time::Duration;

use signal_hook::iterator::Signals;

/// How often it is looked for one.
const LOOK: Duration = Duration::from_millis(250);

/// Answers each signal, for ever. `Signals::forever` is woken by one write to a pipe: where that write fails, whoever waits
/// would never hear that the program has to stop.
pub(super) fn answer(signals: &mut Signals, mut each: impl FnMut(i32)) -> ! {
    loop {
        signals.pending().for_each(&mut each);
        std::thread::sleep(LOOK);
    }
}
