//! Starts the wall: display, feeds, settings watch and signals first, then winit's loop until it ends.

use std::sync::Arc;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use winit::event_loop::{EventLoop, EventLoopProxy};

use super::Event;
use super::counters::FrameCount;
use super::desk::{Desk, Signs};
use super::display::{self, Display};
use super::ending::{Ending, OpeningDeadline, start_exit_deadline};
use super::feeds::{Around, Feeds};
use super::frame_log::FrameLog;
use super::inbox::Mailbox;
use super::judge::{self, Pulse};
use super::kiosk::{Kiosk, Parts};
use super::ladder::Ladder;
use super::lifetime::{Lifetime, Past};
use super::machine;
use super::on_screen::OnScreen;
use super::panel::PanelSwitch;
use super::settings::SettingsWatch;
use super::signals;
use super::sound::Sounds;
use super::supervise::Supervisor;
use super::x11;
use crate::cli::RunArgs;
use crate::clock::monotonic_now;
use crate::config::{Config, FeedSettings, FeedSource, Loaded};
use crate::director::{Director, HostInfo, RefusedSettings};
use crate::exit::{Exit, Failure};
use crate::gpu;
use crate::host;
use crate::remote::{self, Inbox};
use crate::stdout;

/// Runs the wall until it is told to stop. `refused`: the settings file is wrong, and `loaded` is what stands in for it.
pub(super) fn launch(
    args: &RunArgs,
    loaded: &Loaded,
    refused: Option<RefusedSettings>,
    (past, lifetime): (Past, &Lifetime),
) -> Result<Ending, Failure> {
    let choice = host::adapter_choice(&loaded.config, loaded.config.graphics.allow_software);
    let is_tape = |feed: &FeedSettings| matches!(feed.source, Some(FeedSource::Tape(_) | FeedSource::Demo));
    if args.speed.is_some() && refused.is_none() && !loaded.config.feeds.iter().any(is_tape) {
        return Err(Failure::new(Exit::Usage, "--speed is for tapes, and no feed is one"));
    }
    let started = monotonic_now();
    let frame_log = FrameLog::open(args.frame_log.as_deref())?;
    display::await_display(|name| std::env::var_os(name))?;
    let opening = OpeningDeadline::start(lifetime.clone())
        .map_err(|e| Failure::new(Exit::TempFail, format!("cannot start a thread: {e}")))?;
    let event_loop = EventLoop::<Event>::with_user_event()
        .build()
        .map_err(|e| display::none(&format!("it cannot be opened ({})", display::reason(&e))))?;
    drop(opening);
    if display::find(|name| std::env::var_os(name)) == Some(Display::X11) {
        x11::end_with_75(lifetime.clone());
    }
    let news = event_loop.create_proxy();
    // Only fails when the loop has ended, and then there is nothing to wake.
    let mailbox = Arc::new(Mailbox::new(move || news.send_event(Event::News).unwrap_or(())));
    let supervisor = supervisor(event_loop.create_proxy());
    let settings = SettingsWatch::start(&args.source, loaded.file.clone(), event_loop.create_proxy(), &supervisor)?;
    handle_signals(settings.reread(), event_loop.create_proxy(), &supervisor)?;
    let (pulse, frame_count) = (Arc::new(Pulse::new()), Arc::new(FrameCount::default()));
    let signs = Signs { pulse: pulse.clone(), frames: frame_count.clone(), lifetime: lifetime.clone(), started };
    let inbox = let_in(&loaded.config, signs, event_loop.create_proxy(), &supervisor);
    let desk = Desk::new(inbox, loaded.config.clone());
    let config = desk.config();
    let mut director = Director::new(config.clone(), host_info(args, loaded));
    let waits_for_settings = refused.is_some();
    if !waits_for_settings && !loaded.config.is_set_up() {
        tracing::info!("no feed is set up: showing how to connect this screen");
    }
    director.set_refused(refused);
    judge::start(pulse.clone(), lifetime.clone(), &supervisor)
        .and_then(|()| machine::start(Ladder::of(&loaded.config), event_loop.create_proxy(), &supervisor))
        .map_err(|e| Failure::new(Exit::TempFail, format!("cannot start a thread: {e}")))?;
    let panel = PanelSwitch::start(loaded.config.hours.panel.clone(), &supervisor)
        .map_err(|e| Failure::new(Exit::TempFail, format!("cannot start a thread: {e}")))?;
    let sounds =
        Sounds::start(&supervisor).map_err(|e| Failure::new(Exit::TempFail, format!("cannot start a thread: {e}")))?;
    let orders = event_loop.create_proxy();
    // Only fails when the loop has ended.
    let on_screen = Arc::new(OnScreen::new(started, move || orders.send_event(Event::Desk).unwrap_or(())));
    let around = Around {
        mailbox,
        on_screen: on_screen.clone(),
        supervisor,
        speed: args.speed,
        sets_boards_aside: past.died_quickly,
    };
    let feeds = Feeds::start(&config, around, &mut director)?;
    let parts = Parts {
        director,
        feeds,
        config,
        settings,
        waits_for_settings,
        choice,
        frame_log,
        started,
        pulse,
        frame_count,
        desk,
        on_screen,
        panel,
        sounds,
    };
    let mut kiosk = Kiosk::new(args, parts);
    // Dropped before the wall.
    let _deadline = PanicDeadline;
    let ran = event_loop.run_app(&mut kiosk);
    start_exit_deadline();
    let (ending, end) = kiosk.close();
    match end {
        Some(end) => end.map(|()| ending),
        None => ran.map(|()| ending).map_err(|e| Failure::new(Exit::TempFail, format!("the display was lost: {e}"))),
    }
}

