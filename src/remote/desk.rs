//! The way from the service to the wall's loop: a bounded queue of questions, each with somebody who waits for its answer.

use tokio::sync::{mpsc, oneshot};

use super::action::{Action, Wrong};
use super::view::{StartView, View};

/// Questions that may wait for the loop.
const WAITING: usize = 16;

/// What the wall is asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// What is on, what comes, how the feeds are.
    View,
    /// The picture that is on the wall.
    Picture,
    /// To do something.
    Do(Action),
    /// To show this code for whoever stands in front of it.
    ShowCode(String),
}

/// What it answers.
#[derive(Debug)]
pub enum Answer {
    View(Box<View>),
    Picture(Picture),
    Done,
    Refused(Wrong),
}

/// The pixels of a frame.
pub struct Picture {
    pub width: u32,
    pub height: u32,
    /// Four bytes for each pixel.
    pub rgba: Vec<u8>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}x{})", self.width, self.height)
    }
}

/// A question that waits for its answer.
#[derive(Debug)]
pub struct Request {
    pub ask: Ask,
    reply: oneshot::Sender<Answer>,
}

impl Request {
    /// Whoever asked may have gone meanwhile.
    pub fn answer(self, answer: Answer) {
        drop(self.reply.send(answer));
    }

    /// Nobody waits for the answer any more.
    pub fn is_over(&self) -> bool {
        self.reply.is_closed()
    }
}

/// The loop's end of the queue.
#[derive(Debug)]
pub struct Inbox(mpsc::Receiver<Request>);

impl Inbox {
    /// The next question, if there is one.
    pub fn take(&mut self) -> Option<Request> {
        self.0.try_recv().ok()
    }
}

/// The service's end of the queue.
pub struct Line {
    send: mpsc::Sender<Request>,
    wake: Box<dyn Fn() + Send + Sync>,
}

impl Line {
    /// Asks, and waits for so long. `None`: the loop does not answer.
    pub(super) async fn ask(&self, ask: Ask, limit: std::time::Duration) -> Option<Answer> {
        let (reply, answer) = oneshot::channel();
        self.send.try_send(Request { ask, reply }).ok()?;
        (self.wake)();
        tokio::time::timeout(limit, answer).await.ok()?.ok()
    }
}

/// A queue; `wake` has the loop look into it.
pub fn line(wake: impl Fn() + Send + Sync + 'static) -> (Line, Inbox) {
    let (send, receive) = mpsc::channel(WAITING);
    (Line { send, wake: Box::new(wake) }, Inbox(receive))
}

/// Whether the wall works, as its own judge sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    pub works: bool,
    pub text: String,
}

/// What is counted and measured.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Counters {
    /// Frames that were due.
    pub wanted: u64,
    /// Frames that are on the screen, or were there already.
    pub shown: u64,
    pub uptime_s: f64,
    /// Memory that the process holds.
    pub memory_bytes: u64,
    /// Of this run of the machine, the newest first.
    pub starts: Vec<StartView>,
}

/// What can be known of the wall without its loop.
pub trait Device: Send + Sync {
    fn health(&self) -> Health;
    fn counters(&self) -> Counters;
    /// The last lines of the log, the oldest first, without secrets.
    fn log(&self) -> Vec<String>;
}
