//! Records the bodies of a feed onto a tape as they came. A celebration that came by itself is recorded within the body that
//! it belongs to, as a tape has nothing but bodies.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::value::{RawValue, to_raw_value};
use tokio::time::Instant;

use super::accept::limits;
use super::ports::Recorder;
use super::timer;

/// Records one feed.
pub(super) struct TapeRecorder {
    recorder: Arc<dyn Recorder>,
    /// When the first body came.
    from: Option<Instant>,
    /// The last body, and when it was recorded.
    last: Option<(Vec<u8>, Instant)>,
}

impl TapeRecorder {
    pub(super) fn new(recorder: Arc<dyn Recorder>) -> TapeRecorder {
        TapeRecorder { recorder, from: None, last: None }
    }

    /// Records a body that was accepted.
    pub(super) fn body(&mut self, body: Vec<u8>) {
        let now = timer::now();
        let ms = (now - *self.from.get_or_insert(now)).as_millis();
        self.recorder.body(u64::try_from(ms).unwrap_or(u64::MAX), &body);
        self.last = Some((body, now));
    }

    /// Notes a good answer without news. After `gap` without a body the last one is repeated: on the tape too the feed was
    /// never silent, and what comes next is news.
    pub(super) fn alive(&mut self, gap: Duration) {
        if let Some((body, _)) = self.last.take_if(|(_, at)| timer::now() - *at >= gap) {
            self.body(body);
        }
    }

    /// Records a celebration that was accepted; `at` is now for a body that does not say when it was true.
    pub(super) fn celebration(&mut self, event: &[u8], at: Timestamp) {
        let Some((body, _)) = &self.last else { return };
        match with_event(body, event, at) {
            Ok(body) => self.body(body),
            // Both were accepted as JSON a moment ago.
            Err(error) => tracing::warn!("a celebration is not on the tape: {error}"),
        }
    }
}

/// The body with one event more, every other value as it came.
fn with_event(body: &[u8], event: &[u8], at: Timestamp) -> serde_json::Result<Vec<u8>> {
    let plain = |text| <[u8]>::strip_prefix(text, b"\xEF\xBB\xBF").unwrap_or(text);
    let mut body: BTreeMap<String, Box<RawValue>> = serde_json::from_slice(plain(body))?;
    let events: Option<Vec<Box<RawValue>>> = match body.get("events") {
        Some(events) => serde_json::from_str(events.get())?,
        None => None,
    };
    let mut events = events.unwrap_or_default();
    // Of two at one instant the first counts as the newer.
    events.insert(0, serde_json::from_slice(plain(event))?);
    // Of more the oldest would be left out too, and each line of the tape would be longer than the one before.
    events.truncate(limits::EVENTS);
    body.insert("events".into(), to_raw_value(&events)?);
    // By what it says a tape's clock is set, and an old celebration is none.
    if body.get("as_of").is_none_or(|at| at.get() == "null") {
        body.insert("as_of".into(), to_raw_value(&at.to_string())?);
    }
    serde_json::to_vec(&body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    #[derive(Debug, Default)]
    struct Lines(Mutex<Vec<(u64, String)>>);

    impl Recorder for Lines {
        fn body(&self, ms: u64, body: &[u8]) {
            self.0.lock().unwrap().push((ms, String::from_utf8(body.to_vec()).unwrap()));
        }
    }

    fn noon() -> Timestamp {
        "2026-01-05T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_celebration_is_added_and_the_rest_stays_as_it_came() {
        let with = |body: &str, event: &str| {
            String::from_utf8(with_event(body.as_bytes(), event.as_bytes(), noon()).unwrap()).unwrap()
        };
        assert_eq!(
            with(
                "\u{feff}{\"slides\":[{ \"v\": 1.10 }],\"as_of\":\"x\",\"events\":[{\"id\":1}]}",
                "\u{feff}{ \"id\": 2 }"
            ),
            r#"{"as_of":"x","events":[{ "id": 2 },{"id":1}],"slides":[{ "v": 1.10 }]}"#
        );
        for body in ["{}", "{\"events\":null,\"as_of\":null}"] {
            assert_eq!(with(body, "{\"id\":2}"), r#"{"as_of":"2026-01-05T12:00:00Z","events":[{"id":2}]}"#);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_tape_of_one_board_and_many_celebrations_does_not_grow_with_each() {
        let lines = Arc::new(Lines::default());
        let mut tape = TapeRecorder::new(lines.clone());
        tape.body(b"{\"as_of\":\"x\"}".to_vec());
        for id in 0..100 {
            tape.celebration(format!("{{\"id\":{id}}}").as_bytes(), noon());
        }
        let lines = lines.0.lock().unwrap();
        let last: serde_json::Value = serde_json::from_str(&lines.last().unwrap().1).unwrap();
        let ids: Vec<u64> =
            last["events"].as_array().unwrap().iter().map(|event| event["id"].as_u64().unwrap()).collect();
        assert_eq!(ids, (0..100).rev().take(limits::EVENTS).collect::<Vec<_>>(), "the newest");
        assert_eq!(lines.len(), 101);
    }

    #[tokio::test(start_paused = true)]
    async fn celebrations_gather_until_the_next_body_and_life_is_on_the_tape() {
        let lines = Arc::new(Lines::default());
        let mut tape = TapeRecorder::new(lines.clone());
        let second = Duration::from_secs(1);
        tape.celebration(b"{\"id\":0}", noon());
        tape.body(b"{\"as_of\":\"x\"}".to_vec());
        tape.celebration(b"{\"id\":1}", noon());
        tokio::time::advance(second / 2).await;
        tape.alive(second);
        tape.celebration(b"{\"id\":2}", noon());
        tokio::time::advance(second).await;
        tape.alive(second);
        tape.alive(second);
        tape.body(b"{}".to_vec());
        let two = "{\"as_of\":\"x\",\"events\":[{\"id\":2},{\"id\":1}]}";
        let wanted = [
            (0, "{\"as_of\":\"x\"}"),
            (0, "{\"as_of\":\"x\",\"events\":[{\"id\":1}]}"),
            (500, two),
            (1500, two),
            (1500, "{}"),
        ];
        let lines = lines.0.lock().unwrap();
        assert_eq!(lines.iter().map(|(ms, body)| (*ms, body.as_str())).collect::<Vec<_>>(), wanted);
    }
}
