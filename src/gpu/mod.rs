//! Draws scenes on a window or into pictures with wgpu.

mod adapter;
mod backdrop;
mod backdrop_cpu;
mod batch;
mod blit;
mod device;
mod error;
mod fill;
mod layer_cache;
mod outline;
mod painted_regions;
mod painter;
mod picture;
mod pipeline;
mod readback;
mod rotate;
mod snapshots;
mod target;
mod text;
mod text_batcher;
mod vertex_buffer;
mod warm_up;
mod window;

#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use adapter::{AdapterChoice, AdapterLine, Backend, Hardware, choose};
pub use device::list_adapters;
pub use error::GpuError;
pub use warm_up::WarmUp;
pub use window::WindowLike;

use crate::scene::{Fonts, Scene};
use device::Device;
use painter::{Painter, Prepared};
use readback::{ComingPicture, Readback};
use rotate::Rotator;
use target::RenderTarget;
use window::{Acquired, Rotation, SharedWindow, Window};

/// The result of a frame. `app` decides in one place what to do about it.
#[must_use]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FrameOutcome {
    /// The frame is on its way to the screen.
    Shown,
    /// Not drawn: the screen shows this picture already.
    Unchanged,
    /// Shown, but the surface no longer fits its window. It is configured again before the next frame.
    Suboptimal,
    /// Not shown: the window changed. The surface is configured again before the next frame; try at once.
    Outdated,
    /// Not shown: the compositor gave no texture in time.
    Timeout,
    /// Not shown: the window is hidden, or has no size yet.
    Occluded,
    /// Not shown: the surface is lost. The next frame tries to make a new one on the same window.
    SurfaceLost,
    /// Not shown, for this reason.
    Failed(String),
    /// Not shown: the device is lost, and every later frame ends the same way.
    DeviceLost,
}

/// A step that a frame reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameEvent {
    /// Everything is prepared. Recording and the driver's work follow.
    Prepared,
    /// The frame is presented directly after this.
    Presenting,
}

/// Faults that tests inject to see how the kiosk recovers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    DestroyDevice,
    LoseSurface,
    /// From now on frames are drawn but not presented.
    SkipPresent,
    /// From now on nothing is painted.
    Freeze,
}

/// An open device with its target.
pub struct Gpu {
    // Fields are dropped in this order: everything made on the device before the device.
    painter: Painter,
    rotator: Rotator,
    offscreen: Option<Readback>,
    target: Target,
    device: Device,
    skip_present: bool,
    frozen: bool,
    /// The next frame on the window is read back too.
    captures: bool,
    captured: Option<ComingPicture>,
}

enum Target {
    Texture([u32; 2], Readback),
    Window(Box<Window>),
}

impl Gpu {
    /// Opens a device that draws pictures of `size` pixels.
    ///
    /// # Errors
    /// No adapter fits, or it gives no device.
    pub fn offscreen(choice: &AdapterChoice, size: [u32; 2]) -> Result<Gpu, GpuError> {
        let instance = device::instance(choice, None);
        let (device, _) = Device::open(&instance, choice, None)?;
        let size = texture_size(size, device.max_side).unwrap_or([1, 1]);
        let format = wgpu::TextureFormat::Rgba8Unorm;
        let target = Target::Texture(size, Readback::new(&device, size, format));
        Ok(Gpu::new(device, format, target))
    }

    /// Opens a device that draws on a window of `size` pixels, on a panel rotated clockwise by `rotation` degrees (0, 90,
    /// 180, 270).
    ///
    /// # Errors
    /// The window cannot be drawn on, no adapter fits, or it gives no device.
    pub fn window(
        choice: &AdapterChoice,
        window: Arc<dyn WindowLike>,
        size: [u32; 2],
        rotation: u16,
    ) -> Result<Gpu, GpuError> {
        let rotation = Rotation::from_degrees(rotation)
            .ok_or_else(|| GpuError::Surface(format!("turned by {rotation}°, expected 0, 90, 180 or 270")))?;
        let handle = SharedWindow(window);
        let instance = device::instance(choice, Some(Box::new(handle.clone())));
        // Without a driver there is no surface, but that there is no adapter tells more.
        let surface = instance.create_surface(handle.clone()).map_err(|e| {
            let none = choose(&list_adapters(), &choice.clone().with_env()).err();
            none.unwrap_or_else(|| GpuError::Surface(format!("no surface: {e}")))
        })?;
        let (device, adapter) = Device::open(&instance, choice, Some(&surface))?;
        let window = Window::new(instance, handle, surface, &adapter, rotation)?;
        let mut gpu = Gpu::new(device, window.format(), Target::Window(Box::new(window)));
        gpu.resize(size);
        Ok(gpu)
    }

