//! The window: winit's loop, the only reader of clocks, when to wake, and what to do with a frame that fails.

mod display;
mod ending;
mod feeds;
mod frame_log;
mod health;
mod inbox;
mod memory;
mod once;
mod record;
mod settings;

use std::sync::Arc;
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use winit::application::ApplicationHandler;
use winit::dpi::{PhysicalPosition, PhysicalSize};
use winit::event::{ElementState, KeyEvent, WindowEvent};
use winit::event_loop::{ActiveEventLoop, ControlFlow, EventLoop};
use winit::keyboard::{Key, NamedKey};
use winit::window::{Fullscreen, Window, WindowId};

use crate::cli::{Fault, FaultKind, RunArgs};
use crate::clock::{monotonic_now, wall_now};
use crate::config::{self, Config, ConfigError, FeedSource, Loaded};
use crate::director::{Director, Refused, Stand};
use crate::exit::{Exit, Failure};
use crate::gpu::{self, Gpu, Outcome};
use crate::host;
use crate::motion::{Now, Time};
use crate::scene::Fonts;
use ending::{Ending, begin_anew, begin_deadline};
use feeds::Feeds;
use frame_log::{Frame, FrameLog};
use health::{Health, Next};
use inbox::Mailbox;
use once::Once;
use settings::Settings;

pub use record::record;

/// The device tidies up at least so often, or memory grows (KIOSK rule 11).
const POLL_S: f64 = 10.0;
/// A network may come after the start: it is looked for so often, whatever is drawn.
const LOOK_S: f64 = 10.0;
/// Where nothing moves for so long there is time to tidy up.
const REST_S: f64 = 0.5;
/// A picture that says that nothing is there yet waits so long for the first board: drawing it would only delay that.
const FIRST_BOARD_S: f64 = 0.25;
/// What wakes the loop besides the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Something is in the inbox.
    News,
    /// The settings file was read again.
    Settings,
    /// The process was asked to end.
    Stop,
}

/// Shows the board on the screen until it is told to stop. Settings that are wrong are shown too, and waited for: a wall
/// that stays dark tells nobody why.
///
/// # Errors
/// No display or adapter (69), a feed that cannot be read at all (1), the GPU or the display was lost (75).
pub fn run(args: &RunArgs, loaded: Result<Loaded, ConfigError>) -> Result<(), Failure> {
    let (loaded, wrong) = match loaded {
        Ok(loaded) => (loaded, None),
        Err(error) if args.list_adapters => return Err(error.into()),
        Err(error) => {
            tracing::error!("the settings are wrong, waiting for correct ones: {error}");
            (Loaded { config: Config::default(), file: settings::place(&args.source) }, Some(settings::refused(&error)))
        }
    };
    match show(args, &loaded, wrong)? {
        Ending::Over => Ok(()),
        Ending::Anew => Err(begin_anew()),
    }
}

