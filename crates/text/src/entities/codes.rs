//! Codes that a word nearby says something about: accounts, devices, WeChat names, orders. Of several words the nearest
//! one tells what the code is.

use std::ops::Range;
use std::sync::LazyLock;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use domain::{EntityKind, EntityValue};
use regex::Regex;

use super::runs::{Gap, place, spell};
use super::signs::Signs;
use super::{Finder, Found, Page};

/// Looks for codes.
pub(super) const FINDER: Finder = Finder {
    wanted: |signs: &Signs| signs.coded && (signs.digits >= 4 || signs.latin || signs.han_digits >= 6),
    find,
};

/// What a code may be, with the words that say so; `-` is a code of no person.
pub(super) const WORDS: &[(&str, &str)] = &[
    (
        "account",
        "加油卡 油卡 购物卡 储值卡 市民卡 老年卡 健康卡 洗车卡 美容卡 社保卡 医保卡 etc卡 地铁卡 交通卡 医疗卡 诊疗卡 账号 帐号 账户 帐户 会员 用户名 用户id 用户编号 用户号 客户号 客户编号 户号 户名号 登录名 登陆名 登录id 登入名 登录 登陆 昵称 uid 学号 社保 医保 公积金 表号 缴费号 宽带 积分卡 学籍 login username user account member 保险账户 养老 网银 用户码 户头 交费号 编户 户籍号 客户代码 参保号 参保 电费号 水费号 气费号 燃气号 卡号 号主 id 店铺id 游戏id 支付宝 贴吧 微博 抖音号 快手号 小红书 电户 水户 气户 水卡 电卡 燃气卡 借书证 饭卡 校园卡 保单号 住院号 病历号 就诊卡 就诊号 学生证 学生号 一卡通 公交卡 健身卡 参保编号 客户编码 用户编码 缴费编号 注册名 注册账号 账户号 账户名 登录号 会籍 会员卡号 会员编号 社会保障 保险号 保险账号 个人编号 缴存编号 customer userid membership 用电编号",
    ),
    (
        "device",
        "imei imei1 imei2 meid 串号 串码 设备号 设备码 设备id 设备编号 设备 序列号 序列码 机身号 机身码 机身 机器码 机器号 mac sn s/n serial 车架号 车架 发动机号 vin u盾 盾 电表号 水表号 气表号 电表 水表 气表 燃气表 表具 表码 表身 机号 出厂编号 手环 硬件号 udid 识别码 电表编号 水表编号 表编号 光猫",
    ),
    (
        "wechat_qq",
        "微信 微信号 薇信 威信 卫星号 v信 v❤ vx wx weixin wechat qq 扣扣 企鹅 加v 加我 威芯 微x 徽信 v号 q号 秋秋 绿泡泡 加微 加薇 微号 球球 口口号 +v 卫信 威心 v心 微❤ 薇❤",
    ),
    (
        "order",
        "订单 单号 运单 快递单 工单 物流 流水 受理 交易号 交易 票号 案件 报修 预约 编号 凭证 保单 合同号 合同编号 合同 订单号 order 投诉号 回执 退货单 退回单 booking 申请号 tracking 理赔 报案 案号 赔案",
    ),
    (
        "-",
        "分机 分机号 总机 总机号 座机号 手机 手机号 手机号码 电话 电话号 电话号码 卡号 银行卡 银行卡号 身份证 身份证号 身份证号码 证件 证件号 证件号码 护照 通行证 邮箱 联系方式 座机 验证码 取件码 提货码 工号 邮编 邮政编码 条码 条形码 股票代码 证券代码 基金代码 税号 信用代码 许可证 国药准字 发票 发票号 版本 版本号 isbn 航班 车次 批号 批次 型号 货号 款号 规格 密码 错误码 代码 报错 error code 门牌 座位 尾号 编码 商品编码 barcode model 生产日期 口令 核销码 券码 优惠码 兑换码 邀请码 页 短信 色号 房号 桌号 flight seat room bus 型 款 路 座 牌",
    ),
];

/// The place in [`WORDS`] of the words for what is no code of a person.
pub(super) const NONE: u32 = 4;

