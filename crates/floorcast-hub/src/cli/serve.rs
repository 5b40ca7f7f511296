//! `hub`: serves until it is told to end.

use std::net::SocketAddr;
use std::sync::Arc;

use super::{Db, Failure, Host, ServeArgs, open, print};
use crate::publish::{Publisher, Renderer};
use crate::web::{router, state::App};

pub fn run(args: &ServeArgs, host: &Host) -> Result<(), Failure> {
    let db = args.db.clone().ok_or_else(|| Failure::Refused("--db names the folder of the floor".into()))?;
    let store = Arc::new(open(&Db { db })?);
    store.check()?;
    let publisher = Arc::new(Publisher::new(store.clone())?);
    let renderer = Arc::new(Renderer::new(host.renderer.clone()));
    let app = App { store, publisher, renderer, version: host.version };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_name("hub").build();
    let runtime = runtime.map_err(|error| Failure::CannotWrite(format!("no threads: {error}")))?;
    runtime.block_on(serve(app, args.listen))
}

async fn serve(app: App, listen: SocketAddr) -> Result<(), Failure> {
    let listener = tokio::net::TcpListener::bind(listen)
        .await
        .map_err(|error| Failure::CannotWrite(format!("cannot listen on {listen}: {error}")))?;
    let at = listener.local_addr().unwrap_or(listen);
    print(&format!(
        "The hub listens on http://{at}\n  a wall shows its board: floorcast --feed http://{at}/boards/main\n"
    ))?;
    tokio::spawn(app.publisher.clone().run());
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(ended())
        .await
        .map_err(|error| Failure::CannotWrite(format!("the hub ended: {error}")))
}

/// Waits for the system or somebody at the keyboard to end it. Streams never end by themselves: they are cut after a moment.
async fn ended() {
    let mut term = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(term) => term,
        Err(error) => {
            tracing::warn!("SIGTERM ends the hub at once: {error}");
            return std::future::pending().await;
        }
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
