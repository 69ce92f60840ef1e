//! Every message to a customer is checked before it is sent (C9): what to change, where, and why.

use std::collections::HashMap;

use domain::{Behavior, Bilingual, Dealings, Entity, Money, Quote, Span};
use serde::Deserialize;

use crate::claim::ClaimWords;
use crate::contradict::{Before, PromiseWords, against};
use crate::error::PlaybookError;
use crate::load::parse;
use crate::outgoing::{Outgoing, lowercase, sentence_of, sum_of};
use crate::scan::{find_numbers, find_words};
use crate::wording::WordsRow;

const FILE: &str = "taboo.toml";

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MessageSeverity {
    /// Shown; the message may be sent.
    Warn,
    /// The message is sent only when a person overrules with a reason.
    Block,
}

impl MessageSeverity {
    /// The wire name: `warn` or `block`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Warn => "warn",
            Self::Block => "block",
        }
    }
}

/// Something in a message that should be changed before it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageFinding {
    /// The key of the rule, such as `taboo` or `beyond_authority`.
    pub rule: String,
    /// How much it weighs.
    pub severity: MessageSeverity,
    /// The words concerned; for something missing, the end of the message.
    pub quote: Quote,
    /// Why, and what to do instead.
    pub because: Bilingual,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TabooFile {
    rule: Vec<RuleRow>,
    reason: HashMap<String, ReasonRow>,
    time: WordsRow,
    step: WordsRow,
    statement: WordsRow,
    grant: WordsRow,
    upside: WordsRow,
    downside: WordsRow,
    #[serde(default)]
    opposite: Vec<OppositeRow>,
    #[serde(default)]
    claim: ClaimWords,
    excuse: WordsRow,
    feeling: WordsRow,
    #[serde(default)]
    promise: PromiseWords,
}

/// What messages to a customer say, as far as words tell; each the first words found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// An excuse.
    pub excuse: Option<String>,
    /// An argument or a blame.
    pub argument: Option<String>,
    /// A word for the customer's feeling.
    pub feeling: Option<String>,
    /// A next step.
    pub step: Option<String>,
    /// A time.
    pub time: Option<String>,
}

