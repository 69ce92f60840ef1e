//! Rules of inspection as 阿里云 SCA writes them: operators in conditions, joined by `lambda`. What cannot be carried over
//! is refused rule by rule.

use domain::{Bilingual, Condition, Expression, Mode, Operator, QualityRule, Range, Speaker};
use serde_json::{Map, Value};

use crate::error::RecordError;

/// Points of a rule that names none.
const POINTS: f32 = 5.0;

/// The rules of a JSON text, and those that were refused.
pub fn read_sca_rules(words: &str) -> (Vec<QualityRule>, Vec<RecordError>) {
    let (mut rules, mut refused) = (Vec::new(), Vec::new());
    let value: Value = match serde_json::from_str(words) {
        Ok(value) => value,
        Err(error) => {
            let reason = format!("is no JSON at column {}", error.column());
            return (rules, vec![RecordError::new(error.line() as u64, None, reason)]);
        }
    };
    for (index, row) in list_of(&value).iter().enumerate() {
        let number = index as u64 + 1;
        match row
            .as_object()
            .ok_or_else(|| "is no object".to_owned())
            .and_then(|row| rule_of(row, number))
        {
            Ok(rule) => rules.push(rule),
            Err(reason) => refused.push(RecordError::new(number, Some("rule"), reason)),
        }
    }
    (rules, refused)
}

fn list_of(value: &Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items.clone(),
        Value::Object(row) => match field(row, "rules") {
            Some(Value::Array(items)) => items.clone(),
            _ => vec![value.clone()],
        },
        _ => Vec::new(),
    }
}