/// Where the loop panics, what the wall holds is dropped, and that may wait for ever: for the thread of a feed, or the display.
struct PanicDeadline;

impl Drop for PanicDeadline {
    fn drop(&mut self) {
        if std::thread::panicking() {
            start_exit_deadline();
        }
    }
}

/// Starts the service for a desk where the settings ask for it; the wall goes on where that fails. What comes from there.
fn let_in(config: &Config, signs: Signs, wake: EventLoopProxy<Event>, supervisor: &Supervisor) -> Option<Inbox> {
    // Without a loop there is nobody to ask.
    let (line, inbox) = remote::line(move || wake.send_event(Event::Desk).unwrap_or(()));
    let service = remote::Service::new(&config.remote, &host::name(), line, Arc::new(signs)).transpose()?;
    let started = service.and_then(|service| {
        let serve = move || remote::serve(&service);
        supervisor.spawn("remote", serve).map_err(|error| error.to_string())
    });
    started.inspect_err(|error| tracing::error!("[remote]: the wall cannot be seen from a desk: {error}")).ok()?;
    Some(inbox)
}

fn host_info(args: &RunArgs, loaded: &Loaded) -> HostInfo {
    HostInfo {
        size: [1920, 1080],
        pinned: args.slide.clone(),
        dither: true,
        orbit: true,
        settings: loaded.place_to_edit(),
        network: host::network(),
        address: host::address(),
        logo: host::logo(&loaded.config),
    }
}

/// Ends the program with a restart when a thread cannot be kept alive, whether the loop listens or not.
fn supervisor(lost: EventLoopProxy<Event>) -> Supervisor {
    Supervisor::new(move |thread| {
        start_exit_deadline();
        // Without a loop the program ends anyway.
        let _ = lost.send_event(Event::GaveUp(thread));
    })
}

/// Starts the thread that answers signals: SIGHUP has the settings read again, the others end the program.
fn handle_signals(
    reread: impl Fn() + Send + 'static,
    stop: EventLoopProxy<Event>,
    supervisor: &Supervisor,
) -> Result<(), Failure> {
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGINT, SIGHUP])
        .map_err(|e| Failure::new(Exit::TempFail, format!("cannot listen for signals: {e}")))?;
    let answer = move || -> Result<(), String> {
        signals::answer(&mut signals, |signal| {
            if signal == SIGHUP {
                reread();
            } else {
                // The loop may hang with the display: the deadline cannot wait for it.
                start_exit_deadline();
                let _ = stop.send_event(Event::Stop);
            }
        })
    };
    let spawned = supervisor.spawn("signals", answer);
    spawned.map(drop).map_err(|e| Failure::new(Exit::TempFail, format!("cannot start a thread: {e}")))
}

/// Prints the graphics adapters and marks the one that would be used.
pub(super) fn list_adapters(loaded: &Loaded) -> Result<(), Failure> {
    let choice = host::adapter_choice(&loaded.config, loaded.config.graphics.allow_software);
    let lines = gpu::list_adapters();
    let taken = gpu::choose(&lines, &choice);
    let marked = lines.iter().enumerate().map(|(i, line)| {
        let mark = if taken.as_ref() == Ok(&i) { "*" } else { " " };
        format!("{mark} {line}\n")
    });
    stdout::print(&marked.collect::<String>())?;
    taken.map(|_| ()).map_err(|e| Failure::new(Exit::NoDisplay, e))
}
