//! `/api/v1/contests`, `/recognitions` and `/notices`: what hangs on walls because somebody said so.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::audited::audited;
use super::extract::{Asked, At, Fields, Given, Manages, Page, PageQuery, gone};
use crate::access::Viewer;
use crate::store::contests::{self, ContestRow, FORMATS};
use crate::store::words::{self, BADGES, NoticeRow, RecognitionRow};
use crate::store::{Error, Result as Stored, Tx, metrics, people, teams};
use crate::web::problem::Problem;
use crate::web::state::App;
use crate::{clock, random};

/// Walls show recognition for so many days.
const SHOWN_US: i64 = 7 * 86_400_000_000;

/// Names of one contest or recognition.
const MAX_NAMES: usize = 500;

fn instant(at: i64) -> String {
    Timestamp::from_microsecond(at).map(|at| at.to_string()).unwrap_or_default()
}

fn there(tx: &mut Tx<'_>, of_whom: &str, who: &[String]) -> Stored<()> {
    for id in who {
        let known = match of_whom {
            "teams" => teams::get(tx, id)?.is_some(),
            _ => people::seen(tx, &Viewer::Owner, id)?.is_some(),
        };
        if !known {
            return Err(Error::Refused(format!("who: there is nobody with the id {id:?} among the {of_whom}")));
        }
    }
    Ok(())
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Contest {
    /// Made by the hub.
    #[serde(default)]
    #[schema(read_only)]
    id: String,
    #[schema(min_length = 1, max_length = 80)]
    title: String,
    /// `most`, `first_to`, `threshold`, `team_total`, `team_average`, `versus` or `bracket`.
    #[schema(pattern = "^(most|first_to|threshold|team_total|team_average|versus|bracket)$")]
    format: String,
    /// `people` or `teams`.
    #[schema(pattern = "^(people|teams)$")]
    of_whom: String,
    /// Ids of people or teams; empty: all.
    #[serde(default)]
    who: Vec<String>,
    /// RFC 3339.
    starts: String,
    /// RFC 3339; without it a goal ends the contest.
    ends: Option<String>,
    /// In the minor unit of the metric, or in points where there are several.
    #[schema(minimum = 1)]
    goal: Option<i64>,
    #[serde(default)]
    #[schema(max_length = 500)]
    rules: String,
    /// `draft`, `hidden` (a rehearsal), `open`, `final` or `cancelled`.
    #[schema(pattern = "^(draft|hidden|open|final|cancelled)$")]
    stage: String,
    #[schema(min_items = 1, max_items = 10)]
    metrics: Vec<Points>,
    #[serde(default)]
    #[schema(max_items = 20)]
    prizes: Vec<PrizeOf>,
}

/// A metric with its points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Points {
    metric: String,
    #[schema(minimum = 1, maximum = 1000)]
    points: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PrizeOf {
    #[schema(minimum = 1, maximum = 20)]
    place: i64,
    #[schema(min_length = 1, max_length = 80)]
    label: String,
}

fn contest(of: ContestRow) -> Contest {
    Contest {
        id: of.id,
        title: of.title,
        format: of.format,
        of_whom: of.of_whom,
        who: of.entries,
        starts: instant(of.starts),
        ends: of.ends.map(instant),
        goal: of.goal,
        rules: of.rules,
        stage: of.stage,
        metrics: of.metrics.into_iter().map(|(metric, points)| Points { metric, points }).collect(),
        prizes: of.prizes.into_iter().map(|(place, label)| PrizeOf { place, label }).collect(),
    }
}

/// All contests, those that begin first before the others.
#[utoipa::path(get, path = "/api/v1/contests", params(PageQuery), security(("token" = [])), responses((status = 200, description = "By their beginning.", body = Vec<Contest>)))]
pub async fn contests(
    State(app): State<App>,
    Manages(_): Manages,
    Asked(asked): Asked<PageQuery>,
) -> Result<Page<Contest>, Problem> {
    let all = app.read(contests::list).await?.into_iter().map(contest).collect();
    Page::of(all, |of: &Contest| of.id.as_str(), &asked)
}

fn row(id: String, given: &Contest) -> Result<ContestRow, Problem> {
    let mut fields = Fields::default();
    fields.text("title", &given.title, 80);
    fields.word("format", &given.format, &FORMATS.map(|(name, _)| name));
    fields.word("of_whom", &given.of_whom, &["people", "teams"]);
    fields.word("stage", &given.stage, &["draft", "hidden", "open", "final", "cancelled"]);
    if given.rules.chars().count() > 500 || given.rules.contains('\0') {
        fields.wrong("rules", "at most 500 characters are expected");
    }
    let starts = fields.instant("starts", &given.starts);
    let ends = given.ends.as_ref().and_then(|ends| fields.instant("ends", ends));
    if starts.zip(ends).is_some_and(|(starts, ends)| ends <= starts) {
        fields.wrong("ends", "it ends before it starts");
    }
    if given.ends.is_none() && given.goal.is_none() {
        fields.wrong("ends", "an end is needed, or a goal that ends it");
    }
    if given.goal.is_some_and(|goal| goal < 1) {
        fields.wrong("goal", "a number above 0 is expected");
    }
    if matches!(given.format.as_str(), "first_to" | "threshold") && given.goal.is_none() {
        fields.wrong("goal", "this format needs one");
    }
    if given.metrics.is_empty() || given.metrics.len() > 10 {
        fields.wrong("metrics", "1 to 10 are expected");
    }
    for (at, of) in given.metrics.iter().enumerate() {
        fields.text(&format!("metrics[{at}].metric"), &of.metric, 60);
        if !(1..=1_000).contains(&of.points) {
            fields.wrong(&format!("metrics[{at}].points"), "1 to 1000 are expected");
        }
        if given.metrics[..at].iter().any(|other| other.metric == of.metric) {
            fields.wrong(&format!("metrics[{at}].metric"), "it stands there twice");
        }
    }
    if given.who.len() > MAX_NAMES || given.who.iter().any(|id| id.contains('\0')) {
        fields.wrong("who", format!("at most {MAX_NAMES} ids are expected"));
    }
    for (at, prize) in given.prizes.iter().enumerate() {
        fields.text(&format!("prizes[{at}].label"), &prize.label, 80);
        let twice = given.prizes[..at].iter().any(|other| other.place == prize.place);
        if !(1..=20).contains(&prize.place) || twice {
            fields.wrong(&format!("prizes[{at}].place"), "1 to 20, each once, are expected");
        }
    }
    fields.done()?;
    Ok(ContestRow {
        id,
        title: given.title.trim().to_owned(),
        format: given.format.clone(),
        of_whom: given.of_whom.clone(),
        starts: starts.unwrap_or_default().as_microsecond(),
        ends: ends.map(Timestamp::as_microsecond),
        goal: given.goal,
        rules: given.rules.clone(),
        stage: given.stage.clone(),
        metrics: given.metrics.iter().map(|of| (of.metric.clone(), of.points)).collect(),
        entries: given.who.clone(),
        prizes: given.prizes.iter().map(|of| (of.place, of.label.clone())).collect(),
    })
}

fn known(tx: &mut Tx<'_>, row: &ContestRow) -> Stored<()> {
    for (metric, _) in &row.metrics {
        metrics::get(tx, metric)?.ok_or_else(|| Error::Refused(format!("metrics: there is no metric {metric:?}")))?;
    }
    there(tx, &row.of_whom, &row.entries)
}

/// Adds a contest.
#[utoipa::path(post, path = "/api/v1/contests", request_body = Contest, security(("token" = [])), responses((status = 201, description = "Added.", body = Contest)))]
pub async fn add_contest(
    State(app): State<App>,
    Manages(viewer): Manages,
    Given(given): Given<Contest>,
) -> Result<Response, Problem> {
    let row = row(random::id('c').map_err(Error::broken)?, &given)?;
    let made = audited(&app, viewer, "contest.add", move |tx| {
        known(tx, &row)?;
        contests::put(tx, &row)?;
        Ok((row.id.clone(), contest(row)))
    });
    Ok((StatusCode::CREATED, axum::Json(made.await?)).into_response())
}

/// Puts another contest in the place of one. A final one stays as it is.
#[utoipa::path(put, path = "/api/v1/contests/{id}", params(("id" = String, Path)), request_body = Contest, security(("token" = [])), responses((status = 200, description = "As it is now.", body = Contest)))]
pub async fn change_contest(
    State(app): State<App>,
    Manages(viewer): Manages,
    At(id): At,
    Given(given): Given<Contest>,
) -> Result<axum::Json<Contest>, Problem> {
    let row = row(id.clone(), &given)?;
    let made = audited(&app, viewer, "contest.change", move |tx| {
        let held = contests::get(tx, &id)?.ok_or_else(|| Error::Missing(format!("contest {id:?}")))?;
        if held.stage == "final" {
            return Err(Error::refused("its result is final"));
        }
        known(tx, &row)?;
        contests::put(tx, &row)?;
        Ok((id, contest(row)))
    });
    Ok(axum::Json(made.await?))
}

/// Takes a contest away.
#[utoipa::path(delete, path = "/api/v1/contests/{id}", params(("id" = String, Path)), security(("token" = [])), responses((status = 204, description = "Gone.")))]
pub async fn remove_contest(State(app): State<App>, Manages(viewer): Manages, At(id): At) -> Result<Response, Problem> {
    audited(&app, viewer, "contest.remove", move |tx| {
        contests::get(tx, &id)?.ok_or_else(|| Error::Missing(format!("contest {id:?}")))?;
        contests::delete(tx, &id)?;
        Ok((id, ()))
    })
    .await?;
    Ok(gone())
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Shout {
    /// Made by the hub.
    #[serde(default)]
    #[schema(read_only)]
    id: String,
    /// Ids of people.
    #[schema(min_items = 1, max_items = 500)]
    who: Vec<String>,
    /// `shout_out`, `top_performer` or `milestone`.
    #[schema(pattern = "^(shout_out|top_performer|milestone|birthday|anniversary|new_hire)$")]
    badge: String,
    #[schema(min_length = 1, max_length = 120)]
    headline: String,
    #[schema(max_length = 500)]
    text: Option<String>,
    /// Who says it.
    #[schema(max_length = 80)]
    from: Option<String>,
}

fn shout(of: RecognitionRow) -> Shout {
    Shout { id: of.id, who: of.who, badge: of.kind, headline: of.headline, text: of.body, from: of.from_whom }
}

/// Recognition that is not withdrawn, the newest first.
#[utoipa::path(get, path = "/api/v1/recognitions", params(PageQuery), security(("token" = [])), responses((status = 200, description = "The newest first.", body = Vec<Shout>)))]
pub async fn shouts(
    State(app): State<App>,
    Manages(_): Manages,
    Asked(asked): Asked<PageQuery>,
) -> Result<Page<Shout>, Problem> {
    let all = app.read(words::recognitions).await?;
    let all = all.into_iter().filter(|of| of.withdrawn.is_none()).map(shout).collect();
    Page::of(all, |of: &Shout| of.id.as_str(), &asked)
}

/// Says something good of somebody; walls show it for a week.
#[utoipa::path(post, path = "/api/v1/recognitions", request_body = Shout, security(("token" = [])), responses((status = 201, description = "Said.", body = Shout)))]
pub async fn add_shout(
    State(app): State<App>,
    Manages(viewer): Manages,
    Given(given): Given<Shout>,
) -> Result<Response, Problem> {
    let mut fields = Fields::default();
    fields.word("badge", &given.badge, &BADGES.map(|(name, _)| name));
    fields.text("headline", &given.headline, 120);
    for (field, text, most) in [("text", &given.text, 500), ("from", &given.from, 80)] {
        if let Some(text) = text {
            fields.text(field, text, most);
        }
    }
    if given.who.is_empty() || given.who.len() > MAX_NAMES || given.who.iter().any(|id| id.contains('\0')) {
        fields.wrong("who", format!("1 to {MAX_NAMES} ids of people are expected"));
    }
    fields.done()?;
    let made = audited(&app, viewer, "recognition.add", move |tx| {
        there(tx, "people", &given.who)?;
        let at = clock::now().as_microsecond();
        let row = RecognitionRow {
            id: random::id('o').map_err(Error::broken)?,
            at,
            kind: given.badge,
            who: given.who,
            headline: given.headline,
            body: given.text,
            from_whom: given.from,
            rule: None,
            until: at + SHOWN_US,
            withdrawn: None,
        };
        words::put_recognition(tx, &row)?;
        Ok((row.id.clone(), shout(row)))
    });
    Ok((StatusCode::CREATED, axum::Json(made.await?)).into_response())
}

/// Withdraws recognition: it is on no wall within seconds.
#[utoipa::path(delete, path = "/api/v1/recognitions/{id}", params(("id" = String, Path)), security(("token" = [])), responses((status = 204, description = "Withdrawn.")))]
pub async fn remove_shout(State(app): State<App>, Manages(viewer): Manages, At(id): At) -> Result<Response, Problem> {
    audited(&app, viewer, "recognition.withdraw", move |tx| {
        let held = words::get_recognition(tx, &id)?.filter(|of| of.withdrawn.is_none());
        let held = held.ok_or_else(|| Error::Missing(format!("recognition {id:?}")))?;
        let withdrawn = Some(clock::now().as_microsecond());
        words::put_recognition(tx, &RecognitionRow { withdrawn, ..held })?;
        Ok((id, ()))
    })
    .await?;
    Ok(gone())
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// Made by the hub.
    #[serde(default)]
    #[schema(read_only)]
    id: String,
    #[schema(min_length = 1, max_length = 120)]
    title: String,
    #[serde(default)]
    #[schema(max_length = 500)]
    text: String,
    /// Who signs it.
    #[schema(max_length = 80)]
    from: Option<String>,
    /// Id of the team for whose screens it is; without one it is for all.
    team: Option<String>,
    /// RFC 3339.
    starts: Option<String>,
    /// RFC 3339.
    ends: Option<String>,
}

fn message(of: NoticeRow) -> Message {
    Message {
        id: of.id,
        title: of.title,
        text: of.body,
        from: of.from_whom,
        team: of.team,
        starts: of.starts.map(instant),
        ends: of.ends.map(instant),
    }
}

/// All messages.
#[utoipa::path(get, path = "/api/v1/notices", params(PageQuery), security(("token" = [])), responses((status = 200, description = "By title.", body = Vec<Message>)))]
pub async fn messages(
    State(app): State<App>,
    Manages(_): Manages,
    Asked(asked): Asked<PageQuery>,
) -> Result<Page<Message>, Problem> {
    let all = app.read(words::notices).await?.into_iter().map(message).collect();
    Page::of(all, |of: &Message| of.id.as_str(), &asked)
}

/// Puts up a message.
#[utoipa::path(post, path = "/api/v1/notices", request_body = Message, security(("token" = [])), responses((status = 201, description = "It is up.", body = Message)))]
pub async fn add_message(
    State(app): State<App>,
    Manages(viewer): Manages,
    Given(given): Given<Message>,
) -> Result<Response, Problem> {
    let mut fields = Fields::default();
    fields.text("title", &given.title, 120);
    if given.text.chars().count() > 500 || given.text.contains('\0') {
        fields.wrong("text", "at most 500 characters are expected");
    }
    if let Some(from) = &given.from {
        fields.text("from", from, 80);
    }
    let starts = given.starts.as_ref().and_then(|at| fields.instant("starts", at));
    let ends = given.ends.as_ref().and_then(|at| fields.instant("ends", at));
    if starts.zip(ends).is_some_and(|(starts, ends)| ends <= starts) {
        fields.wrong("ends", "it ends before it starts");
    }
    fields.done()?;
    let by_whom = viewer.name();
    let made = audited(&app, viewer, "notice.add", move |tx| {
        if let Some(team) = &given.team {
            teams::get(tx, team)?.ok_or_else(|| Error::Refused(format!("team: there is no team {team:?}")))?;
        }
        let row = NoticeRow {
            id: random::id('m').map_err(Error::broken)?,
            title: given.title,
            body: given.text,
            team: given.team,
            starts: starts.map(Timestamp::as_microsecond),
            ends: ends.map(Timestamp::as_microsecond),
            by_whom,
            from_whom: given.from,
            weekly: None,
        };
        words::put_notice(tx, &row)?;
        Ok((row.id.clone(), message(row)))
    });
    Ok((StatusCode::CREATED, axum::Json(made.await?)).into_response())
}

/// Takes a message down.
#[utoipa::path(delete, path = "/api/v1/notices/{id}", params(("id" = String, Path)), security(("token" = [])), responses((status = 204, description = "It is down.")))]
pub async fn remove_message(State(app): State<App>, Manages(viewer): Manages, At(id): At) -> Result<Response, Problem> {
    audited(&app, viewer, "notice.remove", move |tx| {
        words::get_notice(tx, &id)?.ok_or_else(|| Error::Missing(format!("notice {id:?}")))?;
        words::delete_notice(tx, &id)?;
        Ok((id, ()))
    })
    .await?;
    Ok(gone())
}
