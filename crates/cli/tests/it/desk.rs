//! Commands that work on a database: import, plan of a case, accounts, backup, serving.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use crate::tool::{command, file, run};

fn database() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("desk.db").display());
    (folder, url)
}

/// The number of the first case of today: imports number cases by the day of intake in China.
fn first_number(url: &str) -> String {
    let path = url.strip_prefix("sqlite://").unwrap();
    let bytes = std::fs::read(path).unwrap();
    let wal = std::fs::read(format!("{path}-wal")).unwrap_or_default();
    let text = String::from_utf8_lossy(&[bytes, wal].concat()).into_owned();
    let at = text.find("TS-2").unwrap();
    text[at..].chars().take("TS-20260101-0001".len()).collect()
}

#[test]
fn an_import_opens_cases_and_names_what_it_refuses() {
    let (_folder, url) = database();
    let rows = "id,text,phone\n1,等了三天还没退款,13900000000\n1,重复编号,\n2,,\n3,客服态度太差了,\n";
    let (_file_folder, path) = file("rows.csv", rows);
    let ran = run(&["import", &path, "--database", &url], "");
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(
        ran.err.contains("line 3, field id: 1 stood on line 2 already"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("line 4, field text: is blank"), "{}", ran.err);
    assert!(ran.err.contains("2 case(s) opened"), "{}", ran.err);
    let number = first_number(&url);
    let plan = run(&["plan", "--case", &number, "--database", &url], "").ok();
    assert_eq!(plan.json()[0]["id"], number.as_str());
    assert_eq!(
        run(&["plan", "--case", "TS-nothing", "--database", &url], "").code,
        2
    );
    let doctor = run(&["doctor", "--events", "--database", &url], "").ok();
    assert!(doctor.out.contains("none of them changed"), "{}", doctor.out);
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
    let (bad_folder, bad) = file("bad.db", "no database at all, only words that were never one");
    let target = format!("sqlite://{}", bad_folder.path().join("new.db").display());
    assert_eq!(run(&["restore", &bad, "--database", &target], "").code, 3);
    assert!(!bad_folder.path().join("new.db").exists());
}

#[test]
fn accounts_are_made_once_and_with_a_password() {
    let (_folder, url) = database();
    let make = |password: &str| {
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
            password,
        )
    };
    assert_eq!(make("short").code, 2);
    make("a long enough password\n").ok();
    let again = make("a long enough password\n");
    assert_eq!(again.code, 2, "{}", again.err);
    assert_eq!(
        run(
            &[
                "admin",
                "create-user",
                "--login",
                "x",
                "--role",
                "king",
                "--database",
                &url
            ],
            ""
        )
        .code,
        2
    );
    run(&["migrate", "--database", &url], "").ok();
    assert_eq!(run(&["migrate", "--database", "mysql://nowhere"], "").code, 3);
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
