//! Where the hub is that a screen belongs to: written down, or found in the network.

use std::sync::{Arc, Mutex, PoisonError};

use url::Url;

/// Shared between who looks for the hub and who tells it something.
#[derive(Debug, Clone, Default)]
pub struct HubAddress(Arc<Mutex<Option<Url>>>);

impl HubAddress {
    pub(super) fn known(url: Url) -> HubAddress {
        HubAddress(Arc::new(Mutex::new(Some(url))))
    }

    pub(super) fn set(&self, url: Url) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(url);
    }

    /// `None`: it is not found yet.
    pub(super) fn get(&self) -> Option<Url> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
