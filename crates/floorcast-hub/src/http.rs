//! How the hub asks other systems by HTTP: servers are verified, nobody is followed elsewhere, and nobody is waited for long.

use std::time::Duration;

/// The other side has so long to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// # Errors
/// There are no secure connections.
pub fn client() -> Result<reqwest::Client, String> {
    // An error means that there is one already, which serves as well.
    rustls::crypto::ring::default_provider().install_default().ok();
    let client = reqwest::Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none()).build();
    client.map_err(|error| format!("cannot set up secure connections: {error}"))
}
