//! A progress bar on a terminal; nothing in a pipe.

use std::io::IsTerminal;
use std::time::Duration;

use channels::Progress;
use indicatif::{ProgressBar, ProgressStyle};

/// How often the bar is drawn.
const REDRAW: Duration = Duration::from_millis(100);

/// Shows how far the reading of a file is.
pub(crate) struct Bar {
    bar: ProgressBar,
    progress: Progress,
}

impl Bar {
    /// A bar on stderr when that is a terminal, else nothing.
    pub(crate) fn of(progress: Progress) -> Self {
        let bar = match (std::io::stderr().is_terminal(), progress.total_bytes()) {
            (true, Some(total)) => {
                let style = ProgressStyle::with_template("{wide_bar} {percent}% {msg} records, {eta} left");
                ProgressBar::new(total).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
            }
            (true, None) => ProgressBar::new_spinner(),
            (false, _) => ProgressBar::hidden(),
        };
        if !bar.is_hidden() {
            bar.enable_steady_tick(REDRAW);
        }
        Self { bar, progress }
    }

    /// So many records are done.
    pub(crate) fn update(&self, records: u64) {
        if !self.bar.is_hidden() && records.is_multiple_of(64) {
            self.bar.set_position(self.progress.read_bytes());
            self.bar.set_message(records.to_string());
        }
    }

    /// Does something that prints, with the bar out of the way.
    pub(crate) fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
