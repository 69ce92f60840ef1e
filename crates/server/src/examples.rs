//! One example of each request body, for the description of the API; a test sends every one of them.

use serde_json::Value;

/// A macro with places that the case fills.
const PRESET: &str = r#"{"kind": "macro", "name": "先致歉", "text": "非常抱歉让您久等,我马上核实。"}"#;

/// Method, path, body.
const EXAMPLES: &[(&str, &str, &str)] = &[
    (
        "post",
        "/api/v1/login",
        r#"{"login": "zhou", "password": "correct horse battery"}"#,
    ),
    (
        "post",
        "/api/v1/accounts",
        r#"{"login": "lin", "name": "林晓", "role": "agent", "password": "correct horse battery"}"#,
    ),
    ("post", "/api/v1/accounts/{id}", r#"{"active": false}"#),
    (
        "post",
        "/api/v1/imports",
        r#"{"source": "november.csv", "rows": [{"line": 2, "key": "a1", "intake": {"text": "快递三天没动,电话打不通", "channel": "phone"}}]}"#,
    ),
    ("post", "/api/v1/cases/{id}/presence", r#"{"doing": "viewing"}"#),
    ("post", "/api/v1/desk", r#"{"organization": "云杉家居"}"#),
    ("post", "/api/v1/packs/preview", r#"{"packs": ["express"]}"#),
    (
        "post",
        "/api/v1/progress/{secret}/verdict",
        r#"{"expected": "三天内退款", "received": "第二天收到退款", "outcome": "above", "csat": 5, "settled": true}"#,
    ),
    (
        "post",
        "/api/v1/setup",
        r#"{"code": "4f7k-2m9p", "organization": "云杉家居", "login": "chen", "name": "陈宁", "password": "correct horse battery"}"#,
    ),
    (
        "post",
        "/api/v1/webhooks",
        r#"{"url": "https://erp.example/tingsu", "events": ["received", "closed"]}"#,
    ),
    ("post", "/api/v1/webhooks/{id}", r#"{"active": false}"#),
    ("post", "/api/v1/webhooks/{id}/replay", r#"{"after": 0}"#),
    ("post", "/api/v1/presets", PRESET),
    ("post", "/api/v1/presets/{id}", PRESET),
    (
        "post",
        "/api/v1/tokens",
        r#"{"name": "order system", "role": "agent", "days": 30}"#,
    ),
    (
        "post",
        "/api/v1/me/password",
        r#"{"current": "correct horse battery", "new": "staple and a longer rope"}"#,
    ),
    (
        "post",
        "/api/v1/me/second-factor",
        r#"{"password": "correct horse battery"}"#,
    ),
    (
        "post",
        "/api/v1/me/second-factor/confirm",
        r#"{"code": "123456"}"#,
    ),
    (
        "post",
        "/api/v1/me/second-factor/remove",
        r#"{"password": "correct horse battery"}"#,
    ),
    (
        "post",
        "/api/v1/analyses",
        r#"{"text": "我要退款,还要赔偿!态度太差,再不处理我就曝光"}"#,
    ),
    (
        "post",
        "/api/v1/plans",
        r#"{"text": "说好三天到,等了十天,没人负责", "channel": "phone"}"#,
    ),
    (
        "post",
        "/api/v1/cases",
        r#"{"text": "空调修了三次还是不制冷,师傅说没人负责", "channel": "phone", "customer": {"name": "陈女士", "phone": "13812345678"}}"#,
    ),
    (
        "post",
        "/api/v1/cases/{id}/commands",
        r#"{"command": "note", "text": "客户下午三点后方便接电话"}"#,
    ),
    (
        "post",
        "/api/v1/cases/{id}/prevention",
        r#"{"action": "换了承运商,同类延误不再发生"}"#,
    ),
    ("post", "/api/v1/cases/{id}/progress-link", r#"{"days": 30}"#),
    (
        "post",
        "/api/v1/conversations",
        r#"{"channel": "chat", "agent": "A17", "turns": [{"role": "customer", "text": "等了十天还没到"}]}"#,
    ),
    (
        "post",
        "/api/v1/conversations/{id}/turns",
        r#"{"turns": [{"role": "agent", "text": "实在抱歉让您等了十天,请问订单号是多少?", "agent": "A17"}]}"#,
    ),
    (
        "post",
        "/api/v1/conversations/{id}/appeals",
        r#"{"rule": "greeting", "reason": "开场已由机器人问候"}"#,
    ),
    (
        "post",
        "/api/v1/conversations/{id}/decisions",
        r#"{"rule": "greeting", "upheld": false, "reason": "确有问候,扣分撤回"}"#,
    ),
    (
        "post",
        "/api/v1/customers/{id}/consents",
        r#"{"purpose": "survey", "granted": false}"#,
    ),
    (
        "post",
        "/api/v1/customers/{id}/correct",
        r#"{"phone": "13812345678", "reason": "客户来电更正号码"}"#,
    ),
    (
        "post",
        "/api/v1/customers/{id}/erase",
        r#"{"reason": "客户要求删除"}"#,
    ),
    (
        "post",
        "/api/v1/purchases",
        r#"{"purchases": [{"customer": "c-1", "at": "2026-11-01", "amount": "39.90"}]}"#,
    ),
    (
        "post",
        "/api/v1/insight/root-causes",
        r#"{"title": "电芯来料不良", "detail": "同一批次", "batch": "B7"}"#,
    ),
    (
        "post",
        "/api/v1/insight/root-causes/{id}",
        r#"{"title": "电芯来料不良", "status": "found"}"#,
    ),
    (
        "post",
        "/api/v1/insight/reports/schedule",
        r#"{"daily": false, "weekly": true, "monthly": true}"#,
    ),
    (
        "post",
        "/api/v1/messages/check",
        r#"{"text": "您好,今天18点前给您回电"}"#,
    ),
    ("post", "/api/v1/packs/in-force", r#"{"packs": ["express"]}"#),
    (
        "post",
        "/api/v1/privacy/assessments",
        r#"{"title": "投诉识读", "text": "目的、必要性、风险与措施"}"#,
    ),
    (
        "post",
        "/api/v1/settings/privacy",
        r#"{"use_temperament": true, "retention_days": 1095}"#,
    ),
    (
        "post",
        "/api/v1/settings/{name}/preview",
        r#"{"edits": [{"edit": "authority", "role": "agent", "yuan": 300}]}"#,
    ),
    (
        "post",
        "/api/v1/settings/{name}/revisions",
        r#"{"edits": [{"edit": "authority", "role": "agent", "yuan": 300}], "note": "试行一个月"}"#,
    ),
    ("post", "/api/v1/settings/{name}/undo", r#"{"note": "试行结束"}"#),
    (
        "post",
        "/api/v1/users/{id}/profile",
        r#"{"strengths": ["firm"], "skills": ["attitude"], "capacity": 20}"#,
    ),
];

/// The example of an operation's body; binary bodies have none.
pub(crate) fn example_of(method: &str, path: &str) -> Option<Value> {
    let row = EXAMPLES.iter().find(|row| (row.0, row.1) == (method, path));
    row.map(|(_, _, body)| {
        serde_json::from_str(body).expect("the examples are valid JSON, as their test says")
    })
}