/// Words that grant something, and words that deny the same thing.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OppositeRow {
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleRow {
    key: String,
    severity: String,
    words: Vec<String>,
    zh: String,
    en: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReasonRow {
    severity: String,
    zh: String,
    en: String,
}

#[derive(Clone, Debug)]
struct Verdict {
    severity: MessageSeverity,
    because: Bilingual,
}

#[derive(Clone, Debug)]
struct WordRule {
    key: String,
    words: Vec<String>,
    verdict: Verdict,
}

/// The rules a message is checked against.
#[derive(Clone, Debug)]
pub(crate) struct MessageRules {
    words: Vec<WordRule>,
    reasons: HashMap<&'static str, Verdict>,
    time: Vec<String>,
    step: Vec<String>,
    statement: Vec<String>,
    grant: Vec<String>,
    upside: WordsRow,
    downside: WordsRow,
    opposite: Vec<OppositeRow>,
    claim: ClaimWords,
    excuse: Vec<String>,
    feeling: Vec<String>,
    promise: PromiseWords,
}

/// The rules that need more than words.
const REASONS: [&str; 9] = [
    "beyond_authority",
    "personal_data",
    "public_personal",
    "no_next_step",
    "no_date",
    "unfilled_slot",
    "contradicts_statement",
    "contradicts_earlier",
    "all_upside",
];

fn severity(place: &str, key: &str) -> Result<MessageSeverity, PlaybookError> {
    let known = [MessageSeverity::Warn, MessageSeverity::Block];
    let found = known.into_iter().find(|severity| severity.key() == key);
    found.ok_or_else(|| PlaybookError::content(FILE, place, format!("“{key}” is neither warn nor block")))
}

/// A blank word or a single character would stop nearly every message; a word that stands twice is a slip.
fn check_words(key: &str, words: &[String]) -> Result<(), PlaybookError> {
    let wrong = |word: &str, problem: &str| {
        let place = format!("{key}, word “{word}”");
        Err(PlaybookError::content(FILE, place, problem))
    };
    for (number, word) in words.iter().enumerate() {
        if word.trim().chars().count() < 2 {
            return wrong(
                word,
                "is shorter than two characters and would stop nearly every message",
            );
        }
        if words[..number].contains(word) {
            return wrong(word, "stands twice");
        }
    }
    Ok(())
}

/// The words of a list outside the rules: it may not be empty, for then nothing would count as said. A single Han
/// character can carry a meaning beside others; a blank or a single letter would stand in nearly every message.
fn check_list(key: &str, words: &[String]) -> Result<(), PlaybookError> {
    if words.is_empty() {
        return Err(PlaybookError::content(FILE, key, "has no words"));
    }
    let is_han = |word: &&str| word.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let single = |word: &&String| word.trim().chars().count() == 1;
    let longer: Vec<String> = words
        .iter()
        .filter(|word| !single(word) || !is_han(&word.trim()))
        .cloned()
        .collect();
    check_words(key, &longer)
}

impl TabooFile {
    fn check_lists(&self) -> Result<(), PlaybookError> {
        let lists = [
            ("time", &self.time),
            ("step", &self.step),
            ("statement", &self.statement),
            ("grant", &self.grant),
            ("upside", &self.upside),
            ("downside", &self.downside),
            ("excuse", &self.excuse),
            ("feeling", &self.feeling),
        ];
        for (key, row) in lists {
            check_list(key, &row.words)?;
        }
        for row in &self.opposite {
            check_list("opposite, yes", &row.yes)?;
            check_list("opposite, no", &row.no)?;
        }
        for (place, words) in self.claim.lists().into_iter().chain(self.promise.lists()) {
            check_list(&place, words)?;
        }
        Ok(())
    }
}

impl MessageRules {
    /// Reads `taboo.toml`.
    pub(crate) fn load(source: &str) -> Result<Self, PlaybookError> {
        let file: TabooFile = parse(FILE, source)?;
        file.check_lists()?;
        let rule = |row: RuleRow| {
            check_words(&row.key, &row.words)?;
            let severity = severity(&row.key, &row.severity)?;
            let verdict = Verdict {
                severity,
                because: Bilingual::new(row.zh, row.en),
            };
            let words = row.words.iter().map(|word| word.to_lowercase()).collect();
            Ok(WordRule {
                key: row.key,
                words,
                verdict,
            })
        };
        let reason = |key: &'static str| {
            let missing = || PlaybookError::content(FILE, format!("reason.{key}"), "is missing");
            let row = file.reason.get(key).ok_or_else(missing)?;
            let severity = severity(key, &row.severity)?;
            Ok((
                key,
                Verdict {
                    severity,
                    because: Bilingual::new(&row.zh, &row.en),
                },
            ))
        };
        Ok(Self {
            reasons: REASONS
                .into_iter()
                .map(reason)
                .collect::<Result<_, PlaybookError>>()?,
            words: file
                .rule
                .into_iter()
                .map(rule)
                .collect::<Result<_, PlaybookError>>()?,
            time: file.time.words,
            step: file.step.words,
            statement: file.statement.words,
            grant: file.grant.words,
            upside: file.upside,
            downside: file.downside,
            opposite: file.opposite,
            claim: file.claim,
            excuse: file.excuse.words,
            feeling: file.feeling.words,
            promise: file.promise,
        })
    }

    /// All findings of a message, the heavy ones first, then by place; a blank message has none.
    pub(crate) fn check(&self, outgoing: &Outgoing<'_>, authority: Money) -> Vec<MessageFinding> {
        if outgoing.message.trim().is_empty() {
            return Vec::new();
        }
        let mut check = Check {
            rules: self,
            outgoing,
            findings: Vec::new(),
        };
        check.words();
        check.amounts(authority);
        check.identity();
        check.slots();
        check.prospects();
        check.upside();
        check.statement();
        check.earlier_words();
        check
            .findings
            .sort_by_key(|finding| (std::cmp::Reverse(finding.severity), finding.quote.span()));
        check.findings
    }

    /// What messages say, as far as words tell.
    pub(crate) fn listen(&self, messages: &[String]) -> Heard {
        let texts: Vec<String> = messages.iter().map(|text| lowercase(text)).collect();
        let first = |words: &[String]| {
            let mut found = texts.iter().filter_map(|text| {
                let span = find_words(text, words).into_iter().next()?;
                span.slice(text).map(str::to_owned)
            });
            found.next()
        };
        let quarrels = self
            .words
            .iter()
            .filter(|rule| ["taboo", "provoking"].contains(&rule.key.as_str()));
        let quarrels: Vec<String> = quarrels.flat_map(|rule| rule.words.clone()).collect();
        let clock = || texts.iter().find_map(|text| time_named(text));
        Heard {
            excuse: first(&self.excuse),
            argument: first(&quarrels),
            feeling: first(&self.feeling),
            step: first(&self.step),
            time: first(&self.time).or_else(clock),
        }
    }

    /// Whether a sentence in lower case grants something.
    fn grants(&self, sentence: &str) -> bool {
        !find_words(sentence, &self.grant).is_empty()
    }
}

