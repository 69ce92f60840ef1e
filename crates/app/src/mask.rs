//! Personal data covered in everything that leaves the desk; every cover keeps the number of code points, so that
//! spans stay true.

use domain::{
    Analysis, Attachment, Because, Bilingual, Case, Closure, Customer, Deadline, DeadlineKind, Derived,
    Event, EventKind, Evidence, Evidenced, Finding, Message, Notice, Promise, Proposal, Quote, Statement,
    TimeRequest, Verdict,
};

const COVER: char = '＊';

/// Covers personal data, and the particulars of one customer wherever they stand.
#[derive(Clone, Debug, Default)]
pub(crate) struct Masker {
    secrets: Vec<String>,
    everything: bool,
}

impl Masker {
    /// A masker that knows what is personal about this customer.
    pub(crate) fn of(customer: Option<&Customer>) -> Self {
        let Some(customer) = customer else {
            return Self::default();
        };
        let contacts = [&customer.phone, &customer.email].into_iter().flatten();
        Self::of_name(&customer.name).with(contacts)
    }

    /// The masker that knows these as well.
    pub(crate) fn with<'s>(mut self, more: impl IntoIterator<Item = &'s String>) -> Self {
        let more = more.into_iter().filter(|secret| is_secret(secret));
        self.secrets.extend(more.cloned());
        self
    }

    /// A masker that knows a customer's name, which may stand in a text with or without the form of address.
    pub(crate) fn of_name(name: &str) -> Self {
        let bare = TITLES
            .iter()
            .find_map(|title| name.strip_suffix(title))
            .unwrap_or(name);
        let names = if bare == name {
            vec![name]
        } else {
            vec![name, bare]
        };
        let secrets = names
            .into_iter()
            .filter(|secret| is_secret(secret))
            .map(str::to_owned);
        Self {
            secrets: secrets.collect(),
            everything: false,
        }
    }

    /// A masker that leaves no word, for what is erased; blanks stay, and so does the length.
    pub(crate) fn of_everything() -> Self {
        Self {
            secrets: Vec::new(),
            everything: true,
        }
    }

    /// The text with personal data covered.
    pub(crate) fn text(&self, text: &str) -> String {
        if self.everything {
            return text
                .chars()
                .map(|c| if c.is_whitespace() { c } else { COVER })
                .collect();
        }
        self.cover_known(text, text::mask(text))
    }

    /// The words with only what is known of the customer covered.
    pub(crate) fn known(&self, words: &str) -> String {
        self.cover_known(words, words.to_owned())
    }

    /// Covers what is known of the customer in `shown`, which is as long as `text`: the places are those of the text, for
    /// what was covered in part is found no more.
    fn cover_known(&self, text: &str, shown: String) -> String {
        let mut covered: Option<Vec<char>> = None;
        for secret in &self.secrets {
            let length = secret.chars().count();
            for (at, _) in text.match_indices(secret.as_str()) {
                let chars = covered.get_or_insert_with(|| shown.chars().collect());
                let start = text[..at].chars().count();
                chars.iter_mut().skip(start).take(length).for_each(|c| *c = COVER);
            }
        }
        covered.map_or(shown, |chars| chars.into_iter().collect())
    }

    /// Reasons quote the text.
    fn reason(&self, reason: &Bilingual) -> Bilingual {
        Bilingual {
            zh: self.text(&reason.zh),
            en: self.text(&reason.en),
        }
    }

    fn reasons(&self, reasons: &[Bilingual]) -> Vec<Bilingual> {
        reasons.iter().map(|reason| self.reason(reason)).collect()
    }

    fn optional(&self, text: &Option<String>) -> Option<String> {
        text.as_ref().map(|text| self.text(text))
    }

    /// The case with personal data covered.
    pub(crate) fn case(&self, case: &Case) -> Case {
        let shown = self.text(&case.text);
        Case {
            title: self.text(&case.title),
            severity_because: self.reasons(&case.severity_because),
            analysis: self.analysis(&case.analysis, &shown),
            promises: case
                .promises
                .iter()
                .map(|promise| self.promise(promise, Some(&shown)))
                .collect(),
            deadlines: case
                .deadlines
                .iter()
                .map(|deadline| self.deadline(deadline))
                .collect(),
            core_position: self.optional(&case.core_position),
            proposal: case.proposal.as_ref().map(|proposal| self.proposal(proposal)),
            messages: case
                .messages
                .iter()
                .map(|message| self.message(message))
                .collect(),
            closure: case.closure.as_ref().map(|closure| self.closure(closure)),
            verdict: case.verdict.as_ref().map(|verdict| self.verdict(verdict)),
            time_request: case
                .time_request
                .as_ref()
                .map(|request| self.time_request(request)),
            statement: case.statement.as_ref().map(|statement| self.statement(statement)),
            attachments: case
                .attachments
                .iter()
                .map(|file| self.attachment(file))
                .collect(),
            preventions: case.preventions.iter().map(|action| self.text(action)).collect(),
            text: shown,
            ..case.clone()
        }
    }

    fn analysis(&self, analysis: &Analysis, shown: &str) -> Analysis {
        analysis_covered(analysis, shown, &|words| self.text(words))
    }

    /// The message with personal data covered.
    pub(crate) fn message(&self, message: &Message) -> Message {
        Message {
            text: self.text(&message.text),
            ..message.clone()
        }
    }

    /// The clock of a promise says what was promised; those of rules say nothing of a person.
    fn deadline(&self, deadline: &Deadline) -> Deadline {
        match deadline.kind {
            DeadlineKind::Promise => Deadline {
                because: self.reason(&deadline.because),
                ..deadline.clone()
            },
            _ => deadline.clone(),
        }
    }

    fn promise(&self, promise: &Promise, shown: Option<&str>) -> Promise {
        let quote = promise.quote.as_ref();
        Promise {
            // A promise without a quote was written down by a colleague, whose name is no secret at the desk.
            by: match quote {
                Some(_) => self.text(&promise.by),
                None => promise.by.clone(),
            },
            what: self.text(&promise.what),
            quote: quote.and_then(|quote| mask_quote(quote, shown?)),
            ..promise.clone()
        }
    }

    fn proposal(&self, proposal: &Proposal) -> Proposal {
        Proposal {
            summary: self.text(&proposal.summary),
            ..proposal.clone()
        }
    }

    fn closure(&self, closure: &Closure) -> Closure {
        Closure {
            expected: self.text(&closure.expected),
            received: self.text(&closure.received),
            attempts: self.optional(&closure.attempts),
            ..closure.clone()
        }
    }

    pub(crate) fn verdict(&self, verdict: &Verdict) -> Verdict {
        Verdict {
            expected: self.text(&verdict.expected),
            received: self.text(&verdict.received),
            ..verdict.clone()
        }
    }

    fn notice(&self, notice: &Notice) -> Notice {
        Notice {
            who: self.optional(&notice.who),
            what: self.reason(&notice.what),
            ..notice.clone()
        }
    }

    fn time_request(&self, request: &TimeRequest) -> TimeRequest {
        TimeRequest {
            reason: self.text(&request.reason),
            notice: self.optional(&request.notice),
            ..request.clone()
        }
    }

    fn statement(&self, statement: &Statement) -> Statement {
        Statement {
            text: self.text(&statement.text),
            ..statement.clone()
        }
    }

    fn attachment(&self, attachment: &Attachment) -> Attachment {
        Attachment {
            name: self.text(&attachment.name),
            ..attachment.clone()
        }
    }

    /// The event with personal data covered; `shown` is the covered text of its case.
    pub(crate) fn event(&self, event: &Event, shown: &str) -> Event {
        Event {
            kind: self.kind(&event.kind, shown),
            ..event.clone()
        }
    }

    fn kind(&self, kind: &EventKind, shown: &str) -> EventKind {
        let mut kind = kind.clone();
        match &mut kind {
            EventKind::Received {
                title,
                text,
                analysis,
                ..
            } => {
                *title = self.text(title);
                *text = shown.to_owned();
                **analysis = self.analysis(analysis, shown);
            }
            EventKind::FacetsConfirmed { reason, analysis, .. } => {
                *reason = self.optional(reason);
                **analysis = self.analysis(analysis, shown);
            }
            EventKind::StateChanged { because: words, .. }
            | EventKind::InvestigationStarted { question: words }
            | EventKind::PacksApplied { reason: words, .. }
            | EventKind::TimeDecided { reason: words, .. }
            | EventKind::Approved { reason: words, .. } => *words = self.optional(words),
            EventKind::ValidityVerified { reason: words, .. }
            | EventKind::CorePositionSet { position: words }
            | EventKind::Changed { to: words, .. }
            | EventKind::FollowedUp { note: words, .. }
            | EventKind::Unmasked { reason: words }
            | EventKind::SentBack { reason: words, .. }
            | EventKind::Unmerged { reason: words }
            | EventKind::PreventionTold { action: words }
            | EventKind::Erased { reason: words } => *words = self.text(words),
            EventKind::WarningOverruled { reason, overruled } => {
                *reason = self.text(reason);
                for words in overruled.iter_mut().flatten() {
                    *words = self.text(words);
                }
            }
            EventKind::Proposed { proposal } => *proposal = self.proposal(proposal),
            EventKind::PromiseMade { promise } => *promise = self.promise(promise, Some(shown)),
            EventKind::MessageAdded { message } => *message = self.message(message),
            EventKind::Closed { closure } => *closure = self.closure(closure),
            EventKind::VerdictGiven { verdict } => *verdict = self.verdict(verdict),
            EventKind::Informed { notice } => *notice = self.notice(notice),
            EventKind::TimeRequested { request } => *request = self.time_request(request),
            EventKind::StatementProposed { statement } => *statement = self.statement(statement),
            EventKind::Attached { attachment } => attachment.name = self.text(&attachment.name),
            EventKind::DeadlineSet { deadline } => *deadline = self.deadline(deadline),
            EventKind::Graded { because, .. } => *because = self.reasons(because),
            EventKind::NatureTurned { because, .. } | EventKind::Escalated { because } => {
                *because = self.reason(because);
            }
            EventKind::Assigned { .. }
            | EventKind::RulebookChanged { .. }
            | EventKind::DeadlineMet { .. }
            | EventKind::DeadlineNear { .. }
            | EventKind::DeadlineBreached { .. }
            | EventKind::DeadlineStopped { .. }
            | EventKind::PromiseSettled { .. }
            | EventKind::Merged { .. }
            | EventKind::StatementApproved { .. }
            | EventKind::ParentLinked { .. } => {}
        }
        kind
    }
}

