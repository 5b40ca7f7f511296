//! Starts the wall: display, feeds, settings watch and signals first, then winit's loop until it ends.

use std::sync::Arc;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use winit::event_loop::{EventLoop, EventLoopProxy};

use super::Event;
use super::display;
use super::ending::{Ending, start_exit_deadline};
use super::feeds::Feeds;
use super::frame_log::FrameLog;
use super::inbox::Mailbox;
use super::kiosk::{Kiosk, Parts};
use super::settings::SettingsWatch;
use crate::cli::RunArgs;
use crate::clock::monotonic_now;
use crate::config::{FeedSettings, FeedSource, Loaded};
use crate::director::{Director, HostInfo, RefusedSettings};
use crate::exit::{Exit, Failure};
use crate::gpu::{self, AdapterChoice};
use crate::host;

/// Runs the wall until it is told to stop. `refused`: the settings file is wrong, and `loaded` is what stands in for it.
pub(super) fn launch(args: &RunArgs, loaded: &Loaded, refused: Option<RefusedSettings>) -> Result<Ending, Failure> {
    let choice = host::adapter_choice(&loaded.config, loaded.config.graphics.allow_software);
    if args.list_adapters {
        return list_adapters(&choice).map(|()| Ending::Quit);
    }
    let is_tape = |feed: &FeedSettings| matches!(feed.source, Some(FeedSource::Tape(_) | FeedSource::Demo));
    if args.speed.is_some() && refused.is_none() && !loaded.config.feeds.iter().any(is_tape) {
        return Err(Failure::new(Exit::Usage, "--speed is for tapes, and no feed is one"));
    }
    let started = monotonic_now();
    let frame_log = FrameLog::open(args.frame_log.as_deref())?;
    display::await_display(|name| std::env::var_os(name))?;
    let event_loop = EventLoop::<Event>::with_user_event()
        .build()
        .map_err(|e| display::none(&format!("it cannot be opened ({})", display::reason(&e))))?;
    let mailbox = Arc::new(Mailbox::new(event_loop.create_proxy()));
    let settings = SettingsWatch::start(&args.source, loaded.file.clone(), event_loop.create_proxy())?;
    handle_signals(settings.reread(), event_loop.create_proxy())?;
    let mut director = Director::new(loaded.config.clone(), host_info(args, loaded));
    let waits_for_settings = refused.is_some();
    if !waits_for_settings && !loaded.config.is_set_up() {
        tracing::info!("no feed is set up: showing how to connect this screen");
    }
    director.set_refused(refused);
    let feeds = Feeds::start(&loaded.config, args.speed, mailbox, &mut director)?;
    let config = loaded.config.clone();
    let parts = Parts { director, feeds, config, settings, waits_for_settings, choice, frame_log, started };
    let mut kiosk = Kiosk::new(args, parts);
    let ran = event_loop.run_app(&mut kiosk);
    start_exit_deadline();
    let (ending, end) = kiosk.close();
    match end {
        Some(end) => end.map(|()| ending),
        None => ran.map(|()| ending).map_err(|e| Failure::new(Exit::Lost, format!("the display was lost: {e}"))),
    }
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

/// Starts the thread that answers signals: SIGHUP has the settings read again, the others end the program.
fn handle_signals(reread: impl Fn() + Send + 'static, stop: EventLoopProxy<Event>) -> Result<(), Failure> {
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGINT, SIGHUP])
        .map_err(|e| Failure::new(Exit::Lost, format!("cannot listen for signals: {e}")))?;
    let answer = move || {
        for signal in signals.forever() {
            if signal == SIGHUP {
                reread();
            } else {
                // The loop may hang with the display: the deadline cannot wait for it.
                start_exit_deadline();
                let _ = stop.send_event(Event::Stop);
            }
        }
    };
    let spawned = std::thread::Builder::new().name("signals".into()).spawn(answer);
    spawned.map(drop).map_err(|e| Failure::new(Exit::Lost, format!("cannot start a thread: {e}")))
}

fn list_adapters(choice: &AdapterChoice) -> Result<(), Failure> {
    let lines = gpu::list_adapters();
    let taken = gpu::choose(&lines, choice);
    for (i, line) in lines.iter().enumerate() {
        let mark = if taken.as_ref() == Ok(&i) { "*" } else { " " };
        println!("{mark} {line}");
    }
    taken.map(|_| ()).map_err(|e| Failure::new(Exit::NoDisplay, e))
}