fn show(args: &RunArgs, loaded: &Loaded, wrong: Option<Refused>) -> Result<Ending, Failure> {
    let choice = host::adapter_choice(&loaded.config, loaded.config.graphics.allow_software);
    if args.list_adapters {
        return list_adapters(&choice).map(|()| Ending::Over);
    }
    let is_tape = |feed: &config::Feed| matches!(feed.source, Some(FeedSource::Tape(_) | FeedSource::Demo));
    if args.speed.is_some() && wrong.is_none() && !loaded.config.feeds.iter().any(is_tape) {
        return Err(Failure::new(Exit::Usage, "--speed is for tapes, and no feed is one"));
    }
    let started = monotonic_now();
    let frame_log = FrameLog::open(args.frame_log.as_deref())?;
    display::await_display(|name| std::env::var_os(name))?;
    let event_loop = EventLoop::<Event>::with_user_event()
        .build()
        .map_err(|e| display::none(&format!("it cannot be opened ({})", display::reason(&e))))?;
    let mailbox = Arc::new(Mailbox::new(event_loop.create_proxy()));
    let settings = Settings::watch(&args.source, loaded.file.clone(), event_loop.create_proxy())?;
    let reread = settings.reread();
    let proxy = event_loop.create_proxy();
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGINT, SIGHUP])
        .map_err(|e| Failure::new(Exit::Lost, format!("cannot listen for signals: {e}")))?;
    std::thread::Builder::new()
        .name("signals".into())
        .spawn(move || {
            for signal in signals.forever() {
                if signal == SIGHUP {
                    reread();
                } else {
                    // The loop may hang with the display: the deadline cannot wait for it.
                    begin_deadline();
                    let _ = proxy.send_event(Event::Stop);
                }
            }
        })
        .map_err(|e| Failure::new(Exit::Lost, format!("cannot start a thread: {e}")))?;
    let stand = Stand {
        size: [1920, 1080],
        pinned: args.slide.clone(),
        dither: true,
        orbit: true,
        settings: loaded.place_to_edit(),
        network: host::network(),
        address: host::address(),
        logo: host::logo(&loaded.config),
    };
    let mut director = Director::new(loaded.config.clone(), stand);
    let waits_for_settings = wrong.is_some();
    if !waits_for_settings && !loaded.config.is_set_up() {
        tracing::info!("no feed is set up: showing how to connect this screen");
    }
    director.set_refused(wrong);
    let feeds = Feeds::start(&loaded.config, args.speed, mailbox, &mut director)?;
    let mut app = App {
        director,
        feeds,
        config: loaded.config.clone(),
        settings,
        waits_for_settings,
        fonts: Fonts::new(true),
        rotation: Director::rotation(&loaded.config),
        frame_s: 1.0 / f64::from(loaded.config.graphics.max_fps.clamp(1, 240)),
        windowed: args.windowed.map(|s| PhysicalSize::new(s.width, s.height)),
        fault: args.fault,
        choice,
        gpu: None,
        window: None,
        started,
        due: Some(Time::ZERO),
        drawn_at: None,
        polled_at: Time::ZERO,
        looked_at: Time::ZERO,
        health: Health::default(),
        frames: 0,
        opened: Time::ZERO,
        wanted: None,
        frame_log,
        ready: false,
        idle: Once::default(),
        anew: false,
        end: None,
    };
    let ran = event_loop.run_app(&mut app);
    begin_deadline();
    let end = app.end.take();
    let ending = if app.anew { Ending::Anew } else { Ending::Over };
    drop(app);
    if let Some(end) = end {
        return end.map(|()| ending);
    }
    ran.map(|()| ending).map_err(|e| Failure::new(Exit::Lost, format!("the display was lost: {e}")))
}

fn list_adapters(choice: &gpu::AdapterChoice) -> Result<(), Failure> {
    let lines = gpu::list_adapters();
    let taken = gpu::choose(&lines, choice);
    for (i, line) in lines.iter().enumerate() {
        let mark = if taken.as_ref() == Ok(&i) { "*" } else { " " };
        println!("{mark} {line}");
    }
    taken.map(|_| ()).map_err(|e| Failure::new(Exit::NoDisplay, e))
}

struct App {
    director: Director,
    feeds: Feeds,
    /// The settings in force.
    config: Config,
    settings: Settings,
    /// The settings file was wrong at the start, and nothing of it is in force.
    waits_for_settings: bool,
    fonts: Fonts,
    rotation: u16,
    frame_s: f64,
    windowed: Option<PhysicalSize<u32>>,
    fault: Option<Fault>,
    choice: gpu::AdapterChoice,
    // The GPU goes before its window.
    gpu: Option<Gpu>,
    window: Option<Arc<Window>>,
    started: Instant,
    /// When the picture next differs; none: only news can change it.
    due: Option<Time>,
    drawn_at: Option<Time>,
    polled_at: Time,
    /// When this machine's address was last looked up.
    looked_at: Time,
    health: Health,
    frames: u64,
    /// When the window was there.
    opened: Time,
    /// When the frame that is coming was to be drawn.
    wanted: Option<Time>,
    frame_log: FrameLog,
    ready: bool,
    /// That there is nothing to show.
    idle: Once,
    /// The end is a new beginning.
    anew: bool,
    end: Option<Result<(), Failure>>,
}

