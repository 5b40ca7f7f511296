//! Asks the tables of a floor another question than for its board.

use super::runner::{MapRunner, run};
use super::source::MapSource;
use crate::config::{MapFrom, MapSettings};
use crate::feed::failure::Failure;
use crate::feed::options::FeedOptions;
use crate::feed::ports::Clock;
use crate::feed::source::OpenSource;
use crate::map::{Answer, DEALS, Question, Request};

/// Fetches the tables and runs the child with a question; `day` is what it takes for now.
pub(in crate::feed) async fn ask(
    options: &FeedOptions,
    question: Question,
    clock: &Clock,
    day: &Clock,
) -> Result<Answer, Failure> {
    let source = match &options.source {
        OpenSource::Map(source) if source.settings.program.is_none() => source.clone(),
        // Whatever it is called: a published sheet, say.
        OpenSource::Http(url) => MapSource { settings: MapSettings::plain(MapFrom::Web(url.clone())) },
        OpenSource::File(path) => MapSource { settings: MapSettings::plain(MapFrom::File(path.clone())) },
        other => {
            let name = other.name();
            return Err(Failure::bad_data(format!("{name}: expected a workbook, a folder of tables, or tables")));
        }
    };
    let mut runner = MapRunner::new(&source, options, false);
    for fetcher in &mut runner.fetchers {
        fetcher.fetch(clock).await?;
    }
    let request = runner.request(source.name(), DEALS.to_owned(), day());
    run(Request { question, ..request }, &runner.limits).await
}
