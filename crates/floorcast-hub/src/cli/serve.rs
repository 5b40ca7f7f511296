//! `hub`: serves until it is told to end.

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use floorcast_mdns::{Kind, announce};
use jiff::ToSpan as _;

use super::{Db, Failure, Host, ServeArgs, open, print};
use crate::jobs::Outbox;
use crate::ops::config::{HubSettings, LISTEN};
use crate::ops::lock;
use crate::ops::nightly::{self, Nightly};
use crate::publish::mqtt::{self, Broker};
use crate::publish::{Publisher, Renderer};
use crate::sources::poll::{self, Tools};
use crate::store::audit::AuditAction;
use crate::store::private::Private;
use crate::store::sessions::{self, LinkKind};
use crate::store::{Store, audit, floor, logins};
use crate::web::state::{App, Options};
use crate::web::{patience, router};
use crate::{clock, random};

/// How long the link to the first account works.
const LINK_MINUTES: i64 = 30;

/// Requests that are under way get so long when the hub ends. Streams never end by themselves.
const LAST: Duration = Duration::from_secs(2);

/// Between two looks at which sources are due.
const POLL_EVERY: Duration = Duration::from_secs(5);

/// Between two looks at whether a backup is due, and before the first.
const BACKUP_EVERY: Duration = Duration::from_secs(3_600);
const FIRST_BACKUP: Duration = Duration::from_secs(600);

