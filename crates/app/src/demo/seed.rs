//! Putting the demo into the store: people first, then cases in batches, each with its whole history.

use std::sync::Arc;

use analysis::Engine;
use domain::{Analysis, Complaint, FacetValue, Language, Timestamp};
use store::{CaseWrite, StoreError, User};

use super::{Generator, Options, Reader, Told, generate::Numbered};
use crate::{App, AppError, Code, case::day_digits, intake, limits};

/// Cases told and stored at a time.
const BATCH: usize = 500;
/// Customers or purchases stored at a time.
const ROWS: usize = 1_000;
/// The setting that says that the demo is there.
const SETTING: &str = "demo";
/// The accounts of the demo are this much older than its end, in milliseconds.
const ACCOUNTS_AGE_MS: i64 = 400 * 86_400_000;

/// A told case with the words it is found by.
type Ready = (Told, Vec<String>);

/// What was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Cases stored.
    pub cases: usize,
    /// Events of these cases.
    pub events: usize,
    /// Customers stored.
    pub customers: usize,
    /// Purchases stored.
    pub purchases: usize,
    /// Conversations stored.
    pub conversations: usize,
    /// Whether the demo was there already, and nothing was made.
    pub was_there: bool,
}

impl Reader for Engine {
    fn read(&self, complaint: &Complaint) -> Analysis {
        self.analyze(complaint)
    }

    fn correct(&self, analysis: &Analysis, text: &str, corrections: &[FacetValue]) -> Analysis {
        analysis::correct(analysis, text, corrections)
    }
}

impl App {
    /// Fills the store with the demo: staff with the demo password, customers, purchases, cases. Does nothing when the
    /// demo is there already.
    pub async fn seed_demo(&self, options: Options) -> Result<Summary, AppError> {
        if self.store().setting(SETTING).await?.is_some() {
            return Ok(Summary {
                was_there: true,
                ..Summary::default()
            });
        }
        let generator = Arc::new(Generator::new(options, &self.rules()));
        let mut summary = self.store_cast(&generator, options.at).await?;
        let (mut pending, mut told): (Vec<Numbered>, Vec<Ready>) = (Vec::new(), Vec::new());
        for (start, sketches) in generator.sketch_days() {
            let day = day_digits(start);
            let count = u32::try_from(sketches.len()).unwrap_or(u32::MAX);
            if count == 0 {
                continue;
            }
            let first = self.store().reserve_numbers(&day, count).await?;
            pending.extend(Generator::number(&day, first, sketches));
            while pending.len() >= BATCH {
                // The next batch is told while the one before is stored.
                let batch = pending.drain(..BATCH).collect();
                let (_, next) =
                    tokio::try_join!(self.store_told(&told, &mut summary), self.tell(&generator, batch))?;
                told = next;
            }
        }
        let (_, last) = tokio::try_join!(
            self.store_told(&told, &mut summary),
            self.tell(&generator, pending)
        )?;
        self.store_told(&last, &mut summary).await?;
        summary.conversations = self.store_talks(options.at, &generator.agents()).await?;
        let at = options.at.0;
        self.store()
            .set_setting(SETTING, &format!("{{\"at\":{at},\"seed\":{}}}", options.seed))
            .await?;
        Ok(summary)
    }

    async fn store_cast(&self, generator: &Generator, at: Timestamp) -> Result<Summary, AppError> {
        let cast = generator.cast().clone();
        let hash = self
            .passwords()
            .hash(limits::DEMO_PASSWORD, self.randomness())
            .await?;
        for member in cast.staff {
            let user = User {
                id: member.person.id,
                login: member.login,
                name: member.person.name,
                role: member.role,
                team: member.team,
                language: Language::Chinese,
                active: true,
                password_hash: hash.clone(),
                created_at: at.plus_ms(-ACCOUNTS_AGE_MS),
            };
            match self.store().create_user(&user).await {
                // Somebody uses that login name already; the person of the demo still appears in its cases.
                Ok(()) | Err(StoreError::Duplicate { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        for customers in cast.customers.chunks(ROWS) {
            self.store().put_customers(customers).await?;
        }
        for purchases in cast.purchases.chunks(ROWS) {
            let purchases: Vec<_> = purchases.iter().cloned().map(store::NewPurchase::from).collect();
            self.store().add_purchases(&purchases).await?;
        }
        Ok(Summary {
            customers: cast.customers.len(),
            purchases: cast.purchases.len(),
            ..Summary::default()
        })
    }

    async fn tell(&self, generator: &Arc<Generator>, batch: Vec<Numbered>) -> Result<Vec<Ready>, AppError> {
        let (app, generator) = (self.clone(), Arc::clone(generator));
        let told = tokio::task::spawn_blocking(move || {
            let told = generator.tell(&app.rules(), app.engine().as_ref(), &intake::title_of, batch);
            told.into_iter().map(|told| generator.with_tokens(told)).collect()
        });
        told.await.map_err(|_| AppError::Plain(Code::Failed))
    }

    async fn store_told(&self, told: &[Ready], summary: &mut Summary) -> Result<(), AppError> {
        if told.is_empty() {
            return Ok(());
        }
        let writes: Vec<CaseWrite<'_>> = told
            .iter()
            .map(|(told, tokens)| CaseWrite {
                case: &told.case,
                events: &told.events,
                search_tokens: Some(tokens),
                next_check_at: desk::next_check_at(&told.case),
                idempotency: None,
            })
            .collect();
        let sequence = self.store().create_many(&writes).await?;
        self.bus().publish(sequence);
        summary.cases += told.len();
        summary.events += told.iter().map(|(told, _)| told.events.len()).sum::<usize>();
        Ok(())
    }
}

impl Generator {
    fn with_tokens(&self, told: Told) -> Ready {
        let name = told
            .case
            .customer
            .as_ref()
            .and_then(|id| self.name_of(id))
            .unwrap_or_default();
        let tokens = intake::search_tokens(&told.case, name);
        (told, tokens)
    }
}