    fn new(device: Device, format: wgpu::TextureFormat, target: Target) -> Gpu {
        let painter = Painter::new(&device, format);
        Gpu {
            painter,
            rotator: Rotator::new(),
            offscreen: None,
            target,
            device,
            skip_present: false,
            frozen: false,
            captures: false,
            captured: None,
        }
    }

    /// Makes the driver compile shaders before a frame needs them.
    pub fn warm_up(&mut self, what: WarmUp, fonts: &mut Fonts) {
        self.painter.warm_up(&self.device, what, fonts);
    }

    /// Frees what the last scene does not need. Call it while nothing moves; it draws nothing.
    pub fn trim(&mut self, fonts: &mut Fonts) {
        self.painter.trim(&self.device, fonts);
    }

    /// Adapter, interface and driver, for the log.
    pub fn describe(&self) -> &str {
        &self.device.description
    }

    /// The size of scenes for the target: its own, with the sides swapped on a panel rotated by 90 or 270 degrees.
    pub fn size(&self) -> [u32; 2] {
        match &self.target {
            Target::Texture(size, _) => *size,
            Target::Window(window) => window.rotation.size(window.size()),
        }
    }

    /// Takes a new size of the window in its pixels. Ignores a side of 0, which windows begin with, and cuts sides to the
    /// longest that a texture may have.
    pub fn resize(&mut self, size: [u32; 2]) {
        let Some(size) = texture_size(size, self.device.max_side) else { return };
        match &mut self.target {
            Target::Texture(old, target) => {
                if *old != size {
                    *target = Readback::new(&self.device, size, wgpu::TextureFormat::Rgba8Unorm);
                    *old = size;
                }
            }
            Target::Window(window) => window.resize(size),
        }
        self.painter.screen_lost();
    }

    /// Paints a scene of [`Gpu::size`] and shows it. Calls `on_event` at each step that the frame reaches.
    pub fn draw(&mut self, scene: Scene, fonts: &mut Fonts, mut on_event: impl FnMut(FrameEvent)) -> FrameOutcome {
        if self.device.lost() {
            return FrameOutcome::DeviceLost;
        }
        if self.painter.shows(&scene) {
            return FrameOutcome::Unchanged;
        }
        let errors = self.device.errors();
        let surface = match self.acquire(&scene) {
            Ok(surface) => surface,
            Err(outcome) => return outcome,
        };
        let prepared = self.painter.prepare_next(&self.device, scene, fonts);
        on_event(FrameEvent::Prepared);
        let (commands, coming) = self.record(prepared, surface.as_ref());
        self.device.queue.submit([commands]);
        if let Some(coming) = coming {
            self.captured = Some(coming.submitted());
        }
        if self.device.lost() {
            return FrameOutcome::DeviceLost;
        }
        if self.device.errors() != errors {
            // Nobody knows what was painted. The acquired texture goes back without being presented.
            self.painter.clear_caches();
            return FrameOutcome::Failed(self.device.last_error());
        }
        on_event(FrameEvent::Presenting);
        let outcome = surface.map_or(FrameOutcome::Shown, |surface| self.present(surface));
        self.poll();
        if self.device.lost() { FrameOutcome::DeviceLost } else { outcome }
    }

    /// The window's next texture; `None` when there is no window.
    fn acquire(&mut self, scene: &Scene) -> Result<Option<Acquired>, FrameOutcome> {
        let Target::Window(window) = &mut self.target else { return Ok(None) };
        if window.size().contains(&0) {
            return Err(FrameOutcome::Occluded);
        }
        self.painter.prepare_backdrop(&self.device, scene);
        match window.acquire(&self.device) {
            Ok(acquired) => Ok(Some(acquired)),
            Err(outcome) => {
                // A device that is lost while it works says so only when it is polled.
                self.device.poll();
                if self.device.lost() {
                    return Err(FrameOutcome::DeviceLost);
                }
                // The window may show anything after this.
                self.painter.screen_lost();
                Err(outcome)
            }
        }
    }

