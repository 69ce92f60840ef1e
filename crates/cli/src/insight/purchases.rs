//! `tingsu insight purchases`: purchases of a file brought into a database.

use std::path::PathBuf;

use app::Caller;
use domain::{Currency, CustomerId, Money, Purchase};

use super::columns::DATE;
use super::rows::{Row, read_rows};
use super::silent::{AMOUNT, CUSTOMER};
use crate::exit::{Done, Ended, translate};
use crate::output::say;
use crate::runtime::{DatabaseArgs, block_on, open_app};

/// Purchases stored together.
const CHUNK: usize = 20_000;
const PRODUCT: [&str; 3] = ["product", "产品", "商品"];

/// Bring purchases into a database, so that its call list knows them
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// A file of purchases with customer, date, amount and product, .csv or .jsonl
    file: PathBuf,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Ended {
    let mut purchases = Vec::new();
    let refused = read_rows(&args.file, |row| {
        purchases.push(read_purchase(row)?);
        Ok(())
    })?;
    block_on(async {
        let app = open_app(&args.database).await?;
        let now = app.now();
        let all = purchases.len();
        purchases.retain(|purchase| purchase.at <= now);
        let later = all - purchases.len();
        if later > 0 {
            eprintln!("tingsu: {later} purchase(s) left out that lie in the future");
        }
        for chunk in purchases.chunks(CHUNK) {
            app.add_purchases(&Caller::system(), chunk)
                .await
                .map_err(|error| translate(error, "the purchases were not stored"))?;
        }
        app.store().close().await;
        say(format!("{} purchases stored", purchases.len()))?;
        Ok(Done::Partly {
            refused: refused + later as u64,
        })
    })
}

fn read_purchase(row: &Row<'_>) -> Result<Purchase, String> {
    let customer = row.get(&CUSTOMER).ok_or("names no customer")?;
    let words = row.get(&DATE).ok_or("has no date")?;
    let at = channels::parse_time(words).ok_or_else(|| format!("{words:?} is no date: write 2026-11-22"))?;
    let words = row.get(&AMOUNT).ok_or("has no amount")?;
    let plain = words.trim_start_matches(['¥', '￥', '$']).replace(',', "");
    let amount = Money::parse_decimal(&plain, Currency::CNY).filter(|amount| amount.minor >= 0);
    Ok(Purchase {
        customer: CustomerId(customer.to_owned()),
        at,
        amount: amount.ok_or_else(|| format!("{words:?} is no amount: refunds are no purchases"))?,
        product: row.get(&PRODUCT).unwrap_or_default().to_owned(),
    })
}
