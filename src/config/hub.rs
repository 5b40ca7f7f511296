//! What a wall reads of `[hub]`: the hub that it belongs to, and whether this machine is the hub too.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use toml::de::DeValue;

use super::feed::FeedSettings;
use super::source::FeedSource;
use super::token::TokenSource;

/// Where a hub listens, if nobody says.
const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8271);

/// `[hub]`, as far as it is the wall's. The hub reads the rest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HubLink {
    /// Address of the hub that says what this screen shows.
    pub url: Option<String>,
    /// Where the hub listens that this machine runs; `None`: it runs none.
    pub embedded: Option<SocketAddr>,
}

impl HubLink {
    pub(super) fn read(value: &DeValue<'_>) -> Option<HubLink> {
        let table = value.as_table()?;
        let of = |key: &str| table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value.get_ref());
        let url = match of("url") {
            Some(value) => Some(web_address(value)?),
            None => None,
        };
        let embedded = match of("embedded") {
            Some(value) => value.as_bool()?,
            None => false,
        };
        // An address that is none is told by the hub, which reads it too.
        let listen = of("listen").and_then(DeValue::as_str).and_then(|text| text.parse().ok()).unwrap_or(LISTEN);
        Some(HubLink { url, embedded: embedded.then_some(listen) })
    }

    /// The board of a screen that has no other feed.
    pub(super) fn feed(&self, cache_dir: Option<&PathBuf>) -> Option<FeedSettings> {
        let (address, token) = match (&self.url, self.embedded) {
            (Some(url), _) => {
                (format!("{}/screen", url.trim_end_matches('/')), Some(TokenSource::Own(cache_dir.cloned())))
            }
            // Its own machine sees boards without a token.
            (None, Some(at)) => {
                let host = if at.ip().is_unspecified() { "127.0.0.1".to_owned() } else { at.ip().to_string() };
                (format!("http://{}/boards/main", SocketAddr::new(host.parse().ok()?, at.port())), None)
            }
            (None, None) => return None,
        };
        Some(FeedSettings { source: FeedSource::parse(&address).ok(), token, ..FeedSettings::default() })
    }
}

/// An http or https address with a host.
pub(super) fn web_address(value: &DeValue<'_>) -> Option<String> {
    let text = value.as_str()?;
    let url = url::Url::parse(text).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| text.to_owned())
}
