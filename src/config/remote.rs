//! `[remote]`: the page from which the wall is seen and steered.

use std::net::SocketAddr;

use super::read::{Reader, Section, set};
use super::token::TokenSource;

/// The page of the wall, and who may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteSettings {
    /// Where it listens; `None`: nowhere.
    pub listen: Option<SocketAddr>,
    /// What opens it.
    pub token: Option<TokenSource>,
    /// A code that the wall shows opens it.
    pub code: bool,
    /// Names under which it may be asked, besides addresses and the machine's own.
    pub names: Vec<String>,
    /// It is announced in the network, where other machines reach it.
    pub announce: bool,
}

impl Default for RemoteSettings {
    fn default() -> Self {
        RemoteSettings { listen: None, token: None, code: false, names: Vec::new(), announce: true }
    }
}

pub(super) fn remote(reader: &Reader<'_>, mut s: Section<'_, '_>) -> RemoteSettings {
    let mut remote = RemoteSettings::default();
    let expected = "an address and a port like \"127.0.0.1:8270\" or \"0.0.0.0:8270\"";
    let listen = s.get("listen", expected, |value| value.as_str()?.parse::<SocketAddr>().ok());
    remote.token = s.secret("token_file", "token_env");
    set(&mut remote.code, s.flag("code"));
    set(&mut remote.announce, s.flag("announce"));
    let host = |name: &str| (!name.contains(['/', ':', ' '])).then(|| name.to_owned());
    let names = s.list("names", "host names", host);
    set(&mut remote.names, names.map(toml::Spanned::into_inner));
    s.finish();
    if let Some(listen) = listen {
        let (span, address) = (listen.span(), listen.into_inner());
        if !address.ip().is_loopback() && remote.token.is_none() && !remote.code {
            let expected = "other machines can reach this address; expected token_file, token_env or code = true too";
            reader.problem(span, format!("`listen`: {expected}"));
        }
        remote.listen = Some(address);
    }
    remote
}
