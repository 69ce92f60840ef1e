//! `tingsu insight silent`: customers who fell silent beyond their own rhythm, as a call list.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use insight::silent::{
    Call, Contact, Customer, Fitted, Purchase, Read, SilentOptions, SpendLaw, WhyRefused, call_list,
    fit_purchases, fit_spend, read_purchases,
};
use insight::{Gap, date_words};
use serde_json::{Value, json};

use super::columns::{day_of_row, parse_day};
use super::last_day::LastDay;
use super::purchases::ID;
use super::rows::read_rows;
use super::show::{ShowArgs, brief, percent, print_json, print_table};
use crate::exit::{Done, Ended, Failure};
use crate::output::say;

pub(super) const CUSTOMER: [&str; 6] = ["customer", "customer_id", "客户", "客户号", "会员号", "user"];
pub(super) const AMOUNT: [&str; 5] = ["amount", "value", "金额", "实付金额", "price"];

/// Customers who fell silent beyond their own rhythm, as a call list with reasons
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// A file of purchases with customer, date and amount, .csv or .jsonl; amounts may be missing. With an order number
    /// (order_id, id, 订单号) a purchase counts once, however often it stands there
    purchases: PathBuf,
    /// A file of contacts with customer and date; those with a complaint (column complaint: true, 1 or 是) are no
    /// hidden complainers and left out of the list
    #[arg(long, value_name = "FILE")]
    contacts: Option<PathBuf>,
    /// The last day known; the last purchase in the file when left out. Rows after it are left out and counted; without
    /// it, rows after today are refused
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    until: Option<i32>,
    /// The time ahead whose value counts, in weeks
    #[arg(long, default_value_t = 52, value_name = "WEEKS", value_parser = clap::value_parser!(u16).range(1..=520))]
    weeks: u16,
    /// From this probability of having left on a customer is suspected
    #[arg(long, default_value_t = 0.5, value_name = "P")]
    left_from: f64,
    /// The longest list
    #[arg(long, default_value_t = 50, value_name = "N")]
    most: usize,
    #[command(flatten)]
    show: ShowArgs,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Ended {
    let table = args.show.wants_table()?;
    let mut days = LastDay::of(args.until);
    let Purchases {
        purchases,
        copies,
        mut refused,
    } = read_file(&args.purchases, &mut days)?;
    let until = days.or_last(purchases.iter().map(|purchase| purchase.day).max());
    let read = read_purchases(&purchases, until);
    report_refused(&read);
    refused += read.refused.len() as u64;
    let contacts = match &args.contacts {
        Some(file) => {
            let (contacts, bad) = read_contacts(file, LastDay::of(args.until))?;
            refused += bad;
            contacts
        }
        None => Vec::new(),
    };
    let customers: Vec<Customer> = read
        .rhythms
        .iter()
        .filter_map(|rhythm| rhythm.at(until))
        .collect();
    let spenders: Vec<_> = read
        .rhythms
        .iter()
        .filter_map(|rhythm| rhythm.spender())
        .collect();
    let found = Found {
        until,
        copies,
        customers: customers.len(),
        once: customers
            .iter()
            .filter(|customer| customer.repeats == 0.0)
            .count(),
        fitted: fit_purchases(&customers),
        spend: fit_spend(&spenders),
    };
    let options = SilentOptions {
        weeks_ahead: f64::from(args.weeks),
        left_from: args.left_from,
        most: args.most,
        ..SilentOptions::usual(until)
    };
    let calls = match &found.fitted {
        Ok(fitted) => call_list(
            &read.rhythms,
            &fitted.law,
            found.spend.as_ref().ok(),
            &contacts,
            &options,
        ),
        Err(_) => Vec::new(),
    };
    if table {
        print(&args.show, &found, &calls)?;
    } else {
        print_json(&object(&args.show, &found, &calls))?;
    }
    Ok(Done::Partly { refused })
}

/// What the model was made from.
struct Found {
    until: i32,
    copies: usize,
    customers: usize,
    once: usize,
    fitted: Result<Fitted, Gap>,
    spend: Result<SpendLaw, Gap>,
}

/// The purchases of a file.
struct Purchases {
    purchases: Vec<Purchase>,
    /// Rows whose customer and order number stood there before.
    copies: usize,
    refused: u64,
}

fn read_file(file: &Path, days: &mut LastDay) -> Result<Purchases, Failure> {
    let mut purchases = Vec::new();
    let mut known: HashSet<(String, String)> = HashSet::new();
    let mut copies = 0;
    let refused = read_rows(file, |row| {
        let day = day_of_row(row, None)?;
        if !days.takes(day, row.line)? {
            return Ok(());
        }
        let customer = row.get(&CUSTOMER).unwrap_or_default().to_owned();
        let amount = row.get(&AMOUNT).map(|words| {
            let plain = words.trim_start_matches(['¥', '￥', '$']).replace(',', "");
            plain
                .parse::<f64>()
                .map_err(|_| format!("{words:?} is no amount"))
        });
        let amount = amount.transpose()?;
        if let Some(id) = row.get(&ID)
            && !known.insert((customer.clone(), id.to_owned()))
        {
            copies += 1;
            return Ok(());
        }
        purchases.push(Purchase {
            customer,
            day,
            amount,
        });
        Ok(())
    })?;
    days.tell(file);
    if copies > 0 {
        let file = file.display();
        eprintln!("tingsu: {file}: {copies} purchase(s) of a known customer and order number count once");
    }
    Ok(Purchases {
        purchases,
        copies,
        refused,
    })
}

