//! What is started or looked up once, before the window opens: the feed, and this machine's address.

use std::sync::Arc;

use super::inbox::Mailbox;
use super::memory::Memory;
use super::read_wall;
use crate::board::Update;
use crate::config::Loaded;
use crate::exit::{Exit, Failure};
use crate::feed::{Clock, FeedHandle, FeedOptions, Inbox, Source};
use crate::store::Store;

/// Starts the feed of the settings; `None` where there is none to start, and then the wall says why.
///
/// # Errors
/// Its thread cannot be started.
pub(super) fn start_feed(
    loaded: &Loaded,
    mailbox: Arc<Mailbox>,
    memory: Option<&Memory>,
) -> Result<Option<FeedHandle>, Failure> {
    let config = &loaded.config;
    let feed = &config.feeds[0];
    let Some(source) = &feed.source else {
        tracing::info!("no feed is set up: showing how to connect this screen");
        return Ok(None);
    };
    let source = match Source::open(source, crate::demo::tape()) {
        Ok(source) => source,
        Err(trouble) => {
            // The wall says what is wrong; ending would leave it dark.
            tracing::warn!("the feed cannot be read: {}", trouble.reason);
            let health = crate::board::Health { trouble: Some(trouble), ..Default::default() };
            mailbox.send(Update::Health(health));
            return Ok(None);
        }
    };
    let options = FeedOptions {
        interval_s: feed.interval_s,
        token: feed.token.clone(),
        store: Some(memory.map_or_else(Store::in_memory, |memory| memory.store.clone())),
        ..FeedOptions::new(source)
    };
    let clock: Clock = Arc::new(read_wall);
    crate::feed::spawn(options, clock, mailbox)
        .map(Some)
        .map_err(|e| Failure::new(Exit::Feed, format!("the feed cannot be started: {e}")))
}

/// This machine's address towards the network; no packet is sent for it.
pub(super) fn local_address() -> Option<String> {
    let socket = std::net::UdpSocket::bind("0.0.0.0:0").ok()?;
    // A documentation address (RFC 5737): the kernel only looks up which way it would go.
    socket.connect("192.0.2.1:9").ok()?;
    Some(socket.local_addr().ok()?.ip().to_string())
}
