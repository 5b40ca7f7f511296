//! A hub that is looked for in the network (mDNS), and asked as any address is; looked for again when it does not answer.

use std::time::Duration;

use floorcast_mdns::{FoundHub as Found, find_hubs};
use jiff::Timestamp;
use tokio::time::sleep_until;
use url::Url;

use super::web::Web;
use super::{Answer, Channel, Next, Setup, Transport, Turn};
use crate::board::TroubleKind;
use crate::feed::failure::Failure;
use crate::feed::options::FeedOptions;
use crate::store;

/// One look at the network takes at most so long.
const LOOK: Duration = Duration::from_secs(4);

/// A hub that does not answer so often is looked for again: it may have another address now.
const FAILURES: u32 = 3;

pub(super) struct FoundHub {
    options: FeedOptions,
    setup: Setup,
    /// The address where it was found last.
    known: Option<Url>,
    web: Option<Web>,
    failures: u32,
}

impl FoundHub {
    pub(super) fn new(options: &FeedOptions, setup: Setup) -> FoundHub {
        FoundHub { options: options.clone(), setup, known: None, web: None, failures: 0 }
    }

    async fn answer(&mut self, turn: Turn<'_>) -> Result<Answer, Failure> {
        if self.web.is_none() {
            sleep_until(turn.due).await;
            let url = self.look().await?;
            self.web = Some(Web::polled(&url, &self.options, self.setup.clone()));
        }
        let answer = match &mut self.web {
            Some(web) => web.next(turn).await,
            None => return Err(Failure::no_answer("no hub is found in this network yet")),
        };
        match &answer {
            Err(failure) if failure.kind == TroubleKind::NoAnswer => self.failures += 1,
            _ => self.failures = 0,
        }
        if self.failures >= FAILURES {
            (self.web, self.failures) = (None, 0);
        }
        answer
    }

    async fn look(&mut self) -> Result<Url, Failure> {
        let looked = tokio::task::spawn_blocking(|| find_hubs(LOOK)).await;
        let found = looked.map_err(|error| error.to_string()).and_then(|found| found);
        match (found.and_then(|found| only(&found)), &self.known) {
            (Ok(url), known) => {
                if known.as_ref() != Some(&url) {
                    tracing::info!("found a hub in this network: {url}");
                }
                self.known = Some(url.clone());
                self.options.found_hub.set(url.clone());
                Ok(url)
            }
            // It may be there all the same, and only not say so.
            (Err(_), Some(known)) => Ok(known.clone()),
            (Err(why), None) => Err(Failure::no_answer(why)),
        }
    }
}

/// The address of the one hub that was found.
fn only(found: &[Found]) -> Result<Url, String> {
    match found {
        [] => Err("no hub is found in this network yet".into()),
        [one] => {
            Url::parse(&format!("{}/screen", one.address())).map_err(|error| format!("{}: {error}", one.address()))
        }
        several => {
            let names: Vec<String> = several.iter().map(|hub| format!("{} at {}", hub.name, hub.address())).collect();
            let names = names.join(", ");
            Err(format!(
                "{} hubs are in this network ({names}): write the address of one into [hub] url",
                several.len()
            ))
        }
    }
}

impl Transport for FoundHub {
    fn next<'a>(&'a mut self, turn: Turn<'a>) -> Next<'a> {
        Box::pin(self.answer(turn))
    }

    fn channel(&mut self, retry_at: Option<Timestamp>) -> Channel {
        self.web.as_mut().map_or_else(|| Channel::of(store::TransportKind::Polling), |web| web.channel(retry_at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_hub_is_asked_and_of_several_nobody_is_chosen_silently() {
        let hub = |name: &str, at: &str| Found { name: name.into(), at: at.parse().unwrap() };
        let one = hub("floorcast hub lobby", "192.0.2.7:8271");
        assert_eq!(only(std::slice::from_ref(&one)).unwrap().as_str(), "http://192.0.2.7:8271/screen");
        assert!(only(&[]).unwrap_err().contains("no hub is found"));
        let said = only(&[one, hub("floorcast hub attic", "192.0.2.8:8271")]).unwrap_err();
        assert!(
            said.contains("2 hubs") && said.contains("attic at http://192.0.2.8:8271") && said.contains("[hub] url"),
            "{said}"
        );
    }
}