/// Words made of what something is and a word for its number; the first field counts in [`WORDS`].
const COMPOUNDS: &[(u32, &str, &str)] = &[
    (
        0,
        "会员 用户 客户 缴费 参保 参保人 学员 驾校学员 学生卡 车友 居民 住户 业主 病人 病员 患者 户主 缴存人 投资者 投资人 储户 持卡人 买家 玩家 主播 骑手账户 智能卡 机顶盒 机顶盒智能卡 水电 煤气 天然气 物业 停车卡 健康卡 医保卡 社会保障卡 公积金个人 客户关系 合约 套餐账户 宽带用户 手机营业厅 常客 贵宾 积分 航空会员 酒店会员 俱乐部 图书 图书馆 学生 考生报名 报名 社保 医保 公积金 燃气户 水费户 电费户 供暖 暖气 采暖 供热 热力 飞行常客 常旅客 里程 有线电视 机顶盒用户 宽带 固话账户 学 学籍 考生 准考证 借书证 读者证 读者 会籍 积分 储值卡 会员卡 就诊卡 诊疗卡 病历 住院 门诊 医疗卡 居民卡 市民卡 老年卡 公交卡 饭卡 校园卡 健身卡 美容卡 加油卡 购物卡 礼品卡 油卡 etc 游戏 平台 店铺 商户 商家 卖家 支付宝 抖音 快手 小红书 微博 淘宝 贴吧 b站 头条 知乎 网银 手机银行 直播 荔枝 网易云 知识星球 steam 角色 保险 投保 投保人 理财 证券 股票 基金 期货 资金 交易 登录 登陆 注册",
        "号 编号 号码 账号 帐号 账户 账户号 id 名 编码 代码 用户名 登录名",
    ),
    (
        1,
        "电机 电控 打卡机 学习机 对讲机 充电器 门禁 行车记录仪 无人机 血糖仪 血压计 呼吸机 助听器 设备 主机 机身 机器 手机 电脑 平板 整机 电表 水表 燃气表 气表 煤气表 热表 暖气表 电能表 表具 表 门锁 摄像头 路由器 光猫 机顶盒 手环 手表 车辆 车 电池 发动机 电动车 u盾 pos机 净水器 空调 冰箱 洗衣机 电视 热水器 打印机 相机 镜头 耳机 音箱 扫地机",
        "序列号 序列码 串号 编码 编号 出厂号 出厂编号 机身号 识别码 识别代号 识别代码 识别号 架号 sn sn码 sn号 mac id 唯一码",
    ),
    (
        2,
        "加 他 她 我 客服 店家 卖家 老板 群主 私人 个人",
        "q vx v wx qq 微信 微信号 扣扣",
    ),
];

static NEAR: LazyLock<CharwiseDoubleArrayAhoCorasick<u32>> = LazyLock::new(|| {
    CharwiseDoubleArrayAhoCorasickBuilder::new()
        .match_kind(MatchKind::LeftmostLongest)
        .build_with_values(words())
        .expect("the words are distinct and not empty")
});

/// The words that tell of codes, with the place in [`WORDS`] of what they tell.
pub(super) fn words() -> std::collections::BTreeMap<String, u32> {
    let mut words = std::collections::BTreeMap::new();
    for (index, (_, list)) in WORDS.iter().enumerate() {
        for word in list.split(' ') {
            words.entry(word.to_owned()).or_insert(index as u32);
        }
    }
    for (index, nouns, ends) in COMPOUNDS {
        for (noun, end) in nouns
            .split(' ')
            .flat_map(|noun| ends.split(' ').map(move |end| (noun, end)))
        {
            words.entry(format!("{noun}{end}")).or_insert(*index);
        }
    }
    words
}
static CODE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[a-z0-9]+(?:(?:[-_.—]+| ?[-_] ?)[a-z0-9]+)*_?").expect("a fixed pattern"));

/// How many bytes before a code a word may stand that tells of it, about eight characters.
const REACH: usize = 27;
/// How many bytes after a code such a word may stand.
const REACH_BACK: usize = 13;

struct Hint {
    bytes: Range<usize>,
    index: usize,
}

fn find(page: &Page<'_>, found: &mut Vec<Found>) {
    find_in(page.text, |bytes| bytes, found);
    if let Some(compact) = &page.compact {
        find_in(compact.text(), |bytes| compact.home(&bytes), found);
    }
    // Numbers in other scripts, or parted by spaces.
    let hints = hints(page.text);
    for run in page.runs.iter().filter(|run| run.len() >= 6) {
        // 一 after digits begins a word such as 一直.
        let run = match run.as_slice() {
            [head @ .., last] if !last.ascii && head.iter().all(|digit| digit.ascii) => head,
            run => run,
        };
        let parted = run.iter().any(|digit| digit.gap == Gap::Tight) || run.iter().any(|digit| !digit.ascii);
        if parted && run.iter().all(|digit| digit.gap <= Gap::Loose) {
            push(page.text, place(run), &spell(run), &hints, &|bytes| bytes, found);
        }
    }
}

fn find_in(text: &str, home: impl Fn(Range<usize>) -> Range<usize>, found: &mut Vec<Found>) {
    let hints = hints(text);
    if hints.is_empty() {
        return;
    }
    for hit in CODE.find_iter(text) {
        // The name itself may touch the code: sn8c0q2, qq100020.
        let first = hints.partition_point(|hint| hint.bytes.start < hit.start());
        let touching = hints[first..]
            .iter()
            .take_while(|hint| hint.bytes.start < hit.start() + 6)
            .filter(|hint| hint.bytes.end < hit.end() && hint.index < NONE as usize)
            .map(|hint| hint.bytes.end)
            .max();
        let start = touching.unwrap_or(hit.start());
        let code = text[start..hit.end()].trim_start_matches(['-', '_', '.', ' ']);
        let start = hit.end() - code.len();
        push(text, start..hit.end(), code, &hints, &home, found);
    }
}

