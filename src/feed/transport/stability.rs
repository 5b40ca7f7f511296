//! Tells when a file that is written to is stable: a copy that pauses for seconds must not be read as a table.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt as _;
use std::time::Duration;

use tokio::time::Instant;

/// What changes when a file is replaced or written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FileStamp {
    /// Device and inode.
    file: (u64, u64),
    len: u64,
    modified: (i64, i64),
    /// It was touched after its last write, as careful writers do.
    renamed_into_place: bool,
}

impl FileStamp {
    pub(super) fn of(meta: &Metadata) -> FileStamp {
        let modified = (meta.mtime(), meta.mtime_nsec());
        let renamed_into_place = (meta.ctime(), meta.ctime_nsec()) > modified;
        FileStamp { file: (meta.dev(), meta.ino()), len: meta.len(), modified, renamed_into_place }
    }
}

/// What to do with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// Not read it yet, or not again.
    Wait,
    /// Read it, and take it if it is whole.
    ReadWhole,
    /// Read and take it.
    Read,
}

/// Gives up waiting after this many multiples of the patience, and believes a file that never stands still as it is.
const MAX_PATIENCES: u32 = 6;

/// Remembers a file between two looks.
#[derive(Debug, Default)]
pub(super) struct FileStability {
    /// The file that was taken last.
    taken: Option<FileStamp>,
    /// Since when each look has found another one.
    changed: Option<Instant>,
    pending: Option<Pending>,
}

/// A file that differs from the one that was taken.
#[derive(Debug)]
struct Pending {
    stamp: FileStamp,
    since: Instant,
    /// It is not whole.
    torn: bool,
    /// It is being written anew from its beginning.
    rewritten: bool,
}

impl FileStability {
    /// Decides what to do with a file that looks like this. One that was renamed into place is read at once. One that is
    /// written in place is read when two looks found it alike; where it is torn or became shorter, when it has stood
    /// still for `patience`. One that changes too often for that is read as it is in the end.
    pub(super) fn look(&mut self, stamp: FileStamp, now: Instant, patience: Duration) -> Action {
        if self.taken == Some(stamp) {
            (self.changed, self.pending) = (None, None);
            return Action::Wait;
        }
        let overdue = now - *self.changed.get_or_insert(now) >= patience * MAX_PATIENCES;
        let same_file = |other: &FileStamp| other.file == stamp.file;
        let known = self.pending.as_ref().filter(|pending| pending.stamp == stamp);
        let Some(known) = known else {
            let shrank = self.taken.as_ref().is_some_and(|taken| same_file(taken) && stamp.len < taken.len);
            let before = self.pending.as_ref().filter(|pending| same_file(&pending.stamp));
            let rewritten = shrank || before.is_some_and(|pending| pending.rewritten);
            let replaced = stamp.renamed_into_place && !self.taken.as_ref().is_some_and(same_file);
            self.pending = Some(Pending { stamp, since: now, torn: false, rewritten });
            return match replaced {
                true if overdue => Action::Read,
                true if !rewritten => Action::ReadWhole,
                _ => Action::Wait,
            };
        };
        match known {
            known if overdue || now - known.since >= patience => Action::Read,
            known if known.torn || known.rewritten => Action::Wait,
            _ => Action::ReadWhole,
        }
    }

    /// Notes that it was read and is not whole.
    pub(super) fn torn(&mut self) {
        if let Some(pending) = &mut self.pending {
            pending.torn = true;
        }
    }

    /// Takes it if it still looks as it did at the last look; whether it does.
    pub(super) fn takes(&mut self, stamp: FileStamp) -> bool {
        let same = self.pending.as_ref().is_some_and(|pending| pending.stamp == stamp);
        if same {
            *self = FileStability { taken: Some(stamp), ..FileStability::default() };
        }
        same
    }

