//! What one complaint says: the vocabularies of rows A1–A15.

use super::vocabulary;

vocabulary! {
    /// The facets an analysis is made of; names of what can be read, corrected and cited.
    Facet, "facet", "A", "维度", "Facet";
    Complaint: "complaint", "是否投诉", "Complaint", "是否在表达对某个组织的不满", "Whether an organization is held responsible for falling short of what was expected.";
    Psychology: "psychology", "投诉心理", "Psychology", "客户最想得到什么", "What the customer is after.";
    Motives: "motives", "投诉动机", "Motives", "客户提出或显露的具体诉求", "What is asked for, or evident as a drive.";
    Emotion: "emotion", "情绪阶段", "Emotion", "情绪走到哪一步、有多强", "How far the feeling has gone, and how strong it is.";
    Subjects: "subjects", "投诉内容", "Subjects", "投诉针对什么", "What the complaint is about.";
    Nature: "nature", "投诉性质", "Nature", "有效投诉，还是沟通性的求助、咨询或发泄", "A valid complaint, or a call for help, information or an ear.";
    Stance: "stance", "应对类型", "Stance", "激动程度与目的清晰度的组合", "Agitation combined with clarity of purpose.";
    AngerType: "anger_type", "愤怒类型", "Anger type", "怒气由情绪、道理还是无理要求推动", "What drives the anger: feeling, argument or an unfair demand.";
    Behavior: "behavior", "行为类型", "Behavior", "直接、公开还是沉默地表达", "Told directly, in public, or not in words at all.";
    Causes: "causes", "成因", "Causes", "不满从何而来", "Where the discontent comes from.";
    Risks: "risks", "风险", "Risks", "事情可能往哪里恶化", "Where this may go if handled badly.";
    Temperament: "temperament", "气质", "Temperament", "沟通风格提示，不是对人的判断", "A hint at communication style, never a verdict on a person.";
    Needs: "needs", "需求", "Needs", "由心理与动机推得的需求", "The needs that follow from psychology and motives.";
    Expectation: "expectation", "期望与实得", "Expectation", "期望与实际得到的对照", "What was expected against what was received.";
    Entities: "entities", "要素", "Particulars", "金额、日期、单号等要素", "Money, dates, numbers and other particulars.";
}

vocabulary! {
    /// What the customer is after (A2).
    Psychology, "psychology", "A2", "投诉心理", "Psychology";
    Solve: "solve", "解决问题型", "Wants it solved", "希望把具体问题修好或解释清楚，多半理性、愿意配合", "Wants the concrete problem fixed or clearly explained; mostly rational and cooperative.", ["解决问题", "求解决"];
    Vent: "vent", "发泄型", "Needs to vent", "想被听见、把火发出来，没有具体要求", "Wants to be heard and to let the anger out; has no concrete demand.", ["求发泄", "宣泄"];
    Respect: "respect", "尊重型", "Wants respect", "被敷衍、冷落或冒犯，要求被认真对待", "Was brushed off, treated coldly or rudely, and wants to be taken seriously.", ["求尊重"];
    Redress: "redress", "补偿型", "Wants redress", "要求弥补损失，财产上的或精神上的", "Wants a loss made good, in property or in spirit.", ["补救", "补救型", "求补偿"];
    Recognition: "recognition", "认同型", "Wants recognition", "希望被理解、被认可，常是因变化而失望的老客户", "Wants to be understood and agreed with; often a loyal customer disappointed by a change.", ["求认同"];
    Revenge: "revenge", "报复型", "Wants to hit back", "想让企业付出代价：曝光、抵制、连续差评、要求惩处", "Wants to hurt the company: exposure, boycott, serial bad reviews, punishment.", ["求报复"];
    Exchange: "exchange", "交流型", "Wants to share a view", "想转达意见或建议", "Wants to pass on an opinion or a suggestion.", ["建议型"];
    None: "none", "无", "None", "不是投诉", "Not a complaint.";
}

