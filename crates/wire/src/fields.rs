//! Reads a JSON object field by field and collects every error, so that one answer names all of them.

use domain::{Bilingual, Currency, Money, Timestamp, Vocabulary};
use serde_json::{Map, Value};

use crate::{key::unknown_key, limits, time};

/// One field at fault, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The path of the field; empty for the whole body.
    pub field: String,
    /// What is wrong and what is allowed.
    pub message: Bilingual,
}

impl FieldError {
    /// An error of one field.
    pub fn new(field: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            message: Bilingual::new(zh, en),
        }
    }
}

/// The fields of one JSON object under a path, with the errors met so far.
#[derive(Debug)]
pub struct Fields<'v> {
    object: Option<&'v Map<String, Value>>,
    path: String,
    known: Vec<&'static str>,
    errors: Vec<FieldError>,
}

/// A whole number as JSON has it: `3` and `3.0` are the same one.
fn whole(value: &Value) -> Option<u64> {
    /// Above this not every whole number can be told from its neighbors.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let told = || {
        value
            .as_f64()
            .filter(|told| told.fract() == 0.0 && (0.0..EXACT).contains(told))
    };
    value.as_u64().or_else(|| told().map(|told| told as u64))
}

impl<'v> Fields<'v> {
    /// The fields of a request body.
    pub fn of(body: &'v Value) -> Self {
        Self::under(body, String::new())
    }

    fn under(value: &'v Value, path: String) -> Self {
        let object = value.as_object();
        let mut fields = Self {
            object,
            path,
            known: Vec::new(),
            errors: Vec::new(),
        };
        if object.is_none() {
            let path = fields.path.clone();
            fields.errors.push(FieldError::new(
                path,
                "应是一个 JSON 对象",
                "must be a JSON object",
            ));
        }
        fields
    }

    fn path_of(&self, name: &str) -> String {
        match self.path.as_str() {
            "" => name.to_owned(),
            path => format!("{path}.{name}"),
        }
    }

    /// Notes an error of one field.
    pub fn refuse(&mut self, name: &str, zh: impl Into<String>, en: impl Into<String>) {
        let path = self.path_of(name);
        self.errors.push(FieldError::new(path, zh, en));
    }

    fn missing(&mut self, name: &str) {
        if self.object.is_some() {
            self.refuse(name, "必填", "is required");
        }
    }

