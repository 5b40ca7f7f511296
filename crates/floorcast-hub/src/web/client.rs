//! From which address a request comes: that of its connection, or the one that a trusted proxy passes on.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use ipnet::IpNet;

use super::state::App;

/// The address of whoever asks; `None` where there is no connection.
pub struct ClientAddress(pub Option<IpAddr>);

impl ClientAddress {
    pub fn of(parts: &Parts, app: &App) -> ClientAddress {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        ClientAddress(peer.map(|peer| behind(peer, &parts.headers, &app.options.trusted_proxies)))
    }

    /// What limits count by: of an IPv6 address the network, in which one machine has as many as it likes.
    pub fn key(&self) -> String {
        match self.0 {
            None => "unknown".to_owned(),
            Some(IpAddr::V4(address)) => address.to_string(),
            Some(IpAddr::V6(address)) => Ipv6Addr::from(u128::from(address) & (u128::MAX << 64)).to_string(),
        }
    }

    pub fn text(&self) -> Option<String> {
        self.0.map(|address| address.to_string())
    }
}

impl FromRequestParts<App> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<ClientAddress, Infallible> {
        Ok(ClientAddress::of(parts, app))
    }
}

/// A proxy whose word is not taken, where one passed the request on.
pub struct Proxy(pub Option<IpAddr>);

impl FromRequestParts<App> for Proxy {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Proxy, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip().to_canonical());
        let passed_on = parts.headers.contains_key(FORWARDED_FOR) || parts.headers.contains_key("forwarded");
        Ok(Proxy(peer.filter(|peer| passed_on && !is_trusted(*peer, &app.options.trusted_proxies))))
    }
}

const FORWARDED_FOR: &str = "x-forwarded-for";

fn is_trusted(address: IpAddr, trusted: &[IpNet]) -> bool {
    trusted.iter().any(|network| network.contains(&address))
}

/// The last hop that no trusted proxy is: what stands left of it anybody may have written.
fn behind(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let mut address = peer.to_canonical();
    for hop in hops(headers).iter().rev() {
        if !is_trusted(address, trusted) {
            break;
        }
        match hop {
            Some(hop) => address = *hop,
            // A hop that hides its address ends what is known.
            None => break,
        }
    }
    address
}

/// Every hop, the first one first. `Forwarded` counts where there is no `X-Forwarded-For`, whatever stands in that: proxies that
/// write one of them often pass the other on as it came.
fn hops(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    // A head with letters that are no ASCII is one too: left out it would hide what a proxy wrote behind them.
    let texts = |name: &str| -> Vec<String> {
        headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect()
    };
    let given = texts(FORWARDED_FOR);
    if !given.is_empty() {
        return given.iter().flat_map(|text| text.split(',')).map(address).collect();
    }
    let of_element = |element: &str| {
        let pairs = element.split(';').filter_map(|pair| pair.split_once('='));
        let of = pairs.map(|(key, value)| (key.trim().to_ascii_lowercase(), value)).find(|(key, _)| key == "for");
        of.and_then(|(_, value)| address(value))
    };
    texts("forwarded").iter().flat_map(|text| text.split(',')).map(of_element).collect()
}

/// `10.0.0.9`, `10.0.0.9:4711`, `"[2001:db8::1]:4711"`
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"');
    let bare = text.strip_prefix('[').and_then(|rest| rest.split_once(']')).map_or(text, |(bare, _)| bare);
    let found = bare.parse().ok().or_else(|| Some(text.parse::<SocketAddr>().ok()?.ip()));
    found.map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn seen(peer: &str, headers: &[(&'static str, &str)], trusted: &[&str]) -> String {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        let trusted: Vec<IpNet> = trusted.iter().map(|text| text.parse().unwrap()).collect();
        behind(peer.parse().unwrap(), &map, &trusted).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_says_who_is_behind_it() {
        let from = [("x-forwarded-for", "1.1.1.1, 203.0.113.7")];
        assert_eq!(seen("198.51.100.4", &from, &[]), "198.51.100.4");
        assert_eq!(seen("198.51.100.4", &from, &["10.0.0.0/8"]), "198.51.100.4");
        // What stands left of the last hop the browser wrote itself.
        assert_eq!(seen("10.0.0.2", &from, &["10.0.0.0/8"]), "203.0.113.7");
        assert_eq!(seen("::ffff:10.0.0.2", &from, &["10.0.0.2/32"]), "203.0.113.7");
        let chain = [("x-forwarded-for", "1.1.1.1"), ("x-forwarded-for", "203.0.113.7:55, 10.0.0.3")];
        assert_eq!(seen("10.0.0.2", &chain, &["10.0.0.0/8"]), "203.0.113.7");
        assert_eq!(seen("10.0.0.2", &[("x-forwarded-for", "1.1.1.1, unknown")], &["10.0.0.0/8"]), "10.0.0.2");
    }

    #[test]
    fn what_a_client_writes_before_a_proxy_does_hides_nothing_of_it() {
        let seen = |client: &[u8], peer: &str| {
            let mut map = HeaderMap::new();
            let text = [client, b", 203.0.113.7"].concat();
            map.append("x-forwarded-for", HeaderValue::from_bytes(&text).unwrap());
            map.append("forwarded", "for=9.9.9.9".parse().unwrap());
            behind(peer.parse().unwrap(), &map, &["10.0.0.2/32".parse().unwrap()]).to_string()
        };
        for client in [b"\xe9".as_slice(), b"1.1.1.1\xff", "1.1.1.1, Ö".as_bytes(), b"\"", b"", b","] {
            assert_eq!(seen(client, "10.0.0.2"), "203.0.113.7", "{client:?}");
            assert_eq!(seen(client, "198.51.100.4"), "198.51.100.4", "{client:?}");
        }
        // A head that says nothing is one all the same: the other one is not read.
        let mut map = HeaderMap::new();
        map.append("x-forwarded-for", HeaderValue::from_bytes(b"\xe9").unwrap());
        map.append("forwarded", "for=9.9.9.9".parse().unwrap());
        let address = behind("10.0.0.2".parse().unwrap(), &map, &["10.0.0.2/32".parse().unwrap()]);
        assert_eq!(address.to_string(), "10.0.0.2");
    }

    #[test]
    fn forwarded_is_read_where_nothing_else_is_there() {
        let both = [("forwarded", "for=9.9.9.9"), ("x-forwarded-for", "203.0.113.7")];
        assert_eq!(seen("10.0.0.2", &both, &["10.0.0.2/32"]), "203.0.113.7");
        let one = [("forwarded", "for=1.1.1.1, proto=https; For=\"[2001:db8::7]:4711\"")];
        assert_eq!(seen("10.0.0.2", &one, &["10.0.0.2/32"]), "2001:db8::7");
        assert_eq!(ClientAddress(Some("2001:db8::7".parse().unwrap())).key(), "2001:db8::");
    }
}
