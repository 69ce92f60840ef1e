//! The log in XES (IEEE 1849), which process mining tools read.

use std::fmt::Write;

use domain::Timestamp;

use super::log::{Log, LogEvent};

/// The log as an XES document.
pub fn write_xes(log: &Log) -> String {
    let mut xml = String::from(HEAD);
    for trace in &log.traces {
        xml.push_str("  <trace>\n");
        string(&mut xml, 4, "concept:name", &trace.case);
        for event in &trace.events {
            write_event(&mut xml, event);
        }
        xml.push_str("  </trace>\n");
    }
    xml.push_str("</log>\n");
    xml
}

const HEAD: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
    "<log xes.version=\"1.0\" xes.features=\"nested-attributes\" xmlns=\"http://www.xes-standard.org/\">\n",
    "  <extension name=\"Concept\" prefix=\"concept\" uri=\"http://www.xes-standard.org/concept.xesext\"/>\n",
    "  <extension name=\"Time\" prefix=\"time\" uri=\"http://www.xes-standard.org/time.xesext\"/>\n",
    "  <extension name=\"Lifecycle\" prefix=\"lifecycle\" uri=\"http://www.xes-standard.org/lifecycle.xesext\"/>\n",
    "  <extension name=\"Organizational\" prefix=\"org\" uri=\"http://www.xes-standard.org/org.xesext\"/>\n",
    "  <global scope=\"trace\">\n    <string key=\"concept:name\" value=\"\"/>\n  </global>\n",
    "  <global scope=\"event\">\n    <string key=\"concept:name\" value=\"\"/>\n",
    "    <date key=\"time:timestamp\" value=\"1970-01-01T00:00:00.000+00:00\"/>\n",
    "    <string key=\"lifecycle:transition\" value=\"complete\"/>\n  </global>\n",
    "  <classifier name=\"Activity\" keys=\"concept:name\"/>\n",
);

fn write_event(xml: &mut String, event: &LogEvent) {
    xml.push_str("    <event>\n");
    string(xml, 6, "concept:name", &event.activity);
    string(xml, 6, "lifecycle:transition", "complete");
    if let Some(resource) = &event.resource {
        string(xml, 6, "org:resource", resource);
    }
    let at = time_words(event.at);
    let _ = writeln!(xml, "      <date key=\"time:timestamp\" value=\"{at}\"/>");
    xml.push_str("    </event>\n");
}

fn string(xml: &mut String, indent: usize, key: &str, value: &str) {
    let _ = writeln!(
        xml,
        "{:indent$}<string key=\"{key}\" value=\"{}\"/>",
        "",
        escape(value)
    );
}

/// The moment as XML Schema writes it, in UTC.
fn time_words(at: Timestamp) -> String {
    let instant = jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    instant.strftime("%Y-%m-%dT%H:%M:%S.%3f+00:00").to_string()
}

/// Text inside a quoted attribute; characters that XML cannot hold are left out.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' | '\r' => escaped.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::log::read_log;
    use super::*;

    #[test]
    fn the_document_is_escaped_and_dated() {
        let event = LogEvent {
            case: "C<1>".into(),
            activity: "\"已接收\" & \u{1}".into(),
            at: Timestamp(1_795_309_500_123),
            resource: Some("方晴".into()),
        };
        let xml = write_xes(&read_log(vec![event]));
        assert!(xml.contains("value=\"C&lt;1&gt;\"") && xml.contains("&quot;已接收&quot; &amp; \""));
        assert!(xml.contains("2026-11-22T01:05:00.123+00:00") && xml.contains("org:resource"));
        assert!(xml.ends_with("</log>\n"));
    }
}
