//! Verifies servers: trusts the system's certificate authorities, and those of the settings besides.

use std::path::Path;
use std::sync::{Arc, Once};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{WebPkiServerVerifier, verify_server_name};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, OtherError, RootCertStore, SignatureScheme,
};
use rustls_platform_verifier::Verifier;

use super::failure::Failure;
use crate::files;

/// A file with every authority there is has a quarter of it.
const MAX_BYTES: u64 = 1 << 20;

/// The one crypto provider of the process, for every transport.
pub(super) fn install_provider() {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // An error means that one was installed before; that one serves as well.
        rustls::crypto::ring::default_provider().install_default().ok();
    });
}

/// The certificates of a PEM file, at least one. Read anew each time, so that a renewed file needs no restart.
pub(super) fn authorities(file: &Path) -> Result<Vec<CertificateDer<'static>>, Failure> {
    let wrong = |reason: String| Failure::no_access(format!("the ca_file {}: {reason}", file.display()));
    let bytes = files::read(file, MAX_BYTES).map_err(|error| wrong(error.to_string()))?;
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&bytes).collect();
    match certificates {
        Ok(certificates) if certificates.is_empty() => Err(wrong("no certificate in it".into())),
        Ok(certificates) => Ok(certificates),
        Err(error) => Err(wrong(format!("not a PEM file with certificates: {error}"))),
    }
}

/// How a connection of our own is encrypted: always verified.
pub(super) fn config(ca_file: Option<&Path>) -> Result<Arc<ClientConfig>, Failure> {
    install_provider();
    let own = ca_file.map(authorities).transpose()?.unwrap_or_default();
    let made = || -> Result<ClientConfig, Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier = Trust::new(own, &provider)?;
        let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
        Ok(builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth())
    };
    made().map(Arc::new).map_err(|error| Failure::no_answer(format!("cannot set up secure connections: {error}")))
}

/// Whether this is the error of a certificate that signs itself, as `openssl req -x509` makes it: it calls itself an
/// authority, and an authority is no server. Nothing else in such a certificate's own dates is wrong then: they are looked
/// at before.
pub(super) fn is_self_signed(error: &OtherError) -> bool {
    error.to_string() == "CaUsedAsEndEntity"
}

/// Trusts what the system and the `ca_file` trust, and a server whose very certificate is in the `ca_file`.
#[derive(Debug)]
struct Trust {
    system: Verifier,
    /// The certificates of the `ca_file`, and what they alone vouch for.
    own: Option<(Vec<CertificateDer<'static>>, Arc<WebPkiServerVerifier>)>,
}

impl Trust {
    fn new(own: Vec<CertificateDer<'static>>, provider: &Arc<CryptoProvider>) -> Result<Trust, Error> {
        let system = Verifier::new_with_extra_roots(own.iter().cloned(), provider.clone())?;
        let mut roots = RootCertStore::empty();
        for certificate in &own {
            roots.add(certificate.clone())?;
        }
        let alone = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone()).build();
        Ok(Trust { system, own: alone.ok().map(|alone| (own, alone)) })
    }
}

impl ServerCertVerifier for Trust {
    fn verify_server_cert(
        &self,
        shown: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let own = self.own.as_ref().filter(|(own, _)| own.iter().any(|own| own == shown));
        let Some((_, alone)) = own else {
            return self.system.verify_server_cert(shown, between, name, ocsp, now);
        };
        match alone.verify_server_cert(shown, between, name, ocsp, now) {
            // It is the very certificate that the settings trust, and in its time; only its name is still to be looked at.
            Err(Error::InvalidCertificate(CertificateError::Other(other))) if is_self_signed(&other) => {
                verify_server_name(&ParsedCertificate::try_from(shown)?, name)?;
                Ok(ServerCertVerified::assertion())
            }
            verdict => verdict,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.system.verify_tls12_signature(message, shown, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.system.verify_tls13_signature(message, shown, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.system.supported_verify_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_certificates_is_told_by_its_name() {
        let missing = config(Some(Path::new("/nonexistent/ca.pem"))).unwrap_err();
        assert!(missing.reason.contains("/nonexistent/ca.pem"), "{}", missing.reason);
        let empty = authorities(Path::new("/dev/null")).unwrap_err();
        assert!(empty.reason.contains("/dev/null: it is not a file"), "{}", empty.reason);
    }
}
