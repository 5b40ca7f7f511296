//! Speaks Wayland: asks the compositor for a word, and for a pixel of its next frame.
//!
//! A surface of its own would lie over the board, as such compositors show every window on the whole screen; a copy of a
//! pixel has to be drawn too. Compositors that copy nothing (weston) are only asked for a word.

use std::fs::File;
use std::os::fd::AsFd as _;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{MemfdFlags, memfd_create};
use wayland_client::backend::WaylandError;
use wayland_client::protocol::wl_buffer::WlBuffer;
use wayland_client::protocol::wl_callback::{self, WlCallback};
use wayland_client::protocol::wl_output::WlOutput;
use wayland_client::protocol::wl_registry::{self, WlRegistry};
use wayland_client::protocol::wl_shm::{Format, WlShm};
use wayland_client::protocol::wl_shm_pool::WlShmPool;
use wayland_client::{Connection, Dispatch, EventQueue, QueueHandle, WEnum, delegate_noop};
use wayland_protocols_wlr::screencopy::v1::client::zwlr_screencopy_frame_v1::{self, ZwlrScreencopyFrameV1};
use wayland_protocols_wlr::screencopy::v1::client::zwlr_screencopy_manager_v1::ZwlrScreencopyManagerV1;

use super::verdict::Signs;
use crate::clock::monotonic_now;

type Error = Box<dyn std::error::Error + Send + Sync>;

/// The oldest versions do.
const VERSION: u32 = 1;
/// More than a pixel needs in any format.
const MAX_BYTES: u32 = 1 << 16;

/// A connection to the compositor.
pub(super) struct Client {
    connection: Connection,
    queue: EventQueue<Seen>,
    seen: Seen,
}

/// What the compositor has said.
#[derive(Default)]
struct Seen {
    outputs: Vec<(u32, WlOutput)>,
    shm: Option<WlShm>,
    copies: Option<ZwlrScreencopyManagerV1>,
    has_answered: bool,
    asked_at: Option<Instant>,
    frame: Option<Frame>,
    problem: Option<Error>,
}

/// A pixel that is being copied.
struct Frame {
    at: Instant,
    object: ZwlrScreencopyFrameV1,
    buffer: Option<(WlShmPool, WlBuffer)>,
}

impl Drop for Frame {
    fn drop(&mut self) {
        if let Some((pool, buffer)) = &self.buffer {
            buffer.destroy();
            pool.destroy();
        }
        self.object.destroy();
    }
}

impl Client {
    /// Connects to the compositor that the environment names.
    pub(super) fn connect() -> Result<Client, Error> {
        let connection = Connection::connect_to_env()?;
        let queue = connection.new_event_queue();
        connection.display().get_registry(&queue.handle(), ());
        Ok(Client { connection, queue, seen: Seen::default() })
    }

    /// Asks for what is not being waited for.
    pub(super) fn ask(&mut self) -> Result<(), Error> {
        let handle = self.queue.handle();
        let now = monotonic_now();
        if self.seen.asked_at.is_none() {
            self.connection.display().sync(&handle, ());
            self.seen.asked_at = Some(now);
        }
        if self.seen.frame.is_none()
            && let (Some(copies), Some((_, output))) = (&self.seen.copies, self.seen.outputs.first())
        {
            let object = copies.capture_output_region(0, output, 0, 0, 1, 1, &handle, ());
            self.seen.frame = Some(Frame { at: now, object, buffer: None });
        }
        Ok(())
    }

    /// Takes what comes within this time, and no longer: a compositor that hangs says nothing.
    pub(super) fn listen(&mut self, time: Duration) -> Result<(), Error> {
        let until = monotonic_now() + time;
        loop {
            self.queue.dispatch_pending(&mut self.seen)?;
            if let Some(problem) = self.seen.problem.take() {
                return Err(problem);
            }
            // One that reads nothing lets what is said to it pile up here, and that is little.
            unless_busy(self.queue.flush())?;
            let left = until.saturating_duration_since(monotonic_now());
            if left.is_zero() {
                return Ok(());
            }
            let Some(guard) = self.queue.prepare_read() else { continue };
            let timeout = Timespec { tv_sec: left.as_secs() as i64, tv_nsec: left.subsec_nanos().into() };
            let fd = guard.connection_fd();
            let ready = poll(&mut [PollFd::new(&fd, PollFlags::IN)], Some(&timeout));
            match ready {
                Ok(0) | Err(rustix::io::Errno::INTR) => {}
                Ok(_) => unless_busy(guard.read().map(drop))?,
                Err(error) => return Err(error.into()),
            }
        }
    }

