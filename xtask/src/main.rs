//! Automation of the house: every chore is one command, here, in the language of the product.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool for the terminal talks to it"
)]

mod api;
mod bench;
mod ci;
mod codegen;
mod doors;
mod load;
mod needs;
mod notices;
mod pages;
mod peers;
mod postgres;
mod python;
mod run;
mod samples;
mod scores;
mod shell;
mod stream;
mod tidy;

use anyhow::{Result, bail};

const USAGE: &str = "cargo xtask COMMAND
  run       build everything and serve the product with demo data
  ci        everything a change must pass: format, lints, tidy, tests on both databases, web, browser
  tidy      the rules of the house over all tracked files
  codegen   write what derives from the code: OpenAPI, glossary, web types, notices  [--check]
  samples   make the sample reports of the documentation from demo data  [--check]
  scores    measure the engine on labeled texts and write evals/SCORES.md  [--check]
  api       schemathesis over the whole API  [--deep]
  features  signing in at a provider and traces to a collector, which the default build leaves out
  bench     measure beside the peers that can be installed; `bench insight` scans and fits alone
  screenshots  pictures of every page in four variants, into e2e/results/pages   [NAME…]
  load      measure durable intakes over HTTP, on SQLite and PostgreSQL; a part of bench
  scale     measure lists, searches and counts: p50, p99   --cases N, or --database URL of one that is there
  pages     measure how long the pages of insight wait   --database URL of one that is there
  seed      fill a database with demo cases   --database URL --cases N --at TIME --seed S
  long      the checks that take longer: many seeds, ten gigabytes through a pipe, a large database
  peers     insight beside pm4py, installed from PyPI under the target folder, and R, where it is here; a part of long
  stream    a file larger than memory through a pipe   TINGSU_STREAM_MEGABYTES=N
  notices   write THIRD-PARTY.md from the lock files";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rest = arguments.get(1..).unwrap_or_default();
    match arguments.first().map(String::as_str) {
        Some("run") => run::serve_demo(rest),
        Some("ci") => ci::run_all(),
        Some("tidy") => tidy::check_house(),
        Some("samples") => run::build_binary(false)
            .and_then(|binary| samples::write(&binary, rest.iter().any(|word| word == "--check"))),
        Some("codegen") => codegen::write_all(rest.iter().any(|word| word == "--check")),
        Some("scores") => scores::keep_scores(rest.iter().any(|word| word == "--check")),
        Some("api") => api::try_api(match rest.iter().any(|word| word == "--deep") {
            true => api::Depth::Deep,
            false => api::Depth::Short,
        }),
        Some("features") => doors::check_features().and_then(|()| doors::try_features()),
        Some("bench") => bench::run_all(rest),
        Some("screenshots") => run::take_screenshots(rest),
        Some("load") => load::measure_intakes(&run::build_binary(true)?),
        Some("scale") => bench::measure_store(rest),
        Some("pages") => pages::measure(&run::build_binary(true)?, rest),
        Some("seed") => run::seed(rest),
        Some("long") => ci::run_long(),
        Some("peers") => peers::compare_all(),
        Some("stream") => stream::check(&run::build_binary(true)?),
        Some("notices") => notices::write(false),
        Some("help" | "--help" | "-h") | None => {
            println!("{USAGE}");
            Ok(())
        }
        Some(other) => bail!("no command {other}\n{USAGE}"),
    }
}
