//! The report as one page of HTML: no script, nothing loaded from elsewhere, fit to be printed.

use std::fmt::Write;

use domain::Language;

use super::findings::number;
use super::printed::{Printed, PrintedFinding};

const STYLE: &str = "body{font:16px/1.65 system-ui,'PingFang SC','Noto Sans CJK SC',sans-serif;color:#1c2430;\
background:#f6f7f9;margin:0}main{max-width:46rem;margin:0 auto;padding:2.5rem 1.5rem}h1{font-size:1.6rem;margin:0}\
.period{color:#5b6675;margin:.2rem 0 2rem}section{background:#fff;border:1px solid #dfe3e8;border-radius:10px;\
padding:1.2rem 1.4rem;margin:0 0 1rem;break-inside:avoid}h2{font-size:1.08rem;margin:0 0 .4rem;line-height:1.5}\
.figure{font-variant-numeric:tabular-nums;font-size:1.5rem;font-weight:600}.is{color:#5b6675;font-size:.88rem}\
.none{color:#8a5a00}blockquote{margin:.5rem 0;padding:.1rem .9rem;border-left:3px solid #b9c2cd;color:#3a4553}\
.cases{color:#5b6675;font-size:.8rem;word-break:break-all}svg{display:block;width:100%;height:56px;margin:.6rem 0}\
footer{color:#5b6675;font-size:.85rem;margin-top:2rem}@media print{body{background:#fff}section{border-color:#bbb}}";

/// The most characters of a quoted text.
const LONGEST_QUOTE: usize = 160;

/// The report as a page.
pub fn write_html(report: &Printed) -> String {
    let mut page = String::new();
    let lang = match report.language {
        Language::Chinese => "zh-CN",
        Language::English => "en",
    };
    let (title, period) = (escape(&report.title), escape(&report.period));
    let _ = write!(
        page,
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width,initial-scale=1\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n\
         <body>\n<main>\n<h1>{title}</h1>\n<p class=\"period\">{period}</p>\n"
    );
    for finding in &report.findings {
        section(&mut page, finding, report.language);
    }
    let footer = escape(&report.footer);
    let _ = write!(page, "<footer>{footer}</footer>\n</main>\n</body>\n</html>\n");
    page
}

fn section(page: &mut String, finding: &PrintedFinding, language: Language) {
    let headline = escape(&finding.headline);
    let _ = writeln!(page, "<section id=\"{}\">\n<h2>{headline}</h2>", finding.key);
    let what = escape(&finding.figure_is);
    let _ = match finding.figure {
        Some(figure) => {
            let [value, low, high] = figure.map(number);
            writeln!(
                page,
                "<p><span class=\"figure\">{value}</span> <span class=\"is\">[{low}, {high}] {what}</span></p>"
            )
        }
        None => {
            let none = finding.figure_words(language);
            writeln!(page, "<p class=\"none\">{what}: {none}</p>")
        }
    };
    let _ = writeln!(page, "<p>{}</p>", escape(&finding.detail));
    bars(page, finding);
    for quote in &finding.quotes {
        let _ = writeln!(page, "<blockquote>{}</blockquote>", escape(&shorten(quote)));
    }
    if !finding.cases.is_empty() {
        let cases = escape(&finding.cases.join(" · "));
        let _ = match &finding.link {
            Some(link) => writeln!(
                page,
                "<p class=\"cases\"><a href=\"{}\">{cases}</a></p>",
                escape(link)
            ),
            None => writeln!(page, "<p class=\"cases\">{cases}</p>"),
        };
    }
    page.push_str("</section>\n");
}

/// A bar for each day.
fn bars(page: &mut String, finding: &PrintedFinding) {
    let daily = &finding.daily;
    let most = daily.iter().map(|(_, count)| *count).fold(0.0, f64::max);
    if daily.len() < 2 || most <= 0.0 {
        return;
    }
    let width = 100.0 / daily.len() as f64;
    let label = format!("{} – {}", daily[0].0, daily[daily.len() - 1].0);
    let _ = write!(
        page,
        "<svg viewBox=\"0 0 100 20\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{label}\">"
    );
    for (place, (_, count)) in daily.iter().enumerate().filter(|(_, (_, count))| *count > 0.0) {
        let height = count / most * 19.0;
        let _ = write!(
            page,
            "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{height:.2}\" fill=\"#3d6fb4\"/>",
            place as f64 * width,
            20.0 - height,
            width * 0.8
        );
    }
    page.push_str("</svg>\n");
}

pub(super) fn shorten(text: &str) -> String {
    match text.char_indices().nth(LONGEST_QUOTE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(c),
        }
    }
    escaped
}
