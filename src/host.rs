//! Asks this machine for what the settings mean on it: its name, network and address, the logo, the graphics adapter.

use std::path::Path;

use crate::board::Logo;
use crate::config::{self, Config, screen_name};
use crate::gpu::{AdapterChoice, Backend};
use crate::{feed, routes};

/// This machine's name, which its screen has where the settings give none.
pub(crate) fn name() -> String {
    screen_name(&std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default())
}

/// This machine's address towards the network; no packet is sent for it.
pub(crate) fn address() -> Option<String> {
    let socket = std::net::UdpSocket::bind("0.0.0.0:0").ok()?;
    // A documentation address (RFC 5737): the kernel only looks up which way it would go.
    socket.connect("192.0.2.1:9").ok()?;
    Some(socket.local_addr().ok()?.ip().to_string())
}

/// The kind of network that the default route leads to, as people call it. Nothing is sent for it.
pub(crate) fn network() -> Option<String> {
    let routes = routes::parse(&std::fs::read_to_string("/proc/net/route").ok()?);
    let interface = routes::default_interface(&routes)?;
    let wireless = Path::new("/sys/class/net").join(interface).join("phy80211").exists();
    Some(if wireless { "WI-FI" } else { "ETHERNET" }.to_owned())
}

/// Reads the logo of the settings. One that cannot be read is a warning: the wall goes on without it.
pub(crate) fn logo(config: &Config) -> Option<Logo> {
    let logo = config.logo.as_deref().map(feed::logo)?;
    logo.inspect_err(|reason| tracing::warn!("the logo is left out: {reason}")).ok()
}

/// The graphics adapter that the settings and the environment ask for.
pub(crate) fn adapter_choice(config: &Config, allow_software: bool) -> AdapterChoice {
    let backend = match config.graphics.backend {
        config::GraphicsBackend::Auto => Backend::Auto,
        config::GraphicsBackend::Vulkan => Backend::Vulkan,
        config::GraphicsBackend::Gl => Backend::Gl,
    };
    AdapterChoice { backend, name: config.graphics.adapter.clone(), allow_software }.with_env()
}
