//! Whom a feed trusts: the system's certificate authorities, and those of the settings besides.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Once};

use rustls::ClientConfig;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls_platform_verifier::Verifier;

use super::failure::Failure;

/// The one crypto provider of the process, for every transport.
pub(crate) fn provide() {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // An error means that somebody installed one before; that one serves as well.
        rustls::crypto::ring::default_provider().install_default().ok();
    });
}

/// The certificates of a PEM file, at least one. Read anew each time, so that a renewed file needs no restart.
pub(crate) fn authorities(file: &Path) -> Result<Vec<CertificateDer<'static>>, Failure> {
    let wrong = |reason: String| Failure::no_access(format!("the ca_file {}: {reason}", file.display()));
    let bytes = fs::read(file).map_err(|error| wrong(error.to_string()))?;
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&bytes).collect();
    match certificates {
        Ok(certificates) if certificates.is_empty() => Err(wrong("no certificate in it".into())),
        Ok(certificates) => Ok(certificates),
        Err(error) => Err(wrong(format!("not a PEM file with certificates: {error}"))),
    }
}

/// How a connection of our own is encrypted: always verified.
pub(crate) fn config(ca_file: Option<&Path>) -> Result<Arc<ClientConfig>, Failure> {
    provide();
    let own = ca_file.map(authorities).transpose()?.unwrap_or_default();
    let made = || -> Result<ClientConfig, rustls::Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier = Verifier::new_with_extra_roots(own.iter().cloned(), provider.clone())?;
        let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
        Ok(builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth())
    };
    made().map(Arc::new).map_err(|error| Failure::no_answer(format!("cannot set up secure connections: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_certificates_is_told_by_its_name() {
        let missing = config(Some(Path::new("/nonexistent/ca.pem"))).unwrap_err();
        assert!(missing.reason.contains("/nonexistent/ca.pem"), "{}", missing.reason);
        let empty = authorities(Path::new("/dev/null")).unwrap_err();
        assert!(empty.reason.contains("no certificate"), "{}", empty.reason);
    }
}
