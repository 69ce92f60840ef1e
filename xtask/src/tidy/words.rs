//! Words that must not stand in the house: unfinished marks, forbidden calls, paths of one machine.

use super::SourceFile;

/// Crates below the use cases that neither read a clock nor the environment nor roll dice.
const PURE: &[&str] = &[
    "domain", "text", "analysis", "playbook", "desk", "insight", "wire",
];
const IMPURE_CALLS: &[&str] = &[
    "SystemTime::now",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "std::env::",
    "env::var",
    "std::fs::",
    "thread_rng",
    "rand::",
];
const MACHINE_PATHS: &[&str] = &[
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/wo", "rk/"),
    concat!("/Us", "ers/"),
];

pub(super) fn find_breaches(files: &[SourceFile]) -> Vec<String> {
    files.iter().flat_map(breaches_of).collect()
}

fn breaches_of(file: &SourceFile) -> Vec<String> {
    let is_code = [".rs", ".ts", ".vue", ".mjs", ".py"]
        .iter()
        .any(|ending| file.is(ending));
    let is_lock = file.is(".lock") || file.is("package-lock.json");
    let pure = PURE
        .iter()
        .any(|name| file.path.starts_with(&format!("crates/{name}/src/")));
    let mut breaches = Vec::new();
    let mut in_tests = false;
    for (index, line) in file.text.lines().enumerate() {
        in_tests |= line.trim_start().starts_with("#[cfg(test)]");
        let mut report = |what: &str| breaches.push(format!("{}:{}: {what}", file.path, index + 1));
        if is_code && has_unfinished_mark(line) {
            report("an unfinished mark");
        }
        if pure && file.is(".rs") && !in_tests && !file.path.contains("/tests") {
            for call in IMPURE_CALLS.iter().filter(|call| line.contains(**call)) {
                report(&format!("{call} below the use cases; pass it as an argument"));
            }
        }
        if !is_lock && MACHINE_PATHS.iter().any(|path| line.contains(path)) {
            report("a path of one machine");
        }
    }
    breaches
}

fn has_unfinished_mark(line: &str) -> bool {
    [
        concat!("FIX", "ME"),
        concat!("todo", "!("),
        concat!("unimplemented", "!("),
        concat!("#[ign", "ore"),
    ]
    .iter()
    .any(|mark| line.contains(mark))
}
