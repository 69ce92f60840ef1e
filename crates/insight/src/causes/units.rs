//! How many units of each batch were sold: what complaints are expected by, where it is known.

use std::collections::BTreeMap;

/// Units sold by product and batch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnitsSold(BTreeMap<String, BTreeMap<String, f64>>);

impl UnitsSold {
    /// Writes down the units of a batch; answers whether they count: they are above zero, finite, and the batch was not
    /// written down before.
    pub fn add(&mut self, product: &str, batch: &str, units: f64) -> bool {
        let sound = units.is_finite() && units > 0.0;
        let batches = self.0.entry(product.to_owned()).or_default();
        if !sound || batches.contains_key(batch) {
            return false;
        }
        batches.insert(batch.to_owned(), units);
        true
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(BTreeMap::is_empty)
    }

    /// The batch's share of the units sold of the product, 0–1, where all the batches named are among at least two known;
    /// batches that nobody complained about count as sold too.
    pub(super) fn share<'b>(
        &self,
        product: &str,
        batch: &str,
        mut named: impl Iterator<Item = &'b str>,
    ) -> Option<f64> {
        let sold = self.0.get(product).filter(|sold| sold.len() > 1)?;
        let all_known = named.all(|batch| sold.contains_key(batch));
        let whole: f64 = sold.values().sum();
        all_known.then(|| Some(sold.get(batch)? / whole))?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_count_batches_without_complaints() {
        let mut units = UnitsSold::default();
        assert!(units.is_empty() && units.add("充电宝", "A", 1_000.0) && units.add("充电宝", "B", 3_000.0));
        assert!(!units.add("充电宝", "A", 5.0) && !units.add("充电宝", "C", -1.0));
        assert!(!units.add("充电宝", "C", f64::NAN) && !units.is_empty());
        assert_eq!(units.share("充电宝", "A", ["A"].into_iter()), Some(0.25));
        assert_eq!(
            units.share("充电宝", "A", ["A", "X"].into_iter()),
            None,
            "X is not known"
        );
        assert_eq!(units.share("风扇", "A", ["A"].into_iter()), None);
    }
}
