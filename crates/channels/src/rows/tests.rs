//! Bytes in, records and refusals out.

use std::io::Write;

use encoding_rs::GB18030;
use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;

fn read(format: Format, column: Option<&str>, bytes: Vec<u8>) -> Result<Vec<String>, OpenError> {
    let reading = Reading {
        format,
        column: column.map(str::to_owned),
        channel: Channel::Import,
    };
    let mut rows = Rows::open(Source::from_reader(Cursor::new(bytes))?, reading)?;
    let mut shown: Vec<String> = rows.by_ref().map(show).collect();
    shown.extend(rows.failure().map(|failure| format!("failed: {failure}")));
    Ok(shown)
}

fn show(row: Result<Record, RecordError>) -> String {
    match row {
        Ok(record) => {
            let Complaint {
                text,
                channel,
                received_at,
                matter,
            } = record.complaint;
            let mut line = format!("{} {} {text:?}", record.line, record.id);
            if channel != Channel::Import {
                line.push_str(&format!(" {channel:?}"));
            }
            if let Some(at) = received_at {
                line.push_str(&format!(" at {}", at.0));
            }
            if matter != Default::default() {
                line.push_str(&format!(" {:?} {:?}", matter.product, matter.order));
            }
            if record.sender != Default::default() {
                line.push_str(&format!(
                    " from {:?} {:?}",
                    record.sender.name, record.sender.phone
                ));
            }
            line
        }
        Err(error) => format!("refused: {error}"),
    }
}

use domain::Complaint;

fn check(format: Format, column: Option<&str>, bytes: impl Into<Vec<u8>>, expected: Expect) {
    let shown = match read(format, column, bytes.into()) {
        Ok(lines) => lines.join("\n"),
        Err(error) => format!("not opened: {error}"),
    };
    expected.assert_eq(&shown);
}