/// Forms of address at the end of a name on file.
pub(crate) const TITLES: [&str; 4] = ["先生", "女士", "小姐", "老师"];

/// A single character stands in too many words to be covered.
fn is_secret(text: &str) -> bool {
    text.chars().count() > 1
}

/// Whether nothing is left of a text but covers.
pub(crate) fn is_covered(text: &str) -> bool {
    text.chars().all(|c| c == COVER || c.is_whitespace())
}

fn cover(text: &str) -> String {
    text.chars().map(|_| COVER).collect()
}

/// Words of a caller as an error may repeat them, with personal data covered.
pub fn mask_words(words: &str) -> String {
    text::mask(words)
}

/// The customer with name (but for the first character), telephone and e-mail covered.
pub(crate) fn mask_customer(customer: &Customer) -> Customer {
    Customer {
        name: mask_name(&customer.name),
        phone: customer.phone.as_deref().map(mask_phone),
        email: customer.email.as_deref().map(cover),
        ..customer.clone()
    }
}

/// A name of which only the first character is shown.
pub(crate) fn mask_name(name: &str) -> String {
    name.chars()
        .enumerate()
        .map(|(index, c)| if index == 0 { c } else { COVER })
        .collect()
}

/// A telephone number of which only the last two digits are shown, enough to tell two apart on the telephone.
fn mask_phone(phone: &str) -> String {
    let length = phone.chars().count();
    phone
        .chars()
        .enumerate()
        .map(|(index, c)| if index + 2 < length { COVER } else { c })
        .collect()
}