vocabulary! {
    /// What is asked for or evident as a drive (A3).
    Motive, "motive", "A3", "投诉动机", "Motive";
    Refund: "refund", "退款", "Refund", "要求退回已付的钱", "Wants the money back that was paid.", ["退钱"];
    Apology: "apology", "道歉", "Apology", "要求道歉", "Wants an apology.", ["赔礼"];
    Time: "time", "时间", "Time", "要求快，或抱怨时间被耽误", "Wants speed, or complains of time lost.", ["催促"];
    Vent: "vent", "发泄", "Venting", "明显在倾倒情绪", "Is visibly unloading feelings.";
    Respect: "respect", "尊重", "Respect", "要求被尊重", "Wants to be treated with respect.";
    Compensation: "compensation", "补偿", "Compensation", "要求退款以外的补偿或赔偿", "Wants more than, or other than, a refund.", ["赔偿"];
    Understanding: "understanding", "理解", "Understanding", "希望被理解", "Wants to be understood.";
    Suggestion: "suggestion", "建议", "Suggestion", "提出建议", "Makes a suggestion.";
    Harassment: "harassment", "骚扰", "Harassment", "反复纠缠而无可服务的目的", "Needles again and again without a serviceable aim.";
    Leverage: "leverage", "心机", "Leverage", "以施压换取好处", "Uses pressure as a tactic to get an advantage.", ["施压"];
}

vocabulary! {
    /// How far the feeling has gone (A4).
    EmotionStage, "emotion", "A4", "情绪阶段", "Emotion stage";
    Calm: "calm", "平静", "Calm", "没有明显情绪", "Shows no marked feeling.";
    Disappointed: "disappointed", "失望", "Disappointed", "遗憾、失落、不满意", "Is let down, regretful or dissatisfied.";
    Angry: "angry", "愤怒", "Angry", "带火气的指责、质问、讽刺", "Reproaches with heat: insults, rhetorical questions, biting irony.";
    Despair: "despair", "绝望", "Despair", "放弃、拒绝继续沟通", "Gives up or refuses further dealings.", ["拒绝合作", "绝望/拒绝合作"];
}

vocabulary! {
    /// How strong the feeling is, 0 to 3 (A4).
    Intensity, "intensity", "A4", "情绪强度", "Intensity";
    None: "0", "无", "None", "未显露情绪", "No feeling shown.";
    Mild: "1", "轻微", "Mild", "情绪轻微", "Mild feeling.";
    Strong: "2", "强烈", "Strong", "情绪强烈", "Strong feeling.";
    Extreme: "3", "极端", "Extreme", "辱骂、威胁或极度愤怒", "Abuse, threats or outrage.";
}

vocabulary! {
    /// What the complaint is about (A5).
    Subject, "subject", "A5", "投诉内容", "Subject";
    Product: "product", "产品质量", "Product", "东西本身：设备、质量、口味、房间", "The thing itself: device, quality, taste, room.", ["产品/设备质量", "设备", "质量"];
    Service: "service", "服务质量", "Service", "流程、时效、履约、售后处理", "Process, timeliness, fulfillment, after-sales handling.";
    Attitude: "attitude", "服务态度", "Attitude", "人员的态度与言行", "The manner of people.", ["态度"];
    Policy: "policy", "企业政策", "Policy", "价格、收费、规则、条款、活动", "Prices, fees, rules, terms, promotions.", ["政策"];
    Incident: "incident", "突发事件", "Incident", "波及多人的突发事件", "A sudden event that hits many.", ["突发"];
}

vocabulary! {
    /// Whether the complaint alleges a failing, or communicates (A6).
    Nature, "nature", "A6", "投诉性质", "Nature";
    Valid: "valid", "有效投诉", "Valid complaint", "指称企业有过失、违约、错收或损害，核实登记前为推定", "Alleges neglect, breach, a wrong charge or damage; presumed until a person has verified it.", ["有效"];
    Help: "help", "求助", "Asks for help", "希望得到帮助", "Wants assistance.";
    Inquiry: "inquiry", "咨询", "Asks for information", "想了解信息", "Wants information.";
    Vent: "vent", "发泄", "Vents", "出于误会、口味或心情的不满，没有指称过失", "Discontent from misunderstanding, taste or mood; no failing is alleged.";
    None: "none", "无", "None", "既非投诉，也无所求", "No complaint, and asks nothing.";
}

