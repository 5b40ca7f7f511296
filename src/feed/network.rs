//! Tells a server that is silent from a machine that has no network.

use std::net::IpAddr;

use super::failure::Failure;
use crate::board::TroubleKind;

/// The failure of a host that does not answer: with the cable out it is this machine that cannot ask.
pub(super) fn silent(host: &str, reason: String) -> Failure {
    let read = |path| std::fs::read_to_string(path).ok();
    let alone = !is_here(host) && is_alone(read("/proc/net/route").as_deref(), read("/proc/net/if_inet6").as_deref());
    let kind = if alone { TroubleKind::NoNetwork } else { TroubleKind::NoAnswer };
    Failure { kind, ..Failure::no_answer(reason) }
}

/// Whether a host is this machine itself, which needs no network. `host` may have a port.
fn is_here(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Whether nothing but the loopback has a route or an address. `route` and `inet6` are the kernel's tables; one that
/// cannot be read says nothing.
fn is_alone(route: Option<&str>, inet6: Option<&str>) -> bool {
    // RTF_UP.
    const UP: u32 = 0x1;
    let up = |line: &&str| {
        let mut fields = line.split_ascii_whitespace();
        let (name, flags) = (fields.next(), fields.nth(2).and_then(|flags| u32::from_str_radix(flags, 16).ok()));
        name.is_some_and(|name| name != "lo") && flags.is_some_and(|flags| flags & UP != 0)
    };
    // Address, index, prefix, scope (20: only this link), flags, name.
    let global = |line: &&str| {
        let fields: Vec<&str> = line.split_ascii_whitespace().collect();
        fields.get(3) != Some(&"20") && fields.get(5).is_some_and(|name| *name != "lo")
    };
    let routes = route.map(|table| table.lines().skip(1).any(|line| up(&line)));
    let addresses = inet6.map(|table| table.lines().any(|line| global(&line)));
    routes == Some(false) && addresses != Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n";
    const OWN: &str = "00000000000000000000000000000001 01 80 10 80       lo\n";

    #[test]
    fn a_machine_without_routes_and_addresses_is_alone() {
        let wired = format!("{HEAD}eth0\t00000000\t010200C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n");
        let link = format!("{OWN}fe800000000000000000000000000001 02 40 20 80     eth0\n");
        let six = format!("{OWN}20010db8000000000000000000000001 02 40 00 80     eth0\n");
        assert!(!is_alone(Some(&wired), Some(OWN)));
        assert!(is_alone(Some(HEAD), Some(OWN)));
        assert!(is_alone(Some(HEAD), Some(&link)), "an address for the link alone reaches no server");
        assert!(is_alone(Some(HEAD), None), "without IPv6");
        assert!(!is_alone(Some(HEAD), Some(&six)));
        assert!(!is_alone(None, None), "nothing is known");
    }

    #[test]
    fn what_runs_here_needs_no_network() {
        for host in ["localhost", "localhost:8080", "127.0.0.1", "127.0.0.1:80", "[::1]:80", "[::1]"] {
            assert!(is_here(host), "{host}");
        }
        for host in ["hub.example", "hub.example:443", "10.0.0.9", "[2001:db8::1]:80"] {
            assert!(!is_here(host), "{host}");
        }
    }
}
