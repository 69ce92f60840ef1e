//! `tingsu converse`: conversations from files, heard turn by turn.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use analysis::Engine;
use anyhow::Context;
use channels::{TranscriptShape, Transcripts, read_transcripts};
use clap::ValueEnum;
use domain::{Channel, Conversation, Language, Review, Rubric, Scorecard, TurnReading, Vocabulary};
use wire::conversation::{Advice, InspectionCard};

use crate::analyze::report_refused;
use crate::engine::load_engine;
use crate::exit::{Done, Ended, Failure, usage};
use crate::input::{open_source, parse_channel};
use crate::language::LanguageName;
use crate::output::say;
use crate::runtime::now;

/// Hear conversations turn by turn: feeling, acts, faults, course, escalation and score
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Transcripts: JSONL, text with speaker marks (客户：… 客服：…), SRT, WebVTT, or the JSON of a speech vendor; plain,
    /// gzip or zstd; - is standard input
    #[arg(default_value = "-")]
    file: PathBuf,
    /// The shape of the input; guessed from its first words when left out
    #[arg(long, value_name = "FORMAT")]
    input: Option<InputName>,
    /// The channel of conversations that name none, by key or name
    #[arg(long, value_name = "CHANNEL", default_value = "chat", value_parser = parse_channel)]
    channel: Channel,
    /// Hear each as one that still goes on: no turn is read with what came after its answer
    #[arg(long)]
    live: bool,
    /// The rules of inspection instead of those that come with the product: TOML, or the rules of 阿里云 SCA as JSON
    #[arg(long, value_name = "FILE")]
    rubric: Option<PathBuf>,
    /// The format of the output; report on a terminal and jsonl in a pipe when left out
    #[arg(long, value_name = "FORMAT")]
    output: Option<OutputName>,
    /// The language of the report
    #[arg(long, default_value = "zh", value_name = "LANGUAGE")]
    language: LanguageName,
}

/// Names of the shapes of transcripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum InputName {
    /// A JSON object per line, or the JSON of a speech vendor
    #[value(alias = "json")]
    Jsonl,
    /// Subtitles
    Srt,
    /// Subtitles of the web
    #[value(alias = "webvtt")]
    Vtt,
    /// Lines with speaker marks
    #[value(alias = "txt")]
    Text,
}

impl From<InputName> for TranscriptShape {
    fn from(name: InputName) -> Self {
        match name {
            InputName::Jsonl => Self::Jsonl,
            InputName::Srt => Self::Srt,
            InputName::Vtt => Self::Vtt,
            InputName::Text => Self::Text,
        }
    }
}

/// Names of the formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum OutputName {
    /// For the eye
    Report,
    /// One JSON object per conversation, the same shape as over HTTP
    #[value(alias = "json")]
    Jsonl,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Ended {
    let words = open_source(&args.file)?.read_text()?;
    let Transcripts {
        conversations,
        refused,
    } = read_transcripts(
        &words,
        &name_of(&args.file),
        args.channel,
        args.input.map(Into::into),
    );
    for error in &refused {
        report_refused(error);
    }
    let (rubric, unread) = rubric_of(args.rubric.as_deref())?;
    let output = args.output.unwrap_or(match std::io::stdout().is_terminal() {
        true => OutputName::Report,
        false => OutputName::Jsonl,
    });
    let coached = Coached {
        engine: load_engine(None)?,
        rubric,
        playbook: playbook::Playbook::load_default(),
        live: args.live,
        language: args.language.into(),
    };
    for conversation in &conversations {
        let heard = coached.hear(conversation);
        match output {
            OutputName::Jsonl => say(heard.to_json(conversation, coached.language)?)?,
            OutputName::Report => say(heard.report(conversation, coached.language))?,
        }
    }
    Ok(Done::Partly {
        refused: refused.len() as u64 + unread,
    })
}

