//! How a case is handled: the vocabularies of rows C and D, roles and doubts.

use super::vocabulary;

vocabulary! {
    /// The three appeals, in order (C2).
    Appeal, "appeal", "C2", "三段法", "Appeal";
    Emotion: "emotion", "动之以情", "Appeal to feeling", "先照顾感受：措辞、换位、分寸", "Feelings first: wording, perspective, tact.";
    Reason: "reason", "晓之以理", "Appeal to reason", "再讲道理：利弊都说，不装利他", "Then reasons: never all upside, never pretended altruism.";
    Rules: "rules", "绳之以法", "Appeal to the rules", "最后依规：成文规则，照章办事", "Last the rules: written policy, acted on.";
}

vocabulary! {
    /// The three changes offered when a contact is stuck (C5).
    ThreeChange, "three_change", "C5", "三换", "Three changes";
    Person: "person", "换人", "Change of person", "换一个人来谈", "Let somebody else talk.";
    Place: "place", "换地点", "Change of place", "换一个地点或渠道来谈", "Talk in another place or channel.";
    Time: "time", "换时间", "Change of time", "换一个时间再谈", "Talk at another time.";
}

vocabulary! {
    /// Whom a complaint concerns and who has to know of it (D4, 360°).
    Party, "party", "D4", "应告知方", "Party to be informed";
    Customer: "customer", "客户", "Customer", "提出投诉的客户", "Who complained.";
    Owner: "owner", "负责人", "Owner", "案件唯一负责人", "The one accountable for the case.";
    Supervisor: "supervisor", "主管", "Supervisor", "严重、超时或再次打开的案件要知道的人", "Who has to know of grave, late and reopened cases.";
    Department: "department", "责任部门", "Department that must mend", "需要整改成因的部门", "The department that has to remove the cause.";
    Followers: "followers", "事件关联客户", "Followers of the incident", "同一事件下其他案件的客户", "The customers of the other cases of the incident.";
}

vocabulary! {
    /// Whether a remedy is of property or of spirit (C6).
    RemedyFamily, "remedy_family", "C6", "补救类别", "Kind of remedy";
    Property: "property", "财产补救", "Of property", "金钱或物品上的补救", "Made good in money or goods.";
    Spirit: "spirit", "精神补救", "Of spirit", "道歉、解释、整改等补救", "Made good by apology, explanation or correction.";
}

vocabulary! {
    /// What can be offered to make good (C6).
    Remedy, "remedy", "C6", "补救方式", "Remedy";
    Refund: "refund", "退款", "Refund", "退回全部已付款", "All of the money back.";
    PartialRefund: "partial_refund", "部分退款", "Partial refund", "退回部分已付款", "Part of the money back.";
    Replacement: "replacement", "换货", "Replacement", "更换新品", "A new one instead.";
    Repair: "repair", "维修", "Repair", "修好", "Put in order.";
    Compensation: "compensation", "赔偿", "Compensation", "对损失作出赔偿", "Payment for the loss.";
    Coupon: "coupon", "优惠券", "Coupon", "优惠券", "A coupon.";
    Points: "points", "积分", "Points", "会员积分", "Loyalty points.";
    FeeWaiver: "fee_waiver", "费用减免", "Fee waiver", "减免费用", "A fee is waived.";
    SameService: "same_service", "提供同类服务", "Same service", "免费再提供一次同类服务", "The same service once more, free.";
    Apology: "apology", "致歉", "Apology", "口头或文字致歉", "An apology.";
    FormalApology: "formal_apology", "正式致歉", "Formal apology", "由负责人出面的正式致歉", "A formal apology by the person in charge.";
    Explanation: "explanation", "说明情况", "Explanation", "把原委解释清楚", "A clear explanation.";
    Correction: "correction", "整改", "Correction", "改进流程或产品", "The process or product is corrected.";
    StaffAction: "staff_action", "人员处理", "Staff action", "对人员培训或处理", "Training or action for the staff concerned.";
    Thanks: "thanks", "致谢", "Thanks", "正式致谢", "A word or letter of thanks.";
    Visit: "visit", "上门拜访", "Visit", "负责人上门拜访", "A visit by the person in charge.";
}

