//! A client of the real server: one connection that is kept, plain requests, and the server process itself.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::tool::command;

/// An answer: status, head in lower case, body.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The value of a header, or nothing.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines();
        lines.find_map(|line| Some(line.strip_prefix(name)?.strip_prefix(':')?.trim()))
    }
}

/// A connection to a server, with the token of whoever calls.
pub(crate) struct Line {
    stream: BufReader<TcpStream>,
    token: String,
}

impl Line {
    pub(crate) fn open(addr: &str, token: &str) -> std::io::Result<Self> {
        let stream = TcpStream::connect(addr)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Self {
            stream: BufReader::new(stream),
            token: token.to_owned(),
        })
    }

    pub(crate) fn get(&mut self, path: &str) -> std::io::Result<Reply> {
        self.ask("GET", path, &[], "")
    }

    /// A write with an idempotency key and, when it is a command, the version seen.
    pub(crate) fn post(
        &mut self,
        path: &str,
        headers: &[(&str, &str)],
        body: &serde_json::Value,
    ) -> std::io::Result<Reply> {
        self.ask("POST", path, headers, &body.to_string())
    }

    /// The same with a body as it stands.
    pub(crate) fn post_words(
        &mut self,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> std::io::Result<Reply> {
        self.ask("POST", path, headers, body)
    }

    fn ask(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> std::io::Result<Reply> {
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nhost: desk\r\nauthorization: Bearer {}\r\ncontent-length: {}\r\n",
            self.token,
            body.len()
        );
        if !body.is_empty() {
            request.push_str("content-type: application/json\r\n");
        }
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str("\r\n");
        request.push_str(body);
        self.stream.get_mut().write_all(request.as_bytes())?;
        self.read()
    }

    fn read(&mut self) -> std::io::Result<Reply> {
        let mut head = String::new();
        loop {
            let before = head.len();
            if self.stream.read_line(&mut head)? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            if head[before..].trim().is_empty() {
                break;
            }
        }
        let head = head.to_ascii_lowercase();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        let mut reply = Reply {
            status: status.unwrap_or_default(),
            body: String::new(),
            head,
        };
        let length = reply
            .header("content-length")
            .and_then(|length| length.parse().ok());
        let mut body = vec![0; length.unwrap_or_default()];
        self.stream.read_exact(&mut body)?;
        reply.body = String::from_utf8_lossy(&body).into_owned();
        Ok(reply)
    }
}

/// The address that a server names once it listens.
pub(crate) fn address_of(server: &mut Child) -> String {
    let mut told = String::new();
    let mut out = BufReader::new(server.stdout.take().unwrap());
    out.read_line(&mut told).unwrap();
    let addr = told
        .split("http://")
        .nth(1)
        .and_then(|rest| rest.split(' ').next());
    addr.unwrap_or_else(|| panic!("it does not listen: {told}"))
        .to_owned()
}

/// A running server; killed when dropped.
pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) addr: String,
}

impl Server {
    /// Starts the real binary on a free port and waits until it listens.
    pub(crate) fn start(url: &str, more: &[&str]) -> Self {
        let mut arguments = vec![
            "serve",
            "--addr",
            "127.0.0.1:0",
            "--database",
            url,
            "--rate-per-minute",
            "0",
        ];
        arguments.extend_from_slice(more);
        let mut child = command(&arguments)
            .env("TINGSU_LOG", "off")
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let addr = address_of(&mut child);
        Self { child, addr }
    }

    /// Ends it at once, as a power cut would.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that was killed already cannot be killed again.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
