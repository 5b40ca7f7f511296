//! The settings of a hub: `[hub]` of a settings file, with line and caret where something is wrong.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use ipnet::IpNet;
use serde::Deserialize;

use super::nightly::KEPT;
use super::outgoing::{HookSettings, MailSettings};
use super::sign_on::OidcSettings;
use crate::files;
use crate::publish::mqtt::Broker;
use crate::store::floor::FloorRow;

/// Where the hub listens, if nobody says.
pub const LISTEN: &str = "127.0.0.1:8271";

/// A password is shorter.
const MAX_PASSWORD: u64 = 16 << 10;

#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
struct File {
    #[serde(default)]
    hub: HubSettings,
}

/// `[hub]`
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HubSettings {
    pub listen: Option<SocketAddr>,
    /// Folder of the floor, or `postgres://…`.
    pub db: Option<PathBuf>,
    /// Address under which people and screens reach the hub.
    pub public_url: Option<String>,
    /// Proxies in front of the hub, as addresses or networks: whom they pass on is read from their heads.
    #[serde(default)]
    pub trusted_proxies: Vec<String>,
    /// The hub that a wall with these settings belongs to. The wall reads it.
    pub url: Option<String>,
    /// Whether a wall with these settings starts the hub. The wall reads it.
    pub embedded: Option<bool>,
    /// Brokers that get every board: `mqtt://HOST/floor/v1/ORG`.
    #[serde(default)]
    pub mqtt: Vec<String>,
    pub mqtt_user: Option<String>,
    /// File with the password of that user.
    pub mqtt_password_file: Option<PathBuf>,
    pub name: Option<String>,
    pub tz: Option<String>,
    pub locale: Option<String>,
    pub currency: Option<String>,
    pub week_start: Option<u8>,
    pub fiscal_month: Option<u8>,
    /// A digit for each weekday, Monday first: `1111100`.
    pub workdays: Option<String>,
    /// File with the key of coaching and training in backups.
    pub backup_key_file: Option<PathBuf>,
    /// Folder of the nightly backups.
    pub backup_dir: Option<PathBuf>,
    /// So many nightly backups are kept.
    pub backup_keep: Option<usize>,
    pub mail: Option<MailSettings>,
    #[serde(default)]
    pub webhook: Vec<HookSettings>,
    pub oidc: Option<OidcSettings>,
}

/// What of the settings is the floor's: a plan may say the same.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FloorSettings {
    pub name: Option<String>,
    pub tz: Option<String>,
    pub locale: Option<String>,
    pub currency: Option<String>,
    pub week_start: Option<u8>,
    pub fiscal_month: Option<u8>,
    /// A digit for each weekday, Monday first: `1111100`.
    pub workdays: Option<String>,
}

/// A setting, its value, and who said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EffectiveSetting {
    pub key: &'static str,
    pub value: String,
    pub from: String,
}

impl HubSettings {
    /// # Errors
    /// The file cannot be read, or `[hub]` is wrong: with line and caret.
    pub fn load(file: &Path) -> Result<HubSettings, String> {
        let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        HubSettings::parse(&text).map_err(|error| format!("{}: {error}", file.display()))
    }

    /// # Errors
    /// What is wrong, with line and caret.
    pub fn parse(text: &str) -> Result<HubSettings, String> {
        let settings: HubSettings = toml::from_str::<File>(text).map_err(|error| error.to_string())?.hub;
        settings.check()?;
        Ok(settings)
    }

    /// What is said of the floor.
    pub fn floor(&self) -> FloorSettings {
        FloorSettings {
            name: self.name.clone(),
            tz: self.tz.clone(),
            locale: self.locale.clone(),
            currency: self.currency.clone(),
            week_start: self.week_start,
            fiscal_month: self.fiscal_month,
            workdays: self.workdays.clone(),
        }
    }

    fn check(&self) -> Result<(), String> {
        if let Some(address) = self.mqtt.iter().find(|address| Broker::parse(address).is_err()) {
            let expected = "addresses like \"mqtt://broker.example/floor/v1/acme\"";
            return Err(format!("[hub] mqtt = {address:?}: expected {expected}"));
        }
        self.proxies()?;
        if self.backup_keep == Some(0) {
            return Err("[hub] backup_keep = 0: expected how many backups are kept, 1 or more".into());
        }
        if let Some(mail) = &self.mail {
            mail.check()?;
            if self.public_url.is_none() {
                return Err("[hub.mail] needs public_url in [hub]: mails have links to the hub".into());
            }
        }
        if let Some(oidc) = &self.oidc {
            oidc.check()?;
            if self.public_url.is_none() {
                return Err("[hub.oidc] needs public_url in [hub]: the provider sends people back to it".into());
            }
        }
        for (at, hook) in self.webhook.iter().enumerate() {
            hook.check()?;
            if self.webhook[..at].iter().any(|other| other.name == hook.name) {
                return Err(format!("[[hub.webhook]] name = {:?}: there are two of this name", hook.name));
            }
        }
        self.floor().check("hub")
    }

