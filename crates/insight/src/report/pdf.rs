//! The report as PDF. Letters are set in faces that every reader of the format has or stands in for: Helvetica, and
//! for Chinese the face that the format names for simplified characters. So no font is shipped and files stay small;
//! a reader without any Chinese font shows boxes.

use domain::Language;
use pdf_writer::types::{ActionType, AnnotationType, CidFontType, FontFlags, SystemInfo};
use pdf_writer::{Finish, Name, Pdf, Rect, Ref, Str, TextStr};

use super::html::shorten;
use super::paper::{FACES, PAGE, Paper, Sheet, Style};
use super::printed::{Printed, PrintedFinding};

const TITLE: Style = style(20.0, 0.08, 0.0);
const HEADLINE: Style = style(12.5, 0.08, 0.0);
const FIGURE: Style = style(15.0, 0.08, 0.0);
const BODY: Style = style(10.0, 0.2, 0.0);
const QUOTE: Style = style(9.5, 0.3, 14.0);
const SMALL: Style = style(8.5, 0.4, 0.0);

const fn style(size: f32, gray: f32, indent: f32) -> Style {
    Style { size, gray, indent }
}

/// The objects that every file begins with.
const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const LATIN: Ref = Ref::new(3);
const CHINESE: Ref = Ref::new(4);
const CHINESE_CID: Ref = Ref::new(5);
const CHINESE_LOOKS: Ref = Ref::new(6);
const INFO: Ref = Ref::new(7);
const FIRST_FREE: i32 = 8;

/// The report as a PDF file.
pub fn write_pdf(report: &Printed) -> Vec<u8> {
    let mut paper = Paper::new();
    paper.write(&report.title, TITLE, None);
    paper.write(&report.period, SMALL, None);
    paper.skip(6.0);
    for (number, finding) in (1..).zip(&report.findings) {
        write_finding(&mut paper, number, finding, report.language);
    }
    paper.rule();
    paper.write(&report.footer, SMALL, None);
    assemble(report, paper.sheets)
}

fn write_finding(paper: &mut Paper, number: usize, finding: &PrintedFinding, language: Language) {
    paper.keep_together(110.0);
    paper.rule();
    paper.skip(4.0);
    paper.write(&format!("{number}. {}", finding.headline), HEADLINE, None);
    if finding.figure.is_some() {
        paper.write(&finding.figure_words(language), FIGURE, None);
        paper.write(&finding.figure_is, SMALL, None);
    } else {
        let none = finding.figure_words(language);
        paper.write(&format!("{}: {none}", finding.figure_is), SMALL, None);
    }
    paper.write(&finding.detail, BODY, None);
    let counts: Vec<f64> = finding.daily.iter().map(|(_, count)| *count).collect();
    paper.bars(&counts, 34.0);
    if let (Some((first, _)), Some((last, _))) = (finding.daily.first(), finding.daily.last())
        && counts.iter().any(|count| *count > 0.0)
    {
        paper.write(&format!("{first} – {last}"), SMALL, None);
    }
    for quote in &finding.quotes {
        paper.write(&shorten(quote), QUOTE, None);
    }
    if !finding.cases.is_empty() {
        paper.write(&finding.cases.join("  "), SMALL, finding.link.as_deref());
    }
    paper.skip(6.0);
}

fn assemble(report: &Printed, sheets: Vec<Sheet>) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let mut next = FIRST_FREE;
    let mut new_ref = || {
        next += 1;
        Ref::new(next - 1)
    };
    let pages: Vec<(Ref, Ref)> = sheets.iter().map(|_| (new_ref(), new_ref())).collect();
    let language = match report.language {
        Language::Chinese => "zh-CN",
        Language::English => "en",
    };
    pdf.catalog(CATALOG).pages(PAGES).lang(TextStr(language));
    pdf.document_info(INFO).title(TextStr(&report.title)).finish();
    pdf.pages(PAGES)
        .kids(pages.iter().map(|(page, _)| *page))
        .count(pages.len() as i32);
    for (sheet, (page_id, content_id)) in sheets.into_iter().zip(&pages) {
        let links: Vec<Ref> = sheet.links.iter().map(|_| new_ref()).collect();
        let mut page = pdf.page(*page_id);
        page.media_box(Rect::new(0.0, 0.0, PAGE.0, PAGE.1))
            .parent(PAGES)
            .contents(*content_id);
        page.annotations(links.iter().copied());
        let mut resources = page.resources();
        let mut fonts = resources.fonts();
        fonts.pair(FACES.0, LATIN).pair(FACES.1, CHINESE);
        fonts.finish();
        resources.finish();
        page.finish();
        pdf.stream(*content_id, &sheet.content.finish());
        for ((place, link), id) in sheet.links.iter().zip(links) {
            let mut annotation = pdf.annotation(id);
            annotation.subtype(AnnotationType::Link).rect(*place);
            annotation
                .action()
                .action_type(ActionType::Uri)
                .uri(Str(link.as_bytes()));
        }
    }
    add_faces(&mut pdf);
    pdf.finish()
}

fn add_faces(pdf: &mut Pdf) {
    pdf.type1_font(LATIN)
        .base_font(Name(b"Helvetica"))
        .encoding_predefined(Name(b"WinAnsiEncoding"));
    // The character collection and its map are part of the format (ISO 32000-1, 9.7.5.2).
    pdf.type0_font(CHINESE)
        .base_font(Name(b"STSong-Light-UniGB-UTF16-H"))
        .encoding_predefined(Name(b"UniGB-UTF16-H"))
        .descendant_font(CHINESE_CID);
    pdf.cid_font(CHINESE_CID)
        .subtype(CidFontType::Type0)
        .base_font(Name(b"STSong-Light"))
        .system_info(SystemInfo {
            registry: Str(b"Adobe"),
            ordering: Str(b"GB1"),
            supplement: 4,
        })
        .default_width(1000.0)
        .font_descriptor(CHINESE_LOOKS);
    pdf.font_descriptor(CHINESE_LOOKS)
        .name(Name(b"STSong-Light"))
        .flags(FontFlags::SERIF | FontFlags::SYMBOLIC)
        .bbox(Rect::new(-25.0, -254.0, 1000.0, 880.0))
        .italic_angle(0.0)
        .ascent(880.0)
        .descent(-120.0)
        .cap_height(880.0)
        .stem_v(93.0);
}