impl App {
    /// Both clocks, read once per wake.
    fn now(&self) -> Now {
        Now { t: self.elapsed(), wall_us: wall_now().as_microsecond() }
    }

    fn elapsed(&self) -> Time {
        Time::from_s(monotonic_now().duration_since(self.started).as_secs_f64())
    }

    fn finish(&mut self, el: &ActiveEventLoop, end: Result<(), Failure>) {
        self.end.get_or_insert(end);
        el.exit();
    }

    fn lost(&mut self, el: &ActiveEventLoop, why: impl std::fmt::Display) {
        self.finish(el, Err(Failure::new(Exit::Lost, why)));
    }

    fn open_window(&mut self, el: &ActiveEventLoop) -> Result<(), Failure> {
        let mut attributes =
            Window::default_attributes().with_title("floorcast").with_decorations(self.windowed.is_some());
        match self.windowed {
            Some(size) => attributes = attributes.with_inner_size(size),
            None => {
                attributes = attributes.with_fullscreen(Some(Fullscreen::Borderless(None)));
                // Without a window manager nobody acts on "fullscreen": take the monitor's place and size ourselves.
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
        self.opened = self.elapsed();
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
        self.due = Some(now.t);
    }

    /// Until when there is nothing worth a first picture.
    fn awaits_first_board(&self, now: Now) -> Option<Time> {
        (self.frames == 0 && self.director.is_waiting(now)).then(|| self.opened.after(FIRST_BOARD_S))
    }

    fn draw(&mut self, el: &ActiveEventLoop) {
        let now = self.now();
        if self.awaits_first_board(now).is_some_and(|until| now.t < until) {
            return;
        }
        let (Some(gpu), Some(window)) = (&mut self.gpu, &self.window) else { return };
        self.frames += 1;
        self.director.advance(now, &mut self.fonts);
        self.idle.say(self.director.idle(now));
        let scene = self.director.frame(now, &mut self.fonts);
        let next = scene.next;
        let injected =
            self.fault.filter(|f| f.frame == self.frames || (f.kind == FaultKind::Validation && f.frame < self.frames));
        let outcome = match injected.map(|f| f.kind) {
            Some(FaultKind::Panic) => panic!("a fault was asked for"),
            Some(FaultKind::Outdated) => Outcome::Outdated,
            Some(FaultKind::Timeout) => Outcome::Timeout,
            Some(FaultKind::Occluded) => Outcome::Occluded,
            Some(FaultKind::Validation) => Outcome::Failed("a fault was asked for".into()),
            other => {
                match other {
                    Some(FaultKind::DeviceDestroy) => gpu.fault(gpu::Fault::DestroyDevice),
                    Some(FaultKind::SurfaceLost) => gpu.fault(gpu::Fault::LoseSurface),
                    _ => {}
                }
                let window = window.clone();
                gpu.draw(scene, &mut self.fonts, |moment| {
                    if moment == gpu::FrameEvent::Presenting {
                        window.pre_present_notify();
                    }
                })
            }
        };
        for missing in self.fonts.take_newly_missing() {
            tracing::warn!("{missing}");
        }
        self.due = next;
        self.drawn_at = Some(now.t);
        self.polled_at = now.t;
        if self.frame_log.is_open() {
            let wanted = self.wanted.unwrap_or(now.t);
            let frame = Frame { number: self.frames, wanted, drawn: now.t, done: self.elapsed() };
            self.frame_log.add(&frame, &outcome);
        }
        self.wanted = None;
        match self.health.judge(outcome, now.t) {
            Next::Shown => {
                let rests = next.is_none_or(|next| next.since(now.t) >= REST_S);
                if let Some(gpu) = self.gpu.as_mut().filter(|_| rests) {
                    gpu.trim(&mut self.fonts);
                }
                self.shown(self.elapsed());
            }
            Next::Rest => {}
            Next::Retry(at) => self.due = Some(self.due.map_or(at, |due| due.max(at).min(at))),
            Next::GiveUp(why) => self.lost(el, why),
        }
    }

    /// A picture was handed to the display at `t`.
    fn shown(&mut self, t: Time) {
        if !self.ready {
            self.ready = true;
            if let Some(gpu) = &mut self.gpu {
                gpu.warm_up(gpu::WarmUp::Rest, &mut self.fonts);
            }
            tracing::info!("first picture after {:.0} ms", t.as_s() * 1000.0);
            if let Err(e) = sd_notify::notify(false, &[sd_notify::NotifyState::Ready]) {
                tracing::warn!("cannot report to the supervisor that floorcast is ready: {e}");
            }
        }
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
        self.due = Some(now.t);
    }
}

impl ApplicationHandler<Event> for App {
    fn resumed(&mut self, el: &ActiveEventLoop) {
        if self.window.is_none()
            && let Err(failure) = self.open_window(el)
        {
            self.finish(el, Err(failure));
        }
    }

    fn user_event(&mut self, el: &ActiveEventLoop, event: Event) {
        match event {
            Event::News => {}
            Event::Settings => {
                if self.settings_read() {
                    self.anew = true;
                    self.finish(el, Ok(()));
                }
            }
            Event::Stop => {
                tracing::info!("asked to stop");
                self.finish(el, Ok(()));
            }
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
        let now = self.now();
        if let Some(name) = self.feeds.gave_up() {
            return self
                .finish(el, Err(Failure::new(Exit::Lost, format!("{name} panicked again and again: start again"))));
        }
        let news = self.feeds.take();
        if !news.is_empty() {
            for (feed, update) in news {
                self.director.apply_from(feed, update, now, &mut self.fonts);
            }
            self.feeds.keep_ids(&mut self.director);
            self.due = Some(now.t);
        }
        if now.t.since(self.polled_at) >= POLL_S
            && let Some(gpu) = &self.gpu
        {
            gpu.poll();
            self.polled_at = now.t;
        }
        if now.t.since(self.looked_at) >= LOOK_S {
            self.looked_at = now.t;
            let address = host::address();
            if self.director.set_here(host::network(), address.clone()) {
                tracing::info!("this machine's address is {}", address.as_deref().unwrap_or("not known"));
                self.due = Some(now.t);
            }
        }
        // The own pacer: not every display throttles us.
        let due = self.due.map(|due| self.drawn_at.map_or(due, |at| due.max(at.after(self.frame_s))));
        let due = due.map(|due| self.awaits_first_board(now).map_or(due, |until| due.max(until)));
        let poll = self.polled_at.after(POLL_S).min(self.looked_at.after(LOOK_S));
        match due {
            Some(due) if due <= now.t => {
                self.wanted.get_or_insert(due);
                if let Some(window) = &self.window {
                    window.request_redraw();
                }
                // Until the redraw comes there is nothing to do but to listen.
                let wait = poll.since(now.t).clamp(0.05, POLL_S);
                el.set_control_flow(ControlFlow::WaitUntil(self.at(now.t.after(wait))));
            }
            due => {
                let until = due.map_or(poll, |due| due.min(poll));
                el.set_control_flow(ControlFlow::WaitUntil(self.at(until)));
            }
        }
    }
}

impl App {
    /// The system's instant for one of the show.
    fn at(&self, t: Time) -> Instant {
        self.started + Duration::from_micros(t.0.max(0).unsigned_abs())
    }
}
