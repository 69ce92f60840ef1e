//! Makes a judge of particulars and writes down where it comes from.

use std::path::Path;
use std::time::Instant;

use analysis::training::{DataFile, Judge, JudgeTrained, train_judge};

use crate::exit::{Done, Ended};
use crate::output::say;
use crate::train::{Args, MONTH, data, write_file};

/// Trains and writes a judge of particulars.
pub(super) fn run(args: &Args, judge: Judge) -> Ended {
    let start = Instant::now();
    let stem = args.model.stem();
    let frames = data::frames(&args.corpus, stem)?;
    let (own, outside) = if judge.reads_plain_texts() {
        data::plain_files(&args.corpus)?
    } else {
        (Vec::new(), Vec::new())
    };
    eprintln!(
        "tingsu: learning from {} files of texts",
        1 + own.len() + outside.len()
    );
    let own: Vec<DataFile<'_>> = own.iter().map(data::LoadedFile::as_data).collect();
    let outside: Vec<DataFile<'_>> = outside.iter().map(data::LoadedFile::as_data).collect();
    let trained = train_judge(judge, &frames.as_data(), &own, &outside);
    write_file(&args.out, &trained.bytes)?;
    let name = args.name.clone().unwrap_or_else(|| format!("{stem}-{MONTH}"));
    write_file(
        &args.out.with_extension("toml"),
        toml_of(&name, stem, &trained, &args.out).as_bytes(),
    )?;
    say(format!(
        "{}: {} bytes, sha256 {}, {} s",
        args.out.display(),
        trained.bytes.len(),
        trained.sha256,
        start.elapsed().as_secs()
    ))?;
    Ok(Done::All)
}

fn toml_of(name: &str, stem: &str, trained: &JudgeTrained, out: &Path) -> String {
    let file = out.file_name().map(|name| name.to_string_lossy().into_owned());
    let mut toml = format!(
        "# Written by `tingsu train --model {stem}`; the same files and finders give the same bytes.\n\
         name = {name:?}\nfile = {:?}\nsha256 = {:?}\nbytes = {}\n",
        file.unwrap_or_default(),
        trained.sha256,
        trained.bytes.len(),
    );
    for (name, sha256, texts) in &trained.data {
        toml.push_str(&format!(
            "\n[[data]]\nname = {name:?}\nsha256 = {sha256:?}\ntexts = {texts}\n"
        ));
    }
    toml
}