/// A field by its name, whatever its case.
fn field<'v>(row: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    row.iter()
        .find(|(key, _)| key.replace('_', "").eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

fn text(row: &Map<String, Value>, name: &str) -> Option<String> {
    match field(row, name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn rule_of(row: &Map<String, Value>, number: u64) -> Result<QualityRule, String> {
    let id = text(row, "rid")
        .or_else(|| text(row, "id"))
        .unwrap_or_else(|| format!("sca-{number}"));
    let name = text(row, "name").unwrap_or_else(|| id.clone());
    let rows = field(row, "conditions")
        .and_then(Value::as_array)
        .ok_or("holds no conditions")?;
    let mut conditions = Vec::new();
    let mut joined = Vec::new();
    for (index, value) in rows.iter().enumerate() {
        let row = value.as_object().ok_or("holds a condition that is no object")?;
        let cid = text(row, "cid")
            .or_else(|| text(row, "id"))
            .unwrap_or_else(|| (index + 1).to_string());
        joined.push((cid.clone(), condition_of(row, &cid, &mut conditions)?));
    }
    let lambda = text(row, "lambda").unwrap_or_else(|| {
        let names: Vec<&str> = joined.iter().map(|(name, _)| name.as_str()).collect();
        names.join("&&")
    });
    let points = field(row, "weight")
        .or_else(|| field(row, "score"))
        .and_then(Value::as_f64);
    let weight = points.map_or(POINTS, |points| points.abs() as f32).min(100.0);
    Ok(QualityRule {
        id,
        name: Bilingual::new(name.clone(), name),
        weight,
        fatal: false,
        each: false,
        most: weight,
        when: join(&lambda, &joined)?,
        conditions,
        applies_when: None,
    })
}

/// The operators of a condition become conditions of their own, named by both ids.
fn condition_of(
    row: &Map<String, Value>,
    cid: &str,
    into: &mut Vec<Condition>,
) -> Result<Expression, String> {
    let range = field(row, "checkrange")
        .and_then(Value::as_object)
        .map(range_of)
        .unwrap_or_default();
    let operators = field(row, "operators")
        .and_then(Value::as_array)
        .ok_or("has a condition without operators")?;
    let mut named = Vec::new();
    for (index, value) in operators.iter().enumerate() {
        let row = value.as_object().ok_or("holds an operator that is no object")?;
        let oid = text(row, "oid")
            .or_else(|| text(row, "id"))
            .unwrap_or_else(|| (index + 1).to_string());
        let id = format!("{cid}.{oid}");
        let (operator, negated) = operator_of(row)?;
        into.push(Condition {
            id: id.clone(),
            range: range.clone(),
            operator,
        });
        let is = Expression::Is(id);
        named.push((
            oid,
            if negated {
                Expression::Not(Box::new(is))
            } else {
                is
            },
        ));
    }
    let lambda = text(row, "lambda").unwrap_or_else(|| {
        let names: Vec<&str> = named.iter().map(|(name, _)| name.as_str()).collect();
        names.join("&&")
    });
    join(&lambda, &named)
}

fn range_of(row: &Map<String, Value>) -> Range {
    let role = text(row, "role").and_then(|role| match role.as_str() {
        "客服" | "1" | "AGENT" => Some(Speaker::Agent),
        "客户" | "2" | "CUSTOMER" => Some(Speaker::Customer),
        _ => None,
    });
    let inner = field(row, "range").and_then(Value::as_object).unwrap_or(row);
    let place = |name: &str| {
        field(inner, name)
            .and_then(Value::as_i64)
            .and_then(|place| i32::try_from(place).ok())
    };
    Range {
        role,
        from: place("from").filter(|place| *place != 0),
        to: place("to").filter(|place| *place != 0),
    }
}

fn operator_of(row: &Map<String, Value>) -> Result<(Operator, bool), String> {
    let kind = text(row, "type").ok_or("has an operator without a type")?;
    let empty = Map::new();
    let param = field(row, "param").and_then(Value::as_object).unwrap_or(&empty);
    let number = |name: &str| {
        field(param, name)
            .and_then(Value::as_f64)
            .map(|number| number as f32)
    };
    let words = |name: &str| -> Vec<String> {
        let list = field(param, name).and_then(Value::as_array);
        list.map(|list| {
            list.iter()
                .filter_map(|word| Some(word.as_str()?.to_owned()))
                .collect()
        })
        .unwrap_or_default()
    };
    let keywords = || {
        let list = words("operkeywords");
        if list.is_empty() {
            Err("has an operator without keywords".to_owned())
        } else {
            Ok(list)
        }
    };
    Ok(match kind.as_str() {
        "HIT_ANY_KEYWORDS" | "INCLUDE_ANY_KEYWORDS" => (Operator::Keywords(keywords()?, Mode::Any(1)), false),
        "INCLUDE_KEYWORDS" | "INCLUDE_ALL_KEYWORDS" => (Operator::Keywords(keywords()?, Mode::All), false),
        "EXCLUDE_KEYWORDS" | "NOT_INCLUDE_KEYWORDS" => (Operator::Keywords(keywords()?, Mode::None), false),
        "REGULAR_EXPRESSION" => {
            let pattern = text(param, "regex").ok_or("has a regular expression without `regex`")?;
            for part in [Some(&pattern), text(param, "notregex").as_ref()]
                .into_iter()
                .flatten()
            {
                regex::Regex::new(part)
                    .map_err(|_| format!("has the regular expression `{part}`, which cannot be read here"))?;
            }
            match text(param, "notregex").filter(|not| !not.is_empty()) {
                Some(not) => (Operator::RegexBut(pattern, not), false),
                None => (Operator::Regex(pattern), false),
            }
        }
        "SIMILAR_MATCH" => {
            let phrases = words("references");
            let least = number("similaritythreshold").or_else(|| number("threshold"));
            (Operator::Similar(phrases, least.unwrap_or(0.6)), false)
        }
        "ADVANCED_REPEAT_DETECT" => {
            let times = number("hittime").map_or(2, |times| times.max(1.0) as u32);
            (
                Operator::Repeats(number("similaritythreshold").unwrap_or(0.8), times),
                false,
            )
        }
        "INTERVAL_GREATER" => (
            Operator::Silence(number("interval").unwrap_or(10_000.0) as i64),
            false,
        ),
        "SPEECH_SPEED_CHECK" => match number("velocity") {
            Some(limit) => (Operator::Faster(limit), false),
            None => return Err("checks speed without `velocity`".to_owned()),
        },
        "OVERLAP" | "INTERRUPT" => (Operator::Overlap(number("interval").unwrap_or(1.0) as i64), false),
        other => return Err(format!("has the operator {other}, which has no counterpart here")),
    })
}

/// A `lambda` such as `1&&(2||!3)` over named expressions.
fn join(lambda: &str, named: &[(String, Expression)]) -> Result<Expression, String> {
    let mut rest = lambda.trim();
    let joined = any(&mut rest, named, 0)?;
    if rest.is_empty() {
        Ok(joined)
    } else {
        Err(format!("`{rest}` is left over in `{lambda}`"))
    }
}

/// Deepest nesting that is read.
const DEEPEST: usize = 32;

fn any(rest: &mut &str, named: &[(String, Expression)], depth: usize) -> Result<Expression, String> {
    let mut parts = vec![all(rest, named, depth)?];
    while take(rest, "||") {
        parts.push(all(rest, named, depth)?);
    }
    Ok(if parts.len() == 1 {
        parts.remove(0)
    } else {
        Expression::Or(parts)
    })
}

fn all(rest: &mut &str, named: &[(String, Expression)], depth: usize) -> Result<Expression, String> {
    let mut parts = vec![one(rest, named, depth)?];
    while take(rest, "&&") {
        parts.push(one(rest, named, depth)?);
    }
    Ok(if parts.len() == 1 {
        parts.remove(0)
    } else {
        Expression::And(parts)
    })
}

fn one(rest: &mut &str, named: &[(String, Expression)], depth: usize) -> Result<Expression, String> {
    if depth > DEEPEST {
        return Err("is nested too deep".to_owned());
    }
    if take(rest, "!") {
        return Ok(Expression::Not(Box::new(one(rest, named, depth + 1)?)));
    }
    if take(rest, "(") {
        let inside = any(rest, named, depth + 1)?;
        return if take(rest, ")") {
            Ok(inside)
        } else {
            Err("a bracket is not closed".to_owned())
        };
    }
    let end = rest
        .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
        .unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    let found = named.iter().find(|(known, _)| known == name);
    *rest = after.trim_start();
    found
        .map(|(_, expression)| expression.clone())
        .ok_or_else(|| format!("names `{name}`, which is not there"))
}

fn take(rest: &mut &str, sign: &str) -> bool {
    match rest.trim_start().strip_prefix(sign) {
        Some(after) => {
            *rest = after.trim_start();
            true
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_come_over_with_roles_places_and_lambdas() {
        let words = r#"{"rules":[{"rid":"7","name":"推诿","weight":-8,"lambda":"a&&!b","conditions":[
            {"cid":"a","lambda":"1||2","check_range":{"role":"客服","range":{"from":1,"to":3}},"operators":[
                {"oid":"1","type":"HIT_ANY_KEYWORDS","param":{"operKeyWords":["不归","不负责"]}},
                {"oid":"2","type":"REGULAR_EXPRESSION","param":{"regex":"找.{0,4}部"}}]},
            {"cid":"b","operators":[{"oid":"1","type":"INTERVAL_GREATER","param":{"interval":5000}}]}]},
            {"rid":"8","conditions":[{"cid":"a","operators":[{"oid":"1","type":"ENERGY","param":{}}]}]}]}"#;
        let (rules, refused) = read_sca_rules(words);
        assert_eq!(
            (rules.len(), rules[0].weight, rules[0].conditions.len()),
            (1, 8.0, 3)
        );
        assert_eq!(rules[0].conditions[0].range.role, Some(Speaker::Agent));
        assert_eq!(
            (rules[0].conditions[0].range.from, rules[0].conditions[0].range.to),
            (Some(1), Some(3))
        );
        let is = |id: &str| Expression::Is(id.to_owned());
        let either = Expression::Or(vec![is("a.1"), is("a.2")]);
        assert_eq!(
            rules[0].when,
            Expression::And(vec![either, Expression::Not(Box::new(is("b.1")))])
        );
        assert_eq!(
            refused[0].to_string(),
            "line 2, field rule: has the operator ENERGY, which has no counterpart here"
        );
    }

    #[test]
    fn odd_files_are_refused_not_feared() {
        for words in [
            "",
            "{",
            "[]",
            "3",
            "{\"rules\":[3]}",
            "{\"rules\":[{\"conditions\":[]}]}",
        ] {
            let (rules, _) = read_sca_rules(words);
            assert!(rules.is_empty(), "{words}");
        }
    }
}
