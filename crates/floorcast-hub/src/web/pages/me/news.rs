//! What is new for somebody today, each with where it leads: sessions, answers, training, contests that began.

use super::super::{coaching, contests, training};
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;
use crate::web::words::fill;

pub struct News {
    pub href: String,
    pub text: String,
    /// It should be done by now.
    pub overdue: bool,
}

/// What of it is private: it is read by the person alone.
///
/// # Errors
/// The stores'.
pub async fn private(app: &App, visitor: &Visitor) -> Result<Vec<News>, Problem> {
    let talks = coaching::waiting(app, visitor).await?;
    let talks = talks.into_iter().map(|(href, text)| News { href, text, overdue: false });
    let courses = training::open(app, visitor).await?;
    let courses = courses.into_iter().map(|(text, overdue)| News { href: "/training".into(), text, overdue });
    Ok(talks.chain(courses).collect())
}

/// The contests that began today.
pub fn contests(visitor: &Visitor, mine: &[contests::Mine]) -> Vec<News> {
    let of = visitor.words.of_contests();
    let new = |of_mine: &contests::Mine| News {
        href: of_mine.href.clone(),
        text: fill(of.began, &[("title", &of_mine.title)]),
        overdue: false,
    };
    mine.iter().filter(|of| of.began).map(new).collect()
}