fn gb(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

#[test]
fn lines_of_text() {
    check(
        Format::Text,
        None,
        "退款\r\n\n态度差",
        expect![[r#"
        1 1 "退款"
        2 2 ""
        3 3 "态度差""#]],
    );
    check(
        Format::Text,
        None,
        [b"\xEF\xBB\xBF".as_slice(), "退款".as_bytes()].concat(),
        expect![[r#"1 1 "退款""#]],
    );
    check(
        Format::Text,
        None,
        gb("退款，立刻退款\n态度差"),
        expect![[r#"
        1 1 "退款，立刻退款"
        2 2 "态度差""#]],
    );
    check(
        Format::Text,
        None,
        b"good\nbad\0\nok\xFFx\nlast".to_vec(),
        expect![[r#"
            1 1 "good"
            refused: line 2: a NUL byte stands at byte 3; the file is not text or is UTF-16: save it as UTF-8
            refused: line 3: byte 2 is neither valid UTF-8 nor GB18030: save the text as UTF-8
            4 4 "last""#]],
    );
    check(Format::Text, None, "", expect![[""]]);
}

#[test]
fn lines_of_json() {
    check(
        Format::Jsonl,
        None,
        concat!(
            r#"{"id":"a","text":"退款","channel":"EMAIL","received_at":"2026-11-22T09:05:00+08:00","product":"水壶"}"#,
            "\n\n",
            r#"{"content":"慢","channel":"某论坛","order":202611,"phone":13900000000,"姓名":"王"}"#,
            "\n",
            r#"{"turns":[{"role":"customer","text":"在吗"},{"role":"agent","text":"在"},{"role":"customer","text":"退"}]}"#,
            "\n",
            r#"{"title":"x"}"#,
            "\n[1]\n{oops\n",
            r#"{"text":5}"#,
            "\n",
            r#"{"text":"好","received_at":"2026-02-30"}"#,
            "\n",
            r#"{"text":"好","product":["a"]}"#,
            "\n",
            r#"{"text":"好","channel":"酒店点评"}"#,
        ),
        expect![[r#"
            1 a "退款" Email at 1795309500000 Some("水壶") None
            3 3 "慢" None Some("202611") from Some("王") Some("13900000000")
            4 4 "在吗\n退"
            refused: line 5, field text: is missing: give the text in it, or name its field with --column
            refused: line 6: is no JSON object: write one object per line
            refused: line 7: is no JSON at column 2: write one object per line
            refused: line 8, field text: must be a string
            refused: line 9, field received_at: "2026-02-30" is no existing time: write 2026-11-22T09:00:00+08:00 or 2026-11-22 09:00
            refused: line 10, field product: must be a string or a number
            11 11 "好" Review"#]],
    );
    check(
        Format::Jsonl,
        Some("say"),
        "{\"say\":\"慢\"}\n{\"text\":\"慢\"}",
        expect![[r#"
            1 1 "慢"
            refused: line 2, field say: is missing: every record needs it"#]],
    );
}

#[test]
fn tables() {
    check(
        Format::Csv,
        None,
        "id,内容,订单号\n7,\"慢,太慢\",A1\n,好,\n8,少一列\n9,\"两\n行\",B\n",
        expect![[r#"
            2 7 "慢,太慢" None Some("A1")
            3 2 "好"
            refused: line 4: has 2 fields where the header has 3: quote texts that hold commas, quotes or line ends
            5 9 "两\n行" None Some("B")"#]],
    );
    check(
        Format::Csv,
        None,
        gb("编号,投诉内容\n1,退款，立刻退款\n"),
        expect![[r#"2 1 "退款，立刻退款""#]],
    );
    check(
        Format::Csv,
        None,
        "id\ttext\n1\t慢, 太慢\n",
        expect![[r#"2 1 "慢, 太慢""#]],
    );
    check(
        Format::Csv,
        Some("备注"),
        "id,备注\n1,慢\n",
        expect![[r#"2 1 "慢""#]],
    );
    check(
        Format::Csv,
        Some("comment"),
        "id,text\n1,慢\n",
        expect!["not opened: there is no column comment; the columns are: id, text"],
    );
    check(
        Format::Csv,
        None,
        "a,b\n1,2\n",
        expect!["not opened: none of the columns a, b is known to hold the text: name it with --column"],
    );
    check(Format::Csv, None, "", expect![[""]]);
    check(
        Format::Csv,
        None,
        b"id,text\n1,\xFF\xFF\n2,ok\n".to_vec(),
        expect![[r#"
            refused: line 2, field text: byte 0 is neither valid UTF-8 nor GB18030: save the text as UTF-8
            3 2 "ok""#]],
    );
}

#[test]
fn formats_that_are_not_read_say_so() {
    check(
        Format::Parquet,
        None,
        "",
        expect!["not opened: Parquet files are not read yet: save the table as CSV (UTF-8) and pass that"],
    );
}

#[test]
fn a_table_without_anything_in_it_has_no_rows() {
    for bytes in ["", "\n\n", "\u{feff}", "id,text\n"] {
        check(Format::Csv, None, bytes, expect![[""]]);
    }
    check(Format::Csv, Some("say"), "", expect![[""]]);
}

/// A workbook whose first sheet is filled in by `fill`.
fn workbook(fill: impl Fn(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    fill(book.add_worksheet());
    book.add_worksheet().write(0, 0, "another sheet").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn workbooks() {
    let date = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd hh:mm");
    let book = workbook(|sheet| {
        for (place, name) in ["编号", "投诉内容", "备注", "投诉时间", "手机号", "渠道"]
            .iter()
            .enumerate()
        {
            sheet.write(2, place as u16, *name).unwrap();
        }
        sheet.write(3, 0, 7).unwrap();
        sheet.write(3, 1, "慢,太慢").unwrap();
        sheet.write(3, 2, "不读").unwrap();
        let at = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 11, 22)
            .unwrap()
            .and_hms(9, 5, 0)
            .unwrap();
        sheet.write_with_format(3, 3, &at, &date).unwrap();
        sheet.write(3, 4, 13_900_000_000_u64).unwrap();
        sheet.write(3, 5, "电话").unwrap();
        sheet.write(5, 1, "  ").unwrap();
        sheet.write(6, 1, "好").unwrap();
        sheet.write(6, 3, "明天").unwrap();
        sheet.write(7, 0, "A-9").unwrap();
    });
    check(
        Format::Xlsx,
        None,
        book.clone(),
        expect![[r#"
            4 7 "慢,太慢" Phone at 1795309500000 from None Some("13900000000")
            refused: line 7, field 投诉时间: "明天" is no existing time: write 2026-11-22T09:00:00+08:00 or 2026-11-22 09:00
            8 A-9 """#]],
    );
    check(
        Format::Xlsx,
        Some("备注"),
        book.clone(),
        expect![[r#"
            4 7 "不读" Phone at 1795309500000 from None Some("13900000000")
            refused: line 7, field 投诉时间: "明天" is no existing time: write 2026-11-22T09:00:00+08:00 or 2026-11-22 09:00
            8 A-9 """#]],
    );
    check(
        Format::Xlsx,
        Some("say"),
        book,
        expect![
            "not opened: there is no column say; the columns are: 编号, 投诉内容, 备注, 投诉时间, 手机号, 渠道"
        ],
    );
    check(Format::Xlsx, None, workbook(|_| ()), expect![[""]]);
    assert!(matches!(
        read(Format::Xlsx, None, b"id,text\n1,slow\n".to_vec()),
        Err(OpenError::Workbook { .. })
    ));
}

#[test]
fn compressed_files_are_read_through() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all("退款\n态度差".as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    check(
        Format::Text,
        None,
        gzip.clone(),
        expect![[r#"
        1 1 "退款"
        2 2 "态度差""#]],
    );
    check(
        Format::Text,
        None,
        [gzip.clone(), gzip.clone()].concat(),
        expect![[r#"
            1 1 "退款"
            2 2 "态度差退款"
            3 3 "态度差""#]],
    );
    check(
        Format::Text,
        None,
        zstd::encode_all("退款".as_bytes(), 1).unwrap(),
        expect![[r#"1 1 "退款""#]],
    );
    check(
        Format::Text,
        None,
        gzip[..gzip.len() / 2].to_vec(),
        expect![[r#"
        1 1 "退款"
        failed: reading failed after line 1; a compressed file may be damaged or cut short"#]],
    );
}

#[test]
fn a_file_tells_its_progress() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    std::fs::write(&path, "退款\n").unwrap();
    let source = Source::open(&path).unwrap();
    let progress = source.progress();
    assert_eq!(source.read_text().unwrap(), "退款\n");
    assert_eq!((progress.read_bytes(), progress.total_bytes()), (7, Some(7)));
    assert!(matches!(
        Source::open(&folder.path().join("none")),
        Err(OpenError::File { .. })
    ));
    assert!(matches!(Source::open(folder.path()), Err(OpenError::File { .. })));
}

proptest! {
    #[test]
    fn any_bytes_are_read_in_any_format(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        for format in [Format::Text, Format::Jsonl, Format::Csv, Format::Xlsx] {
            let _ = read(format, None, bytes.clone());
            let _ = read(format, None, [b"id,text\n".as_slice(), &bytes].concat());
        }
    }
}
