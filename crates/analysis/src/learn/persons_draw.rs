//! Names drawn by chance: family names as often as they are borne, given names of usual and of unusual characters.

/// Numbers that look like chance, the same for the same seed (splitmix64, Steele et al. 2014).
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn of(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below this.
    pub(super) fn below(&mut self, count: usize) -> usize {
        (self.next() % count.max(1) as u64) as usize
    }

    /// Whether something of so many in a hundred happens.
    pub(super) fn happens(&mut self, in_hundred: usize) -> bool {
        self.below(100) < in_hundred
    }

    /// Bits of which each is set by chance: once in two to this power's times, inverted by `and`.
    pub(super) fn mask(&mut self, powers: usize) -> u64 {
        (0..powers).fold(u64::MAX, |mask, _| mask & self.next())
    }

    pub(super) fn of_list<'l, T>(&mut self, list: &'l [T]) -> Option<&'l T> {
        list.get(self.below(list.len()))
    }

    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            let other = self.below(at + 1);
            list.swap(at, other);
        }
    }
}

/// Unusual characters of given names.
const UNUSUAL: &str = "茉樱珩翊祎谞赟懿琬瑄璟弋炜烨熠燊垚淼焱犇骁骥骞騄翀翕翚翮聿肃芃芊芙苒苓茗荀荃荞荑莀菀菘萤蔚蕴薛藜蘅虔蚩衍袆裕覃觅誉谌谧赫赭跃轶迪迦逍逾遇邃郁醒野鉴铎铮锴镕闯闻隽雎霁霏霓靖靓韫韬韶頔颀颂颐飒馥馨驰驹骅鲲鸥鹃黛齐龄和理为有得来生儿大小可以会发开用看起过还里后自年动现学行所当如都没水加多经然事新已从前面主进样重间相教各话期给并两活设及管特内件色老头口老者";
const ENDEARING: &str = "美明红丽芳军强伟霞玲燕娟雪雨鹿梅兰凤英萍婷静敏慧茉桃杏果豆米糖圆圈可乐安宁宝贝丁丸子七六九鱼熊兔鹤溪川木森柚橙北南秋冬夏夜晨云朵";
const TITLES: &[&str] = &[
    "先生", "女士", "小姐", "太太", "老师", "师傅", "经理", "主任", "医生", "大夫", "阿姨", "叔叔", "大爷",
    "大妈", "大姐", "大哥", "教练", "警官", "律师", "店长", "主管", "老板", "总", "姐", "哥", "工", "同学",
    "护士", "院长", "校长", "队长", "书记", "导", "奶奶", "爷爷", "总监", "班长", "顾问", "博士", "教授",
    "局长", "处长", "所长", "会计",
];

/// Syllables that names from elsewhere are written with.
const SYLLABLES: &str = "阿艾巴买提库尔班江古丽米热依努才让卓玛扎西多吉次仁旺堆央金格桑斯琴图乌兰那日松娜其木罗伯特约翰安德鲁迈克杰森威廉姆汤亚历山大卡洛维奇诺娃琳达莎露西蒂芬凯文瑞妮科莱恩普佩索菲伊万彼得尼古拉哈桑穆罕默赛义法图麦迪拜合孜帕夏曼苏朵益措姆边嘎顿珠布额敦勒沙塔吐逊雅呼贡洛丹增旦托娅扎噶萨吾肉则赤列敖登宝音力汗";

/// What names are made of.
pub(super) struct Parts {
    pub(super) families: Vec<String>,
    pub(super) rare_families: Vec<String>,
    pub(super) given: Vec<char>,
    /// Given names as they are borne.
    pub(super) pairs: Vec<String>,
    /// Names that are words as well.
    pub(super) words: Vec<String>,
    /// What people are called by.
    pub(super) nicks: Vec<String>,
    /// Names of other peoples.
    pub(super) foreign: Vec<String>,
}

/// One of a list, or nothing of an empty one.
fn one_of(list: &[String], chance: &mut Chance) -> String {
    chance.of_list(list).cloned().unwrap_or_default()
}

