//! Logs a warning when it comes or changes, not with every frame.

/// The last warning that there is nothing to show.
#[derive(Default)]
pub(super) struct LogOnChange(Option<String>);

impl LogOnChange {
    /// Logs the warning if it differs from the last one; `None`: there is something to show.
    pub fn log(&mut self, warning: Option<String>) {
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
