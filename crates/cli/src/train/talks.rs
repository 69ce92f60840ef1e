//! Makes the model of conversations and writes down where it comes from and how well it hears what it had not seen.

use std::path::Path;
use std::time::Instant;

use analysis::evaluation::talk::TalkReport;
use analysis::training::{DataFile, TalkTrained, train_talk};

use crate::exit::{Done, Ended};
use crate::output::say;
use crate::train::{Args, MONTH, data, translate, write_file};

/// Trains and writes the model of conversations.
pub(super) fn run(args: &Args) -> Ended {
    let start = Instant::now();
    let files = match args.data.as_slice() {
        [] => data::conversation_files(&args.corpus)?,
        paths => data::read_files(paths)?,
    };
    let name = args.name.clone().unwrap_or_else(|| format!("talk-{MONTH}"));
    for file in &files {
        eprintln!("tingsu: learning from {}", file.name);
    }
    let borrowed: Vec<DataFile<'_>> = files.iter().map(data::LoadedFile::as_data).collect();
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let trained = train_talk(&name, &borrowed, threads).map_err(translate)?;
    write_file(&args.out, &trained.bytes)?;
    write_file(
        &args.out.with_extension("toml"),
        toml_of(&name, &trained, &args.out).as_bytes(),
    )?;
    say(format!(
        "{}: {} bytes, sha256 {}, {} s",
        args.out.display(),
        trained.bytes.len(),
        trained.sha256,
        start.elapsed().as_secs()
    ))?;
    say(left_out_of(&trained.left_out))?;
    Ok(Done::All)
}

fn toml_of(name: &str, trained: &TalkTrained, out: &Path) -> String {
    let file = out
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let mut toml = format!(
        "# Written by `tingsu train --model conversations`; the same files, recipe and text engine give the same bytes.\n\
         name = {name:?}\nfile = {file:?}\nsha256 = {:?}\nbytes = {}\nengine = {:?}\n\n[left_out]\n{}\n",
        trained.sha256,
        trained.bytes.len(),
        trained.engine,
        left_out_of(&trained.left_out),
    );
    for (name, sha256, talks) in &trained.data {
        toml.push_str(&format!(
            "\n[[data]]\nname = {name:?}\nsha256 = {sha256:?}\nconversations = {talks}\n"
        ));
    }
    toml
}

/// How well conversations were heard that were left out of learning, as lines of TOML.
fn left_out_of(report: &TalkReport) -> String {
    let figures = [
        ("emotion", report.emotion),
        ("intensity_within_1", report.intensity_within_1),
        ("acts_micro_f1", report.acts.micro_f1),
        ("faults_micro_f1", report.faults.micro_f1),
        ("stage", report.flow),
        ("escalation_auc_at_half", report.escalation_auc),
        ("score_spearman", report.score_order),
    ];
    figures
        .map(|(name, figure)| format!("{name} = {figure:.3}"))
        .join("\n")
}