vocabulary! {
    /// How to meet the customer: agitation × clarity of purpose (A7).
    Stance, "stance", "A7", "应对类型", "Stance";
    Grumble: "grumble", "牢骚型", "Grumbling", "激动而无明确目的", "Agitated, without a purpose.";
    Bargain: "bargain", "谈判型", "Bargaining", "激动且目的明确", "Agitated, with a clear purpose.";
    Harass: "harass", "骚扰型", "Needling", "平静而无目的，挑剔纠缠", "Calm, without a purpose, nit-picking.";
    Reason: "reason", "理智型", "Reasoning", "平静且目的明确，不易被带偏", "Calm, with a clear purpose, hard to steer.";
    None: "none", "无", "None", "看不出", "None shows.";
}

vocabulary! {
    /// What drives the anger (A8).
    AngerType, "anger_type", "A8", "愤怒类型", "Anger type";
    Emotional: "emotional", "情绪型", "Emotional", "由感受推动", "Driven by feeling.";
    Rational: "rational", "理智型", "Rational", "由事实和道理推动", "Driven by facts and argument.";
    Unreasonable: "unreasonable", "无理型", "Unreasonable", "要求明显超出合理范围", "Demands beyond any fair claim.";
    None: "none", "无", "None", "没有怒气或不满", "No anger or discontent.";
}

vocabulary! {
    /// Where the discontent comes from (A9).
    Cause, "cause", "A9", "成因", "Cause";
    HighExpectation: "high_expectation", "预期过高", "High expectation", "与宣传、口碑、价格或以往体验反差大", "Contrast with advertising, reputation, price or earlier experience.";
    Loss: "loss", "利益受损", "Loss", "金钱、时间、健康或物品受损", "Money, time, health or goods were lost.";
    Rights: "rights", "维权意识", "Rights", "援引法律、权利或消费者保护", "Cites law, rights or consumer protection.", ["维权"];
    Herd: "herd", "羊群效应", "Herd", "跟随他人一起投诉", "Joins others who complain.", ["羊群"];
    BrokenPromise: "broken_promise", "承诺不兑现", "Broken promise", "答应的没有做到", "What was promised was not done.";
    Unheard: "unheard", "抱怨没人听", "Unheard", "反映过但没有回应", "It was reported, and nothing happened.";
    NoOwner: "no_owner", "责任无人负", "No owner", "被推来推去，没人负责", "Passed around; nobody takes responsibility.", ["推诿"];
}

vocabulary! {
    /// Where it may go if handled badly (A10).
    Risk, "risk", "A10", "风险", "Risk";
    Legal: "legal", "法律", "Legal", "律师、法院、起诉", "Lawyer, court, lawsuit.";
    Exposure: "exposure", "曝光", "Exposure", "向媒体或公众公开", "Public warning or the media.";
    Regulator: "regulator", "监管升级", "Regulator", "向监管部门或 12315、12345 升级", "Taken to an authority or a consumer hotline.", ["监管"];
    Churn: "churn", "流失", "Churn", "表示或暗示不再购买", "Says or implies leaving.";
    Herd: "herd", "群体", "Many affected", "多人受影响或在串联", "Many are affected, or are organizing.";
    Safety: "safety", "人身安全", "Safety", "伤害、食物中毒、威胁、自伤", "Injury, poisoning, threats, self-harm.";
    Repeat: "repeat", "重复投诉", "Repeat", "不是第一次反映或反复发生", "Reported before, or happening again and again.", ["重复"];
}

vocabulary! {
    /// A hint at communication style, never a verdict (A11).
    Temperament, "temperament", "A11", "气质", "Temperament";
    Choleric: "choleric", "胆汁质", "Choleric", "直接、命令式、来得快（力量型）", "Direct, commanding, quick to flare.", ["力量型"];
    Sanguine: "sanguine", "多血质", "Sanguine", "生动、外露、情绪变化快（活泼型）", "Vivid, expressive, quickly changing.", ["活泼型"];
    Phlegmatic: "phlegmatic", "黏液质", "Phlegmatic", "克制、耐心、就事论事（和平型）", "Restrained, patient, factual at length.", ["和平型"];
    Melancholic: "melancholic", "抑郁质", "Melancholic", "敏感、多疑、细致（完美型）", "Sensitive, suspicious, detailed.", ["完美型"];
    Unknown: "unknown", "不明", "Unknown", "风格证据不足", "The style gives no clear sign.", ["未知"];
}

