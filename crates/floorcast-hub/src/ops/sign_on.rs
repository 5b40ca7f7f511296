//! Single sign-on: `oidc` in `[hub]` of the settings.

use std::fmt;
use std::path::PathBuf;

use serde::Deserialize;

/// `[hub.oidc]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OidcSettings {
    /// Address of the provider: `/.well-known/openid-configuration` stands under it.
    pub issuer: String,
    pub client_id: String,
    /// The secret itself, or a file with it: one of both.
    pub client_secret: Option<ClientSecret>,
    pub client_secret_file: Option<PathBuf>,
    /// What people call the provider; its host if nobody says.
    pub label: Option<String>,
}

/// A secret that no log shows.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct ClientSecret(String);

impl fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("******")
    }
}

impl OidcSettings {
    /// # Errors
    /// What is wrong, by its key.
    pub fn check(&self) -> Result<(), String> {
        if !is_safe_address(&self.issuer) {
            let expected = "an address like \"https://login.example/realms/acme\"";
            return Err(format!("[hub.oidc] issuer = {:?}: expected {expected}", self.issuer));
        }
        for (key, value) in [("client_id", Some(&self.client_id)), ("label", self.label.as_ref())] {
            if value.is_some_and(|value| value.trim().is_empty()) {
                return Err(format!("[hub.oidc] {key}: it is empty"));
            }
        }
        match (&self.client_secret, &self.client_secret_file) {
            (Some(ClientSecret(secret)), None) if secret.trim().is_empty() => {
                Err("[hub.oidc] client_secret: it is empty".into())
            }
            (Some(_), None) | (None, Some(_)) => Ok(()),
            (None, None) => Err("[hub.oidc] needs client_secret_file, or client_secret".into()),
            (Some(_), Some(_)) => Err("[hub.oidc] client_secret and client_secret_file: expected one of them".into()),
        }
    }

    /// # Errors
    /// The secret cannot be read.
    pub fn secret(&self) -> Result<String, String> {
        match (&self.client_secret, &self.client_secret_file) {
            (Some(ClientSecret(secret)), _) => Ok(secret.trim().to_owned()),
            (None, Some(file)) => {
                super::outgoing::secret(file).map_err(|error| format!("[hub.oidc] client_secret_file: {error}"))
            }
            (None, None) => Err("[hub.oidc] needs client_secret_file, or client_secret".into()),
        }
    }

    /// What the button of the sign-in page says.
    pub fn label(&self) -> String {
        self.label.clone().unwrap_or_else(|| host(&self.issuer).unwrap_or_default().to_owned())
    }
}

/// Whether nobody can listen on the way there: over TLS, or on this machine.
pub fn is_safe_address(address: &str) -> bool {
    let is_here = |host: &str| matches!(host.split(':').next(), Some("127.0.0.1" | "localhost"));
    host(address).is_some_and(|host| address.starts_with("https://") || is_here(host))
}

/// `login.example:8443` of `https://login.example:8443/realms/acme`; none where there is a user or no host.
fn host(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    (host.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[') && host.chars().all(is_plain)).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(more: &str) -> Result<OidcSettings, String> {
        toml::from_str::<OidcSettings>(&format!("client_id = \"a\"\n{more}")).map_err(|error| error.to_string())
    }

    #[test]
    fn a_provider_elsewhere_is_asked_over_tls_only() {
        let check = |issuer: &str| parse(&format!("issuer = {issuer:?}\nclient_secret = \"b\"")).unwrap().check();
        for good in ["https://login.example/realms/acme", "http://127.0.0.1:9000", "http://localhost/x"] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for bad in [
            "http://login.example",
            "http://localhost.evil.example",
            "http://localhost@evil.example",
            "login.example",
            "https:///x",
            "",
        ] {
            assert!(check(bad).unwrap_err().contains("https://login.example"), "{bad}");
        }
    }

    #[test]
    fn the_secret_is_said_once_and_never_shown() {
        let issuer = "issuer = \"https://login.example:8443/realms/acme\"\n";
        let settings = parse(&format!("{issuer}client_secret = \"s3cret\"")).unwrap();
        assert_eq!(
            (settings.check(), settings.secret(), settings.label()),
            (Ok(()), Ok("s3cret".into()), "login.example:8443".into())
        );
        assert!(!format!("{settings:?}").contains("s3cret"));
        for (given, told) in [
            ("", "needs client_secret_file"),
            ("client_secret = \" \"", "client_secret: it is empty"),
            ("client_secret = \"s3cret\"\nclient_secret_file = \"f\"", "expected one of them"),
            ("client_secret = \"s3cret\"\nlabel = \"\"", "label: it is empty"),
        ] {
            let said = parse(&format!("{issuer}{given}")).unwrap().check().unwrap_err();
            assert!(said.starts_with("[hub.oidc] ") && said.contains(told) && !said.contains("s3cret"), "{said}");
        }
        let lost = parse(&format!("{issuer}client_secret_file = \"/nowhere/secret\"")).unwrap();
        assert!(lost.secret().unwrap_err().starts_with("[hub.oidc] client_secret_file: /nowhere/secret"));
    }
}