fn read_contacts(file: &Path, mut days: LastDay) -> Result<(Vec<Contact>, u64), Failure> {
    let mut contacts = Vec::new();
    let refused = read_rows(file, |row| {
        let said = row.get(&["complaint", "投诉"]);
        let day = day_of_row(row, None)?;
        if !days.takes(day, row.line)? {
            return Ok(());
        }
        contacts.push(Contact {
            customer: row.get(&CUSTOMER).ok_or("has no customer")?.to_owned(),
            day,
            complaint: said
                .is_some_and(|said| ["true", "1", "yes", "是"].contains(&said.to_lowercase().as_str())),
        });
        Ok(())
    })?;
    days.tell(file);
    Ok((contacts, refused))
}

fn report_refused(read: &Read) {
    for why in [
        WhyRefused::NoCustomer,
        WhyRefused::Negative,
        WhyRefused::NoNumber,
        WhyRefused::Later,
    ] {
        let count = read.refused.iter().filter(|one| one.why == why).count();
        let words = match why {
            WhyRefused::NoCustomer => "name no customer",
            WhyRefused::Negative => "have a negative amount: a refund is no purchase",
            WhyRefused::NoNumber => "have an amount that is no number",
            WhyRefused::Later => "lie after the last day",
        };
        if count > 0 {
            eprintln!("tingsu: {count} purchase(s) left out that {words}");
        }
    }
}

fn print(show: &ShowArgs, found: &Found, calls: &[Call]) -> Result<(), Failure> {
    let (customers, once, until) = (found.customers, found.once, date_words(found.until));
    say(match show.language() {
        domain::Language::Chinese => format!(
            "疑似沉默流失（截至 {until}）：{customers} 位客户，其中 {once} 位只买过一次，模型无从判断。\
             模型只看购买节奏，不知道原因。"
        ),
        domain::Language::English => format!(
            "Silent leaver suspicion (until {until}): {customers} customers, {once} of whom bought once, which tells the \
             model nothing. It sees the rhythm of purchases, never the cause."
        ),
    })?;
    match &found.fitted {
        Err(gap) => return say(show.words(&gap.words())),
        Ok(Fitted {
            law, log_likelihood, ..
        }) => say(format!(
            "BG/NBD r {:.4} α {:.4} a {:.4} b {:.4} (LL {log_likelihood:.2})",
            law.r, law.alpha, law.a, law.b
        ))?,
    }
    if let Err(gap) = &found.spend {
        say(format!(
            "{}: {}",
            show.pick("没有金额模型", "no value model"),
            show.words(&gap.words())
        ))?;
    }
    let rows = calls.iter().map(|call| {
        let reasons: Vec<String> = call
            .reasons
            .iter()
            .map(|reason| show.words(&reason.words()))
            .collect();
        vec![
            call.customer.clone(),
            percent(call.left),
            brief(call.at_stake),
            date_words(call.last_day),
            reasons.join(show.pick("；", "; ")),
        ]
    });
    let header = match show.language() {
        domain::Language::Chinese => ["客户", "已流失概率", "可能损失", "末次购买", "致电理由"],
        domain::Language::English => ["customer", "has left", "at stake", "last purchase", "why to call"],
    };
    print_table(show.pick("回访名单", "Call list"), &header, rows.collect())
}

fn object(show: &ShowArgs, found: &Found, calls: &[Call]) -> Value {
    let law = match &found.fitted {
        Ok(Fitted {
            law,
            log_likelihood,
            believed,
            ..
        }) => {
            json!({"r": law.r, "alpha": law.alpha, "a": law.a, "b": law.b, "log_likelihood": log_likelihood,
                "weak_belief": believed})
        }
        Err(gap) => show.gap_json(*gap),
    };
    let spend = match &found.spend {
        Ok(law) => json!({"p": law.p, "q": law.q, "gamma": law.gamma, "mean": law.expected(None)}),
        Err(gap) => show.gap_json(*gap),
    };
    let calls = calls.iter().map(|call| {
        let reasons = call.reasons.iter().map(|reason| show.words(&reason.words()));
        json!({
            "customer": call.customer,
            "p_left": call.left,
            "purchases_ahead_if_staying": call.purchases_ahead,
            "value_ahead_if_staying": call.value_ahead,
            "at_stake": call.at_stake,
            "last_purchase": date_words(call.last_day),
            "reasons": reasons.collect::<Vec<_>>(),
        })
    });
    json!({
        "is": show.pick("疑似沉默流失", "silent leaver suspicion"),
        "until": date_words(found.until),
        "customers": found.customers,
        "bought_once": found.once,
        "copies_left_out": found.copies,
        "purchase_law_per_week": law,
        "spend_law": spend,
        "calls": calls.collect::<Vec<_>>(),
    })
}
