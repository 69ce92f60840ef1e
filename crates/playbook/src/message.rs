//! Every message to a customer is checked before it is sent (C9): what to change, where, and why.

use std::collections::HashMap;

use domain::{Behavior, Bilingual, Money, Quote, Situation, Span};
use serde::Deserialize;

use crate::error::PlaybookError;
use crate::load::parse;
use crate::scan::{find_amounts, find_numbers, find_personal_data, find_words};
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
}

/// The rules that need more than words.
const REASONS: [&str; 7] = [
    "beyond_authority",
    "personal_data",
    "public_personal",
    "no_next_step",
    "no_date",
    "unfilled_slot",
    "contradicts_statement",
];

fn severity(place: &str, key: &str) -> Result<MessageSeverity, PlaybookError> {
    let known = [MessageSeverity::Warn, MessageSeverity::Block];
    let found = known.into_iter().find(|severity| severity.key() == key);
    found.ok_or_else(|| PlaybookError::content(FILE, place, format!("“{key}” is neither warn nor block")))
}

impl MessageRules {
    /// Reads `taboo.toml`.
    pub(crate) fn load(source: &str) -> Result<Self, PlaybookError> {
        let file: TabooFile = parse(FILE, source)?;
        let rule = |row: RuleRow| {
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
        })
    }

    /// All findings of a message, the heavy ones first, then by place; a blank message has none.
    pub(crate) fn check(
        &self,
        message: &str,
        situation: &Situation,
        authority: Money,
    ) -> Vec<MessageFinding> {
        if message.trim().is_empty() {
            return Vec::new();
        }
        let mut check = Check {
            rules: self,
            message,
            lower: lowercase(message),
            findings: Vec::new(),
        };
        check.words();
        check.amounts(authority);
        check.identity(situation);
        check.slots();
        check.prospects();
        check.statement(situation);
        check
            .findings
            .sort_by_key(|finding| (std::cmp::Reverse(finding.severity), finding.quote.span()));
        check.findings
    }
}

/// ASCII letters in lower case; every code point keeps its place.
fn lowercase(text: &str) -> String {
    text.chars().map(|c| c.to_ascii_lowercase()).collect()
}

struct Check<'r> {
    rules: &'r MessageRules,
    message: &'r str,
    lower: String,
    findings: Vec<MessageFinding>,
}

impl Check<'_> {
    fn report(&mut self, rule: &str, verdict: &Verdict, span: Span) {
        if let Some(quote) = Quote::of(self.message, span) {
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
            for span in find_words(&self.lower, &rule.words) {
                self.report(&rule.key, &rule.verdict, span);
            }
        }
    }

    fn amounts(&mut self, authority: Money) {
        for (span, amount) in find_amounts(&self.lower) {
            if amount.minor > authority.minor {
                self.report_reason("beyond_authority", span);
            }
        }
    }

    fn identity(&mut self, situation: &Situation) {
        for span in find_personal_data(self.message) {
            self.report_reason("personal_data", span);
        }
        if Behavior::of_channel(situation.channel) == Behavior::Indirect {
            let known = [&situation.customer_name, &situation.order];
            let known: Vec<String> = known.into_iter().flatten().map(|word| lowercase(word)).collect();
            for span in find_words(&self.lower, &known) {
                self.report_reason("public_personal", span);
            }
        }
    }

    fn slots(&mut self) {
        let brackets = ["{", "}", "【请填", "xxx", "××"].map(str::to_owned);
        if let Some(span) = find_words(&self.lower, &brackets).into_iter().next() {
            self.report_reason("unfilled_slot", span);
        }
    }

    /// A message says what happens next and when.
    fn prospects(&mut self) {
        let rules = self.rules;
        let end = self.last_sentence();
        if find_words(&self.lower, &rules.step).is_empty() {
            self.report_reason("no_next_step", end);
        }
        if find_words(&self.lower, &rules.time).is_empty() && !names_a_time(&self.lower) {
            self.report_reason("no_date", end);
        }
    }

    /// Figures that the approved statement does not hold, in a message that speaks of its matter.
    fn statement(&mut self, situation: &Situation) {
        let Some(statement) = &situation.approved_statement else {
            return;
        };
        if find_words(&self.lower, &self.rules.statement).is_empty() {
            return;
        }
        let approved: Vec<String> = [&statement.zh, &statement.en]
            .into_iter()
            .flat_map(|text| find_numbers(text))
            .map(|(_, number)| number)
            .collect();
        for (span, number) in find_numbers(self.message) {
            if !approved.contains(&number) {
                self.report_reason("contradicts_statement", span);
            }
        }
    }

    /// The last sentence, as the place where something is missing.
    fn last_sentence(&self) -> Span {
        let kept = self.message.trim_end();
        let body = kept.trim_end_matches(['。', '！', '？', '!', '?', '.', '~', '～']);
        let cut = body.rfind(['。', '！', '？', '!', '?', '\n', '；']);
        let start = cut.map_or(0, |at| at + body[at..].chars().next().map_or(1, char::len_utf8));
        let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        Span {
            start: count(&kept[..start]),
            end: count(kept),
        }
    }
}

/// A clock time or a day in digits: `18:00`, `6点`, `11月23日`, `23 Nov`.
fn names_a_time(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    characters.windows(2).any(|pair| {
        (pair[0].is_ascii_digit() || "一二三四五六七八九十".contains(pair[0]))
            && matches!(pair[1], '点' | '日' | '号' | '月' | ':' | '：')
    })
}
