//! Webhooks: what is celebrated and what is taken back, to other systems as signed data, to chats as a line of text.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Outcome;
use crate::http;
use crate::ops::outgoing::{HookFormat, HookSettings};
use crate::sources::webhook;
use crate::store::words::{self, RecognitionRow};
use crate::store::{Error, Result, Tx, current};

/// The kind of job of a webhook is this and its name.
pub const JOB: &str = "hook.";

/// What was celebrated longer ago is no news.
pub const NEWS: SignedDuration = SignedDuration::from_hours(1);

pub struct Hooks {
    pub client: reqwest::Client,
    all: Vec<Hook>,
}

pub struct Hook {
    pub name: String,
    pub format: HookFormat,
    url: String,
    secret: Option<String>,
}

/// What is told of a recognition: the body of its job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub recognition: String,
    pub withdrawn: bool,
}

impl Hooks {
    /// # Errors
    /// A secret cannot be read, or there are no secure connections.
    pub fn new(settings: &[HookSettings]) -> std::result::Result<Hooks, String> {
        let client = http::client()?;
        let hook = |of: &HookSettings| {
            Ok(Hook { name: of.name.clone(), format: of.format, url: of.url.clone(), secret: of.secret()? })
        };
        Ok(Hooks { client, all: settings.iter().map(hook).collect::<std::result::Result<_, String>>()? })
    }

    pub fn of(&self, name: &str) -> Option<&Hook> {
        self.all.iter().find(|hook| hook.name == name)
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|hook| hook.name.as_str())
    }
}

impl Hook {
    pub async fn send(&self, client: &reqwest::Client, id: &str, body: String, now: Timestamp) -> Outcome {
        let mut request = client.post(&self.url).header("content-type", "application/json");
        if let Some(secret) = &self.secret {
            // The same delivery has the same id with each try: its receiver takes it once.
            let at = now.as_second().to_string();
            match webhook::signature(id, &at, body.as_bytes(), secret) {
                Ok(signature) => {
                    request = request.header("webhook-id", id).header("webhook-timestamp", at);
                    request = request.header("webhook-signature", signature);
                }
                Err(why) => return Outcome::Never(why),
            }
        }
        // The address of a chat is a secret: no error says it.
        match request.body(body).send().await {
            Ok(response) if response.status().is_success() => Outcome::Sent,
            Ok(response) if response.status() == reqwest::StatusCode::GONE => {
                Outcome::Never(format!("{} wants no more (410)", self.name))
            }
            Ok(response) => Outcome::Later(format!("{} answered {}", self.name, response.status())),
            Err(error) => Outcome::Later(format!("{} did not answer: {}", self.name, error.without_url())),
        }
    }
}

/// What goes out; `None`: it was erased, or it was taken back before anybody was told.
///
/// # Errors
/// The store's.
pub fn write(tx: &mut Tx<'_>, body: &str, format: HookFormat, now: Timestamp) -> Result<Option<String>> {
    let told: Told = serde_json::from_str(body).map_err(Error::broken)?;
    let Some(row) = words::get_recognition(tx, &told.recognition)? else { return Ok(None) };
    if row.withdrawn.is_some() != told.withdrawn {
        return Ok(None);
    }
    let names = names(tx, &row, now)?;
    let out = match format {
        // A line in a chat stays; that it was taken back would only tell it again.
        HookFormat::Chat if told.withdrawn => return Ok(None),
        HookFormat::Chat => json!({ "text": line(&row, &names) }),
        HookFormat::Json if told.withdrawn => json!({
            "type": "recognition.withdrawn", "timestamp": now.to_string(), "data": {"id": row.id},
        }),
        HookFormat::Json => json!({
            "type": "recognition.made",
            "timestamp": now.to_string(),
            "data": {
                "id": row.id, "at": Timestamp::from_microsecond(row.at).map_err(Error::broken)?.to_string(), "kind": row.kind,
                "headline": row.headline, "text": row.body, "who": names,
            },
        }),
    };
    Ok(Some(out.to_string()))
}

/// The people by the names of the wall: who is in totals only is not named.
fn names(tx: &mut Tx<'_>, row: &RecognitionRow, now: Timestamp) -> Result<Vec<String>> {
    let loaded = current::load(tx, now)?;
    let name = |id: &String| Some(loaded.floor.person(loaded.person_id(id)?).wall_name()?.to_owned());
    Ok(row.who.iter().filter_map(name).collect())
}

fn line(row: &RecognitionRow, names: &[String]) -> String {
    let who = names.join(", ");
    let mut parts = vec![row.headline.clone()];
    if !who.is_empty() && !row.headline.contains(&who) {
        parts.push(who);
    }
    parts.extend(row.body.clone());
    parts.retain(|part| !part.is_empty());
    format!("★ {}", parts.join(" · "))
}
