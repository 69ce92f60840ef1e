//! Edits of single places of a document: the rest of the text, comments included, stays as it is.

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value};
use wire::settings::{DocumentEdit, OptionEdit};

use crate::AppError;

/// The text after the edits.
///
/// # Errors
/// Names the edit that finds no place in the document.
pub(crate) fn apply_edits(text: &str, edits: &[DocumentEdit]) -> Result<String, AppError> {
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        AppError::field(
            "text",
            format!("文件读不出来：{error}"),
            format!("cannot be read: {error}"),
        )
    })?;
    for (number, edit) in edits.iter().enumerate() {
        let missing = || {
            AppError::field(
                &format!("edits[{number}]"),
                "这个文件里没有要改的地方，请核对文件名与键",
                "the document has no such place; check its name and the key",
            )
        };
        apply(&mut document, edit).ok_or_else(missing)?;
    }
    Ok(document.to_string())
}

fn apply(document: &mut DocumentMut, edit: &DocumentEdit) -> Option<()> {
    match edit {
        DocumentEdit::Words { rule, words } => {
            let list = words_of(document, rule)?;
            *list = Item::Value(Value::Array(words.iter().map(String::as_str).collect()));
        }
        DocumentEdit::Guarantee {
            subject,
            severity,
            options,
        } => {
            let row = rows_of(document, "guarantee")?.find(|row| {
                is_text(row, "subject", domain::Vocabulary::key(subject.0))
                    && row.get("severity").and_then(Item::as_integer) == Some(i64::from(*severity))
            })?;
            row.insert("options", options_of(options));
        }
        DocumentEdit::Loyalty { loyalty, options } => {
            let key = domain::Vocabulary::key(loyalty.0);
            let known = rows_of(document, "loyalty")?.find(|row| is_text(row, "loyalty", key));
            match known {
                Some(row) => {
                    row.insert("options", options_of(options));
                }
                None => add_loyalty(document, key, options)?,
            }
        }
        DocumentEdit::Authority { role, yuan } => {
            let table = document.get_mut("authority")?.as_table_mut()?;
            set_number(table, domain::Vocabulary::key(role.0), *yuan);
        }
        DocumentEdit::Doubt {
            no_haggling_below,
            investigate_above,
        } => {
            let table = document.get_mut("doubt")?.as_table_mut()?;
            set_number(table, "no_haggling_below", *no_haggling_below);
            set_number(table, "investigate_above", *investigate_above);
        }
    }
    Some(())
}

/// The words of a rule, or of a list of its own.
fn words_of<'d>(document: &'d mut DocumentMut, rule: &str) -> Option<&'d mut Item> {
    let is_rule = rows_of(document, "rule")?.any(|row| is_text(row, "key", rule));
    if is_rule {
        let row = rows_of(document, "rule")?.find(|row| is_text(row, "key", rule))?;
        return row.get_mut("words");
    }
    document.get_mut(rule)?.as_table_mut()?.get_mut("words")
}

fn rows_of<'d>(document: &'d mut DocumentMut, name: &str) -> Option<impl Iterator<Item = &'d mut Table>> {
    Some(document.get_mut(name)?.as_array_of_tables_mut()?.iter_mut())
}

fn is_text(row: &Table, field: &str, wanted: &str) -> bool {
    row.get(field).and_then(Item::as_str) == Some(wanted)
}

/// A number changes its value and keeps the comment behind it.
fn set_number(table: &mut Table, key: &str, number: u32) {
    let mut value = Value::from(i64::from(number));
    if let Some(before) = table.get(key).and_then(Item::as_value) {
        *value.decor_mut() = before.decor().clone();
    }
    table.insert(key, Item::Value(value));
}

fn add_loyalty(document: &mut DocumentMut, key: &str, options: &[OptionEdit]) -> Option<()> {
    let mut row = Table::new();
    row.insert("loyalty", toml_edit::value(key));
    row.insert("options", options_of(options));
    document.get_mut("loyalty")?.as_array_of_tables_mut()?.push(row);
    Some(())
}

/// One remedy a line, as the seed file has them.
fn options_of(options: &[OptionEdit]) -> Item {
    let mut rows = Array::new();
    for option in options {
        let mut row = Value::InlineTable(option_of(option));
        row.decor_mut().set_prefix("\n  ");
        rows.push_formatted(row);
    }
    rows.set_trailing("\n");
    rows.set_trailing_comma(true);
    Item::Value(Value::Array(rows))
}

fn option_of(option: &OptionEdit) -> InlineTable {
    let mut row = InlineTable::new();
    row.insert("remedy", domain::Vocabulary::key(option.remedy.0).into());
    for (key, range) in [("percent", option.percent), ("yuan", option.yuan)] {
        if let Some(range) = range {
            let pair: Array = range.into_iter().map(i64::from).collect();
            row.insert(key, Value::Array(pair));
        }
    }
    if option.asked {
        row.insert("asked", true.into());
    }
    row
}

#[cfg(test)]
mod tests {
    use domain::{Loyalty, Remedy, Role, Subject};
    use wire::key::Key;

    use super::*;
    use crate::settings::documents::{OwnTexts, build, seed};

    fn edited(name: &str, edit: DocumentEdit) -> String {
        let text = apply_edits(seed(name).expect("a seed"), &[edit]).expect("a place");
        let own = OwnTexts::from([(name.to_owned(), text.clone())]);
        build(&own).expect("it can still be read");
        text
    }

    fn option(remedy: Remedy, percent: [u32; 2]) -> OptionEdit {
        OptionEdit {
            remedy: Key(remedy),
            percent: Some(percent),
            yuan: None,
            asked: false,
        }
    }

    #[test]
    fn only_the_place_changes_and_comments_stay() {
        let (name, before) = ("guarantee.toml", seed("guarantee.toml").expect("a seed"));
        let text = edited(
            name,
            DocumentEdit::Guarantee {
                subject: Key(Subject::Product),
                severity: 1,
                options: vec![option(Remedy::Refund, [100, 100])],
            },
        );
        assert!(text.contains("# The service guarantee"), "{text}");
        let changed = before.lines().filter(|line| !text.contains(*line)).count();
        assert!(changed <= 4, "{changed} lines are gone");
        assert!(
            text.contains("  { remedy = \"refund\", percent = [100, 100] },\n]"),
            "{text}"
        );
        let text = edited(
            name,
            DocumentEdit::Authority {
                role: Key(Role::Agent),
                yuan: 300,
            },
        );
        assert!(
            text.contains("agent = 300\n") && text.contains("specialist = 2000\n"),
            "{text}"
        );
        let text = edited(
            name,
            DocumentEdit::Loyalty {
                loyalty: Key(Loyalty::New),
                options: vec![option(Remedy::Coupon, [1, 2])],
            },
        );
        assert!(text.contains("loyalty = \"new\""), "{text}");
    }

    #[test]
    fn words_of_rules_and_of_lists_are_replaced() {
        let words = |rule: &str| DocumentEdit::Words {
            rule: rule.to_owned(),
            words: vec!["您自己看着办".to_owned()],
        };
        assert!(edited("taboo.toml", words("taboo")).contains("words = [\"您自己看着办\"]"));
        edited("taboo.toml", words("feeling"));
        let missing = apply_edits(seed("taboo.toml").expect("a seed"), &[words("nothing")]);
        assert!(missing.is_err());
    }
}
