//! Tells a server that is silent from a machine that has no network.

use std::net::IpAddr;

use super::failure::Failure;
use crate::board::TroubleKind;
use crate::routes;

/// The failure of a host that does not answer: with the cable out it is this machine that cannot ask.
pub(super) fn no_response(host: &str, reason: String) -> Failure {
    let read = |path| std::fs::read_to_string(path).ok();
    let offline = !is_this_machine(host)
        && has_no_network(read("/proc/net/route").as_deref(), read("/proc/net/if_inet6").as_deref());
    let kind = if offline { TroubleKind::NoNetwork } else { TroubleKind::NoAnswer };
    Failure { kind, ..Failure::no_answer(reason) }
}

/// Whether a host is this machine itself, which needs no network. `host` may have a port.
fn is_this_machine(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Whether only the loopback has a route or an address. `route` and `inet6` are the kernel's tables; one that cannot be
/// read proves nothing.
fn has_no_network(route: Option<&str>, inet6: Option<&str>) -> bool {
    // Address, index, prefix, scope (20: only this link), flags, name.
    let global = |line: &str| {
        let fields: Vec<&str> = line.split_ascii_whitespace().collect();
        fields.get(3) != Some(&"20") && fields.get(5).is_some_and(|name| *name != "lo")
    };
    let routes = route.map(|table| routes::parse(table).iter().any(|route| route.is_up && route.interface != "lo"));
    let addresses = inet6.map(|table| table.lines().any(global));
    routes == Some(false) && addresses != Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n";
    const OWN: &str = "00000000000000000000000000000001 01 80 10 80       lo\n";

    #[test]
    fn a_machine_without_routes_and_addresses_has_no_network() {
        let wired = format!("{HEAD}eth0\t00000000\t010200C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n");
        let link = format!("{OWN}fe800000000000000000000000000001 02 40 20 80     eth0\n");
        let six = format!("{OWN}20010db8000000000000000000000001 02 40 00 80     eth0\n");
        assert!(!has_no_network(Some(&wired), Some(OWN)));
        assert!(has_no_network(Some(HEAD), Some(OWN)));
        assert!(has_no_network(Some(HEAD), Some(&link)), "an address for the link alone reaches no server");
        assert!(has_no_network(Some(HEAD), None), "without IPv6");
        assert!(!has_no_network(Some(HEAD), Some(&six)));
        assert!(!has_no_network(None, None), "without the tables");
    }

    #[test]
    fn what_runs_here_needs_no_network() {
        for host in ["localhost", "localhost:8080", "127.0.0.1", "127.0.0.1:80", "[::1]:80", "[::1]"] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in ["hub.example", "hub.example:443", "10.0.0.9", "[2001:db8::1]:80"] {
            assert!(!is_this_machine(host), "{host}");
        }
    }
}
