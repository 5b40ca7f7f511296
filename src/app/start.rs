//! What is looked up once, before the window opens: this machine's address and name.

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
