//! The table of error codes: stable code, kind, what it is, what to do next, in both languages.

use super::ErrorKind;

/// Words in both languages, known at compile time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeRow {
    /// The stable name, for programs.
    pub key: &'static str,
    /// The kind.
    pub kind: ErrorKind,
    /// What it is.
    pub what: Words,
    /// What to do next.
    pub next: Words,
}

macro_rules! codes {
    ($( $variant:ident: $key:literal, $kind:ident, $zh:literal, $en:literal, $next_zh:literal, $next_en:literal; )+) => {
        /// A kind of failure with a stable name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code {
            $( #[doc = $en] $variant, )+
        }

        impl Code {
            /// Every code, in table order.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )+ ];

            /// The row of the table.
            pub fn row(self) -> &'static CodeRow {
                const ROWS: &[CodeRow] = &[ $( CodeRow {
                    key: $key,
                    kind: ErrorKind::$kind,
                    what: Words { zh: $zh, en: $en },
                    next: Words { zh: $next_zh, en: $next_en },
                }, )+ ];
                &ROWS[self as usize]
            }
        }
    };
}

codes! {
    MalformedRequest: "malformed_request", Malformed, "请求无法读取", "The request cannot be read.", "请按错误说明改正后重发", "Correct it as described and send it again.";
    MalformedJson: "malformed_json", Malformed, "请求体不是正确的 JSON", "The body is not valid JSON.", "请检查指出的行列", "Check the line and column named.";
    InvalidUtf8: "invalid_utf8", Malformed, "请求体不是 UTF-8 编码", "The body is not UTF-8.", "请转成 UTF-8 再发送", "Convert it to UTF-8 and send it again.";
    Unauthenticated: "unauthenticated", Unauthenticated, "尚未登录或登录已过期", "Nobody is signed in, or the session has ended.", "请登录，或提供有效的令牌", "Sign in, or send a valid token.";
    WrongCredentials: "wrong_credentials", Unauthenticated, "登录名或密码不对", "Login name or password is wrong.", "请检查后重试", "Check both and try again.";
    LoginLocked: "login_locked", TooMany, "连续输错次数过多，暂时锁定", "Too many wrong passwords in a row; locked for a while.", "请一分钟后再试", "Try again in a minute.";
    SecondFactorRequired: "second_factor_required", Unauthenticated, "还需要验证码", "A code of the authenticator is needed as well.", "请输入验证器上的六位数字，或一个恢复码", "Send the six digits, or a recovery code, as code.";
    WrongCode: "wrong_code", Unauthenticated, "验证码不对，或已用过", "The code is wrong, or was used already.", "请等验证器换一个数字再试", "Wait for the next code and try again.";
    SecondFactorPresent: "second_factor_present", Conflict, "已经启用了验证器", "A second factor is in use already.", "请先停用，再换新的", "Remove it before setting up another.";
    KeyMissing: "key_missing", Unavailable, "服务器没有打开验证器密钥的钥匙文件", "The server has no key that opens the secrets of authenticators.", "可用恢复码登录；请管理员设置 key_file 并放回原来的文件", "A recovery code works; have an administrator set key_file to the file it was sealed with.";
    SessionRequired: "session_required", Forbidden, "令牌不能更改账号", "A token cannot change the account.", "请在浏览器登录后更改", "Sign in with a browser for that.";
    ScopeMissing: "scope_missing", Forbidden, "令牌的范围不包括这项操作", "The scopes of the token do not include this.", "请换用范围更宽的令牌", "Use a token whose scopes include it.";
    RateLimited: "rate_limited", TooMany, "请求过于频繁", "Too many requests.", "请等 Retry-After 所说的秒数后再试", "Wait as many seconds as Retry-After says.";
    CsrfRequired: "csrf_required", Forbidden, "缺少或不符的防伪令牌", "The token against forged requests is missing or wrong.", "请带上登录时得到的 X-CSRF-Token", "Send the X-CSRF-Token that login returned.";
    Forbidden: "forbidden", Forbidden, "当前角色没有这项权限", "Your role does not allow this.", "请交给有权限的同事，或联系管理员", "Hand it to a colleague who may, or ask an administrator.";
    NotFound: "not_found", NotFound, "没有找到", "There is no such thing.", "请检查编号或地址", "Check the id or the address.";
    RouteNotFound: "route_not_found", NotFound, "没有这个接口", "There is no such route.", "请查看 /api/v1/openapi.json", "See /api/v1/openapi.json.";
    MethodNotAllowed: "method_not_allowed", MethodNotAllowed, "这个接口不支持该方法", "The route does not know this method.", "请查看 Allow 头或 /api/v1/openapi.json", "See the Allow header or /api/v1/openapi.json.";
    StaleVersion: "stale_version", Conflict, "案件已被别人更新", "The case has changed meanwhile.", "请看最新的案件再决定", "Look at the current case and decide again.";
    WrongState: "wrong_state", Conflict, "案件当前状态不能这样做", "The state of the case does not allow this.", "请先完成前一步", "Complete the step before first.";
    CaseFinished: "case_finished", Conflict, "案件已经结束", "The case is finished.", "请先重新打开案件", "Open it again first.";
    NeedsApproval: "needs_approval", Conflict, "正在等待批准", "It waits for approval.", "请主管批准后再继续", "Go on once a supervisor has approved.";
    RuleViolated: "rule_violated", Conflict, "违反处理规则", "A rule of the desk forbids it.", "请按说明改做", "Do as described instead.";
    MessageBlocked: "message_blocked", Invalid, "消息有需要改正之处，尚未发送", "The message has findings that block it; it was not sent.", "请改写，或写明理由后坚持发送", "Rewrite it, or overrule with a reason.";
    Duplicate: "duplicate", Conflict, "已经存在", "It exists already.", "请换一个名字或使用已有的", "Choose another name or use what exists.";
    TooLarge: "too_large", TooLarge, "请求超过大小上限", "The request is larger than allowed.", "请拆小后分次发送", "Split it and send the parts.";
    UnsupportedType: "unsupported_type", UnsupportedType, "不支持这种内容类型", "The content type is not understood.", "请以 application/json 发送", "Send application/json.";
    InvalidFields: "invalid_fields", Invalid, "有字段缺失或不正确", "Fields are missing or wrong.", "请改正列出的字段", "Correct the fields listed.";
    InvalidCursor: "invalid_cursor", Invalid, "翻页标记无效", "The cursor is not one of this list.", "请从第一页重新开始", "Start again from the first page.";
    IdempotencyReused: "idempotency_key_reused", Invalid, "同一个 Idempotency-Key 用在了不同的请求上", "The same Idempotency-Key came with another request.", "请为新的请求换一个键", "Use a new key for a new request.";
    PreconditionRequired: "precondition_required", PreconditionRequired, "缺少 If-Match", "If-Match is missing.", "请带上所见案件的版本，如 If-Match: \"3\"", "Send the version you saw, such as If-Match: \"3\".";
    TooManyStreams: "too_many_streams", TooMany, "实时连接过多", "Too many live streams are open.", "请稍后再连", "Connect again later.";
    TooBusy: "too_busy", TooMany, "同时登录的人过多", "Too many people sign in at once.", "请稍后再试", "Try again in a moment.";
    StoreUnavailable: "store_unavailable", Unavailable, "数据库暂时不可用", "The database does not answer.", "请稍后用同一个 Idempotency-Key 再试，不会重复生效", "Try again later with the same Idempotency-Key; it takes effect once.";
    StorageFull: "storage_full", Unavailable, "存储空间已满，暂时不能保存", "There is no room left to store anything.", "没有任何改动；请管理员腾出空间，查看不受影响", "Nothing was changed; have an administrator make room. Reading goes on.";
    StorageReadOnly: "storage_read_only", Unavailable, "数据库不可写入", "The database cannot be written.", "没有任何改动；请管理员检查文件权限，查看不受影响", "Nothing was changed; have an administrator check the permissions. Reading goes on.";
    Overloaded: "overloaded", Unavailable, "请求过多，暂时处理不过来", "More is asked than can be answered at once.", "请按 Retry-After 稍后再试", "Come again after the seconds in Retry-After.";
    RequestTooSlow: "request_too_slow", TooSlow, "请求发送得太慢", "The request takes too long to come in.", "请检查网络后重发", "Check the network and send it again.";
    Failed: "failed", Failed, "系统内部出错", "The product itself failed.", "请稍后再试，并把时间告诉管理员", "Try again later and tell an administrator the time.";
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn codes_are_unique_and_say_what_to_do() {
        let mut keys = HashSet::new();
        for code in Code::ALL {
            let row = code.row();
            assert!(keys.insert(row.key), "{} stands twice", row.key);
            for text in [row.what.zh, row.what.en, row.next.zh, row.next.en] {
                assert!(!text.is_empty(), "{} lacks words", row.key);
            }
        }
    }
}
