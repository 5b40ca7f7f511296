//! `/live`: says that something changed, and nothing of what; the page then asks for itself as its viewer may see it.

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use serde::Deserialize;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::ReceiverStream;

use super::wall::now::on_now;
use crate::store::{Tx, floor};
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;

/// A change is on the page a second later at most.
const EVERY: Duration = Duration::from_millis(500);

pub fn routes() -> Router<App> {
    Router::new().route("/live", get(stream))
}

#[derive(Debug, Default, Deserialize)]
struct Params {
    /// The board whose slide is on the page.
    wall: Option<String>,
    /// The screen that is looked at.
    screen: Option<String>,
}

async fn stream(State(app): State<App>, visitor: Visitor, Query(params): Query<Params>) -> Result<Response, Problem> {
    let wall = params.wall.filter(|board| visitor.viewer.may_see_board(board));
    let (words, asking) = (visitor.words, app.clone());
    let look = move |tx: &mut Tx<'_>| {
        let slide = match &wall {
            Some(board) => on_now(&asking, tx, (board, params.screen.as_deref()), words, crate::clock::now())?,
            None => None,
        };
        Ok((floor::version(tx)?, slide.map(|on| on.slide)))
    };
    let look = std::sync::Arc::new(look);
    let first = look.clone();
    let mut last = app.read(move |tx| first(tx)).await?;
    let (sender, receiver) = tokio::sync::mpsc::channel::<()>(1);
    tokio::spawn(async move {
        while !sender.is_closed() {
            tokio::time::sleep(EVERY).await;
            let hash = visitor.hash.clone();
            let look = look.clone();
            let asked = app.read(move |tx| {
                let now = crate::clock::now().as_microsecond();
                Ok((look(tx)?, crate::store::sessions::login(tx, &hash, now)?.is_some()))
            });
            match asked.await {
                // Who signed out hears nothing more.
                Ok((_, false)) => break,
                Ok((now, true)) if now != last => {
                    last = now;
                    if sender.send(()).await.is_err() {
                        break;
                    }
                }
                // A store that is busy answers the next time.
                _ => {}
            }
        }
    });
    let events =
        ReceiverStream::new(receiver).map(|()| Ok::<Event, Infallible>(Event::default().event("changed").data("1")));
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)).text("")).into_response())
}

#[cfg(test)]
mod tests {
    use axum::http::Request;
    use tokio_stream::StreamExt as _;
    use tower::ServiceExt as _;

    use crate::access::Role;
    use crate::store::floor;
    use crate::web::pages::testing::Hub;

    #[tokio::test]
    async fn a_change_is_told_without_what_it_is_and_only_to_who_is_signed_in() {
        let hub = Hub::demo();
        assert_eq!(hub.browser().get("/live").await.status, 303);
        let browser = hub.signed_in(Role::Rep, Some("p1"));
        let request = Request::get("/live").header("host", "127.0.0.1").header("cookie", browser.cookie());
        let response = hub.router().oneshot(request.body(axum::body::Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), 200);
        let mut body = response.into_body().into_data_stream();
        hub.store.write(floor::changed).unwrap();
        let wait = tokio::time::timeout(std::time::Duration::from_secs(20), body.next());
        let first = wait.await.expect("an event within the time").unwrap().unwrap();
        assert_eq!(String::from_utf8_lossy(&first), "event: changed\ndata: 1\n\n");
    }
}