vocabulary! {
    /// The states of a case (D2).
    CaseState, "state", "D2", "案件状态", "Case state";
    Received: "received", "已接收", "Received", "已进入系统，尚未回应", "In, not yet answered.";
    Acknowledged: "acknowledged", "已首响", "Acknowledged", "已向客户首次回应", "The customer has had a first answer.";
    Understood: "understood", "已厘清", "Understood", "诉求与各维度已确认", "Facets and demand are confirmed.";
    Investigating: "investigating", "调查中", "Investigating", "正在调查核实", "Facts are being checked.";
    Proposed: "proposed", "已提方案", "Proposed", "已提出处理方案", "A remedy has been proposed.";
    Agreed: "agreed", "已达成", "Agreed", "客户已同意方案", "The customer has agreed.";
    Remedied: "remedied", "已补救", "Remedied", "补救已执行", "The remedy has been carried out.";
    Verified: "verified", "已核验", "Verified", "补救结果已核验", "The result has been checked.";
    Closed: "closed", "已结案", "Closed", "已带客户评价结案", "Closed with the customer's verdict.";
    FollowedUp: "followed_up", "已回访", "Followed up", "结案后已回访", "Followed up after closing.";
    Refused: "refused", "已拒绝", "Refused", "依规拒绝并说明理由", "Refused by rule, with reasons.";
    Withdrawn: "withdrawn", "已撤回", "Withdrawn", "客户撤回", "Withdrawn by the customer.";
    Merged: "merged", "已合并", "Merged", "并入另一案件", "Joined into another case.";
}

vocabulary! {
    /// Every change a person can make to a case.
    CommandKind, "command", "D2", "操作", "Command";
    Acknowledge: "acknowledge", "首次响应", "Acknowledge", "向客户作首次回应", "Give the customer a first answer.";
    Assign: "assign", "指派", "Assign", "指定唯一负责人", "Name the one accountable owner.";
    ConfirmFacets: "confirm_facets", "确认维度", "Confirm facets", "确认或更正读出的维度", "Confirm or correct what was read.";
    VerifyValidity: "verify_validity", "核实有效性", "Verify validity", "核实是否有效投诉并登记", "Decide whether the complaint is valid, and register it.";
    StartInvestigation: "start_investigation", "开始调查", "Start investigation", "开始调查核实", "Start checking the facts.";
    Propose: "propose", "提出方案", "Propose", "向客户提出方案", "Propose a remedy.";
    Approve: "approve", "批准方案", "Approve", "批准超出权限的方案", "Approve a remedy beyond authority.";
    SendBack: "send_back", "退回方案", "Send back", "退回待批准的方案，说明要改什么", "Send a remedy that waits for approval back, with what is to change.";
    Agree: "agree", "客户同意", "Agree", "记录客户同意", "Record that the customer agreed.";
    Remedy: "remedy", "执行补救", "Carry out", "记录补救已执行", "Record that the remedy was carried out.";
    Verify: "verify", "核验结果", "Verify", "核验补救结果", "Check the result.";
    Close: "close", "结案", "Close", "带客户评价结案", "Close with the customer's verdict.";
    GiveVerdict: "give_verdict", "客户评价", "Customer's verdict", "记录客户的评价：期望、实得、是否可以结案", "Record what the customer expected and received, and whether it is settled.";
    FollowUp: "follow_up", "回访", "Follow up", "记录结案后的回访", "Record the follow-up.";
    Reopen: "reopen", "重新打开", "Reopen", "重新打开案件", "Open the case again.";
    Refuse: "refuse", "拒绝", "Refuse", "依规拒绝并说明理由", "Refuse by rule, with reasons.";
    Withdraw: "withdraw", "撤回", "Withdraw", "记录客户撤回", "Record that the customer withdrew.";
    Merge: "merge", "合并", "Merge", "并入另一案件", "Join into another case.";
    LinkParent: "link_parent", "关联事件", "Link to incident", "挂到同一突发事件的案件下", "Put under the case of the same incident.";
    Promise: "promise", "登记承诺", "Promise", "登记对客户的承诺", "Enter a promise made to the customer.";
    KeepPromise: "keep_promise", "兑现承诺", "Keep promise", "记录承诺已兑现", "Record that a promise was kept.";
    ReportProgress: "report_progress", "通报进展", "Report progress", "向客户通报进展", "Tell the customer how things stand.";
    ChangePerson: "change_person", "换人", "Change person", "换人再谈", "Let somebody else talk.";
    ChangePlace: "change_place", "换地点", "Change place", "换地点或渠道再谈", "Talk in another place or channel.";
    ChangeTime: "change_time", "换时间", "Change time", "换时间再谈", "Talk at another time.";
    SendMessage: "send_message", "发送消息", "Send message", "给客户发送消息", "Send the customer a message.";
    ApplyPacks: "apply_packs", "适用规则", "Apply rules", "指定案件适用的时限规则", "Say which rules set the deadlines of the case.";
    RequestTime: "request_time", "申请调整时限", "Request time", "申请延期、鉴定中止或重新计时", "Ask for an extension, a pause or a fresh start of a clock.";
    DecideTime: "decide_time", "审批时限申请", "Decide on time", "批准或驳回时限申请", "Grant or turn down a request about a clock.";
    ResumeClock: "resume_clock", "恢复计时", "Resume clock", "鉴定结束，恢复计时", "The appraisal is over: the clock runs on.";
    Unmerge: "unmerge", "撤销合并", "Undo joining", "撤销合并，恢复原状态", "Take the case out of the other one again.";
    Attach: "attach", "添加附件", "Attach", "把已上传的文件挂到案件上", "Attach a file that was uploaded.";
    ProposeStatement: "propose_statement", "拟定口径", "Draft statement", "为事件拟定统一口径", "Draft the one statement of an incident.";
    ApproveStatement: "approve_statement", "批准口径", "Approve statement", "批准事件的统一口径", "Approve the one statement of an incident.";
    TellPrevention: "tell_prevention", "告知整改", "Tell prevention", "告知客户成因已经消除", "Tell the customer that the cause was removed.";
    Inform: "inform", "告知相关方", "Inform", "记录告知了谁、什么内容", "Record who was told what.";
    Note: "note", "内部备注", "Note", "写内部备注", "Write an internal note.";
    Unmask: "unmask", "查看原文", "Unmask", "凭理由查看未遮盖的原文", "See the unmasked text, with a reason.";
}

