//! The ten recovery principles as checks on a case (C3): what was done, what is to do, what went against them.

use domain::{
    Bilingual, Case, CaseState, CheckRule, CheckState, EmotionStage, MessageDirection, Nature, Principle,
    PrincipleState, Timestamp, Vocabulary,
};

use super::{checks::checks, credence::exceeds};
use crate::rules::DoubtSums;

type Result = (CheckState, Bilingual);

/// What the messages to the customer say, as far as words tell; each the first words found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// An excuse.
    pub excuse: Option<String>,
    /// An argument or a blame.
    pub argument: Option<String>,
    /// A word for the customer's feeling.
    pub feeling: Option<String>,
    /// A next step.
    pub step: Option<String>,
    /// A time.
    pub time: Option<String>,
}

/// The ten principles, in vocabulary order, each kept, to do, or violated, and why.
pub fn principles(
    case: &Case,
    heard: &Heard,
    sums: Option<DoubtSums>,
    now: Timestamp,
) -> Vec<PrincipleState> {
    let state = |principle: &Principle| {
        let (state, because) = match principle {
            Principle::Speed => by_rule(case, CheckRule::FirstDay, now),
            Principle::NoExcuses => no_excuses(case, heard),
            Principle::CustomersView => customers_view(case),
            Principle::NoArgument => no_argument(case, heard),
            Principle::Feelings => feelings(case, heard),
            Principle::BenefitOfDoubt => benefit_of_doubt(case, sums),
            Principle::SayTheSteps => say_the_steps(case, heard),
            Principle::KeepInformed => by_rule(case, CheckRule::AllInformed, now),
            Principle::ConsiderCompensation => consider_compensation(case),
            Principle::WinBack => win_back(case),
        };
        PrincipleState {
            principle: *principle,
            state,
            because,
        }
    };
    Principle::ALL.iter().map(state).collect()
}

fn ok(zh: impl Into<String>, en: impl Into<String>) -> Result {
    (CheckState::Ok, Bilingual::new(zh, en))
}

fn to_do(zh: impl Into<String>, en: impl Into<String>) -> Result {
    (CheckState::Pending, Bilingual::new(zh, en))
}

fn violated(zh: impl Into<String>, en: impl Into<String>) -> Result {
    (CheckState::Violated, Bilingual::new(zh, en))
}

/// A principle that one of the eight rules measures already.
fn by_rule(case: &Case, rule: CheckRule, now: Timestamp) -> Result {
    let checks = checks(case, now);
    let found = checks.into_iter().find(|check| check.rule == rule);
    found.map_or_else(
        || to_do("尚未检查", "Not checked yet."),
        |check| (check.state, check.because),
    )
}

fn has_answered(case: &Case) -> bool {
    let outward = |message: &domain::Message| message.direction == MessageDirection::Outbound;
    case.messages.iter().any(outward)
}

fn no_excuses(case: &Case, heard: &Heard) -> Result {
    match &heard.excuse {
        Some(words) => violated(
            format!("对客户说了“{words}”，像在推脱"),
            format!("“{words}” was written, which sounds like an excuse."),
        ),
        None if has_answered(case) => ok("回复里没有推脱的话", "No excuse in what was written."),
        None => to_do(
            "首次响应时有错就认，不找借口",
            "Own up in the first answer, without excuses.",
        ),
    }
}

fn customers_view(case: &Case) -> Result {
    match case.state {
        CaseState::Received | CaseState::Acknowledged => to_do(
            "请确认对方的诉求和感受，再动手",
            "Confirm what they want and feel before acting.",
        ),
        _ => ok("诉求已由人确认", "A person confirmed what they want."),
    }
}

fn no_argument(case: &Case, heard: &Heard) -> Result {
    match &heard.argument {
        Some(words) => violated(
            format!("对客户说了“{words}”，像在争输赢"),
            format!("“{words}” was written, which argues or blames."),
        ),
        None if has_answered(case) => ok("回复里没有争执", "Nothing written argues."),
        None => to_do(
            "不争输赢，只说事实和要做的",
            "State facts and what will be done; do not argue.",
        ),
    }
}

