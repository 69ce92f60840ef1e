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
    /// Whether the output goes to the terminal that the bar is drawn on.
    shared: bool,
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
        let shared = std::io::stdout().is_terminal();
        Self {
            bar,
            progress,
            shared,
        }
    }

    /// So many records are done.
    pub(crate) fn update(&self, records: u64) {
        if !self.bar.is_hidden() && records.is_multiple_of(64) {
            self.bar.set_position(self.progress.read_bytes());
            self.bar.set_message(records.to_string());
        }
    }

    /// Writes output, with the bar out of the way where both go to the terminal.
    pub(crate) fn beside<T>(&self, write: impl FnOnce() -> T) -> T {
        if self.shared {
            self.bar.suspend(write)
        } else {
            write()
        }
    }

    /// Says something on stderr, with the bar out of the way.
    pub(crate) fn aside<T>(&self, say: impl FnOnce() -> T) -> T {
        self.bar.suspend(say)
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
