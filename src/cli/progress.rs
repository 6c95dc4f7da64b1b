//! How far a long run is, for a person who watches.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// A line on the terminal that says what has been done; it appears when the work has taken a second, and goes when this is dropped.
/// It is the only thing that knows a clock, and nothing depends on it.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    waiting: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Begins; if nobody watches, nothing is ever shown.
    #[must_use]
    pub fn begin(watched: bool) -> Progress {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed_precise} {prefix} {wide_msg}") {
            bar.set_style(style);
        }
        bar.set_prefix("reading …");
        let waiting = watched.then(|| {
            let (done, is_done) = mpsc::channel();
            let line = bar.clone();
            let show = move || {
                if is_done.recv_timeout(Duration::from_secs(1)) == Err(RecvTimeoutError::Timeout) {
                    line.set_draw_target(ProgressDrawTarget::stderr());
                    line.enable_steady_tick(Duration::from_millis(150));
                }
            };
            (done, thread::spawn(show))
        });
        Progress { bar, waiting }
    }

    /// Says which contract is being settled.
    pub fn contract(&self, nth: usize, of: usize) {
        self.bar.set_prefix(format!("contract {nth} of {of},"));
    }

    /// Says what has been done so far.
    pub fn done(&self, settlements: usize, postings: usize) {
        self.bar.set_message(format!("{settlements} settlements, {postings} postings"));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((done, waiting)) = self.waiting.take() {
            drop(done);
            // A thread that draws a line has nothing to say about how it ended.
            drop(waiting.join());
        }
        self.bar.finish_and_clear();
    }
}
