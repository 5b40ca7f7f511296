//! The window as a target: its surface, when it is configured, and turned panels.

use std::fmt;
use std::sync::Arc;

use wgpu::rwh::{DisplayHandle, HandleError, HasDisplayHandle, HasWindowHandle, WindowHandle};

use super::copy::{Canvas, Copies};
use super::device::Device;
use super::{GpuError, Outcome};

/// Any window that can be drawn on and that lives as long as someone draws on it.
pub trait WindowLike: HasWindowHandle + HasDisplayHandle + Send + Sync + 'static {}

impl<T: HasWindowHandle + HasDisplayHandle + Send + Sync + 'static> WindowLike for T {}

/// A window, shared with the surface and with the instance, which must know the display to present with GL on Wayland.
#[derive(Clone)]
pub(super) struct Handle(pub Arc<dyn WindowLike>);

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("window")
    }
}

impl HasDisplayHandle for Handle {
    fn display_handle(&self) -> Result<DisplayHandle<'_>, HandleError> {
        self.0.display_handle()
    }
}

impl HasWindowHandle for Handle {
    fn window_handle(&self) -> Result<WindowHandle<'_>, HandleError> {
        self.0.window_handle()
    }
}

/// The surface of a window.
pub(super) struct Window {
    instance: wgpu::Instance,
    handle: Handle,
    /// `None` after it was lost, until the next frame.
    surface: Option<wgpu::Surface<'static>>,
    config: wgpu::SurfaceConfiguration,
    /// The configuration has to be told to the surface before the next frame.
    dirty: bool,
    /// How far the panel is turned.
    pub turn: Turn,
    /// Where a turned picture is painted first.
    canvas: Option<([u32; 2], Canvas)>,
}

/// How far the panel is turned clockwise; the picture is turned back by as much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    None,
    Quarter,
    Half,
    ThreeQuarters,
}

impl Turn {
    /// From 0, 90, 180 or 270 degrees; `None` for any other number.
    pub fn of_degrees(degrees: u16) -> Option<Turn> {
        match degrees {
            0 => Some(Turn::None),
            90 => Some(Turn::Quarter),
            180 => Some(Turn::Half),
            270 => Some(Turn::ThreeQuarters),
            _ => None,
        }
    }

    /// The picture's size on a surface of this size, and the other way round.
    pub fn size(self, [w, h]: [u32; 2]) -> [u32; 2] {
        match self {
            Turn::None | Turn::Half => [w, h],
            Turn::Quarter | Turn::ThreeQuarters => [h, w],
        }
    }

    /// Which corner of the picture lies in the surface's upper left, upper right, lower right and lower left corner, in
    /// sizes of the picture.
    pub fn corners(self) -> [[f32; 2]; 4] {
        let clockwise = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]];
        let by = match self {
            Turn::None => 0,
            Turn::Quarter => 1,
            Turn::Half => 2,
            Turn::ThreeQuarters => 3,
        };
        std::array::from_fn(|i| clockwise[(i + by) % 4])
    }
}

impl Window {
    /// A window on an open instance; `surface` can be shown by the device's adapter.
    pub fn new(
        instance: wgpu::Instance,
        handle: Handle,
        surface: wgpu::Surface<'static>,
        adapter: &wgpu::Adapter,
        turn: Turn,
    ) -> Result<Window, GpuError> {
        let can = surface.get_capabilities(adapter);
        // Not sRGB: colours are mixed as the design's are, and sRGB targets cost a quarter more.
        let wanted = [wgpu::TextureFormat::Bgra8Unorm, wgpu::TextureFormat::Rgba8Unorm];
        let format = wanted
            .into_iter()
            .find(|f| can.formats.contains(f))
            .ok_or_else(|| GpuError::Surface(format!("it takes none of {wanted:?}, only {:?}", can.formats)))?;
        let opaque = can.alpha_modes.contains(&wgpu::CompositeAlphaMode::Opaque);
        let config = wgpu::SurfaceConfiguration {
            // Copying onto it is faster than drawing for a software adapter; not every surface takes it.
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT | (can.usages & wgpu::TextureUsages::COPY_DST),
            format,
            color_space: wgpu::SurfaceColorSpace::Auto,
            width: 0,
            height: 0,
            desired_maximum_frame_latency: 2,
            present_mode: wgpu::PresentMode::Fifo,
            alpha_mode: if opaque { wgpu::CompositeAlphaMode::Opaque } else { wgpu::CompositeAlphaMode::Auto },
            view_formats: Vec::new(),
        };
        Ok(Window { instance, handle, surface: Some(surface), config, dirty: true, turn, canvas: None })
    }

    pub fn format(&self) -> wgpu::TextureFormat {
        self.config.format
    }

    /// Takes a new size in pixels of the surface; it is told to the surface before the next frame, so that many sizes in
    /// a row cost one configuration.
    pub fn resize(&mut self, [width, height]: [u32; 2]) {
        (self.config.width, self.config.height) = (width, height);
        self.dirty = true;
    }

    /// Pixels of the surface.
    pub fn size(&self) -> [u32; 2] {
        [self.config.width, self.config.height]
    }

    /// The next texture to draw on, and whether the surface wants to be configured again after it.
    pub fn acquire(&mut self, device: &Device) -> Result<(wgpu::SurfaceTexture, bool), Outcome> {
        let surface = match &mut self.surface {
            Some(surface) => surface,
            lost => {
                let again = self.instance.create_surface(self.handle.clone());
                self.dirty = true;
                lost.insert(again.map_err(|e| Outcome::Failed(format!("no new surface on the window: {e}")))?)
            }
        };
        if self.dirty {
            surface.configure(&device.device, &self.config);
            self.dirty = false;
        }
        use wgpu::CurrentSurfaceTexture as Current;
        match surface.get_current_texture() {
            Current::Success(texture) => Ok((texture, false)),
            Current::Suboptimal(texture) => {
                self.dirty = true;
                Ok((texture, true))
            }
            Current::Timeout => Err(Outcome::Timeout),
            Current::Occluded => Err(Outcome::Occluded),
            Current::Outdated => {
                self.dirty = true;
                Err(Outcome::Outdated)
            }
            Current::Lost => {
                self.lose();
                Err(Outcome::SurfaceLost)
            }
            Current::Validation => Err(Outcome::Failed(format!("no texture to draw on: {}", device.last_error()))),
        }
    }

    /// Drops the surface; the next frame makes a new one.
    pub fn lose(&mut self) {
        self.surface = None;
    }

    /// Where the picture is painted before it is turned; `None` when the panel is not turned.
    pub fn canvas(&mut self, device: &Device, copies: &Copies) -> Option<&Canvas> {
        if self.turn == Turn::None {
            return None;
        }
        let size = self.turn.size(self.size());
        if self.canvas.as_ref().is_none_or(|(s, _)| *s != size) {
            self.canvas = Some((size, copies.canvas(&device.device, "turned", size)));
        }
        self.canvas.as_ref().map(|(_, canvas)| canvas)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panel_turned_clockwise_gets_its_picture_turned_back() {
        // The panel's own upper left corner hangs at the upper right of the wall.
        assert_eq!(Turn::Quarter.corners()[0], [1.0, 0.0]);
        assert_eq!(Turn::Half.corners()[0], [1.0, 1.0]);
        assert_eq!(Turn::ThreeQuarters.corners()[0], [0.0, 1.0]);
        assert_eq!(Turn::Quarter.size([1920, 1080]), [1080, 1920]);
        assert_eq!(Turn::of_degrees(45), None);
    }
}