    /// The networks of the proxies that are trusted.
    ///
    /// # Errors
    /// One of them is neither an address nor a network.
    pub fn proxies(&self) -> Result<Vec<IpNet>, String> {
        let network = |text: &String| {
            let address = text.parse::<IpAddr>().map(|address| IpNet::from(address.to_canonical()));
            text.parse::<IpNet>().or(address).map_err(|_| {
                format!("[hub] trusted_proxies = {text:?}: expected an address like \"10.0.0.2\" or a network like \"10.0.0.0/24\"")
            })
        };
        self.trusted_proxies.iter().map(network).collect()
    }

    /// The brokers, with user and password.
    ///
    /// # Errors
    /// The password cannot be read.
    pub fn brokers(&self) -> Result<Vec<Broker>, String> {
        let user = match (&self.mqtt_user, &self.mqtt_password_file) {
            (Some(user), Some(file)) => {
                let named = |error: std::io::Error| format!("{}: {error}", file.display());
                let password = files::read(file, MAX_PASSWORD).map_err(named)?;
                Some((user.clone(), String::from_utf8_lossy(&password).trim().to_owned()))
            }
            (None, None) => None,
            _ => return Err("[hub] mqtt_user and mqtt_password_file belong together".into()),
        };
        let broker = |address: &String| Ok(Broker { user: user.clone(), ..Broker::parse(address)? });
        self.mqtt.iter().map(broker).collect()
    }

    /// Every setting with its value and where it comes from. A password in an address is not told.
    pub fn effective(&self, file: Option<&Path>, floor: Option<&FloorRow>) -> Vec<EffectiveSetting> {
        let from_file = file.map_or_else(|| "settings".to_owned(), |file| file.display().to_string());
        let mut out = Vec::new();
        let mut tell = |key, said: Option<String>, otherwise: Option<String>, whose: &str| {
            let (value, from) = match (said, otherwise) {
                (Some(value), _) => (value, from_file.clone()),
                (None, Some(value)) => (value, whose.to_owned()),
                (None, None) => ("–".to_owned(), "nobody said".to_owned()),
            };
            out.push(EffectiveSetting { key, value, from });
        };
        tell("listen", self.listen.map(|at| at.to_string()), Some(LISTEN.into()), "default");
        tell("db", self.db.as_ref().map(|db| without_password(&db.to_string_lossy())), None, "");
        tell("public_url", self.public_url.clone(), None, "");
        let proxies = (!self.trusted_proxies.is_empty()).then(|| self.trusted_proxies.join(", "));
        tell("trusted_proxies", proxies, Some("none".into()), "default");
        let brokers = (!self.mqtt.is_empty()).then(|| self.mqtt.join(", "));
        tell("mqtt", brokers, None, "");
        let key_file = self.backup_key_file.as_ref().map(|file| file.display().to_string());
        let backup_dir = self.backup_dir.as_ref().map(|folder| folder.display().to_string());
        let is_server = self.db.as_deref().is_some_and(|db| crate::store::address(db).is_some());
        tell("backup_dir", backup_dir, (!is_server).then(|| "backups".into()), "default");
        tell("backup_keep", self.backup_keep.map(|n| n.to_string()), Some(KEPT.to_string()), "default");
        tell("backup_key_file", key_file, Some("backup.key".into()), "default");
        tell("mail.server", self.mail.as_ref().map(|mail| mail.server.clone()), None, "");
        tell("mail.from", self.mail.as_ref().map(|mail| mail.from.clone()), None, "");
        tell("oidc.issuer", self.oidc.as_ref().map(|oidc| oidc.issuer.clone()), None, "");
        let names: Vec<&str> = self.webhook.iter().map(|hook| hook.name.as_str()).collect();
        tell("webhook", (!names.is_empty()).then(|| names.join(", ")), None, "");
        tell("embedded", self.embedded.map(|of| of.to_string()), Some("false".into()), "default");
        let of = |get: fn(&FloorRow) -> String| floor.map(get);
        tell("name", self.name.clone(), of(|floor| floor.name.clone()), "floor");
        tell("tz", self.tz.clone(), of(|floor| floor.tz.clone()), "floor");
        tell("locale", self.locale.clone(), of(|floor| floor.locale.clone()), "floor");
        tell("currency", self.currency.clone(), of(|floor| floor.currency.clone()), "floor");
        tell("week_start", self.week_start.map(|n| n.to_string()), of(|floor| floor.week_start.to_string()), "floor");
        let month = self.fiscal_month.map(|n| n.to_string());
        tell("fiscal_month", month, of(|floor| floor.fiscal_month.to_string()), "floor");
        tell("workdays", self.workdays.clone(), of(|floor| floor.workdays.clone()), "floor");
        out
    }
}

