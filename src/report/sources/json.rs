//! The figures as one JSON object.

use serde_json::{Map, Value, json};

use crate::lexicon::Family;
use crate::model::Head;
use crate::report::NOTICE;
use crate::sources::shrink::Spread;
use crate::sources::{HeadStats, Language, Outlet, Profile, Quality, Share, Stats, Summary};
use crate::text::Lang;

/// Everything that the summary holds but the most marked articles and the histograms.
pub fn report(summary: &Summary) -> String {
    let languages: Vec<Value> = summary.languages.iter().map(|language| of_language(language, summary)).collect();
    let value = json!({
        "schema": 1,
        "table": summary.table,
        "quality": quality(&summary.quality),
        "languages": languages,
        "outlets": summary.outlets.iter().map(outlet).collect::<Vec<_>>(),
        "notice": NOTICE,
    });
    serde_json::to_string_pretty(&value).unwrap_or_default()
}

fn of_language(language: &Language, summary: &Summary) -> Value {
    let spread = by_head(|head| language.spread[head].map_or(Value::Null, spread));
    let timeline = language.days.iter().flat_map(|(_, periods)| periods).map(|period| {
        let heads = by_head(|head| {
            let (mean, interval) = period.heads[head];
            json!({"mean": rounded(mean), "interval": interval.map(pair)})
        });
        json!({"start": period.start.to_string(), "n": period.n, "heads": heads})
    });
    json!({
        "lang": language.lang.code(),
        "outlets": summary.outlets_in(language.lang).count(),
        "all": stats(&language.all),
        "spread": spread,
        "timeline": timeline.collect::<Vec<_>>(),
    })
}

fn outlet(outlet: &Outlet) -> Value {
    let langs = Lang::ALL.into_iter().filter_map(|lang| {
        let figures = outlet.langs[lang as usize].as_ref()?;
        Some((lang.code().to_owned(), stats(figures)))
    });
    json!({
        "outlet": outlet.name,
        "quality": quality(&outlet.quality),
        "first_date": outlet.days.map(|d| d.0.to_string()),
        "last_date": outlet.days.map(|d| d.1.to_string()),
        "languages": langs.collect::<Map<_, _>>(),
    })
}

fn quality(q: &Quality) -> Value {
    let mut value = json!({
        "rows": q.rows, "scored": q.scored, "too_short": q.too_short, "unsupported_language": q.unsupported_language,
        "not_text": q.not_text, "refused": q.refused, "duplicates": q.duplicates, "unnamed": q.unnamed, "undated": q.undated,
    });
    if !q.reasons.is_empty() {
        let reasons = q.reasons.iter().map(|r| json!({"reason": r.text, "rows": r.rows, "first_rows": r.first}));
        value["reasons"] = reasons.collect();
    }
    if !q.alike.is_empty() {
        value["alike_names"] = q.alike.iter().map(|(a, b)| json!([a, b])).collect();
    }
    value
}

fn stats(stats: &Stats) -> Value {
    let mut value = json!({
        "n": stats.n,
        "words": rounded(stats.words),
        "heads": by_head(|head| head_stats(&stats.heads[head])),
    });
    if let Some(pushes) = &stats.pushes {
        value["contributions"] = by_head(|head| profile(&pushes[head]));
    }
    if let Some(marks) = &stats.marks {
        value["per_100_words"] = profile(marks);
    }
    value
}

fn head_stats(head: &HeadStats) -> Value {
    let estimate =
        head.estimate.map(|e| json!({"value": rounded(e.value), "interval": pair((e.low, e.high)), "weight": rounded(e.weight)}));
    json!({
        "mean": rounded(head.mean),
        "median": rounded(head.median),
        "median_interval": head.median_interval.map(pair),
        "estimate": estimate,
        "side": head.estimate.map(|_| head.side),
        "low": share(head.low),
        "high": share(head.high),
    })
}

fn spread(spread: Spread) -> Value {
    json!({"mean": rounded(spread.mean), "between": rounded(spread.between), "within": rounded(spread.within)})
}

fn share(share: Share) -> Value {
    json!({"count": share.count, "share": rounded(share.share), "interval": pair(share.interval)})
}

fn profile(profile: &Profile) -> Value {
    Value::Object(Family::ALL.iter().zip(profile).map(|(f, v)| (f.key().to_owned(), rounded(*v).into())).collect())
}

fn by_head(value: impl Fn(usize) -> Value) -> Value {
    Value::Object(Head::ALL.into_iter().map(|head| (head.key().to_owned(), value(head as usize))).collect())
}

fn pair((low, high): (f64, f64)) -> [f64; 2] {
    [rounded(low), rounded(high)]
}

fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}
