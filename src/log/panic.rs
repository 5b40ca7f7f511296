//! Makes a panic a line of the log, and ends a program that lasts where going on could leave its threads waiting for ever.

use std::io::Write as _;
use std::panic::PanicHookInfo;
use std::time::Duration;

use crate::exit::Exit;

/// The line may wait for what the thread holds that panicked, and goes to a reader that may be slow.
const LINE: Duration = Duration::from_millis(500);

/// Where the standard library, locks and the network's runtime speak with the system. They panic there when it refuses them
/// what they cannot do without: the time, a wait, a wake.
const SYSTEM: [&str; 4] = ["library/std/src/sys/", "/parking_lot", "/mio-", "/tokio-"];

/// Says it as the standard library would, whose own words would wait for the log's reader.
///
/// A panic can be caught, and what it leaves behind is dropped. Not so where the system refused something: that happens in the
/// middle of anything, as while a library's table of locks is held, or a sleeper is not woken, and whoever comes next
/// waits for ever. A supervisor has the program started again (decision 0001).
pub(super) fn hook(info: &PanicHookInfo<'_>) {
    let text = info.payload_as_str().unwrap_or("no reason is known");
    let file = info.location().map_or("", |at| at.file());
    let place = info.location().map(|at| format!(" at {file}:{}", at.line())).unwrap_or_default();
    let thread = std::thread::current();
    let line = format!("the thread {:?} panicked{place}: {text}", thread.name().unwrap_or("without a name"));
    if !is_of_the_system(file) {
        return tracing::error!("{line}");
    }
    let ends = std::thread::Builder::new().name("end".into()).spawn(|| {
        std::thread::sleep(LINE);
        Exit::TempFail.at_once();
    });
    if ends.is_ok() {
        // Not through the log, which reads the clock.
        let _ = writeln!(std::io::stderr(), "ERROR {line}: the system refused it, so the program ends");
    }
    Exit::TempFail.at_once();
}

fn is_of_the_system(file: &str) -> bool {
    SYSTEM.iter().any(|place| file.contains(place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_refuses_is_told_from_what_is_wrong_with_us() {
        for (file, is) in [
            ("/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/sys/pal/unix/time.rs", true),
            ("/home/u/.rustup/toolchains/stable/lib/rustlib/src/rust/library/std/src/sys/sync/mutex/pthread.rs", true),
            ("/home/u/.cargo/registry/src/index/tokio-1.54.1/src/runtime/io/driver.rs", true),
            ("/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/slice/index.rs", false),
            ("/home/u/.cargo/registry/src/index/image-0.25.6/src/codecs/png.rs", false),
            ("src/slides/ranking/draw.rs", false),
            ("", false),
        ] {
            assert_eq!(is_of_the_system(file), is, "{file}");
        }
    }
}
