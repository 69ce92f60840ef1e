//! Commands that work on a database: plan of a case, backup, serving, and databases that cannot be reached.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};

use crate::tool::{command, file, run};

pub(crate) fn database() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("desk.db").display());
    (folder, url)
}

/// The number of the first case of today: imports number cases by the day of intake in China.
pub(crate) fn first_number(url: &str) -> String {
    let path = url.strip_prefix("sqlite://").unwrap();
    let bytes = std::fs::read(path).unwrap();
    let wal = std::fs::read(format!("{path}-wal")).unwrap_or_default();
    let text = String::from_utf8_lossy(&[bytes, wal].concat()).into_owned();
    let at = text.find("TS-2").unwrap();
    text[at..].chars().take("TS-20260101-0001".len()).collect()
}

#[test]
fn a_backup_restores_and_never_overwrites() {
    let (folder, url) = database();
    run(&["import", "--database", &url], "等了三天还没退款\n").ok();
    let copy = folder.path().join("copy.db").display().to_string();
    run(&["backup", &copy, "--database", &url], "").ok();
    assert_eq!(run(&["backup", &copy, "--database", &url], "").code, 2);
    assert_eq!(run(&["restore", &copy, "--database", &url], "").code, 2);
    let (_other, elsewhere) = database();
    run(&["restore", &copy, "--database", &elsewhere], "").ok();
    let number = first_number(&elsewhere);
    run(&["plan", "--case", &number, "--database", &elsewhere], "").ok();
}

#[test]
fn what_cannot_be_copied_is_named_once_as_it_was_given() {
    let (_folder, url) = database();
    run(&["import", "--database", &url], "等了三天还没退款\n").ok();
    let refused = |arguments: &[&str], name: &str, why: &str| {
        let ran = run(arguments, "");
        assert_eq!((ran.code, ran.err.matches(name).count()), (3, 1), "{}", ran.err);
        assert!(ran.err.contains(why), "{}", ran.err);
    };
    let bytes = std::fs::read(url.strip_prefix("sqlite://").unwrap()).unwrap();
    let (folder, cut) = file("cut.db", &bytes[..bytes.len() / 2]);
    let (_bad_folder, bad) = file("bad.db", "no database at all, only words that were never one");
    let (_empty_folder, empty) = file("empty.db", "");
    let target = folder.path().join("new.db");
    let new = format!("sqlite://{}", target.display());
    refused(
        &["restore", &bad, "--database", &new],
        &bad,
        "is no backup of a database",
    );
    refused(
        &["restore", &empty, "--database", &new],
        &empty,
        "is no backup of a database",
    );
    refused(&["restore", &cut, "--database", &new], &cut, "malformed");
    refused(
        &["restore", "/nowhere/a.db", "--database", &new],
        "/nowhere/a.db",
        "No such file",
    );
    assert!(!target.exists() && !target.with_extension("restoring").exists());
    refused(
        &["backup", "/nowhere/a.db", "--database", &url],
        "/nowhere/a.db",
        "No such file",
    );
}

#[test]
fn an_address_to_listen_on_has_a_port() {
    for addr in [
        "127.0.0.1",
        "localhost",
        ":7080",
        "::1:7080",
        "127.0.0.1:http",
        "127.0.0.1:70800",
    ] {
        let ran = run(&["serve", "--addr", addr], "");
        assert_eq!(ran.code, 2, "{addr}: {}", ran.err);
        assert!(
            ran.err.contains("HOST:PORT, such as 127.0.0.1:7080"),
            "{}",
            ran.err
        );
    }
}

#[test]
fn a_database_server_that_cannot_be_used_says_why_and_soon() {
    let migrate = |url: &str| {
        let started = std::time::Instant::now();
        let ran = run(&["migrate", "--database", url], "");
        assert_eq!(ran.code, 3, "{}", ran.err);
        assert!(
            !ran.err.contains("pool") && !ran.err.contains("secret"),
            "{}",
            ran.err
        );
        assert!(started.elapsed().as_secs() < 9, "{:?}", started.elapsed());
        ran.err
    };
    // A port that was free a moment ago.
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let refused = migrate(&format!("postgres://me:secret@{free}/desk"));
    assert!(refused.contains("Connection refused"), "{refused}");
    let unknown = migrate("postgres://me:secret@no-such-host.invalid/desk");
    assert!(
        unknown.contains("lookup") || unknown.contains("resol"),
        "{unknown}"
    );
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let quiet = migrate(&format!(
        "postgres://me:secret@{}/desk",
        silent.local_addr().unwrap()
    ));
    assert!(quiet.contains("did not answer within 5 s"), "{quiet}");
    if let Ok(server) = std::env::var("TINGSU_TEST_POSTGRES") {
        let base = server.rsplit_once('/').unwrap().0;
        let missing = migrate(&format!("{base}/no_such_database"));
        assert!(missing.contains("does not exist"), "{missing}");
    }
}

#[test]
fn a_token_made_here_opens_the_interface() {
    let (_folder, url) = database();
    run(
        &[
            "admin",
            "create-user",
            "--login",
            "chen",
            "--role",
            "admin",
            "--database",
            &url,
        ],
        "a long enough password",
    )
    .ok();
    let made = run(
        &[
            "admin",
            "create-token",
            "--login",
            "chen",
            "--name",
            "test",
            "--database",
            &url,
        ],
        "",
    )
    .ok();
    let token = made.out.trim().to_owned();
    assert!(token.starts_with("tingsu_"));
    let mut server = command(&["serve", "--addr", "127.0.0.1:0", "--database", &url])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut told = String::new();
    BufReader::new(server.stdout.take().unwrap())
        .read_line(&mut told)
        .unwrap();
    let addr = told
        .split("http://")
        .nth(1)
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap()
        .to_owned();
    let me = get(&addr, "/api/v1/me", &token);
    assert!(
        me.starts_with("HTTP/1.1 200") && me.contains("\"login\":\"chen\""),
        "{me}"
    );
    assert!(get(&addr, "/api/v1/me", "tingsu_wrong").starts_with("HTTP/1.1 401"));
    assert!(
        Command::new("kill")
            .arg(server.id().to_string())
            .status()
            .unwrap()
            .success()
    );
    assert!(server.wait().unwrap().success());
}

fn get(addr: &str, path: &str, token: &str) -> String {
    let mut stream = TcpStream::connect(addr).unwrap();
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: {addr}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_plan_is_asked_for_one_thing_and_makes_no_database() {
    let (folder, _) = database();
    let path = folder.path().join("nowhere.db");
    let url = format!("sqlite://{}", path.display());
    let asked = run(&["plan", "--case", "TS-20261122-0001", "--database", &url], "");
    assert_eq!(asked.code, 3, "{}", asked.err);
    assert!(asked.err.contains("does not exist"), "{}", asked.err);
    assert!(!path.exists());
    let (file, text) = ("complaints.txt", "退款");
    for both in [["plan", "--text", text, file], ["plan", "--case", "TS-1", file]] {
        assert_eq!(run(&both, "").code, 2);
    }
    let phone = run(&["plan", "--text", text, "--channel", "phone"], "").ok();
    assert_eq!(phone.json()[0]["id"], "1");
}