fn mask_quote(quote: &Quote, shown: &str) -> Option<Quote> {
    Quote::of(shown, quote.span())
}

fn mask_quotes(quotes: &[Quote], shown: &str) -> Vec<Quote> {
    quotes
        .iter()
        .filter_map(|quote| mask_quote(quote, shown))
        .collect()
}

fn mask_finding<V: Evidenced>(finding: &Finding<V>, shown: &str) -> Finding<V> {
    let (value, quotes) = (finding.value(), mask_quotes(finding.quotes(), shown));
    if finding.tier() == domain::Tier::Person {
        return Finding::by_person(value, quotes);
    }
    let found =
        Evidence::of(quotes).map(|evidence| Finding::found(value, finding.p(), evidence, finding.tier()));
    found
        .or_else(|| Finding::absent(value, finding.p(), finding.tier()))
        .unwrap_or_else(|| Finding::by_person(value, Vec::new()))
}

fn mask_findings<V: Evidenced>(findings: &[Finding<V>], shown: &str) -> Vec<Finding<V>> {
    findings
        .iter()
        .map(|finding| mask_finding(finding, shown))
        .collect()
}

fn mask_derived<V: Copy>(derived: &Derived<V>, shown: &str, cover: &dyn Fn(&str) -> String) -> Derived<V> {
    let because = derived.because.iter().filter_map(|because| match because {
        Because::Quote(quote) => mask_quote(quote, shown).map(Because::Quote),
        Because::Person(reason) => Some(Because::Person(cover(reason))),
        other => Some(other.clone()),
    });
    Derived {
        value: derived.value,
        p: derived.p,
        tier: derived.tier,
        because: because.collect(),
    }
}

/// The analysis with every quote taken from the text as shown.
pub fn mask_analysis(analysis: &Analysis, shown: &str) -> Analysis {
    analysis_covered(analysis, shown, &text::mask)
}

