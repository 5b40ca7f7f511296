//! Holds every time and size limit of a feed (FEED §4 and §5), in one place so that tests can shorten them.

use std::time::Duration;

use crate::map::{Child, MapLimits};

/// The limits of a feed; [`Limits::default`] is the contract.
#[derive(Debug, Clone)]
pub struct Limits {
    /// A connection must be made within this.
    pub connect: Duration,
    /// Longest silence inside an answer's body.
    pub stall: Duration,
    /// A whole answer, redirects included, within this.
    pub whole: Duration,
    /// Never asked more often than this.
    pub poll_min: Duration,
    /// The interval varies by this share to both sides, so that a floor of screens does not ask in step.
    pub poll_jitter: f64,
    /// Shortest wait after no answer.
    pub backoff_min: Duration,
    /// Longest wait after no answer.
    pub backoff_max: Duration,
    /// Wait after 401, 403, 404.
    pub no_access: Duration,
    /// `Retry-After` is obeyed up to this: a mistyped date must not switch a screen off for a year.
    pub retry_after_max: Duration,
    /// A stream that is silent for this long is dead.
    pub silence: Duration,
    /// After this many connections that brought no board a stream is polled.
    pub stream_failures: u32,
    /// How long it is polled before the stream is tried again.
    pub stream_again: Duration,
    /// A broker is asked for a sign of life this often, and is dead after two without one.
    pub keep_alive: Duration,
    /// A screen publishes its status at most this often.
    pub status_gap: Duration,
    /// What changes all the time in it is published at most this often.
    pub status_life: Duration,
    /// Boards that come faster than this are collected: the first at once, then the newest.
    pub coalesce: Duration,
    /// A sign of life renews the board at most this often.
    pub life_gap: Duration,
    /// Redirects followed.
    pub redirects: usize,
    /// Bytes on the wire, as sent.
    pub wire_bytes: usize,
    /// Bytes after gunzip.
    pub plain_bytes: usize,
    /// Plain bytes per wire byte.
    pub ratio: usize,
    /// A file is looked at this often.
    pub file_look: Duration,
    /// A table that is written in place and is not whole, or became shorter, must be stable for this long.
    pub file_settle: Duration,
    /// The board is written to disk at most this often, and at exit.
    pub store_gap: Duration,
    /// A feed that is recorded and has no news is on the tape at least this often.
    pub tape_gap: Duration,
    /// The same message is logged at most this often.
    pub log_gap: Duration,
    /// Limits of pictures and sounds.
    pub photo: PhotoLimits,
    /// Limits of maps.
    pub map: MapLimits,
    /// A map that failed is run again on the same input after this, and after twice as long each further time: where it was
    /// the machine, which had no memory for a moment, the wall must not wait long for its newest board.
    pub map_again: Duration,
    /// The program that runs maps.
    pub map_child: Child,
    /// The zone that maps get as `$tz`; `None`: the machine's.
    pub map_tz: Option<String>,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connect: Duration::from_secs(5),
            stall: Duration::from_secs(10),
            whole: Duration::from_secs(20),
            poll_min: Duration::from_secs(2),
            poll_jitter: 0.2,
            backoff_min: Duration::from_secs(1),
            backoff_max: Duration::from_secs(60),
            no_access: Duration::from_secs(60),
            retry_after_max: Duration::from_secs(3600),
            silence: Duration::from_secs(45),
            stream_failures: 3,
            stream_again: Duration::from_secs(300),
            keep_alive: Duration::from_secs(20),
            status_gap: Duration::from_secs(5),
            status_life: Duration::from_secs(30),
            coalesce: Duration::from_millis(250),
            life_gap: Duration::from_secs(10),
            redirects: 3,
            wire_bytes: 1 << 20,
            plain_bytes: 4 << 20,
            ratio: 100,
            file_look: Duration::from_secs(1),
            file_settle: Duration::from_secs(5),
            store_gap: Duration::from_secs(60),
            tape_gap: Duration::from_secs(600),
            log_gap: Duration::from_secs(60),
            photo: PhotoLimits::default(),
            map: MapLimits::default(),
            map_again: Duration::from_secs(4),
            map_child: Child::default(),
            map_tz: None,
        }
    }
}

/// The limits of pictures and sounds.
#[derive(Debug, Clone)]
pub struct PhotoLimits {
    /// Bytes of a picture's file.
    pub file_bytes: usize,
    /// Pixels on a side, read from the header before anything is decoded.
    pub side: u32,
    /// Decoded bytes that all pictures of a board may take together; the rest are monograms.
    pub decoded_bytes: usize,
    /// Bytes that all sounds of a board may take together; the rest are gongs.
    pub sound_bytes: usize,
    /// Bytes of the cache on disk.
    pub cache_bytes: u64,
    /// A cached picture without a hash is asked for again after this.
    pub cache_fresh: Duration,
    /// Pictures fetched at the same time.
    pub at_once: usize,
    /// Shortest wait before a failed picture is tried again.
    pub retry_min: Duration,
    /// Longest wait before a failed picture is tried again.
    pub retry_max: Duration,
}

impl Default for PhotoLimits {
    fn default() -> Self {
        PhotoLimits {
            file_bytes: 512 << 10,
            side: 1024,
            decoded_bytes: 48 << 20,
            sound_bytes: 8 << 20,
            cache_bytes: 200 << 20,
            cache_fresh: Duration::from_secs(24 * 3600),
            at_once: 4,
            retry_min: Duration::from_secs(30),
            retry_max: Duration::from_secs(3600),
        }
    }
}
