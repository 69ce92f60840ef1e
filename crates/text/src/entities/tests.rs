//! Every kind of particular with what it must not be taken for: the words found, by kind.

use domain::{EntityKind, EntityValue, Timestamp, Vocabulary};
use proptest::prelude::*;

use super::*;
use crate::read;

/// Sunday, 2026-11-22 17:00 in China.
const NOW: Timestamp = Timestamp(1_795_338_000_000);

/// The particulars of one kind as `words` or `words=value`.
fn found(text: &str, kind: EntityKind) -> Vec<String> {
    let reading = read(text);
    entities(&reading, Some(NOW))
        .into_iter()
        .filter(|entity| entity.kind == kind)
        .map(|entity| match entity.value {
            Some(EntityValue::Money(money)) => {
                format!(
                    "{}={}{}",
                    entity.quote.words(),
                    money.decimal(),
                    money.currency.code()
                )
            }
            Some(EntityValue::Date(date)) => format!("{}={date}", entity.quote.words()),
            Some(EntityValue::Calendar(iso)) => format!("{}={iso}", entity.quote.words()),
            Some(EntityValue::Moment(at)) => {
                let minutes = (at.0 + 8 * 3_600_000).rem_euclid(86_400_000) / 60_000;
                format!("{}={}:{:02}", entity.quote.words(), minutes / 60, minutes % 60)
            }
            Some(EntityValue::Duration(iso)) => format!("{}={iso}", entity.quote.words()),
            Some(EntityValue::Text(_)) | None => entity.quote.words().to_owned(),
        })
        .collect()
}

