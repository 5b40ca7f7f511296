//! What a wall reads of `[hub]`: the hub that it belongs to, and whether this machine is the hub too.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use toml::Spanned;
use toml::de::DeValue;

use super::feed::FeedSettings;
use super::read::Section;
use super::source::FeedSource;
use super::token::TokenSource;

/// In place of an address: the hub that announces itself in this network.
const FOUND: &str = "auto";

/// Where a hub listens, if nobody says.
const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8271);

/// Keys of `[hub]` that only the hub reads: `floorcast hub --config`.
const OF_THE_HUB: [&str; 19] = [
    "db",
    "public_url",
    "mqtt",
    "mqtt_user",
    "mqtt_password_file",
    "name",
    "tz",
    "locale",
    "currency",
    "week_start",
    "fiscal_month",
    "workdays",
    "mail",
    "webhook",
    "oidc",
    "backup_key_file",
    "backup_dir",
    "backup_keep",
    "trusted_proxies",
];

/// `[hub]`, as far as it is the wall's. The hub reads the rest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HubLink {
    /// Address of the hub that says what this screen shows, or [`FOUND`].
    pub url: Option<String>,
    /// Where the hub listens that this machine runs; `None`: it runs none.
    pub embedded: Option<SocketAddr>,
}

impl HubLink {
    /// The board of a screen that has no other feed.
    pub(super) fn feed(&self, cache_dir: Option<&PathBuf>) -> Option<FeedSettings> {
        let own_token = || Some(TokenSource::Own(cache_dir.cloned()));
        let (address, token) = match (&self.url, self.embedded) {
            (Some(url), _) if url == FOUND => {
                let source = Some(FeedSource::FoundHub);
                return Some(FeedSettings { source, token: own_token(), of_hub: true, ..FeedSettings::default() });
            }
            (Some(url), _) => (format!("{}/screen", url.trim_end_matches('/')), own_token()),
            // Its own machine sees boards without a token.
            (None, Some(at)) => {
                let host = if at.ip().is_unspecified() { "127.0.0.1".to_owned() } else { at.ip().to_string() };
                (format!("http://{}/boards/main", SocketAddr::new(host.parse().ok()?, at.port())), None)
            }
            (None, None) => return None,
        };
        let source = FeedSource::parse(&address).ok();
        Some(FeedSettings { source, token, of_hub: true, ..FeedSettings::default() })
    }
}

/// Reads what of `[hub]` is the wall's.
pub(super) fn hub(mut s: Section<'_, '_>) -> HubLink {
    let url = s.get("url", "an http or https address, or \"auto\"", hub_address).map(Spanned::into_inner);
    let embedded = s.flag("embedded").unwrap_or(false);
    let listen = s.get("listen", "an address and a port like \"127.0.0.1:8271\"", |value| value.as_str()?.parse().ok());
    s.skip(&OF_THE_HUB);
    s.finish();
    HubLink { url, embedded: embedded.then(|| listen.map_or(LISTEN, Spanned::into_inner)) }
}

fn hub_address(value: &DeValue<'_>) -> Option<String> {
    value.as_str().filter(|text| *text == FOUND).map(str::to_owned).or_else(|| web_address(value))
}

/// An http or https address with a host.
pub(super) fn web_address(value: &DeValue<'_>) -> Option<String> {
    let text = value.as_str()?;
    let url = url::Url::parse(text).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| text.to_owned())
}
