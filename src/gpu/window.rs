//! Draws on a window: owns its surface, configures it, and knows how the panel is rotated.

use std::fmt;
use std::sync::Arc;

use wgpu::rwh::{DisplayHandle, HandleError, HasDisplayHandle, HasWindowHandle, WindowHandle};

use super::blit::BlitPipelines;
use super::device::Device;
use super::target::RenderTexture;
use super::{FrameOutcome, GpuError};

/// A window that can be drawn on. The surface shares its ownership, so that it outlives the surface.
pub trait WindowLike: HasWindowHandle + HasDisplayHandle + Send + Sync + 'static {}

impl<T: HasWindowHandle + HasDisplayHandle + Send + Sync + 'static> WindowLike for T {}

/// A window shared with the surface and with the instance, which needs the display to present with GL on Wayland.
#[derive(Clone)]
pub(super) struct SharedWindow(pub Arc<dyn WindowLike>);

impl fmt::Debug for SharedWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("window")
    }
}

impl HasDisplayHandle for SharedWindow {
    fn display_handle(&self) -> Result<DisplayHandle<'_>, HandleError> {
        self.0.display_handle()
    }
}

impl HasWindowHandle for SharedWindow {
    fn window_handle(&self) -> Result<WindowHandle<'_>, HandleError> {
        self.0.window_handle()
    }
}

/// A window and its surface.
pub(super) struct Window {
    instance: wgpu::Instance,
    handle: SharedWindow,
    /// `None` from when it is lost until the next frame.
    surface: Option<wgpu::Surface<'static>>,
    config: wgpu::SurfaceConfiguration,
    /// The surface must be configured before the next frame.
    needs_configure: bool,
    pub rotation: Rotation,
    /// On a rotated panel frames are drawn here first, with its size.
    upright: Option<([u32; 2], RenderTexture)>,
}

/// The window's next texture.
pub(super) struct Acquired {
    pub texture: wgpu::SurfaceTexture,
    /// The surface no longer fits its window and is configured again before the next frame.
    pub suboptimal: bool,
}

/// How far the panel is rotated clockwise; the picture is rotated back by as much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rotation {
    None,
    Quarter,
    Half,
    ThreeQuarters,
}

impl Rotation {
    /// `None` unless it is 0, 90, 180 or 270.
    pub fn from_degrees(degrees: u16) -> Option<Rotation> {
        match degrees {
            0 => Some(Rotation::None),
            90 => Some(Rotation::Quarter),
            180 => Some(Rotation::Half),
            270 => Some(Rotation::ThreeQuarters),
            _ => None,
        }
    }

    /// The picture's size for a surface of this size, or the surface's for a picture.
    pub fn size(self, [w, h]: [u32; 2]) -> [u32; 2] {
        match self {
            Rotation::None | Rotation::Half => [w, h],
            Rotation::Quarter | Rotation::ThreeQuarters => [h, w],
        }
    }

    /// The picture's corner in the surface's upper left, upper right, lower right and lower left corner; 0 to 1.
    pub fn corners(self) -> [[f32; 2]; 4] {
        let clockwise = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]];
        let by = match self {
            Rotation::None => 0,
            Rotation::Quarter => 1,
            Rotation::Half => 2,
            Rotation::ThreeQuarters => 3,
        };
        std::array::from_fn(|i| clockwise[(i + by) % 4])
    }
}

