//! Opens the window and answers its events.

use std::sync::Arc;

use winit::application::ApplicationHandler;
use winit::dpi::PhysicalPosition;
use winit::event::{ElementState, KeyEvent, WindowEvent};
use winit::event_loop::ActiveEventLoop;
use winit::keyboard::{Key, NamedKey};
use winit::window::{Fullscreen, Window, WindowId};

use super::Event;
use super::display;
use super::kiosk::Kiosk;
use crate::exit::{Exit, Failure};
use crate::gpu::{self, Gpu};
use crate::motion::Now;

impl ApplicationHandler<Event> for Kiosk {
    fn resumed(&mut self, el: &ActiveEventLoop) {
        if self.window.is_none()
            && let Err(failure) = self.open_window(el)
        {
            self.finish(el, Err(failure));
        }
    }

    fn user_event(&mut self, el: &ActiveEventLoop, event: Event) {
        match event {
            // The wake that follows looks for both.
            Event::News | Event::Desk => {}
            Event::Settings => {
                if self.take_settings() {
                    self.restarts = true;
                    self.finish(el, Ok(()));
                }
            }
            Event::Stop => {
                tracing::info!("stopping on request");
                self.finish(el, Ok(()));
            }
            Event::GaveUp(thread) => self.lost(el, format!("the thread {thread:?} cannot be kept alive")),
            Event::Lost(why) => self.lost(el, why),
        }
    }

    fn window_event(&mut self, el: &ActiveEventLoop, _: WindowId, event: WindowEvent) {
        match event {
            WindowEvent::CloseRequested => self.finish(el, Ok(())),
            WindowEvent::Destroyed if self.end.is_none() => self.lost(el, "the window was destroyed"),
            WindowEvent::Resized(size) => {
                if let Some(gpu) = &mut self.gpu {
                    gpu.resize([size.width, size.height]);
                }
                self.resized();
            }
            WindowEvent::CursorEntered { .. } => {
                if let Some(window) = &self.window {
                    window.set_cursor_visible(false);
                }
            }
            WindowEvent::KeyboardInput {
                event: KeyEvent { logical_key, state: ElementState::Pressed, .. }, ..
            } if self.windowed.is_some() => self.key(el, &logical_key),
            WindowEvent::RedrawRequested => self.draw(el),
            _ => {}
        }
    }

    fn about_to_wait(&mut self, el: &ActiveEventLoop) {
        self.wake(el);
    }
}

impl Kiosk {
    fn open_window(&mut self, el: &ActiveEventLoop) -> Result<(), Failure> {
        let mut attributes =
            Window::default_attributes().with_title("floorcast").with_decorations(self.windowed.is_some());
        match self.windowed {
            Some(size) => attributes = attributes.with_inner_size(size),
            None => {
                attributes = attributes.with_fullscreen(Some(Fullscreen::Borderless(None)));
                // Without a window manager nothing acts on "fullscreen": take the monitor's place and size ourselves.
                if let Some(monitor) = el.primary_monitor().or_else(|| el.available_monitors().next()) {
                    attributes = attributes.with_inner_size(monitor.size()).with_position(PhysicalPosition::new(0, 0));
                }
            }
        }
        let window = el
            .create_window(attributes)
            .map_err(|e| display::none(&format!("no window can be opened ({})", display::reason(&e))))?;
        window.set_cursor_visible(false);
        let window = Arc::new(window);
        let size = window.inner_size();
        let gpu = Gpu::window(&self.choice, window.clone(), [size.width, size.height], self.rotation)
            .map_err(|e| Failure::new(Exit::NoDisplay, e))?;
        tracing::info!("drawing with {} on {}x{}", gpu.describe(), size.width, size.height);
        self.window = Some(window);
        self.gpu.insert(gpu).warm_up(gpu::WarmUp::First, &mut self.fonts);
        self.pace.opened_at = self.elapsed();
        self.resized();
        Ok(())
    }

    fn resized(&mut self) {
        let now = self.now();
        if let Some(gpu) = &self.gpu {
            let size = gpu.size();
            if !size.contains(&0) {
                self.director.resize(size, now, &mut self.fonts);
            }
        }
        self.redraw();
    }

    /// Has the picture drawn again, also where the wall is dark.
    pub(super) fn redraw(&mut self) {
        self.darkness.undrawn();
        self.pace.redraw_at = Some(self.elapsed());
    }

    fn key(&mut self, el: &ActiveEventLoop, key: &Key) {
        let now = self.now();
        match key {
            Key::Named(NamedKey::Escape) => self.finish(el, Ok(())),
            Key::Character(c) if c.eq_ignore_ascii_case("q") => self.finish(el, Ok(())),
            Key::Named(NamedKey::ArrowRight | NamedKey::ArrowDown) => self.skip(1, now),
            Key::Named(NamedKey::ArrowLeft | NamedKey::ArrowUp) => self.skip(-1, now),
            _ => {}
        }
    }

    fn skip(&mut self, n: i64, now: Now) {
        self.director.skip(n, now);
        self.pace.redraw_at = Some(now.t);
    }
}
