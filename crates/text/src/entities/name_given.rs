//! Given names that many bear, and words that are somebody's name where what stands around them says so.

use super::judge;
use super::name::{AFTER_PET, Lead, Scan};
use super::name_letters::{Kind, LEXICON};
use crate::fold::is_han;

/// Given names of two characters that are hardly words.
pub(super) const GIVEN_NAMES: &str = "子衿 倩倩 冬冬 冉冉 婷婷 娜娜 莉莉 丽丽 芳芳 菲菲 蓉蓉 豆豆 贝贝 佳佳 敏敏 玲玲 媛媛 晶晶 莹莹 颖颖 雯雯 露露 璐璐 琳琳 珊珊 燕燕 艳艳 洋洋 阳阳 涛涛 浩浩 豪豪 鹏鹏 辰辰 晨晨 轩轩 宸宸 睿睿 瑞瑞 凯凯 磊磊 强强 军军 欢欢 苗苗 妞妞 妮妮 龙龙 南南 楠楠 宁宁 彤彤 桐桐 瑶瑶 茜茜 琪琪 淇淇 思思 伊伊 梦梦 宇宇 果果 悦悦 蕾蕾 薇薇 伟伟 文文 娟娟 兰兰 岚岚 梅梅 君君 俊俊 斌斌 杰杰 超超 博博 建国 建军 建华 建平 建明 建民 国华 国平 国栋 国良 国梁 国英 国珍 卫国 卫东 卫民 卫平 卫红 爱华 爱英 爱玲 爱萍 爱琴 爱莲 爱梅 志强 志刚 志明 志伟 志华 志勇 志军 志国 志远 志平 志新 志成 志宏 志诚 志豪 志鹏 志文 文华 文强 文斌 文杰 文军 文娟 文丽 文英 文芳 文博 文轩 文浩 文涛 文辉 明华 明辉 明军 明霞 明哲 明杰 明轩 永强 永明 永军 永刚 永平 永亮 玉兰 玉珍 玉英 玉梅 玉华 玉芳 玉琴 玉霞 玉莲 玉凤 玉玲 玉芬 玉婷 玉宝 玉柱 秀英 秀兰 秀珍 秀芳 秀梅 秀华 秀云 秀荣 秀丽 秀琴 秀芝 秀玲 秀娟 秀莲 秀文 秀峰 秀山 桂英 桂兰 桂芳 桂香 桂珍 桂华 桂芝 桂荣 桂云 桂琴 桂莲 淑英 淑珍 淑芬 淑兰 淑华 淑芳 淑琴 淑清 淑贤 淑云 淑敏 淑萍 淑娟 淑梅 淑霞 凤英 凤兰 凤霞 凤仙 凤琴 凤珍 凤云 凤梅 凤莲 凤娇 凤鸣 凤山 凤祥 春梅 春兰 春燕 春生 春林 春霞 春红 春艳 春娥 春玲 春香 春丽 夏生 秋菊 秋生 秋香 秋霞 秋萍 秋云 冬梅 冬生 红梅 红霞 红英 红艳 红卫 红兵 红莲 红丽 红燕 红波 红伟 海燕 海波 海涛 海霞 海英 海龙 海峰 海鹏 晓东 晓明 晓红 晓燕 晓丽 晓霞 晓峰 晓梅 晓玲 晓兰 晓芳 晓军 晓华 晓波 晓光 晓辉 晓慧 晓敏 晓莉 晓静 晓雪 晓雯 晓晨 晓岚 晓彤 铁柱 铁军 铁生 铁蛋 铁锁 栓柱 狗剩 根生 根宝 水生 土根 金生 金凤 金宝 金兰 金莲 金柱 金喜 银凤 银生 宝玉 宝林 宝兰 宝柱 宝根 宝琴 福生 福贵 福全 福祥 福临 福根 福兰 喜顺 喜凤 喜梅 喜旺 喜莲 来顺 来旺 来娣 招娣 盼娣 引弟 招弟 旺生 发根 长福 长海 长林 长顺 占魁 占军 占彪 占林 殿臣 殿魁 振华 振国 振东 振邦 振海 振中 振宇 振江 振山 德福 德明 德华 德胜 德生 德贵 德顺 德全 德旺 德才 德刚 德林 耀武 耀文 耀祖 光宗 光武 广林 庆林 庆福 学军 学明 学林 学良 学勤 守义 守田 守仁 守财 守诚 忠良 忠民 忠华 忠海 孝义 孝先 孝文 仁杰 仁贵 义军 义明 礼明 智勇 智明 智超 智伟 信义 家明 家豪 家俊 家辉 家欣 家琪 家栋 嘉怡 嘉欣 嘉豪 嘉俊 嘉琪 嘉伟 嘉懿 嘉宁 嘉禾 子轩 子涵 子墨 子豪 子健 子昂 子航 子萱 子琪 子怡 子韬 子琳 梓涵 梓轩 梓萱 梓豪 梓晨 梓睿 梓琪 梓桐 梓欣 浩然 浩宇 浩轩 浩天 浩楠 浩南 浩博 浩辰 宇轩 宇航 宇辰 宇涵 宇晨 宇翔 宇浩 宇飞 雨涵 雨欣 雨桐 雨萱 雨晴 雨薇 雨婷 雨彤 雨泽 雨辰 雨嘉 雨荷 雨霏 诗涵 诗雨 诗琪 诗怡 诗婷 诗语 诗韵 诗瑶 欣怡 欣悦 欣妍 欣雨 欣彤 欣瑶 佳怡 佳琪 佳欣 佳宁 佳慧 佳豪 佳明 佳丽 佳乐 佳音 思琪 思雨 思涵 思彤 思源 思远 思宇 思敏 思佳 思瑶 梦琪 梦瑶 梦婷 梦洁 梦洋 梦雪 梦溪 梦娜 梦露 语桐 语嫣 语涵 一诺 一鸣 一晨 一飞 若溪 若曦 若涵 若兰 若云 若彤 若琳 若男 依诺 依晨 依琳 可欣 可馨 可儿 可盈 心怡 心如 心雨 心妍 静怡 静雯 静茹 静宜 静香 静雅 雅婷 雅琪 雅静 雅雯 雅芳 雅欣 雅丽 雅茹 雅楠 婉婷 婉清 婉茹 婉莹 婉怡 婉如 婉雯 美玲 美兰 美英 美珍 美琪 美霞 美娟 美凤 美琴 美娜 美君 丽华 丽娟 丽娜 丽萍 丽君 丽霞 丽英 丽珍 丽红 丽芳 丽敏 丽云 丽梅 丽莎 艳红 艳玲 艳丽 艳梅 艳芳 艳霞 艳萍 艳华 燕玲 燕飞 燕华 燕萍 燕妮 雪梅 雪莲 雪芹 雪琴 雪莹 雪儿 雪晴 彩凤 彩英 彩萍 彩娟 彩莲 彩琴 巧玲 巧云 巧珍 巧凤 巧英 巧兰 巧燕 翠兰 翠英 翠花 翠萍 翠芳 翠云 翠霞 翠莲 翠玲 月英 月华 月娥 月琴 月梅 月兰 月仙 月霞 云霞 云飞 云龙 云峰 云鹏 云生 云芳 云英 慧敏 慧玲 慧芳 慧英 慧琴 慧兰 慧珍 慧娟 慧洁 慧欣 惠芳 惠兰 惠英 惠玲 惠珍 惠敏 惠民 惠萍 惠娟 素珍 素英 素华 素芬 素芳 素琴 素云 素梅 素兰 素芝 素娟 瑞芳 瑞华 瑞英 瑞霞 瑞珍 瑞兰 瑞琴 俊杰 俊峰 俊伟 俊明 俊豪 俊辉 俊华 俊英 俊生 俊贤 俊岭 俊熙 俊凯 俊宇 伟明 伟强 伟华 伟东 伟民 伟杰 伟平 伟军 伟红 伟光 伟业 少华 少军 少波 少杰 少峰 少东 少鹏 少卿 少敏 世杰 世昌 世雄 世林 世豪 世民 世勋 兆祥 兆林 兆华 兆明 景春 景山 景林 景辉 鹏飞 鹏程 鹏辉 鹏举 鹏宇 飞燕 飞鹏 泽宇 泽洋 泽华 泽民 泽楷 泽林 泽远 奕辰 奕涵 奕帆 奕宏 亦凡 亦菲 亦辰 博文 博涵 博雅 博远 博宇 博超 睿哲 睿涵 睿渊 晨辉 晨宇 旭东 旭阳 旭辉 旭升 旭明 东辉 东梅 西成 立军 立强 立民 立群 立伟 新军 新宇 新梅 胜男 胜兰 胜华 胜强 胜军 成刚 成杰 成伟 利华 利军 利平 利明 亚军 亚平 亚丽 亚楠 亚男 亚飞 亚东 亚玲 亚娟 亚萍 亚琴 亚茹 亚茜 宏亮 宏斌 宏军 洪波 洪涛 洪亮 洪生 洪伟 鸿飞 鸿儒 传宝 继红 继伟 继业 承恩 承宗 绍华 绍军 绍文 绍林 绍辉 绍祖 宗耀 宗祥 宗保 宗仁 培民 培根 培华 培芳 培林 维岳 维民 维国 维平 维华 维佳 士杰 士奇 士兰 炳坤 炳文 炳辉 炳南 佩兰 佩玲 佩珊 佩琪 佩瑶 佩云 瑾瑜 瑾萱 墨涵 沐阳 沐辰 沐晴 沐宸 书豪 书琴 书涵 书瑶 书宇 予安 知夏 知微 念慈 念祖 忆君 慕白 慕华 如兰 怀瑾 怀玉 乐怡 乐瑶 静远 月儿 婉儿 灵儿 巧儿 莲儿 燕儿 宝儿 珠儿 芸儿 佩儿 凤儿 建忠 建业 建强 建伟 国祥 国富 国伟 国辉 国荣 志红 卫华 金福 秀芹 淑贞 凤娟 爱军 爱珍 爱芳 美芳 晓琳 晓萌 玉娟 子睿 子晨 子俊 浩东 思睿 佳伟 佳颖 佳敏 嘉诚 嘉敏 雅琴 奕萱 紫涵 紫萱 紫薇 艺涵 艺馨 艺萱 悦涵 悦溪 睿泽 皓轩 皓宇 昊然 昊宇 昊天 鑫磊 鑫宇 伟国 家伟 家怡 淑仪 美仪 美婷 慧琳 惠君 艳秋 占国 宝强 宝国 有根 土生 焕荣 焕英 焕章 翠娥 腊香 金枝 银枝 玉枝 玉娥 凤娥 金娥 素娥 秀娥 桂娥 俊霖 沛霖 沛然 雨霖 润泽 润东 奕然 沁雪 沁怡 芷若 芷涵 芷晴 芷萱 婧怡 婧涵 婧雯 诗雯 诗晴 可昕 雨昕 梓昕 奕昕 若昕 昕怡 昕悦 昕妍 昕彤 煜宸 煜轩 宇宸 奕宸 梓宸 睿宸 锦程 锦鹏 锦华 锦涛 锦鸿 国锋 志锋 剑锋 剑峰 剑平 剑波 剑飞 少锋 卫星 德强 德龙 德宏 宏波 宏涛 立刚 立志 立娟 立娜 丽媛 晓婷 晓娟 晓娜 晓倩 晓宇 晓阳 晓飞 晓鹏 晓龙 晓勇 晓斌 晓蕾 晓春 晓琴 晓英 晓菲 晓薇 晓楠 晓欣 晓月 雪芬 雪娇 雪娟 雪丽 雪玲 雪英 雪芳 雪云 春芳 春英 春秀 春桃 春苗 春萍 庆红 庆梅 庆霞 长根 长水 长富 长明 永良 永昌 永泉 永霞 永梅 永芳 永丽 永健 永辉 永波 文清 文彬 文霞 文燕 文婷 文慧 文佳 文倩 文琪 文艳 文琴";
/// Words that people are called by too.
pub(super) const WORD_NAMES: &str = "高兴 高远 高原 高山 高翔 高歌 高升 高明 高尚 成功 安静 安宁 安然 安逸 安康 安稳 文静 文雅 文明 金鑫 金星 金光 金山 金玉 白雪 白云 白鸽 白帆 白杨 白桦 白洁 白羽 黄河 黄海 黄山 黄莺 江山 江河 江海 江南 江月 江帆 江涛 江雪 马力 马跃 马腾 马达 方正 方圆 方明 方舟 方芳 时光 时雨 何况 何方 卓越 卓然 向阳 任重 任远 易安 易水 水清 水灵 路遥 路远 路平 路通 常乐 常青 常胜 连胜 连城 连生 全胜 全德 步云 步高 步青 施恩 满江 钟声 钟情 钟山 钟鸣 石磊 石榴 石英 石林 石峰 毛笔 米兰 米粒 米多 乐观 乐意 乐天 温柔 温馨 温情 温暖 温和 和平 和谐 雷雨 雷霆 雷鸣 盛夏 盛世 元春 国强 国庆 国威 端阳 初夏 初晴 初雪 新春 新月 春风 春雨 春晓 夏雨 夏雪 夏荷 夏花 夏天 秋水 秋实 秋月 秋风 冬雪 晨曦 晨光 黎明 朝阳 彩霞 彩虹 星辰 月亮 月光 明月 明亮 明朗 天明 丁香 杜鹃 牡丹 茉莉 玫瑰 百合 海棠 芙蓉 迎春 苗条 柳絮 柳叶 杨柳 杨帆 杨梅 凌云 凌霄 凌志 党生 单纯 利民 利索 解忧 舒心 舒畅 舒展 经纬 古典 古风 严肃 严谨 严冬 严明 康健 康宁 康乐 宁静 宁远 丰收 丰年 景色 景行 景明 史诗 幸福 幸运 平凡 平静 平原 和气 吉祥 吉利 吉星 如意 如愿 胜利 光明 光荣 光辉 希望 理想 自强 自立 从容 甘露 甘甜 甘霖 辛勤 冷霜 冷月 可心 展鹏 飞翔 飞扬 腾飞 奔腾 跃进 先锋 争光 向荣 荣华 荣耀 富贵 有为 有志 得胜 谷雨 立春 立夏 立秋 立冬 白露 小满 小寒 霜降 春分 夏至 秋分 惊蛰 寒露 田野 田园 田甜 林海 叶子 华丽 童年 童话 童心 简单 简洁 张扬 张弛 程序 龙腾 龙飞 温泉 万里 万全 万象 万幸 石头 花香 海洋 汪洋 阳光 曙光 红旗 红星 建设 汤圆 元宵 柴米 胡侃 成双 包容 安心 金银 江湖 云朵 云彩";

