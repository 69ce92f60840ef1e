//! Who appears in the demo: the staff of the desk, the customers and what they bought.

use domain::{Actor, Customer, CustomerId, Loyalty, Money, Person, Purchase, Role, Timestamp, Vocabulary};

use super::{
    data::{Line, Outbreak, WorldFile},
    dice::Dice,
};

const DAY_MS: i64 = 86_400_000;
/// Every so many customers, one bought the product of the outbreak.
const OUTBREAK_BUYERS: usize = 5;
/// For so many customers who complain there is one who only buys, or stops without a word.
const COMPLAINERS_EACH: usize = 4;
/// How much of the range of prices customers use: small purses and large ones.
const PURSES: [f64; 5] = [0.3, 0.45, 0.6, 0.8, 1.0];
/// What everyday purchases cost, in yuan; dearer ones are rare and would hide what a customer usually spends.
const EVERYDAY: (i64, i64) = (30, 480);

/// One person at the desk.
#[derive(Clone, Debug)]
pub struct Member {
    /// Who.
    pub person: Person,
    /// The role.
    pub role: Role,
    /// The team.
    pub team: Option<String>,
    /// The login name.
    pub login: String,
}

impl Member {
    /// The person as one who acts.
    pub(crate) fn actor(&self) -> Actor {
        Actor::User {
            person: self.person.clone(),
            role: self.role,
        }
    }
}

/// The staff of the demo, about a dozen; their identities do not depend on the seed.
pub(crate) fn staff(world: &WorldFile) -> Vec<Member> {
    let member = |row: &super::data::StaffRow| Member {
        person: Person {
            id: format!("demo-{}", row.login).as_str().into(),
            name: row.name.clone(),
        },
        role: Role::from_key(&row.role).expect("a test reads the staff"),
        team: row.team.clone(),
        login: row.login.clone(),
    };
    world.staff.iter().map(member).collect()
}

/// The customers in order, with their purchases of the last year: `count` who complain, then those who never do.
pub(crate) fn customers(
    world: &WorldFile,
    outbreak: &Outbreak,
    count: usize,
    at: Timestamp,
    seed: u64,
) -> (Vec<Customer>, Vec<Purchase>) {
    let mut customers = Vec::with_capacity(count);
    let mut purchases = Vec::new();
    for index in 0..count + count / COMPLAINERS_EACH {
        let mut dice = Dice::of(seed, 0x00C0_0000 + index as u64);
        let habit = if index < count { &COMPLAINING } else { &QUIET };
        let (customer, mut bought) = customer(world, index, habit, at, &mut dice);
        if index < count && index % OUTBREAK_BUYERS == 0 {
            bought.push(Purchase {
                customer: customer.id.clone(),
                at: at.plus_ms(-dice.between(15, 45) * DAY_MS).max(customer.since),
                amount: Money::yuan(129),
                product: outbreak.product.clone(),
            });
        }
        bought.sort_by_key(|purchase| purchase.at);
        purchases.append(&mut bought);
        customers.push(customer);
    }
    (customers, purchases)
}

/// The identity of the customer at a place.
pub(crate) fn customer_id(place: usize) -> CustomerId {
    CustomerId(format!("demo-{:05}", place + 1))
}

/// The place of a customer who bought the product of the outbreak.
pub(crate) fn outbreak_buyer(count: usize, dice: &mut Dice) -> usize {
    dice.below(count.div_ceil(OUTBREAK_BUYERS)) * OUTBREAK_BUYERS
}

/// How customers buy.
struct Habit {
    /// For how many days they are known.
    known: (i64, i64),
    /// The days between two purchases.
    rhythm: (i64, i64),
    /// The share that stops.
    stops: f64,
    /// How many days ago.
    silent: (i64, i64),
}

/// Every eighth falls silent some time before the end.
const COMPLAINING: Habit = Habit {
    known: (20, 1_200),
    rhythm: (6, 70),
    stops: 0.12,
    silent: (40, 150),
};
/// Regular customers; every fifth stops coming and says nothing.
const QUIET: Habit = Habit {
    known: (200, 1_200),
    rhythm: (6, 25),
    stops: 0.2,
    silent: (60, 160),
};

/// A customer buys in a rhythm and with a purse of their own.
fn customer(
    world: &WorldFile,
    index: usize,
    habit: &Habit,
    at: Timestamp,
    dice: &mut Dice,
) -> (Customer, Vec<Purchase>) {
    let id = customer_id(index);
    let known_days = dice.between(habit.known.0, habit.known.1);
    let since = at.plus_ms(-known_days * DAY_MS);
    let rhythm = dice.between(habit.rhythm.0, habit.rhythm.1);
    let purse = PURSES[index % PURSES.len()];
    let silent_for = if dice.chance(habit.stops) {
        dice.between(habit.silent.0, habit.silent.1)
    } else {
        0
    };
    let line = dice.pick(&world.line);
    let mut purchases = Vec::new();
    let mut days_ago = known_days.min(365);
    while days_ago > silent_for {
        let when = at.plus_ms(-days_ago * DAY_MS + dice.between(8, 21) * 3_600_000);
        if when < at {
            purchases.push(purchase(&id, line, purse, when, dice));
        }
        days_ago -= dice.around(rhythm as f64, 0.5).max(1);
    }
    let name = format!(
        "{}{}",
        dice.pick(&world.world.surnames),
        dice.pick(&world.world.given)
    );
    let customer = Customer {
        id,
        name,
        // Numbers that begin with 100 are given to nobody.
        phone: Some(format!("100{:08}", dice.between(0, 99_999_999))),
        email: dice
            .chance(0.4)
            .then(|| format!("demo{:05}@example.com", index + 1)),
        loyalty: loyalty(purchases.len(), silent_for, rhythm),
        since,
        demo: true,
    };
    (customer, purchases)
}

fn purchase(id: &CustomerId, line: &Line, purse: f64, at: Timestamp, dice: &mut Dice) -> Purchase {
    let cheapest = line.price[0].clamp(EVERYDAY.0, EVERYDAY.1 / 2);
    let dearest = dice.between(cheapest, line.price[1].clamp(cheapest * 2, EVERYDAY.1));
    let yuan = cheapest + ((dearest - cheapest) as f64 * purse) as i64;
    Purchase {
        customer: id.clone(),
        at,
        amount: Money::fen(yuan * 100 - dice.between(0, 1) * 10),
        product: dice.pick(&line.products).clone(),
    }
}

fn loyalty(purchases: usize, silent_for: i64, rhythm: i64) -> Loyalty {
    match (purchases, silent_for) {
        (_, 1..) if silent_for > rhythm * 4 => Loyalty::Lost,
        (_, 1..) => Loyalty::AtRisk,
        (0, _) => Loyalty::Unknown,
        (1..=2, _) => Loyalty::New,
        (12.., _) => Loyalty::Loyal,
        _ => Loyalty::Regular,
    }
}
