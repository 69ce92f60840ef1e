//! A file larger than memory read through a pipe: order kept, nothing lost, memory bounded.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, bail, ensure};

/// How much is read when nobody says, in megabytes.
const MEGABYTES: u64 = 10_000;
/// What the variable is called that says otherwise.
const VARIABLE: &str = "TINGSU_STREAM_MEGABYTES";
/// More memory than this, at the highest, is not bounded, in kilobytes: the models take 60 megabytes of it.
const MOST_KILOBYTES: u64 = 400_000;

/// Streams the corpus again and again through `tingsu analyze` and checks what comes out.
pub(crate) fn check(binary: &Path) -> Result<()> {
    let megabytes = std::env::var(VARIABLE).map_or(Ok(MEGABYTES), |told| told.parse())?;
    let round = one_round()?;
    let lines = round.iter().filter(|byte| **byte == b'\n').count() as u64;
    let rounds = (megabytes * 1_000_000).div_ceil(round.len() as u64);
    let start = Instant::now();
    let mut child = Command::new(binary)
        .args(["analyze", "-", "--input", "text", "--output", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut into = child.stdin.take().context("the input is piped")?;
    let writer = std::thread::spawn(move || -> std::io::Result<()> {
        (0..rounds).try_for_each(|_| into.write_all(&round))
    });
    let read = read_in_order(&mut child)?;
    let written = writer.join();
    ensure!(matches!(written, Ok(Ok(()))), "the input was not read to its end");
    let ended = child.wait()?;
    ensure!(ended.success(), "it ended with {ended}");
    ensure!(
        read.lines == rounds * lines,
        "{} of {} lines came out",
        read.lines,
        rounds * lines
    );
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{megabytes} MB, {} texts in {seconds:.0} s ({:.0} a second), at most {} MB of memory",
        read.lines,
        read.lines as f64 / seconds,
        read.most_kilobytes / 1000
    );
    if read.most_kilobytes > MOST_KILOBYTES {
        bail!("memory is not bounded: {} kB", read.most_kilobytes);
    }
    Ok(())
}

/// The texts of the corpus, one a line.
fn one_round() -> Result<Vec<u8>> {
    let mut round = Vec::new();
    for name in ["authored/train", "everyday/train", "varied/train", "spoken/train"] {
        for line in std::fs::read_to_string(format!("corpus/{name}.jsonl"))?.lines() {
            let row: serde_json::Value = serde_json::from_str(line)?;
            let text = row["text"].as_str().unwrap_or_default();
            round.extend(text.replace(['\n', '\r'], " ").into_bytes());
            round.push(b'\n');
        }
    }
    Ok(round)
}

struct Streamed {
    lines: u64,
    most_kilobytes: u64,
}

/// Reads every analysis; its id must be the number of its line. The memory is asked for now and then, for nobody tells
/// it any more once the process has ended.
fn read_in_order(child: &mut Child) -> Result<Streamed> {
    let out = child.stdout.take().context("the output is piped")?;
    let mut streamed = Streamed {
        lines: 0,
        most_kilobytes: 0,
    };
    let mut out = BufReader::with_capacity(1 << 20, out);
    let mut line = Vec::new();
    while out.read_until(b'\n', &mut line)? > 0 {
        streamed.lines += 1;
        let begins = format!("{{\"id\":\"{}\",", streamed.lines);
        ensure!(
            line.starts_with(begins.as_bytes()),
            "line {} is another record's",
            streamed.lines
        );
        if streamed.lines.is_power_of_two() || streamed.lines.is_multiple_of(100_000) {
            streamed.most_kilobytes = streamed.most_kilobytes.max(memory_of(child.id()));
        }
        line.clear();
    }
    Ok(streamed)
}

/// The most memory a process has had so far, in kilobytes; zero where the system does not tell.
fn memory_of(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.trim().strip_suffix("kB")?.trim().parse().ok())
        .unwrap_or(0)
}
