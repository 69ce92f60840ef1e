//! `tingsu train --calibrate`: the probabilities of a model put right on labeled texts that it has not learned from.

use std::path::Path;

use analysis::EngineOptions;
use analysis::training::{Calibrated, DataFile, calibrate};
use anyhow::Context;
use comfy_table::{Table, presets::UTF8_FULL_CONDENSED};
use sha2::{Digest, Sha256};

use super::{Args, data, write_file};
use crate::exit::{Done, Ended, Failure, usage};
use crate::output::say;

/// Where the manifest begins to tell of calibration.
const SECTION: &str = "\n[[calibration]]\n";

/// Runs the command.
pub(super) fn run(args: &Args) -> Ended {
    let part = args
        .model
        .of_texts()
        .ok_or_else(|| usage("conversations have no probabilities to put right"))?;
    let model = std::fs::read(&args.out).with_context(|| format!("{} cannot be read", args.out.display()))?;
    let files = match args.data.as_slice() {
        [] => data::dev_files(&args.corpus)?,
        paths => data::read_files(paths)?,
    };
    let mut texts = Vec::new();
    for file in &files {
        eprintln!("tingsu: putting right on {}", file.name);
        let (read, errors) = analysis::read_labeled(file.text());
        if let Some(error) = errors.first() {
            return Err(usage(format!("{}, {error}", file.name)));
        }
        texts.extend(read);
    }
    let options = EngineOptions::usual().with(part, &model);
    let calibrated = calibrate(options, part, &texts)
        .with_context(|| format!("{} is no model of this engine", args.out.display()))?;
    let borrowed: Vec<DataFile<'_>> = files.iter().map(data::LoadedFile::as_data).collect();
    write_file(&args.out, &calibrated.bytes)?;
    tell_manifest(&args.out.with_extension("toml"), &calibrated.bytes, &borrowed)?;
    say(table_of(&calibrated))?;
    say(format!(
        "{}: {} bytes, {} of {} texts are read by it; a temperament is named from {:.2} on",
        args.out.display(),
        calibrated.bytes.len(),
        calibrated.texts,
        texts.len(),
        calibrated.sure_temperament
    ))?;
    Ok(Done::All)
}

/// Puts the new hash and the files into the manifest, in the place of those of an earlier calibration.
fn tell_manifest(path: &Path, model: &[u8], files: &[DataFile<'_>]) -> Result<(), Failure> {
    let before =
        std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    write_file(path, toml_of(&before, model, files).as_bytes())
}

fn toml_of(before: &str, model: &[u8], files: &[DataFile<'_>]) -> String {
    let kept = before.split(SECTION).next().unwrap_or(before);
    let (head, data) = kept.split_once("\n[recipe]").unwrap_or((kept, ""));
    let head = head.lines().map(|line| match line.split(' ').next() {
        Some("sha256") => format!("sha256 = {:?}", hash_of(model)),
        Some("bytes") => format!("bytes = {}", model.len()),
        _ => line.to_owned(),
    });
    let head: Vec<String> = head.collect();
    let mut toml = format!("{}\n\n[recipe]{}\n", head.join("\n").trim_end(), data.trim_end());
    for file in files {
        toml.push_str(&format!(
            "{SECTION}name = {:?}\nsha256 = {:?}\n",
            file.name,
            hash_of(file.bytes)
        ));
    }
    toml
}

fn hash_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn table_of(calibrated: &Calibrated) -> Table {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED);
    table.set_header([
        "facet",
        "error before",
        "with the line",
        "line of the other half",
        "kept",
    ]);
    for facet in &calibrated.facets {
        table.add_row([
            facet.key.to_owned(),
            format!("{:.3}", facet.before),
            format!("{:.3}", facet.after),
            format!("{:.3}", facet.held_out),
            if facet.is_kept() { "yes" } else { "no" }.to_owned(),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_tells_of_the_last_calibration_alone() {
        let learned = "# c\nname = \"zh\"\nsha256 = \"aa\"\nbytes = 1\n\n[recipe]\nbits = 17\n\n[[data]]\nname = \"t\"\nsha256 = \"cc\"\ntexts = 3\n";
        let file = |name: &str| DataFile {
            name: name.to_owned(),
            bytes: b"{}",
        };
        let once = toml_of(learned, b"model", &[file("dev")]);
        assert!(once.contains("bytes = 5\n") && once.contains("sha256 = \"cc\""));
        assert!(!once.contains("\"aa\""));
        assert!(once.ends_with(&format!(
            "[[calibration]]\nname = \"dev\"\nsha256 = {:?}\n",
            hash_of(b"{}")
        )));
        assert_eq!(toml_of(&once, b"model", &[file("dev")]), once);
    }
}