    fn record(
        &mut self,
        prepared: Prepared,
        surface: Option<&Acquired>,
    ) -> (wgpu::CommandBuffer, Option<ComingPicture>) {
        let Gpu { painter, rotator, target, device, captures, frozen, .. } = self;
        let prepared = if *frozen { Prepared::nothing() } else { prepared };
        let (is_read, mut coming) = (std::mem::take(captures), None);
        let mut encoder = device.device.create_command_encoder(&Default::default());
        match (target, surface) {
            (Target::Window(window), Some(surface)) => {
                let texture = &surface.texture.texture;
                let view = texture.create_view(&Default::default());
                let rotation = window.rotation;
                match window.upright(device, painter.blit(), is_read) {
                    None => painter.record(&mut encoder, prepared, RenderTarget { texture, view: &view }),
                    Some(upright) => {
                        painter.record(&mut encoder, prepared, upright.target());
                        rotator.copy(device, painter.blit(), &mut encoder, upright, rotation, &view);
                        coming = is_read.then(|| ComingPicture::copy(device, &mut encoder, &upright.texture));
                    }
                }
            }
            (Target::Texture(_, readback), _) => painter.record(&mut encoder, prepared, readback.target()),
            // `acquire` returns a texture for every window.
            (Target::Window(_), None) => {}
        }
        (encoder.finish(), coming)
    }

    /// Has the next frame on the window read back while it is shown: [`Gpu::captured`] has it soon after. That frame is drawn
    /// even if the screen shows it already.
    pub fn capture(&mut self) {
        self.captures = true;
        self.painter.screen_lost();
    }

    /// The frame that was to be read back, upright; `None`: it is not there yet. Waits for nothing.
    pub fn captured(&mut self) -> Option<Result<image::RgbaImage, GpuError>> {
        self.captured.as_ref()?;
        self.poll();
        let picture = self.captured.as_ref()?.take()?;
        self.captured = None;
        Some(picture)
    }

    fn present(&mut self, surface: Acquired) -> FrameOutcome {
        if !self.skip_present {
            self.device.queue.present(surface.texture);
        }
        if !surface.suboptimal {
            return FrameOutcome::Shown;
        }
        // The surface is configured again, which leaves nothing on it.
        self.painter.screen_lost();
        FrameOutcome::Suboptimal
    }

    /// Paints a scene into a picture of its own size.
    ///
    /// # Errors
    /// The device failed or was lost.
    pub fn picture(&mut self, scene: &Scene, fonts: &mut Fonts) -> Result<image::RgbaImage, GpuError> {
        let size = texture_size(scene.size, self.device.max_side)
            .ok_or_else(|| GpuError::Device(format!("a picture of {:?} pixels", scene.size)))?;
        let errors = self.device.errors();
        let format = match &self.target {
            Target::Texture(..) => wgpu::TextureFormat::Rgba8Unorm,
            Target::Window(window) => window.format(),
        };
        let offscreen = match &mut self.offscreen {
            Some(readback) if readback.size() == size => readback,
            old => old.insert(Readback::new(&self.device, size, format)),
        };
        let mut encoder = self.device.device.create_command_encoder(&Default::default());
        let prepared = self.painter.prepare(&self.device, scene, fonts);
        self.painter.record(&mut encoder, prepared, offscreen.target());
        let picture = offscreen.read(&self.device, encoder)?;
        if self.device.errors() != errors {
            return Err(GpuError::Device(self.device.last_error()));
        }
        Ok(picture)
    }

    /// Lets the device free resources. Call it at least every 10 s, also while nothing is drawn, or memory grows.
    pub fn poll(&self) {
        self.device.poll();
    }

    /// Waits until the device has finished all submitted work. For benchmarks; a wall never waits.
    pub fn wait(&self) {
        if let Err(e) = self.device.device.poll(wgpu::PollType::wait_indefinitely()) {
            tracing::warn!("graphics device does not answer: {e}");
        }
    }

    /// A lost device never comes back.
    pub fn device_lost(&self) -> bool {
        self.device.lost()
    }

    pub fn fault(&mut self, fault: Fault) {
        tracing::warn!("fault on purpose: {fault:?}");
        match (fault, &mut self.target) {
            (Fault::DestroyDevice, _) => {
                self.device.device.destroy();
                self.poll();
            }
            (Fault::LoseSurface, Target::Window(window)) => {
                window.drop_surface();
                self.painter.screen_lost();
            }
            (Fault::LoseSurface, Target::Texture(..)) => {}
            (Fault::SkipPresent, _) => self.skip_present = true,
            (Fault::Freeze, _) => self.frozen = true,
        }
    }
}

/// Cuts a size to what textures can have; `None` for one without pixels.
fn texture_size([w, h]: [u32; 2], max_side: u32) -> Option<[u32; 2]> {
    if w == 0 || h == 0 {
        return None;
    }
    let size = [w.min(max_side), h.min(max_side)];
    if size != [w, h] {
        tracing::warn!("{w} × {h} pixels are more than the graphics can do: cut to {} × {}", size[0], size[1]);
    }
    Some(size)
}
