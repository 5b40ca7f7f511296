//! Chooses the adapter that draws, by configuration and a fixed order of preference.

use std::fmt;

use super::GpuError;

/// Graphics API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Backend {
    /// The one that suits the adapter.
    #[default]
    Auto,
    Vulkan,
    /// OpenGL ES.
    Gl,
}

/// The adapter that the configuration asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdapterChoice {
    pub backend: Backend,
    /// Part of the adapter's name, in any case.
    pub name: Option<String>,
    /// Whether a software renderer may draw when there is nothing better.
    pub allow_software: bool,
}

impl Default for AdapterChoice {
    fn default() -> Self {
        AdapterChoice { backend: Backend::Auto, name: None, allow_software: true }
    }
}

impl AdapterChoice {
    /// `WGPU_BACKEND` (`vulkan` or `gl`) and `WGPU_ADAPTER_NAME` override the choice, for trying things out on a wall.
    pub fn with_env(mut self) -> Self {
        match std::env::var("WGPU_BACKEND").unwrap_or_default().to_lowercase().as_str() {
            "" => {}
            "vulkan" | "vk" => self.backend = Backend::Vulkan,
            "gl" | "gles" | "opengl" => self.backend = Backend::Gl,
            other => tracing::warn!("WGPU_BACKEND is \"{other}\": expected \"vulkan\" or \"gl\", ignored"),
        }
        if let Ok(name) = std::env::var("WGPU_ADAPTER_NAME")
            && !name.is_empty()
        {
            self.name = Some(name);
        }
        self
    }

    fn matches(&self, line: &AdapterLine) -> bool {
        let backend = match self.backend {
            Backend::Auto => true,
            wanted => line.backend == wanted,
        };
        let name = self.name.as_ref().is_none_or(|part| line.name.to_lowercase().contains(&part.to_lowercase()));
        backend && name
    }
}

impl fmt::Display for AdapterChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let backend = match self.backend {
            Backend::Auto => "Vulkan or GL",
            Backend::Vulkan => "Vulkan",
            Backend::Gl => "GL",
        };
        write!(f, "asked for {backend}")?;
        match &self.name {
            Some(name) => write!(f, ", named \"{name}\""),
            None => Ok(()),
        }
    }
}

/// Kind of adapter, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hardware {
    Discrete,
    Integrated,
    /// Virtual or unknown.
    Other,
    /// The processor draws.
    Software,
}

/// One adapter, as `--list-adapters` prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdapterLine {
    pub name: String,
    pub driver: String,
    /// Never [`Backend::Auto`].
    pub backend: Backend,
    pub hardware: Hardware,
}

impl AdapterLine {
    pub(super) fn of(info: &wgpu::AdapterInfo) -> AdapterLine {
        let backend = if info.backend == wgpu::Backend::Gl { Backend::Gl } else { Backend::Vulkan };
        let name = info.name.to_lowercase();
        let software = ["llvmpipe", "lavapipe", "softpipe", "swrast", "swiftshader"].iter().any(|s| name.contains(s));
        let hardware = match info.device_type {
            wgpu::DeviceType::Cpu => Hardware::Software,
            _ if software => Hardware::Software,
            wgpu::DeviceType::DiscreteGpu => Hardware::Discrete,
            wgpu::DeviceType::IntegratedGpu => Hardware::Integrated,
            wgpu::DeviceType::VirtualGpu | wgpu::DeviceType::Other => Hardware::Other,
        };
        let driver = format!("{} {}", info.driver, info.driver_info).trim().to_owned();
        AdapterLine { name: info.name.clone(), driver, backend, hardware }
    }

    /// The GPU of a Raspberry Pi.
    fn is_videocore(&self) -> bool {
        let text = format!("{} {}", self.name, self.driver).to_lowercase();
        text.contains("v3d") || text.contains("videocore")
    }

    /// The lowest wins: hardware before software, then the API that suits the adapter.
    fn rank(&self) -> (Hardware, bool) {
        // VideoCore flickers and loses triangles under Vulkan (several reports, cause unknown): GL first there.
        let worse = if self.is_videocore() { Backend::Vulkan } else { Backend::Gl };
        (self.hardware, self.backend == worse)
    }
}

impl fmt::Display for AdapterLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let backend = if self.backend == Backend::Gl { "GL" } else { "Vulkan" };
        let hardware = match self.hardware {
            Hardware::Discrete => "graphics card",
            Hardware::Integrated => "integrated",
            Hardware::Other => "other",
            Hardware::Software => "software renderer",
        };
        write!(f, "{} · {backend} · {hardware}", self.name)?;
        if !self.driver.is_empty() {
            write!(f, " · {}", self.driver)?;
        }
        Ok(())
    }
}