fn hints(text: &str) -> Vec<Hint> {
    NEAR.leftmost_find_iter(text)
        .map(|hit| Hint {
            bytes: hit.start()..hit.end(),
            index: hit.value() as usize,
        })
        .collect()
}

fn push(
    text: &str,
    bytes: Range<usize>,
    code: &str,
    hints: &[Hint],
    home: &dyn Fn(Range<usize>) -> Range<usize>,
    found: &mut Vec<Found>,
) {
    let Some(kind) = kind_of(text, &bytes, hints) else {
        return;
    };
    if text[bytes.end..].starts_with('@')
        || !is_code(text, &bytes, code, kind)
        || super::code_judge::is_hash(code, 16)
    {
        return;
    }
    let kind = match <EntityKind as domain::Vocabulary>::ALL
        .iter()
        .find(|one| domain::Vocabulary::key(**one) == kind)
    {
        Some(kind) => *kind,
        None => return,
    };
    let mut one = Found::shaped(kind, home(bytes), Some(EntityValue::Text(code.to_owned())));
    one.told = kind == EntityKind::Device;
    found.push(one);
}

/// What the nearest word says: one before the code in the same sentence, else one right after it.
fn kind_of(text: &str, code: &Range<usize>, hints: &[Hint]) -> Option<&'static str> {
    let next = hints.partition_point(|hint| hint.bytes.end <= code.start);
    let before = next
        .checked_sub(1)
        .map(|last| &hints[last])
        .filter(|hint| code.start - hint.bytes.end <= REACH)
        .filter(|hint| !text[hint.bytes.end..code.start].contains(['。', '!', '?', ';']))
        .map(|hint| (hint, text[hint.bytes.end..code.start].matches(',').count()))
        // wechat, email, web_form: a list of words.
        .filter(|(_, pauses)| *pauses < 2 || text[code.clone()].contains(|c: char| c.is_ascii_digit()))
        .map(|(hint, pauses)| (code.start - hint.bytes.end + 3 * pauses, hint.index));
    let after = hints[next..]
        .iter()
        .take_while(|hint| hint.bytes.start <= code.end + REACH_BACK)
        .find(|hint| hint.bytes.start >= code.end)
        .filter(|hint| hint.index < 3)
        .filter(|hint| !text[code.end..hint.bytes.start].contains(['。', '!', '?', ';', '\n']))
        .map(|hint| (hint.bytes.start - code.end + 6, hint.index));
    let nearest = before.into_iter().chain(after).min()?;
    WORDS.get(nearest.1).map(|(kind, _)| *kind)
}

/// Whether the letters and digits look like a code of this kind rather than a word, a count or a price.
fn is_code(text: &str, bytes: &Range<usize>, code: &str, kind: &str) -> bool {
    let digits = code.bytes().filter(u8::is_ascii_digit).count();
    let letters = code.bytes().filter(u8::is_ascii_alphabetic).count();
    let unit = text[bytes.end..].starts_with([
        '元', '块', '天', '年', '月', '日', '个', '次', '分', '秒', '点', '万', '千', '百', '条', '人', '张',
        '折', '单', '多', '%', '度', '号', '米', '兆', '寸', '公', '楼', '层', '栋', '页', '排',
    ]);
    if unit && letters == 0 && digits < 9 || code.contains(' ') && letters > 0 {
        return false;
    }
    // Longer ones are cards of banks, true or made up, but for some cards with a number of their own.
    let near = super::digits::lead(text, bytes.start, 8);
    let long = kind == "account"
        && ["etc", "账号", "户号", "社保", "公积金"]
            .iter()
            .any(|word| near.contains(word));
    if letters == 0 && digits > if long { 20 } else { 15 } {
        return false;
    }
    let date = (code.starts_with("20") || code.starts_with("19"))
        && letters == 0
        && digits <= 8
        && code.contains(['-', '.']);
    if date {
        return false;
    }
    let dotted = code.contains('.') && letters == 0;
    let year = digits == 4 && letters == 0;
    match kind {
        "wechat_qq" => {
            let name = letters > 0 && code.len() >= 5 && (digits > 0 || code.contains(['_', '-']));
            name || letters == 0 && (5..=11).contains(&digits) && !dotted
        }
        "account" => {
            !dotted
                && !year
                && (digits >= 5 && code.len() >= 5
                    || letters > 0 && digits > 0 && code.len() >= if digits > 1 { 5 } else { 6 }
                    || letters >= 5 && code.contains('_'))
        }
        "device" => !dotted && code.len() >= 8 && digits >= if letters > 0 { 2 } else { 4 },
        "order" => !dotted && digits >= 5 && code.len() >= 6,
        _ => false,
    }
}
