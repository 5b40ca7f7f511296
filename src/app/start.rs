//! What is looked up of this machine: its name, its network and its address there.

use std::path::Path;

/// This machine's name, as its screen is called where the settings name none.
pub(super) fn machine() -> String {
    crate::config::screen_name(&std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default())
}

/// This machine's address towards the network; no packet is sent for it.
pub(super) fn local_address() -> Option<String> {
    let socket = std::net::UdpSocket::bind("0.0.0.0:0").ok()?;
    // A documentation address (RFC 5737): the kernel only looks up which way it would go.
    socket.connect("192.0.2.1:9").ok()?;
    Some(socket.local_addr().ok()?.ip().to_string())
}

/// The network that the default route leads to, as people call it: by wire or by radio. Nothing is sent for it.
pub(super) fn network() -> Option<String> {
    let interface = default_interface(&std::fs::read_to_string("/proc/net/route").ok()?)?;
    let wireless = Path::new("/sys/class/net").join(interface).join("phy80211").exists();
    Some(if wireless { "WI-FI" } else { "ETHERNET" }.to_owned())
}

/// The interface of the default route, of several the one that the kernel prefers, in its table of routes.
fn default_interface(table: &str) -> Option<String> {
    let route = |line: &str| {
        let fields: Vec<&str> = line.split_ascii_whitespace().collect();
        let is_default = fields.get(1) == Some(&"00000000") && fields.get(7) == Some(&"00000000");
        let metric = fields.get(6)?.parse::<u32>().ok()?;
        is_default.then(|| (metric, fields[0].to_owned()))
    };
    table.lines().skip(1).filter_map(route).min().map(|(_, interface)| interface)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_network_is_that_of_the_preferred_route() {
        let head = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n";
        let radio = "wlan0\t00000000\t010200C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n";
        let wire = "eth0\t00000000\t010200C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n";
        let own = "docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n";
        let of = |routes: &[&str]| default_interface(&format!("{head}{}", routes.concat()));
        assert_eq!(of(&[own, radio, wire]).as_deref(), Some("eth0"));
        assert_eq!(of(&[own, radio]).as_deref(), Some("wlan0"));
        assert_eq!(of(&[own]), None);
    }
}