impl FloorSettings {
    /// # Errors
    /// A value that the floor could not be computed with. `section` is where it was said.
    pub fn check(&self, section: &str) -> Result<(), String> {
        let wrong = |key: &str, value: &dyn std::fmt::Debug, expected: &str| {
            Err(format!("[{section}] {key} = {value:?}: expected {expected}"))
        };
        if let Some(locale) = &self.locale
            && !salesboard::locale::is_tag(locale)
        {
            return wrong("locale", locale, "a language tag like \"en-US\" or \"ja\"");
        }
        if let Some(tz) = &self.tz
            && jiff::tz::TimeZone::get(tz).is_err()
        {
            return wrong("tz", tz, "an IANA time zone like \"Europe/Berlin\"");
        }
        if let Some(code) = &self.currency
            && (code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()))
        {
            return wrong("currency", code, "three capital letters like \"EUR\"");
        }
        if let Some(day) = self.week_start.filter(|day| !(1..=7).contains(day)) {
            return wrong("week_start", &day, "1 (Monday) to 7");
        }
        if let Some(month) = self.fiscal_month.filter(|month| !(1..=12).contains(month)) {
            return wrong("fiscal_month", &month, "1 to 12");
        }
        if let Some(days) = &self.workdays
            && (days.len() != 7 || !days.bytes().all(|byte| byte == b'0' || byte == b'1'))
        {
            return wrong("workdays", days, "seven digits like \"1111100\", Monday first");
        }
        Ok(())
    }

    /// What the file says of the floor goes before what the floor says of itself.
    pub fn apply(&self, floor: &mut FloorRow) {
        let set = |held: &mut String, said: &Option<String>| {
            if let Some(said) = said {
                held.clone_from(said);
            }
        };
        set(&mut floor.name, &self.name);
        set(&mut floor.tz, &self.tz);
        set(&mut floor.locale, &self.locale);
        set(&mut floor.currency, &self.currency);
        set(&mut floor.workdays, &self.workdays);
        floor.week_start = self.week_start.map_or(floor.week_start, i64::from);
        floor.fiscal_month = self.fiscal_month.map_or(floor.fiscal_month, i64::from);
    }
}

/// `postgres://hub@host/floor` of `postgres://hub:secret@host/floor`.
pub fn without_password(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let Some((user, host)) = rest.rsplit_once('@') else { return address.to_owned() };
    let user = user.split(':').next().unwrap_or_default();
    format!("{scheme}://{user}@{host}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_key_is_told_with_its_line() {
        let said = HubSettings::parse("brand = \"#fff\"\n[hub]\nlisten = \"127.0.0.1:1\"\nnmae = \"x\"\n").unwrap_err();
        assert!(said.contains("line 4") && said.contains('^') && said.contains("nmae"), "{said}");
        let said = HubSettings::parse("[hub]\ntz = \"Mars\"\n").unwrap_err();
        assert_eq!(said, "[hub] tz = \"Mars\": expected an IANA time zone like \"Europe/Berlin\"");
        let said = HubSettings::parse("[hub]\nlocale = \"no locale\"\n").unwrap_err();
        assert!(said.starts_with("[hub] locale = \"no locale\": expected a language tag"), "{said}");
        let said = HubSettings::parse("[hub]\nbackup_keep = 0\n").unwrap_err();
        assert!(said.contains("1 or more"), "{said}");
        let said = HubSettings::parse("[hub]\ntrusted_proxies = [\"10.0.0.0/8\", \"proxy.lan\"]\n").unwrap_err();
        assert!(said.starts_with("[hub] trusted_proxies = \"proxy.lan\": expected an address"), "{said}");
    }

    #[test]
    fn a_password_is_never_told() {
        assert_eq!(without_password("postgres://hub:s3cr@t@db.example/floor"), "postgres://hub@db.example/floor");
        assert_eq!(without_password("/var/lib/floor"), "/var/lib/floor");
    }
}
