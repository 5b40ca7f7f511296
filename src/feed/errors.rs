//! Explains errors of the network and of TLS to a person in front of a TV.

use std::error::Error;
use std::io;

use jiff::Timestamp;

use super::address::NotAllowed;
use super::failure::{Failure, Wait};
use super::{network, tls};
use crate::board::{TroubleKind, fresh};

/// Explains an error of a request. `clock` is the TV's, to tell a certificate that has ended from a clock that was never
/// set.
pub(super) fn of_request(error: &reqwest::Error, host: &str, clock: Timestamp) -> Failure {
    for cause in causes(error) {
        if let Some(refused) = cause.downcast_ref::<NotAllowed>() {
            return Failure::no_access(refused.to_string());
        }
    }
    if error.is_timeout() {
        return network::no_response(host, format!("{host}: no connection in time"));
    }
    of_error(error, host, clock)
}

/// Explains an error of a connection likewise.
pub(super) fn of_error(error: &(dyn Error + 'static), host: &str, clock: Timestamp) -> Failure {
    if let Some(tls) = causes(error).find_map(|cause| cause.downcast_ref::<rustls::Error>()) {
        return of_tls(tls, host, clock);
    }
    let io = causes(error).find_map(|cause| cause.downcast_ref::<io::Error>().map(io::Error::kind));
    let reason = match io {
        Some(io::ErrorKind::ConnectionRefused) => format!("{host}: connection refused"),
        Some(io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionAborted) => {
            format!("{host}: connection reset")
        }
        Some(io::ErrorKind::UnexpectedEof) => {
            format!("{host}: the server closed the connection before the answer was complete")
        }
        Some(io::ErrorKind::HostUnreachable) => format!("{host}: no route to this host"),
        Some(io::ErrorKind::NetworkUnreachable) => {
            return Failure { kind: TroubleKind::NoNetwork, ..Failure::no_answer(format!("{host}: no network")) };
        }
        _ => {
            // The last cause is the most concrete; the first repeats the address, with whatever secret is in it.
            let last = causes(error).last().map(ToString::to_string).unwrap_or_default();
            return network::no_response(host, format!("{host}: {last}"));
        }
    };
    Failure::no_answer(reason)
}

/// A certificate that cannot be checked by a clock that was never set is about that clock, and so is one that is not valid
/// yet: clocks without a battery lag behind. One that has ended is the server's, unless the clock is years ahead of
/// anything that can be. The text has no figure that changes with each attempt.
fn of_tls(error: &rustls::Error, host: &str, clock: Timestamp) -> Failure {
    use rustls::CertificateError as Cert;
    let cert = match error {
        rustls::Error::InvalidCertificate(cert) => Some(cert),
        _ => None,
    };
    let out_of_time = match cert {
        Some(Cert::Expired) => Some("has ended".to_owned()),
        Some(Cert::ExpiredContext { not_after, .. }) => Some(format!("ended on {}", moment(not_after.as_secs()))),
        Some(Cert::NotValidYet) => Some("is not valid yet".to_owned()),
        Some(Cert::NotValidYetContext { not_before, .. }) => {
            Some(format!("is valid from {} on", moment(not_before.as_secs())))
        }
        _ => None,
    };
    if let Some(out_of_time) = out_of_time {
        let day = clock.strftime("%Y-%m-%d");
        let ended = matches!(cert, Some(Cert::Expired | Cert::ExpiredContext { .. }));
        let (kind, reason) = match fresh::clock_set(clock) {
            false => (
                TroubleKind::ClockNotSet,
                format!("clock not set: the TV's clock says {day}, so the certificate of {host} cannot be checked"),
            ),
            true => (
                if ended && fresh::clock_likely(clock) {
                    TroubleKind::CertificateEnded
                } else {
                    TroubleKind::ClockWrong
                },
                format!(
                    "{host}: no secure connection: its certificate {out_of_time} (the TV's clock says {day}: is it \
                     right?)"
                ),
            ),
        };
        return Failure::new(kind, Wait::Clock, reason);
    }
    // Which of the first three it is shows when an authority signs that has the name of another one; the last is a
    // certificate that signs itself.
    let unknown = match cert {
        Some(
            Cert::UnknownIssuer | Cert::BadSignature | Cert::UnsupportedSignatureAlgorithmForPublicKeyContext { .. },
        ) => true,
        Some(Cert::Other(other)) => tls::is_self_signed(other),
        _ => false,
    };
    if unknown {
        let reason = format!(
            "{host}: no secure connection: nobody who is trusted here has signed its certificate (a certificate or \
             authority of your own goes into ca_file)"
        );
        return Failure { kind: TroubleKind::NotTrusted, ..Failure::no_answer(reason) };
    }
    Failure::no_answer(format!("{host}: no secure connection: {error}"))
}

/// An instant to the minute.
fn moment(unix_s: u64) -> String {
    let at = i64::try_from(unix_s).ok().and_then(|s| Timestamp::from_second(s).ok()).unwrap_or(Timestamp::MAX);
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
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
    use std::time::Duration;

    use super::*;

    fn clock(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_certificate_out_of_its_time_is_about_the_clock() {
        let at = |s| rustls::pki_types::UnixTime::since_unix_epoch(Duration::from_secs(s));
        let early =
            rustls::CertificateError::NotValidYetContext { time: at(1_767_600_000), not_before: at(1_767_700_000) };
        let late = rustls::CertificateError::ExpiredContext { time: at(1_767_600_000), not_after: at(1_767_000_000) };
        use TroubleKind::{CertificateEnded, ClockWrong};
        for (error, says, kind) in [
            (early, "its certificate is valid from 2026-01-06 11:46 UTC on", ClockWrong),
            (late, "its certificate ended on 2025-12-29 09:20 UTC", CertificateEnded),
            (rustls::CertificateError::NotValidYet, "its certificate is not valid yet", ClockWrong),
            (rustls::CertificateError::Expired, "its certificate has ended", CertificateEnded),
        ] {
            let error = rustls::Error::InvalidCertificate(error);
            let unset = of_tls(&error, "hub.example", clock("1970-01-01T00:02:00Z"));
            assert_eq!((unset.kind, unset.wait), (TroubleKind::ClockNotSet, Wait::Clock));
            assert!(unset.reason.contains("clock not set") && unset.reason.contains("1970-01-01"), "{}", unset.reason);
            let set = of_tls(&error, "hub.example", clock("2026-01-05T09:00:00Z"));
            assert_eq!((set.kind, set.wait), (kind, Wait::Clock));
            let ahead = of_tls(&error, "hub.example", clock("2081-01-05T09:00:00Z"));
            assert_eq!((ahead.kind, ahead.wait), (ClockWrong, Wait::Clock), "no certificate is judged by such a clock");
            assert!(set.reason.contains(says) && set.reason.contains("says 2026-01-05: is it"), "{}", set.reason);
            let later = of_tls(&error, "hub.example", clock("2026-01-05T09:17:21Z"));
            assert_eq!(set, later, "the same trouble has the same text all day");
        }
        let other = rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer);
        let other = of_tls(&other, "hub.example", clock("1970-01-01T00:02:00Z"));
        assert!(other.kind == TroubleKind::NotTrusted && !other.reason.contains("clock"), "{}", other.reason);
    }

    #[test]
    fn a_cable_that_is_out_is_no_server_that_is_down() {
        let kind = |kind| of_error(&io::Error::from(kind), "10.0.0.9", clock("2026-01-05T09:00:00Z")).kind;
        assert_eq!(kind(io::ErrorKind::NetworkUnreachable), TroubleKind::NoNetwork);
        assert_eq!(kind(io::ErrorKind::HostUnreachable), TroubleKind::NoAnswer);
        assert_eq!(kind(io::ErrorKind::ConnectionRefused), TroubleKind::NoAnswer);
    }

    #[test]
    fn causes_look_inside_io_errors() {
        let tls = rustls::Error::InvalidCertificate(rustls::CertificateError::Expired);
        let wrapped = io::Error::other(io::Error::new(io::ErrorKind::InvalidData, tls));
        assert!(causes(&wrapped).any(|cause| cause.is::<rustls::Error>()));
    }
}
