//! The whole demo as a pure function of its options and of what reads the texts.

use std::{collections::HashMap, num::NonZero};

use desk::Rules;
use domain::{Complaint, Customer, CustomerId, Purchase, Timestamp};

use super::{
    Options, Told,
    course::{self, Reader, Stage},
    data::{self, Outbreak, Pains, Words, WorldFile},
    people::{self, Member},
    sketch::{Sketch, Sketcher},
    texts::{self, Text},
    volume::{self, Day},
};

/// Customers of a demo of the usual size, and the most there are in a large one.
const CUSTOMERS: usize = 300;
const MOST_CUSTOMERS: usize = 50_000;
/// Cases a customer of a large demo has on average.
const CASES_PER_CUSTOMER: usize = 20;

/// The people of the demo.
#[derive(Clone, Debug)]
pub struct Cast {
    /// Who works at the desk.
    pub staff: Vec<Member>,
    /// Who complains, then who only buys.
    pub customers: Vec<Customer>,
    /// How many of them complain.
    pub complainers: usize,
    /// What the customers bought.
    pub purchases: Vec<Purchase>,
}

/// Everything the making of cases needs.
pub struct Generator {
    options: Options,
    world: WorldFile,
    words: Words,
    outbreak: Outbreak,
    pains: Pains,
    texts: Vec<Text>,
    days: Vec<Day>,
    cast: Cast,
    names: HashMap<CustomerId, String>,
}

/// A case to be told, with its number.
#[derive(Clone, Debug)]
pub struct Numbered {
    sketch: Sketch,
    number: String,
}

impl Generator {
    /// Reads the embedded texts, plans the days and invents the people.
    pub fn new(options: Options, rules: &Rules) -> Self {
        let (world, outbreak) = (data::world(), data::outbreak());
        let count = (options.cases / CASES_PER_CUSTOMER).clamp(CUSTOMERS, MOST_CUSTOMERS);
        let (customers, purchases) = people::customers(&world, &outbreak, count, options.at, options.seed);
        let names = customers
            .iter()
            .map(|customer| (customer.id.clone(), customer.name.clone()))
            .collect();
        Self {
            cast: Cast {
                staff: people::staff(&world),
                customers,
                complainers: count,
                purchases,
            },
            names,
            days: volume::days(&rules.calendar, options.at, options.cases, options.days),
            texts: texts::load(),
            words: data::words(),
            world,
            outbreak,
            pains: data::pains(),
            options,
        }
    }

    /// The people.
    pub fn cast(&self) -> &Cast {
        &self.cast
    }

    /// The names of the agents.
    pub(crate) fn agents(&self) -> Vec<String> {
        let agents = self
            .cast
            .staff
            .iter()
            .filter(|member| member.role == domain::Role::Agent);
        agents.map(|member| member.person.name.clone()).collect()
    }

    /// The name of a customer.
    pub(crate) fn name_of(&self, customer: &CustomerId) -> Option<&str> {
        self.names.get(customer).map(String::as_str)
    }

    /// The sketches of each day, oldest day first, with the local midnight the day begins at.
    pub(crate) fn sketch_days(&self) -> impl Iterator<Item = (Timestamp, Vec<Sketch>)> + '_ {
        let scale = (self.cast.complainers, self.options.at, self.options.seed);
        let mut sketcher = Sketcher::new(
            &self.world,
            (&self.outbreak, &self.pains),
            &self.texts,
            &self.days,
            scale,
        );
        self.days.iter().map(move |day| (day.start, sketcher.sketch(day)))
    }

    /// Numbers the sketches of a day `day` such as `20261122` from `first` on.
    pub(crate) fn number(day: &str, first: u32, sketches: Vec<Sketch>) -> Vec<Numbered> {
        let numbers = first..;
        let pairs = numbers.zip(sketches);
        pairs
            .map(|(number, sketch)| Numbered {
                sketch,
                number: format!("TS-{day}-{number:04}"),
            })
            .collect()
    }

    /// Tells cases on all processor cores, in order.
    pub(crate) fn tell(
        &self,
        rules: &Rules,
        reader: &dyn Reader,
        title_of: &(dyn Fn(&Complaint) -> String + Sync),
        cases: Vec<Numbered>,
    ) -> Vec<Told> {
        let stage = Stage {
            reader,
            rules,
            words: &self.words,
            outbreak: &self.outbreak,
            staff: &self.cast.staff,
            until: self.options.at,
        };
        let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
        let share = cases.len().div_ceil(threads).max(1);
        let tell_all = |cases: &[Numbered]| {
            cases
                .iter()
                .map(|case| tell(&stage, title_of, case))
                .collect::<Vec<_>>()
        };
        std::thread::scope(|scope| {
            let parts: Vec<_> = cases
                .chunks(share)
                .map(|part| scope.spawn(|| tell_all(part)))
                .collect();
            let told = parts
                .into_iter()
                .map(|part| part.join().expect("telling a case does not panic"));
            told.flatten().collect()
        })
    }
}

fn tell(stage: &Stage<'_>, title_of: &(dyn Fn(&Complaint) -> String + Sync), case: &Numbered) -> Told {
    let sketch = case.sketch.clone();
    let title = match &sketch.title {
        Some(title) => title.clone(),
        None => title_of(&Complaint::new(sketch.text.clone(), sketch.channel)),
    };
    let customer = sketch.customer.map(people::customer_id);
    course::tell(stage, sketch, case.number.clone(), title, customer)
}