/// The rubric, and how many of its rules could not be taken.
fn rubric_of(file: Option<&Path>) -> Result<(Rubric, u64), Failure> {
    let Some(file) = file else {
        return Ok((app::quality::default_rubric(), 0));
    };
    let words =
        std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    if words.trim_start().starts_with(['{', '[']) {
        let (rules, refused) = channels::read_sca_rules(&words);
        for error in &refused {
            eprintln!(
                "tingsu: {}: {}",
                file.display(),
                app::mask_words(&error.to_string())
            );
        }
        let rubric = Rubric {
            version: "sca".to_owned(),
            pass_mark: app::quality::default_rubric().pass_mark,
            rules,
        };
        return Ok((rubric, refused.len() as u64));
    }
    let rubric = app::quality::load_rubric(&words);
    let rubric = rubric.map_err(|error| usage(format!("{}: {error}", file.display())))?;
    Ok((rubric, 0))
}

/// What conversations are heard with.
struct Coached {
    engine: Engine,
    rubric: Rubric,
    playbook: playbook::Playbook,
    live: bool,
    language: Language,
}

/// One conversation as heard.
struct Heard {
    review: Review,
    card: Scorecard,
    advice: Option<domain::Advice>,
}

impl Coached {
    fn hear(&self, conversation: &Conversation) -> Heard {
        let review = match self.live {
            true => self.engine.listen(conversation),
            false => self.engine.converse(conversation),
        };
        Heard {
            card: app::quality::inspect(conversation, &review, &self.rubric),
            advice: self.live.then(|| self.advise(conversation, &review)).flatten(),
            review,
        }
    }

    /// What to do next, for a conversation that goes on.
    fn advise(&self, conversation: &Conversation, review: &Review) -> Option<domain::Advice> {
        let said = conversation
            .turns
            .iter()
            .filter(|turn| turn.speaker == domain::Speaker::Customer);
        let words: Vec<&str> = said.map(|turn| turn.text.as_str()).collect();
        let complaint = domain::Complaint::new(words.join("\n"), conversation.channel);
        let situation = app::situation_of_text(&complaint, domain::Role::Agent, now());
        let analysis = self.engine.analyze(&complaint);
        self.playbook.advise(conversation, review, &analysis, &situation)
    }
}

impl Heard {
    fn to_json(&self, conversation: &Conversation, language: Language) -> Result<String, Failure> {
        let shape = wire::Review::of(&self.review, conversation);
        let mut value = serde_json::to_value(&shape).map_err(anyhow::Error::from)?;
        let card = InspectionCard::of(&self.card, language);
        value["inspection"] = serde_json::to_value(card).map_err(anyhow::Error::from)?;
        if let Some(advice) = &self.advice {
            value["advice"] =
                serde_json::to_value(Advice::of(advice, language)).map_err(anyhow::Error::from)?;
        }
        Ok(value.to_string())
    }

    fn report(&self, conversation: &Conversation, language: Language) -> String {
        let mut lines = vec![report_of(&self.review, conversation, language)];
        let verdict = match self.card.passed {
            true => words(language, "合格", "passed"),
            false => words(language, "不合格", "failed"),
        };
        lines.push(format!(
            "── {} {:.0} {verdict}",
            words(language, "质检", "inspection"),
            self.card.points
        ));
        for deduction in &self.card.deductions {
            let proofs = deduction.proofs.iter().map(|proof| {
                let quote = proof.quote.as_ref().map_or("", |quote| quote.words());
                format!("#{}「{quote}」", proof.turn)
            });
            lines.push(format!(
                "   -{:.0} {} {}",
                deduction.points,
                deduction.name.in_language(language),
                proofs.collect::<Vec<_>>().join(" ")
            ));
        }
        if let Some(advice) = &self.advice {
            let say = |both: &domain::Bilingual| both.in_language(language).to_owned();
            lines.push(format!(
                "── {} {}",
                words(language, "现在：", "now:"),
                say(&advice.act)
            ));
            lines.push(format!(
                "   {} {}",
                words(language, "不要：", "avoid:"),
                say(&advice.dont)
            ));
            lines.extend(
                advice
                    .phrases
                    .iter()
                    .map(|phrase| format!("   “{}”", say(phrase))),
            );
        }
        lines.join("\n")
    }
}

fn name_of(file: &Path) -> String {
    let stem = file.file_stem().filter(|stem| *stem != "-");
    stem.map_or_else(
        || "conversation".to_owned(),
        |stem| stem.to_string_lossy().into_owned(),
    )
}

