//! Patience with a file that is written to: a copy that stops in its middle for seconds must not be read as a table.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt as _;
use std::time::Duration;

use tokio::time::Instant;

/// What changes when a file is replaced or written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    /// Device and inode.
    file: (u64, u64),
    len: u64,
    modified: (i64, i64),
    /// It was touched after its last write: renamed to its place, as careful writers do.
    placed: bool,
}

impl Stamp {
    pub(super) fn of(meta: &Metadata) -> Stamp {
        let modified = (meta.mtime(), meta.mtime_nsec());
        let placed = (meta.ctime(), meta.ctime_nsec()) > modified;
        Stamp { file: (meta.dev(), meta.ino()), len: meta.len(), modified, placed }
    }
}

/// What to do with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Nothing yet, or nothing at all: it is the file that was read.
    Wait,
    /// To read it, and to take it where it is whole.
    ReadWhole,
    /// To read and to take it.
    Read,
}

/// So many times the patience it may take at most until a file that is written to or replaced all the time is believed
/// as it is.
const MOST: u32 = 6;

/// What is known of a file between two looks.
#[derive(Debug, Default)]
pub(super) struct Settling {
    /// As it was taken last.
    taken: Option<Stamp>,
    /// Since when it has been another one at each look.
    changed: Option<Instant>,
    pending: Option<Pending>,
}

/// A file that is other than the one that was taken.
#[derive(Debug)]
struct Pending {
    stamp: Stamp,
    since: Instant,
    /// It is not whole.
    torn: bool,
    /// It is being written anew from its beginning.
    rewritten: bool,
}

impl Settling {
    /// What to do with a file that looks like this. One that was renamed to its place is read at once; one that is
    /// written in place when two looks found it alike, and where it is torn or became shorter when it has stood still
    /// for as long as `patience`. One that changed too often for that is read as it is when that is overdue.
    pub(super) fn look(&mut self, stamp: Stamp, now: Instant, patience: Duration) -> Step {
        if self.taken == Some(stamp) {
            (self.changed, self.pending) = (None, None);
            return Step::Wait;
        }
        let overdue = now - *self.changed.get_or_insert(now) >= patience * MOST;
        let same_file = |other: &Stamp| other.file == stamp.file;
        let known = self.pending.as_ref().filter(|pending| pending.stamp == stamp);
        let Some(known) = known else {
            let shrank = self.taken.as_ref().is_some_and(|taken| same_file(taken) && stamp.len < taken.len);
            let before = self.pending.as_ref().filter(|pending| same_file(&pending.stamp));
            let rewritten = shrank || before.is_some_and(|pending| pending.rewritten);
            let replaced = stamp.placed && !self.taken.as_ref().is_some_and(same_file);
            self.pending = Some(Pending { stamp, since: now, torn: false, rewritten });
            return match replaced {
                true if overdue => Step::Read,
                true if !rewritten => Step::ReadWhole,
                _ => Step::Wait,
            };
        };
        match known {
            known if overdue || now - known.since >= patience => Step::Read,
            known if known.torn || known.rewritten => Step::Wait,
            _ => Step::ReadWhole,
        }
    }

    /// It was read and is not whole.
    pub(super) fn torn(&mut self) {
        if let Some(pending) = &mut self.pending {
            pending.torn = true;
        }
    }

    /// Whether it still looks as when it was last looked at; it is taken then.
    pub(super) fn takes(&mut self, stamp: Stamp) -> bool {
        let same = self.pending.as_ref().is_some_and(|pending| pending.stamp == stamp);
        if same {
            *self = Settling { taken: Some(stamp), ..Settling::default() };
        }
        same
    }

    /// There is no file.
    pub(super) fn gone(&mut self) {
        *self = Settling::default();
    }
}