struct Check<'r> {
    rules: &'r MessageRules,
    outgoing: &'r Outgoing<'r>,
    findings: Vec<MessageFinding>,
}

impl Check<'_> {
    fn report(&mut self, rule: &str, verdict: &Verdict, span: Span) {
        if let Some(quote) = Quote::of(self.outgoing.message, span) {
            self.findings.push(MessageFinding {
                rule: rule.to_owned(),
                severity: verdict.severity,
                quote,
                because: verdict.because.clone(),
            });
        }
    }

    fn report_reason(&mut self, key: &'static str, span: Span) {
        let rules = self.rules;
        self.report(key, &rules.reasons[key], span);
    }

    fn words(&mut self) {
        let rules = self.rules;
        for rule in &rules.words {
            for span in find_words(&self.outgoing.lower, &rule.words) {
                self.report(&rule.key, &rule.verdict, span);
            }
        }
    }

    /// Sums beyond authority, unless they are said back in quotation marks or were cleared by a proposal that needs
    /// no approval any more. Sums in foreign money cannot be weighed against a limit, so they always need one.
    fn amounts(&mut self, authority: Money) {
        let outgoing = self.outgoing;
        let cleared = outgoing.situation.dealings.cleared;
        for (span, amount) in &outgoing.amounts {
            let within = |limit: Money| limit.currency == amount.currency && amount.minor <= limit.minor;
            if !within(authority) && !cleared.is_some_and(within) && !outgoing.is_quoted(*span) {
                self.report_reason("beyond_authority", *span);
            }
        }
    }

    fn identity(&mut self) {
        let outgoing = self.outgoing;
        for span in &outgoing.personal {
            self.report_reason("personal_data", *span);
        }
        if Behavior::of_channel(outgoing.situation.channel) == Behavior::Indirect {
            let known = [&outgoing.situation.customer_name, &outgoing.situation.order];
            let known: Vec<String> = known.into_iter().flatten().map(|word| lowercase(word)).collect();
            for span in find_words(&outgoing.lower, &known) {
                self.report_reason("public_personal", span);
            }
        }
    }

    fn slots(&mut self) {
        let brackets = ["{", "}", "【请填", "xxx", "××"].map(str::to_owned);
        if let Some(span) = find_words(&self.outgoing.lower, &brackets).into_iter().next() {
            self.report_reason("unfilled_slot", span);
        }
    }

    /// A message says what happens next and when.
    fn prospects(&mut self) {
        let rules = self.rules;
        let lower = &self.outgoing.lower;
        let end = last_sentence(self.outgoing.message);
        if find_words(lower, &rules.step).is_empty() {
            self.report_reason("no_next_step", end);
        }
        if find_words(lower, &rules.time).is_empty() && !names_a_time(lower) {
            self.report_reason("no_date", end);
        }
    }

    /// Two things granted or praised and not one word of a limit: all upside (C2).
    fn upside(&mut self) {
        let lower = &self.outgoing.lower;
        let good = find_words(lower, &self.rules.upside.words);
        if let [_, second, ..] = good[..]
            && find_words(lower, &self.rules.downside.words).is_empty()
        {
            self.report_reason("all_upside", second);
        }
    }

    /// Figures that the approved statement does not hold, and words against it, in a message that speaks of its
    /// matter.
    fn statement(&mut self) {
        let outgoing = self.outgoing;
        let Some(statement) = &outgoing.situation.approved_statement else {
            return;
        };
        for text in [&statement.zh, &statement.en] {
            for span in self.rules.opposites(&lowercase(text), &outgoing.lower) {
                self.report_reason("contradicts_statement", span);
            }
            let before = Before {
                text,
                particulars: &outgoing.situation.dealings.statement_particulars,
                binding: true,
            };
            self.report_turned("contradicts_statement", &before, ("口径是", "The statement says"));
        }
        if find_words(&outgoing.lower, &self.rules.statement).is_empty() {
            return;
        }
        let approved: Vec<String> = [&statement.zh, &statement.en]
            .into_iter()
            .flat_map(|text| find_numbers(text))
            .map(|(_, number)| number)
            .collect();
        for (span, number) in find_numbers(outgoing.message) {
            if !approved.contains(&number) {
                self.report_reason("contradicts_statement", span);
            }
        }
    }

    /// Another sum, or the opposite, of what this customer was told before.
    fn earlier_words(&mut self) {
        let outgoing = self.outgoing;
        let said: Vec<String> = (outgoing.situation.dealings.said.iter())
            .map(|text| lowercase(text))
            .collect();
        let mut spans: Vec<(Span, String)> = Vec::new();
        for earlier in &said {
            let quoted = |found: Vec<Span>| {
                let words = self.rules.opposite_words(earlier, &outgoing.lower);
                found.into_iter().map(move |span| (span, words.clone()))
            };
            spans.extend(quoted(self.rules.opposites(earlier, &outgoing.lower)));
        }
        let mut told = self.rules.granted_sums(&said);
        told.extend(self.rules.sums_in_words(&outgoing.situation.dealings));
        let granted = outgoing.amounts.iter().filter(|(span, _)| {
            let sentence = outgoing.sentence_at(*span);
            let promises = self.rules.grants(&sentence) && !self.rules.promise.is_open(&sentence);
            promises && !outgoing.is_quoted(*span)
        });
        for (span, amount) in granted {
            if let (Some((_, words)), true) = (told.first(), told.iter().all(|(sum, _)| sum != amount)) {
                spans.push((*span, words.clone()));
            }
        }
        spans.dedup_by_key(|(span, _)| *span);
        let verdict = self.rules.reasons["contradicts_earlier"].clone();
        for (span, words) in spans {
            let because = Bilingual::new(
                format!("{}之前说的是“{words}”。", verdict.because.zh),
                format!("{} Before it was: “{words}”.", verdict.because.en),
            );
            let named = Verdict {
                because,
                ..verdict.clone()
            };
            self.report("contradicts_earlier", &named, span);
        }
        let dealings = &outgoing.situation.dealings;
        for (number, text) in dealings.said.iter().enumerate() {
            let before = Before {
                text,
                particulars: dealings.said_particulars.get(number).map_or(&[], Vec::as_slice),
                binding: false,
            };
            self.report_turned("contradicts_earlier", &before, ("之前说的是", "Before it was"));
        }
    }

    /// Who pays, which remedy and by which day, against one text before; every place once.
    fn report_turned(&mut self, rule: &'static str, before: &Before<'_>, named: (&str, &str)) {
        let verdict = self.rules.reasons[rule].clone();
        let claims = self
            .rules
            .claim
            .turned(self.outgoing, &lowercase(before.text), before.binding);
        let promises = self.rules.promise.turned(self.outgoing, before);
        for turned in claims.into_iter().chain(promises) {
            let known = |finding: &MessageFinding| {
                finding.rule == rule && finding.quote.span().overlaps(&turned.span)
            };
            if self.findings.iter().any(known) {
                continue;
            }
            let told = Verdict {
                because: against(&verdict.because, named, &turned.before),
                ..verdict.clone()
            };
            self.report(rule, &told, turned.span);
        }
    }
}