    /// The value of a field when it is there and not null.
    pub fn value(&mut self, name: &'static str) -> Option<&'v Value> {
        self.known.push(name);
        self.object?.get(name).filter(|value| !value.is_null())
    }

    /// Whether the field is there, null included.
    pub fn has(&self, name: &str) -> bool {
        self.object.is_some_and(|object| object.contains_key(name))
    }

    /// Refuses when the field is not there; for lists, which may be empty but not forgotten.
    pub fn require(&mut self, name: &str) {
        let given = self.object.and_then(|object| object.get(name));
        if given.is_none_or(Value::is_null) {
            self.missing(name);
        }
    }

    fn string(&mut self, name: &'static str, most_chars: usize) -> Option<&'v str> {
        let value = self.value(name)?;
        let Some(text) = value.as_str() else {
            self.refuse(name, "应是文本", "must be a string");
            return None;
        };
        if text.contains('\0') {
            self.refuse(
                name,
                "含有空字符（NUL），请删去",
                "contains a NUL character; remove it",
            );
            return None;
        }
        if text.chars().count() > most_chars {
            self.refuse(
                name,
                format!("超过 {most_chars} 字"),
                format!("is longer than {most_chars} characters"),
            );
            return None;
        }
        Some(text)
    }

    /// A text that must be there and hold more than blanks.
    pub fn text(&mut self, name: &'static str, most_chars: usize) -> String {
        let errors = self.errors.len();
        let text = self
            .string(name, most_chars)
            .filter(|text| !text.trim().is_empty());
        if text.is_none() && self.errors.len() == errors {
            self.missing(name);
        }
        text.unwrap_or_default().to_owned()
    }

    /// A short text that must be there.
    pub fn short(&mut self, name: &'static str) -> String {
        self.text(name, limits::SHORT_CHARS)
    }

    /// A text as it is, blanks included, that must be there.
    pub fn raw_text(&mut self, name: &'static str, most_chars: usize) -> String {
        let errors = self.errors.len();
        let text = self.string(name, most_chars);
        if text.is_none() && self.errors.len() == errors {
            self.missing(name);
        }
        text.unwrap_or_default().to_owned()
    }

    /// A text that may be left out; blanks count as left out.
    pub fn optional_text(&mut self, name: &'static str, most_chars: usize) -> Option<String> {
        let text = self.string(name, most_chars)?;
        (!text.trim().is_empty()).then(|| text.to_owned())
    }

    /// A text that may be left out, or be empty to take away what stood there.
    pub fn clearable_text(&mut self, name: &'static str, most_chars: usize) -> Option<String> {
        let text = self.string(name, most_chars)?;
        Some(text.trim().to_owned())
    }

    /// A short text that may be left out.
    pub fn optional_short(&mut self, name: &'static str) -> Option<String> {
        self.optional_text(name, limits::SHORT_CHARS)
    }

    fn key_in<V: Vocabulary>(&mut self, name: &str, value: &Value) -> Option<V> {
        let key = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let found = V::from_key(&key);
        if found.is_none() {
            let Bilingual { zh, en } = unknown_key::<V>(&key);
            self.refuse(name, zh, en);
        }
        found
    }

    /// A vocabulary value that may be left out; numbers stand for numeric keys.
    pub fn optional_key<V: Vocabulary>(&mut self, name: &'static str) -> Option<V> {
        let value = self.value(name)?;
        self.key_in(name, value)
    }

    /// A vocabulary value that must be there.
    pub fn key<V: Vocabulary>(&mut self, name: &'static str) -> Option<V> {
        match self.value(name) {
            Some(value) => self.key_in(name, value),
            None => {
                self.missing(name);
                None
            }
        }
    }

    fn list(&mut self, name: &'static str, most: usize) -> &'v [Value] {
        match self.value(name) {
            None => &[],
            Some(Value::Array(items)) if items.len() <= most => items,
            Some(Value::Array(_)) => {
                self.refuse(
                    name,
                    format!("最多 {most} 项"),
                    format!("holds more than {most} entries"),
                );
                &[]
            }
            Some(_) => {
                self.refuse(name, "应是列表", "must be a list");
                &[]
            }
        }
    }

    /// A list of vocabulary values; what stands twice counts once.
    pub fn keys<V: Vocabulary>(&mut self, name: &'static str) -> Vec<V> {
        let mut values: Vec<V> = Vec::new();
        for (index, item) in self.list(name, limits::KEYS_TOLD).iter().enumerate() {
            let value = self.key_in::<V>(&format!("{name}[{index}]"), item);
            values.extend(value.filter(|value| !values.contains(value)));
        }
        values
    }

    /// Texts of a list, at least one, at most `most`.
    pub fn texts(&mut self, name: &'static str, most: usize) -> Vec<String> {
        let mut texts = Vec::new();
        for (index, item) in self.list(name, most).iter().enumerate() {
            match item.as_str() {
                Some(text) if text.contains('\0') => {
                    let path = format!("{name}[{index}]");
                    self.refuse(
                        &path,
                        "含有空字符（NUL），请删去",
                        "contains a NUL character; remove it",
                    );
                }
                Some(text) => texts.push(text.to_owned()),
                None => self.refuse(&format!("{name}[{index}]"), "应是文本", "must be a string"),
            }
        }
        texts
    }

    /// Objects of a list, each read by `read`.
    pub fn objects<T>(&mut self, name: &'static str, read: impl Fn(&mut Fields<'v>) -> Option<T>) -> Vec<T> {
        self.many_objects(name, limits::LIST_ENTRIES, read)
    }

    /// Objects of a list of at most `most`, each read by `read`.
    pub fn many_objects<T>(
        &mut self,
        name: &'static str,
        most: usize,
        read: impl Fn(&mut Fields<'v>) -> Option<T>,
    ) -> Vec<T> {
        let items = self.list(name, most);
        let entries = items.iter().enumerate();
        entries
            .filter_map(|(index, item)| self.read_under(&format!("{name}[{index}]"), item, &read))
            .collect()
    }

    /// An object that may be left out, read by `read`.
    pub fn object<T>(
        &mut self,
        name: &'static str,
        read: impl Fn(&mut Fields<'v>) -> Option<T>,
    ) -> Option<T> {
        let value = self.value(name)?;
        self.read_under(name, value, &read)
    }

    fn read_under<T>(
        &mut self,
        name: &str,
        value: &'v Value,
        read: &impl Fn(&mut Fields<'v>) -> Option<T>,
    ) -> Option<T> {
        let mut inner = Fields::under(value, self.path_of(name));
        let result = inner.object.is_some().then(|| read(&mut inner)).flatten();
        inner.refuse_unknown();
        self.errors.append(&mut inner.errors);
        result
    }

    /// A yes or no that may be left out.
    pub fn optional_flag(&mut self, name: &'static str) -> Option<bool> {
        let flag = self.value(name)?.as_bool();
        if flag.is_none() {
            self.refuse(name, "应为 true 或 false", "must be true or false");
        }
        flag
    }

    /// A yes or no that must be there.
    pub fn flag(&mut self, name: &'static str) -> bool {
        let errors = self.errors.len();
        let flag = self.optional_flag(name);
        if flag.is_none() && self.errors.len() == errors {
            self.missing(name);
        }
        flag.unwrap_or_default()
    }

    /// A whole number within limits that may be left out.
    pub fn optional_number(&mut self, name: &'static str, least: u64, most: u64) -> Option<u64> {
        let number = whole(self.value(name)?).filter(|number| (least..=most).contains(number));
        if number.is_none() {
            self.refuse(
                name,
                format!("应是 {least}–{most} 的整数"),
                format!("must be a whole number from {least} to {most}"),
            );
        }
        number
    }

    /// A whole number within limits that must be there.
    pub fn number(&mut self, name: &'static str, least: u64, most: u64) -> Option<u64> {
        let errors = self.errors.len();
        let number = self.optional_number(name, least, most);
        if number.is_none() && self.errors.len() == errors {
            self.missing(name);
        }
        number
    }

    /// A time as RFC 3339 that may be left out.
    pub fn optional_time(&mut self, name: &'static str) -> Option<Timestamp> {
        let value = self.value(name)?;
        let at = value.as_str().and_then(time::parse_rfc3339);
        if at.is_none() {
            self.refuse(
                name,
                "应是带时区的 RFC 3339 时间，如 2026-11-22T09:00:00+08:00",
                "must be an RFC 3339 time with offset, such as 2026-11-22T09:00:00+08:00",
            );
        }
        at
    }

    /// An amount of renminbi that may be left out: a decimal string such as `50.00`, or a whole number.
    pub fn optional_money(&mut self, name: &'static str) -> Option<Money> {
        let value = self.value(name)?;
        let decimal = value
            .as_str()
            .map(str::to_owned)
            .or_else(|| value.as_u64().map(|n| n.to_string()));
        let money = decimal.and_then(|decimal| Money::parse_decimal(&decimal, Currency::CNY));
        let money = money.filter(|money| money.minor >= 0);
        if money.is_none() {
            self.refuse(
                name,
                "应是不带符号、最多两位小数的金额，如 \"50.00\"",
                "must be an unsigned amount with at most two decimals, such as \"50.00\"",
            );
        }
        money
    }

    /// A currency by its three letters that may be left out.
    pub fn optional_currency(&mut self, name: &'static str) -> Option<Currency> {
        let value = self.value(name)?;
        let currency = value.as_str().and_then(Currency::from_code);
        if currency.is_none() {
            self.refuse(
                name,
                "应是三个大写字母的货币代码，如 \"CNY\"、\"USD\"",
                "must be a currency of three capital letters, such as \"CNY\" or \"USD\"",
            );
        }
        currency
    }

    fn refuse_unknown(&mut self) {
        let Some(object) = self.object else { return };
        let unknown: Vec<&String> = object
            .keys()
            .filter(|key| !self.known.contains(&key.as_str()))
            .collect();
        let known = self.known.join(", ");
        for key in unknown {
            self.refuse(
                key,
                format!("没有这个字段；可用：{known}"),
                format!("there is no such field; known: {known}"),
            );
        }
    }

    /// The request, or every error met. `request` is nothing only when an error was noted.
    pub fn finish<T>(mut self, request: Option<T>) -> Result<T, Vec<FieldError>> {
        self.refuse_unknown();
        match request {
            Some(request) if self.errors.is_empty() => Ok(request),
            _ => Err(self.errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn whole_numbers_may_have_a_point_and_values_may_stand_twice() {
        let body = json!({"a": 3.0, "b": 3.5, "c": ["product", "service", "product"]});
        let mut fields = Fields::of(&body);
        assert_eq!(fields.number("a", 0, 9), Some(3));
        assert_eq!(fields.number("b", 0, 9), None);
        assert_eq!(
            fields.keys::<domain::Subject>("c"),
            [domain::Subject::Product, domain::Subject::Service]
        );
    }

    #[test]
    fn all_errors_at_once_with_their_paths() {
        let body = json!({"channel": "fax", "at": "soon", "offers": [{"amount": "-1"}], "colour": 1});
        let mut fields = Fields::of(&body);
        fields.text("text", 10);
        let channel = fields.key::<domain::Channel>("channel");
        fields.optional_time("at");
        fields.objects("offers", |offer| offer.optional_money("amount"));
        let errors = fields.finish(channel).unwrap_err();
        let paths: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(paths, ["text", "channel", "at", "offers[0].amount", "colour"]);
        assert!(errors[1].message.en.contains("web_form"));
    }

    #[test]
    fn a_body_that_is_no_object_and_a_nul_are_named() {
        let body = json!([1]);
        assert_eq!(Fields::of(&body).finish(Some(())).unwrap_err().len(), 1);
        let body = json!({"text": "a\0b"});
        let mut fields = Fields::of(&body);
        fields.text("text", 10);
        let errors = fields.finish(Some(())).unwrap_err();
        assert!(errors[0].message.en.contains("NUL"));
    }
}
