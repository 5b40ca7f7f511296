//! `/coaching/templates`: what sessions are made of. There is nothing of anybody's in them.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::fill::first_template;
use crate::access::Audience;
use crate::store::Error;
use crate::store::private::templates::{self, Section, SectionSource, TemplateRow};
use crate::web::pages::answer;
use crate::web::pages::shell::{Place, Shell};
use crate::web::problem::Problem;
use crate::web::session::{Posted, Visitor};
use crate::web::state::App;
use crate::web::words::{coaching as words, fill};
use crate::{clock, random};

/// More sections are no template but a form.
const MAX_SECTIONS: usize = 8;

#[derive(Template)]
#[template(path = "coaching/templates.html")]
struct Page {
    shell: Shell,
    w: &'static words::Words,
    templates: Vec<Form>,
}

struct Form {
    id: String,
    /// Empty: a new one.
    title: String,
    locked: bool,
    sections: Vec<Line>,
    button: String,
}

struct Line {
    at: usize,
    label: String,
    title: String,
    fills: Vec<(&'static str, &'static str, bool)>,
}

pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Problem> {
    let now = clock::now();
    let w = visitor.words.of_coaching();
    // Who may not see the page does not make the store read.
    let shell =
        app.read(move |tx| Shell::open(tx, &visitor, &Audience::Managers, (Place::Coaching, w.templates), now)).await?;
    let mut all = app.read_private(templates::list).await?;
    if all.is_empty() {
        all.push(TemplateRow { version: 0, ..first_template(w) });
    }
    all.push(TemplateRow {
        id: String::new(),
        version: 0,
        title: String::new(),
        sections: first_template(w).sections,
        locked: false,
        by_whom: String::new(),
    });
    let templates = all.iter().map(|of| form(w, of)).collect();
    answer::page(&Page { shell, w, templates })
}

fn form(w: &'static words::Words, of: &TemplateRow) -> Form {
    let n = (of.sections.len() + 2).min(MAX_SECTIONS);
    let line = |at: usize| {
        let section = of.sections.get(at);
        let chosen = section.map_or(SectionSource::Nothing, |section| section.fill);
        Line {
            at,
            label: fill(w.t_section, &[("n", &(at + 1).to_string())]),
            title: section.map(|section| section.title.clone()).unwrap_or_default(),
            fills: SectionSource::ALL.map(|(name, of)| (name, word(w, of), of == chosen)).to_vec(),
        }
    };
    Form {
        id: of.id.clone(),
        title: of.title.clone(),
        locked: of.locked,
        sections: (0..n).map(line).collect(),
        button: fill(w.t_save, &[("n", &(of.version + 1).to_string())]),
    }
}

fn word(w: &words::Words, of: SectionSource) -> &'static str {
    match of {
        SectionSource::Period => w.fill_period,
        SectionSource::LastActions => w.fill_last,
        SectionSource::Well => w.fill_well,
        SectionSource::WorkOn => w.fill_work,
        SectionSource::Actions => w.fill_actions,
        SectionSource::Nothing => w.fill_nothing,
    }
}

pub async fn save(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now();
    if !Audience::Managers.includes(&posted.visitor.viewer) {
        return Err(super::missing().into());
    }
    let words = posted.visitor.words.of_coaching();
    app.write_private(move |tx| {
        let form = &posted.form;
        let short = |text: &str| text.chars().take(80).collect::<String>();
        let section = |at: usize| {
            let title = short(form.text(&format!("section-{at}")));
            let fill = SectionSource::of(form.text(&format!("fill-{at}"))).unwrap_or(SectionSource::Nothing);
            (!title.is_empty()).then_some(Section { title, fill, left: false })
        };
        let sections: Vec<Section> = (0..MAX_SECTIONS).filter_map(section).collect();
        let title = short(form.text("title"));
        if title.is_empty() || sections.is_empty() {
            return Err(Error::refused(words.t_needs));
        }
        let id = match form.text("id") {
            "" => random::id('t').map_err(Error::broken)?,
            id => id.chars().take(40).collect(),
        };
        let locked = form.text("locked") == "1";
        let by_whom = posted.visitor.viewer.name();
        templates::add(tx, &TemplateRow { id, version: 0, title, sections, locked, by_whom }, now.as_microsecond())
    })
    .await?;
    Ok(answer::see("/coaching/templates"))
}
