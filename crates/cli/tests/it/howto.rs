//! The pages under `docs/how-to/` that say what to type: every command is typed, every answer is the one shown.

use std::{
    fmt::Write as _,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use crate::{
    desk::database,
    tool::{command, run},
};

/// One command of a page, and the lines that the page shows below it.
struct Step {
    typed: String,
    shown: Vec<String>,
}

fn page(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../docs/how-to")
        .join(name);
    std::fs::read_to_string(path).unwrap()
}

/// Whether the shell would ask for more.
fn is_unfinished(typed: &str) -> bool {
    let waits = typed.trim_end().ends_with(['\\', '|']);
    let read = Command::new("bash")
        .args(["-n", "-c", typed])
        .stderr(Stdio::null())
        .status();
    waits || !read.unwrap().success()
}

/// The commands in the blocks of a page, in order.
fn steps_of(text: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    // Within a block: whether it is one to be typed.
    let mut block: Option<bool> = None;
    for line in text.lines() {
        if line.starts_with("```") {
            block = match block {
                Some(_) => None,
                None => Some(line.trim() == "```"),
            };
            continue;
        }
        if block != Some(true) {
            continue;
        }
        match (line.strip_prefix("$ "), steps.last_mut()) {
            (Some(typed), _) => steps.push(Step {
                typed: typed.to_owned(),
                shown: Vec::new(),
            }),
            (None, Some(step)) if step.shown.is_empty() && is_unfinished(&step.typed) => {
                step.typed.push('\n');
                step.typed.push_str(line);
            }
            (None, Some(step)) => step.shown.push(line.to_owned()),
            (None, None) => {}
        }
    }
    steps
}

/// The files a page says to write: blocks of TOML, each under the last name that the text before it gives.
fn files_of(text: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for (at, _) in text.match_indices("```toml\n") {
        let named = text[..at].rsplit('`').find(|word| word.ends_with(".toml"));
        let block = &text[at + "```toml\n".len()..];
        let block = &block[..block.find("```").unwrap()];
        files.extend(named.map(|name| (name.to_owned(), block.to_owned())));
    }
    files
}

/// A product that listens, with an administrator's token.
struct Product {
    server: Child,
    address: String,
    token: String,
    folder: tempfile::TempDir,
}

impl Product {
    fn start() -> Self {
        let (folder, url) = database();
        let person = [
            "admin",
            "create-user",
            "--login",
            "chen",
            "--role",
            "admin",
            "--database",
            &url,
        ];
        run(&person, "a long enough password").ok();
        let token = [
            "admin",
            "create-token",
            "--login",
            "chen",
            "--name",
            "pages",
            "--database",
            &url,
        ];
        let token = run(&token, "").ok().out.trim().to_owned();
        let mut server = command(&["serve", "--addr", "127.0.0.1:0", "--database", &url])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut told = String::new();
        BufReader::new(server.stdout.take().unwrap())
            .read_line(&mut told)
            .unwrap();
        let address = told
            .split("http://")
            .nth(1)
            .unwrap()
            .split_whitespace()
            .next()
            .unwrap()
            .to_owned();
        Self {
            server,
            address,
            token,
            folder,
        }
    }

    /// What each command of a page prints, typed into one shell.
    fn type_in(&self, steps: &[Step]) -> Vec<String> {
        const MARK: &str = "--- next ---";
        let mut script = String::from("set -euo pipefail\n");
        for step in steps {
            let typed = step.typed.replace("127.0.0.1:7080", &self.address);
            writeln!(script, "{typed}\necho; echo '{MARK}'").unwrap();
        }
        let ran = Command::new("bash")
            .args(["-c", &script])
            .env("TOKEN", &self.token)
            .env("PYTHONIOENCODING", "utf-8")
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        let (out, err) = (
            String::from_utf8_lossy(&ran.stdout),
            String::from_utf8_lossy(&ran.stderr),
        );
        assert!(ran.status.success(), "{out}\n{err}");
        out.split(MARK).map(|part| part.trim().to_owned()).collect()
    }
}

impl Drop for Product {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Whether a line is the one shown; `…` on the page stands for anything.
fn is_as_shown(line: &str, shown: &str) -> bool {
    let mut rest = line;
    let parts: Vec<&str> = shown.split('…').collect();
    for (number, part) in parts.iter().enumerate() {
        let found = match number {
            0 => rest.starts_with(part).then_some(0),
            _ => rest.find(part),
        };
        let Some(at) = found else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.is_empty() || shown.ends_with('…')
}

fn check(name: &str) {
    let steps = steps_of(&page(name));
    assert!(steps.len() >= 4, "{name} has {} commands", steps.len());
    let product = Product::start();
    for (file, content) in files_of(&page(name)) {
        std::fs::write(product.folder.path().join(file), content).unwrap();
    }
    for (step, printed) in steps.iter().zip(product.type_in(&steps)) {
        let lines: Vec<&str> = printed.lines().collect();
        let same = lines.len() == step.shown.len()
            && lines
                .iter()
                .zip(&step.shown)
                .all(|(line, shown)| is_as_shown(line, shown));
        assert!(
            same,
            "{name}\n$ {}\nprints\n{printed}\nbut the page shows\n{}",
            step.typed,
            step.shown.join("\n")
        );
    }
}

#[test]
fn a_taboo_word_is_added_as_the_page_says() {
    check("add-a-taboo-word.md");
}

#[test]
fn a_guarantee_row_is_added_as_the_page_says() {
    check("add-a-guarantee-row.md");
}

#[test]
fn a_rule_pack_is_added_as_the_page_says() {
    check("add-a-rule-pack.md");
}

#[test]
fn commands_and_what_they_print_are_told_apart() {
    let steps = steps_of("```toml\n$ no\n```\n```\n$ api x -d '{\n  1}'\n{\"a\": …}\n$ true\n```\n$ no\n");
    assert_eq!(steps.len(), 2);
    assert_eq!(
        (steps[0].typed.as_str(), steps[0].shown.len()),
        ("api x -d '{\n  1}'", 1)
    );
    assert!(is_as_shown("{\"a\": 7}", "{\"a\": …}") && !is_as_shown("{\"b\": 7}", "{\"a\": …}"));
}
