//! Reads pictures back from the GPU.

use std::sync::mpsc::sync_channel;
use std::time::Duration;

use image::RgbaImage;

use super::GpuError;
use super::device::Device;
use super::pipeline::texture;
use super::target::RenderTarget;

/// The device counts as stuck when a picture takes longer.
const TIMEOUT: Duration = Duration::from_secs(60);

/// An off-screen target whose pixels can be read.
pub(super) struct Readback {
    texture: wgpu::Texture,
    pub view: wgpu::TextureView,
}

impl Readback {
    pub fn new(device: &Device, size: [u32; 2], format: wgpu::TextureFormat) -> Readback {
        let usage =
            wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC | wgpu::TextureUsages::COPY_DST;
        let texture = texture(&device.device, "offscreen", size, format, usage);
        let view = texture.create_view(&Default::default());
        Readback { texture, view }
    }

    pub fn target(&self) -> RenderTarget<'_> {
        RenderTarget { texture: &self.texture, view: &self.view }
    }

    pub fn size(&self) -> [u32; 2] {
        [self.texture.width(), self.texture.height()]
    }

    /// Submits the encoder's commands and waits for the pixels.
    pub fn read(&self, device: &Device, mut encoder: wgpu::CommandEncoder) -> Result<RgbaImage, GpuError> {
        let [width, height] = self.size();
        let row = (4 * width).next_multiple_of(wgpu::COPY_BYTES_PER_ROW_ALIGNMENT);
        let buffer = device.device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("readback"),
            size: u64::from(row) * u64::from(height),
            usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
            mapped_at_creation: false,
        });
        encoder.copy_texture_to_buffer(
            self.texture.as_image_copy(),
            wgpu::TexelCopyBufferInfo {
                buffer: &buffer,
                layout: wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(row), rows_per_image: None },
            },
            self.texture.size(),
        );
        let submission = device.queue.submit([encoder.finish()]);
        let (sender, receiver) = sync_channel(1);
        buffer.map_async(wgpu::MapMode::Read, .., move |result| {
            // The receiver is gone after a time-out.
            let _ = sender.send(result);
        });
        let failed = |why: String| GpuError::Device(format!("the picture cannot be read back: {why}"));
        let wait = wgpu::PollType::Wait { submission_index: Some(submission), timeout: Some(TIMEOUT) };
        device.device.poll(wait).map_err(|e| failed(e.to_string()))?;
        match receiver.try_recv() {
            Ok(Ok(())) => {}
            Ok(Err(e)) => return Err(failed(e.to_string())),
            Err(_) => return Err(failed("the device does not answer".into())),
        }
        let mapped = buffer.get_mapped_range(..).map_err(|e| failed(e.to_string()))?;
        let swap = matches!(self.texture.format(), wgpu::TextureFormat::Bgra8Unorm);
        let mut pixels = Vec::with_capacity(4 * width as usize * height as usize);
        for line in mapped.chunks_exact(row as usize) {
            pixels.extend_from_slice(&line[..4 * width as usize]);
        }
        for pixel in pixels.chunks_exact_mut(4) {
            if swap {
                pixel.swap(0, 2);
            }
            pixel[3] = 255;
        }
        RgbaImage::from_raw(width, height, pixels).ok_or_else(|| failed("too few pixels".into()))
    }
}
