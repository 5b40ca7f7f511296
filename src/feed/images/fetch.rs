//! Fetches one picture or sound, from its reference to what is used: cache, guarded network, decoding off the feed's own
//! thread.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use reqwest::{Client, StatusCode};
use tokio::sync::{Semaphore, SemaphorePermit, watch};
use url::Url;

use super::asset::Asset;
use super::cache::PhotoCache;
use super::location::{PhotoBase, PhotoLocation, locate, read_below};
use super::picture::check_hash;
use crate::board::FileRef;
use crate::config::TokenSource;
use crate::feed::address::{AddressScope, check_literal};
use crate::feed::failure::Failure;
use crate::feed::get::{self, Get};
use crate::feed::limits::Limits;
use crate::feed::options::FeedOptions;
use crate::feed::ports::Clock;
use crate::feed::redirect::host_label;
use crate::store::sha256;

/// Fetches the files of one feed.
pub(super) struct PhotoFetcher {
    base: PhotoBase,
    token: Option<TokenSource>,
    ca_file: Option<PathBuf>,
    limits: Limits,
    clock: Clock,
    cache: Option<Arc<PhotoCache>>,
    /// Bounds what is in flight: a fetch or a decoding.
    permits: Semaphore,
    /// From where the feed came; the network waits until that is known.
    scope: watch::Receiver<Option<AddressScope>>,
    /// Guarded for one scope; another scope gets a new client, or an open connection would evade the guard.
    client: Mutex<Option<(AddressScope, Client)>>,
    /// Bytes in memory, by kind and key.
    held: Mutex<BTreeMap<(&'static str, String), usize>>,
}

impl PhotoFetcher {
    pub(super) fn new(
        base: PhotoBase,
        options: &FeedOptions,
        clock: Clock,
        cache: Option<PhotoCache>,
        scope: watch::Receiver<Option<AddressScope>>,
    ) -> PhotoFetcher {
        PhotoFetcher {
            base,
            token: options.token.clone(),
            ca_file: options.ca_file.clone(),
            limits: options.limits.clone(),
            clock,
            cache: cache.map(Arc::new),
            permits: Semaphore::new(options.limits.photo.at_once.max(1)),
            scope,
            client: Mutex::default(),
            held: Mutex::default(),
        }
    }

