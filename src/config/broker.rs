//! Parses the address of a board at an MQTT broker: `mqtt(s)://host[:port]/floor/v1/{org}/{board}`.

use std::fmt;

use url::Url;

/// A board at an MQTT broker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broker {
    /// Without user, password, query and fragment.
    url: Url,
    org: String,
    board: String,
}

const EXPECTED: &str = "expected mqtt(s)://host[:port]/floor/v1/{org}/{board}";

impl Broker {
    /// Reads an address. The error never repeats it: it may hold a password.
    pub(super) fn parse(text: &str) -> Result<Broker, String> {
        let url = Url::parse(text).map_err(|error| format!("{EXPECTED}: {error}"))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err("expected an address without user name and password; put them into user and \
                        password_file or password_env"
                .to_owned());
        }
        if url.host_str().unwrap_or_default().is_empty() {
            return Err(format!("{EXPECTED}, found no host"));
        }
        if url.port() == Some(0) {
            return Err(format!("{EXPECTED}, found the port 0"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(format!("{EXPECTED} without a ? or # part"));
        }
        let segments: Vec<&str> = url.path().split('/').skip(1).collect();
        let ["floor", "v1", org, board] = segments[..] else {
            return Err(format!("{EXPECTED}, found the path {:?}", url.path()));
        };
        let level = |text: &str| level(text).ok_or_else(|| format!("{EXPECTED}, {{org}} and {{board}} each {LEVEL}"));
        let (org, board) = (level(org)?, level(board)?);
        Ok(Broker { url, org, board })
    }

    /// Whether the connection is encrypted.
    pub fn tls(&self) -> bool {
        self.url.scheme() == "mqtts"
    }

    /// Host name or address; an IPv6 address without brackets.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']')
    }

    /// The port; 1883, with TLS 8883, where none is given.
    pub fn port(&self) -> u16 {
        self.url.port().unwrap_or(if self.tls() { 8883 } else { 1883 })
    }

    /// The topic of this name below the board's, e.g. `state`.
    pub fn topic(&self, name: &str) -> String {
        format!("floor/v1/{}/{}/{name}", self.org, self.board)
    }

    /// The topic of a screen's status.
    pub fn status_topic(&self, screen: &str) -> String {
        format!("floor/v1/{}/screen/{screen}/status", self.org)
    }

    /// The topic of what a screen is to do.
    pub fn command_topic(&self, screen: &str) -> String {
        format!("floor/v1/{}/screen/{screen}/command", self.org)
    }
}

impl fmt::Display for Broker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.url.fmt(f)
    }
}

/// What one level of a topic may be.
pub(super) const LEVEL: &str = "1 to 64 characters without +, #, / and control characters";

/// One level of a topic out of an address.
fn level(encoded: &str) -> Option<String> {
    let text = percent_encoding::percent_decode_str(encoded).decode_utf8().ok()?;
    is_level(&text).then(|| text.into_owned())
}

/// Whether a text can be one level of a topic.
pub(super) fn is_level(text: &str) -> bool {
    let refused = |c: char| matches!(c, '+' | '#' | '/' | '\u{feff}') || c.is_control();
    (1..=64).contains(&text.chars().count()) && text.trim() == text && !text.contains(refused)
}

/// A machine's name as one level of a topic.
pub fn screen_name(machine: &str) -> String {
    let safe = |c: char| if matches!(c, '+' | '#' | '/') || c.is_control() || c.is_whitespace() { '-' } else { c };
    let name: String = machine.trim().chars().map(safe).take(64).collect();
    if name.is_empty() { "screen".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_becomes_topics() {
        let broker = Broker::parse("mqtts://hub.example/floor/v1/b%C3%BCro/east wing").unwrap();
        assert_eq!((broker.host(), broker.port(), broker.tls()), ("hub.example", 8883, true));
        assert_eq!(broker.topic("state"), "floor/v1/büro/east wing/state");
        assert_eq!(broker.status_topic("tv 1"), "floor/v1/büro/screen/tv 1/status");
        let broker = Broker::parse("mqtt://[::1]:1884/floor/v1/a/b").unwrap();
        assert_eq!((broker.host(), broker.port(), broker.tls()), ("::1", 1884, false));
        assert_eq!(Broker::parse("mqtt://h/floor/v1/a/b").unwrap().port(), 1883);
    }

    #[test]
    fn bad_addresses_are_refused_without_repeating_a_password() {
        for (text, says) in [
            ("mqtt://ana:hunter2@h/floor/v1/a/b", "password_file"),
            ("mqtt://ana@h/floor/v1/a/b", "user"),
            ("mqtt:///floor/v1/a/b", "host"),
            ("mqtt://h", "path"),
            ("mqtt://h/floor/v2/a/b", "floor/v2"),
            ("mqtt://h/floor/v1/a/b/state", "path"),
            ("mqtt://h/floor/v1/a/b?x=hunter2", "without a ? or # part"),
            ("mqtt://h/floor/v1/a/%23", "without +, #, /"),
            ("mqtt://h/floor/v1/a%2Fb/c", "without +, #, /"),
            ("mqtt://h/floor/v1//c", "1 to 64"),
            ("mqtt://h/floor/v1/a/%ff", "1 to 64"),
        ] {
            let error = Broker::parse(text).unwrap_err();
            assert!(error.contains(says) && !error.contains("hunter2"), "{text}: {error}");
        }
    }

    #[test]
    fn a_machines_name_is_made_safe() {
        assert_eq!(screen_name("raspberrypi\n"), "raspberrypi");
        assert_eq!(screen_name("a/b+c#d e"), "a-b-c-d-e");
        assert_eq!(screen_name(" "), "screen");
    }
}
