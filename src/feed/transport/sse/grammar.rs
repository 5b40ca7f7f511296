//! Parses Server-Sent Events (WHATWG HTML, 9.2.6) from bytes in any cuts. Data stays bytes: whether it is UTF-8 is checked
//! where boards are accepted.

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    Event(Event),
    /// How long to wait before connecting anew, in milliseconds.
    Retry(u64),
    /// A comment: proves life.
    Comment,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Event {
    /// Its name; `message` where the stream gave none.
    pub name: String,
    /// Its data, lines joined by line feeds.
    pub data: Vec<u8>,
    /// The last id the stream gave, this event's or an earlier one's.
    pub id: String,
}

/// An event or a line is larger than the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

/// A parser of one stream.
#[derive(Debug)]
pub struct Grammar {
    max: usize,
    line: Vec<u8>,
    /// The last byte was a CR that ended a line: an LF behind it belongs to it.
    after_cr: bool,
    /// No line has ended yet: a BOM may stand in front.
    first: bool,
    name: String,
    data: Vec<u8>,
    id: String,
}

const BOM: &[u8] = b"\xef\xbb\xbf";

impl Grammar {
    /// A new stream; an event may hold `max` bytes, and a line as well.
    pub fn new(max: usize) -> Grammar {
        Grammar {
            max,
            line: Vec::new(),
            after_cr: false,
            first: true,
            name: String::new(),
            data: Vec::new(),
            id: String::new(),
        }
    }