vocabulary! {
    /// What a colleague has shown to be good at (D8).
    Strength, "strength", "D8", "坐席长处", "Strength of a colleague";
    Firm: "firm", "强", "Firm", "立场坚定，不被情绪带走", "Holds a line and is not carried away.";
    Brave: "brave", "勇", "Brave", "敢于面对强硬的谈判", "Stands up in a hard bargain.";
    Wise: "wise", "智", "Wise", "善于化解纠缠", "Finds the way out of a tangle.";
    FirstMover: "first_mover", "先", "First mover", "抢先一步把话说在前面", "Is a step ahead and says it first.";
}

vocabulary! {
    /// What a customer can allow or refuse (PIPL).
    ConsentPurpose, "consent_purpose", "R4", "同意事项", "Purpose of consent";
    AutomatedJudgment: "automated_judgment", "自动化判断", "Automated judgment", "由系统判断投诉心理、气质等标签", "Labels such as psychology and temperament are read by the product.";
    Training: "training", "改进模型", "Training", "用更正后的文本改进识读", "Corrected texts teach the reading.";
    Survey: "survey", "回访调查", "Survey", "结案后的满意度回访", "Asked how satisfied, after closing.";
    Contact: "contact", "其他联系", "Other contact", "处理投诉以外的联系", "Contact beyond the complaint.";
}

vocabulary! {
    /// How serious a case is, 1 to 4 (D2).
    Severity, "severity", "D2", "严重程度", "Severity";
    Minor: "1", "轻微", "Minor", "影响轻微", "Little harm.";
    Moderate: "2", "一般", "Moderate", "有一定影响", "Some harm.";
    Serious: "3", "严重", "Serious", "损失或风险较大", "Much harm or risk.";
    Critical: "4", "重大", "Critical", "涉及安全、群体或重大损失", "Safety, many people or a great loss.";
}

