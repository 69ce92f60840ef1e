//! The demo as it is stored, and the promises its documentation makes.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    CaseState, Channel, DeadlineKind, DeadlineState, EventKind, Outcome, Role, Timestamp, Vocabulary,
};

use super::{Generator, Options, Told, data, people, texts};

/// Wednesday 25 November 2026, 16:00 in Beijing.
const AT: Timestamp = Timestamp(1_795_593_600_000);

fn options(cases: usize) -> Options {
    Options {
        cases,
        days: super::DAYS,
        at: AT,
        seed: super::SEED,
    }
}

fn engine() -> impl super::Reader {
    analysis::Engine::default_model()
}

/// The rules as the product puts them together.
fn rules() -> std::sync::Arc<desk::Rules> {
    let own = crate::settings::documents::OwnTexts::new();
    crate::settings::documents::build(&own)
        .expect("the seeds are right")
        .rules
}

fn tell(options: Options) -> Vec<Told> {
    let rules = rules();
    let engine = engine();
    let generator = Generator::new(options, &rules);
    let title = |complaint: &domain::Complaint| crate::intake::title_of(complaint);
    let days = generator
        .sketch_days()
        .map(|(start, sketches)| Generator::number(&crate::case::day_digits(start), 1, sketches));
    days.flat_map(|day| generator.tell(&rules, &engine, &title, day))
        .collect()
}

/// The usual demo, told once for all tests.
fn usual() -> &'static [Told] {
    static TOLD: std::sync::OnceLock<Vec<Told>> = std::sync::OnceLock::new();
    TOLD.get_or_init(|| tell(options(2_000)))
}

#[test]
fn the_embedded_files_can_be_read() {
    let world = data::world();
    let staff = people::staff(&world);
    assert!(staff.len() >= 12);
    for role in Role::ALL.iter().filter(|role| **role != Role::CustomerLink) {
        assert!(
            staff.iter().any(|member| member.role == *role),
            "nobody is {role:?}"
        );
    }
    assert!(data::outbreak().texts.len() >= 20 && !data::words().acknowledge.is_empty());
    let world = data::world();
    let sold: BTreeSet<&String> = world.line.iter().flat_map(|line| &line.products).collect();
    let pains = data::pains();
    assert!(pains.pain.iter().all(|pain| sold.contains(&pain.product)));
    assert!(texts::load().len() > 1_200);
}

#[test]
fn two_thousand_cases_are_true_to_the_rules() {
    let told = usual();
    assert_eq!(told.len(), 2_000);
    let refused: Vec<&String> = told.iter().flat_map(|told| &told.refused).collect();
    assert!(refused.is_empty(), "the desk refused {refused:?}");
    let rules = rules();
    let (mut numbers, mut ids) = (BTreeSet::new(), BTreeSet::new());
    for Told { case, events, .. } in told {
        assert_eq!(desk::replay(events).as_ref(), Some(case));
        assert!(case.demo && case.updated_at <= AT && case.opened_at <= AT);
        assert!(
            desk::tick(case, AT, &rules).is_empty(),
            "the clock has more to say"
        );
        assert!(numbers.insert(case.number.clone()) && ids.insert(case.id.clone()));
    }
    let states = count(told, |told| vec![told.case.state]);
    for state in CaseState::ALL {
        assert!(states.contains_key(state), "no case is {state:?}: {states:?}");
    }
    assert!(states[&CaseState::FollowedUp] > 1_000, "{states:?}");
    let channels = count(told, |told| vec![told.case.channel]);
    assert_eq!(channels.len(), Channel::ALL.len(), "{channels:?}");
    let outcomes = count(told, |told| {
        told.case.closure.iter().map(|closure| closure.outcome).collect()
    });
    assert_eq!(outcomes.len(), Outcome::ALL.len(), "{outcomes:?}");
    assert!(told.iter().any(|told| told.case.reopened > 0));
}

