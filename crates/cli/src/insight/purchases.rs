//! `tingsu insight purchases`: purchases of a file brought into a database.

use std::path::PathBuf;

use app::{Caller, PurchaseSent};
use domain::{Currency, CustomerId, Money, Purchase};

use super::columns::DATE;
use super::rows::{Row, read_rows};
use super::silent::{AMOUNT, CUSTOMER};
use crate::exit::{Done, Ended, translate};
use crate::output::say;
use crate::runtime::{DatabaseArgs, block_on, now, open_app};

/// Purchases stored together.
const CHUNK: usize = 20_000;
const PRODUCT: [&str; 3] = ["product", "产品", "商品"];
const CURRENCY: [&str; 2] = ["currency", "币种"];
/// What tells a purchase from every other of the customer.
pub(super) const ID: [&str; 5] = ["purchase_id", "order_id", "id", "订单号", "单号"];
/// Signs before an amount and the currencies they stand for.
const SIGNS: [(char, &str); 6] = [
    ('¥', "CNY"),
    ('￥', "CNY"),
    ('$', "USD"),
    ('€', "EUR"),
    ('£', "GBP"),
    ('₩', "KRW"),
];

/// Bring purchases into a database, so that its call list knows them
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// A file of purchases with customer, date, amount (and currency), product and order number, .csv or .jsonl; a purchase
    /// with an order number is stored once, however often the file is brought in
    file: PathBuf,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Ended {
    let today = now();
    let mut purchases = Vec::new();
    let refused = read_rows(&args.file, |row| {
        let sent = read_purchase(row)?;
        if sent.purchase.at > today {
            return Err("lies in the future".to_owned());
        }
        purchases.push(sent);
        Ok(())
    })?;
    block_on(async {
        let app = open_app(&args.database).await?;
        let (mut stored, mut known) = (0, 0);
        for chunk in purchases.chunks(CHUNK) {
            let done = app
                .add_purchases(&Caller::system(), chunk.to_vec())
                .await
                .map_err(|error| translate(error, "the purchases were not stored"))?;
            stored += done.stored;
            known += done.known;
        }
        app.store().close().await;
        let before = match known {
            0 => String::new(),
            known => format!(", {known} were on file"),
        };
        say(format!("{stored} purchases stored{before}"))?;
        Ok(Done::Partly { refused })
    })
}

fn read_purchase(row: &Row<'_>) -> Result<PurchaseSent, String> {
    let customer = row.get(&CUSTOMER).ok_or("names no customer")?;
    let words = row.get(&DATE).ok_or("has no date")?;
    let at = channels::parse_time(words).ok_or_else(|| format!("{words:?} is no date: write 2026-11-22"))?;
    let words = row.get(&AMOUNT).ok_or("has no amount")?;
    let amount = read_amount(words, row.get(&CURRENCY))?;
    Ok(PurchaseSent {
        purchase: Purchase {
            customer: CustomerId(customer.to_owned()),
            at,
            amount,
            product: row.get(&PRODUCT).unwrap_or_default().to_owned(),
        },
        id: row.get(&ID).filter(|id| !id.is_empty()).map(str::to_owned),
    })
}

/// The amount in the currency that its column or its sign names, CNY when neither does.
fn read_amount(words: &str, column: Option<&str>) -> Result<Money, String> {
    let sign = SIGNS.iter().find(|(sign, _)| words.starts_with(*sign));
    let plain = sign.map_or(words, |(sign, _)| &words[sign.len_utf8()..]);
    let named = column
        .filter(|code| !code.is_empty())
        .map(str::to_ascii_uppercase);
    let code = named.as_deref().or(sign.map(|(_, code)| *code)).unwrap_or("CNY");
    let currency = Currency::from_code(code)
        .ok_or_else(|| format!("{code:?} is no currency: write three letters such as CNY or USD"))?;
    let amount = Money::parse_decimal(&plain.trim().replace(',', ""), currency);
    amount
        .filter(|amount| amount.minor >= 0)
        .ok_or_else(|| format!("{words:?} is no amount: refunds are no purchases"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_keeps_its_currency() {
        let read = |words: &str, column| {
            let amount = read_amount(words, column).expect("an amount");
            format!("{} {}", amount.decimal(), amount.currency.code())
        };
        assert_eq!(read("$59.90", None), "59.90 USD");
        assert_eq!(read("￥1,259.90", None), "1259.90 CNY");
        assert_eq!(read("¥5000", Some("JPY")), "5000.00 JPY");
        assert_eq!(read("12", Some("")), "12.00 CNY");
        for (words, column) in [("CHF 5", None), ("-5", None), ("5", Some("dollars"))] {
            assert!(read_amount(words, column).is_err(), "{words}");
        }
    }
}