impl MessageRules {
    /// Where a message says the opposite of an earlier text; both in lower case.
    fn opposites(&self, earlier: &str, message: &str) -> Vec<Span> {
        let against = |one: &[String], other: &[String]| match find_words(earlier, one).is_empty() {
            true => Vec::new(),
            false => find_words(message, other),
        };
        let mut spans = Vec::new();
        for pair in &self.opposite {
            // A text that says both weighs one against the other and is no plain word either way.
            let said_both =
                !find_words(earlier, &pair.yes).is_empty() && !find_words(earlier, &pair.no).is_empty();
            if !said_both {
                spans.extend(against(&pair.yes, &pair.no));
                spans.extend(against(&pair.no, &pair.yes));
            }
        }
        spans
    }

    /// The words of an earlier text that a message turns round.
    fn opposite_words(&self, earlier: &str, message: &str) -> String {
        let mut found = self.opposite.iter().flat_map(|pair| {
            let sides = [(&pair.yes, &pair.no), (&pair.no, &pair.yes)];
            sides.into_iter().filter_map(|(said, now)| {
                let turned = !find_words(message, now).is_empty();
                find_words(earlier, said)
                    .into_iter()
                    .find(|_| turned)
                    .and_then(|span| span.slice(earlier).map(str::to_owned))
            })
        });
        found.next().unwrap_or_default()
    }