fn feelings(case: &Case, heard: &Heard) -> Result {
    let calm = case.analysis.emotion.stage.value() == EmotionStage::Calm;
    match &heard.feeling {
        Some(words) => ok(
            format!("已接住感受：“{words}”"),
            format!("The feeling was met: “{words}”."),
        ),
        None if calm => ok(
            "对方平静，就事论事即可",
            "They are calm; keeping to the matter is enough.",
        ),
        None if has_answered(case) => violated(
            "已经回复，却没有一句话提到对方的感受",
            "They were answered without one word for what they feel.",
        ),
        None => to_do("先说出对方的感受", "Name the feeling first."),
    }
}

/// Nobody haggles over little, nobody names a figure for much before it was checked.
fn benefit_of_doubt(case: &Case, sums: Option<DoubtSums>) -> Result {
    let (Some(sums), Some(amount)) = (sums, case.analysis.largest_amount()) else {
        return ok("没有需要衡量的金额", "There is no sum to weigh.");
    };
    let offered = case.proposal.as_ref().map(|proposal| &proposal.offers);
    let small = amount.currency == sums.no_haggling_below.currency && amount < sums.no_haggling_below;
    let large = exceeds(amount, sums.investigate_above);
    let checked = case.investigated_at.is_some() || case.valid.is_some();
    match offered {
        _ if large && checked => ok("金额较大，已先核实", "The sum is large and was checked first."),
        Some(_) if large => violated(
            "金额较大，没有核实就提了数",
            "The sum is large, and a figure was named before it was checked.",
        ),
        None if large => to_do(
            "金额较大，先核实情况、看往来记录",
            "The sum is large: check facts and history first.",
        ),
        Some(offers) if small && haggles(offers, amount) => violated(
            "金额这么小还打折扣，请按原数给",
            "So small a sum was haggled over; grant it in full.",
        ),
        _ if small => ok("金额小，不讨价还价", "The sum is small; nobody haggles."),
        _ => ok(
            "按所说处理，边办边核实",
            "Acted on as told, checked along the way.",
        ),
    }
}

/// Offers of money that all stay below a small sum.
fn haggles(offers: &[domain::RemedyOffer], amount: domain::Money) -> bool {
    let sums = offers.iter().filter_map(|offer| offer.amount);
    let sums: Vec<_> = sums.filter(|sum| sum.currency == amount.currency).collect();
    !sums.is_empty() && sums.iter().fold(0_i64, |all, sum| all.saturating_add(sum.minor)) < amount.minor
}

fn say_the_steps(case: &Case, heard: &Heard) -> Result {
    match (&heard.step, &heard.time) {
        (Some(_), Some(time)) => ok(
            format!("说了下一步和时间（“{time}”）"),
            format!("The next step and its time (“{time}”) were told."),
        ),
        _ if !has_answered(case) => to_do("说清下一步和时间", "Say what happens next and when."),
        (None, _) => violated("回复里没说下一步做什么", "What was written names no next step."),
        (Some(_), None) => violated("说了下一步，没说时间", "A next step was named, but no time."),
    }
}

fn consider_compensation(case: &Case) -> Result {
    let harm = case.analysis.nature.value() == Nature::Valid;
    match &case.proposal {
        Some(_) => ok("已提出补救", "A remedy was proposed."),
        None if case.state.is_final() && harm && case.state != CaseState::Withdrawn => to_do(
            "案件了结却没有记录补救，请说明缘由",
            "It ended without a remedy on record; say why.",
        ),
        None if !harm => ok(
            "未指称过失，先不涉及补救",
            "No failing is alleged; nothing to make good so far.",
        ),
        None => to_do("想一想该补什么", "Consider what should be made good."),
    }
}

fn win_back(case: &Case) -> Result {
    match case.state {
        CaseState::FollowedUp => ok("已回访", "They were asked again afterwards."),
        CaseState::Closed => to_do("结案后请回访", "Ask again after closing."),
        CaseState::Withdrawn | CaseState::Merged => ok("不需要回访", "No follow-up is needed."),
        _ => to_do(
            "办妥之后回访，把人留住",
            "Once settled, ask again and win them back.",
        ),
    }
}
