//! The GPU: opens an adapter, and paints scenes on a window or into pictures.

mod adapter;
mod backdrop;
mod batch;
mod brush;
mod copy;
mod cover;
mod device;
mod error;
mod fill;
mod frozen;
mod kept;
mod outline;
mod painter;
mod picture;
mod pipeline;
mod readback;
mod text;
mod turn;
mod upload;
mod waiting;
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
use painter::{Onto, Painter};
use readback::Readback;
use turn::Turner;
use window::{Handle, Turn, Window};

/// What came of a frame. `app` decides what to do about it in one place.
#[must_use]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is on its way to the screen.
    Shown,
    /// The screen shows this picture already; nothing was done.
    Unchanged,
    /// Shown, but the surface no longer fits its window; it is configured again before the next frame.
    Suboptimal,
    /// Not shown: the window changed. The surface is configured again before the next frame; try at once.
    Outdated,
    /// Not shown: the compositor gave no texture in time.
    Timeout,
    /// Not shown: the window is hidden, or has no size yet.
    Occluded,
    /// Not shown: the surface is gone. The next frame tries to make a new one on the same window.
    SurfaceLost,
    /// Not shown, for this reason.
    Failed(String),
    /// The device is gone and every frame from now on will end so.
    DeviceLost,
}

/// A point on the way of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameEvent {
    /// Everything is prepared: what follows is recording the passes, and the driver's work.
    Prepared,
    /// The picture goes out directly after this.
    Presenting,
}

/// Faults that can be made to happen, to see what the kiosk does about them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Loses the device.
    DestroyDevice,
    /// Loses the window's surface.
    LoseSurface,
    /// Draws every frame from now on but shows none.
    SkipPresent,
}

/// An open device with its target.
pub struct Gpu {
    // The order is the order of dropping: what was made on the device before the device.
    painter: Painter,
    turner: Turner,
    offscreen: Option<Readback>,
    target: Target,
    device: Device,
    skip_present: bool,
}

enum Target {
    Texture([u32; 2], Readback),
    Window(Box<Window>),
}

impl Gpu {
    /// A device that paints pictures of `size` pixels.
    ///
    /// # Errors
    /// No adapter fits, or it gives no device.
    pub fn offscreen(choice: &AdapterChoice, size: [u32; 2]) -> Result<Gpu, GpuError> {
        let instance = device::instance(choice, None);
        let (device, _) = Device::open(&instance, choice, None)?;
        let size = fitting(size, device.max_side).unwrap_or([1, 1]);
        let format = wgpu::TextureFormat::Rgba8Unorm;
        let target = Target::Texture(size, Readback::new(&device, size, format));
        Ok(Gpu::new(device, format, target))
    }

    /// A device that paints on a window of `size` pixels whose panel is turned clockwise by `rotation` degrees (0, 90, 180,
    /// 270).
    ///
    /// # Errors
    /// The window cannot be drawn on, no adapter fits, or it gives no device.
    pub fn window(
        choice: &AdapterChoice,
        window: Arc<dyn WindowLike>,
        size: [u32; 2],
        rotation: u16,
    ) -> Result<Gpu, GpuError> {
        let turn = Turn::of_degrees(rotation)
            .ok_or_else(|| GpuError::Surface(format!("turned by {rotation}°, expected 0, 90, 180 or 270")))?;
        let handle = Handle(window);
        let instance = device::instance(choice, Some(Box::new(handle.clone())));
        // Without any driver there is no surface either, and that says less.
        let surface = instance.create_surface(handle.clone()).map_err(|e| {
            let none = choose(&list_adapters(), &choice.clone().with_env()).err();
            none.unwrap_or_else(|| GpuError::Surface(format!("no surface: {e}")))
        })?;
        let (device, adapter) = Device::open(&instance, choice, Some(&surface))?;
        let window = Window::new(instance, handle, surface, &adapter, turn)?;
        let mut gpu = Gpu::new(device, window.format(), Target::Window(Box::new(window)));
        gpu.resize(size);
        Ok(gpu)
    }

    fn new(device: Device, format: wgpu::TextureFormat, target: Target) -> Gpu {
        let painter = Painter::new(&device, format);
        Gpu { painter, turner: Turner::new(), offscreen: None, target, device, skip_present: false }
    }

    /// Has the driver compile shaders now, while nobody waits for them.
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

    /// The size of the scenes that fit the target: its own, with its sides swapped on a panel that stands upright.
    pub fn size(&self) -> [u32; 2] {
        match &self.target {
            Target::Texture(size, _) => *size,
            Target::Window(window) => window.turn.size(window.size()),
        }
    }

    /// Takes a new size of the window, in its pixels. A side of 0 (windows start so) changes nothing; sides longer than a
    /// texture may be are cut off there.
    pub fn resize(&mut self, size: [u32; 2]) {
        let Some(size) = fitting(size, self.device.max_side) else { return };
        match &mut self.target {
            Target::Texture(old, target) => {
                if *old != size {
                    *target = Readback::new(&self.device, size, wgpu::TextureFormat::Rgba8Unorm);
                    *old = size;
                }
            }
            Target::Window(window) => window.resize(size),
        }
        self.painter.redraw();
    }

    /// Says that the window no longer shows what was drawn on it: the next frame is drawn even if it is the same.
    pub fn redraw(&mut self) {
        self.painter.redraw();
    }

