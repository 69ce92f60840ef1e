//! The numbers group by group (F1), two periods side by side with their uncertainty.

use std::{collections::HashMap, sync::Arc};

use domain::{Channel, Language, Vocabulary};
use insight::{Estimate, rate_ratio, satisfaction::mean_of_sums, share_difference};
use store::{CaseFilter, GROUP_LIMIT, Group, GroupBy, GroupsWanted};
use wire::insight::{
    CaseLink, Period,
    breakdown::{Breakdown, BreakdownQuery, GroupRow},
};

use super::{
    facts::slice_value,
    show::{figure, letter, pick},
};
use crate::{App, AppError, Caller, Verb, dashboard::CHINA_OFFSET_MINUTES, permission};

impl App {
    /// The groups of a period beside those of as many days before.
    pub async fn breakdown(
        &self,
        caller: &Caller,
        query: BreakdownQuery,
        language: Language,
    ) -> Result<Arc<Breakdown>, AppError> {
        permission::require(caller.role, Verb::ReadBreakdown)?;
        let key = format!("breakdown {query:?} {}", letter(language));
        self.learn(key, move |app| app.find_breakdown(query, language))
            .await
    }

    async fn find_breakdown(self, query: BreakdownQuery, language: Language) -> Result<Breakdown, AppError> {
        let before = query.period.before();
        let now = self
            .groups_of(&query, query.period, GroupsWanted::Largest)
            .await?;
        let mut earlier = self.groups_of(&query, before, GroupsWanted::Largest).await?;
        let all = self.all_of(&query, query.period, &now).await?;
        let all_before = self.all_of(&query, before, &earlier).await?;
        if is_cut(&earlier) {
            let keys: Vec<Option<String>> = now.iter().map(|group| group.key.clone()).collect();
            earlier = self.groups_of(&query, before, GroupsWanted::Named(&keys)).await?;
        }
        let known: HashMap<Option<&str>, &Group> = earlier
            .iter()
            .map(|group| (group.key.as_deref(), group))
            .collect();
        let none = Group::default();
        let show = |group: &Group| {
            let before = known.get(&group.key.as_deref()).copied().unwrap_or(&none);
            show_row(group, before, &query, language)
        };
        let mut groups: Vec<GroupRow> = now.iter().map(show).collect();
        if matches!(query.by, "weekday" | "hour") {
            groups.sort_by_key(|row| row.key.as_deref().and_then(|key| key.parse::<u8>().ok()));
        }
        let link = query.period.link();
        let shown: u64 = now.iter().map(|group| group.n).sum();
        let unlisted = all.n - shown.min(all.n);
        let mut all = show_row(&all, &all_before, &query, language);
        all.name = pick(language, "全部", "Everything");
        all.cases = Some(with_filters(&query));
        Ok(Breakdown {
            by: query.by.to_owned(),
            from: link["opened_from"].clone(),
            to: link["opened_to"].clone(),
            before_from: before.link()["opened_from"].clone(),
            all,
            groups,
            unlisted,
        })
    }

    /// All groups together: the sum of those found, or counted anew where there are more of them.
    async fn all_of(
        &self,
        query: &BreakdownQuery,
        period: Period,
        found: &[Group],
    ) -> Result<Group, AppError> {
        if !is_cut(found) {
            return Ok(Group::together(found));
        }
        let together = self.groups_of(query, period, GroupsWanted::Together).await?;
        Ok(together.into_iter().next().unwrap_or_default())
    }

    async fn groups_of(
        &self,
        query: &BreakdownQuery,
        period: Period,
        wanted: GroupsWanted<'_>,
    ) -> Result<Vec<Group>, AppError> {
        let by = match query.by {
            "site" => GroupBy::Site,
            "team" => GroupBy::Team,
            "channel" => GroupBy::Channel,
            "topic" => GroupBy::Topic,
            "weekday" => GroupBy::Weekday,
            "hour" => GroupBy::Hour,
            _ => GroupBy::Product,
        };
        let named = |key: &str| query.filters.get(key).cloned();
        let channels = named("channel").unwrap_or_default();
        let filter = CaseFilter {
            opened_from: Some(period.from),
            opened_to: Some(period.to),
            product: named("product"),
            site: named("site"),
            team: named("team"),
            channels: channels.split(',').filter_map(Channel::from_key).collect(),
            ..CaseFilter::default()
        };
        let store = self.store();
        Ok(store.groups(by, wanted, &filter, CHINA_OFFSET_MINUTES).await?)
    }
}

/// Whether there may be more groups than these.
fn is_cut(groups: &[Group]) -> bool {
    groups.len() >= GROUP_LIMIT
}

fn with_filters(query: &BreakdownQuery) -> CaseLink {
    let mut link = query.period.link();
    link.extend(query.filters.clone());
    link
}

/// The filters that show the cases of a group; there is none for cases without a channel, since all have one.
fn link_of(query: &BreakdownQuery, key: Option<&str>) -> Option<CaseLink> {
    let mut link = with_filters(query);
    match (query.by, key) {
        (by, Some(key)) => link.insert(by.to_owned(), key.to_owned()),
        ("product" | "site" | "team" | "topic", None) => {
            link.insert("missing".to_owned(), query.by.to_owned())
        }
        (_, None) => return None,
    };
    Some(link)
}

fn show_row(now: &Group, before: &Group, query: &BreakdownQuery, language: Language) -> GroupRow {
    let days = query.period.days() as f64;
    let share = |part: u64, whole: u64| figure(&Estimate::share(part as usize, whole as usize), language);
    let change = |now: (u64, u64), before: (u64, u64)| {
        let sizes = |(part, whole): (u64, u64)| (part as usize, whole as usize);
        figure(&share_difference(sizes(now), sizes(before)), language)
    };
    GroupRow {
        name: name_of(query.by, now.key.as_deref(), language),
        cases: link_of(query, now.key.as_deref()),
        key: now.key.clone(),
        count: now.n,
        before: before.n,
        change: figure(
            &rate_ratio((now.n as usize, days), (before.n as usize, days)),
            language,
        ),
        open: now.open,
        breached: share(now.breached, now.n),
        breached_change: change((now.breached, now.n), (before.breached, before.n)),
        heated: share(now.heated, now.n),
        heated_change: change((now.heated, now.n), (before.heated, before.n)),
        judged: now.judged,
        below: share(now.below, now.judged),
        below_change: change((now.below, now.judged), (before.below, before.judged)),
        within_24h: share(now.within_24h, now.answered),
        within_24h_change: change(
            (now.within_24h, now.answered),
            (before.within_24h, before.answered),
        ),
        csat: (now.marked > 0).then(|| now.mark_sum as f64 / now.marked as f64),
        csat_range: figure(
            &mean_of_sums(now.marked as usize, now.mark_sum, now.mark_squares),
            language,
        ),
        csat_n: now.marked,
    }
}

fn name_of(by: &str, key: Option<&str>, language: Language) -> String {
    const DAYS_ZH: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    const DAYS_EN: [&str; 7] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    let Some(key) = key else {
        return pick(language, "（未填写）", "(not given)");
    };
    match by {
        "topic" => slice_value("topic", key, language).name,
        "channel" => Channel::from_key(key).map_or_else(
            || key.to_owned(),
            |channel| pick(language, channel.entry().zh, channel.entry().en),
        ),
        "weekday" => match key.parse::<usize>() {
            Ok(day) if day < 7 => pick(language, DAYS_ZH[day], DAYS_EN[day]),
            _ => key.to_owned(),
        },
        "hour" => format!("{key}:00"),
        _ => key.to_owned(),
    }
}