/// What may follow a given name alone, beside what may follow a pet name.
const AFTER_GIVEN: &str =
    "被啊呀吧答约替帮早昨今明还一家名因想找请问能会没不急气又等看写回负值经亲递转借偷欠";
/// What may stand before a given name alone, beside what stands before any name.
const BEFORE_GIVEN: &str = "里来的了找和跟问由都就又还位个叫是候让么";
/// What somebody does to others or with things.
const DOES: &str = "把被名说签办接收给让退扔骂推陪";
/// What a person does with words, right after the name.
const SPEAKS: [&str; 16] = [
    "答应", "告诉", "跟我", "对我", "给我", "让我", "叫我", "帮我", "替我", "骗我", "说他", "说她", "说我",
    "回我", "接的", "签的",
];
/// What is said of somebody who is looked for or asked, right before the name.
const SOUGHT: [&str; 13] = [
    "去找",
    "得问",
    "要找",
    "只能找",
    "得找",
    "去问",
    "就找",
    "问问",
    "来找",
    "先找",
    "快叫",
    "你叫",
    "让",
];
/// Forms of address that hardly follow a common word.
const SURE_TITLES: [&str; 14] = [
    "先生", "女士", "小姐", "师傅", "医生", "大夫", "老师", "护士", "同学", "律师", "教练", "教授", "大爷",
    "阿姨",
];
/// Family names that are words, but hardly before a form of address.
const RARELY: &str = "谈惠羊秋暴印苍禄丰权青练盖井哈敬税乐海银植展元花寿越年佳益修奇鲜况时温卓凤言墨赏初弓步衣经计强红水火原山";

