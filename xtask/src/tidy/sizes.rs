//! Hard limits on the length of files and functions, and the opening line of a module.

use super::SourceFile;

const LONGEST_FILE: usize = 800;
const LONGEST_FUNCTION: usize = 70;
const LONGEST_VUE_FILE: usize = 250;

pub(super) fn find_breaches(files: &[SourceFile]) -> Vec<String> {
    let mut breaches = Vec::new();
    for file in files {
        let lines = file.text.lines().count();
        if file.is(".vue") && lines > LONGEST_VUE_FILE {
            breaches.push(format!(
                "{}: {lines} lines, more than {LONGEST_VUE_FILE}",
                file.path
            ));
        }
        let is_code = [".rs", ".ts", ".mjs", ".py"].iter().any(|ending| file.is(ending));
        if is_code && !file.is("src/api/schema.d.ts") && lines > LONGEST_FILE {
            breaches.push(format!("{}: {lines} lines, more than {LONGEST_FILE}", file.path));
        }
        if file.is(".rs") {
            breaches.extend(opening_breach(file));
            if !is_test(file) {
                breaches.extend(long_functions(file));
            }
        }
    }
    breaches
}

/// Tests hold their expectations inline, which are data and may be long.
fn is_test(file: &SourceFile) -> bool {
    file.path.contains("/tests/") || file.is("/tests.rs")
}

fn opening_breach(file: &SourceFile) -> Option<String> {
    let opens = file.text.trim_start().starts_with("//!");
    (!opens).then(|| {
        format!(
            "{}: opens without a `//!` sentence on what it is responsible for",
            file.path
        )
    })
}

/// Functions by the indentation of formatted source: from the line with `fn` to the closing brace under it.
fn long_functions(file: &SourceFile) -> Vec<String> {
    let lines: Vec<&str> = file.text.lines().collect();
    let mut breaches = Vec::new();
    for (first, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let words = line
            .trim_start()
            .trim_start_matches("pub(crate) ")
            .trim_start_matches("pub(super) ");
        let words = words
            .trim_start_matches("pub ")
            .trim_start_matches("const ")
            .trim_start_matches("async ");
        // A declaration in a trait has no body of its own.
        if !words.starts_with("fn ") || words.ends_with(';') {
            continue;
        }
        let closing = format!("{}}}", " ".repeat(indent));
        let Some(length) = lines[first..].iter().position(|candidate| *candidate == closing) else {
            continue;
        };
        if length + 1 > LONGEST_FUNCTION {
            let name = words.split('(').next().unwrap_or(words);
            breaches.push(format!(
                "{}:{}: {name} has {} lines, more than {LONGEST_FUNCTION}",
                file.path,
                first + 1,
                length + 1
            ));
        }
    }
    breaches
}