/// As [`mask_analysis`], with words that are no quotes covered by `cover`.
fn analysis_covered(analysis: &Analysis, shown: &str, cover: &dyn Fn(&str) -> String) -> Analysis {
    let mut masked = analysis.clone();
    masked.complaint = mask_finding(&analysis.complaint, shown);
    masked.psychology.primary = mask_finding(&analysis.psychology.primary, shown);
    masked.motives = mask_findings(&analysis.motives, shown);
    masked.emotion.stage = mask_finding(&analysis.emotion.stage, shown);
    masked.subjects = mask_findings(&analysis.subjects, shown);
    masked.nature = mask_finding(&analysis.nature, shown);
    masked.stance = mask_derived(&analysis.stance, shown, cover);
    masked.anger_type = mask_derived(&analysis.anger_type, shown, cover);
    masked.behavior = mask_derived(&analysis.behavior, shown, cover);
    masked.causes = mask_findings(&analysis.causes, shown);
    masked.risks = mask_findings(&analysis.risks, shown);
    masked.temperament = mask_derived(&analysis.temperament, shown, cover);
    let expectation = &mut masked.expectation;
    expectation.expected = expectation
        .expected
        .as_ref()
        .and_then(|quote| mask_quote(quote, shown));
    expectation.received = expectation
        .received
        .as_ref()
        .and_then(|quote| mask_quote(quote, shown));
    expectation.outcome = mask_finding(&analysis.expectation.outcome, shown);
    expectation.promises.retain_mut(|promise| {
        let quote = mask_quote(&promise.quote, shown);
        let kept = quote.is_some();
        promise.quote = quote.unwrap_or_else(|| promise.quote.clone());
        promise.by = cover(&promise.by);
        promise.until = cover(&promise.until);
        kept
    });
    masked
        .entities
        .retain_mut(|entity| match mask_quote(&entity.quote, shown) {
            Some(quote) => {
                let covered = quote != entity.quote;
                entity.quote = quote;
                if covered || entity.kind.is_personal() {
                    entity.value = None;
                    entity.nuance = domain::Nuance::default();
                }
                true
            }
            None => false,
        });
    masked
}

#[cfg(test)]
mod tests {
    use domain::{CustomerId, Loyalty, Timestamp};

    use super::*;

    fn customer() -> Customer {
        Customer {
            id: CustomerId::from("c1"),
            name: "欧阳小明".to_owned(),
            phone: Some("13900001234".to_owned()),
            email: None,
            loyalty: Loyalty::Regular,
            since: Timestamp(0),
            demo: false,
        }
    }

    #[test]
    fn what_is_known_of_the_customer_is_covered_in_full_length() {
        let masked = Masker::of(Some(&customer())).text("欧阳小明说 13900001234 打不通");
        assert_eq!(masked, "＊＊＊＊说 ＊＊＊＊＊＊＊＊＊＊＊ 打不通");
        assert_eq!(
            Masker::of_name("欧阳小明先生").text("欧阳小明先生，就是欧阳小明"),
            "＊＊＊＊＊＊，就是＊＊＊＊"
        );
    }

    #[test]
    fn what_is_known_is_covered_whole_where_a_reading_covers_a_part() {
        let phone = "13900001234-分机8";
        let customer = Customer {
            phone: Some(phone.to_owned()),
            ..customer()
        };
        let text = format!("请打{phone}，谢谢");
        assert_eq!(
            Masker::of(Some(&customer)).text(&text),
            format!("请打{}，谢谢", cover(phone))
        );
    }

    #[test]
    fn what_is_erased_leaves_no_word_of_a_promise_or_a_reason() {
        let kind = EventKind::DeadlineSet {
            deadline: Deadline {
                kind: DeadlineKind::Promise,
                policy: "house".into(),
                started_at: Timestamp(0),
                near_at: Timestamp(0),
                due_at: Timestamp(0),
                state: domain::DeadlineState::Running,
                because: Bilingual::new("已向客户承诺“他说”好”再办”", "“a said “b” c” was promised"),
                extensions: 0,
                days_out: 0,
                paused_at: None,
            },
        };
        let EventKind::DeadlineSet { deadline } = Masker::of_everything().kind(&kind, "") else {
            panic!("it stays what it is");
        };
        assert!(is_covered(&deadline.because.zh) && is_covered(&deadline.because.en));
        let derived = Derived {
            value: domain::Stance::Reason,
            p: 1.0,
            tier: domain::Tier::Person,
            because: vec![Because::Person("赵铁柱自己说的".into())],
        };
        let covered = mask_derived(&derived, "", &|words| Masker::of_everything().text(words));
        assert_eq!(covered.because, [Because::Person("＊＊＊＊＊＊＊".into())]);
    }

    #[test]
    fn cards_show_the_first_character_and_the_last_digits() {
        let masked = mask_customer(&customer());
        assert_eq!(masked.name, "欧＊＊＊");
        assert_eq!(masked.phone.as_deref(), Some("＊＊＊＊＊＊＊＊＊34"));
    }
}