pub fn run(args: &ServeArgs, host: &Host) -> Result<(), Failure> {
    let settings = match &args.config {
        Some(file) => HubSettings::load(file).map_err(Failure::Refused)?,
        None => HubSettings::default(),
    };
    let db = args.db.clone().or_else(|| settings.db.clone());
    let db = db
        .ok_or_else(|| Failure::Refused("--db names the folder of the floor, or db in [hub] of the settings".into()))?;
    let listen: SocketAddr = match args.listen.or(settings.listen) {
        Some(listen) => listen,
        None => LISTEN.parse().map_err(|error| Failure::Refused(format!("{LISTEN}: {error}")))?,
    };
    let db_place = db.clone();
    let store = Arc::new(open(&Db { db })?);
    let _lock = store.folder().map(lock::take).transpose().map_err(Failure::Refused)?;
    store.check()?;
    store.write(|tx| {
        let before = floor::get(tx)?;
        let mut row = before.clone();
        settings.floor().apply(&mut row);
        if row != before {
            audit::record(tx, "kiosk.toml", AuditAction::FloorChange, "", clock::now().as_microsecond())?;
            floor::changed(tx)?;
        }
        floor::put(tx, &row)
    })?;
    let publisher = Arc::new(Publisher::new(store.clone())?);
    let renderer = Arc::new(Renderer::new(host.renderer.clone()));
    let private = Arc::new(Private::open(&db_place, clock::now())?);
    private.check()?;
    let options = Arc::new(options(&settings)?);
    let outbox = Outbox::new(
        (store.clone(), private.clone()),
        (settings.mail.as_ref(), &settings.webhook),
        settings.public_url.as_deref().unwrap_or_default(),
    );
    let outbox = Arc::new(outbox.map_err(Failure::Refused)?);
    let app = App {
        store,
        private,
        publisher,
        renderer,
        decoder: host.decoder.clone(),
        calls: Arc::default(),
        previews: Arc::default(),
        own_wall: Arc::default(),
        version: host.version,
        options,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_name("hub").build();
    let runtime = runtime.map_err(|error| Failure::CannotWrite(format!("no threads: {error}")))?;
    let brokers = settings.brokers().map_err(Failure::Refused)?;
    let tools = Tools { decoder: host.decoder.clone(), program: host.renderer.clone() };
    // A server is asked before there is a runtime, and its connections are closed when there is none any more: they have one
    // of their own, and one within another panics.
    let link = first_link(&app.store)?;
    let last_to_close = (app.store.clone(), app.private.clone());
    let nightly = Arc::new(Nightly {
        store: app.store.clone(),
        private: app.private.clone(),
        place: db_place,
        folder: settings.backup_dir,
        key_file: settings.backup_key_file,
        keep: settings.backup_keep.unwrap_or(nightly::KEPT),
        version: app.version,
        machine: nightly::machine(),
    });
    let said = (settings.public_url, args.until_stdin_ends);
    let ended = runtime.block_on(serve((app, tools, brokers, outbox, nightly), listen, link, said));
    runtime.shutdown_timeout(LAST);
    drop(last_to_close);
    ended
}

/// What pages learn from the settings.
fn options(settings: &HubSettings) -> Result<Options, Failure> {
    #[cfg(feature = "oidc")]
    let oidc = match &settings.oidc {
        Some(oidc) => {
            let public_url = settings.public_url.as_deref().unwrap_or_default();
            Some(crate::web::oidc::Provider::new(oidc, public_url).map_err(Failure::Refused)?)
        }
        None => None,
    };
    #[cfg(not(feature = "oidc"))]
    if settings.oidc.is_some() {
        return Err(Failure::Refused("[hub.oidc]: this program was built without single sign-on".into()));
    }
    Ok(Options {
        sends_mail: settings.mail.is_some(),
        sign_on: settings.oidc.as_ref().map(|oidc| oidc.label()),
        public_url: settings.public_url.clone(),
        trusted_proxies: settings.proxies().map_err(Failure::Refused)?,
        announced: OnceLock::new(),
        #[cfg(feature = "oidc")]
        oidc,
    })
}

async fn serve(
    (app, tools, brokers, outbox, nightly): (App, Tools, Vec<Broker>, Arc<Outbox>, Arc<Nightly>),
    listen: SocketAddr,
    link: Option<String>,
    (public, until_stdin): (Option<String>, bool),
) -> Result<(), Failure> {
    let listener = tokio::net::TcpListener::bind(listen)
        .await
        .map_err(|error| Failure::NotNow(format!("cannot listen on {listen}: {error}")))?;
    let at = listener.local_addr().unwrap_or(listen);
    let here = public.unwrap_or_else(|| format!("http://{at}"));
    let here = here.trim_end_matches('/');
    let mut said =
        format!("The hub listens on http://{at}\nA wall shows its board: floorcast --feed {here}/boards/main\n");
    if let Some(secret) = link {
        said += &format!(
            "Nobody can sign in yet. This link makes the first account; it works once, for {LINK_MINUTES} minutes:\n  {here}/start?key={secret}\n"
        );
    }
    let announced = announce(Kind::Hub, &nightly.machine, at);
    match &announced {
        Ok(Some(announced)) => {
            let name = format!("{}:{}", announced.name, at.port());
            said += &format!("In this network: http://{name}\n");
            app.options.announced.set(name).ok();
        }
        Ok(None) => {}
        Err(error) => tracing::warn!("the hub is not announced in the network: {error}"),
    }
    print(&said)?;
    tokio::spawn(app.publisher.clone().run());
    for broker in brokers {
        tokio::spawn(mqtt::publish(app.publisher.clone(), broker));
    }
    tokio::spawn(outbox.run());
    tokio::spawn(polled(app.clone(), tools));
    tokio::spawn(every_night(nightly));
    tokio::spawn(watched(app.store.clone()));
    tracing::info!("floorcast hub {} serves the floor on http://{at}", app.version);
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let mut serving = tokio::spawn(patience::serve(listener, router(app), patience::USUAL, stopped));
    let why = tokio::select! {
        why = ended() => why,
        () = stdin_ended(), if until_stdin => "the program that started it is gone",
    };
    tracing::info!("the hub ends: {why}");
    stop.send(true).ok();
    // Streams go on for ever: they are cut.
    if tokio::time::timeout(LAST, &mut serving).await.is_err() {
        serving.abort();
    }
    Ok(())
}

/// A new link to the first account, while there is none. The link of the last start works no more.
fn first_link(store: &Store) -> Result<Option<String>, Failure> {
    if store.read(logins::any)? {
        return Ok(None);
    }
    let secret = random::secret("start").map_err(Failure::CannotWrite)?;
    let expires =
        clock::now().checked_add(LINK_MINUTES.minutes()).map_err(|error| Failure::CannotWrite(error.to_string()))?;
    store
        .write(|tx| sessions::put_link(tx, &random::hash(&secret), LinkKind::First, None, expires.as_microsecond()))?;
    Ok(Some(secret))
}

/// Asks sources that are due, one after the other.
async fn polled(app: App, tools: Tools) {
    loop {
        tokio::time::sleep(POLL_EVERY).await;
        let (store, tools) = (app.store.clone(), tools.clone());
        match tokio::task::spawn_blocking(move || poll::due(&store, &tools, clock::now())).await {
            Ok(Ok(true)) => app.publisher.wake(),
            Ok(Ok(false)) => {}
            Ok(Err(error)) => tracing::warn!("sources are not asked: {error}"),
            Err(error) => tracing::error!("sources are not asked: {error}"),
        }
    }
}

/// A backup each day, and the proof that it can be restored.
async fn every_night(nightly: Arc<Nightly>) {
    if nightly.folder().is_none() {
        tracing::warn!("there is no nightly backup: of a floor on a server it needs backup_dir in [hub]");
        return;
    }
    tokio::time::sleep(FIRST_BACKUP).await;
    loop {
        let this = nightly.clone();
        match tokio::task::spawn_blocking(move || this.round(clock::now())).await {
            Ok(Ok(None)) => {}
            Ok(Ok(Some(made))) => {
                tracing::info!("backup {} is written, and was restored as a proof", made.file.display());
            }
            Ok(Err(error)) => tracing::error!("no backup: {error}"),
            Err(error) => tracing::error!("no backup: {error}"),
        }
        tokio::time::sleep(BACKUP_EVERY).await;
    }
}

/// Tells systemd that the hub serves, and goes on telling it for as long as the store answers.
async fn watched(store: Arc<Store>) {
    use sd_notify::NotifyState;
    // Without systemd nobody listens.
    sd_notify::notify(false, &[NotifyState::Ready]).ok();
    let mut micros = 0;
    if !sd_notify::watchdog_enabled(false, &mut micros) {
        return;
    }
    loop {
        tokio::time::sleep(Duration::from_micros(micros / 3)).await;
        let store = store.clone();
        let answers = tokio::task::spawn_blocking(move || store.read(floor::version).is_ok()).await;
        if answers.is_ok_and(|answers| answers) {
            sd_notify::notify(false, &[NotifyState::Watchdog]).ok();
        }
    }
}

/// Waits until whoever started this program is gone, whatever ended it.
async fn stdin_ended() {
    let wait = || std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink()).map(drop);
    if let Ok(Err(error)) = tokio::task::spawn_blocking(wait).await {
        tracing::warn!("the hub ends: its standard input cannot be read: {error}");
    }
}

/// Waits for the system or somebody at the keyboard to end it: who it was.
async fn ended() -> &'static str {
    let mut term = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(term) => term,
        Err(error) => {
            tracing::warn!("SIGTERM ends the hub at once: {error}");
            return std::future::pending().await;
        }
    };
    tokio::select! {
        _ = term.recv() => "SIGTERM",
        _ = tokio::signal::ctrl_c() => "Ctrl+C",
    }
}
