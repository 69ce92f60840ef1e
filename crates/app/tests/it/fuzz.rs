//! Every reader of outside bytes, fed with good ones that were broken: none of them ends the program or thinks for long.
//! What comes over HTTP is tried by schemathesis (`cargo xtask api`), and the files of a backup in `backups`.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use channels::{Format, Networks, Reading, Rows, Source, Target};
use domain::Channel;
use fastrand::Rng;

/// Broken inputs for each reader; more of them by the variable.
const ROUNDS: u64 = 150;
/// One document in so many rounds, since there are so many documents.
const DOCUMENT_SHARE: u64 = 15;
const ROUNDS_VARIABLE: &str = "TINGSU_FUZZ_ROUNDS";
/// Which dice; printed by a failure, so that it can be thrown again.
const SEED_VARIABLE: &str = "TINGSU_FUZZ_SEED";
/// More processor time than any reader may take for one of these small inputs.
const LONGEST: Duration = Duration::from_secs(20);

/// What a file of these kinds holds now and then, and what broken ones hold.
const PIECES: &[&[u8]] = &[
    b"\0",
    b"\"",
    b"\"\"",
    b",",
    b"\t",
    b"\r\n",
    b"\n",
    b"{",
    b"}",
    b"[[",
    b"]]",
    b"\\u0000",
    b"\\ud800",
    b"99999999999999999999",
    b"-1",
    b"1e999",
    b"NaN",
    b"\xFF\xFE",
    b"\xEF\xBB\xBF",
    "𠮷😡".as_bytes(),
    "\u{202E}\u{200D}".as_bytes(),
    "２０２６年１３月４５日".as_bytes(),
    b" --> ",
    b"24:60:61,999",
    b"= ",
    b"0000-00-00T99:99:99Z",
    b"((((((((((((((((((((((((((((((((",
];

/// One to eight breaks of a good input.
fn break_up(dice: &mut Rng, good: &[u8]) -> Vec<u8> {
    let mut bytes = good.to_vec();
    for _ in 0..dice.usize(1..=8) {
        let at = dice.usize(0..=bytes.len());
        let end = (at + dice.usize(0..=64)).min(bytes.len());
        match dice.u8(0..5) {
            0 if at < bytes.len() => bytes[at] ^= 1 << dice.u8(0..8),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
            3 => bytes.truncate(at),
            _ => {
                let piece = PIECES[dice.usize(0..PIECES.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
        }
    }
    bytes
}

/// How long this thread has worked, as Linux tells it; elsewhere how long ago the reading began.
fn worked_by_now(begun: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| begun.elapsed(), Duration::from_nanos)
}

fn number_of(variable: &str, otherwise: u64) -> u64 {
    let told = std::env::var(variable).ok();
    told.map_or(otherwise, |told| told.parse().expect("a number"))
}

/// Feeds a reader with its good inputs, which it must take, and with many broken ones.
fn feed(good: &[&[u8]], read: impl Fn(&[u8]) -> bool) {
    feed_some(number_of(ROUNDS_VARIABLE, ROUNDS), good, read);
}

fn feed_some(rounds: u64, good: &[&[u8]], read: impl Fn(&[u8]) -> bool) {
    let seed = number_of(SEED_VARIABLE, 1);
    let mut dice = Rng::with_seed(seed);
    for (number, input) in good.iter().enumerate() {
        assert!(read(input), "good input {number} is refused");
    }
    for round in 0..rounds {
        let chosen = dice.usize(0..good.len());
        let input = break_up(&mut dice, good[chosen]);
        let begun = Instant::now();
        let before = worked_by_now(begun);
        let ended = catch_unwind(AssertUnwindSafe(|| read(&input)));
        let shown = || {
            format!(
                "round {round} of seed {seed}: {:?}",
                String::from_utf8_lossy(&input)
            )
        };
        assert!(ended.is_ok(), "the reader fell over in {}", shown());
        assert!(
            worked_by_now(begun).saturating_sub(before) < LONGEST,
            "the reader thinks for long in {}",
            shown()
        );
    }
}

/// The same for a reader of text: what is no text is not given to it.
fn feed_text(good: &[&str], read: impl Fn(&str) -> bool) {
    let good: Vec<&[u8]> = good.iter().map(|text| text.as_bytes()).collect();
    feed(&good, |bytes| read(&String::from_utf8_lossy(bytes)));
}

/// The same for one document of many that are read together, which takes its time.
fn feed_document(good: &str, read: impl Fn(&str) -> bool) {
    let rounds = number_of(ROUNDS_VARIABLE, ROUNDS).div_ceil(DOCUMENT_SHARE);
    feed_some(rounds, &[good.as_bytes()], |bytes| {
        read(&String::from_utf8_lossy(bytes))
    });
}

/// Whether at least one record was read.
fn read_rows(format: Format, bytes: &[u8]) -> bool {
    let reading = Reading {
        format,
        column: None,
        channel: Channel::Import,
    };
    let Ok(source) = Source::from_reader(Cursor::new(bytes.to_vec())) else {
        return false;
    };
    let Ok(mut rows) = Rows::open(source, reading) else {
        return false;
    };
    let good = rows.by_ref().filter(Result::is_ok).count();
    drop(rows.failure());
    good > 0
}

#[test]
fn broken_tables_are_read_or_refused() {
    let csv = "id,text,channel,received_at\n1,\"等了十天，还没\"\"退款\"\"\",chat,2026-11-20 10:00\n2,东西是坏的,,\n";
    feed(&[csv.as_bytes()], |bytes| read_rows(Format::Csv, bytes));
    let jsonl = "{\"id\":\"1\",\"text\":\"等了十天\",\"channel\":\"chat\",\"received_at\":\"2026-11-20T10:00:00+08:00\",\
                 \"matter\":{\"order\":\"A1\",\"amount\":\"12.50\"}}\n{\"text\":\"坏了\"}\n";
    feed(&[jsonl.as_bytes()], |bytes| read_rows(Format::Jsonl, bytes));
    feed(&["等了十天\n坏了\n".as_bytes()], |bytes| {
        read_rows(Format::Text, bytes)
    });
}

#[test]
fn broken_workbooks_are_read_or_refused() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, words) in ["text", "等了十天还没退款", "东西是坏的"].iter().enumerate() {
        sheet.write(u32::try_from(row).unwrap(), 0, *words).unwrap();
    }
    let good = workbook.save_to_buffer().unwrap();
    feed(&[&good], |bytes| read_rows(Format::Xlsx, bytes));
}

