//! Accounts, and the ways a password comes in.

use crate::desk::database;
use crate::tool::{command, run};

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

/// Types words at a terminal and tells what the terminal showed; the exit code stands in the last line.
const TYPIST: &str = "
import os, pty, sys, termios, time
pid, terminal = pty.fork()
if pid == 0:
    os.execv(sys.argv[2], sys.argv[2:])
shown = b''
for word in sys.argv[1].split(','):
    while not shown.rstrip().endswith(b':'):
        shown += os.read(terminal, 1000)
    # Nobody types in the instant between the prompt and the hiding; what is typed there would be shown.
    while termios.tcgetattr(terminal)[3] & termios.ECHO:
        time.sleep(0.01)
    os.write(terminal, word.encode() + b'\\n')
    shown += b' '
    asked = len(shown)
    while not shown[asked:].strip():
        try:
            more = os.read(terminal, 1000)
        except OSError:
            more = b''
        if not more:
            break
        shown += more
while True:
    try:
        more = os.read(terminal, 1000)
    except OSError:
        break
    if not more:
        break
    shown += more
print(shown.decode(), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), sep='\\n')
";

#[test]
fn on_a_terminal_a_password_is_asked_for_twice_and_never_shown() {
    let (_folder, url) = database();
    let binary = env!("CARGO_BIN_EXE_tingsu");
    let typed = |words: &str| {
        let arguments = ["admin", "create-user", "--login", "chen", "--database", &url];
        let shown = std::process::Command::new("python3")
            .env_remove("TINGSU_PASSWORD")
            .args(["-c", TYPIST, words, binary])
            .args(arguments)
            .output()
            .unwrap();
        assert!(
            shown.status.success(),
            "{}",
            String::from_utf8_lossy(&shown.stderr)
        );
        String::from_utf8(shown.stdout).unwrap()
    };
    let differing = typed("a long enough word,another long word");
    assert!(
        differing.contains("the two passwords differ") && differing.trim().ends_with('2'),
        "{differing}"
    );
    let made = typed("a long enough word,a long enough word");
    assert!(
        made.contains("chen can sign in as agent") && made.trim().ends_with('0'),
        "{made}"
    );
    assert!(!(differing + &made).contains("long"), "{made}");
}

#[test]
fn a_password_among_the_arguments_is_not_taken_silently() {
    let (_folder, url) = database();
    let make = |login: &'static str| vec!["admin", "create-user", "--login", login, "--database"];
    let with = |mut arguments: Vec<&'static str>, more: &[&'static str]| {
        arguments.extend(more);
        arguments
    };
    let run_with = |arguments: &[&str], input: &str| {
        let (head, tail) = arguments.split_at(5);
        run(&[head, &[url.as_str()], tail].concat(), input)
    };
    let told = run_with(&with(make("chen"), &["--password", "a long enough password"]), "").ok();
    assert!(told.err.contains("seen by others"), "{}", told.err);
    let piped = run_with(
        &with(make("li"), &["--password-stdin"]),
        "a long enough password\n",
    )
    .ok();
    assert_eq!(piped.err, "");
    let told = command(&["admin", "create-user", "--login", "wu", "--database", &url])
        .env("TINGSU_PASSWORD", "a long enough password")
        .output()
        .unwrap();
    assert!(told.status.success() && told.stderr.is_empty());
}
