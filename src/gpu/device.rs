//! The device: what it is asked for, how it is opened, and what it says when it fails.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use super::{AdapterChoice, AdapterLine, Backend, GpuError, choose};

/// No texture side is longer: the hard limit of a VideoCore.
pub(super) const MAX_SIDE: u32 = 4096;

/// What is asked of every adapter, so that a desktop refuses what a Raspberry Pi could not do. The sides of textures come
/// from the adapter.
pub(super) const LIMITS: wgpu::Limits = wgpu::Limits {
    max_color_attachments: 4,
    max_vertex_attributes: 16,
    max_storage_buffers_per_shader_stage: 0,
    min_uniform_buffer_offset_alignment: 256,
    ..wgpu::Limits::downlevel_webgl2_defaults()
};

/// Blocks that small things share. Whatever is as large as the screen lies outside of them, and its memory is given back
/// when it goes: a block that holds four such things stays as long as one of them does.
const MEMORY: wgpu::MemoryHints = wgpu::MemoryHints::Manual { suballocated_device_memory_block_size: 1 << 20..4 << 20 };

/// An open device and what it has said.
pub(super) struct Device {
    pub device: wgpu::Device,
    pub queue: wgpu::Queue,
    /// Longest side of a texture.
    pub max_side: u32,
    /// Adapter, interface, driver.
    pub description: String,
    /// Whether it is the processor that draws.
    pub software: bool,
    health: Arc<Health>,
}

#[derive(Default)]
struct Health {
    lost: AtomicBool,
    errors: AtomicU32,
    last: Mutex<String>,
}

impl Device {
    /// Opens the adapter that `choice` takes among those that can show `surface`.
    pub fn open(
        instance: &wgpu::Instance,
        choice: &AdapterChoice,
        surface: Option<&wgpu::Surface<'_>>,
    ) -> Result<(Device, wgpu::Adapter), GpuError> {
        let choice = choice.clone().with_env();
        let mut adapters = pollster::block_on(instance.enumerate_adapters(backends(choice.backend)));
        adapters.retain(|a| surface.is_none_or(|s| a.is_surface_supported(s)));
        let lines: Vec<AdapterLine> = adapters.iter().map(|a| AdapterLine::of(&a.get_info())).collect();
        for line in &lines {
            tracing::debug!("adapter: {line}");
        }
        let index = choose(&lines, &choice)?;
        let (adapter, line) = (adapters.swap_remove(index), &lines[index]);
        let software = line.hardware == super::Hardware::Software;
        if software {
            tracing::warn!("drawing on the processor ({line}): slow, and only fit for trying out");
        }
        let sides = adapter.limits();
        let max_side = sides.max_texture_dimension_2d.min(MAX_SIDE);
        let required_limits = wgpu::Limits { max_texture_dimension_2d: max_side, ..LIMITS.using_resolution(sides) };
        let descriptor = wgpu::DeviceDescriptor {
            label: Some("floorcast"),
            required_features: wgpu::Features::empty(),
            required_limits,
            experimental_features: wgpu::ExperimentalFeatures::disabled(),
            memory_hints: MEMORY,
            trace: wgpu::Trace::Off,
        };
        let (device, queue) = pollster::block_on(adapter.request_device(&descriptor))
            .map_err(|e| GpuError::Device(format!("{line} gives no device: {e}")))?;
        let health = Arc::new(Health::default());
        let (heard, lost) = (health.clone(), health.clone());
        device.on_uncaptured_error(Arc::new(move |e| heard.error(&e.to_string())));
        device.set_device_lost_callback(move |reason, why| {
            // Dropping the device at the end ends here too, and is nothing to shout about.
            if reason == wgpu::DeviceLostReason::Unknown {
                tracing::error!("graphics device lost: {why}");
            }
            lost.lost.store(true, Ordering::Relaxed);
        });
        tracing::info!("drawing on {line}, textures up to {max_side}");
        let device = Device { device, queue, max_side, description: line.to_string(), software, health };
        Ok((device, adapter))
    }

    /// Lets it tidy up, and say what became of its work.
    pub fn poll(&self) {
        if let Err(e) = self.device.poll(wgpu::PollType::Poll) {
            tracing::warn!("graphics device does not answer: {e}");
        }
    }

    /// Whether it is lost; it never comes back.
    pub fn lost(&self) -> bool {
        self.health.lost.load(Ordering::Relaxed)
    }

    /// How many errors were reported since the start, to be compared with an earlier answer.
    pub fn errors(&self) -> u32 {
        self.health.errors.load(Ordering::Relaxed)
    }

    /// What the last error said.
    pub fn last_error(&self) -> String {
        self.health.last.lock().map(|e| e.clone()).unwrap_or_default()
    }
}

impl Health {
    fn error(&self, what: &str) {
        // A broken device repeats itself every frame.
        let before = self.errors.fetch_add(1, Ordering::Relaxed);
        if before < 10 || before.is_power_of_two() {
            tracing::error!("graphics error {}: {what}", before + 1);
        }
        if let Ok(mut last) = self.last.lock() {
            what.clone_into(&mut last);
        }
    }
}

/// The instance for a choice; `display` is what windows live on (without it there is no GL on Wayland).
pub(super) fn instance(
    choice: &AdapterChoice,
    display: Option<Box<dyn wgpu::wgt::WgpuHasDisplayHandle>>,
) -> wgpu::Instance {
    let choice = choice.clone().with_env();
    wgpu::Instance::new(wgpu::InstanceDescriptor {
        backends: backends(choice.backend),
        display,
        ..wgpu::InstanceDescriptor::new_without_display_handle()
    })
}

/// The adapters that there are, for `--list-adapters`.
pub fn list_adapters() -> Vec<AdapterLine> {
    let choice = AdapterChoice::default();
    let adapters = instance(&choice, None).enumerate_adapters(backends(Backend::Auto));
    pollster::block_on(adapters).iter().map(|a| AdapterLine::of(&a.get_info())).collect()
}

fn backends(backend: Backend) -> wgpu::Backends {
    match backend {
        Backend::Auto => wgpu::Backends::VULKAN | wgpu::Backends::GL,
        Backend::Vulkan => wgpu::Backends::VULKAN,
        Backend::Gl => wgpu::Backends::GL,
    }
}
