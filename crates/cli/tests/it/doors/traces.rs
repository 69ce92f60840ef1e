//! Traces as a collector receives them, decoded by hand: what is told of a request, and that nothing personal is.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::json;

use super::{Desk, wait_for};
use crate::fresh::Fresh;
use crate::http::Line;

/// A field of a message in the format of protocol buffers.
enum Part<'b> {
    Number(u64),
    Bytes(&'b [u8]),
}

/// The fields of a message, by number.
fn fields(mut bytes: &[u8]) -> Vec<(u64, Part<'_>)> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let key = read_number(&mut bytes);
        let part = match key & 7 {
            0 => Part::Number(read_number(&mut bytes)),
            1 => Part::Number(u64::from_le_bytes(take(&mut bytes, 8).try_into().unwrap())),
            2 => {
                let length = usize::try_from(read_number(&mut bytes)).unwrap();
                Part::Bytes(take(&mut bytes, length))
            }
            5 => Part::Number(u32::from_le_bytes(take(&mut bytes, 4).try_into().unwrap()).into()),
            other => panic!("no such kind of field: {other}"),
        };
        found.push((key >> 3, part));
    }
    found
}

fn read_number(bytes: &mut &[u8]) -> u64 {
    let mut number = 0;
    for place in 0.. {
        let byte = take(bytes, 1)[0];
        number |= u64::from(byte & 127) << (7 * place);
        if byte < 128 {
            break;
        }
    }
    number
}

fn take<'b>(bytes: &mut &'b [u8], length: usize) -> &'b [u8] {
    let (taken, rest) = bytes.split_at(length);
    *bytes = rest;
    taken
}

/// What lies at a path of field numbers.
fn at<'b>(bytes: &'b [u8], path: &[u64]) -> Vec<&'b [u8]> {
    let Some((first, rest)) = path.split_first() else {
        return vec![bytes];
    };
    let inner = fields(bytes).into_iter().filter(|(number, _)| number == first);
    inner
        .filter_map(|(_, part)| match part {
            Part::Bytes(bytes) => Some(bytes),
            Part::Number(_) => None,
        })
        .flat_map(|bytes| at(bytes, rest))
        .collect()
}