    pub(super) fn signs(&self, now: Instant) -> Signs {
        let since_s = |at: Instant| now.saturating_duration_since(at).as_secs_f64();
        Signs {
            has_answered: self.seen.has_answered,
            asked_s: self.seen.asked_at.map(since_s),
            frame_s: self.seen.frame.as_ref().map(|frame| since_s(frame.at)),
            outputs: self.seen.outputs.len(),
        }
    }
}

/// That there is nothing to read or no room to write is no failure.
fn unless_busy(done: Result<(), WaylandError>) -> Result<(), WaylandError> {
    match done {
        Err(WaylandError::Io(error)) if error.kind() == std::io::ErrorKind::WouldBlock => Ok(()),
        done => done,
    }
}

impl Dispatch<WlRegistry, ()> for Seen {
    fn event(
        seen: &mut Seen,
        registry: &WlRegistry,
        event: wl_registry::Event,
        (): &(),
        _: &Connection,
        handle: &QueueHandle<Seen>,
    ) {
        match event {
            wl_registry::Event::Global { name, interface, .. } => match interface.as_str() {
                "wl_output" => seen.outputs.push((name, registry.bind(name, VERSION, handle, ()))),
                "wl_shm" => seen.shm = Some(registry.bind(name, VERSION, handle, ())),
                "zwlr_screencopy_manager_v1" => seen.copies = Some(registry.bind(name, VERSION, handle, ())),
                _ => {}
            },
            wl_registry::Event::GlobalRemove { name } => {
                // A copy of a screen that is gone may never come.
                if seen.outputs.first().is_some_and(|(first, _)| *first == name) {
                    seen.frame = None;
                }
                seen.outputs.retain(|(output, _)| *output != name);
            }
            _ => {}
        }
    }
}

impl Dispatch<WlCallback, ()> for Seen {
    fn event(
        seen: &mut Seen,
        _: &WlCallback,
        event: wl_callback::Event,
        (): &(),
        _: &Connection,
        _: &QueueHandle<Seen>,
    ) {
        if let wl_callback::Event::Done { .. } = event {
            (seen.asked_at, seen.has_answered) = (None, true);
        }
    }
}

impl Dispatch<ZwlrScreencopyFrameV1, ()> for Seen {
    fn event(
        seen: &mut Seen,
        object: &ZwlrScreencopyFrameV1,
        event: zwlr_screencopy_frame_v1::Event,
        (): &(),
        _: &Connection,
        handle: &QueueHandle<Seen>,
    ) {
        use zwlr_screencopy_frame_v1::Event;
        let Some(frame) = seen.frame.as_mut().filter(|frame| frame.object == *object) else { return };
        match (event, &seen.shm) {
            (Event::Buffer { format: WEnum::Value(format), width, height, stride }, Some(shm)) => {
                let size = Shape { format, width, height, stride };
                match size.buffer(shm, handle) {
                    Ok(buffer) => {
                        object.copy(&buffer.1);
                        frame.buffer = Some(buffer);
                    }
                    Err(error) => seen.problem = Some(error),
                }
            }
            // Drawn; or the screen went off meanwhile, and there is nothing to copy.
            (Event::Ready { .. } | Event::Failed, _) => seen.frame = None,
            _ => {}
        }
    }
}

/// How the compositor wants the pixel.
struct Shape {
    format: Format,
    width: u32,
    height: u32,
    stride: u32,
}

impl Shape {
    fn buffer(&self, shm: &WlShm, handle: &QueueHandle<Seen>) -> Result<(WlShmPool, WlBuffer), Error> {
        let bytes = self.stride.saturating_mul(self.height);
        if bytes == 0 || bytes > MAX_BYTES {
            return Err(format!("it wants {bytes} bytes for a pixel").into());
        }
        let memory = File::from(memfd_create("floorcast-pixel", MemfdFlags::CLOEXEC)?);
        memory.set_len(bytes.into())?;
        let [width, height, stride, bytes] =
            [self.width, self.height, self.stride, bytes].map(|n| i32::try_from(n).unwrap_or(i32::MAX));
        let pool = shm.create_pool(memory.as_fd(), bytes, handle, ());
        let buffer = pool.create_buffer(0, width, height, stride, self.format, handle, ());
        Ok((pool, buffer))
    }
}

delegate_noop!(Seen: ignore WlOutput);
delegate_noop!(Seen: ignore WlShm);
delegate_noop!(Seen: ignore WlBuffer);
delegate_noop!(Seen: WlShmPool);
delegate_noop!(Seen: ZwlrScreencopyManagerV1);
