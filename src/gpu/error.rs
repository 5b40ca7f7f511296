//! Errors of opening the GPU; each message is one line that says what to do.

use std::fmt;

/// No [`Gpu`](super::Gpu) could be opened, or a picture could not be read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GpuError {
    /// No adapter fits the choice.
    NoAdapter {
        /// The configured choice.
        wanted: String,
        /// One line for each adapter.
        found: Vec<String>,
    },
    /// Only software adapters fit, and the configuration refuses them.
    SoftwareRefused { adapter: String },
    /// The window cannot be drawn on.
    Surface(String),
    /// The adapter gives no device, or the device failed.
    Device(String),
}

impl fmt::Display for GpuError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GpuError::NoAdapter { wanted, found } if found.is_empty() => write!(
                f,
                "no graphics adapter ({wanted}): install a driver (Debian: mesa-vulkan-drivers, or libegl1 and \
                 libgl1-mesa-dri) and let this user read /dev/dri"
            ),
            GpuError::NoAdapter { wanted, found } => write!(
                f,
                "no graphics adapter fits ({wanted}); there is {}: change graphics.backend or graphics.adapter in \
                 kiosk.toml",
                found.join(", ")
            ),
            GpuError::SoftwareRefused { adapter } => write!(
                f,
                "the only graphics adapter is a software renderer, {adapter}: install the GPU's driver, or set \
                 graphics.allow_software = true in kiosk.toml"
            ),
            GpuError::Surface(why) => write!(f, "the window cannot be drawn on: {why}"),
            GpuError::Device(why) => write!(f, "the graphics device failed: {why}"),
        }
    }
}

impl std::error::Error for GpuError {}
