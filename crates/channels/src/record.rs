//! One record of a file or form: a complaint with the name the sender gave it.

use domain::{Channel, Complaint, Timestamp, Vocabulary};
use serde_json::{Map, Value};

use crate::error::RecordError;
use crate::time::parse_time;

/// The names a text column goes by, in order of preference.
pub const TEXT_COLUMNS: [&str; 6] = ["text", "content", "review", "内容", "投诉内容", "留言详情"];

/// Names of the other fields that are understood, with what they fill.
const KNOWN: [(&str, Fill); 25] = [
    ("id", Fill::Id),
    ("编号", Fill::Id),
    ("channel", Fill::Channel),
    ("渠道", Fill::Channel),
    ("received_at", Fill::ReceivedAt),
    ("投诉时间", Fill::ReceivedAt),
    ("product", Fill::Product),
    ("产品", Fill::Product),
    ("batch", Fill::Batch),
    ("批次", Fill::Batch),
    ("site", Fill::Site),
    ("门店", Fill::Site),
    ("team", Fill::Team),
    ("order", Fill::Order),
    ("order_number", Fill::Order),
    ("订单号", Fill::Order),
    ("customer", Fill::Name),
    ("customer_name", Fill::Name),
    ("客户", Fill::Name),
    ("姓名", Fill::Name),
    ("phone", Fill::Phone),
    ("电话", Fill::Phone),
    ("手机号", Fill::Phone),
    ("email", Fill::Email),
    ("邮箱", Fill::Email),
];

/// What a field fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fill {
    Id,
    Channel,
    ReceivedAt,
    Product,
    Batch,
    Site,
    Team,
    Order,
    Name,
    Phone,
    Email,
}

/// Who sent a complaint, as far as the record tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sender {
    /// The name.
    pub name: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
}

impl Fill {
    /// What a field of this name fills, if anything.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        let name = name.trim();
        KNOWN
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, fill)| *fill)
    }
}

/// A value that nobody knows, such as the name of a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownValue {
    /// The field it stands in.
    pub field: String,
    /// What stands there.
    pub words: String,
}

/// One complaint of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The line of the file it begins on, from 1.
    pub line: u64,
    /// Its own name, or its number among the records from 1 (for lines, the line).
    pub id: String,
    /// Whether the name is its own.
    pub named: bool,
    /// The complaint.
    pub complaint: Complaint,
    /// Who sent it.
    pub sender: Sender,
    /// The channel it names when nobody knows that one; the complaint then has the channel of the reading.
    pub unknown_channel: Option<UnknownValue>,
}

impl Record {
    /// A record with nothing but a text.
    pub(crate) fn bare(line: u64, number: u64, text: String, channel: Channel) -> Self {
        Self {
            line,
            id: number.to_string(),
            named: false,
            complaint: Complaint::new(text, channel),
            sender: Sender::default(),
            unknown_channel: None,
        }
    }

    /// Fills in a field; a channel nobody knows is only noted, since files call them as they like.
    pub(crate) fn fill(&mut self, name: &str, fill: Fill, words: &str) -> Result<(), RecordError> {
        let words = words.trim();
        if words.is_empty() {
            return Ok(());
        }
        let matter = &mut self.complaint.matter;
        match fill {
            Fill::Id => {
                self.id = words.to_owned();
                self.named = true;
            }
            Fill::Channel => match channel_of(words) {
                Some(channel) => self.complaint.channel = channel,
                None => {
                    let (field, words) = (name.to_owned(), words.to_owned());
                    self.unknown_channel = Some(UnknownValue { field, words });
                }
            },
            Fill::ReceivedAt => self.complaint.received_at = Some(self.time_of(name, words)?),
            Fill::Product => matter.product = Some(words.to_owned()),
            Fill::Batch => matter.batch = Some(words.to_owned()),
            Fill::Site => matter.site = Some(words.to_owned()),
            Fill::Team => matter.team = Some(words.to_owned()),
            Fill::Order => matter.order = Some(words.to_owned()),
            Fill::Name => self.sender.name = Some(words.to_owned()),
            Fill::Phone => self.sender.phone = Some(words.to_owned()),
            Fill::Email => self.sender.email = Some(words.to_owned()),
        }
        Ok(())
    }

    fn time_of(&self, name: &str, words: &str) -> Result<Timestamp, RecordError> {
        parse_time(words).ok_or_else(|| {
            let reason =
                format!("{words:?} is no existing time: write 2026-11-22T09:00:00+08:00 or 2026-11-22 09:00");
            RecordError::new(self.line, Some(name), reason)
        })
    }
}

/// The channel meant by a word, or by a longer name that holds one, such as 酒店点评.
fn channel_of(words: &str) -> Option<Channel> {
    let holds = |channel: &Channel| {
        let entry = channel.entry();
        [entry.zh]
            .iter()
            .chain(entry.aliases)
            .any(|name| words.contains(name))
    };
    Channel::from_word(words).or_else(|| Channel::ALL.iter().copied().find(holds))
}

/// The record of a JSON object: a line of JSONL, or the post of a web form. `column` names the field of the text;
/// without it the known names are tried, then the customer's turns of a conversation.
///
/// # Errors
/// Names the field that is missing or of the wrong kind.
pub fn record_from_json(
    object: &Map<String, Value>,
    column: Option<&str>,
    line: u64,
    number: u64,
    channel: Channel,
) -> Result<Record, RecordError> {
    let text = text_of(object, column, line)?;
    let mut record = Record::bare(line, number, text, channel);
    for (name, value) in object {
        if let Some(fill) = Fill::of_name(name) {
            match value {
                Value::Null => {}
                Value::String(words) => record.fill(name, fill, words)?,
                Value::Number(number) => record.fill(name, fill, &number.to_string())?,
                _ => return Err(RecordError::new(line, Some(name), "must be a string or a number")),
            }
        }
    }
    Ok(record)
}

fn text_of(object: &Map<String, Value>, column: Option<&str>, line: u64) -> Result<String, RecordError> {
    let named = match column {
        Some(column) => object.get_key_value(column),
        None => TEXT_COLUMNS.iter().find_map(|name| object.get_key_value(*name)),
    };
    match named {
        Some((_, Value::String(text))) => Ok(text.clone()),
        Some((_, Value::Null)) => Ok(String::new()),
        Some((name, _)) => Err(RecordError::new(line, Some(name), "must be a string")),
        None => match (column, turns_of(object)) {
            (None, Some(words)) => Ok(words),
            (Some(column), _) => Err(RecordError::new(
                line,
                Some(column),
                "is missing: every record needs it",
            )),
            (None, None) => {
                let reason = "is missing: give the text in it, or name its field with --column";
                Err(RecordError::new(line, Some("text"), reason))
            }
        },
    }
}

/// What the customer said in a conversation.
fn turns_of(object: &Map<String, Value>) -> Option<String> {
    let turns = object.get("turns")?.as_array()?;
    let said = turns
        .iter()
        .filter(|turn| turn.get("role").and_then(Value::as_str) == Some("customer"));
    let words: Vec<&str> = said.filter_map(|turn| turn.get("text")?.as_str()).collect();
    Some(words.join("\n"))
}
