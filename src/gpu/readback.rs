//! Reads pictures back from the GPU.

use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};
use std::time::Duration;

use image::RgbaImage;

use super::GpuError;
use super::device::Device;
use super::pipeline::texture;
use super::target::RenderTarget;

/// The device counts as stuck when a picture takes longer. A busy processor that also emulates another one needs minutes.
const TIMEOUT: Duration = Duration::from_secs(600);

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
        let coming = ComingPicture::copy(device, &mut encoder, &self.texture);
        let submission = device.queue.submit([encoder.finish()]);
        let coming = coming.submitted();
        let wait = wgpu::PollType::Wait { submission_index: Some(submission), timeout: Some(TIMEOUT) };
        device.device.poll(wait).map_err(|e| failed(&e.to_string()))?;
        coming.take().unwrap_or_else(|| Err(failed("the device does not answer")))
    }
}

fn failed(why: &str) -> GpuError {
    GpuError::Device(format!("the picture cannot be read back: {why}"))
}

/// A picture that is copied out of the GPU while the program goes on.
pub(super) struct ComingPicture {
    buffer: wgpu::Buffer,
    size: [u32; 2],
    /// Bytes of a row in the buffer.
    row: u32,
    format: wgpu::TextureFormat,
    mapped: Option<Receiver<Result<(), wgpu::BufferAsyncError>>>,
}

impl ComingPicture {
    /// Records the copy of a texture.
    pub fn copy(device: &Device, encoder: &mut wgpu::CommandEncoder, texture: &wgpu::Texture) -> ComingPicture {
        let size @ [width, height] = [texture.width(), texture.height()];
        let row = (4 * width).next_multiple_of(wgpu::COPY_BYTES_PER_ROW_ALIGNMENT);
        let buffer = device.device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("readback"),
            size: u64::from(row) * u64::from(height),
            usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
            mapped_at_creation: false,
        });
        encoder.copy_texture_to_buffer(
            texture.as_image_copy(),
            wgpu::TexelCopyBufferInfo {
                buffer: &buffer,
                layout: wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(row), rows_per_image: None },
            },
            texture.size(),
        );
        ComingPicture { buffer, size, row, format: texture.format(), mapped: None }
    }

    /// The commands were handed to the GPU.
    pub fn submitted(mut self) -> ComingPicture {
        let (sender, receiver) = sync_channel(1);
        self.buffer.map_async(wgpu::MapMode::Read, .., move |result| {
            // The receiver is gone after a time-out.
            let _ = sender.send(result);
        });
        self.mapped = Some(receiver);
        self
    }

    /// The picture, once a poll of the device has found it there; `None`: not yet.
    pub fn take(&self) -> Option<Result<RgbaImage, GpuError>> {
        match self.mapped.as_ref()?.try_recv() {
            Ok(Ok(())) => Some(self.pixels()),
            Ok(Err(e)) => Some(Err(failed(&e.to_string()))),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Err(failed("the device gave it up"))),
        }
    }

    fn pixels(&self) -> Result<RgbaImage, GpuError> {
        let mapped = self.buffer.get_mapped_range(..).map_err(|e| failed(&e.to_string()))?;
        let [width, height] = self.size;
        let swap = matches!(self.format, wgpu::TextureFormat::Bgra8Unorm);
        let mut pixels = Vec::with_capacity(4 * width as usize * height as usize);
        for line in mapped.chunks_exact(self.row as usize) {
            pixels.extend_from_slice(&line[..4 * width as usize]);
        }
        for pixel in pixels.chunks_exact_mut(4) {
            if swap {
                pixel.swap(0, 2);
            }
            pixel[3] = 255;
        }
        RgbaImage::from_raw(width, height, pixels).ok_or_else(|| failed("too few pixels"))
    }
}