#[test]
fn clocks_stand_in_every_state() {
    let told = usual();
    let clocks = count(told, |told| {
        let clocks = told.case.deadlines.iter();
        clocks.map(|clock| (clock.kind, clock.state)).collect()
    });
    for kind in [
        DeadlineKind::FirstResponse,
        DeadlineKind::Progress,
        DeadlineKind::Resolution,
        DeadlineKind::FollowUp,
    ] {
        for state in [
            DeadlineState::Running,
            DeadlineState::Near,
            DeadlineState::Breached,
        ] {
            assert!(
                clocks.contains_key(&(kind, state)),
                "no {kind:?} clock is {state:?}: {clocks:?}"
            );
        }
    }
}

#[test]
fn the_outbreak_rises_in_one_product_at_one_site_and_hangs_on_one_incident() {
    let told = usual();
    let outbreak = data::outbreak();
    let reports: Vec<&Told> = told
        .iter()
        .filter(|told| told.case.matter.batch.as_deref() == Some(outbreak.batch.as_str()))
        .collect();
    assert!(reports.len() >= 60, "{}", reports.len());
    assert!(
        reports
            .iter()
            .all(|told| AT.since_ms(told.case.opened_at) < 10 * 86_400_000)
    );
    assert!(
        reports
            .iter()
            .all(|told| told.case.matter.site.as_deref() == Some(outbreak.site.as_str()))
    );
    let parents: BTreeSet<_> = reports
        .iter()
        .filter_map(|told| told.case.parent.clone())
        .collect();
    assert_eq!(parents.len(), 1);
    let incident = told
        .iter()
        .find(|told| Some(&told.case.id) == parents.first())
        .expect("the incident is a case");
    let linked = reports.iter().filter(|told| told.case.parent.is_some()).count();
    assert!(
        linked * 10 >= (reports.len() - 1) * 9,
        "{linked} of {} are linked",
        reports.len()
    );
    let reported = incident
        .events
        .iter()
        .filter(|event| matches!(event.kind, EventKind::DeadlineMet { .. }))
        .count();
    assert!(reported >= 1 && incident.case.state == CaseState::Investigating);
}

#[test]
fn the_same_options_give_the_same_data_and_another_seed_another() {
    let (one, two) = (tell(options(150)), tell(options(150)));
    assert_eq!(one, two);
    let other = tell(Options {
        seed: 2,
        ..options(150)
    });
    assert_ne!(
        one.first().map(|told| &told.case.id),
        other.first().map(|told| &told.case.id)
    );
    for cases in [0, 1, 5] {
        assert_eq!(tell(options(cases)).len(), cases);
    }
}

fn count<K: Ord>(told: &[Told], keys: impl Fn(&Told) -> Vec<K>) -> BTreeMap<K, usize> {
    let mut counts = BTreeMap::new();
    for key in told.iter().flat_map(keys) {
        *counts.entry(key).or_insert(0) += 1;
    }
    counts
}

struct Zeros;

impl crate::Randomness for Zeros {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_is_stored_once_with_sound_histories() {
    let app = crate::open("sqlite::memory:", Box::new(|| AT), Box::new(Zeros))
        .await
        .expect("a fresh database");
    let made = app.seed_demo(options(120)).await.expect("the demo is stored");
    assert_eq!((made.cases, made.customers), (120, 375));
    let again = app.seed_demo(options(120)).await.expect("the demo is there");
    assert!(again.was_there && again.cases == 0);
    let page = app
        .store()
        .list(&store::CaseQuery::default())
        .await
        .expect("the list");
    assert_eq!(page.total, 120);
    assert!(page.rows.iter().all(|row| row.demo));
    let chains = app.store().verify_chain(None).await.expect("the chains");
    assert_eq!((chains.events as usize, chains.breaks.len()), (made.events, 0));
    let case = app
        .store()
        .case(&page.rows[0].id)
        .await
        .expect("a case")
        .expect("it is listed");
    let events = app.store().events(&case.id).await.expect("its events");
    assert_eq!(
        desk::replay(events.iter().map(|stored| &stored.event)),
        Some(case)
    );
    let users = app.store().users().await.expect("the staff");
    assert!(
        users
            .iter()
            .any(|user| user.login == "supervisor" && user.role == Role::Supervisor)
    );
}