impl Scan<'_> {
    /// A family name that is a common word, and a form of address that hardly follows one, where a name may stand.
    pub(super) fn rarely_addressed(&self, at: usize) -> Option<(usize, usize)> {
        let (letters, title) = (&self.letters, at + 1);
        if !letters.is(title, Kind::TITLE) || !RARELY.contains(letters.c(at)) {
            return None;
        }
        let fits = SURE_TITLES
            .iter()
            .find(|word| letters.rest(title).starts_with(**word))?;
        let before =
            at == 0 || !is_han(letters.c(at - 1)) || "的找叫问跟让给由是个位".contains(letters.c(at - 1));
        let end = title + fits.chars().count();
        let taken = self.inside_word(at) || self.is_word(at, end);
        ((before || self.lead(at) >= Lead::Role) && !taken).then_some((at, end))
    }

    /// A given name that many bear, or a word that is a name too, by what stands around it.
    pub(super) fn known_at(&self, at: usize) -> Option<(usize, usize)> {
        if !self.letters.is(at, Kind::LONE) || !self.letters.is(at + 1, Kind::LONE_END) || at < self.last_end
        {
            return None;
        }
        let rest = self.letters.rest(at);
        if LEXICON.given.at(rest).is_some() {
            return self.given_alone(at);
        }
        LEXICON.named.at(rest)?;
        self.worded(at).map(|end| (at, end))
    }

    /// A given name with the family name before it, or alone between what may stand beside a person.
    fn given_alone(&self, at: usize) -> Option<(usize, usize)> {
        let letters = &self.letters;
        let end = at + 2;
        let next = letters.c(end);
        let title = letters
            .is(end, Kind::TITLE)
            .then(|| LEXICON.titles.at(letters.rest(end)))
            .flatten();
        let sibling = usize::from(letters.is(end, Kind::SIBLING));
        let closed = !is_han(next) || AFTER_PET.contains(next) || AFTER_GIVEN.contains(next);
        let whole = title.unwrap_or(sibling);
        let before = at.checked_sub(1).map_or('\n', |at| letters.c(at));
        let edge = at == 1 || at > 1 && !is_han(letters.c(at - 2));
        let family = at > 0
            && (letters.is(at - 1, Kind::SURNAME) || edge && letters.is(at - 1, Kind::WORDLIKE))
            && !self.inside_word(at - 1);
        if family && at > self.last_end {
            let ends = closed || letters.is(end, Kind::FOLLOWS) || judge::level(letters.c(end - 1), next) < 2;
            let word = self.is_word(at - 1, end);
            return (!word && (ends || whole > 0)).then_some((at - 1, end + title.unwrap_or(0)));
        }
        let free = !is_han(before) && !before.is_ascii_alphanumeric() && before != '*'
            || letters.is(at.saturating_sub(1), Kind::BEHIND)
            || BEFORE_GIVEN.contains(before)
            || judge::level(before, letters.c(at)) == 0;
        // 梓涵和一诺调到后面: listed with another, and what follows goes on with another word.
        let listed = self.is_listed(at) && judge::level(letters.c(end - 1), next) == 0;
        (free && (closed || listed || whole > 0) && !self.is_word(at, end)).then_some((at, end + whole))
    }

    /// A word that is somebody's name: with a form of address, in a field, or doing what people do after a word for a
    /// person.
    fn worded(&self, at: usize) -> Option<usize> {
        let (letters, end) = (&self.letters, at + 2);
        let head = letters.head(at);
        let rest = letters.rest(end);
        let border = at == 0 || !is_han(letters.c(at - 1));
        let title = SURE_TITLES.iter().find(|word| rest.starts_with(**word));
        if let Some(title) = title.filter(|_| border || letters.is(at - 1, Kind::BEHIND)) {
            return Some(end + title.chars().count());
        }
        let sibling = letters.is(end, Kind::SIBLING) && {
            let next = letters.c(end + 1);
            !is_han(next) || AFTER_PET.contains(next)
        };
        if sibling && (border || letters.is(at - 1, Kind::BEHIND)) {
            return Some(end + 1);
        }
        let role = LEXICON.roles.ends(head);
        // 去找国庆: looked for, and nothing after it.
        let sought = SOUGHT.iter().any(|word| head.ends_with(word)) && !is_han(letters.c(end)) && !role;
        // 本来国强答应: beside a word of time and a verb of speech.
        let says = (border || head.ends_with(['来', '里', '天', '时', '候']))
            && SPEAKS.iter().any(|word| rest.starts_with(word));
        let acts = sought
            || says
            || role
                && (DOES.contains(letters.c(end)) || rest.starts_with("在你") || rest.starts_with("在您"));
        let label = head.trim_end_matches([':', ' ', '|', '/']);
        let field = label.ends_with(['人', '主', '叫', '名', '表'])
            && (LEXICON.introducers.ends(label) || label.ends_with("代表"))
            && !label.ends_with("老人")
            && !label.ends_with("病人");
        (acts || field && !is_han(letters.c(end))).then_some(end)
    }
}
