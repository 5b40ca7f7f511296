//! What leaves the hub by itself: `[hub.mail]` and `[[hub.webhook]]` of the settings.

use std::path::{Path, PathBuf};

use jiff::civil::{Time, Weekday};
use serde::Deserialize;

use crate::files;
use crate::sources::webhook;

/// A password or a key is shorter.
const MAX_SECRET: u64 = 16 << 10;

const WEEKLY_AT: &str = "Mon 07:00";
const BEHIND_AT: &str = "15:00";

/// `[hub.mail]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailSettings {
    /// `smtp://HOST:PORT` with STARTTLS, or `smtps://HOST:PORT`. A server on this machine may do without encryption.
    pub server: String,
    /// `Sales floor <floor@example.com>`
    pub from: String,
    pub user: Option<String>,
    /// File with the password of that user.
    pub password_file: Option<PathBuf>,
    /// Weekday and time of the weekly mail, in the floor's zone.
    pub weekly_at: Option<String>,
    /// Time of the mail about who is behind, on working days.
    pub behind_at: Option<String>,
}

/// How the connection to a mail server is kept from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    Tls,
    StartTls,
    /// It does not leave this machine.
    None,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailServer {
    pub host: String,
    pub port: u16,
    pub encryption: Encryption,
}

/// When mails go out, on the floor's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailTimes {
    pub weekday: Weekday,
    pub weekly: Time,
    pub behind: Time,
}

/// `[[hub.webhook]]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HookSettings {
    /// By which what was sent is known.
    pub name: String,
    pub url: String,
    #[serde(default)]
    pub format: HookFormat,
    /// File with the secret that signs what is sent.
    pub secret_file: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HookFormat {
    /// What happened, as data, signed as standard webhooks are.
    #[default]
    Json,
    /// A line of text, as chats take it: `{"text": "…"}`.
    Chat,
}

impl MailSettings {
    /// # Errors
    /// What is wrong, by its key.
    pub fn check(&self) -> Result<(), String> {
        self.server()?;
        self.times()?;
        if self.user.is_some() != self.password_file.is_some() {
            return Err("[hub.mail] user and password_file belong together".into());
        }
        Ok(())
    }

    /// # Errors
    /// It is no address of a mail server.
    pub fn server(&self) -> Result<MailServer, String> {
        let wrong = || {
            let expected = "an address like \"smtp://mail.example:587\" or \"smtps://mail.example\"";
            format!("[hub.mail] server = {:?}: expected {expected}", self.server)
        };
        let (scheme, rest) = self.server.split_once("://").ok_or_else(wrong)?;
        let rest = rest.trim_end_matches('/');
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) => (host, Some(port.parse::<u16>().map_err(|_| wrong())?)),
            None => (rest, None),
        };
        if host.is_empty() || host.contains(['/', '@', ' ', ':']) {
            return Err(wrong());
        }
        let (encryption, usual) = match scheme {
            "smtps" => (Encryption::Tls, 465),
            "smtp" if matches!(host, "localhost" | "127.0.0.1") => (Encryption::None, 25),
            "smtp" => (Encryption::StartTls, 587),
            _ => return Err(wrong()),
        };
        Ok(MailServer { host: host.to_owned(), port: port.unwrap_or(usual), encryption })
    }

    /// # Errors
    /// One of them is no time.
    pub fn times(&self) -> Result<MailTimes, String> {
        let weekly = self.weekly_at.as_deref().unwrap_or(WEEKLY_AT);
        let behind = self.behind_at.as_deref().unwrap_or(BEHIND_AT);
        let (weekday, time) =
            weekly.split_once(' ').and_then(|(day, time)| Some((weekday(day)?, time_of_day(time)?))).ok_or_else(
                || format!("[hub.mail] weekly_at = {weekly:?}: expected a weekday and a time like {WEEKLY_AT:?}"),
            )?;
        let behind = time_of_day(behind)
            .ok_or_else(|| format!("[hub.mail] behind_at = {behind:?}: expected a time like {BEHIND_AT:?}"))?;
        Ok(MailTimes { weekday, weekly: time, behind })
    }

    /// User and password.
    ///
    /// # Errors
    /// The password cannot be read.
    pub fn credentials(&self) -> Result<Option<(String, String)>, String> {
        match (&self.user, &self.password_file) {
            (Some(user), Some(file)) => Ok(Some((user.clone(), secret(file)?))),
            _ => Ok(None),
        }
    }
}

