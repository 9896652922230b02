//! `sources` and `report`: the order of rows, hostile cells, forms of tables.

use super::bench::Bench;

const HEADER: &str = "source,date,title,url,text,tb_status,tb_lang,tb_words,propaganda_score,propaganda_band,credibility_score,credibility_band,tb_note";

/// Rows of invented outlets with scores of every size, some without.
fn rows() -> Vec<String> {
    let outlets = ["North", "South", "East", "West", ""];
    let row = |i: usize| {
        let (outlet, p, c) = (outlets[(i * i / 3) % 5], (i * 37 % 101) as f64 / 100.0, (i * 53 % 97) as f64 / 96.0);
        let (lang, day, copy) = (["en", "ar"][i % 7 / 5], 1 + i % 28, i % 40);
        match i % 11 {
            0 => format!("{outlet},2026-02-{day:02},t{i},,text {copy},too_short,en,3,,,,,too short"),
            5 => format!("{outlet},no day,t{i},,text {copy},ok,{lang},90,{p},low,{c},high,"),
            7 => format!("{outlet},2026-02-{day:02},t{i},,text {copy},error,,,,,,,has {i} cells"),
            _ => format!("{outlet},2026-02-{day:02},t{i},,text {copy},ok,{lang},90,{p},high,{c},low,"),
        }
    };
    (0..200).map(row).collect()
}

fn table(rows: &[String]) -> String {
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let bench = Bench::new();
    let rows = rows();
    let figures = |name: &str, rows: &[String]| {
        bench.write(name, table(rows));
        let run = bench.run(&["sources", name, "--format", "csv", "--quiet"]);
        assert_eq!((run.code, run.stderr.as_str()), (1, ""), "days that are none");
        run.stdout
    };
    let wanted = figures("a.csv", &rows);
    assert!(wanted.lines().count() > 8 && wanted.contains(",North,en,") && wanted.contains(",North,ar,"), "{wanted}");
    for step in [3, 7, 199] {
        let shuffled: Vec<String> = (0..rows.len()).map(|i| rows[i * step % rows.len()].clone()).collect();
        assert_eq!(figures("b.csv", &shuffled), wanted, "step {step}");
    }
}

#[test]
fn csv_tsv_and_jsonl_give_the_same() {
    let bench = Bench::new();
    let rows = rows();
    bench.write("a.csv", table(&rows));
    bench.write("a.tsv", table(&rows).replace(',', "\t"));
    let names: Vec<&str> = HEADER.split(',').collect();
    let object = |row: &String| {
        let cells = names.iter().zip(row.split(',')).map(|(name, cell)| match cell.parse::<f64>() {
            Ok(number) => format!("\"{name}\":{number}"),
            Err(_) if cell.is_empty() => format!("\"{name}\":null"),
            Err(_) => format!("\"{name}\":\"{cell}\""),
        });
        format!("{{{}}}", cells.collect::<Vec<_>>().join(","))
    };
    bench.write("a.jsonl", rows.iter().map(object).collect::<Vec<_>>().join("\n"));
    let figures = |name: &str| bench.run(&["sources", name, "--format", "csv", "-q"]).stdout;
    let wanted = figures("a.csv");
    assert!(wanted.lines().count() > 8);
    assert_eq!(figures("a.tsv"), wanted);
    assert_eq!(figures("a.jsonl"), wanted);
}

#[test]
fn what_batch_writes_can_be_read() {
    let bench = Bench::new();
    let text = "Informed sources revealed that the minister held a secret meeting in a bid to undermine the reform.";
    bench.write("in.csv", format!("outlet,text\nNorth,\"{text}\"\nNorth,\"{text}\"\nSouth,short\n"));
    for out in ["out.csv", "out.jsonl", "out.tsv"] {
        bench.run(&["batch", "in.csv", "-o", out, "--features", "--contributions", "-q"]);
        let run = bench.run(&["sources", out, "--format", "json"]);
        let figures: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        let quality = &figures["quality"];
        assert_eq!(
            (run.code, &quality["scored"], &quality["too_short"], &quality["duplicates"]),
            (0, &2.into(), &1.into(), &1.into())
        );
        let all = &figures["languages"][0]["all"];
        assert!(all["per_100_words"]["anonymous_sourcing"].as_f64().unwrap() > 3.0, "one in 17 words: {all}");
        assert!(all["contributions"]["propaganda"]["anonymous_sourcing"].as_f64().unwrap() > 0.0, "{all}");
        assert_eq!(bench.run(&["report", out, "-o", "page.html", "-q"]).code, 0);
        let page = bench.read("page.html");
        let table = page.split("<caption>").nth(1).expect("a table of families");
        assert!(table.contains("<th scope=\"col\" class=\"num\">anonymous sourcing</th>") && table.contains("North"), "{table}");
    }
}

#[test]
fn hostile_cells_are_text() {
    let bench = Bench::new();
    let evil = r#"</title><script>alert(1)</script>"" onload=""x"#;
    let row = |url: &str| format!("\"{evil}\",2026-01-01,\"{evil}\",\"{url}\",t,ok,en,90,0.5,low,0.5,low,\"{evil}\"");
    let rows = [
        row("javascript:alert(1)"),
        row("https://example.org/?q=<b>&\"\"onclick=\"\"x"),
        format!("\"{evil}\",2026-01-01,\"\u{202E}{evil}\",,t,error,,,,,,,\"{evil}\""),
        format!("=cmd|x,2026-01-01,{},,t,ok,en,90,0.7,low,0.5,low,", "x".repeat(1 << 20)),
        format!("{},\"{evil}\",x,,t,ok,en,90,\"{evil}\",low,0.5,low,", "y".repeat(1 << 20)),
    ];
    bench.write("a.csv", table(&rows));
    let run = bench.run(&["report", "a.csv", "-o", "a.html"]);
    run.told(1, "a.csv: row 5: propaganda_score is `");
    assert!(run.stderr.len() < 1000, "long cells are cut in messages: {}", run.stderr.len());
    let page = bench.read("a.html");
    assert!(page.len() < 200_000, "and in the page: {}", page.len());
    for part in ["<script", "javascript:", " onload=\"", "\"onclick", "\u{202E}"] {
        assert!(!page.contains(part), "{part}");
    }
    assert!(page.contains("&#60;script&#62;alert(1)") && page.contains("href=\"https://example.org/?q=&#60;b&#62;&#38;"));
}

#[test]
fn a_table_without_scores_or_outlets_is_no_fault() {
    let bench = Bench::new();
    for (name, content, told) in [
        ("empty.csv", table(&[]), "nothing to show"),
        ("few.csv", table(&["North,,,,t,ok,en,90,0.5,low,0.5,low,".into()]), "Too few texts"),
        (
            "none.csv",
            table(&["North,,,,t,ok,en,90,0.5,low,0.5,low,".into()]).replace("source,", "place,"),
            "No column of this table names outlets",
        ),
    ] {
        bench.write(name, content);
        let run = bench.run(&["report", name, "-o", "-", "-q"]);
        assert!(run.code == 0 && run.stdout.contains(told), "{name}: {} {}", run.code, run.stderr);
        assert!(run.stdout.ends_with("</html>\n") || run.stdout.ends_with("</html>"), "{name}");
        assert_eq!(bench.run(&["sources", name]).code, 0, "{name}");
    }
}