    /// Paints a scene of [`Gpu::size`] and shows it. `reached` is told of each moment that the frame gets to.
    pub fn draw(&mut self, scene: Scene, fonts: &mut Fonts, mut reached: impl FnMut(FrameEvent)) -> Outcome {
        if self.device.lost() {
            return Outcome::DeviceLost;
        }
        if self.painter.shows(&scene) {
            return Outcome::Unchanged;
        }
        let errors = self.device.errors();
        let Gpu { painter, device, .. } = self;
        let mut encoder;
        let shown = match &mut self.target {
            Target::Texture(_, target) => {
                let prepared = painter.prepare_next(device, scene, fonts);
                reached(FrameEvent::Prepared);
                encoder = device.device.create_command_encoder(&Default::default());
                painter.record(&mut encoder, prepared, target.onto());
                None
            }
            Target::Window(window) => {
                if window.size().contains(&0) {
                    return Outcome::Occluded;
                }
                painter.foresee(device, &scene);
                let (surface, again) = match window.acquire(device) {
                    Ok(acquired) => acquired,
                    Err(outcome) => {
                        // A device that goes while it works says so only when it is asked after its work.
                        device.poll();
                        if device.lost() {
                            return Outcome::DeviceLost;
                        }
                        // Whatever the window shows after this is not the last frame.
                        painter.redraw();
                        return outcome;
                    }
                };
                let view = surface.texture.create_view(&Default::default());
                let (turn, size) = (window.turn, window.turn.size(window.size()));
                let prepared = painter.prepare_next(device, scene, fonts);
                reached(FrameEvent::Prepared);
                encoder = device.device.create_command_encoder(&Default::default());
                match window.canvas(device, painter.copies()) {
                    None => painter.record(&mut encoder, prepared, Onto { texture: &surface.texture, view: &view }),
                    Some(canvas) => {
                        painter.record(&mut encoder, prepared, canvas.onto());
                        let turned = (canvas, size, turn);
                        self.turner.copy(device, painter.copies(), &mut encoder, turned, &view);
                    }
                }
                Some((surface, again))
            }
        };
        self.device.queue.submit([encoder.finish()]);
        if self.device.lost() {
            return Outcome::DeviceLost;
        }
        if self.device.errors() != errors {
            // What was painted is unknown. The acquired texture goes back unpresented, and nobody was told otherwise.
            self.painter.forget();
            return Outcome::Failed(self.device.last_error());
        }
        let mut outcome = Outcome::Shown;
        if let Some((surface, again)) = shown {
            reached(FrameEvent::Presenting);
            if !self.skip_present {
                self.device.queue.present(surface);
            }
            if again {
                // The surface is configured anew, with nothing on it.
                self.painter.redraw();
                outcome = Outcome::Suboptimal;
            }
        } else {
            reached(FrameEvent::Presenting);
        }
        self.poll();
        if self.device.lost() { Outcome::DeviceLost } else { outcome }
    }

    /// Paints a scene into a picture of its own size.
    ///
    /// # Errors
    /// The device failed or was lost.
    pub fn picture(&mut self, scene: &Scene, fonts: &mut Fonts) -> Result<image::RgbaImage, GpuError> {
        let size = fitting(scene.size, self.device.max_side)
            .ok_or_else(|| GpuError::Device(format!("a picture of {:?} pixels", scene.size)))?;
        let errors = self.device.errors();
        let format = match &self.target {
            Target::Texture(..) => wgpu::TextureFormat::Rgba8Unorm,
            Target::Window(window) => window.format(),
        };
        let offscreen = match &mut self.offscreen {
            Some(kept) if kept.size() == size => kept,
            old => old.insert(Readback::new(&self.device, size, format)),
        };
        let mut encoder = self.device.device.create_command_encoder(&Default::default());
        let prepared = self.painter.prepare(&self.device, scene, fonts);
        self.painter.record(&mut encoder, prepared, offscreen.onto());
        let picture = offscreen.read(&self.device, encoder)?;
        if self.device.errors() != errors {
            return Err(GpuError::Device(self.device.last_error()));
        }
        Ok(picture)
    }

    /// Lets the device tidy up. Call it at least every 10 s, also while nothing is drawn, or memory grows.
    pub fn poll(&self) {
        self.device.poll();
    }

    /// Waits until the device has done all that it was asked for. For measuring; a wall never waits.
    pub fn wait(&self) {
        if let Err(e) = self.device.device.poll(wgpu::PollType::wait_indefinitely()) {
            tracing::warn!("graphics device does not answer: {e}");
        }
    }

    /// Whether the device is gone; it never comes back.
    pub fn device_lost(&self) -> bool {
        self.device.lost()
    }

    /// Makes a fault happen.
    pub fn fault(&mut self, fault: Fault) {
        tracing::warn!("fault on purpose: {fault:?}");
        match (fault, &mut self.target) {
            (Fault::DestroyDevice, _) => {
                self.device.device.destroy();
                self.poll();
            }
            (Fault::LoseSurface, Target::Window(window)) => {
                window.lose();
                self.painter.redraw();
            }
            (Fault::LoseSurface, Target::Texture(..)) => {}
            (Fault::SkipPresent, _) => self.skip_present = true,
        }
    }
}

/// A size that textures can have; `None` for one without pixels.
fn fitting([w, h]: [u32; 2], max_side: u32) -> Option<[u32; 2]> {
    if w == 0 || h == 0 {
        return None;
    }
    let size = [w.min(max_side), h.min(max_side)];
    if size != [w, h] {
        tracing::warn!("{w} × {h} pixels are more than the graphics can do: cut to {} × {}", size[0], size[1]);
    }
    Some(size)
}
