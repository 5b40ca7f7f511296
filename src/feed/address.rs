//! Decides which hosts a picture may come from: none that is nearer to the TV than the feed itself.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// The network from which an address can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AddressScope {
    /// The internet.
    Public,
    /// An office's own network.
    Private,
    /// One cable, and the metadata services of clouds.
    LinkLocal,
    /// The TV itself.
    Loopback,
    /// No address of a host.
    Unroutable,
}

impl AddressScope {
    /// IPv4 inside IPv6 counts as what it stands for.
    pub(super) fn of(address: IpAddr) -> AddressScope {
        match address {
            IpAddr::V4(address) => of_v4(address),
            IpAddr::V6(address) => embedded_v4(address).map_or_else(|| of_v6(address), of_v4),
        }
    }

    /// Whether a feed of this scope may name a picture at `address` (FEED §5).
    pub(super) fn allows(self, address: IpAddr) -> bool {
        let other = AddressScope::of(address);
        other == AddressScope::Public || (other == self && other != AddressScope::Unroutable)
    }
}

fn of_v4(address: Ipv4Addr) -> AddressScope {
    let [a, b, ..] = address.octets();
    match (a, b) {
        (127, _) => AddressScope::Loopback,
        (169, 254) => AddressScope::LinkLocal,
        // RFC 1918, carrier-grade NAT, benchmarking.
        (10, _) | (192, 168) | (172, 16..=31) | (100, 64..=127) | (198, 18 | 19) => AddressScope::Private,
        (0, _) | (224.., _) => AddressScope::Unroutable,
        _ => AddressScope::Public,
    }
}

fn of_v6(address: Ipv6Addr) -> AddressScope {
    let first = address.segments()[0];
    if address.is_loopback() {
        AddressScope::Loopback
    } else if address.is_unspecified() || address.is_multicast() {
        AddressScope::Unroutable
    } else if first & 0xffc0 == 0xfe80 {
        AddressScope::LinkLocal
    } else if first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfec0 {
        AddressScope::Private
    } else {
        AddressScope::Public
    }
}

/// The IPv4 address inside a mapped, translated, compatible, NAT64 or 6to4 one, or behind a Teredo one.
fn embedded_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let [a, b, c, d, e, f, high, low] = address.segments();
    let v4 = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match [a, b, c, d, e, f] {
        // The NAT64 of a network itself has the prefix of RFC 8215, where most put the address last.
        [0, 0, 0, 0, 0, 0xffff] | [0, 0, 0, 0, 0xffff, 0] | [0x64, 0xff9b, 0 | 1, ..] => Some(v4(high, low)),
        [0x2001, 0, ..] => Some(v4(!high, !low)),
        [0, 0, 0, 0, 0, 0] if high != 0 => Some(v4(high, low)),
        [0x2002, high, low, ..] => Some(v4(high, low)),
        _ => None,
    }
}

/// Refuses a host that a picture may not come from.
#[derive(Debug)]
pub(super) struct NotAllowed {
    host: String,
}

impl fmt::Display for NotAllowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: a private address; allowed only when the feed comes from one too", self.host)
    }
}

impl std::error::Error for NotAllowed {}

/// Checks a host that is written as an address: the resolver never sees those.
pub(super) fn check_literal(url: &Url, feed: AddressScope) -> Result<(), NotAllowed> {
    let literal = match url.host() {
        Some(Host::Ipv4(address)) => IpAddr::V4(address),
        Some(Host::Ipv6(address)) => IpAddr::V6(address),
        Some(Host::Domain(_)) | None => return Ok(()),
    };
    if feed.allows(literal) { Ok(()) } else { Err(NotAllowed { host: literal.to_string() }) }
}

/// A resolver that hides the addresses a picture may not come from. The connection is made to what it answers, so a
/// name that changes its address between check and use gains nothing.
pub(super) struct GuardedResolver {
    pub feed: AddressScope,
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let feed = self.feed;
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let allowed: Vec<SocketAddr> = found.into_iter().filter(|address| feed.allows(address.ip())).collect();
            if allowed.is_empty() {
                return Err(NotAllowed { host: name.as_str().to_owned() }.into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_sorted_by_where_they_can_be_reached() {
        for (scope, addresses) in [
            (
                AddressScope::Public,
                &["93.184.216.34", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2606:4700::1", "64:ff9b::5db8:d822"][..],
            ),
            (
                AddressScope::Private,
                &[
                    "10.1.2.3",
                    "172.16.0.1",
                    "192.168.1.1",
                    "100.64.0.1",
                    "fd00::1",
                    "::ffff:10.0.0.1",
                    "64:ff9b::c0a8:101",
                    "64:ff9b:1::c0a8:101",
                    "::ffff:0:10.0.0.1",
                    // Teredo keeps the complement of 192.168.1.1.
                    "2001:0:4136:e378:8000:63bf:3f57:fefe",
                    "2002:0a00:0001::",
                ],
            ),
            (AddressScope::LinkLocal, &["169.254.169.254", "fe80::1", "::ffff:169.254.169.254"]),
            (AddressScope::Loopback, &["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "::127.0.0.1"]),
            (AddressScope::Unroutable, &["0.0.0.0", "0.1.2.3", "224.0.0.1", "255.255.255.255", "::", "ff02::1"]),
        ] {
            for address in addresses {
                assert_eq!(AddressScope::of(address.parse().unwrap()), scope, "{address}");
            }
        }
    }

    #[test]
    fn a_picture_comes_from_no_nearer_than_the_feed() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        assert!(AddressScope::Public.allows(ip("93.184.216.34")));
        assert!(!AddressScope::Public.allows(ip("192.168.1.1")));
        assert!(!AddressScope::Public.allows(ip("127.0.0.1")));
        assert!(AddressScope::Private.allows(ip("192.168.1.1")) && AddressScope::Private.allows(ip("93.184.216.34")));
        assert!(!AddressScope::Private.allows(ip("127.0.0.1")) && !AddressScope::Private.allows(ip("169.254.169.254")));
        assert!(AddressScope::Loopback.allows(ip("127.0.0.1")));
        assert!(!AddressScope::Unroutable.allows(ip("0.0.0.0")));
    }

    #[test]
    fn an_address_in_the_url_is_checked_too() {
        let check = |url: &str| check_literal(&Url::parse(url).unwrap(), AddressScope::Public).is_ok();
        assert!(check("https://hub.example/a.png") && check("https://93.184.216.34/a.png"));
        // The url crate turns every spelling of an IPv4 address into the address.
        for url in [
            "https://127.0.0.1/",
            "https://0x7f.1/",
            "https://2130706433/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
        ] {
            assert!(!check(url), "{url}");
        }
    }
}
