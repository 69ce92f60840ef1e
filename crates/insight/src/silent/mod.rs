//! Hidden complaints (F3): customers whose purchases fall silent beyond their own rhythm. The model knows the rhythm,
//! never the cause, so what it finds is called a silent leaver suspicion (疑似沉默流失).

mod calls;
mod hypergeometric;
mod law;
mod purchases;
mod simplex;
mod spend;
mod table;

pub use calls::{Call, CallReason, Contact, SilentOptions, call_list};
pub use law::{Customer, Fitted, PurchaseLaw, fit_purchases};
pub use purchases::{Purchase, Read, Refused, Rhythm, WhyRefused, read_purchases};
pub use simplex::{Minimum, minimize};
pub use spend::{SpendLaw, Spender, fit_spend};
