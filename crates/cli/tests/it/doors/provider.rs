//! A real provider of OpenID Connect, and a line to it on which a test listens and lies.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::browser::ask;
use super::wait_for;

/// The variable with the program of the provider, which `cargo xtask features` installs.
const PROGRAM: &str = "TINGSU_TEST_OIDC";

/// Longer than a token of one second holds.
const HELD_BACK: Duration = Duration::from_millis(2_500);

/// A running provider; stops when dropped.
pub(super) struct Provider {
    process: Child,
    pub(super) addr: String,
}

impl Provider {
    /// Starts it; nothing when the environment names no program.
    pub(super) fn start(more: &[&str]) -> Option<Self> {
        let Ok(program) = std::env::var(PROGRAM) else {
            eprintln!("skipped: {PROGRAM} is not set; cargo xtask features sets it");
            return None;
        };
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let mut command = Command::new(program);
        command.args(["--port", &port.to_string(), "--require-nonce", "true"]);
        for claims in [
            r#"{"sub": "1", "name": "林师傅", "email": "lin@example.org", "email_verified": true}"#,
            r#"{"sub": "2", "name": "冒名者", "email": "lin@example.org", "email_verified": false}"#,
            r#"{"sub": "3", "name": "新同事", "email": "new@example.org", "email_verified": true}"#,
            r#"{"sub": "4", "name": "离职者", "email": "gone@example.org", "email_verified": true}"#,
        ] {
            command.args(["--user-claims", claims]);
        }
        let process = command
            .args(more)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let addr = format!("127.0.0.1:{port}");
        wait_for(&addr);
        Some(Self { process, addr })
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        // One that has ended by itself cannot be killed again.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// How the line lies.
#[derive(Clone, Default)]
pub(super) enum Lie {
    #[default]
    None,
    /// The provider's description is that of another.
    Description,
    /// Tokens are issued in another's name.
    Issuer,
    /// Tokens come later than they hold.
    Late,
    /// The keys are those of the provider at this address.
    Keys(String),
}

/// A line to the provider; what goes over it is kept.
pub(super) struct Wire {
    pub(super) addr: String,
    pub(super) lie: Arc<Mutex<Lie>>,
    /// Bodies sent to the provider.
    pub(super) sent: Arc<Mutex<Vec<String>>>,
}

impl Wire {
    pub(super) fn lay(provider: &Provider) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let wire = Self {
            addr: listener.local_addr().unwrap().to_string(),
            lie: Arc::default(),
            sent: Arc::default(),
        };
        let (own, far) = (wire.addr.clone(), provider.addr.clone());
        let (lie, sent) = (wire.lie.clone(), wire.sent.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let lie = lie.lock().unwrap().clone();
                // Whoever hangs up early wanted no answer.
                let _ = carry(stream, &own, &far, &lie, &sent);
            }
        });
        wire
    }

    /// Tells the lie from now on.
    pub(super) fn tell(&self, lie: Lie) {
        *self.lie.lock().unwrap() = lie;
    }
}

fn carry(
    mut stream: TcpStream,
    own: &str,
    far: &str,
    lie: &Lie,
    sent: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let (head, body) = read_request(&mut stream)?;
    let mut words = head.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    // The provider calls itself by the name under which it is asked.
    let (target, host) = match lie {
        Lie::Description if path.contains("openid-configuration") => (far, far),
        Lie::Issuer if path == "/oauth2/token" => (far, far),
        Lie::Keys(other) if path == "/jwks" => (other.as_str(), own),
        _ => (far, own),
    };
    let kept = |name: &str| matches!(name, "content-type" | "authorization" | "accept");
    let lines = head.lines().skip(1).filter_map(|line| line.split_once(": "));
    let names: Vec<(String, &str)> = lines.map(|(name, value)| (name.to_lowercase(), value)).collect();
    let mut headers: Vec<(&str, &str)> = names
        .iter()
        .filter(|(name, _)| kept(name))
        .map(|(name, value)| (name.as_str(), *value))
        .collect();
    headers.push(("host", host));
    let page = ask(target, method, path, &headers, &body);
    sent.lock().unwrap().push(body);
    if matches!(lie, Lie::Late) && path == "/oauth2/token" {
        std::thread::sleep(HELD_BACK);
    }
    let answer = format!("{}\r\n\r\n{}", page.head, page.body);
    stream.write_all(answer.as_bytes())
}

fn read_request(stream: &mut TcpStream) -> std::io::Result<(String, String)> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let mut lines = head.lines().filter_map(|line| line.split_once(": "));
            let length = lines.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
            let length: usize = length
                .and_then(|(_, value)| value.trim().parse().ok())
                .unwrap_or_default();
            if body.len() >= length {
                return Ok((head.to_owned(), body.to_owned()));
            }
        }
        let mut chunk = [0; 4096];
        match stream.read(&mut chunk)? {
            0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            read => bytes.extend_from_slice(&chunk[..read]),
        }
    }
}