vocabulary! {
    /// How soon a case must be worked on, 1 to 4 (D2).
    Priority, "priority", "D2", "优先级", "Priority";
    Low: "1", "低", "Low", "按序处理", "In its turn.";
    Normal: "2", "中", "Normal", "正常处理", "As usual.";
    High: "3", "高", "High", "优先处理", "Before others.";
    Urgent: "4", "紧急", "Urgent", "立即处理", "At once.";
}

vocabulary! {
    /// How close the customer is to the organization (D2).
    Loyalty, "loyalty", "D2", "客户忠诚度", "Loyalty";
    New: "new", "新客户", "New", "初次往来", "First dealings.";
    Regular: "regular", "普通客户", "Regular", "有往来的客户", "Buys now and then.";
    Loyal: "loyal", "忠诚客户", "Loyal", "长期往来", "Has stayed for long.";
    AtRisk: "at_risk", "流失风险", "At risk", "可能离开", "May be leaving.";
    Lost: "lost", "已流失", "Lost", "已经离开", "Has left.";
    Unknown: "unknown", "不明", "Unknown", "没有资料", "Nothing is known.";
}

vocabulary! {
    /// The states of a promise in the ledger (A13).
    PromiseState, "promise_state", "A13", "承诺状态", "Promise state";
    Open: "open", "待兑现", "Open", "尚未到期或未兑现", "Not yet due or not yet kept.";
    Kept: "kept", "已兑现", "Kept", "按时兑现", "Kept in time.";
    Late: "late", "迟兑现", "Late", "兑现但迟了", "Kept, but late.";
    Broken: "broken", "未兑现", "Broken", "到期未兑现", "Due, and not kept.";
}

vocabulary! {
    /// What a clock counts down to (D3).
    DeadlineKind, "deadline_kind", "D3", "时限类型", "Kind of clock";
    FirstResponse: "first_response", "首次响应", "First response", "多久内首次回应客户", "By when the customer has a first answer.";
    Progress: "progress", "进展通报", "Progress report", "下次向客户通报进展的时间", "By when the next progress report is due.";
    Resolution: "resolution", "办结", "Resolution", "多久内办结并告知", "By when the matter is settled and told.";
    FollowUp: "follow_up", "结案回访", "Follow-up", "结案后多久回访", "By when the customer is asked again after closing.";
    Promise: "promise", "承诺兑现", "Promise", "承诺的兑现时间", "By when a promise is to be kept.";
    Acceptance: "acceptance", "受理决定", "Acceptance", "依规决定是否受理并告知的时限", "By when a rule wants it decided and told whether the complaint is taken up.";
    Decision: "decision", "法定办结", "Decision by rule", "法律法规或平台规则要求的办结并告知时限", "By when a law or platform rule wants the matter decided and told.";
}

vocabulary! {
    /// How a clock stands (D3).
    DeadlineState, "deadline_state", "D3", "时限状态", "State of a clock";
    Running: "running", "计时中", "Running", "正在计时", "Counting.";
    Met: "met", "已达成", "Met", "在时限内完成", "Done in time.";
    Near: "near", "临近", "Near", "即将到期", "Soon due.";
    Breached: "breached", "已超时", "Breached", "超过时限", "Past due.";
    Stopped: "stopped", "已停止", "Stopped", "不再适用", "No longer applies.";
    Paused: "paused", "中止中", "Paused", "外部鉴定期间不计时", "Not counting while somebody outside appraises.";
}

vocabulary! {
    /// What about a case waits for somebody else's decision (D5).
    Waiting, "waiting", "D5", "待批事项", "Waits for a decision";
    Proposal: "proposal", "补救方案", "Proposal", "超出权限的方案等待批准", "A remedy beyond authority waits for approval.";
    Time: "time", "时限申请", "Request about a clock", "延期、中止或重新计时等待决定", "An extension, a pause or a fresh start was asked for.";
    Statement: "statement", "事件口径", "Statement", "事件的统一口径等待批准", "The one statement of an incident waits for approval.";
}