/// Whether the end of a file is there: the list of a workbook's parts, the bracket that closes JSON, the last line's end.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    const END_OF_ZIP: &[u8] = b"PK\x05\x06";
    if bytes.starts_with(b"PK") {
        let tail = &bytes[bytes.len().saturating_sub((1 << 16) + 22)..];
        return tail.windows(END_OF_ZIP.len()).any(|part| part == END_OF_ZIP);
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    match text.first() {
        None => false,
        Some(b'{') => text.trim_ascii_end().ends_with(b"}"),
        Some(b'[') => text.trim_ascii_end().ends_with(b"]"),
        Some(_) => {
            // The zero of UTF-16 may stand behind the line's end.
            let last = text.iter().rev().find(|byte| **byte != 0);
            let quotes = text.iter().filter(|byte| **byte == b'"').count();
            matches!(last, Some(b'\n' | b'\r')) && quotes % 2 == 0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Duration = Duration::from_secs(5);

    fn stamp(inode: u64, len: u64, at: i64) -> Stamp {
        Stamp { file: (1, inode), len, modified: (at, 0), placed: false }
    }

    /// A file whose looks are 0.4 s apart.
    struct Looks {
        settling: Settling,
        now: Instant,
    }

    impl Looks {
        /// At a file of 100 bytes that was taken.
        async fn begun() -> Looks {
            let mut looks = Looks { settling: Settling::default(), now: tokio::time::Instant::now() };
            assert_eq!([looks.at(stamp(7, 100, 0)), looks.at(stamp(7, 100, 0))], [Step::Wait, Step::ReadWhole]);
            assert!(looks.settling.takes(stamp(7, 100, 0)));
            looks
        }

        fn at(&mut self, stamp: Stamp) -> Step {
            self.now += Duration::from_millis(400);
            self.settling.look(stamp, self.now, PATIENCE)
        }

        /// How many looks it takes until the file is read.
        fn until_read(&mut self, stamp: Stamp) -> usize {
            (1..100).find(|_| self.at(stamp) != Step::Wait).unwrap()
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_file_that_was_renamed_to_its_place_is_read_at_once() {
        let mut looks = Looks::begun().await;
        assert_eq!(looks.at(stamp(7, 100, 0)), Step::Wait, "the one that was taken");
        let renamed = Stamp { placed: true, ..stamp(8, 10, 1) };
        assert_eq!(looks.until_read(renamed), 1);
        looks.settling.torn();
        assert_eq!(looks.until_read(renamed), 13, "half of one is waited for all the same");
        assert!(looks.settling.takes(renamed));
        // A file that is deleted and copied anew is another one, and is still being written.
        assert_eq!(looks.until_read(stamp(9, 10, 2)), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn a_file_that_grows_is_read_when_it_stands_still() {
        let mut looks = Looks::begun().await;
        for len in 101..110 {
            assert_eq!(looks.at(stamp(7, len, len as i64)), Step::Wait);
        }
        assert_eq!(looks.until_read(stamp(7, 110, 110)), 2);
        assert!(!looks.settling.takes(stamp(7, 111, 111)), "it went on while it was read");
    }

    #[tokio::test(start_paused = true)]
    async fn a_file_that_is_written_anew_is_waited_for() {
        let mut looks = Looks::begun().await;
        // Begun anew, it stops for two seconds each at 40 bytes and beyond its old length.
        for len in [0, 40, 40, 40, 40, 40, 140, 140, 140, 140, 140] {
            assert_eq!(looks.at(stamp(7, len, len as i64)), Step::Wait, "{len}");
        }
        assert_eq!(looks.until_read(stamp(7, 200, 200)), 14);
        assert_eq!(looks.at(stamp(7, 200, 200)), Step::Read);
        assert!(looks.settling.takes(stamp(7, 200, 200)));
        assert_eq!(looks.until_read(stamp(7, 300, 300)), 2, "that was long ago");
        assert!(looks.settling.takes(stamp(7, 300, 300)));
        // One that never stands still is believed again after half a minute.
        let read = (0..).find(|i| looks.until_two(stamp(7, 10 + *i, *i as i64)) == Step::Read).unwrap();
        assert!((30..45).contains(&read), "{read}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_file_without_an_end_that_is_replaced_all_the_time_is_read() {
        for (placed, looks_each) in [(true, 1), (true, 5), (false, 5)] {
            let mut looks = Looks::begun().await;
            let mut read = Vec::new();
            // Another file every so many looks, each without its last line's end.
            for look in 0..400_u64 {
                let at = look / looks_each;
                let stamp = Stamp { placed, ..stamp(100 + at, 100, at as i64) };
                match looks.at(stamp) {
                    Step::Wait => {}
                    Step::ReadWhole => looks.settling.torn(),
                    Step::Read => {
                        assert!(looks.settling.takes(stamp));
                        read.push(look);
                    }
                }
            }
            // Half a minute is 75 looks.
            assert!((4..=5).contains(&read.len()) && read[0] >= 75, "{placed} {looks_each}: {read:?}");
        }
    }

    impl Looks {
        /// The second of two looks.
        fn until_two(&mut self, stamp: Stamp) -> Step {
            self.at(stamp);
            self.at(stamp)
        }
    }

    #[test]
    fn the_end_of_a_file_shows_whether_it_is_whole() {
        for (bytes, whole) in [
            (&b"Owner,Amount\nAna,7\n"[..], true),
            (b"Owner,Amount\nAna,70", false),
            (b"Owner,Amount\r\nAna,7\r\n\r\n", true),
            (b"Owner,Note\nAna,\"two\n", false),
            (b"Owner,Note\nAna,\"two\nlines\"\n", true),
            (b"\xff\xfea\0\n\0", true),
            (b"\xff\xfea\0", false),
            (b"", false),
            (b" \n", false),
            (b"\xef\xbb\xbf {\"a\": 1}", true),
            (b"{\"a\": 1}\n", true),
            (b"{\"a\": 1\n", false),
            (b"[1]", true),
            (b"[1\n", false),
            (b"PK\x03\x04 and so on", false),
            (b"PK\x03\x04 and so on PK\x05\x06\0\0", true),
        ] {
            assert_eq!(is_whole(bytes), whole, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