impl HookSettings {
    /// # Errors
    /// What is wrong, by its key.
    pub fn check(&self) -> Result<(), String> {
        if self.name.is_empty() || !self.name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return Err(format!("[[hub.webhook]] name = {:?}: expected letters, digits and -", self.name));
        }
        let host = ["https://", "http://"].iter().find_map(|scheme| self.url.strip_prefix(scheme)).unwrap_or_default();
        if host.is_empty() || host.starts_with(['/', ':']) {
            // The address of a chat is a secret itself: it is not said.
            return Err(format!(
                "[[hub.webhook]] url of {}: expected an address like \"https://host/path\"",
                self.name
            ));
        }
        if self.format == HookFormat::Json && self.secret_file.is_none() {
            return Err(format!(
                "[[hub.webhook]] {} has no secret_file: without one its receiver cannot know who sends",
                self.name
            ));
        }
        Ok(())
    }

    /// # Errors
    /// The secret cannot be read, or nothing can be signed with it.
    pub fn secret(&self) -> Result<Option<String>, String> {
        let Some(file) = &self.secret_file else { return Ok(None) };
        let secret = secret(file)?;
        webhook::check_secret(&secret).map_err(|why| format!("{}: {why}", file.display()))?;
        Ok(Some(secret))
    }
}

pub(super) fn secret(file: &Path) -> Result<String, String> {
    let bytes = files::read(file, MAX_SECRET).map_err(|error| format!("{}: {error}", file.display()))?;
    let text = String::from_utf8_lossy(&bytes).trim().to_owned();
    if text.is_empty() { Err(format!("{}: the file is empty", file.display())) } else { Ok(text) }
}

fn time_of_day(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

fn weekday(text: &str) -> Option<Weekday> {
    let all = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let at = all.iter().position(|name| text.to_ascii_lowercase().starts_with(name))?;
    Weekday::from_monday_zero_offset(at as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(server: &str, weekly_at: &str) -> MailSettings {
        let text = format!("server = {server:?}\nfrom = \"f@x.example\"\nweekly_at = {weekly_at:?}");
        toml::from_str(&text).unwrap()
    }

    #[test]
    fn only_a_server_on_this_machine_is_spoken_to_in_the_clear() {
        let of = |server: &str| {
            let server = mail(server, WEEKLY_AT).server().unwrap();
            (server.host, server.port, server.encryption)
        };
        assert_eq!(of("smtp://mail.example"), ("mail.example".into(), 587, Encryption::StartTls));
        assert_eq!(of("smtps://mail.example:4465/"), ("mail.example".into(), 4465, Encryption::Tls));
        assert_eq!(of("smtp://127.0.0.1:2525"), ("127.0.0.1".into(), 2525, Encryption::None));
        for wrong in ["mail.example", "http://mail.example", "smtp://", "smtp://user:pw@mail.example", "smtp://a:b"] {
            assert!(mail(wrong, WEEKLY_AT).server().unwrap_err().contains("smtp://mail.example:587"), "{wrong}");
        }
    }

    #[test]
    fn times_are_told_where_they_are_none() {
        let times = mail("smtp://m", "fri 16:30").times().unwrap();
        assert_eq!((times.weekday, times.weekly), (Weekday::Friday, Time::constant(16, 30, 0, 0)));
        for wrong in ["07:00", "Mon", "Mon 25:00", "Day 07:00"] {
            assert!(mail("smtp://m", wrong).times().unwrap_err().contains(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_secret_that_signs_nothing_is_told_before_anything_is_sent() {
        let file = std::env::temp_dir().join(format!("floorcast-secret-{}", std::process::id()));
        let text = format!("name = \"a\"\nurl = \"https://x.example/\"\nsecret_file = {file:?}");
        let secret = |text_of_file: &str| {
            std::fs::write(&file, text_of_file).unwrap();
            toml::from_str::<HookSettings>(&text).unwrap().secret()
        };
        let said = secret("whsec_no base64!\n").unwrap_err();
        assert!(
            said.contains("floorcast-secret-") && said.contains("Base64") && !said.contains("no base64!"),
            "{said}"
        );
        assert_eq!(
            secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n"),
            Ok(Some("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".into()))
        );
        assert_eq!(secret("words"), Ok(Some("words".into())));
        std::fs::remove_file(&file).unwrap();
    }

    #[test]
    fn a_webhook_without_a_secret_is_refused_unless_it_is_a_chat() {
        let hook = |format: &str, url: &str| {
            let text = format!("name = \"a\"\nurl = {url:?}\nformat = {format:?}");
            toml::from_str::<HookSettings>(&text).unwrap().check()
        };
        assert_eq!(hook("chat", "https://chat.example/hook"), Ok(()));
        assert!(hook("json", "https://x.example/").unwrap_err().contains("secret_file"));
        assert!(hook("chat", "ftp://x.example/").unwrap_err().contains("https://host/path"));
    }
}