vocabulary! {
    /// Basic needs of any complaining customer (A12).
    BasicNeed, "basic_need", "A12", "基本需求", "Basic need";
    Understood: "understood", "被理解", "To be understood", "希望被听懂", "Wants to be understood.";
    Respected: "respected", "被尊重", "To be respected", "希望被尊重", "Wants to be respected.";
    Safe: "safe", "安全", "To be safe", "希望人身、钱款、隐私安全", "Wants body, money and privacy to be safe.";
}

vocabulary! {
    /// Rational needs (A12).
    RationalNeed, "rational_need", "A12", "理性需求", "Rational need";
    Solution: "solution", "解决方案", "A solution", "希望问题得到解决", "Wants the problem solved.";
    Redress: "redress", "补偿", "Redress", "希望损失得到弥补", "Wants the loss made good.";
    Correction: "correction", "整改", "Correction", "希望类似问题不再发生", "Wants it not to happen again.";
}

vocabulary! {
    /// Emotional needs (A12).
    EmotionalNeed, "emotional_need", "A12", "感性需求", "Emotional need";
    Respect: "respect", "尊重", "Respect", "感到被尊重", "Feels respected.";
    Understanding: "understanding", "理解", "Understanding", "感到被理解", "Feels understood.";
    Pleasure: "pleasure", "愉悦", "Pleasure", "感到愉快", "Feels pleased.";
}

vocabulary! {
    /// The level of Maslow's hierarchy a complaint touches most (A12).
    Maslow, "maslow", "A12", "需求层次", "Maslow level";
    Physiological: "physiological", "生理", "Physiological", "吃住行等基本生存", "Food, shelter and the like.";
    Safety: "safety", "安全", "Safety", "人身、财产与秩序", "Body, property and order.";
    Belonging: "belonging", "归属", "Belonging", "被接纳、被当作自己人", "To belong.";
    Esteem: "esteem", "尊重", "Esteem", "面子、尊重与认可", "Esteem and recognition.";
    SelfActualization: "self_actualization", "自我实现", "Self-actualization", "参与改进、实现价值", "To contribute and to fulfil oneself.";
}

vocabulary! {
    /// What was received, measured by what was expected (A13).
    Outcome, "outcome", "A13", "期望结果", "Expectation outcome";
    Below: "below", "低于期望", "Below expectation", "不满意，潜在流失", "Dissatisfied; at risk of leaving.";
    Met: "met", "符合期望", "As expected", "一般，摇摆", "Ordinary; wavering.";
    Above: "above", "超出期望", "Above expectation", "满意，忠诚", "Satisfied; loyal.";
    Unknown: "unknown", "不明", "Unknown", "看不出", "Does not show.";
}

vocabulary! {
    /// How the complaint is voiced (A14).
    Behavior, "behavior", "A14", "行为类型", "Behavior";
    Direct: "direct", "直接投诉", "Direct", "直接向企业反映", "Told to the organization.", ["直接"];
    Indirect: "indirect", "间接投诉", "Indirect", "在评价、社交媒体等公开场合表达", "Told in public: reviews, social media.", ["间接"];
    Hidden: "hidden", "隐性投诉", "Hidden", "不说，只是不再来", "Not told at all; the purchases fall silent.", ["隐性"];
}

vocabulary! {
    /// Where a message comes from (A14).
    Channel, "channel", "A14", "渠道", "Channel";
    Phone: "phone", "电话", "Phone", "客服电话或转写", "A call or its transcript.", ["电话转写"];
    Chat: "chat", "在线客服", "Live chat", "网页或应用内的在线客服", "Live chat on a site or in an app.";
    Wecom: "wecom", "企业微信", "WeCom", "企业微信会话", "A WeCom conversation.";
    Wechat: "wechat", "微信", "WeChat", "微信或公众号消息", "A WeChat message.", ["公众号"];
    Email: "email", "电子邮件", "E-mail", "电子邮件", "An e-mail.", ["邮件"];
    WebForm: "web_form", "网页表单", "Web form", "网站投诉表单", "A form on the web site.", ["表单"];
    App: "app", "APP", "App", "手机应用内反馈", "Feedback inside the app.", ["应用"];
    Store: "store", "门店", "Store", "门店或网点当面", "Face to face in a store.";
    Letter: "letter", "信函", "Letter", "书面来信", "A letter on paper.", ["来信"];
    Review: "review", "点评", "Review", "电商或平台上的评价", "A public review.", ["评价", "差评"];
    Social: "social", "社交媒体", "Social media", "微博、短视频等公开发帖", "A public post.", ["微博"];
    Regulator: "regulator", "监管转办", "Regulator", "监管部门或热线转来", "Forwarded by an authority.", ["转办"];
    Helpdesk: "helpdesk", "工单系统", "Helpdesk", "从其他工单系统转入", "Handed over from another helpdesk.", ["工单"];
    Import: "import", "批量导入", "Import", "从文件导入", "Imported from a file.", ["导入"];
}

