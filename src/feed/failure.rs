//! Why an attempt brought no board, and how long to wait before the next.

use std::error::Error;
use std::io;
use std::time::Duration;

use jiff::Timestamp;

use crate::board::{Trouble, TroubleKind, fresh};

/// A failed attempt.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Failure {
    pub kind: TroubleKind,
    /// One line for `check` and the log.
    pub reason: String,
    pub wait: Wait,
}

/// How long to wait after a failure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Wait {
    /// As after a good answer.
    Poll,
    /// Growing.
    Backoff,
    /// The long wait of a closed door.
    NoAccess,
    /// What the server asked for.
    After(Duration),
    /// Until the TV's clock is set, at most as long as a backoff.
    Clock,
}

impl Failure {
    pub(crate) fn no_answer(reason: impl Into<String>) -> Failure {
        Failure { kind: TroubleKind::NoAnswer, reason: reason.into(), wait: Wait::Backoff }
    }

    pub(crate) fn no_access(reason: impl Into<String>) -> Failure {
        Failure { kind: TroubleKind::NoAccess, reason: reason.into(), wait: Wait::NoAccess }
    }

    pub(crate) fn bad_data(reason: impl Into<String>) -> Failure {
        Failure { kind: TroubleKind::BadData, reason: reason.into(), wait: Wait::Poll }
    }

    pub(crate) fn trouble(&self, retry_at: Option<Timestamp>) -> Trouble {
        Trouble { kind: self.kind, reason: self.reason.clone(), retry_at }
    }
}

/// What went wrong under a request, in the words of a person in front of a TV. `clock` is the TV's, to tell a
/// certificate that has ended from a clock that was never set.
pub(crate) fn of_request(error: &reqwest::Error, host: &str, clock: Timestamp) -> Failure {
    for cause in causes(error) {
        if let Some(refused) = cause.downcast_ref::<super::address::NotAllowed>() {
            return Failure::no_access(refused.to_string());
        }
    }
    if error.is_timeout() {
        return Failure::no_answer(format!("{host}: no connection in time"));
    }
    of_error(error, host, clock)
}

/// What went wrong under a connection, likewise.
pub(crate) fn of_error(error: &(dyn Error + 'static), host: &str, clock: Timestamp) -> Failure {
    if let Some(tls) = causes(error).find_map(|cause| cause.downcast_ref::<rustls::Error>()) {
        return of_tls(tls, host, clock);
    }
    let io = causes(error).find_map(|cause| cause.downcast_ref::<io::Error>().map(io::Error::kind));
    Failure::no_answer(match io {
        Some(io::ErrorKind::ConnectionRefused) => format!("{host}: connection refused"),
        Some(io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionAborted) => {
            format!("{host}: connection reset")
        }
        Some(io::ErrorKind::UnexpectedEof) => format!("{host}: the connection ended too early"),
        Some(io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable) => format!("{host}: no network"),
        _ => {
            // The last cause is the most concrete; the first repeats the address, with whatever secret is in it.
            let last = causes(error).last().map(ToString::to_string).unwrap_or_default();
            format!("{host}: {last}")
        }
    })
}

fn of_tls(error: &rustls::Error, host: &str, clock: Timestamp) -> Failure {
    use rustls::CertificateError as Cert;
    let about_time = matches!(
        error,
        rustls::Error::InvalidCertificate(
            Cert::Expired | Cert::ExpiredContext { .. } | Cert::NotValidYet | Cert::NotValidYetContext { .. }
        )
    );
    if about_time && !fresh::clock_set(clock) {
        let day = clock.strftime("%Y-%m-%d");
        let reason =
            format!("clock not set: the TV's clock says {day}, so the certificate of {host} cannot be checked");
        return Failure { wait: Wait::Clock, ..Failure::no_answer(reason) };
    }
    let hint = match error {
        _ if about_time => format!(" (the TV's clock says {}: is it right?)", clock.strftime("%Y-%m-%d %H:%M UTC")),
        // Which of the two it is shows when an own authority signs with the key of another one.
        rustls::Error::InvalidCertificate(Cert::UnknownIssuer | Cert::BadSignature) => {
            " (no authority that is trusted here has signed it; your own goes into ca_file)".into()
        }
        _ => String::new(),
    };
    Failure::no_answer(format!("{host}: no secure connection: {error}{hint}"))
}

/// An error and what caused it, outermost first. An `io::Error` hides its content from `source`, so it is opened.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    fn inner<'a>(error: &&'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
        let error: &'a (dyn Error + 'static) = *error;
        match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        }
    }
    std::iter::successors(Some(error), inner).take(16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_error_on_an_unset_clock_is_about_the_clock() {
        let expired = rustls::Error::InvalidCertificate(rustls::CertificateError::NotValidYet);
        let clock = |text: &str| text.parse::<Timestamp>().unwrap();
        let unset = of_tls(&expired, "hub.example", clock("1970-01-01T00:02:00Z"));
        assert!(unset.reason.contains("clock not set") && unset.reason.contains("1970-01-01"), "{}", unset.reason);
        assert_eq!(unset.wait, Wait::Clock);
        let set = of_tls(&expired, "hub.example", clock("2026-01-05T09:00:00Z"));
        assert!(!set.reason.contains("clock not set") && set.reason.contains("certificate"), "{}", set.reason);
        assert_eq!(set.wait, Wait::Backoff);
        let other = rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer);
        assert!(!of_tls(&other, "hub.example", clock("1970-01-01T00:02:00Z")).reason.contains("clock"));
    }

    #[test]
    fn causes_look_inside_io_errors() {
        let tls = rustls::Error::InvalidCertificate(rustls::CertificateError::Expired);
        let wrapped = io::Error::other(io::Error::new(io::ErrorKind::InvalidData, tls));
        assert!(causes(&wrapped).any(|cause| cause.is::<rustls::Error>()));
    }
}
