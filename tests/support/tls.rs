//! Certificate authorities for a test, and a door that encrypts in front of a plain server.

#![allow(dead_code, reason = "each test binary uses its own part")]

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedKey, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose, date_time_ymd,
};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// An authority of one's own.
pub struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    pub fn new(name: &str) -> Authority {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        params.distinguished_name.push(DnType::CommonName, name);
        let pem = params.self_signed(&key).unwrap().pem();
        Authority { pem, issuer: Issuer::new(params, key) }
    }

    /// Its own certificate.
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// A certificate for a server of these names, from the start of the first year to that of the second.
    pub fn certificate(&self, names: &[&str], [from, until]: [i32; 2]) -> CertifiedKey<KeyPair> {
        let signing_key = KeyPair::generate().unwrap();
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut params = CertificateParams::new(names).unwrap();
        params.not_before = date_time_ymd(from, 1, 1);
        params.not_after = date_time_ymd(until, 1, 1);
        let cert = params.signed_by(&signing_key, &self.issuer).unwrap();
        CertifiedKey { cert, signing_key }
    }
}

/// A certificate for a server that signs itself, as `openssl req -x509` makes it: that one calls itself an authority.
pub fn self_signed(names: &[&str], [from, until]: [i32; 2], is_authority: bool) -> CertifiedKey<KeyPair> {
    let signing_key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()).unwrap();
    params.distinguished_name.push(DnType::CommonName, names[0]);
    params.not_before = date_time_ymd(from, 1, 1);
    params.not_after = date_time_ymd(until, 1, 1);
    if is_authority {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    }
    let cert = params.self_signed(&signing_key).unwrap();
    CertifiedKey { cert, signing_key }
}

/// A port that speaks TLS and hands on what it hears to a plain one.
pub struct TlsDoor {
    pub port: u16,
    own: Arc<Mutex<Arc<ServerConfig>>>,
}

impl TlsDoor {
    pub fn before(plain: u16, own: &CertifiedKey<KeyPair>) -> TlsDoor {
        let own = Arc::new(Mutex::new(config(own)));
        let shown = own.clone();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        spawn(move || {
            for socket in listener.incoming().flatten() {
                let shown = shown.clone();
                // A client that does not like the certificate is part of the tests.
                spawn(move || drop(carry(socket, plain, &shown)));
            }
        });
        TlsDoor { port, own }
    }

    /// Shows another certificate from now on; open connections end.
    pub fn change(&self, own: &CertifiedKey<KeyPair>) {
        *self.own.lock().unwrap() = config(own);
    }
}

fn config(own: &CertifiedKey<KeyPair>) -> Arc<ServerConfig> {
    let key = PrivateKeyDer::try_from(own.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![own.cert.der().clone()], key)
        .unwrap();
    Arc::new(config)
}

fn spawn(work: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().name("tls".into()).spawn(work).unwrap();
}

fn carry(socket: TcpStream, plain: u16, shown: &Mutex<Arc<ServerConfig>>) -> std::io::Result<()> {
    let config = shown.lock().unwrap().clone();
    let look = Some(Duration::from_millis(5));
    let mut inner = TcpStream::connect(("127.0.0.1", plain))?;
    inner.set_read_timeout(look)?;
    socket.set_nodelay(true)?;
    socket.set_read_timeout(look)?;
    let tls = ServerConnection::new(config.clone()).map_err(std::io::Error::other)?;
    let mut outer = StreamOwned::new(tls, socket);
    let stays = || Arc::ptr_eq(&config, &shown.lock().unwrap());
    while stays() && pump(&mut outer, &mut inner)? && pump(&mut inner, &mut outer)? {}
    Ok(())
}

/// Carries what has come. Whether there may be more.
fn pump(from: &mut impl Read, to: &mut impl Write) -> std::io::Result<bool> {
    let mut bytes = [0; 65536];
    match from.read(&mut bytes) {
        Ok(0) => Ok(false),
        Ok(n) => to.write_all(&bytes[..n]).and_then(|()| to.flush()).map(|()| true),
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => Ok(true),
        Err(error) => Err(error),
    }
}