impl Parts {
    fn family<'p>(&'p self, chance: &mut Chance) -> &'p str {
        let list = if chance.happens(25) {
            &self.rare_families
        } else {
            &self.families
        };
        // The common ones stand first and are drawn more often.
        let far = 1 + chance.below(list.len());
        let near = 1 + chance.below(far);
        &list[if chance.happens(60) { near - 1 } else { far - 1 }]
    }

    fn given(&self, chance: &mut Chance) -> char {
        let unusual = chance.happens(22);
        let drawn = if unusual {
            UNUSUAL.chars().nth(chance.below(UNUSUAL.chars().count()))
        } else {
            chance.of_list(&self.given).copied()
        };
        drawn.unwrap_or('明')
    }

    /// A name from elsewhere, or of a people without the usual family names.
    pub(super) fn foreign(&self, chance: &mut Chance) -> String {
        if chance.happens(60) {
            let first = one_of(&self.foreign, chance);
            return match chance.happens(30) {
                true => format!("{first}·{}", one_of(&self.foreign, chance)),
                false => first,
            };
        }
        let mut part = |least: usize, more: usize| -> String {
            let count = least + chance.below(more);
            let syllable = |_| SYLLABLES.chars().nth(chance.below(SYLLABLES.chars().count()));
            (0..count).filter_map(syllable).collect()
        };
        let (first, second) = (part(2, 4), part(2, 4));
        if chance.happens(50) {
            format!("{first}·{second}")
        } else {
            first
        }
    }

    /// A given name alone.
    pub(super) fn alone(&self, chance: &mut Chance) -> String {
        match chance.below(10) {
            0 => one_of(&self.words, chance),
            1 => one_of(&self.nicks, chance),
            2 => format!("{}{}", self.given(chance), self.given(chance)),
            _ => one_of(&self.pairs, chance),
        }
    }

    /// A whole name.
    pub(super) fn whole(&self, chance: &mut Chance) -> String {
        if chance.happens(6) {
            return self.foreign(chance);
        }
        if chance.happens(2) {
            return one_of(&self.words, chance);
        }
        let mut name = self.family(chance).to_owned();
        if chance.happens(40) {
            name.push_str(&one_of(&self.pairs, chance));
            return name;
        }
        let first = self.given(chance);
        name.push(first);
        if chance.happens(70) {
            name.push(if chance.happens(7) {
                first
            } else {
                self.given(chance)
            });
        }
        name
    }

    /// A family name, at times a whole one, and a form of address.
    pub(super) fn addressed(&self, chance: &mut Chance) -> String {
        let name = if chance.happens(15) {
            self.whole(chance)
        } else {
            self.family(chance).to_owned()
        };
        let title = TITLES[chance.below(TITLES.len())];
        if title.chars().count() == 1 && name.chars().count() > 2 {
            return format!("{name}先生");
        }
        format!("{name}{title}")
    }

    /// 小李, 老王, 阿杰, 娜娜, 龙哥.
    pub(super) fn called(&self, chance: &mut Chance) -> String {
        let endearing = ENDEARING.chars().nth(chance.below(ENDEARING.chars().count()));
        let pet = endearing
            .filter(|_| chance.happens(50))
            .unwrap_or_else(|| self.given(chance));
        match chance.below(24) {
            20.. => one_of(&self.nicks, chance),
            0..=7 => format!("小{}", self.family(chance)),
            8..=10 => format!("小{pet}"),
            11..=13 => format!("老{}", self.family(chance)),
            14 => format!("阿{pet}"),
            15 => format!("大{pet}"),
            16 => format!("{pet}{pet}"),
            17 => format!("小{}哥", self.families[chance.below(60)]),
            _ => {
                let endings = ["哥", "姐", "叔", "嫂", "子"];
                let nick = "胖瘦高矮黑白大二三四老强军虎刀辉勇亮"
                    .chars()
                    .nth(chance.below(18));
                let first = nick
                    .filter(|_| chance.happens(40))
                    .unwrap_or_else(|| self.given(chance));
                format!("{first}{}", endings[chance.below(endings.len())])
            }
        }
    }

    /// Any of them.
    pub(super) fn any(&self, chance: &mut Chance) -> String {
        match chance.below(20) {
            0..=8 => self.whole(chance),
            9..=13 => self.addressed(chance),
            14 => self.alone(chance),
            _ => self.called(chance),
        }
    }
}