    /// Forgets the sizes of what is not wanted any more.
    pub(super) fn keep_only(&self, wanted: &BTreeSet<(&'static str, String)>) {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).retain(|key, _| wanted.contains(key));
    }

    /// Gets a file. The error is one line.
    pub(super) async fn get<A: Asset>(&self, file: &FileRef) -> Result<Arc<A>, String> {
        let max = A::max_bytes(&self.limits.photo);
        let permit = self.permit().await?;
        let asset: A = match locate(&file.url, &self.base, max)? {
            PhotoLocation::Inline(bytes) => self.read(file, bytes).await?.0,
            PhotoLocation::File { folder, path } => {
                let bytes = blocking(move || read_below(&folder, &path, max)).await??;
                self.read(file, bytes).await?.0
            }
            PhotoLocation::Web(url) => self.over_web(file, &url, permit).await?,
        };
        self.hold::<A>(file.key(), asset.held())?;
        Ok(Arc::new(asset))
    }

    async fn over_web<A: Asset>(&self, file: &FileRef, url: &Url, permit: SemaphorePermit<'_>) -> Result<A, String> {
        let key = cache_key(file, url);
        let cached = self.cached(&key).await;
        let now = (self.clock)();
        let (stale, why_not) = match cached {
            Some((bytes, at)) if file.sha256.is_some() || self.is_fresh(at, now) => {
                match self.read(file, bytes).await {
                    Ok((asset, _)) => return Ok(asset),
                    Err(reason) => (None, Some(reason)),
                }
            }
            cached => (cached.map(|(bytes, _)| bytes), None),
        };
        // The way to the network may be long in coming; nothing else waits for this one meanwhile.
        drop(permit);
        let mut scope = self.scope.clone();
        let scope = *scope.wait_for(Option::is_some).await.map_err(|_| "the feed has ended")?;
        let _permit = self.permit().await?;
        let fetched = match self.fetch::<A>(url, scope.unwrap_or(AddressScope::Unroutable)).await {
            Ok(bytes) => self.read(file, bytes).await,
            Err(reason) => Err(why_not.unwrap_or(reason)),
        };
        match (fetched, stale) {
            (Ok((asset, bytes)), _) => {
                self.keep(key, bytes).await;
                Ok(asset)
            }
            // Yesterday's picture is better than none; a later start asks again.
            (Err(_), Some(stale)) => self.read(file, stale).await.map(|(asset, _)| asset),
            (Err(reason), None) => Err(reason),
        }
    }

    async fn fetch<A: Asset>(&self, url: &Url, scope: AddressScope) -> Result<Vec<u8>, String> {
        let client = self.client(scope).map_err(|failure| failure.reason)?;
        let token = match &self.token {
            Some(source) => Some(source.read(|name| std::env::var_os(name)).map_err(|error| error.to_string())?),
            None => None,
        };
        let may = |url: &Url| {
            if !self.base.may_ask(url) {
                return Err(Failure::no_access(format!(
                    "{}: neither https nor the feed's own origin",
                    host_label(url)
                )));
            }
            check_literal(url, scope).map_err(|refused| Failure::no_access(refused.to_string()))
        };
        let token_origin = match &self.base {
            PhotoBase::Web(base) => base,
            PhotoBase::Folder(_) | PhotoBase::BuiltIn | PhotoBase::Nowhere => url,
        };
        let get = Get {
            client: &client,
            limits: &self.limits,
            clock: &self.clock,
            url,
            token_origin,
            // Only a feed on the web has a token of its own.
            token: token.as_ref().filter(|_| matches!(self.base, PhotoBase::Web(_))),
            etag: None,
            accept: A::ACCEPT,
            gzip: false,
            last_event: None,
            extra_headers: &[],
            body_max: A::max_bytes(&self.limits.photo),
            check_url: &may,
        };
        let got = get.send().await.map_err(|failure| {
            let mut client = self.client.lock().unwrap_or_else(PoisonError::into_inner);
            client.take_if(|_| self.ca_file.is_some());
            failure.reason
        })?;
        match got.status {
            StatusCode::OK => Ok(got.body),
            status => Err(format!("{}: HTTP {}", host_label(url), status.as_u16())),
        }
    }

    fn client(&self, scope: AddressScope) -> Result<Client, Failure> {
        let mut client = self.client.lock().unwrap_or_else(PoisonError::into_inner);
        match &*client {
            Some((made_for, client)) if *made_for == scope => Ok(client.clone()),
            _ => {
                let made = get::client(&self.limits, Some(scope), self.ca_file.as_deref())?;
                *client = Some((scope, made.clone()));
                Ok(made)
            }
        }
    }

    /// Checks and decodes on the blocking pool; gives the bytes back for the cache.
    async fn read<A: Asset>(&self, file: &FileRef, bytes: Vec<u8>) -> Result<(A, Vec<u8>), String> {
        let (sha256, limits) = (file.sha256.clone(), self.limits.photo.clone());
        blocking(move || {
            check_hash(&bytes, sha256.as_deref())?;
            A::read(&bytes, &limits).map(|asset| (asset, bytes))
        })
        .await?
    }

    async fn cached(&self, key: &str) -> Option<(Vec<u8>, Timestamp)> {
        let cache = self.cache.clone()?;
        let (key, now) = (key.to_owned(), (self.clock)());
        blocking(move || cache.get(&key, now)).await.ok()?
    }

    async fn keep(&self, key: String, bytes: Vec<u8>) {
        let Some(cache) = self.cache.clone() else { return };
        let now = (self.clock)();
        // A panic in there was reported where it happened; the picture is on its way without the cache.
        blocking(move || cache.put(&key, &bytes, now)).await.ok();
    }

    fn is_fresh(&self, at: Timestamp, now: Timestamp) -> bool {
        now.duration_since(at).unsigned_abs() < self.limits.photo.cache_fresh
    }

    /// Counts what a file takes in memory against what all of its kind may take.
    fn hold<A: Asset>(&self, key: &str, bytes: usize) -> Result<(), String> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let others = held.iter().filter(|((kind, other), _)| *kind == A::NAME && other != key);
        let (others, max) = (others.map(|(_, bytes)| bytes).sum::<usize>(), A::max_held(&self.limits.photo));
        if others + bytes > max {
            return Err(format!("the board's {}s together take more than {max} bytes", A::NAME));
        }
        held.insert((A::NAME, key.to_owned()), bytes);
        Ok(())
    }

    async fn permit(&self) -> Result<SemaphorePermit<'_>, String> {
        self.permits.acquire().await.map_err(|_| "the feed has ended".to_owned())
    }
}

/// The key under which a file is cached: its hash where sent, else its whole address, as several feeds may call
/// other pictures by the same path. Hashed, as the address may hold a secret.
fn cache_key(file: &FileRef, url: &Url) -> String {
    file.sha256.clone().unwrap_or_else(|| sha256(format!("at {url}").as_bytes()))
}

/// Runs work on the blocking pool. A decoder that panics on hostile bytes costs its file only.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, String> {
    tokio::task::spawn_blocking(work).await.map_err(|_| "the decoder failed".to_owned())
}
