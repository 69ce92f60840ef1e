//! Webhooks going out: signed as Standard Webhooks wants it, sent to public addresses only, never following a redirect.

mod courier;
mod networks;
mod sign;
mod target;

pub use courier::{Courier, Delivered, Parcel, WEBHOOK_WAIT};
pub use networks::{Networks, NetworksError};
pub use sign::{new_secret, sign};
pub use target::{Target, TargetError};
