//! The rules of the house, checked over all tracked files.

mod arrows;
mod data;
mod sizes;
mod words;

use anyhow::{Result, bail};

use crate::shell;

/// One tracked text file.
pub(crate) struct SourceFile {
    /// The path from the workspace's root.
    pub(crate) path: String,
    /// The content.
    pub(crate) text: String,
}

impl SourceFile {
    fn is(&self, ending: &str) -> bool {
        self.path.ends_with(ending)
    }
}

/// Fails with every breach of the rules of the house, all at once.
pub(crate) fn check_house() -> Result<()> {
    let files = tracked_files()?;
    let breaches = find_breaches(&files);
    if breaches.is_empty() {
        println!("{} files follow the rules of the house", files.len());
        return Ok(());
    }
    for breach in &breaches {
        eprintln!("{breach}");
    }
    bail!("{} breaches of the rules of the house", breaches.len())
}

fn find_breaches(files: &[SourceFile]) -> Vec<String> {
    let mut breaches = Vec::new();
    breaches.extend(arrows::find_breaches(files));
    breaches.extend(sizes::find_breaches(files));
    breaches.extend(words::find_breaches(files));
    breaches.extend(data::find_breaches(files));
    breaches
}

fn tracked_files() -> Result<Vec<SourceFile>> {
    let listed = shell::output(&mut shell::command("", "git", &["ls-files", "-z"]))?;
    let paths = listed.split('\0').filter(|path| !path.is_empty());
    Ok(paths
        .filter_map(|path| {
            let text = std::fs::read_to_string(shell::root().join(path)).ok()?;
            Some(SourceFile {
                path: path.to_owned(),
                text,
            })
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, text: &str, expected: &[&str]) {
        let file = SourceFile {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        let breaches = find_breaches(&[file]);
        for (breach, words) in breaches.iter().zip(expected) {
            assert!(breach.contains(words), "{breach} does not say {words}");
        }
        assert_eq!(breaches.len(), expected.len(), "{breaches:?}");
    }

    #[test]
    fn the_house_is_tidy() {
        check_house().expect("the rules of the house hold");
    }

    #[test]
    fn breaches_are_found() {
        check(
            "crates/desk/src/a.rs",
            "//! A.\nfn now() { std::time::SystemTime::now(); }\n",
            &["SystemTime::now"],
        );
        check("crates/text/src/a.rs", "fn a() {}\n", &["`//!`"]);
        check(
            "crates/text/Cargo.toml",
            "[dependencies]\nstore.workspace = true\n",
            &["may not depend on store"],
        );
        let long = format!("//! A.\nfn long() {{\n{}}}\n", "    step();\n".repeat(80));
        check("crates/text/src/a.rs", &long, &["fn long"]);
        check(
            "crates/text/src/a.rs",
            concat!("//! A.\n// FIX", "ME later\n"),
            &["unfinished"],
        );
        check(
            "docs/a.md",
            concat!("see /ho", "me/somebody/x\n"),
            &["path of one machine"],
        );
        check("web/src/A.vue", &"<p/>\n".repeat(260), &["250"]);
        check("crates/desk/data/lonely.toml", "a = 1\n", &["no code reads"]);
    }
}
