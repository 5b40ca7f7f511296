//! Reads the kernel's table of IPv4 routes (`/proc/net/route`).

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Route {
    pub interface: String,
    /// Whether the kernel uses it (`RTF_UP`).
    pub is_up: bool,
    /// Whether it leads to every address that no other route covers.
    pub is_default: bool,
    /// Of several routes the kernel prefers the one with the lowest.
    pub metric: u32,
}

/// Parses the table. A line that is none of it is left out.
pub(crate) fn parse(table: &str) -> Vec<Route> {
    const RTF_UP: u32 = 0x1;
    let route = |line: &str| {
        // Iface, Destination, Gateway, Flags, RefCnt, Use, Metric, Mask.
        let fields: Vec<&str> = line.split_ascii_whitespace().collect();
        let [interface, destination, _, flags, _, _, metric, mask, ..] = fields[..] else { return None };
        Some(Route {
            interface: interface.to_owned(),
            is_up: u32::from_str_radix(flags, 16).ok()? & RTF_UP != 0,
            is_default: destination == "00000000" && mask == "00000000",
            metric: metric.parse().ok()?,
        })
    };
    table.lines().skip(1).filter_map(route).collect()
}

/// The interface of the default route; of several, the one that the kernel prefers.
pub(crate) fn default_interface(routes: &[Route]) -> Option<&str> {
    let defaults = routes.iter().filter(|route| route.is_default);
    defaults.min_by_key(|route| (route.metric, &route.interface)).map(|route| route.interface.as_str())
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
        let of = |routes: &[&str]| default_interface(&parse(&format!("{head}{}", routes.concat()))).map(str::to_owned);
        assert_eq!(of(&[own, radio, wire]).as_deref(), Some("eth0"));
        assert_eq!(of(&[own, radio]).as_deref(), Some("wlan0"));
        assert_eq!(of(&[own]), None);
    }

    #[test]
    fn broken_lines_are_left_out() {
        let table = "Iface\neth0\t00000000\neth1\t00000000\t0\tx\t0\t0\t0\t00000000\neth2\t0A\t0\t0\t0\t0\t7\tFF\n";
        let eth2 = Route { interface: "eth2".into(), is_up: false, is_default: false, metric: 7 };
        assert_eq!(parse(table), [eth2]);
    }
}
