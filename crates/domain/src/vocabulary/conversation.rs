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