    /// Sums that a reader of texts found in sentences that granted something, written in words for instance.
    fn sums_in_words(&self, dealings: &Dealings) -> Vec<(Money, String)> {
        let texts = dealings.said.iter().zip(&dealings.said_particulars);
        let sums = texts.flat_map(|(text, particulars)| {
            let lower = lowercase(text);
            let one = |entity: &Entity| {
                let (_, sum) = sum_of(entity)?;
                let sentence = sentence_of(&lower, entity.span());
                let promises = self.grants(&sentence) && !self.promise.is_open(&sentence);
                promises.then(|| (sum, sentence.trim().to_owned()))
            };
            particulars.iter().filter_map(one).collect::<Vec<_>>()
        });
        sums.collect()
    }

    /// Sums that earlier messages granted, with their words.
    fn granted_sums(&self, said: &[String]) -> Vec<(Money, String)> {
        let mut sums = Vec::new();
        for text in said {
            for sentence in text.split(['。', '！', '？', '!', '?', '\n', '；', ';']) {
                if self.grants(sentence) {
                    let found = crate::scan::find_amounts(sentence);
                    sums.extend(
                        found
                            .into_iter()
                            .map(|(_, sum)| (sum, sentence.trim().to_owned())),
                    );
                }
            }
        }
        sums
    }
}

/// The last sentence, as the place where something is missing.
fn last_sentence(message: &str) -> Span {
    let kept = message.trim_end();
    let body = kept.trim_end_matches(['。', '！', '？', '!', '?', '.', '~', '～']);
    let cut = body.rfind(['。', '！', '？', '!', '?', '\n', '；']);
    let start = cut.map_or(0, |at| at + body[at..].chars().next().map_or(1, char::len_utf8));
    let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    Span {
        start: count(&kept[..start]),
        end: count(kept),
    }
}

/// A clock time or a day in digits: `18:00`, `6点`, `11月23日`, `23 Nov`.
fn names_a_time(text: &str) -> bool {
    time_named(text).is_some()
}

/// The two characters that tell a clock time or a day.
fn time_named(text: &str) -> Option<String> {
    let characters: Vec<char> = text.chars().collect();
    let tells = |pair: &&[char]| {
        (pair[0].is_ascii_digit() || "一二三四五六七八九十".contains(pair[0]))
            && matches!(pair[1], '点' | '日' | '号' | '月' | ':' | '：')
    };
    characters
        .windows(2)
        .find(tells)
        .map(|pair| pair.iter().collect())
}