/// Returns the index of the adapter to draw with.
///
/// # Errors
/// [`GpuError::NoAdapter`] when none fits, [`GpuError::SoftwareRefused`] when only software fits and is not allowed.
pub fn choose(adapters: &[AdapterLine], choice: &AdapterChoice) -> Result<usize, GpuError> {
    let fitting = adapters.iter().enumerate().filter(|(_, line)| choice.matches(line));
    // `min_by_key` keeps the first of equals: the driver's own order.
    let Some((index, line)) = fitting.min_by_key(|(_, line)| line.rank()) else {
        let found = adapters.iter().map(ToString::to_string).collect();
        return Err(GpuError::NoAdapter { wanted: choice.to_string(), found });
    };
    if line.hardware == Hardware::Software && !choice.allow_software {
        return Err(GpuError::SoftwareRefused { adapter: line.to_string() });
    }
    Ok(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recorded(name: &str, backend: wgpu::Backend, kind: wgpu::DeviceType, driver: &str) -> AdapterLine {
        let info = wgpu::AdapterInfo {
            name: name.into(),
            driver: driver.into(),
            driver_info: "Mesa 25.0.7".into(),
            ..wgpu::AdapterInfo::new(kind, backend)
        };
        AdapterLine::of(&info)
    }

    fn pi() -> Vec<AdapterLine> {
        use wgpu::{Backend, DeviceType};
        vec![
            recorded("V3D 7.1.10.2", Backend::Vulkan, DeviceType::IntegratedGpu, "V3DV Mesa"),
            recorded("llvmpipe (LLVM 19.1.7, 128 bits)", Backend::Vulkan, DeviceType::Cpu, "llvmpipe"),
            recorded("V3D 7.1.10.2", Backend::Gl, DeviceType::IntegratedGpu, ""),
        ]
    }

    fn pc() -> Vec<AdapterLine> {
        use wgpu::{Backend, DeviceType};
        vec![
            recorded("llvmpipe (LLVM 15.0.6, 256 bits)", Backend::Gl, DeviceType::Other, ""),
            recorded("Intel(R) UHD Graphics", Backend::Vulkan, DeviceType::IntegratedGpu, "ANV"),
            recorded("Mesa Intel(R) UHD Graphics", Backend::Gl, DeviceType::IntegratedGpu, ""),
            recorded("AMD Radeon RX 6400 (RADV NAVI24)", Backend::Vulkan, DeviceType::DiscreteGpu, "radv"),
        ]
    }

    fn choice(backend: Backend, name: Option<&str>, allow_software: bool) -> AdapterChoice {
        AdapterChoice { backend, name: name.map(str::to_owned), allow_software }
    }

    #[test]
    fn the_choice_by_the_table() {
        let software = vec![pi()[1].clone()];
        let cases: [(&str, Vec<AdapterLine>, AdapterChoice, Option<usize>); 9] = [
            ("VideoCore takes GL", pi(), choice(Backend::Auto, None, true), Some(2)),
            ("unless told otherwise", pi(), choice(Backend::Vulkan, None, false), Some(0)),
            ("by name software can be had", pi(), choice(Backend::Auto, Some("LLVM"), true), Some(1)),
            ("but not when refused", pi(), choice(Backend::Auto, Some("llvm"), false), None),
            ("a PC takes its card", pc(), choice(Backend::Auto, None, false), Some(3)),
            ("Vulkan before GL elsewhere", pc(), choice(Backend::Auto, Some("intel"), false), Some(1)),
            ("GL when asked for, machine before software", pc(), choice(Backend::Gl, None, true), Some(2)),
            ("software when there is nothing else", software.clone(), choice(Backend::Auto, None, true), Some(0)),
            ("nothing fits", software, choice(Backend::Gl, None, true), None),
        ];
        for (what, list, choice, expected) in cases {
            assert_eq!(choose(&list, &choice).ok(), expected, "{what}");
        }
    }

    #[test]
    fn refusals_say_what_to_do() {
        let software = [pi()[1].clone()];
        let refused = choose(&software, &choice(Backend::Auto, None, false)).unwrap_err();
        assert!(matches!(refused, GpuError::SoftwareRefused { .. }));
        assert!(refused.to_string().contains("allow_software"), "{refused}");
        let wrong = choose(&software, &choice(Backend::Vulkan, Some("Radeon"), true)).unwrap_err();
        assert!(wrong.to_string().contains("llvmpipe") && wrong.to_string().contains("Radeon"), "{wrong}");
        let none = choose(&[], &AdapterChoice::default()).unwrap_err();
        assert!(none.to_string().contains("mesa-vulkan-drivers"), "{none}");
    }

    #[test]
    fn a_line_names_adapter_interface_and_driver() {
        assert_eq!(pi()[0].to_string(), "V3D 7.1.10.2 · Vulkan · integrated · V3DV Mesa Mesa 25.0.7");
        assert_eq!(pc()[0].hardware, Hardware::Software, "GL says \"other\" of some software renderers");
    }
}
