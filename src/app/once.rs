//! A warning that is said when it comes or changes, not with every picture.

/// That nothing can be shown, as it was said last.
#[derive(Default)]
pub(super) struct Once(Option<String>);

impl Once {
    /// Says it if it is news.
    pub fn say(&mut self, warning: Option<String>) {
        if self.0 == warning {
            return;
        }
        match &warning {
            Some(warning) => tracing::warn!("{warning}"),
            None => tracing::info!("there is something to show again"),
        }
        self.0 = warning;
    }
}