vocabulary! {
    /// What can be asked for a clock set by a rule (D3).
    TimeRequestKind, "time_request", "D3", "时限申请", "Request about a clock";
    Extension: "extension", "延期", "Extension", "按规则延长办理期限", "The rule's longer term.";
    Appraisal: "appraisal", "鉴定中止", "Pause for appraisal", "外部鉴定、检测、评估期间不计时", "Time of an appraisal outside does not count.";
    NewFacts: "new_facts", "重新计时", "Fresh start", "客户提出新的事实，重新计时", "The customer brought new facts: the clock starts anew.";
}

vocabulary! {
    /// The eight rules of complaint management, as checks on a case (D4).
    CheckRule, "check_rule", "D4", "八大法则", "Rule of complaint management";
    ThreeChanges: "three_changes", "三换", "Three changes", "僵持时换人、换地点、换时间", "Stuck: change person, place or time.";
    CorePosition: "core_position", "核心立场", "Core position", "谈判前先记录底线", "The bottom line is recorded before negotiating.";
    SingleLead: "single_lead", "绝对领导", "Single lead", "只有一位负责人", "One accountable owner.";
    OneVoice: "one_voice", "单一口径", "One voice", "同类事项口径一致", "Like cases get the same answer.";
    AllInformed: "all_informed", "360度", "360 degrees", "所有相关方知情", "All affected parties are informed.";
    FirstDay: "first_day", "24小时", "24 hours", "24 小时内首次响应", "A first answer within 24 hours.";
    LeaveRoom: "leave_room", "留白", "Leave room", "首次接触不说超出权限的定论", "No final word on first contact beyond authority.";
    HighestInterest: "highest_interest", "最高利益", "Highest interest", "安全与法律高于成本", "Safety and law outrank cost.";
}

vocabulary! {
    /// The ten recovery principles, as checks on a case (C3).
    Principle, "principle", "C3", "十项补救原则", "Recovery principle";
    Speed: "speed", "迅速行动", "Be quick", "第一时间回应，按时间办结", "An answer at once, and settled in time.";
    NoExcuses: "no_excuses", "有错就认", "No excuses", "承认错误，不找借口", "Admit what went wrong, without excuses.";
    CustomersView: "customers_view", "客户视角", "Customer's view", "弄清对方要什么，站在他那头看", "Find out what they need and see it from their side.";
    NoArgument: "no_argument", "不争输赢", "No argument", "不与客户争论", "Do not try to win an argument.";
    Feelings: "feelings", "体谅感受", "Feelings first", "先接住感受再讲事情", "Meet the feeling before the matter.";
    BenefitOfDoubt: "benefit_of_doubt", "宁信其有", "Benefit of the doubt", "小额不计较，大额先核实，存疑看往来", "Do not haggle over little, check what is large, look at the history when unsure.";
    SayTheSteps: "say_the_steps", "说明步骤", "Say the steps", "说清下一步和时间", "Say what happens next, and when.";
    KeepInformed: "keep_informed", "通报进展", "Keep informed", "进展不断线", "Keep them informed as it goes on.";
    ConsiderCompensation: "consider_compensation", "考虑补偿", "Consider compensation", "该补的主动想到", "Think of what should be made good.";
    WinBack: "win_back", "挽回好感", "Win back goodwill", "事后回访，把人留住", "Ask again afterwards and win them back.";
}

vocabulary! {
    /// The result of a check.
    CheckState, "check_state", "D4", "检查结果", "Check result";
    Ok: "ok", "符合", "Kept", "已做到", "The rule is kept.";
    Pending: "pending", "待办", "To do", "还没到或还没做", "Not done yet.";
    Violated: "violated", "违反", "Violated", "没有做到", "The rule is violated.";
}

vocabulary! {
    /// What a person may do is decided by role (R3).
    Role, "role", "R3", "角色", "Role";
    Agent: "agent", "坐席", "Agent", "一线受理与沟通", "Takes in complaints and talks to customers.";
    Specialist: "specialist", "投诉专员", "Specialist", "负责处理疑难投诉", "Handles the hard cases.";
    Supervisor: "supervisor", "主管", "Supervisor", "分派、审批与督办", "Assigns, approves and watches.";
    Quality: "quality", "质检", "Quality", "检查服务质量", "Inspects the quality of handling.";
    Analyst: "analyst", "分析", "Analyst", "查看数据与趋势", "Reads numbers and trends.";
    Admin: "admin", "管理员", "Administrator", "管理用户与设置", "Manages users and settings.";
    CustomerLink: "customer_link", "客户链接", "Customer link", "客户凭链接查看进度", "The customer, by a secret link.";
}

