//! Units sold by product and batch, from a file.

use std::path::Path;

use insight::causes::UnitsSold;

use super::rows::read_rows;
use crate::exit::Failure;

const PRODUCT: [&str; 3] = ["product", "产品", "商品"];
const BATCH: [&str; 2] = ["batch", "批次"];
const UNITS: [&str; 4] = ["units", "sold", "售出数量", "销量"];

/// Reads the units sold, and how many rows were refused.
pub(super) fn read_units(file: &Path) -> Result<(UnitsSold, u64), Failure> {
    let mut sold = UnitsSold::default();
    let refused = read_rows(file, |row| {
        let product = row.get(&PRODUCT).ok_or("names no product")?;
        let batch = row.get(&BATCH).ok_or("names no batch")?;
        let words = row
            .get(&UNITS)
            .ok_or("has no units (units, sold, 售出数量, 销量)")?;
        let units: f64 = words.replace(',', "").parse().unwrap_or(f64::NAN);
        if !(units.is_finite() && units > 0.0) {
            return Err(format!("{words:?} is no number of units above zero"));
        }
        match sold.add(product, batch, units) {
            true => Ok(()),
            false => Err(format!("the units of {product} {batch} stand there twice")),
        }
    })?;
    Ok((sold, refused))
}