#[test]
fn broken_packings_are_read_or_refused() {
    let plain = "等了十天还没退款\n".repeat(20);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::copy(&mut plain.as_bytes(), &mut gzip).unwrap();
    let gzip = gzip.finish().unwrap();
    let zstd = zstd::encode_all(plain.as_bytes(), 3).unwrap();
    feed(&[&gzip, &zstd], |bytes| read_rows(Format::Text, bytes));
    feed(&[plain.as_bytes()], |bytes| channels::decode(bytes).is_ok());
}

#[test]
fn broken_transcripts_are_read_or_refused() {
    let subtitles =
        "1\n00:00:01,000 --> 00:00:03,500\n客服：您好\n\n2\n00:00:04,000 --> 00:00:06,000\n客户：还没退款\n";
    let vtt =
        "WEBVTT\n\n00:01.000 --> 00:03.500\n<v 客服>您好\n\n00:04.000 --> 00:06.000\n<v 客户>还没退款\n";
    let marked = "[2026-11-20 10:00:03] 客户：等了十天\n[2026-11-20 10:00:20] 客服：马上为您查\n";
    let lines = "{\"id\":\"t1\",\"channel\":\"phone\",\"turns\":[{\"role\":\"customer\",\"text\":\"还没退款\",\"starts_ms\":10},\
                 {\"role\":\"agent\",\"text\":\"马上查\"}]}\n";
    feed_text(&[subtitles, vtt, marked, lines], |words| {
        let read = channels::read_transcripts(words, "file", Channel::Phone, None);
        !read.conversations.is_empty()
    });
}

#[test]
fn broken_rules_are_read_or_refused() {
    let rules = desk::Rules::load_default();
    for (file, good) in desk::files() {
        feed_document(good, |text| {
            desk::Rules::from_files(&[(file.as_str(), text)]).is_ok()
        });
        if file == "house.toml" {
            feed_text(&[good], |text| rules.read_pack(text).is_ok());
        }
    }
    let rubric = include_str!("../../../desk/data/rubric.toml");
    feed_text(&[rubric], |text| desk::quality::load_rubric(text).is_ok());
    for file in playbook::FILES {
        feed_document(file.text, |text| {
            let own = playbook::Source {
                file: file.file,
                text,
            };
            playbook::Playbook::from_toml(&[own]).is_ok()
        });
    }
}