vocabulary! {
    /// What an API token may be used for, within its role.
    TokenScope, "token_scope", "R3", "令牌范围", "Token scope";
    Analyze: "analyze", "识读", "Analyze", "识读文本、生成方案、检查消息，不留存", "Read texts, plan, check messages; nothing is kept.";
    CasesRead: "cases_read", "读案件", "Read cases", "列表、案件、历史与实时变化", "Lists, cases, their history and what changes.";
    CasesWrite: "cases_write", "写案件", "Change cases", "受理投诉、执行命令、上传文件", "Take complaints in, command, upload files.";
    Conversations: "conversations", "会话", "Conversations", "会话的写入、识读与质检", "Conversations, what is heard in them, inspection.";
    Customers: "customers", "客户", "Customers", "客户卡片、消费与个人信息权利", "Customer cards, purchases, rights over personal data.";
    Insight: "insight", "洞察", "Insight", "数字、报告与原因", "Numbers, reports, causes.";
    Administration: "administration", "管理", "Administration", "设置、账号、令牌以及其余一切", "Settings, accounts, tokens and everything else.";
}

vocabulary! {
    /// Why a reading is less sure than it could be.
    Doubt, "doubt", "A", "疑点", "Doubt";
    Empty: "empty", "空白", "Empty", "没有内容", "There is no text.";
    ShortText: "short_text", "过短", "Short text", "内容太短，依据不足", "Too short to be sure.";
    VeryLong: "very_long", "过长", "Very long", "内容很长，以主要部分为准", "Very long; the main part decides.";
    NotLanguage: "not_language", "不是语言", "Not language", "看不出语言内容", "No language is recognizable.";
    MixedLanguage: "mixed_language", "语言混杂", "Mixed language", "夹杂较多非中文", "Much of it is not Chinese.";
    Uncertain: "uncertain", "把握不大", "Uncertain", "主要维度概率接近", "The main facets are close calls.";
    AmbiguousDate: "ambiguous_date", "日期有歧义", "Ambiguous date", "日期可有两种读法", "A date can be read two ways.";
    ImpossibleDate: "impossible_date", "日期不存在", "Impossible date", "日期不存在", "A date does not exist.";
    AmbiguousAmount: "ambiguous_amount", "金额有歧义", "Ambiguous amount", "金额的逗号位置不明，可有两种读法", "The commas of an amount can be read two ways.";
    AmountOverflow: "amount_overflow", "金额过大", "Amount too large", "金额超出可计算范围", "An amount is beyond reckoning.";
}

impl Severity {
    /// The number 1–4 that stands on the wire.
    pub fn level(self) -> u8 {
        self as u8 + 1
    }

    /// The severity for a level, clamped to 1–4.
    pub fn from_level(level: u8) -> Self {
        [Self::Minor, Self::Moderate, Self::Serious, Self::Critical][usize::from(level.clamp(1, 4)) - 1]
    }
}

impl Priority {
    /// The number 1–4 that stands on the wire.
    pub fn level(self) -> u8 {
        self as u8 + 1
    }

    /// The priority for a level, clamped to 1–4.
    pub fn from_level(level: u8) -> Self {
        [Self::Low, Self::Normal, Self::High, Self::Urgent][usize::from(level.clamp(1, 4)) - 1]
    }
}

impl Remedy {
    /// Whether the remedy is of property or of spirit.
    pub fn family(self) -> RemedyFamily {
        if self < Self::Apology {
            RemedyFamily::Property
        } else {
            RemedyFamily::Spirit
        }
    }
}

impl CaseState {
    /// Whether no further work is expected in this state.
    pub fn is_final(self) -> bool {
        matches!(
            self,
            Self::Closed | Self::FollowedUp | Self::Refused | Self::Withdrawn | Self::Merged
        )
    }
}
