//! Forms: reads what is to be done, has the wall do it, and leads back to the page.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};

use super::{Service, answers};
use crate::remote::access::OURS;
use crate::remote::action::{Action, Wrong};
use crate::remote::desk::{Answer, Ask};
use crate::remote::form::Form;
use crate::remote::words::asked;

/// Before it starts again the wall hands out the answer.
const BEFORE_RESTART: Duration = Duration::from_millis(500);

pub(super) async fn act(State(service): State<Service>, headers: HeaderMap, body: Bytes) -> Response {
    let form = Form::read(&body);
    let is_program = headers.contains_key(OURS);
    let done = match Action::read(&form) {
        Ok(Action::Restart) => {
            let later = service.clone();
            tokio::spawn(async move {
                tokio::time::sleep(BEFORE_RESTART).await;
                later.ask(Ask::Do(Action::Restart)).await;
            });
            Ok(())
        }
        Ok(action) => match service.ask(Ask::Do(action)).await {
            Some(Answer::Done) => Ok(()),
            Some(Answer::Refused(wrong)) => Err(wrong),
            _ => Err(Wrong::Silent),
        },
        Err(wrong) => Err(wrong),
    };
    let w = asked(&headers, "");
    match done {
        Ok(()) if is_program => answers::text(StatusCode::OK, "done"),
        Ok(()) => Redirect::to("/?done").into_response(),
        Err(wrong) => {
            let status =
                if wrong == Wrong::Silent { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::UNPROCESSABLE_ENTITY };
            answers::text(status, w.wrong(wrong))
        }
    }
}