fn name<V: Vocabulary>(value: V, language: Language) -> &'static str {
    let entry = value.entry();
    match language {
        Language::Chinese => entry.zh,
        Language::English => entry.en,
    }
}

fn names<V: Vocabulary>(values: impl Iterator<Item = V>, language: Language) -> String {
    let names: Vec<&str> = values.map(|value| name(value, language)).collect();
    names.join(if language == Language::Chinese {
        "、"
    } else {
        ", "
    })
}

fn words(language: Language, zh: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::Chinese => zh,
        Language::English => en,
    }
}

/// A conversation for the eye: one line per turn with a bar for the feeling's height, then what follows from it.
fn report_of(review: &Review, conversation: &Conversation, language: Language) -> String {
    let mut lines = vec![format!(
        "━━ {} · {}{}",
        conversation.id,
        name(conversation.channel, language),
        conversation
            .agent
            .as_ref()
            .map_or(String::new(), |agent| format!(" · {agent}"))
    )];
    for (index, (turn, heard)) in conversation.turns.iter().zip(&review.turns).enumerate() {
        let doubt = if turn.speaker_p < 1.0 { "?" } else { "" };
        lines.push(format!(
            "{index:>3} {}{doubt}  {}",
            name(turn.speaker, language),
            turn.text.replace('\n', " ")
        ));
        lines.extend(note_of(&heard.reading, heard.escalation, language));
    }
    lines.push(summary_of(review, language));
    lines.join("\n")
}

fn note_of(reading: &TurnReading, escalation: f32, language: Language) -> Option<String> {
    match reading {
        TurnReading::Customer(customer) => {
            let bar = "█".repeat((customer.strength * 4.0).round().max(0.0) as usize);
            let signals = names(customer.signals.iter().map(|signal| signal.value), language);
            Some(format!(
                "      {} {} {bar} · {} {:.0}% {}",
                name(customer.stage.value, language),
                customer.intensity.value as u8,
                words(language, "升级", "escalation"),
                escalation * 100.0,
                if signals.is_empty() {
                    signals
                } else {
                    format!("· {signals}")
                },
            ))
        }
        TurnReading::Agent(agent) => {
            let acts = names(agent.acts.iter().map(|act| act.value), language);
            let faults: Vec<String> = agent
                .faults
                .iter()
                .map(|fault| {
                    let quote = fault.quote.as_ref().map_or("", |quote| quote.words());
                    format!("✗{}「{quote}」", name(fault.value, language))
                })
                .collect();
            Some(format!(
                "      [{}] {acts} {}",
                name(agent.stage.value, language),
                faults.join(" ")
            ))
        }
        TurnReading::Other => None,
    }
}

fn summary_of(review: &Review, language: Language) -> String {
    let mut lines = vec![format!(
        "── {} {:.0} · {} {:.0}% · {} {} ({:+.2}) · {} {}",
        words(language, "评分", "score"),
        review.score,
        words(language, "升级概率", "escalation"),
        review.escalation * 100.0,
        words(language, "走势", "course"),
        name(review.trajectory.course, language),
        review.trajectory.slope,
        words(language, "心理", "psychology"),
        name(review.psychology.0, language),
    )];
    for point in &review.trajectory.turning_points {
        let cause = names(point.acts.iter().copied(), language);
        let faults = names(point.faults.iter().copied(), language);
        lines.push(format!(
            "   {} #{} {} ({:+.1}) {} {cause} {faults}",
            words(language, "转折", "turn"),
            point.turn,
            name(point.kind, language),
            point.change,
            words(language, "此前坐席：", "after:"),
        ));
    }
    for promise in &review.promises {
        lines.push(format!(
            "   {} #{} {}",
            words(language, "承诺", "promise"),
            promise.turn,
            promise.quote.words()
        ));
    }
    if !review.doubts.is_empty() {
        let doubts = names(review.doubts.iter().copied(), language);
        lines.push(format!("   {}{doubts}", words(language, "疑点：", "doubts: ")));
    }
    lines.join("\n")
}
