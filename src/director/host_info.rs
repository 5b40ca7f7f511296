//! Describes what a director is told besides the settings: the screen, and the machine that it runs on.

use crate::board::Logo;

/// What the shell knows besides the settings.
#[derive(Debug, Clone, PartialEq)]
pub struct HostInfo {
    /// Size of the picture in device pixels, as a viewer sees it (already turned).
    pub size: [u32; 2],
    /// Kind or id of the one slide to show; with the feed's name and a slash in front it is that feed's.
    pub pinned: Option<String>,
    /// Whether gradients are dithered: in windows, not in goldens.
    pub dither: bool,
    /// Whether the stage orbits against burn-in.
    pub orbit: bool,
    /// Path of the settings file for the first-boot picture.
    pub settings: String,
    /// The network that this machine is in, for the same.
    pub network: Option<String>,
    /// This machine's address, for the same and for the picture of an error.
    pub address: Option<String>,
    pub logo: Option<Logo>,
}

impl HostInfo {
    /// Of a still picture, without a window.
    pub fn still(size: [u32; 2]) -> HostInfo {
        HostInfo {
            size,
            pinned: None,
            dither: false,
            orbit: false,
            settings: String::new(),
            network: None,
            address: None,
            logo: None,
        }
    }
}

/// A settings file that is refused, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedSettings {
    pub file: String,
    pub path: String,
    /// Line and column of what is wrong first; `None`: it cannot be read at all.
    pub place: Option<(usize, usize)>,
    /// What is wrong there, in one sentence.
    pub message: String,
}
