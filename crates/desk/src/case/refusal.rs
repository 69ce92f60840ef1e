//! Refusals in words: what is wrong, and what to do instead.

use domain::{Case, CaseState, CommandKind, Refusal, RefusalCode, Vocabulary};

/// The longest text one command may carry, in code points.
pub(super) const LONGEST_TEXT: usize = 10_000;

pub(super) fn refuse(
    case: &Case,
    code: RefusalCode,
    field: Option<&'static str>,
    zh: impl Into<String>,
    en: impl Into<String>,
) -> Refusal {
    Refusal {
        code,
        field,
        state: Some(case.state),
        because: domain::Bilingual::new(zh, en),
    }
}

/// A field is missing or wrong.
pub(super) fn invalid(
    case: &Case,
    field: &'static str,
    zh: impl Into<String>,
    en: impl Into<String>,
) -> Refusal {
    refuse(case, RefusalCode::InvalidField, Some(field), zh, en)
}

/// The text without blanks around it, or the refusal of an empty or endless one.
pub(super) fn required(case: &Case, field: &'static str, text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(invalid(
            case,
            field,
            "这一项不能为空，请填写",
            "This must not be empty; please fill it in.",
        ));
    }
    limited(case, field, text)
}

/// An optional text: blank counts as none.
pub(super) fn optional(
    case: &Case,
    field: &'static str,
    text: Option<&String>,
) -> Result<Option<String>, Refusal> {
    match text.map(|text| text.trim()).filter(|text| !text.is_empty()) {
        Some(text) => limited(case, field, text).map(Some),
        None => Ok(None),
    }
}

fn limited(case: &Case, field: &'static str, text: &str) -> Result<String, Refusal> {
    if text.chars().count() > LONGEST_TEXT {
        let zh = format!("超过 {LONGEST_TEXT} 字，请缩短或拆成几条");
        let en = format!("Longer than {LONGEST_TEXT} characters; shorten or split it.");
        return Err(invalid(case, field, zh, en));
    }
    Ok(text.to_owned())
}

/// The role does not allow the command.
pub(super) fn not_allowed(case: &Case, role: domain::Role, command: CommandKind) -> Refusal {
    let (role, command) = (role.entry(), command.entry());
    refuse(
        case,
        RefusalCode::NotAllowed,
        None,
        format!("“{}”没有“{}”的权限，请交给有权限的同事", role.zh, command.zh),
        format!(
            "The role “{}” may not “{}”; hand it to a colleague who may.",
            role.en, command.en
        ),
    )
}

/// The state does not allow the command.
pub(super) fn wrong_state(case: &Case, command: CommandKind) -> Refusal {
    let (zh, en) = missing(case, command).unwrap_or_else(|| next_step(case));
    let (state, command) = (case.state.entry(), command.entry());
    let code = if case.state.is_final() {
        RefusalCode::Finished
    } else {
        RefusalCode::WrongState
    };
    refuse(
        case,
        code,
        None,
        format!("案件现在是“{}”，不能“{}”；{zh}", state.zh, command.zh),
        format!(
            "The case is “{}”, which does not allow “{}”. {en}",
            state.en, command.en
        ),
    )
}

/// What a command needs that has nothing to do with how far the case is.
fn missing(case: &Case, command: CommandKind) -> Option<(String, String)> {
    let (zh, en) = match command {
        CommandKind::RequestTime => (
            "它没有法定办结时限；请先“适用规则”",
            "No rule set it a decision clock: apply rules first.",
        ),
        CommandKind::GiveVerdict if !case.state.is_final() => (
            "还没有办完；补救执行后请客户评价",
            "It is not done yet: the verdict is asked for once it was made good.",
        ),
        CommandKind::DecideTime => ("没有待审批的时限申请", "No request about a clock waits."),
        CommandKind::ResumeClock => ("没有中止的时限", "No clock is paused."),
        CommandKind::Unmerge => ("它没有并入别的案件", "It was not joined into another case."),
        CommandKind::ApproveStatement => (
            "没有待批准的口径；请先拟定口径",
            "No statement waits: draft one first.",
        ),
        _ => return None,
    };
    Some((zh.to_owned(), en.to_owned()))
}

fn next_step(case: &Case) -> (String, String) {
    let (zh, en) = match case.state {
        CaseState::Received => ("请先首次响应客户", "Answer the customer first (acknowledge)."),
        CaseState::Acknowledged => (
            "请先确认读出的维度",
            "Confirm what was read first (confirm facets).",
        ),
        CaseState::Understood => ("下一步是调查或提出方案", "Next: investigate or propose."),
        CaseState::Investigating => ("调查清楚后请提出方案", "Propose when the facts are clear."),
        CaseState::Proposed => (
            "请等客户同意，或另提方案",
            "Wait for the customer's consent, or propose anew.",
        ),
        CaseState::Agreed => ("请先执行已同意的补救", "Carry out the agreed remedy first."),
        CaseState::Remedied => ("请先核验补救结果", "Check the result first."),
        CaseState::Verified => (
            "可以带客户评价结案",
            "It can be closed with the customer's verdict.",
        ),
        CaseState::Closed | CaseState::FollowedUp | CaseState::Refused | CaseState::Withdrawn => (
            "请先重新打开案件并写明原因",
            "Reopen the case first, with a reason.",
        ),
        CaseState::Merged => {
            let into = case.merged_into.as_ref().map_or("", |id| id.as_str());
            return (
                format!("它已并入另一案件（{into}），请到那里处理"),
                format!("It was joined into another case ({into}); go on there."),
            );
        }
    };
    (zh.to_owned(), en.to_owned())
}