fn check(kind: EntityKind, table: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for (text, expected) in table {
        let found = found(text, kind);
        if found != *expected {
            wrong.push(format!("{text}\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        kind.key(),
        table.len(),
        wrong.join("\n")
    );
}

#[test]
fn money() {
    check(
        EntityKind::Money,
        &[
            ("退我299元", &["299元=299.00CNY"]),
            ("花了１，２９９．５元", &["１，２９９．５元=1299.50CNY"]),
            ("¥88.80 和 $12", &["¥88.80=88.80CNY", "$12=12.00USD"]),
            ("赔三百二", &["三百二=320.00CNY"]),
            ("两千八百五十块", &["两千八百五十块=2850.00CNY"]),
            ("充了一万二", &["一万二=12000.00CNY"]),
            ("花了1.2万", &["1.2万=12000.00CNY"]),
            ("三块五一斤", &["三块五=3.50CNY"]),
            ("收了我12块8毛", &["12块8毛=12.80CNY"]),
            ("一共300多块钱", &["300多块钱=300.00CNY"]),
            ("100-200元之间", &["100-200元=100.00CNY"]),
            ("500美元和80欧元", &["500美元=500.00USD", "80欧元=80.00EUR"]),
            ("小一千,二三十块", &["小一千=1000.00CNY", "二三十块=20.00CNY"]),
            (
                "2000泰铢,三佰元整",
                &["2000泰铢=2000.00THB", "三佰元整=300.00CNY"],
            ),
            ("要赔偿500", &["500=500.00CNY"]),
            ("价格从199涨到299", &["199=199.00CNY", "299=299.00CNY"]),
            ("99999999999999999999元", &["99999999999999999999元"]),
            // More than so many tens of thousands, and those with something after them.
            ("欠我五十多万", &["五十多万=500000.00CNY"]),
            ("赔了三百多万", &["三百多万=3000000.00CNY"]),
            ("要一百来万", &["一百来万=1000000.00CNY"]),
            // Nothing but the sentence tells.
            ("底薪3800,绩效620", &["3800=3800.00CNY", "620=620.00CNY"]),
            ("定损12600,修了26天", &["12600=12600.00CNY"]),
            (
                "墙面800、保洁300,扣完剩2140",
                &["800=800.00CNY", "300=300.00CNY", "2140=2140.00CNY"],
            ),
            ("我住1602,就302没换水管", &[]),
            ("网速从200掉到47", &[]),
            ("血压量出来180,换一台145", &[]),
            ("损失二十余万元", &["二十余万元=200000.00CNY"]),
            ("前后花了十来万", &["十来万=100000.00CNY"]),
            ("投了三百二十多万元", &["三百二十多万元=3200000.00CNY"]),
            ("货款3000多万元", &["3000多万元=30000000.00CNY"]),
            ("两万多日元", &["两万多日元=20000.00JPY"]),
            ("二十万零五百", &["二十万零五百=200500.00CNY"]),
            ("房款二十万零五百元", &["二十万零五百元=200500.00CNY"]),
            ("一百二十万零三千", &["一百二十万零三千=1203000.00CNY"]),
            ("三十二万八", &["三十二万八=328000.00CNY"]),
            (
                "3万日元没退,还有5万韩元",
                &["3万日元=30000.00JPY", "5万韩元=50000.00KRW"],
            ),
            // Commas that part no thousands.
            ("1,2000元", &["1,2000元"]),
            ("¥1,2000", &["¥1,2000"]),
            ("充了38,200元", &["38,200元=38200.00CNY"]),
            ("充了50，2000元的没到", &["2000元=2000.00CNY"]),
            // Not money.
            ("三十余万人,五十多万公里", &[]),
            ("十万八千里", &[]),
            ("二十万五千公里", &[]),
            ("二十几万块", &[]),
            ("一块蛋糕,两块屏幕", &[]),
            ("我们一块儿去", &[]),
            ("2024元旦", &[]),
            ("跑了3万公里", &[]),
            ("等了30分钟,打了5次电话", &[]),
            ("二百五一样的人", &[]),
            ("退了3次", &[]),
        ],
    );
}

#[test]
fn dates() {
    check(
        EntityKind::Date,
        &[
            ("2026年3月5日下单", &["2026年3月5日=2026-03-05"]),
            ("2026-03-05 到货", &["2026-03-05=2026-03-05"]),
            ("2026/3/5到货", &["2026/3/5=2026-03-05"]),
            ("二〇二六年三月五日", &["二〇二六年三月五日=2026-03-05"]),
            ("11月3号买的", &["11月3号=2026-11-03"]),
            ("十二月三十一号", &["十二月三十一号=2026-12-31"]),
            ("去年8月15日", &["去年8月15日=2025-08-15"]),
            ("昨天说今天到", &["昨天=2026-11-21", "今天=2026-11-22"]),
            ("上周三投诉过", &["上周三=2026-11-11"]),
            ("周五前给答复", &["周五前=2026-11-27"]),
            ("三天前", &["三天前=2026-11-19"]),
            ("两个月前买的", &["两个月前=2026-09-22"]),
            ("半年前", &["半年前=2026-05-22"]),
            ("上个月20号", &["上个月20号=2026-10-20"]),
            ("月底前", &["月底前=2026-11-30"]),
            ("双十一买的", &["双十一=2026-11-11"]),
            ("大年初二还在等", &["大年初二=2026-02-18"]),
            ("国庆期间", &["国庆=2026-10-01"]),
            ("20号才发货", &["20号=2026-11-20"]),
            ("2月30日", &["2月30日"]),
            ("在3/4到的", &["3/4"]),
            // In English, day or month first.
            ("2nd of March 2026", &["2nd of March 2026=2026-03-02"]),
            ("on 2 March", &["2 March=2026-03-02"]),
            ("5 Nov 2025", &["5 Nov 2025=2025-11-05"]),
            ("March 2nd, 2026", &["March 2nd, 2026=2026-03-02"]),
            ("by 21 Dec.", &["21 Dec=2026-12-21"]),
            ("April 31st", &["April 31st"]),
            ("March 2026", &[]),
            ("the 5 may come", &[]),
            ("we decided 8 times", &[]),
            // By the Chinese calendar.
            ("农历八月十五", &["农历八月十五=2026-09-25"]),
            ("农历8月15买的", &["农历8月15=2026-09-25"]),
            ("阴历十月初一", &["阴历十月初一=2026-11-09"]),
            ("去年腊月二十八", &["去年腊月二十八=2026-02-15"]),
            ("2025年农历八月十五", &["2025年农历八月十五=2025-10-06"]),
            ("八月十五号", &["八月十五号=2026-08-15"]),
            ("农历闰六月初三", &[]),
            // A month and a day with a point between.
            ("3.5号", &["3.5号=2026-03-05"]),
            ("12.25号下单", &["12.25号=2026-12-25"]),
            ("2.30号", &["2.30号"]),
            ("坐3.5号线,3.5号楼", &[]),
            ("版本2.3.5号", &[]),
            // Not dates.
            ("坐3号线", &[]),
            ("打了1/2的折", &[]),
            ("每周一上班", &[]),
            ("版本12.3.4567", &[]),
            ("3天之内", &[]),
        ],
    );
}

#[test]
fn durations() {
    check(
        EntityKind::Duration,
        &[
            ("等了三天", &["三天=P3D"]),
            ("半小时没人理", &["半小时=PT30M"]),
            ("一个半小时", &["一个半小时=PT1H30M"]),
            ("3个工作日内", &["3个工作日=P3D"]),
            ("两个多月", &["两个多月=P2M"]),
            ("半个月", &["半个月=P15D"]),
            ("半年", &["半年=P6M"]),
            ("48小时", &["48小时=PT48H"]),
            ("一周", &["一周=P7D"]),
            ("说一个礼拜能好,六天就好了", &["一个礼拜=P7D", "六天=P6D"]),
            ("一天能打五个电话", &[]),
            ("20分钟", &["20分钟=PT20M"]),
            ("一刻钟", &["一刻钟=PT15M"]),
            ("大半年,七到十天", &["大半年=P6M", "七到十天=P7D"]),
            // Hours with minutes, minutes with seconds.
            ("1小时30分", &["1小时30分=PT1H30M"]),
            ("两小时零五分", &["两小时零五分=PT2H5M"]),
            ("1h30min", &["1h30min=PT1H30M"]),
            ("1h30m没人", &["1h30m=PT1H30M"]),
            ("1天3小时5分", &["1天3小时5分=P1DT3H5M"]),
            ("1 hour and 30 minutes", &["1 hour and 30 minutes=PT1H30M"]),
            ("5分30秒", &["5分30秒=PT5M30S"]),
            ("2小时三分之一", &["2小时=PT2H"]),
            ("三天一分钱没退", &["三天=P3D"]),
            ("8点30分,扣3分", &[]),
            // Not durations.
            ("第三天", &[]),
            ("2026年", &[]),
            ("5月", &[]),
            ("三年级", &[]),
            ("三天前", &[]),
        ],
    );
}

#[test]
fn order_numbers() {
    check(
        EntityKind::Order,
        &[
            ("订单号：202611220001234567", &["202611220001234567"]),
            ("运单SF1234567890123", &["SF1234567890123"]),
            ("工单编号 GD-20261122-07", &["GD-20261122-07"]),
            ("订单13812345678", &["13812345678"]),
            ("YT8800112233445", &["YT8800112233445"]),
            ("订单3天没发货", &[]),
            ("下了5单", &[]),
            ("订单电话13812345678", &[]),
        ],
    );
}

#[test]
fn telephones() {
    check(
        EntityKind::Phone,
        &[
            ("打13812345678", &["13812345678"]),
            ("138 1234 5678", &["138 1234 5678"]),
            ("138-1234-5678", &["138-1234-5678"]),
            ("138.1234.5678", &["138.1234.5678"]),
            ("+86 13812345678", &["+86 13812345678"]),
            ("１３８１２３４５６７８", &["１３８１２３４５６７８"]),
            ("1 3 8 1 2 3 4 5 6 7 8", &["1 3 8 1 2 3 4 5 6 7 8"]),
            ("幺三八一二三四五六七八", &["幺三八一二三四五六七八"]),
            ("010-62345678", &["010-62345678"]),
            ("(021)62345678转801", &["(021)62345678转801"]),
            ("0755 2345678", &["0755 2345678"]),
            ("电话62345678", &["62345678"]),
            ("010-8888 6666 转 802", &["010-8888 6666 转 802"]),
            ("手机1381234", &["1381234"]),
            // What keyboards and listeners write for 幺, and letters that look like digits.
            ("我的号码是么三八零零一三八零零零", &["么三八零零一三八零零零"]),
            ("电话腰三八零零一三八零零零", &["腰三八零零一三八零零零"]),
            ("电话么三八，零零一三，八零零零", &["么三八，零零一三，八零零零"]),
            ("妖三八 零零一三 八零零零给我回电", &["妖三八 零零一三 八零零零"]),
            ("一三八么二么四零零零零", &["一三八么二么四零零零零"]),
            ("手机要三八一二三四五六七八", &["要三八一二三四五六七八"]),
            ("要一三八零零一三八零零零的机主", &["一三八零零一三八零零零"]),
            ("手机 l38OOl38OOO", &["l38OOl38OOO"]),
            ("手机l38-OOl3-8OOO", &["l38-OOl3-8OOO"]),
            ("联系电话 13BO0138OOO", &["13BO0138OOO"]),
            ("联系电话 138OOOO8000", &["138OOOO8000"]),
            // Not of persons.
            ("打12315", &[]),
            ("拨95588和4008208820", &[]),
            ("400-820-8820", &[]),
            ("10086", &[]),
            ("13812345678901", &[]),
            ("金额62345678元", &[]),
            ("什么三四五六的,腰三腰四椎间盘", &[]),
            ("为什么三八零零这个价", &[]),
            ("型号l30oil,soil 13 gloss 800", &[]),
            ("1971.12-1972.1在厂里", &[]),
            ("花了1380元", &[]),
        ],
    );
}

#[test]
fn identity_and_bank_cards() {
    check(
        EntityKind::IdCard,
        &[
            ("身份证11010519491231002X", &["11010519491231002X"]),
            ("110105 19491231 002x", &["110105 19491231 002x"]),
            ("110105194912310021", &[]),
            ("110105194913310021", &[]),
            ("身份证130503670401001", &["130503670401001"]),
        ],
    );
    check(
        EntityKind::BankCard,
        &[
            ("卡号6222021234567890128", &["6222021234567890128"]),
            ("卡号6222020000000000004", &[]),
            ("4111 1111 1111 1111", &["4111 1111 1111 1111"]),
            ("银行卡5555555555554444", &["5555555555554444"]),
            ("4111111111111112", &[]),
            ("订单号4111111111111111", &[]),
        ],
    );
}

#[test]
fn contacts_and_accounts() {
    check(
        EntityKind::Email,
        &[
            ("发到Zhang.San@example.com", &["Zhang.San@example.com"]),
            ("abc＠example．com", &["abc＠example．com"]),
            ("abc艾特example点com", &["abc艾特example点com"]),
            ("@客服 你好", &[]),
            (
                "zhang艾特qq点com,abc＠example．com",
                &["zhang艾特qq点com", "abc＠example．com"],
            ),
            ("zhang@qq.com。abc@163.com", &["zhang@qq.com", "abc@163.com"]),
            ("发到zhang@qq.com，li@163.com", &["zhang@qq.com", "li@163.com"]),
            (
                "zhang@example.com.cn,abc@foxmail.com",
                &["zhang@example.com.cn", "abc@foxmail.com"],
            ),
            (
                "邮箱 zhang san at example dot com",
                &["zhang san at example dot com"],
            ),
        ],
    );
    check(
        EntityKind::WechatQq,
        &[
            ("加我微信：wxid_abc123", &["wxid_abc123"]),
            ("QQ号是123456789", &["123456789"]),
            ("vx: hello_2026", &["hello_2026"]),
            ("微信支付了50000元", &[]),
            ("微信等了10000秒", &[]),
            ("QQ音乐", &[]),
        ],
    );
    check(
        EntityKind::Account,
        &[
            ("账号：user_9527", &["user_9527"]),
            ("会员号是88001234", &["88001234"]),
            ("账号被封3000天", &[]),
        ],
    );
    check(
        EntityKind::Passport,
        &[("护照号E12345678", &["E12345678"]), ("型号E12345678", &[])],
    );
    check(
        EntityKind::Device,
        &[
            ("IMEI:490154203237518", &["490154203237518"]),
            ("00:1A:2B:3C:4D:5E", &["00:1A:2B:3C:4D:5E"]),
            ("时间12:30:45", &[]),
        ],
    );
}

#[test]
fn plates_addresses_and_names() {
    check(
        EntityKind::Plate,
        &[
            ("车牌京A12345", &["京A12345"]),
            ("沪A·D12345", &["沪A·D12345"]),
            ("新A款手机", &[]),
            ("京A1234567890", &[]),
        ],
    );
    check(
        EntityKind::Address,
        &[
            ("我住在朝阳区建国路88号3栋502室", &["朝阳区建国路88号3栋502室"]),
            ("寄到阳光花园12号楼2单元301", &["阳光花园12号楼2单元301"]),
            ("3栋2单元501", &["3栋2单元501"]),
            ("坐3号线到建国路", &[]),
            ("建国路店服务差", &[]),
            ("第2单元", &[]),
            ("根据国务院60号令", &[]),
            ("空调得弄一弄", &[]),
            ("小区内这四栋", &[]),
        ],
    );
    check(
        EntityKind::Name,
        &[
            ("我叫王小明，电话打不通", &["王小明"]),
            ("我是李女士", &["李女士"]),
            ("找张建国先生", &["张建国先生"]),
            ("联系人：欧阳娜", &["欧阳娜"]),
            ("是陈经理说的", &["陈经理"]),
            ("客服小李态度差", &["小李"]),
            ("别让小张再打了,请王经理来", &["小张", "王经理"]),
            ("让小张来,找小米手机", &["小张"]),
            ("开户人张伟", &["张伟"]),
            ("此致敬礼\n王小明", &["王小明"]),
            ("我叫了三次客服", &[]),
            ("我是高级会员", &[]),
            ("我先生买的", &[]),
            ("总经理先生", &[]),
            ("这位小姐", &[]),
            ("找向大堂经理反映", &[]),
            ("向先生来过", &["向先生"]),
            // Persons of history, sayings, brands and numbers are nobody's names, unless somebody is called so.
            ("司马光砸缸的故事都比你们靠谱", &[]),
            ("司马昭之心路人皆知", &[]),
            ("诸葛亮来了也没用", &[]),
            ("我叫诸葛亮，电话打不通", &["诸葛亮"]),
            ("联系人：司马光，13800138000", &["司马光"]),
            ("成百上千的人投诉", &[]),
            ("康师傅方便面里有虫", &[]),
            ("买了箱康师傅", &[]),
            ("维修工康师傅态度差", &["康师傅"]),
            ("李宁鞋开胶", &[]),
            ("客户李宁的订单", &["李宁"]),
            ("王老吉饮料胀罐", &[]),
            ("我是方太太,找万和平先生", &["方太太", "万和平先生"]),
            ("5万教师,10万民众", &[]),
            ("11毛永钊、12谭红", &["毛永钊", "谭红"]),
        ],
    );
}

#[test]
fn plain_particulars() {
    check(
        EntityKind::Product,
        &[
            ("型号：BX-200L", &["BX-200L"]),
            ("生产批号20261101A", &["20261101A"]),
        ],
    );
    check(EntityKind::Role, &[("你们客服和店长都不管", &["客服", "店长"])]);
    check(
        EntityKind::Org,
        &[
            ("我要打12315,找消协", &["12315", "消协"]),
            ("12315/12345都打了", &["12315", "12345"]),
            ("852-91234567,WJ01·12345", &[]),
            ("案件9912345678,型号AB-12345", &[]),
        ],
    );
    check(EntityKind::Place, &[("在杭州万象分店", &["杭州万象分店"])]);
}

#[test]
fn doubts_about_values() {
    let doubts = |text: &str| particulars(&read(text), Some(NOW)).doubts;
    assert_eq!(doubts("2月30日"), [Doubt::ImpossibleDate]);
    assert_eq!(doubts("在3/4到的"), [Doubt::AmbiguousDate]);
    assert_eq!(doubts("赔我99999999999999999999元"), [Doubt::AmountOverflow]);
    assert_eq!(doubts("April 31st"), [Doubt::ImpossibleDate]);
    assert_eq!(doubts("赔我1,2000元"), [Doubt::AmbiguousAmount]);
    assert_eq!(doubts("2月28日退299元,充了12,000元"), []);
}

#[test]
fn masking_covers_personal_data_only() {
    for (text, masked) in [
        (
            "王先生 138 1234 5678 退299元",
            "＊＊＊ ＊＊＊＊＊＊＊＊＊＊＊＊＊ 退299元",
        ),
        ("订单202611220001234567,打12315", "订单202611220001234567,打12315"),
        (
            "案件01a20621-ad00-7744-9487-bf167b8e6f6e和13812345678",
            "案件01a20621-ad00-7744-9487-bf167b8e6f6e和＊＊＊＊＊＊＊＊＊＊＊",
        ),
        ("", ""),
    ] {
        assert_eq!(mask(text), masked);
    }
}

#[test]
fn quotes_are_taken_in_one_pass_and_right() {
    let text = "…王先生😡１３８００００００００，退３００元，找李女士".repeat(3000);
    let reading = read(&text);
    let all = personal_data(&reading);
    assert_eq!(all.len(), 9000);
    for entity in all.iter().step_by(500) {
        assert_eq!(entity.span().slice(&text), Some(entity.quote.words()));
    }
    assert_eq!(entities(&reading, None).len(), MOST_ENTITIES);
    assert!(!mask(&text).contains('王'));
}

/// The processor time of this thread in seconds where the system tells it: other work on the machine does not count.
fn processor_time() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = told.split(' ').next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}

/// The shortest of three searches through this many bytes of repetitions, in seconds.
fn seconds(part: &str, bytes: usize) -> f64 {
    let text = part.repeat(bytes / part.len());
    let once = |_| {
        let (start, before) = (std::time::Instant::now(), processor_time());
        assert!(mask(&text).chars().count() == text.chars().count());
        std::hint::black_box(entities(&read(&text), Some(NOW)));
        let passed = start.elapsed().as_secs_f64();
        match (before, processor_time()) {
            // The system counts in steps of some milliseconds.
            (Some(before), Some(after)) if after > before => (after - before).min(passed),
            _ => passed,
        }
    };
    (0..3).map(once).fold(f64::MAX, f64::min)
}

/// What made, or could make, a search begin again at every place.
const REPEATED: &[&str] = &[
    "1 ",
    "1",
    " ",
    "一",
    "年",
    "元",
    "@",
    "号",
    "路1",
    "月1",
    "(",
    ")",
    "()",
    "[",
    "【",
    "“",
    "1元",
    "a@",
    "a ",
    "a.",
    "1-",
    "1.",
    "1:",
    "小",
    "王",
    "一 ",
    "栋1",
    "a1",
    "138-",
    "a_1",
    "微信a1b2c",
    "路1号",
    "初一",
    "小王",
    "8点",
    "1am ",
    "a@b.",
    "订单1234 ",
    "王先生",
    "三块",
    "\n1",
    "两个零",
    "呃一",
    "１",
    "从1到",
    "¥",
    "万",
    "点com",
    "+86",
    "room 1 ",
    "imei1 ",
    "微信",
    "身份证1",
    "62",
    "0571-",
    "我叫",
    "李 ",
    "王伟",
];

#[test]
fn time_grows_with_the_length_and_no_faster() {
    for part in REPEATED {
        let (short, long) = (seconds(part, 10_000), seconds(part, 100_000));
        // Ten times the text would take a hundred times as long if the time grew with its square.
        assert!(long < 25.0 * short + 0.02, "{part}: {short} s, {long} s");
        assert!(long < 2.0, "{part}: {long} s for 100 KB");
    }
}

proptest! {
    #[test]
    fn any_text_is_searched_and_masked(text in any::<String>()) {
        let reading = read(&text);
        let mut end = 0;
        for entity in entities(&reading, Some(NOW)) {
            prop_assert!(entity.span().start >= end);
            end = entity.span().end;
        }
        prop_assert_eq!(mask(&text).chars().count(), text.chars().count());
    }

    /// Digits alone, which is where numbers of persons are looked for.
    #[test]
    fn identifiers_are_never_covered_in_part(id in "01a[0-9]{5}-[0-9]{4}-7[0-9]{3}-[89][0-9]{3}-[0-9a-f][0-9]{11}") {
        let text = format!("{id} 处理完了,{id}");
        prop_assert_eq!(mask(&text), text);
    }

    #[test]
    fn texts_full_of_signs_are_searched(text in "[0-9一二十百万半元块角年月日号天前后周上下个张先生路栋室@.:/a-z +-]{0,60}") {
        let reading = read(&text);
        let all = entities(&reading, Some(NOW));
        let masked = mask(&text);
        prop_assert_eq!(masked.chars().count(), text.chars().count());
        prop_assert!(all.iter().all(|entity| !entity.span().is_empty()));
    }
}

#[test]
fn what_strangers_write() {
    check(
        EntityKind::Money,
        &[
            ("运费收了380港纸", &["380港纸=380.00HKD"]),
            ("酒店215镑", &["215镑=215.00GBP"]),
            ("交了五k定金", &["五k=5000.00CNY"]),
            ("扣了199、299两笔", &["199=199.00CNY", "299=299.00CNY"]),
            ("万把块的沙发", &["万把块=10000.00CNY"]),
            ("二百五都能看出来是假的", &[]),
            ("限速八十,师傅开到一百二", &[]),
            ("换块八毛的玻璃", &[]),
            ("都二十一天了", &[]),
            ("千元机卖旗舰价", &[]),
        ],
    );
    check(
        EntityKind::Date,
        &[
            ("2026年9月30日23:59截止", &["2026年9月30日23:59=23:59"]),
            ("8.17寄回的", &["8.17=2026-08-17"]),
            ("版本8.17寄", &[]),
            ("上月二十六下的定", &["上月二十六=2026-10-26"]),
            (
                "昨天下午三点四十报修,五点二十才来",
                &["昨天下午三点四十=15:40", "五点二十=17:20"],
            ),
            ("四点钟方向的监控", &[]),
        ],
    );
    check(
        EntityKind::Duration,
        &[
            ("等了三个钟", &["三个钟=PT3H"]),
            ("等了7分半才接", &["7分半=PT7M30S"]),
            ("一小时二十分钟", &["一小时二十分钟=PT1H20M"]),
            ("前一天还好好的", &[]),
            ("提前一天说", &["一天=P1D"]),
        ],
    );
    check(
        EntityKind::Name,
        &[
            ("投诉宁宁老师,上课玩手机", &["宁宁老师"]),
            ("当天值班的是谭Sir", &["谭Sir"]),
            ("这单是阿May跟的", &["阿May"]),
            ("快递是老邢送的", &["老邢"]),
            ("Grace period is seven days", &[]),
            ("植树节种的树苗", &[]),
        ],
    );
    check(
        EntityKind::Address,
        &[
            ("我在南山工业园二期C区8栋301", &["南山工业园二期C区8栋301"]),
            ("翠屏山庄36号别墅", &["翠屏山庄36号别墅"]),
            ("给我改到青年公社E栋E1415", &["青年公社E栋E1415"]),
        ],
    );
    check(
        EntityKind::Account,
        &[
            ("飞行常客号CA118830277", &["CA118830277"]),
            ("股票代码600519", &[]),
        ],
    );
}

#[test]
fn names_that_only_what_stands_around_them_tells() {
    let masked = |text: &str| super::mask(text);
    for (text, name) in [
        ("群里欣怡说已经退了", "欣怡"),
        ("哈尔滨来的关长海一家被甩在服务区", "关长海"),
        ("去找国庆,他是管退换货的", "国庆"),
        ("俺叫栾有福,上个月买的车", "栾有福"),
        ("班主任把梓涵和一诺调到最后一排", "一诺"),
        ("看门的老葛头拦着不让进", "老葛头"),
        ("投诉人之子隗大勇代诉", "隗大勇"),
        ("商场扶梯夹了姑妈家的冬冬被送医院", "冬冬"),
        ("请转告山田由纪来取伞", "山田由纪"),
        ("房客Thomas Becker退租了", "Becker"),
        (
            "送到Flat 8C, Tower 2, 35 Wing Lok Lane, Sheung Wan in the rain",
            "Sheung Wan",
        ),
        ("家在天水路8栋10113800138000,打这个电话", "8栋"),
        ("打我单位,零二八,五五五五,零一七三", "零一七三"),
        ("测绘把天水路19号老厂家属院8栋东头103量少了", "103"),
        ("ETC卡号44011901230000567812没上高速也扣", "44011901230000567812"),
    ] {
        assert!(!masked(text).contains(name), "{text}");
    }
    for text in [
        "白高兴一场,说好的礼品没有",
        "祝老板发财,再也不来了",
        "大姨妈来了还不让请假",
        "Ticket #0045 is open",
        "请核查并答复。\n此致\n敬礼",
        "老王烧烤的羊肉串里吃出铁丝",
        "买的东东没到,圆圆的包装都瘪了",
        "我用小爱同学查的快递,显示签收了",
        "phone, wechat, email, web_form, app",
    ] {
        assert_eq!(masked(text), text);
    }
}
