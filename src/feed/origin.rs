//! Passes the origin of a feed from its transport to its pictures, which wait until it is known.

use std::sync::Arc;

use tokio::sync::watch;

use super::address::AddressScope;

/// The network that a feed comes from. Clones share it.
#[derive(Debug, Clone)]
pub(super) struct Origin(Arc<watch::Sender<Option<AddressScope>>>);

impl Origin {
    /// Nothing is known yet.
    pub fn unknown() -> Origin {
        Origin(Arc::new(watch::channel(None).0))
    }

    pub fn set(&self, scope: AddressScope) {
        self.0.send_if_modified(|known| known.replace(scope) != Some(scope));
    }

    pub fn subscribe(&self) -> watch::Receiver<Option<AddressScope>> {
        self.0.subscribe()
    }
}
