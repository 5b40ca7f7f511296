//! Connections: whoever does not say within some seconds what they want is cut off, so that nobody holds all of them.

use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, BodyDataStream, Bytes, HttpBody as _};
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Sleep;
use tokio_stream::Stream;
use tower::ServiceExt as _;

/// How long a request may take to come.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Its head; between two requests of one connection too.
    pub head: Duration,
    /// Its body, and as much again for each `EACH` bytes that came.
    pub body: Duration,
}

/// An odd second more than ten: programs that ask each ten seconds do not meet the end of their connection.
pub const USUAL: Patience = Patience { head: Duration::from_secs(11), body: Duration::from_secs(30) };

/// A body that keeps coming at this measure is not cut.
const EACH: u32 = 4 << 20;

/// After a connection could not be taken: mostly there are no file handles left.
const PAUSE: Duration = Duration::from_millis(500);

/// Serves until it is told to stop; then those that are under way come to their end.
pub async fn serve(listener: TcpListener, router: Router, patience: Patience, mut stopped: watch::Receiver<bool>) {
    let mut all = JoinSet::new();
    loop {
        tokio::select! {
            taken = listener.accept() => match taken {
                Ok((stream, peer)) => {
                    all.spawn(connection(stream, peer, router.clone(), patience, stopped.clone()));
                }
                Err(error) => {
                    tracing::warn!("a connection cannot be taken: {error}");
                    tokio::time::sleep(PAUSE).await;
                }
            },
            Some(_) = all.join_next(), if !all.is_empty() => {}
            () = told(&mut stopped) => break,
        }
    }
    drop(listener);
    while all.join_next().await.is_some() {}
}

/// Waits until it is said to stop, or nobody is left who could say so.
async fn told(stopped: &mut watch::Receiver<bool>) {
    stopped.wait_for(|stopped| *stopped).await.ok();
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    patience: Patience,
    mut stopped: watch::Receiver<bool>,
) {
    // Small answers go out at once.
    stream.set_nodelay(true).ok();
    let service = router.map_request(move |request: Request<Incoming>| {
        let mut request = request.map(|body| patient(body, patience.body));
        request.extensions_mut().insert(ConnectInfo(peer));
        request
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience.head);
    let serving = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let mut serving = std::pin::pin!(serving);
    // Whoever goes away or is too slow ends their connection, and that is all.
    tokio::select! {
        _ = serving.as_mut() => return,
        () = told(&mut stopped) => serving.as_mut().graceful_shutdown(),
    }
    serving.await.ok();
}

fn patient(body: Incoming, each: Duration) -> Body {
    if body.is_end_stream() {
        return Body::empty();
    }
    let until = Box::pin(tokio::time::sleep(each));
    Body::from_stream(Patient { body: Body::new(body).into_data_stream(), until, each })
}

/// A body that fails when it takes too long.
struct Patient {
    body: BodyDataStream,
    until: Pin<Box<Sleep>>,
    each: Duration,
}

impl Stream for Patient {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match Pin::new(&mut self.body).poll_next(cx) {
            Poll::Ready(Some(Ok(bytes))) => {
                let more = self.each * u32::try_from(bytes.len()).unwrap_or(u32::MAX) / EACH;
                let until = self.until.deadline() + more;
                self.until.as_mut().reset(until);
                return Poll::Ready(Some(Ok(bytes)));
            }
            Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(std::io::Error::other(error)))),
            Poll::Ready(None) => return Poll::Ready(None),
            Poll::Pending => {}
        }
        let late = || std::io::Error::new(std::io::ErrorKind::TimedOut, "the body took too long to come");
        self.until.as_mut().poll(cx).map(|()| Some(Err(late())))
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpStream;

    use axum::routing::post;

    use super::*;

    /// What somebody gets who sends this and then waits: it ends when the other side ends the connection.
    fn sent(at: SocketAddr, text: &str) -> String {
        let mut stream = TcpStream::connect(at).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream.write_all(text.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    #[test]
    fn half_a_head_and_half_a_body_are_cut_and_a_whole_request_is_answered() {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let at = listener.local_addr().unwrap();
        let router = Router::new().route("/", post(async |body: String| body));
        let patience = Patience { head: Duration::from_millis(300), body: Duration::from_millis(300) };
        let (stop, stopped) = watch::channel(false);
        let serving = runtime.spawn(serve(listener, router, patience, stopped));
        let head = "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n";
        assert_eq!(sent(at, ""), "");
        assert!(!sent(at, head).contains("200 OK"));
        let half = sent(at, &format!("{head}\r\nab"));
        assert!(half.starts_with("HTTP/1.1 4"), "{half}");
        let whole = sent(at, &format!("{head}\r\nabcd"));
        assert!(whole.starts_with("HTTP/1.1 200 OK") && whole.ends_with("abcd"), "{whole}");
        stop.send(true).unwrap();
        runtime.block_on(serving).unwrap();
    }
}
