//! The needs that follow from psychology and motives (A12).

use domain::{BasicNeed, EmotionalNeed, Maslow, Motive, Needs, Psychology, RationalNeed, Risk};

/// Motives that are demands on the business, not moods.
const DEMANDS: &[Motive] = &[
    Motive::Refund,
    Motive::Compensation,
    Motive::Apology,
    Motive::Time,
    Motive::Suggestion,
];

/// The needs behind a reading.
pub fn derive_needs(psychology: Psychology, motives: &[Motive], risks: &[Risk]) -> Needs {
    let mut needs = needs_of(psychology);
    for &motive in motives {
        add_motive(&mut needs, motive);
    }
    if risks.contains(&Risk::Safety) {
        add(&mut needs.basic, BasicNeed::Safe);
        needs.maslow = Some(Maslow::Safety);
    }
    needs.special = motives
        .iter()
        .copied()
        .filter(|motive| DEMANDS.contains(motive))
        .collect();
    needs
}

fn needs_of(psychology: Psychology) -> Needs {
    use {BasicNeed as B, EmotionalNeed as E, Maslow as M, RationalNeed as R};
    let (basic, rational, emotional, maslow): (&[B], &[R], &[E], _) = match psychology {
        Psychology::Solve => (&[B::Understood], &[R::Solution], &[], Some(M::Safety)),
        Psychology::Vent => (&[B::Understood], &[], &[E::Understanding], Some(M::Belonging)),
        Psychology::Respect => (&[B::Respected], &[], &[E::Respect], Some(M::Esteem)),
        Psychology::Redress => (&[B::Safe], &[R::Redress], &[], Some(M::Safety)),
        Psychology::Recognition => (&[B::Understood], &[], &[E::Understanding], Some(M::Belonging)),
        Psychology::Revenge => (&[B::Respected], &[R::Correction], &[E::Respect], Some(M::Esteem)),
        Psychology::Exchange => (
            &[B::Understood],
            &[R::Correction],
            &[E::Pleasure],
            Some(M::SelfActualization),
        ),
        Psychology::None => (&[], &[], &[], None),
    };
    Needs {
        basic: basic.to_vec(),
        special: Vec::new(),
        rational: rational.to_vec(),
        emotional: emotional.to_vec(),
        maslow,
    }
}

fn add_motive(needs: &mut Needs, motive: Motive) {
    match motive {
        Motive::Refund | Motive::Compensation => add(&mut needs.rational, RationalNeed::Redress),
        Motive::Time => add(&mut needs.rational, RationalNeed::Solution),
        Motive::Suggestion => add(&mut needs.rational, RationalNeed::Correction),
        Motive::Understanding => {
            add(&mut needs.basic, BasicNeed::Understood);
            add(&mut needs.emotional, EmotionalNeed::Understanding);
        }
        Motive::Apology | Motive::Respect => {
            add(&mut needs.basic, BasicNeed::Respected);
            add(&mut needs.emotional, EmotionalNeed::Respect);
        }
        Motive::Vent => add(&mut needs.emotional, EmotionalNeed::Understanding),
        Motive::Harassment | Motive::Leverage => {}
    }
}

fn add<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

#[cfg(test)]
mod tests {
    use domain::Vocabulary;

    use super::*;

    #[test]
    fn every_psychology_but_none_has_needs() {
        for &psychology in Psychology::ALL {
            let needs = derive_needs(psychology, &[], &[]);
            assert_eq!(
                needs.maslow.is_none(),
                psychology == Psychology::None,
                "{psychology:?}"
            );
        }
    }

    #[test]
    fn demands_are_special_needs_and_moods_are_not() {
        let needs = derive_needs(Psychology::Redress, &[Motive::Refund, Motive::Leverage], &[]);
        assert_eq!(needs.special, [Motive::Refund]);
        assert_eq!(needs.rational, [RationalNeed::Redress]);
    }
}
