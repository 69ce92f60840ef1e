//! What a browser does when people sign in: plain requests, one connection each.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// An answer as it came.
pub(super) struct Page {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: String,
}

impl Page {
    /// The values of a header.
    pub(super) fn headers<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .filter(move |(own, _)| own.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
    }

    /// Where the browser is sent.
    #[track_caller]
    pub(super) fn location(&self) -> &str {
        let location = self.headers("location").next();
        location.unwrap_or_else(|| panic!("{}\n{}", self.head, self.body))
    }

    /// A cookie that is set, as it is sent back.
    pub(super) fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.headers("set-cookie");
        let mut pairs = cookies.filter_map(|cookie| cookie.split(';').next());
        pairs
            .find(|pair| pair.strip_prefix(name).is_some_and(|rest| rest.starts_with('=')))
            .map(str::to_owned)
    }
}

/// Asks `host:port` for a page.
pub(super) fn ask(addr: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Page {
    let mut request = format!(
        "{method} {path} HTTP/1.1\r\nconnection: close\r\ncontent-length: {}\r\n",
        body.len()
    );
    if !headers.iter().any(|(name, _)| *name == "host") {
        request.push_str(&format!("host: {addr}\r\n"));
    }
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str("\r\n");
    request.push_str(body);
    let mut stream = TcpStream::connect(addr).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    Page {
        status: head
            .split(' ')
            .nth(1)
            .and_then(|word| word.parse().ok())
            .unwrap_or_default(),
        head: head.to_owned(),
        body: body.to_owned(),
    }
}

/// Goes to a page with these cookies.
pub(super) fn go(addr: &str, path: &str, cookies: &str) -> Page {
    ask(addr, "GET", path, &[("cookie", cookies)], "")
}

/// Host and path of an address.
pub(super) fn parts(url: &str) -> (&str, &str) {
    let rest = url.strip_prefix("http://").unwrap_or(url);
    let slash = rest.find('/').unwrap_or(rest.len());
    rest.split_at(slash)
}

/// A field of a query or a form.
pub(super) fn field<'q>(query: &'q str, name: &str) -> Option<&'q str> {
    let query = query.rsplit_once('?').map_or(query, |(_, query)| query);
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(own, _)| *own == name).map(|(_, value)| value)
}
