//! How fast texts are read in-process on one core, JSON excluded. Prints texts per second at three lengths, of every
//! facet with evidence and doubts and of that with particulars beside it, the 99th percentile of single texts of 100
//! characters, and the turns of conversations heard a second. Run with `cargo bench -p tingsu-analysis`. With `--count`
//! it prints the instructions that a text takes instead, which neighbors on the machine do not change; needs valgrind.
//! With `--told FILE` it prints a digest of all that is said of each text of the file, one JSON string a line, so that two
//! versions of the engine can be compared.

#![allow(clippy::expect_used)]
#![allow(clippy::print_stdout)]

use std::hash::{Hash, Hasher};
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use domain::{Channel, Complaint, Timestamp};
use tingsu_analysis::Engine;

/// The allocator of the product's binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// One round takes at least so long; the system counts processor time in steps of some milliseconds.
const ROUND: Duration = Duration::from_millis(120);
/// The median of so many rounds is told.
const ROUNDS: usize = 5;
/// A single text is read so often; its best time counts, since others may hold the processor in between.
const TRIES: usize = 5;

/// Texts of exactly this many characters, cut from the corpus one after the other.
fn texts_of(chars: usize) -> Vec<String> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let mut letters = Vec::new();
    for name in ["authored/dev.jsonl", "everyday/train.jsonl"] {
        let lines = std::fs::read_to_string(corpus.join(name)).expect("the corpus is in the repository");
        for line in lines.lines() {
            let row: serde_json::Value = serde_json::from_str(line).expect("the corpus holds JSON");
            letters.extend(row["text"].as_str().unwrap_or_default().chars());
        }
    }
    letters
        .chunks_exact(chars)
        .map(|chunk| chunk.iter().collect())
        .collect()
}

/// The processor time of this thread where the system tells it, so that other work on the machine does not count;
/// else the time since `start`.
fn spent_since(start: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|line| line.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

/// The median of several rounds, in texts per second.
fn pace(texts: &[String], mut read: impl FnMut(usize, &str)) -> f64 {
    let start = Instant::now();
    let mut paces: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let before = spent_since(start);
            let mut done = 0;
            loop {
                for (index, text) in texts.iter().enumerate() {
                    read(index, text);
                }
                done += texts.len();
                let spent = spent_since(start) - before;
                if spent >= ROUND {
                    return done as f64 / spent.as_secs_f64();
                }
            }
        })
        .collect();
    paces.sort_by(f64::total_cmp);
    paces[ROUNDS / 2]
}

fn complaints_of(texts: &[String]) -> Vec<Complaint> {
    let complaint = |text: &String| Complaint::new(text.as_str(), Channel::Chat);
    texts.iter().map(complaint).collect()
}

fn print_paces(engine: &Engine, chars: usize) {
    let texts = texts_of(chars);
    let complaints = complaints_of(&texts);
    let facets = pace(&texts, |index, _| {
        black_box(engine.read_facets(&complaints[index]));
    });
    let all = pace(&texts, |index, _| {
        black_box(engine.analyze(&complaints[index]));
    });
    let fold = pace(&texts, |_, text| {
        black_box(text::read(text));
    });
    let particulars = pace(&texts, |_, text| {
        black_box(text::particulars(&text::read(text), None));
    });
    let mask = pace(&texts, |_, text| {
        black_box(text::mask(text));
    });
    println!(
        "{chars} characters, {} texts: all facets with evidence {facets:.0}/s; with particulars {all:.0}/s; \
         normalizing {fold:.0}/s; particulars alone {particulars:.0}/s; masking {mask:.0}/s",
        texts.len()
    );
}

/// The 99th percentile over texts of 100 characters, everything read, in microseconds.
fn slowest_of_hundred(engine: &Engine) -> f64 {
    let complaints = complaints_of(&texts_of(100));
    let time = |complaint: &Complaint| {
        let tries = (0..TRIES).map(|_| {
            let start = Instant::now();
            black_box(engine.analyze(complaint));
            start.elapsed().as_secs_f64() * 1e6
        });
        tries.fold(f64::MAX, f64::min)
    };
    let mut times: Vec<f64> = complaints.iter().map(time).collect();
    times.sort_by(f64::total_cmp);
    times[times.len() * 99 / 100]
}

