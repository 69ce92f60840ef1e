//! What a conversation does turn by turn: the vocabularies of rows B2–B4.

use super::vocabulary;

vocabulary! {
    /// What an agent does in one turn (B2).
    AgentAct, "agent_act", "B2", "坐席动作", "Agent act";
    Greet: "greet", "问候", "Greets", "问候并说明身份", "Greets and says who is speaking.";
    Listen: "listen", "倾听复述", "Listens", "复述客户所说", "Says back what the customer said.";
    Empathize: "empathize", "共情", "Empathizes", "说出并承认客户的感受", "Names and accepts the customer's feeling.";
    Apologize: "apologize", "道歉", "Apologizes", "道歉", "Apologizes.";
    Ask: "ask", "询问", "Asks", "询问事实或意图", "Asks for facts or intent.";
    Explain: "explain", "解释", "Explains", "解释原因或规则", "Explains a reason or a rule.";
    Propose: "propose", "提出方案", "Proposes", "提出方案", "Proposes a solution.";
    Commit: "commit", "承诺时限", "Commits", "带时限的承诺", "Commits to something by a date.";
    Progress: "progress", "通报进展", "Reports progress", "通报进展", "Reports progress.";
    FollowUp: "follow_up", "跟进回访", "Follows up", "处理后回访", "Follows up afterwards.";
    Thank: "thank", "致谢", "Thanks", "感谢客户", "Thanks the customer.";
}

vocabulary! {
    /// What an agent does wrong in one turn (B3).
    AgentFault, "agent_fault", "B3", "坐席过失", "Agent fault";
    IgnoreEmotion: "ignore_emotion", "忽视情感", "Ignores emotion", "对客户的情绪视而不见", "Passes over the customer's feeling.";
    Defend: "defend", "过度辩解", "Defends", "为自己或公司开脱", "Makes excuses for self or company.";
    Argue: "argue", "争辩", "Argues", "与客户争对错", "Argues about who is right.";
    Deflect: "deflect", "推诿", "Deflects", "把事情推给别人", "Pushes the matter to somebody else.";
    Cold: "cold", "冷漠", "Cold", "语气冷淡、机械", "Is cold or mechanical.";
    Provoke: "provoke", "激化用语", "Provokes", "用语火上浇油", "Uses words that pour oil on the fire.";
    Overpromise: "overpromise", "过度承诺", "Overpromises", "只说好处、承诺过头", "Promises too much; all upside, no downside.";
    SelfPraise: "self_praise", "标榜利他", "Praises self", "标榜一切为客户好", "Claims to act only for the customer's good.";
    Interrupt: "interrupt", "打断", "Interrupts", "打断客户", "Interrupts the customer.";
    NoFollowUp: "no_follow_up", "无跟进", "No follow-up", "没有后续安排", "Leaves the next step open.";
    Inconsistent: "inconsistent", "口径不一", "Inconsistent", "前后说法不一", "Contradicts what was said before.";
}

vocabulary! {
    /// Where a turn stands in the five-step flow (B4).
    Stage, "stage", "B4", "五步流程", "Five-step flow";
    Empathize: "empathize", "共情理解", "Empathize", "先理解感受", "Understand the feeling first.";
    Intent: "intent", "了解意图", "Find the intent", "弄清事实与意图", "Find out facts and intent.";
    Propose: "propose", "合理建议", "Propose", "给出合理建议", "Offer reasonable options.";
    Commit: "commit", "服务承诺", "Commit", "承诺人、事、时限", "Commit to who, what and when.";
    FollowUp: "follow_up", "反馈跟进", "Follow up", "反馈结果并跟进", "Report back and follow up.";
    Other: "other", "其他", "Other", "不属于以上步骤", "None of these steps.";
}

vocabulary! {
    /// The six Cs of handling a complaint (B4).
    SixC, "six_c", "B4", "6C", "Six Cs";
    Control: "control", "掌控情绪", "Control", "掌控情绪", "Keep emotions under control.";
    Collect: "collect", "收集信息", "Collect", "收集信息", "Collect information.";
    Classify: "classify", "掌握客户类型", "Classify", "掌握客户类型", "Know what kind of customer speaks.";
    Communicate: "communicate", "沟通技巧", "Communicate", "运用沟通技巧", "Communicate with skill.";
    Comprehend: "comprehend", "领会动机与需求", "Comprehend", "领会动机与需求", "Grasp motives and needs.";
    Conclude: "conclude", "化解矛盾", "Conclude", "化解矛盾", "Resolve the conflict.";
}

vocabulary! {
    /// Who says a turn of a conversation (G1).
    Speaker, "speaker", "G1", "说话人", "Speaker";
    Customer: "customer", "客户", "Customer", "提出投诉的一方", "The side that complains.", ["user", "end_user", "visitor", "consumer", "client", "buyer", "顾客", "用户", "买家", "来电", "投诉人"];
    Agent: "agent", "坐席", "Agent", "代表机构的人", "A person who speaks for the organization.", ["客服", "staff", "operator", "seller", "商家", "卖家", "专员", "店员", "经理"];
    Bot: "bot", "机器人", "Bot", "自动应答", "An answering machine.", ["automated_agent", "robot", "ivr", "智能客服"];
    System: "system", "系统", "System", "系统提示", "A line the system wrote.", ["notice", "提示"];
    Unknown: "unknown", "不明", "Unknown", "看不出是谁说的", "It cannot be told who says it.";
}

