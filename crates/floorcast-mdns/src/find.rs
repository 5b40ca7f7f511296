//! Finds the hubs that announce themselves in this machine's own network.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use mdns_sd::{ResolvedService, ServiceDaemon, ServiceEvent};

use super::HUBS;

/// After the first answer others get so long to come too.
const OTHERS: Duration = Duration::from_secs(1);

/// A hub in the same network takes a connection within this.
const CONNECT: Duration = Duration::from_millis(500);

/// Names are for people: longer ones are cut.
const MAX_NAME: usize = 60;

/// A hub that was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FoundHub {
    pub name: String,
    pub at: SocketAddr,
}

impl FoundHub {
    /// `http://192.0.2.7:8271`
    pub fn address(&self) -> String {
        format!("http://{}", self.at)
    }
}

/// Asks the network for hubs, for at most so long; those that take a connection, each once, by name.
///
/// # Errors
/// One line: the network lets nobody ask.
#[expect(clippy::disallowed_methods, reason = "answers come for a while, and the last is waited for no longer")]
pub fn find_hubs(patience: Duration) -> Result<Vec<FoundHub>, String> {
    let wrong = |error: mdns_sd::Error| format!("mDNS: {error}");
    let daemon = ServiceDaemon::new().map_err(wrong)?;
    let answers = daemon.browse(HUBS).map_err(wrong)?;
    let mut deadline = Instant::now() + patience;
    let mut found: BTreeMap<String, FoundHub> = BTreeMap::new();
    while let Ok(event) = answers.recv_deadline(deadline) {
        let ServiceEvent::ServiceResolved(service) = event else { continue };
        let reached = offers(&service).into_iter().find(|hub| TcpStream::connect_timeout(&hub.at, CONNECT).is_ok());
        if let Some(hub) = reached {
            found.insert(service.get_fullname().to_owned(), hub);
            deadline = deadline.min(Instant::now() + OTHERS);
        }
    }
    // What is left of it ends by itself.
    drop(daemon.shutdown());
    Ok(found.into_values().collect())
}

/// What an answer offers: whoever is in the network may have sent it, with anything in it.
fn offers(service: &ResolvedService) -> Vec<FoundHub> {
    let addresses = service.get_addresses().iter().map(mdns_sd::ScopedIp::to_ip_addr);
    offered(service.get_fullname(), service.get_port(), addresses)
}

fn offered(full_name: &str, port: u16, addresses: impl Iterator<Item = IpAddr>) -> Vec<FoundHub> {
    let name = full_name.strip_suffix(HUBS).unwrap_or(full_name).trim_end_matches('.');
    let is_plain = |c: &char| {
        !c.is_control() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let name: String = name.chars().filter(is_plain).take(MAX_NAME).collect();
    let mut addresses: Vec<IpAddr> = addresses.filter(|of| port != 0 && is_of_a_machine(of)).collect();
    // IPv4 first: it needs no zone.
    addresses.sort();
    addresses.dedup();
    addresses.into_iter().map(|ip| FoundHub { name: name.clone(), at: SocketAddr::new(ip, port) }).collect()
}

/// Whether an address can be that of another machine, without a zone.
fn is_of_a_machine(ip: &IpAddr) -> bool {
    match ip {
        IpAddr::V4(of) => !(of.is_loopback() || of.is_unspecified() || of.is_multicast() || of.is_broadcast()),
        IpAddr::V6(of) => {
            !(of.is_loopback() || of.is_unspecified() || of.is_multicast() || of.is_unicast_link_local())
                && of.to_ipv4_mapped().is_none()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Kind, announce, tests::hears_multicast};
    use proptest::prelude::*;
    use std::net::{Ipv4Addr, UdpSocket};

    proptest! {
        #[test]
        fn whatever_an_answer_says_an_address_is_one_of_another_machine(
            name in any::<String>(), port in any::<u16>(), v4 in any::<[u8; 4]>(), v6 in any::<[u16; 8]>(),
        ) {
            for hub in offered(&format!("{name}.{HUBS}"), port, [IpAddr::from(v4), IpAddr::from(v6)].into_iter()) {
                prop_assert!(hub.name.chars().count() <= MAX_NAME && !hub.name.contains(char::is_control));
                let of = hub.address();
                let back: SocketAddr = of.strip_prefix("http://").unwrap().parse().unwrap();
                prop_assert_eq!(back, hub.at);
                prop_assert!(back.port() != 0 && !back.ip().is_loopback() && !back.ip().is_multicast());
            }
        }
    }

    #[test]
    fn a_name_is_read_without_its_kind_and_addresses_of_nobody_are_left_out() {
        let all = ["127.0.0.1", "0.0.0.0", "224.0.0.251", "fe80::1", "::1", "2001:db8::7", "192.0.2.7", "192.0.2.7"];
        let found = offered(&format!("floorcast hub lobby.{HUBS}"), 8271, all.iter().map(|of| of.parse().unwrap()));
        let said: Vec<String> = found.iter().map(|hub| format!("{} {}", hub.name, hub.address())).collect();
        assert_eq!(
            said,
            ["floorcast hub lobby http://192.0.2.7:8271", "floorcast hub lobby http://[2001:db8::7]:8271"]
        );
        assert!(offered("x", 0, [IpAddr::from([192, 0, 2, 7])].into_iter()).is_empty());
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the wait has an end")]
    fn a_hub_that_announces_itself_is_found_through_noise() {
        if !hears_multicast() {
            eprintln!("SKIPPED: this machine hears no multicast");
            return;
        }
        // A hub takes connections.
        let hub = std::net::TcpListener::bind("0.0.0.0:0").unwrap();
        let port = hub.local_addr().unwrap().port();
        let machine = format!("find-{}", std::process::id());
        let announced = announce(Kind::Hub, &machine, hub.local_addr().unwrap()).unwrap().unwrap();
        // What is no answer, and answers that are cut or bent, harm nobody.
        let noise = UdpSocket::bind("0.0.0.0:0").unwrap();
        let mut state = 7_u32;
        for n in 0..300_usize {
            let bytes: Vec<u8> = (0..n)
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 24) as u8
                })
                .collect();
            noise.send_to(&bytes, (Ipv4Addr::new(224, 0, 0, 251), 5353)).ok();
        }
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let found = find_hubs(Duration::from_secs(5)).unwrap();
            if found.iter().any(|hub| hub.at.port() == port && hub.name.contains(&machine)) {
                break;
            }
            assert!(Instant::now() < deadline, "{found:?}");
        }
        drop(announced);
    }
}
