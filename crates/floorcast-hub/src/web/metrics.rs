//! `GET /metrics`: how the hub is, as Prometheus reads it. Counts only: no name and no figure of anybody.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};

use super::problem::Problem;
use super::state::App;
use super::viewer::RequestViewer;
use crate::access::{Action, Viewer};
use crate::clock;
use crate::store::{boards, facts, hash, outbox, screens, sources};

/// A screen that was not heard of for so long is away.
const AWAY_US: i64 = 180_000_000;

pub async fn metrics(State(app): State<App>, RequestViewer(viewer): RequestViewer) -> Result<Response, Problem> {
    match viewer {
        Viewer::Loopback => {}
        _ if viewer.may(Action::SeePeople) => {}
        Viewer::Token { .. } => return Err(Problem::forbidden("the state of the hub needs a token of the role read")),
        _ => return Err(Problem::unauthorized()),
    }
    let version = app.version;
    let text = app
        .read(move |tx| {
            let now = clock::now().as_microsecond();
            let counts = hash::counts(tx)?;
            let mut out = Out(String::new());
            out.gauge("floorcast_info", "The program.", &[(format!("version=\"{}\"", label(version)), 1.0)]);
            for (name, help, n) in [
                ("floorcast_facts", "Facts that count.", counts.facts),
                ("floorcast_people", "People on the floor.", counts.people),
                ("floorcast_teams", "Teams on the floor.", counts.teams),
            ] {
                out.gauge(name, help, &[(String::new(), n as f64)]);
            }
            let unknown: i64 = facts::without_person(tx)?.iter().map(|(_, _, n)| n).sum();
            out.gauge(
                "floorcast_facts_without_person",
                "Facts under unknown names.",
                &[(String::new(), unknown as f64)],
            );
            let board = |of: boards::BoardRow| (format!("board=\"{}\"", label(&of.id)), of.rev as f64);
            let all: Vec<_> = boards::list(tx)?.into_iter().map(board).collect();
            out.gauge("floorcast_board_revision", "Grows with each change of a board.", &all);
            let all = screens::list(tx)?;
            let here = all.iter().filter(|of| of.seen.is_some_and(|seen| now - seen < AWAY_US)).count();
            let states =
                [("state=\"here\"".to_owned(), here as f64), ("state=\"away\"".to_owned(), (all.len() - here) as f64)];
            out.gauge("floorcast_screens", "Paired screens.", &states);
            let state = outbox::state(tx)?;
            let states = [("waiting", state.waiting), ("failing", state.failing), ("given_up", state.given_up)];
            let rows = states.map(|(state, n)| (format!("state=\"{state}\""), n as f64));
            out.gauge("floorcast_outbox", "Mails and webhooks that did not go out yet.", &rows);
            let all = sources::list(tx)?;
            let failing = |of: &sources::SourceRow| {
                (format!("source=\"{}\"", label(&of.id)), f64::from(u8::from(of.last_error.is_some())))
            };
            out.gauge(
                "floorcast_source_failing",
                "1 where the last look or delivery failed.",
                &all.iter().map(failing).collect::<Vec<_>>(),
            );
            let age = |of: &sources::SourceRow| {
                Some((format!("source=\"{}\"", label(&of.id)), ((now - of.last_ok?) / 1_000_000) as f64))
            };
            out.gauge(
                "floorcast_source_age_seconds",
                "Since the last look or delivery that worked.",
                &all.iter().filter_map(age).collect::<Vec<_>>(),
            );
            Ok(out.0)
        })
        .await?;
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response())
}

struct Out(String);

impl Out {
    fn gauge(&mut self, name: &str, help: &str, rows: &[(String, f64)]) {
        if rows.is_empty() {
            return;
        }
        self.0 += &format!("# HELP {name} {help}\n# TYPE {name} gauge\n");
        for (labels, value) in rows {
            let labels = if labels.is_empty() { String::new() } else { format!("{{{labels}}}") };
            self.0 += &format!("{name}{labels} {value}\n");
        }
    }
}

/// A text inside of quotes.
fn label(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}