impl Window {
    /// A window on an open instance; `surface` can be shown by the device's adapter.
    pub fn new(
        instance: wgpu::Instance,
        handle: SharedWindow,
        surface: wgpu::Surface<'static>,
        adapter: &wgpu::Adapter,
        rotation: Rotation,
    ) -> Result<Window, GpuError> {
        let capabilities = surface.get_capabilities(adapter);
        // Not sRGB: colours are mixed as the design's are, and sRGB targets cost a quarter more.
        let wanted = [wgpu::TextureFormat::Bgra8Unorm, wgpu::TextureFormat::Rgba8Unorm];
        let format = wanted.into_iter().find(|f| capabilities.formats.contains(f)).ok_or_else(|| {
            GpuError::Surface(format!("it takes none of {wanted:?}, only {:?}", capabilities.formats))
        })?;
        let opaque = capabilities.alpha_modes.contains(&wgpu::CompositeAlphaMode::Opaque);
        let config = wgpu::SurfaceConfiguration {
            // Copying onto it is faster than drawing for a software adapter; not every surface takes it.
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT | (capabilities.usages & wgpu::TextureUsages::COPY_DST),
            format,
            color_space: wgpu::SurfaceColorSpace::Auto,
            width: 0,
            height: 0,
            desired_maximum_frame_latency: 2,
            present_mode: wgpu::PresentMode::Fifo,
            alpha_mode: if opaque { wgpu::CompositeAlphaMode::Opaque } else { wgpu::CompositeAlphaMode::Auto },
            view_formats: Vec::new(),
        };
        Ok(Window { instance, handle, surface: Some(surface), config, needs_configure: true, rotation, upright: None })
    }

    pub fn format(&self) -> wgpu::TextureFormat {
        self.config.format
    }

    /// Takes a new size of the surface in pixels. The surface is configured with the next frame, so that many sizes in a
    /// row cost one configuration.
    pub fn resize(&mut self, [width, height]: [u32; 2]) {
        (self.config.width, self.config.height) = (width, height);
        self.needs_configure = true;
    }

    /// Size of the surface in pixels.
    pub fn size(&self) -> [u32; 2] {
        [self.config.width, self.config.height]
    }

    /// Makes a new surface first if it was lost, and configures it if needed.
    pub fn acquire(&mut self, device: &Device) -> Result<Acquired, FrameOutcome> {
        let surface = match &mut self.surface {
            Some(surface) => surface,
            lost => {
                let surface = self.instance.create_surface(self.handle.clone());
                self.needs_configure = true;
                lost.insert(surface.map_err(|e| FrameOutcome::Failed(format!("no new surface on the window: {e}")))?)
            }
        };
        if self.needs_configure {
            surface.configure(&device.device, &self.config);
            self.needs_configure = false;
        }
        use wgpu::CurrentSurfaceTexture as Current;
        match surface.get_current_texture() {
            Current::Success(texture) => Ok(Acquired { texture, suboptimal: false }),
            Current::Suboptimal(texture) => {
                self.needs_configure = true;
                Ok(Acquired { texture, suboptimal: true })
            }
            Current::Timeout => Err(FrameOutcome::Timeout),
            Current::Occluded => Err(FrameOutcome::Occluded),
            Current::Outdated => {
                self.needs_configure = true;
                Err(FrameOutcome::Outdated)
            }
            Current::Lost => {
                self.drop_surface();
                Err(FrameOutcome::SurfaceLost)
            }
            Current::Validation => Err(FrameOutcome::Failed(format!("no texture to draw on: {}", device.last_error()))),
        }
    }

    /// The next frame makes a new one.
    pub fn drop_surface(&mut self) {
        self.surface = None;
    }

    /// Where frames are drawn before they are rotated, or read back; `None` where neither is done.
    pub fn upright(&mut self, device: &Device, blit: &BlitPipelines, is_read: bool) -> Option<&RenderTexture> {
        if self.rotation == Rotation::None && !is_read {
            self.upright = None;
            return None;
        }
        let size = self.rotation.size(self.size());
        if self.upright.as_ref().is_none_or(|(s, _)| *s != size) {
            self.upright = Some((size, blit.texture(&device.device, "upright", size)));
        }
        self.upright.as_ref().map(|(_, texture)| texture)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panel_rotated_clockwise_gets_its_picture_rotated_back() {
        // The panel's own upper left corner hangs at the upper right of the wall.
        assert_eq!(Rotation::Quarter.corners()[0], [1.0, 0.0]);
        assert_eq!(Rotation::Half.corners()[0], [1.0, 1.0]);
        assert_eq!(Rotation::ThreeQuarters.corners()[0], [0.0, 1.0]);
        assert_eq!(Rotation::Quarter.size([1920, 1080]), [1080, 1920]);
        assert_eq!(Rotation::from_degrees(45), None);
    }
}
