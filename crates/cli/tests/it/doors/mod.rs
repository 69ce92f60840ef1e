//! What the default build leaves out: signing in at a provider, and traces to a collector.

#[cfg(feature = "oidc")]
mod browser;
#[cfg(feature = "oidc")]
mod provider;
#[cfg(feature = "oidc")]
mod sign_in;
#[cfg(feature = "otlp")]
mod traces;

use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::http::address_of;
use crate::tool::command;

/// A running server whose log can be heard; killed when dropped.
struct Desk {
    child: Child,
    addr: String,
    log: Receiver<String>,
}

impl Desk {
    fn start(url: &str, more: &[&str], variables: &[(&str, &str)]) -> Self {
        let addr = ["serve", "--addr", "127.0.0.1:0", "--database", url];
        let mut child = command(&[&addr[..], more].concat())
            .env("TINGSU_LOG", "warn")
            .envs(variables.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let addr = address_of(&mut child);
        let (tell, log) = channel();
        let lines = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                if tell.send(line).is_err() {
                    break;
                }
            }
        });
        Self { child, addr, log }
    }

    /// Waits for a line of the log with these words.
    #[cfg(feature = "oidc")]
    fn hear(&self, words: &str) {
        let mut heard = Vec::new();
        while let Ok(line) = self.log.recv_timeout(Duration::from_secs(20)) {
            if line.contains(words) {
                return;
            }
            heard.push(line);
        }
        panic!("the log does not say {words:?}: {heard:?}");
    }

    /// Asks it to end, and waits until it has.
    #[cfg(feature = "otlp")]
    fn stop(mut self) {
        let pid = self.child.id().to_string();
        let asked = std::process::Command::new("kill").args(["-TERM", &pid]).status();
        assert!(asked.unwrap().success());
        assert!(self.child.wait().unwrap().success());
        while self.log.try_recv().is_ok() {}
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // One that has ended by itself cannot be killed again.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until somebody listens there.
fn wait_for(addr: &str) {
    for _ in 0..600 {
        if TcpStream::connect(addr).is_ok() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("nobody listens on {addr}");
}