    /// Notes that there is no file.
    pub(super) fn gone(&mut self) {
        *self = FileStability::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Duration = Duration::from_secs(5);

    fn stamp(inode: u64, len: u64, at: i64) -> FileStamp {
        FileStamp { file: (1, inode), len, modified: (at, 0), renamed_into_place: false }
    }

    /// A file whose looks are 0.4 s apart.
    struct Looks {
        stability: FileStability,
        now: Instant,
    }

    impl Looks {
        /// At a file of 100 bytes that was taken.
        async fn begun() -> Looks {
            let mut looks = Looks { stability: FileStability::default(), now: tokio::time::Instant::now() };
            assert_eq!([looks.at(stamp(7, 100, 0)), looks.at(stamp(7, 100, 0))], [Action::Wait, Action::ReadWhole]);
            assert!(looks.stability.takes(stamp(7, 100, 0)));
            looks
        }

        fn at(&mut self, stamp: FileStamp) -> Action {
            self.now += Duration::from_millis(400);
            self.stability.look(stamp, self.now, PATIENCE)
        }

        /// How many looks it takes until the file is read.
        fn until_read(&mut self, stamp: FileStamp) -> usize {
            (1..100).find(|_| self.at(stamp) != Action::Wait).unwrap()
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_file_that_was_renamed_into_place_is_read_at_once() {
        let mut looks = Looks::begun().await;
        assert_eq!(looks.at(stamp(7, 100, 0)), Action::Wait, "the one that was taken");
        let renamed = FileStamp { renamed_into_place: true, ..stamp(8, 10, 1) };
        assert_eq!(looks.until_read(renamed), 1);
        looks.stability.torn();
        assert_eq!(looks.until_read(renamed), 13, "half of one is waited for all the same");
        assert!(looks.stability.takes(renamed));
        // A file that is deleted and copied anew is another one, and is still being written.
        assert_eq!(looks.until_read(stamp(9, 10, 2)), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn a_file_that_grows_is_read_when_it_stands_still() {
        let mut looks = Looks::begun().await;
        for len in 101..110 {
            assert_eq!(looks.at(stamp(7, len, len as i64)), Action::Wait);
        }
        assert_eq!(looks.until_read(stamp(7, 110, 110)), 2);
        assert!(!looks.stability.takes(stamp(7, 111, 111)), "it went on while it was read");
    }

    #[tokio::test(start_paused = true)]
    async fn a_file_that_is_written_anew_is_waited_for() {
        let mut looks = Looks::begun().await;
        // Begun anew, it stops for two seconds each at 40 bytes and beyond its old length.
        for len in [0, 40, 40, 40, 40, 40, 140, 140, 140, 140, 140] {
            assert_eq!(looks.at(stamp(7, len, len as i64)), Action::Wait, "{len}");
        }
        assert_eq!(looks.until_read(stamp(7, 200, 200)), 14);
        assert_eq!(looks.at(stamp(7, 200, 200)), Action::Read);
        assert!(looks.stability.takes(stamp(7, 200, 200)));
        assert_eq!(looks.until_read(stamp(7, 300, 300)), 2, "that was long ago");
        assert!(looks.stability.takes(stamp(7, 300, 300)));
        // One that never stands still is believed again after half a minute.
        let read = (0..).find(|i| looks.until_two(stamp(7, 10 + *i, *i as i64)) == Action::Read).unwrap();
        assert!((30..45).contains(&read), "{read}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_file_without_an_end_that_is_replaced_all_the_time_is_read() {
        for (renamed_into_place, looks_each) in [(true, 1), (true, 5), (false, 5)] {
            let mut looks = Looks::begun().await;
            let mut read = Vec::new();
            // Another file every so many looks, each without its last line's end.
            for look in 0..400_u64 {
                let at = look / looks_each;
                let stamp = FileStamp { renamed_into_place, ..stamp(100 + at, 100, at as i64) };
                match looks.at(stamp) {
                    Action::Wait => {}
                    Action::ReadWhole => looks.stability.torn(),
                    Action::Read => {
                        assert!(looks.stability.takes(stamp));
                        read.push(look);
                    }
                }
            }
            // Half a minute is 75 looks.
            assert!((4..=5).contains(&read.len()) && read[0] >= 75, "{renamed_into_place} {looks_each}: {read:?}");
        }
    }

    impl Looks {
        /// The second of two looks.
        fn until_two(&mut self, stamp: FileStamp) -> Action {
            self.at(stamp);
            self.at(stamp)
        }
    }
}