    /// Takes the next bytes and gives what they complete. A CR ends its line at once, whatever follows.
    ///
    /// # Errors
    /// An event or a line grows over the limit; the stream is of no use any more.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Vec<Item>, TooLarge> {
        let mut items = Vec::new();
        for &byte in bytes {
            let behind_cr = std::mem::take(&mut self.after_cr);
            match byte {
                b'\n' if behind_cr => {}
                b'\r' | b'\n' => {
                    self.after_cr = byte == b'\r';
                    let line = std::mem::take(&mut self.line);
                    let line = match (std::mem::take(&mut self.first), line.strip_prefix(BOM)) {
                        (true, Some(rest)) => rest.to_vec(),
                        _ => line,
                    };
                    items.extend(self.line(&line));
                    // The buffer goes on being used.
                    self.line = line;
                    self.line.clear();
                }
                _ if self.line.len() + self.data.len() >= self.max => return Err(TooLarge),
                _ => self.line.push(byte),
            }
        }
        Ok(items)
    }

    fn line(&mut self, line: &[u8]) -> Option<Item> {
        if line.is_empty() {
            return self.dispatch();
        }
        let (field, value) = match line.iter().position(|&byte| byte == b':') {
            Some(0) => return Some(Item::Comment),
            Some(colon) => {
                let value = &line[colon + 1..];
                (&line[..colon], value.strip_prefix(b" ").unwrap_or(value))
            }
            None => (line, &b""[..]),
        };
        match field {
            b"event" => self.name = String::from_utf8_lossy(value).into_owned(),
            b"data" => {
                self.data.extend_from_slice(value);
                self.data.push(b'\n');
            }
            b"id" if !value.contains(&0) => self.id = String::from_utf8_lossy(value).into_owned(),
            b"retry" if !value.is_empty() && value.iter().all(u8::is_ascii_digit) => {
                // Digits only; a number that fits nowhere means "as long as it goes".
                let wait = std::str::from_utf8(value).ok().and_then(|v| v.parse().ok()).unwrap_or(u64::MAX);
                return Some(Item::Retry(wait));
            }
            _ => {}
        }
        None
    }

    /// An empty line ends an event; one without data is none.
    fn dispatch(&mut self) -> Option<Item> {
        let (name, mut data) = (std::mem::take(&mut self.name), std::mem::take(&mut self.data));
        data.pop()?;
        let name = if name.is_empty() { "message".to_owned() } else { name };
        Some(Item::Event(Event { name, data, id: self.id.clone() }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8]) -> Vec<Item> {
        Grammar::new(1000).push(bytes).unwrap()
    }

    fn event(name: &str, data: &str, id: &str) -> Item {
        Item::Event(Event { name: name.into(), data: data.into(), id: id.into() })
    }

    #[test]
    fn the_examples_of_the_standard() {
        assert_eq!(read(b"data: YHOO\ndata: +2\ndata: 10\n\n"), [event("message", "YHOO\n+2\n10", "")]);
        assert_eq!(
            read(b": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n"),
            [
                Item::Comment,
                event("message", "first event", "1"),
                event("message", "second event", ""),
                event("message", " third event", "")
            ]
        );
        assert_eq!(read(b"data\n\ndata\ndata\n\ndata:"), [event("message", "", ""), event("message", "\n", "")]);
        assert_eq!(read(b"data:test\n\ndata: test\n\n"), [event("message", "test", ""), event("message", "test", "")]);
    }

    #[test]
    fn lines_end_with_cr_lf_or_both_and_cr_at_once() {
        let wanted = [event("state", "a\nb", "7")];
        for end in ["\n", "\r", "\r\n"] {
            let text = ["event: state", "data: a", "data: b", "id: 7", "", ""].join(end);
            assert_eq!(read(text.as_bytes()), wanted, "{end:?}");
        }
        let mut grammar = Grammar::new(100);
        assert_eq!(grammar.push(b"data: a\r\r").unwrap(), [event("message", "a", "")], "nothing is waited for");
        assert_eq!(grammar.push(b"\ndata: b\n\n").unwrap(), [event("message", "b", "")]);
    }

    #[test]
    fn a_bom_ids_with_nul_retries_and_unknown_fields() {
        assert_eq!(read(b"\xef\xbb\xbfdata: a\n\n"), [event("message", "a", "")]);
        assert_eq!(read(b"\n\xef\xbb\xbfdata: a\n\n"), [], "only in front of the stream");
        assert_eq!(read(b"id: 1\0\ndata: a\n\n"), [event("message", "a", "")]);
        assert_eq!(read(b"id: 4\n\ndata: a\n\n"), [event("message", "a", "4")]);
        assert_eq!(read(b"retry: 2500\nretry: 2s\nretry\nretry: -1\n"), [Item::Retry(2500)]);
        assert_eq!(read(b"retry: 99999999999999999999999\n"), [Item::Retry(u64::MAX)]);
        assert_eq!(read(b"date: a\nevent: x\n\n: c\n"), [Item::Comment], "no data, no event, and the name is gone");
    }

    #[test]
    fn what_grows_over_the_limit_ends_the_stream() {
        assert_eq!(Grammar::new(10).push(&[b'x'; 11]), Err(TooLarge));
        assert_eq!(Grammar::new(20).push(b"data: 0123456\ndata: 0123456\ndata: 0123\n"), Err(TooLarge));
        assert_eq!(Grammar::new(20).push(b"data: 01234567\n\n: c\ndata: 01234567\n\n").map(|s| s.len()), Ok(3));
    }

    proptest! {
        /// Wherever the network cuts, the same comes out.
        #[test]
        fn cuts_do_not_matter(
            text in proptest::collection::vec(prop_oneof![
                Just("data: a"), Just("data:é漢"), Just("event: state"), Just("id: 1"), Just(": c"), Just("\n"), Just("\r"),
                Just("\r\n"), Just("\u{feff}"), Just("retry: 7"), Just("x"), Just(":"), Just(" "),
            ], 0..40),
            cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..8),
        ) {
            let bytes = text.concat().into_bytes();
            let whole = read(&bytes);
            let mut at: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
            at.extend([0, bytes.len()]);
            at.sort_unstable();
            let mut grammar = Grammar::new(1000);
            let pieces: Vec<Item> =
                at.windows(2).flat_map(|w| grammar.push(&bytes[w[0]..w[1]]).unwrap()).collect();
            prop_assert_eq!(whole, pieces);
        }

        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Grammar::new(50).push(&bytes);
        }
    }
}
