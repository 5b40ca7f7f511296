//! How somebody wants their pages, and their password.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use crate::store::audit::AuditAction;
use crate::store::logins::{self, LoginRow};
use crate::store::page_choices::{self, Look, PageChoice};
use crate::store::{Error, devices, rates, sessions};
use crate::web::pages::accounts::note;
use crate::web::pages::sign_in::tries::{TRIES, pause_us};
use crate::web::pages::{answer, join};
use crate::web::password;
use crate::web::problem::Problem;
use crate::web::session::{self, Posted, Visitor};
use crate::web::state::App;
use crate::web::words::{EN, JA};
use crate::{clock, random};

/// What is chosen, as value, words and whether it is.
type Choices = Vec<(&'static str, &'static str, bool)>;

pub struct Panel {
    pub languages: Choices,
    pub looks: Choices,
    pub has_password: bool,
    pub email: String,
}

pub fn panel(visitor: &Visitor) -> Panel {
    let w = visitor.words.of_settings();
    let (lang, look) = (visitor.choice.lang.as_deref(), visitor.choice.look);
    let languages = [("", w.lang_browser, lang.is_none())]
        .into_iter()
        .chain([(EN.lang, "English"), (JA.lang, "日本語")].map(|(tag, name)| (tag, name, lang == Some(tag))));
    let words = |of: Look| if of == Look::Light { w.look_light } else { w.look_dark };
    let looks = [("", w.look_auto, look.is_none())]
        .into_iter()
        .chain(Look::ALL.map(|(name, of)| (name, words(of), look == Some(of))));
    Panel {
        languages: languages.collect(),
        looks: looks.collect(),
        has_password: visitor.login.password.is_some(),
        email: visitor.login.email.clone(),
    }
}

pub async fn choose(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    app.write(move |tx| {
        let Posted { visitor, form } = &posted;
        let lang = [&EN, &JA].into_iter().find(|words| words.lang == form.text("lang"));
        let choice = PageChoice { lang: lang.map(|words| words.lang.to_owned()), look: Look::of(form.text("look")) };
        page_choices::put(tx, &visitor.login.id, &choice)
    })
    .await?;
    Ok(answer::see("/settings?said=1"))
}

/// Another password. Whoever is signed in elsewhere is out, and no other browser is known any more.
pub async fn change_password(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Problem> {
    let Posted { visitor, form } = posted;
    let w = visitor.words;
    let (old, new) = (form.as_sent("old").to_owned(), form.as_sent("password").to_owned());
    if let Some(wrong) = join::wrong_password(w, &form) {
        return Err(Error::at("password", &wrong).into());
    }
    // A session in the wrong hands is no way to guess the password.
    let now = clock::now().as_microsecond();
    let key = format!("login:{}", visitor.login.id);
    let asked = key.clone();
    let tries = app
        .write(move |tx| {
            let before = rates::get(tx, &asked, OLD_PASSWORD, now)?;
            let waits = before.n >= TRIES && before.last + pause_us(before.n) > now;
            if !waits {
                rates::count(tx, &asked, OLD_PASSWORD, now)?;
            }
            Ok((!waits).then_some(()))
        })
        .await?;
    if tries.is_none() {
        return Err(Error::at("old", w.of_settings().password_waits).into());
    }
    let stored = visitor.login.password.clone();
    let hash = tokio::task::spawn_blocking(move || match password::is(&old, stored.as_deref()) {
        true => password::hash(&new).map(Some),
        false => Ok(None),
    });
    let Some(hash) = hash.await.map_err(Error::broken)?? else {
        app.write(move |tx| note(tx, &visitor, AuditAction::LoginFail, &visitor.login.email)).await?;
        return Err(Error::at("old", w.of_settings().wrong_old).into());
    };
    let device = session::secret(&headers, session::DEVICE);
    app.write(move |tx| {
        rates::forget(tx, &key, OLD_PASSWORD)?;
        let login = logins::get(tx, &visitor.login.id)?.ok_or_else(|| Error::Missing("such account".into()))?;
        logins::put(tx, &LoginRow { password: Some(hash), ..login })?;
        sessions::end_others(tx, &visitor.login.id, &visitor.hash)?;
        devices::forget(tx, &visitor.login.id)?;
        if let Some(device) = device {
            devices::put(tx, &random::hash(&device), &visitor.login.id, now)?;
        }
        note(tx, &visitor, AuditAction::LoginPassword, "")
    })
    .await?;
    Ok(answer::see("/settings?changed=1"))
}

const OLD_PASSWORD: &str = "old-password";
