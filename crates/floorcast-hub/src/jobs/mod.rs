//! The outbox: mails and webhooks go out by themselves, each once, tried again until they arrive or are given up.
//!
//! [`plan`] makes rows, one for each thing that is to go out; whichever node takes a row first sends it. Any number of nodes
//! may do both at the same time.

mod hooks;
mod mailer;
mod plan;
mod retry;

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::clock;
use crate::ops::outgoing::{HookSettings, MailSettings, MailTimes};
use crate::store::outbox::{self, JobRow};
use crate::store::private::Private;
use crate::store::{Error, Result, Store};
use crate::web::pages::mails::{self, About, Addressed};
use hooks::Hooks;
use mailer::Mailer;

/// Between two looks at what is due.
const EVERY: Duration = Duration::from_secs(2);

/// A node that takes a job has so long to send it: longer than any server may take to answer. It takes one after the other.
const LEASE: SignedDuration = SignedDuration::from_mins(5);

/// What was sent is known for so long.
const KNOWN: SignedDuration = SignedDuration::from_hours(90 * 24);

/// What a node needs to send.
pub struct Outbox {
    store: Arc<Store>,
    private: Arc<Private>,
    mail: Option<(Mailer, MailTimes)>,
    hooks: Hooks,
    /// Address of the hub, for the links in mails.
    here: String,
}

/// What became of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    Sent,
    /// Nobody wants it any more.
    Dropped,
    /// It may arrive later.
    Later(String),
    /// The server is not there at all: others for it need not be tried now.
    Away(String),
    /// It never will.
    Never(String),
}

impl Outbox {
    /// # Errors
    /// The settings are wrong, or a secret cannot be read.
    pub fn new(
        (store, private): (Arc<Store>, Arc<Private>),
        (mail, hooks): (Option<&MailSettings>, &[HookSettings]),
        here: &str,
    ) -> std::result::Result<Outbox, String> {
        let mail = match mail {
            Some(settings) => Some((Mailer::new(settings)?, settings.times()?)),
            None => None,
        };
        let here = here.trim_end_matches('/').to_owned();
        Ok(Outbox { store, private, mail, hooks: Hooks::new(hooks)?, here })
    }

    /// Sends for ever.
    pub async fn run(self: Arc<Outbox>) {
        loop {
            tokio::time::sleep(EVERY).await;
            let now = clock::now();
            if let Err(error) = self.clone().round(now).await {
                tracing::warn!("nothing goes out for now: {error}");
            }
        }
    }

    /// Plans what is to go out at this instant, and sends what is due. How many went.
    ///
    /// # Errors
    /// The store's. What a server refuses is none: it is tried again.
    pub async fn round(self: Arc<Outbox>, now: Timestamp) -> Result<usize> {
        let this = self.clone();
        waited(move || this.plan(now)).await?;
        let mut sent = 0;
        loop {
            let this = self.clone();
            let Some(job) = waited(move || this.take(now)).await? else { return Ok(sent) };
            let outcome = self.clone().send(&job, now).await?;
            sent += usize::from(outcome == Outcome::Sent);
            let away = matches!(outcome, Outcome::Away(_));
            let this = self.clone();
            waited(move || this.end(&job, outcome, now)).await?;
            if away {
                return Ok(sent);
            }
        }
    }

    fn take(&self, now: Timestamp) -> Result<Option<JobRow>> {
        let (now, lease) = (now.as_microsecond(), LEASE.as_micros() as i64);
        // Most of the time nothing is due, and nothing is written.
        if !self.store.read(|tx| outbox::is_due(tx, now))? {
            return Ok(None);
        }
        self.store.queue(|tx| outbox::take(tx, now, lease))
    }

    async fn send(self: Arc<Outbox>, job: &JobRow, now: Timestamp) -> Result<Outcome> {
        if let Some(about) = About::of_job(&job.kind) {
            let (id, body) = (job.id.clone(), job.body.clone());
            return waited(move || self.mail(about, (&id, &body), now)).await;
        }
        match job.kind.strip_prefix(hooks::JOB).and_then(|name| self.hooks.of(name)) {
            Some(hook) => {
                let (this, body, format) = (self.clone(), job.body.clone(), hook.format);
                let text = waited(move || this.store.read(|tx| hooks::write(tx, &body, format, now))).await?;
                match text {
                    Some(text) => Ok(hook.send(&self.hooks.client, &job.id, text, now).await),
                    None => Ok(Outcome::Dropped),
                }
            }
            // Its settings are gone.
            None => Ok(Outcome::Dropped),
        }
    }

    fn mail(&self, about: About, (id, body): (&str, &str), now: Timestamp) -> Result<Outcome> {
        let Some((mailer, _)) = &self.mail else { return Ok(Outcome::Dropped) };
        let of: Addressed = serde_json::from_str(body).map_err(Error::broken)?;
        match self.store.read(|tx| mails::write(tx, about, &of, &self.here, now))? {
            Some(mail) => Ok(mailer.send(id, &mail)),
            None => Ok(Outcome::Dropped),
        }
    }

    fn end(&self, job: &JobRow, outcome: Outcome, now: Timestamp) -> Result<()> {
        let at = now.as_microsecond();
        let (why, next) = match outcome {
            Outcome::Sent | Outcome::Dropped => return self.store.queue(|tx| outbox::done(tx, job, at).map(|_| ())),
            Outcome::Later(why) | Outcome::Away(why) => (why, retry::next(&job.kind, job.tries, job.made, at)),
            Outcome::Never(why) => (why, None),
        };
        match next {
            Some(due) => {
                // A server that is away is said once for each mail, and not again with each try.
                if job.tries == 1 {
                    tracing::warn!("{} did not go out and is tried again: {why}", job.kind);
                }
                self.store.queue(|tx| outbox::again(tx, job, due, &why))
            }
            None => {
                tracing::warn!("{} is given up after {} tries: {why}", job.kind, job.tries);
                self.store.queue(|tx| outbox::give_up(tx, job, at, &why))
            }
        }
    }
}

/// Runs work that waits, on a thread that may.
async fn waited<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::broken)?
}