vocabulary! {
    /// Signals that a customer's words give in a conversation (B1).
    TalkSignal, "talk_signal", "B1", "会话信号", "Signal in a conversation";
    Superior: "superior", "要求上级", "Asks for a superior", "要求上级或负责人出面", "Asks for a superior.";
    Regulator: "regulator", "提到监管", "Names a regulator", "提到监管部门", "Names a regulator.";
    Legal: "legal", "提到法律", "Names the law", "提到律师、起诉或仲裁", "Names a lawyer, a court or arbitration.";
    Exposure: "exposure", "提到曝光", "Names exposure", "提到媒体或网上曝光", "Names media or posting online.";
    Leave: "leave", "要离开", "Breaks off", "表示离开或不再沟通", "Says that they leave or talk no more.";
    Abuse: "abuse", "辱骂", "Abuse", "辱骂坐席", "Insults the agent.";
    Praise: "praise", "表扬", "Praise", "表扬或感谢", "Praises or thanks.";
    Question: "question", "质疑服务", "Questions the service", "质疑服务或说法", "Calls the service or a statement into question.";
    Safety: "safety", "人身安全", "Safety", "涉及人身安全", "Somebody may come to harm.";
    Unheard: "unheard", "没被听见", "Not heard", "说自己没被听见或被打断", "Says that they are not heard or were cut short.";
    Contradiction: "contradiction", "指出前后不一", "Points out a contradiction", "指出坐席前后说法不一", "Points out that the agent contradicts what was said.";
}

vocabulary! {
    /// How the feeling turned (B1).
    TurningKind, "turning", "B1", "转折", "Turning point";
    Better: "better", "缓和", "Better", "情绪缓和", "The feeling eased.";
    Worse: "worse", "激化", "Worse", "情绪激化", "The feeling rose.";
}

vocabulary! {
    /// How the feeling ran over a whole conversation (B1).
    Course, "course", "B1", "走势", "Course of the feeling";
    Calm: "calm", "始终平稳", "Calm throughout", "情绪始终平稳", "Never strong.";
    Recovered: "recovered", "恢复", "Recovered", "先升高后恢复", "Rose and came down again.";
    Eased: "eased", "有所缓和", "Eased", "有所缓和但未恢复", "Came down in part.";
    Level: "level", "持续不满", "Unchanged", "一直不满，没有变化", "Stayed as bad as it was.";
    Collapsed: "collapsed", "恶化", "Collapsed", "越谈越糟", "Ended worse than it began.";
}

vocabulary! {
    /// Why the reading of a conversation is less sure than it could be (G1).
    TalkDoubt, "talk_doubt", "G1", "会话疑点", "Doubt about a conversation";
    Empty: "empty", "没有内容", "Empty", "没有可读的话", "Nothing was said.";
    RolesGuessed: "roles_guessed", "角色为推测", "Roles guessed", "记录没有说明说话人，按内容推测", "The record does not say who speaks; it was guessed.";
    OneSided: "one_sided", "只有一方", "One-sided", "只有一方的话", "Only one side speaks.";
    EmptyTurns: "empty_turns", "有空白发言", "Empty turns", "有的发言没有内容", "Some turns hold no words.";
    TimesMissing: "times_missing", "时间不全", "Times missing", "部分发言没有时间", "Some turns have no time.";
    TimesDisordered: "times_disordered", "时间错乱", "Times disordered", "时间先后矛盾，按记录顺序读", "Times contradict the order; the order of the record was kept.";
    Machines: "machines", "含系统或机器人", "Machines speak", "含系统或机器人发言，不计入评价", "Bots or system lines are not rated.";
    VeryLong: "very_long", "过长", "Very long", "发言很多，超出部分未读", "So long that the rest was not read.";
    Broken: "broken", "记录中断", "Broken record", "记录中断或有读不出的行", "The record breaks off or holds lines that cannot be read.";
    Short: "short", "过短", "Short", "发言太少，依据不足", "Too few turns to be sure.";
}

vocabulary! {
    /// The seven labels that inspection products give a customer's part of a conversation (E1).
    CustomerLabel, "customer_label", "E1", "客户标签", "Customer label";
    Complains: "complains", "投诉", "Complains", "表示要投诉", "Says that they complain.";
    Escalates: "escalates", "升级问题", "Escalates", "要求上级或升级处理", "Asks for a superior or threatens to go further.";
    Questions: "questions", "质疑服务", "Questions the service", "质疑服务或专业性", "Calls the service into question.";
    Publicizes: "publicizes", "制造舆情", "Goes public", "表示要曝光", "Announces exposure.";
    Praises: "praises", "表扬", "Praises", "表扬坐席或服务", "Praises agent or service.";
    Abuses: "abuses", "辱骂", "Abuses", "辱骂坐席", "Insults the agent.";
    Rages: "rages", "愤怒", "Is angry", "情绪愤怒", "Is angry.";
}