/// Turns heard a second in whole conversations: both layers, the customer's aim after each turn, promises, escalation.
fn turns_heard(engine: &Engine) -> f64 {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/dialogues/dev.jsonl");
    let lines = std::fs::read_to_string(path).expect("the corpus is in the repository");
    let (talks, _) = tingsu_analysis::read_labeled_talks(&lines);
    let turns: usize = talks.iter().map(|talk| talk.conversation.turns.len()).sum();
    let names: Vec<String> = talks.iter().map(|talk| talk.conversation.id.clone()).collect();
    let talks_heard = pace(&names, |index, _| {
        black_box(engine.converse(&talks[index].conversation));
    });
    talks_heard * turns as f64 / talks.len() as f64
}

/// When the texts of a comparison came in, for those that have a date.
const RECEIVED: Timestamp = Timestamp(1_795_161_600_000);

/// What is counted, at so many characters.
const COUNTED: [(usize, &str); 4] = [(25, FACETS), (75, FACETS), (25, ALL), (50, MASKING)];
const FACETS: &str = "every facet with evidence";
const ALL: &str = "every facet with evidence, and particulars";
const MASKING: &str = "masking";
/// Asks this program to read some texts and to be silent.
const WALK: &str = "--walk";

/// Reads the texts of a length so many times; what a run with more rounds takes longer is the reading alone.
fn walk(chars: usize, what: &str, rounds: usize) {
    let engine = Engine::default_model();
    let complaints = complaints_of(&texts_of(chars));
    for complaint in std::iter::repeat_n(&complaints, rounds).flatten() {
        match what {
            MASKING => drop(black_box(text::mask(&complaint.text))),
            ALL => drop(black_box(engine.analyze(complaint))),
            _ => drop(black_box(engine.read_facets(complaint))),
        }
    }
}

/// The instructions of this program while it walks, as valgrind counts them.
fn instructions(chars: usize, what: &str, rounds: usize) -> u64 {
    let program = std::env::current_exe().expect("a program knows where it stands");
    let output = std::process::Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .arg(WALK)
        .args([&chars.to_string(), what, &rounds.to_string()])
        .output()
        .expect("valgrind is installed");
    let told = String::from_utf8_lossy(&output.stderr);
    let counted = told.lines().find_map(|line| line.split_once("Collected :"));
    let counted = counted.and_then(|(_, number)| number.trim().parse().ok());
    counted.expect("valgrind says what it counted")
}

fn print_counts() {
    for (chars, what) in COUNTED {
        let [once, twice] = [1, 2].map(|rounds| instructions(chars, what, rounds));
        let each = (twice - once) / texts_of(chars).len() as u64;
        println!("{chars} characters: {what}: {each} instructions");
    }
}

/// Prints for each text a digest of its findings, of these with particulars beside them, and of the masked text.
fn print_told(path: &str) {
    let engine = Engine::default_model();
    let lines = std::fs::read_to_string(path).expect("the file of texts is there");
    let digest = |said: String| {
        let mut hasher = std::hash::DefaultHasher::new();
        said.hash(&mut hasher);
        hasher.finish()
    };
    for (number, line) in lines.lines().enumerate() {
        let text: String = serde_json::from_str(line).expect("a JSON string on each line");
        let mut complaint = Complaint::new(text.as_str(), Channel::Chat);
        complaint.received_at = (number % 2 == 0).then_some(RECEIVED);
        let facets = digest(format!("{:?}", engine.read_facets(&complaint)));
        let all = digest(format!("{:?}", engine.analyze(&complaint)));
        let masked = digest(format!("{:?}", text::mask(&text)));
        println!("{number} {facets:016x} {all:016x} {masked:016x}");
    }
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if args.iter().any(|arg| arg == "--count") {
        return print_counts();
    }
    if let Some(at) = args.iter().position(|arg| arg == "--told") {
        return print_told(args.get(at + 1).expect("a file is named"));
    }
    if let [_, first, chars, what, rounds, ..] = args.as_slice()
        && first == WALK
    {
        let number = |arg: &String| arg.parse().expect("a number");
        return walk(number(chars), what, number(rounds));
    }
    print_all();
}

fn print_all() {
    let engine = Engine::default_model();
    for chars in [25, 50, 75] {
        print_paces(&engine, chars);
    }
    println!(
        "100 characters, one text: p99 {:.0} µs",
        slowest_of_hundred(&engine)
    );
    println!("conversations: {:.0} turns/s", turns_heard(&engine));
}