/// Feeds a reader of models with its own kind of model, broken inside of the packing: the sum that guards it is made
/// anew. The reader says whether it took the model. Only the head is broken, since any bytes are weights.
fn feed_model(whole: &[u8], read: impl Fn(&[u8]) -> Result<(), analysis::LoadError>) {
    let (mark, packed) = whole.split_at(12);
    let inside = zstd::decode_all(packed).expect("a model that ships");
    let (head, rest) = inside.split_at(inside.len().min(400));
    let inside_reached = std::cell::Cell::new(0);
    let rounds = number_of(ROUNDS_VARIABLE, ROUNDS).div_ceil(DOCUMENT_SHARE);
    feed_some(rounds, &[head], |head| {
        let body = [head, rest].concat();
        let model = [
            mark,
            &zstd::encode_all(body.as_slice(), 1).expect("anything can be packed"),
        ]
        .concat();
        let taken = read(&model);
        let refused_unread = matches!(
            taken,
            Err(analysis::LoadError::NotAModel | analysis::LoadError::OtherFormat { .. })
        );
        inside_reached.set(inside_reached.get() + u64::from(!refused_unread));
        taken.is_ok()
    });
    assert_eq!(
        inside_reached.get(),
        rounds + 1,
        "a model was refused before it was read"
    );
}

#[test]
fn broken_facet_models_are_read_or_refused() {
    let text = |text: &str, label: &str| analysis::training::FacetText {
        text: text.to_owned(),
        label: label.to_owned(),
    };
    let pairs = [("退款到账慢", "钱"), ("快递太慢", "快递")].repeat(4);
    let texts: Vec<_> = pairs
        .into_iter()
        .map(|(words, label)| text(words, label))
        .collect();
    let whole = analysis::training::train_facet("部门", &texts, &texts, &[]).unwrap();
    feed_model(&whole, |model| {
        let model = analysis::FacetModel::from_bytes(model)?;
        // A damaged table may still be one; then it reads.
        model.predict("退款呢,快递呢");
        Ok(())
    });
}

#[test]
fn broken_models_of_texts_are_read_or_refused() {
    let usual = analysis::EngineOptions {
        public: None,
        ..analysis::EngineOptions::usual()
    };
    let complaint = domain::Complaint::new("Where is my refund? I have waited for ten days!", Channel::Chat);
    feed_model(usual.english.expect("English has a model"), |model| {
        analysis::Model::from_bytes(model)?;
        let engine = analysis::Engine::load(usual.with(analysis::Part::English, model))?;
        engine.analyze(&complaint);
        Ok(())
    });
}

#[test]
fn broken_models_of_conversations_are_read_or_refused() {
    let whole = include_bytes!("../../../analysis/models/talk.model");
    let words = "客户：等了十天还没退款\n客服：马上为您查\n客户：算了\n";
    let told = channels::read_transcripts(words, "talk", Channel::Chat, None);
    let conversation = told.conversations.first().expect("a conversation");
    feed_model(whole, |model| {
        let engine = analysis::Engine::load(analysis::EngineOptions {
            public: None,
            english: None,
            talk: Some(model),
            ..analysis::EngineOptions::usual()
        })?;
        engine.converse(conversation);
        Ok(())
    });
}

#[test]
fn broken_words_of_time_and_place_are_read_or_refused() {
    feed_text(
        &["2026-11-20T10:00:00+08:00", "2026-11-20 10:00", "2026年11月20日"],
        |words| {
            channels::parse_time(words);
            true
        },
    );
    let networks = Networks::parse("127.0.0.1, 10.0.0.0/8, ::1").expect("networks");
    feed_text(&["127.0.0.1, 10.0.0.0/8, ::1"], |words| {
        Networks::parse(words).is_ok()
    });
    let urls = [
        "https://example.org:8443/hook?a=b#c",
        "https://[2001:db8::1]/x",
        "https://名.example/钩",
    ];
    feed_text(&urls, |words| {
        // Whatever it is spelled like, a target is either refused or one that may be reached.
        drop(Target::parse(words, &networks));
        true
    });
}
