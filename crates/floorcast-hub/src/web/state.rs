//! What every handler has at hand.

use std::sync::{Arc, OnceLock};

use crate::clock;
use crate::publish::{Publisher, Renderer};
use crate::sources::decode::Decoder;
use crate::store::private::{self, Private, PrivateTx};
use crate::store::{Result, Store, Tx, floor, merges};
use crate::web::call_counts::CallCounts;
use crate::web::own_wall::OwnWall;
use crate::web::previews::Previews;
use crate::web::problem::Problem;

#[derive(Clone)]
pub struct App {
    pub store: Arc<Store>,
    pub private: Arc<Private>,
    pub publisher: Arc<Publisher>,
    pub renderer: Arc<Renderer>,
    pub decoder: Decoder,
    pub calls: Arc<CallCounts>,
    pub previews: Arc<Previews>,
    pub own_wall: Arc<OwnWall>,
    pub version: &'static str,
    pub options: Arc<Options>,
}

/// What the settings of whoever runs the hub say to pages.
#[derive(Debug, Default)]
pub struct Options {
    /// There is a mail server.
    pub sends_mail: bool,
    /// What people call the provider of single sign-on.
    pub sign_on: Option<String>,
    /// Under which people open the hub, where the settings say so.
    pub public_url: Option<String>,
    /// Proxies whose heads say from where a request comes.
    pub trusted_proxies: Vec<ipnet::IpNet>,
    /// How this machine is called in its network, with the port, once that was announced.
    pub announced: OnceLock<String>,
    #[cfg(feature = "oidc")]
    pub oidc: Option<crate::web::oidc::Provider>,
}

impl App {
    /// Reads from the store, on a thread that may wait.
    ///
    /// # Errors
    /// A problem document.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> std::result::Result<T, Problem> {
        let store = self.store.clone();
        waiting(move || store.read(work)).await
    }

    /// Writes to the store, on a thread that may wait. What it answers is on the disk.
    ///
    /// # Errors
    /// A problem document: then nothing was written.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> std::result::Result<T, Problem> {
        let store = self.store.clone();
        waiting(move || store.write(work)).await
    }

    /// Reads what only a person and their coaches may read.
    ///
    /// # Errors
    /// A problem document.
    pub async fn read_private<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut PrivateTx<'_>) -> Result<T> + Send + 'static,
    ) -> std::result::Result<T, Problem> {
        let private = self.private.clone();
        waiting(move || private.read(work)).await
    }

    /// How many coaching sessions and answers somebody has not opened.
    ///
    /// # Errors
    /// A problem document.
    pub async fn unread(&self, me: String) -> std::result::Result<usize, Problem> {
        self.read_private(move |tx| Ok(private::sessions::waiting(tx, &me)?.len())).await
    }

    /// Writes what only a person and their coaches may read.
    ///
    /// # Errors
    /// A problem document: then nothing was written.
    pub async fn write_private<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut PrivateTx<'_>) -> Result<T> + Send + 'static,
    ) -> std::result::Result<T, Problem> {
        let private = self.private.clone();
        waiting(move || private.write(work)).await
    }

    /// Merges two people: what the work has done on the floor, under its id, is done to what is private of both as well.
    ///
    /// # Errors
    /// A problem document: then both stay as they were.
    pub async fn merge_people(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<(String, String, String)> + Send + 'static,
    ) -> std::result::Result<String, Problem> {
        let private = self.private.clone();
        self.write(move |tx| {
            let (id, kept, gone) = work(tx)?;
            private.write(|of| private::merged::merge(of, &id, &kept, &gone))?;
            Ok(id)
        })
        .await
    }

    /// Takes a person away, with what is private of them, where the work on the floor succeeds.
    ///
    /// # Errors
    /// A problem document: then everything is as it was.
    pub async fn erase_person(
        &self,
        person: String,
        work: impl FnOnce(&mut Tx<'_>) -> Result<()> + Send + 'static,
    ) -> std::result::Result<(), Problem> {
        let (private, after) = (self.private.clone(), self.private.clone());
        self.write(move |tx| {
            work(tx)?;
            private.write(|of| private::forget(of, &person))
        })
        .await?;
        let scrub = move || {
            after.scrub();
            Ok(())
        };
        waiting(scrub).await
    }

    /// Makes two people again of one that was merged.
    ///
    /// # Errors
    /// A problem document: then it stays one.
    pub async fn part_people(
        &self,
        merge: String,
        work: impl FnOnce(&mut Tx<'_>) -> Result<()> + Send + 'static,
    ) -> std::result::Result<(), Problem> {
        let private = self.private.clone();
        self.write(move |tx| {
            merges::undo(tx, &merge, clock::now().as_microsecond())?;
            private.write(|of| private::merged::undo(of, &merge))?;
            floor::changed(tx)?;
            work(tx)
        })
        .await
    }
}

/// Does work on a thread that may wait.
async fn waiting<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> std::result::Result<T, Problem> {
    match tokio::task::spawn_blocking(clock::on_this(work)).await {
        Ok(done) => Ok(done?),
        Err(error) => Err(crate::store::Error::broken(error).into()),
    }
}