/// A span: name, attributes as words, how long it took in nanoseconds.
#[derive(Debug)]
struct Span {
    name: String,
    attributes: Vec<(String, String)>,
    took_ns: u64,
    is_error: bool,
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// An attribute whose value is a text or a whole number.
fn attribute(bytes: &[u8]) -> (String, String) {
    let name = at(bytes, &[1]).concat();
    let value = at(bytes, &[2]).concat();
    let value = match fields(&value).first() {
        Some((1, Part::Bytes(text))) => words(text),
        Some((3, Part::Number(number))) => number.to_string(),
        _ => String::new(),
    };
    (words(&name), value)
}

fn span(bytes: &[u8]) -> Span {
    let number = |wanted: u64| {
        let mut found = fields(bytes).into_iter().filter(|(number, _)| *number == wanted);
        match found.next() {
            Some((_, Part::Number(number))) => number,
            _ => 0,
        }
    };
    let status = at(bytes, &[15]).concat();
    Span {
        name: words(&at(bytes, &[5]).concat()),
        attributes: at(bytes, &[9]).into_iter().map(attribute).collect(),
        took_ns: number(8) - number(7),
        is_error: fields(&status)
            .iter()
            .any(|(number, part)| matches!((number, part), (3, Part::Number(2)))),
    }
}

impl Span {
    fn told(&self, name: &str) -> Option<&str> {
        let mut own = self.attributes.iter().filter(|(own, _)| own == name);
        own.next().map(|(_, value)| value.as_str())
    }
}

/// A collector that keeps what it is sent.
struct Collector {
    addr: String,
    heard: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Collector {
    fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap().to_string();
        let heard = Arc::<Mutex<Vec<Vec<u8>>>>::default();
        let ears = heard.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // Whoever hangs up early has sent nothing.
                let _ = listen(stream, &ears);
            }
        });
        wait_for(&addr);
        Self { addr, heard }
    }

    fn spans(&self) -> Vec<Span> {
        let heard = self.heard.lock().unwrap();
        let spans = heard.iter().flat_map(|body| at(body, &[1, 2, 2]));
        spans.map(span).collect()
    }

    /// Waits for a span of this name.
    fn wait_for(&self, name: &str) {
        let started = Instant::now();
        while !self.spans().iter().any(|span| span.name == name) {
            assert!(started.elapsed() < Duration::from_secs(20), "{:?}", self.spans());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

fn listen(mut stream: TcpStream, ears: &Mutex<Vec<Vec<u8>>>) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    let end = loop {
        let mut chunk = [0; 4096];
        match stream.read(&mut chunk)? {
            0 => return Ok(()),
            read => bytes.extend_from_slice(&chunk[..read]),
        }
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    assert!(head.starts_with("post /v1/traces"), "{head}");
    assert!(head.contains("content-type: application/x-protobuf"), "{head}");
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    let length: usize = length.unwrap().trim().parse().unwrap();
    let mut body = bytes.split_off(end + 4);
    let missing = length - body.len();
    let mut rest = vec![0; missing];
    stream.read_exact(&mut rest)?;
    body.extend(rest);
    ears.lock().unwrap().push(body);
    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
}

#[test]
fn a_collector_is_told_of_every_request_and_of_nobody() {
    let collector = Collector::open();
    let fresh = Fresh::sqlite();
    let endpoint = format!("http://{}", collector.addr);
    let variables = [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.as_str()),
        ("OTEL_BSP_SCHEDULE_DELAY", "100"),
        // Even when the log tells everything, the spans do not.
        ("TINGSU_LOG", "trace"),
    ];
    let desk = Desk::start(&fresh.url, &[], &variables);
    let mut line = Line::open(&desk.addr, &fresh.token).unwrap();
    let body = json!({"text": "我叫欧阳翠花，电话13912345678，等了十天还没退款", "channel": "web_form",
        "customer": {"name": "欧阳翠花", "phone": "13912345678"}});
    let opened = line.post("/api/v1/cases", &[], &body).unwrap();
    assert_eq!(opened.status, 201, "{}", opened.body);
    let id = opened.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(line.get(&format!("/api/v1/cases/{id}")).unwrap().status, 200);
    assert_eq!(line.get("/api/v1/cases?q=13912345678").unwrap().status, 200);
    assert_eq!(line.get("/api/v1/cases/13912345678").unwrap().status, 404);
    collector.wait_for("POST /api/v1/cases");
    // What was not sent yet is sent before the end.
    assert_eq!(line.get("/api/v1/me").unwrap().status, 200);
    drop(line);
    desk.stop();
    let spans = collector.spans();
    let find = |name: &str, status: &str| {
        let mut own = spans.iter().filter(|span| span.name == name);
        let found = own.find(|span| span.told("http.response.status_code") == Some(status));
        found.unwrap_or_else(|| panic!("no {name} with {status}: {spans:#?}"))
    };
    let intake = find("POST /api/v1/cases", "201");
    assert_eq!(intake.told("http.request.method"), Some("POST"));
    assert_eq!(intake.told("http.route"), Some("/api/v1/cases"));
    assert!(intake.took_ns > 0 && !intake.is_error);
    find("GET /api/v1/cases/{id}", "200");
    find("GET /api/v1/cases/{id}", "404");
    find("GET /api/v1/cases", "200");
    find("GET /api/v1/me", "200");
    let heard = collector.heard.lock().unwrap();
    let service = heard.iter().flat_map(|body| at(body, &[1, 1, 1])).map(attribute);
    assert!(
        service
            .into_iter()
            .any(|told| told == ("service.name".to_owned(), "tingsu".to_owned()))
    );
    for secret in ["欧阳", "翠花", "139123", &id, &fresh.token, "chen", "127.0.0.1"] {
        let secret = secret.as_bytes();
        let told = heard
            .iter()
            .any(|body| body.windows(secret.len()).any(|part| part == secret));
        assert!(!told, "{} is told", String::from_utf8_lossy(secret));
    }
}

#[test]
fn a_collector_that_is_away_does_not_hurt() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let fresh = Fresh::sqlite();
    let endpoint = format!("http://{nobody}");
    let desk = Desk::start(&fresh.url, &[], &[("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint)]);
    let mut line = Line::open(&desk.addr, &fresh.token).unwrap();
    assert_eq!(line.get("/api/v1/me").unwrap().status, 200);
    drop(line);
    desk.stop();
}
