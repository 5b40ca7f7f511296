//! Says in this machine's own network where a wall or a hub is (mDNS): browsers find it by a plain name, as
//! `http://floorcast-lobby.local:8270/`, and walls find their hub.

mod find;

pub use find::{FoundHub, find_hubs};

use std::net::{IpAddr, SocketAddr};

use mdns_sd::{ServiceDaemon, ServiceInfo};

/// What pages are found by.
const PAGES: &str = "_http._tcp.local.";
/// What walls find their hub by.
const HUBS: &str = "_floorcast._tcp.local.";

/// What is announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The page of a wall.
    Wall,
    /// The pages and boards of a hub.
    Hub,
}

/// An announcement; it is taken back when it is dropped.
pub struct Announced {
    daemon: ServiceDaemon,
    /// The name by which this machine is found: `floorcast-lobby.local`.
    pub name: String,
}

impl Drop for Announced {
    fn drop(&mut self) {
        // Where it cannot be taken back it is forgotten after its time.
        drop(self.daemon.shutdown());
    }
}

/// The name by which a machine is found: of what it is called, what a name in a network may have.
pub fn name(machine: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    // A label has at most 63 bytes.
    let label: String = machine.split('.').next().unwrap_or_default().chars().map(plain).take(50).collect();
    match label.trim_matches('-') {
        "" => "floorcast.local".to_owned(),
        label => format!("floorcast-{label}.local"),
    }
}

/// Announces what listens there on a machine of this name. `None`: only this machine could reach it.
///
/// # Errors
/// One line: the network lets nobody announce anything.
pub fn announce(kind: Kind, machine: &str, listen: SocketAddr) -> Result<Option<Announced>, String> {
    if listen.ip().is_loopback() {
        return Ok(None);
    }
    let wrong = |error: mdns_sd::Error| format!("mDNS: {error}");
    let daemon = ServiceDaemon::new().map_err(wrong)?;
    let services = services(kind, machine, listen).map_err(wrong)?;
    for service in services {
        daemon.register(service).map_err(wrong)?;
    }
    Ok(Some(Announced { daemon, name: name(machine) }))
}

fn services(kind: Kind, machine: &str, listen: SocketAddr) -> Result<Vec<ServiceInfo>, mdns_sd::Error> {
    let types = match kind {
        Kind::Wall => vec![PAGES],
        Kind::Hub => vec![PAGES, HUBS],
    };
    let what = if kind == Kind::Hub { "hub" } else { "wall" };
    let instance = format!("floorcast {what} {machine}");
    let host = format!("{}.", name(machine));
    let service = |kind: &str| {
        let path = [("path", "/")];
        let addresses: &[IpAddr] = if listen.ip().is_unspecified() { &[] } else { &[listen.ip()] };
        let service = ServiceInfo::new(kind, &instance, &host, addresses, listen.port(), &path[..])?;
        // On all addresses: those that the machine has, also when they change.
        Ok(if listen.ip().is_unspecified() { service.enable_addr_auto() } else { service })
    };
    types.into_iter().map(service).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_machine_is_found_by_a_plain_name() {
        for (machine, found) in [
            ("lobby", "floorcast-lobby.local"),
            ("Floor 2 East.example.org", "floorcast-floor-2-east.local"),
            ("東京", "floorcast.local"),
            ("", "floorcast.local"),
        ] {
            assert_eq!(name(machine), found);
        }
        assert!(name(&"x".repeat(300)).len() < 70);
    }

    #[test]
    fn each_says_where_it_is_and_nothing_of_a_machine_that_talks_to_itself() {
        let at = |address: &str| address.parse::<SocketAddr>().unwrap();
        let hub = services(Kind::Hub, "lobby", at("192.0.2.7:8271")).unwrap();
        let types: Vec<&str> = hub.iter().map(ServiceInfo::get_type).collect();
        assert_eq!(types, [PAGES, HUBS]);
        assert!(
            hub.iter().all(|service| service.get_port() == 8271 && service.get_hostname() == "floorcast-lobby.local.")
        );
        assert_eq!(services(Kind::Wall, "lobby", at("0.0.0.0:8270")).unwrap().len(), 1);
        for address in ["127.0.0.1:8270", "[::1]:8270"] {
            assert!(announce(Kind::Wall, "lobby", at(address)).unwrap().is_none(), "{address}");
        }
    }

    #[test]
    fn whoever_listens_in_the_network_hears_it() {
        if !hears_multicast() {
            eprintln!("SKIPPED: this machine hears no multicast");
            return;
        }
        let machine = format!("test-{}", std::process::id());
        let announced = announce(Kind::Hub, &machine, "0.0.0.0:8271".parse().unwrap()).unwrap().unwrap();
        let listener = ServiceDaemon::new().unwrap();
        let heard = listener.browse(HUBS).unwrap();
        let found =
            std::iter::from_fn(|| heard.recv_timeout(Duration::from_secs(20)).ok()).find_map(|event| match event {
                mdns_sd::ServiceEvent::ServiceResolved(service)
                    if service.get_hostname() == format!("{}.", announced.name) =>
                {
                    Some(service.get_port())
                }
                _ => None,
            });
        assert_eq!(found, Some(8271));
    }

    /// Whether what this machine says to the group of mDNS, on a port of this test's own, comes back to it.
    pub(crate) fn hears_multicast() -> bool {
        let group = std::net::Ipv4Addr::new(224, 0, 0, 251);
        let hears = || -> std::io::Result<bool> {
            let socket = std::net::UdpSocket::bind("0.0.0.0:0")?;
            socket.join_multicast_v4(&group, &std::net::Ipv4Addr::UNSPECIFIED)?;
            socket.set_read_timeout(Some(Duration::from_secs(5)))?;
            socket.send_to(b"floorcast", (group, socket.local_addr()?.port()))?;
            let mut came = [0; 16];
            Ok(socket.recv(&mut came)? == 9)
        };
        hears().unwrap_or(false)
    }
}
