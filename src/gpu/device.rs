//! Opens the device with the limits of the weakest hardware, and counts its errors.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use super::{AdapterChoice, AdapterLine, Backend, GpuError, choose};

/// Longest side of a texture: the hard limit of a VideoCore.
pub(super) const MAX_SIDE: u32 = 4096;

/// Limits on every adapter, so that a desktop refuses what a Raspberry Pi cannot do. Texture sides come from the adapter.
pub(super) const LIMITS: wgpu::Limits = wgpu::Limits {
    max_color_attachments: 4,
    max_vertex_attributes: 16,
    max_storage_buffers_per_shader_stage: 0,
    min_uniform_buffer_offset_alignment: 256,
    ..wgpu::Limits::downlevel_webgl2_defaults()
};

/// Small resources share blocks of this size. A screen-sized texture gets memory of its own, which is freed with it: a block
/// shared by four of them would stay as long as any of them.
const MEMORY: wgpu::MemoryHints = wgpu::MemoryHints::Manual { suballocated_device_memory_block_size: 1 << 20..4 << 20 };

/// An open device and the errors it reported.
pub(super) struct Device {
    pub device: wgpu::Device,
    pub queue: wgpu::Queue,
    /// Longest side of a texture on this device.
    pub max_side: u32,
    /// Adapter, interface and driver, for the log.
    pub description: String,
    /// Whether the processor draws.
    pub software: bool,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    lost: AtomicBool,
    errors: AtomicU32,
    last_error: Mutex<String>,
}

impl Device {
    /// Opens the adapter that `choice` selects among those that can present on `surface`.
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
        let state = Arc::new(State::default());
        let (on_error, on_lost) = (state.clone(), state.clone());
        device.on_uncaptured_error(Arc::new(move |e| on_error.record(&e.to_string())));
        device.set_device_lost_callback(move |reason, why| {
            // Dropping the device at exit calls this too, which is no error.
            if reason == wgpu::DeviceLostReason::Unknown {
                tracing::error!("graphics device lost: {why}");
            }
            on_lost.lost.store(true, Ordering::Relaxed);
        });
        tracing::info!("drawing on {line}, textures up to {max_side}");
        let device = Device { device, queue, max_side, description: line.to_string(), software, state };
        Ok((device, adapter))
    }

    /// Lets the device free resources and report errors of finished work.
    pub fn poll(&self) {
        if let Err(e) = self.device.poll(wgpu::PollType::Poll) {
            tracing::warn!("graphics device does not answer: {e}");
        }
    }

    /// A lost device never comes back.
    pub fn lost(&self) -> bool {
        self.state.lost.load(Ordering::Relaxed)
    }

    /// Number of errors since the start; compare two answers to see whether one came between.
    pub fn errors(&self) -> u32 {
        self.state.errors.load(Ordering::Relaxed)
    }

    pub fn last_error(&self) -> String {
        self.state.last_error.lock().map(|e| e.clone()).unwrap_or_default()
    }
}

impl State {
    fn record(&self, error: &str) {
        // A broken device repeats itself every frame.
        let before = self.errors.fetch_add(1, Ordering::Relaxed);
        if before < 10 || before.is_power_of_two() {
            tracing::error!("graphics error {}: {error}", before + 1);
        }
        if let Ok(mut last) = self.last_error.lock() {
            error.clone_into(&mut last);
        }
    }
}

/// An instance for a choice. GL on Wayland needs `display`.
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

/// All adapters of this machine, for `--list-adapters`.
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