vocabulary! {
    /// What a particular is (A15); the second half is personal data and is masked by default.
    EntityKind, "entity_kind", "A15", "要素类型", "Kind of particular";
    Money: "money", "金额", "Money", "金额", "An amount of money.";
    Date: "date", "日期", "Date", "日期或时间", "A date or a time.";
    Duration: "duration", "时长", "Duration", "一段时间", "A span of time.";
    Order: "order", "单号", "Order number", "订单、运单、工单号，不是个人信息", "An order, waybill or ticket number; not personal data.";
    Product: "product", "产品", "Product", "产品或型号、批次", "A product, model or batch.";
    Place: "place", "地点", "Place", "门店、城市等地点", "A place.";
    Org: "org", "机构", "Organization", "机构名称", "An organization.";
    Role: "role", "身份", "Role", "客服、骑手、经理等身份", "A role such as courier or manager.";
    Phone: "phone", "电话号码", "Phone number", "手机或座机号码", "A telephone number.";
    IdCard: "id_card", "身份证号", "ID card", "居民身份证号码", "A national identity number.";
    Passport: "passport", "护照号", "Passport", "护照号码", "A passport number.";
    BankCard: "bank_card", "银行卡号", "Bank card", "银行卡号码", "A bank card number.";
    Email: "email", "邮箱", "E-mail address", "电子邮箱地址", "An e-mail address.";
    Plate: "plate", "车牌号", "License plate", "机动车号牌", "A vehicle's license plate.";
    Address: "address", "住址", "Home address", "具体到门牌的地址", "An address down to the door.";
    WechatQq: "wechat_qq", "微信或QQ号", "WeChat or QQ", "微信号或 QQ 号", "A WeChat or QQ account.";
    Name: "name", "姓名", "Name", "个人姓名", "A person's name.";
    Device: "device", "设备号", "Device number", "设备识别码", "A device identifier.";
    Account: "account", "账号", "Account", "用户账号", "A user account.";
}

vocabulary! {
    /// Which part of the engine decided a finding.
    Tier, "tier", "A", "判断来源", "Decided by";
    Rules: "rules", "规则", "Rules", "由规则推得", "Derived by a rule.";
    Model: "model", "模型", "Model", "由模型判断", "Decided by the model.";
    Encoder: "encoder", "编码器", "Encoder", "由编码器判断", "Decided by the encoder.";
    Llm: "llm", "大模型", "Language model", "由大语言模型判断", "Decided by a large language model.";
    Person: "person", "人工", "Person", "由人确认或更正", "Confirmed or corrected by a person.";
}

impl EntityKind {
    /// Whether this kind is personal data, masked by default (R4).
    pub fn is_personal(self) -> bool {
        self >= Self::Phone
    }
}

impl Intensity {
    /// The number 0–3 that stands on the wire.
    pub fn level(self) -> u8 {
        self as u8
    }

    /// The intensity for a level; levels above 3 count as 3.
    pub fn from_level(level: u8) -> Self {
        match level {
            0 => Self::None,
            1 => Self::Mild,
            2 => Self::Strong,
            _ => Self::Extreme,
        }
    }
}

impl Behavior {
    /// Reviews and social posts are public, everything else is told to the organization (A14).
    pub fn of_channel(channel: Channel) -> Self {
        match channel {
            Channel::Review | Channel::Social => Self::Indirect,
            _ => Self::Direct,
        }
    }
}
