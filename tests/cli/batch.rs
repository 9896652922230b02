//! `batch`: tables of many forms, all rows in order, and runs that were interrupted.

use std::io::Write;

use serde_json::Value;
use tabayyun::features::FEATURES;

use super::bench::{Bench, objects, rows};

/// Rows of which one in seven cannot be read, one in five is too short and one in three is Arabic, with commas, quotes and
/// line breaks in their texts.
fn table(bench: &Bench, count: usize) -> String {
    let articles = [bench.articles("en"), bench.articles("ar")];
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(["id", "text", "title"]).unwrap();
    for row in 1..=count {
        let lang = &articles[usize::from(row % 3 == 0)];
        let text: String = lang[row % lang.len()]["text"].as_str().unwrap().chars().take(120 + row % 90).collect();
        let text = if row % 5 == 0 { "two \"words\"".to_owned() } else { format!("{text},\n\n\"{row}\"") };
        out.write_record([&format!("r{row}"), &text, "A title"]).unwrap();
    }
    let csv = String::from_utf8(out.into_inner().unwrap()).unwrap();
    // A row that is short of a cell, after each seventh.
    let mut mixed = String::new();
    for (at, record) in csv.split_inclusive(",A title\n").enumerate() {
        mixed += record;
        mixed += if at % 7 == 6 { "lost\n" } else { "" };
    }
    mixed
}

#[test]
fn rows_come_out_one_by_one_in_order_whatever_the_number_of_threads() {
    let bench = Bench::new();
    bench.write("in.csv", table(&bench, 700));
    let read = rows(&bench.read("in.csv").replace("lost\n", "lost,,\n"));
    let mut written = Vec::new();
    for jobs in ["1", "2", "3"] {
        let args =
            ["batch", "in.csv", "-o", "out.csv", "--features", "--contributions", "--evidence", "e.jsonl", "--id-column", "id"];
        let run = bench.run(&[&args[..], &["--jobs", jobs]].concat());
        run.told(1, "800 rows: ");
        assert!(run.stderr.contains(", 100 refused"), "{}", run.stderr);
        written.push((bench.read("out.csv"), bench.read("e.jsonl")));
    }
    assert!(written.iter().all(|w| *w == written[0]));
    let out = rows(&written[0].0);
    assert_eq!(out.len(), read.len());
    assert!(out.iter().zip(&read).all(|(out, read)| out[..3] == read[..]), "every input column comes out");
    let evidence = objects(&written[0].1);
    assert_eq!(evidence.len(), 700, "one line for each row that could be read");
    assert!(evidence.windows(2).all(|pair| pair[0]["row"].as_u64() < pair[1]["row"].as_u64()));
    assert!(evidence.iter().all(|e| out[e["row"].as_u64().unwrap() as usize][0] == e["id"].as_str().unwrap()));
}

#[test]
fn columns_are_those_of_the_contract_and_agree_with_score() {
    let bench = Bench::new();
    let text = std::fs::read_to_string(bench.sample("en-insinuation.txt")).unwrap();
    bench.write("in.jsonl", format!("{}\n", serde_json::json!({"text": text})));
    assert_eq!(bench.run(&["batch", "in.jsonl", "-o", "out.csv", "--features", "--contributions"]).code, 0);
    let [header, row] = &rows(&bench.read("out.csv"))[..] else { panic!("one row") };
    let plain = "text,tb_status,tb_lang,tb_words,propaganda_score,propaganda_band,credibility_score,credibility_band,tb_note";
    let features = |prefix: &str| FEATURES.iter().map(|f| format!("{prefix}{}", f.name)).collect::<Vec<_>>();
    let mut wanted: Vec<String> = plain.split(',').map(String::from).collect();
    ["f.", "c.propaganda.", "c.credibility."].iter().for_each(|prefix| wanted.extend(features(prefix)));
    wanted.push("tb_extra".into());
    assert_eq!(*header, wanted);
    let cell = |name: &str| row[header.iter().position(|h| h == name).unwrap()].parse::<f64>().unwrap();
    let report = bench.run(&["score", &bench.sample("en-insinuation.txt"), "--format", "json"]);
    let report: &Value = &objects(&report.stdout)[0];
    for head in ["propaganda", "credibility"] {
        assert_eq!(Some(cell(&format!("{head}_score"))), report["heads"][head]["score"].as_f64());
        for contribution in report["heads"][head]["contributions"].as_array().unwrap() {
            let name = contribution["feature"].as_str().unwrap();
            assert_eq!(Some(cell(&format!("c.{head}.{name}"))), contribution["contribution"].as_f64(), "{head} {name}");
        }
    }
}

#[test]
fn tables_in_other_encodings_are_read_the_same() {
    let bench = Bench::new();
    let articles = bench.articles("ar");
    let text = articles[0]["text"]
        .as_str()
        .unwrap()
        .replace('"', "")
        .replace(|c: char| encoding_rs::WINDOWS_1256.encode(&c.to_string()).2, " ");
    let csv = format!("id,text\n1,\"{text}\"\n2,\"{text}\"\n");
    let utf16: Vec<u8> = [0xFEFF].into_iter().chain(csv.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    bench.write("in.csv", &csv);
    assert_eq!(bench.run(&["batch", "in.csv", "-o", "wanted.csv"]).code, 0);
    for (name, bytes, told) in [
        ("a mark", format!("\u{FEFF}{csv}").into_bytes(), ""),
        ("CRLF", csv.replace("\"\n", "\"\r\n").into_bytes(), ""),
        ("UTF-16", utf16, "in.csv: read as UTF-16LE\n"),
        ("windows-1256", encoding_rs::WINDOWS_1256.encode(&csv).0.into_owned(), "in.csv: read as windows-1256\n"),
    ] {
        bench.write("in.csv", bytes);
        let run = bench.run(&["batch", "in.csv", "-o", "out.csv"]);
        assert!(run.code == 0 && run.stderr.starts_with(told), "{name}: {}", run.stderr);
        assert_eq!(bench.read("out.csv"), bench.read("wanted.csv"), "{name}");
    }
}

#[test]
fn damaged_rows_are_told_and_the_rest_goes_on() {
    let bench = Bench::new();
    let text = "قالت مصادر مطلعة إن اجتماعا سريا عقد أمس بهدف إضعاف البلدية في المدينة";
    let good = format!("1,{text}\n");
    let mut bytes = [b"id,text\n", good.as_bytes()].concat();
    bytes.extend([b"2,\xFF", &good.as_bytes()[2..], good.as_bytes()].concat());
    bytes.extend([b"4,\"", "ا".repeat(17 << 20).as_bytes(), b"\"\n", good.as_bytes(), b"6,\"never closed\n7,x\n"].concat());
    bench.write("in.csv", bytes);
    let run = bench.run(&["batch", "in.csv", "-o", "out.csv"]);
    run.told(1, "6 rows: 3 scored, 0 without scores (see tb_status), 3 refused");
    let out = rows(&bench.read("out.csv"));
    let notes: Vec<(&str, &str)> = out[1..].iter().map(|row| (row[2].as_str(), row[9].as_str())).collect();
    for (at, reason) in [
        (1, "cell `text` is not valid UTF-8 at its byte 0"),
        (3, "the row is longer than 32 MiB (a quote never closed?): its long cells were left out"),
        (5, "a quote is opened in this row and never closed: all that follows was read as one cell"),
    ] {
        assert_eq!(notes[at].0, "error");
        assert!(notes[at].1.contains(reason), "{}", notes[at].1);
    }
    assert!([0, 2, 4].iter().all(|at| notes[*at].0 == "ok"));
}

#[test]
fn an_unfinished_output_is_not_written_over_while_it_is_read() {
    let bench = Bench::new();
    bench.write("out.csv.partial", "text\na\n");
    for args in [
        &["batch", "out.csv.partial", "-o", "out.csv"][..],
        &["batch", "out.csv.partial", "-o", "other.csv", "--evidence", "out.csv"],
    ] {
        bench.run(args).told(2, "out.csv.partial: is read and would be written: give the output another name");
        assert_eq!(bench.read("out.csv.partial"), "text\na\n");
    }
}

#[test]
fn binary_files_are_no_tables() {
    let bench = Bench::new();
    let noise =
        |seed: u32| (0..4000u32).map(|i| (i.wrapping_add(seed).wrapping_mul(2_654_435_761) >> 13) as u8).collect::<Vec<u8>>();
    for (name, bytes, message) in [
        ("noise.csv", noise(7), "looks like a binary file"),
        ("noise.jsonl", noise(99), "looks like a binary file"),
        (
            "book.csv",
            b"PK\x03\x04\x14\0".to_vec(),
            "(ZIP, DOCX, XLSX, ODT or EPUB): save a document as plain text or HTML, a sheet as CSV in UTF-8",
        ),
        ("packed.csv.xz", b"\xFD7zXZ\0\0".to_vec(), "(xz): unpack it first"),
        #[cfg(not(feature = "parquet"))]
        ("data.parquet", b"PAR1\x15\x04\0".to_vec(), "(Parquet): export it as CSV or JSONL, or build this program with"),
    ] {
        bench.write(name, bytes);
        bench.run(&["batch", name, "-o", "out.csv"]).told(2, &format!("tabayyun: {name}: looks like a binary file"));
        bench.run(&["batch", name, "-o", "out.csv"]).told(2, message);
        assert!(!bench.exists("out.csv"));
    }
}

#[test]
fn an_interrupted_run_ends_as_if_it_had_not_been() {
    let bench = Bench::new();
    let lexicon = bench.lexicon();
    bench.write("in.csv", table(&bench, 40));
    for (out, evidence) in [("out.csv", false), ("out.csv", true), ("out.tsv", true), ("out.jsonl", false), ("out.jsonl", true)] {
        let mut args = vec!["batch", "in.csv", "-o", out, "--id-column", "id", "--contributions", "--lexicons", &lexicon];
        args.extend(evidence.then_some(["--evidence", "e.jsonl"]).iter().flatten());
        assert_eq!(bench.run(&args).code, 1);
        let (whole, found) = (bench.read(out), if evidence { bench.read("e.jsonl") } else { String::new() });
        args.push("--resume");
        let partial = format!("{out}.partial");
        let cuts =
            [0, 1, 40, whole.find('\n').unwrap(), whole.find('\n').unwrap() + 1, whole.len() / 2, whole.len() - 1, whole.len()];
        for (number, cut) in cuts.into_iter().chain((1..12).map(|n| whole.len() * n / 12 + n)).enumerate() {
            bench.write(&partial, &whole.as_bytes()[..cut.min(whole.len())]);
            if evidence && number % 4 > 0 {
                // Evidence that is behind, level or ahead, torn or not.
                bench.write(
                    "e.jsonl.partial",
                    &found.as_bytes()[..(found.len() * (number % 4) / 3).min(found.len() - number % 2)],
                );
            }
            let run = bench.run(&args);
            assert_eq!(run.code, 1, "{out}, cut at {cut}: {}", run.stderr);
            assert!(bench.read(out) == whole, "{out}, cut at {cut}");
            assert!(!evidence || bench.read("e.jsonl") == found, "{out}, cut at {cut}: evidence");
            assert!(!bench.exists(&partial) && !bench.exists("e.jsonl.partial"));
        }
        assert_eq!(bench.run(&args).code, 1, "nothing left to resume is no error");
        assert!(bench.read(out) == whole);
    }
    let kept = bench.read("out.jsonl");
    bench.write("out.jsonl.partial", &kept[..kept.len() / 2]);
    let run = bench.run(&["batch", "in.csv", "-o", "out.jsonl", "--contributions", "--resume", "--lexicons", &lexicon]);
    assert!(run.stderr.contains(" from before, "), "{}", run.stderr);
}

#[test]
fn what_another_run_left_is_not_continued() {
    let bench = Bench::new();
    let lexicon = bench.lexicon();
    bench.write("in.csv", table(&bench, 40));
    bench.write("other.csv", table(&bench, 60).replace("r1", "s1"));
    bench.write("shorter.csv", table(&bench, 10));
    let model = std::fs::read_to_string("tests/cmd/models.in/good.json").unwrap();
    bench.write("model.json", model);
    for out in ["out.csv", "out.jsonl"] {
        assert_eq!(bench.run(&["batch", "in.csv", "-o", out, "--lexicons", &lexicon]).code, 1);
        let partial = format!("{out}.partial");
        let left = bench.read(out);
        let left = &left[..left.len() * 3 / 4];
        for args in [
            &["batch", "in.csv", "-o", out, "--features", "--resume"][..],
            &["batch", "in.csv", "-o", out, "--title-column", "title", "--resume"],
            &["batch", "shorter.csv", "-o", out, "--resume"],
            &["batch", "in.csv", "-o", out, "--model", "model.json", "--resume"],
            &["batch", "other.csv", "-o", out, "--min-words", "1000", "--resume"],
        ] {
            bench.write(&partial, left);
            let run = bench.run(&[args, &["--lexicons", &lexicon]].concat());
            run.told(2, "was not made from this input with these options, models and lexicons: remove it, or leave out --resume");
            assert!(bench.read(&partial) == left, "{args:?}: nothing is touched");
        }
        assert_eq!(bench.run(&["batch", "in.csv", "-o", out]).code, 1, "without --resume it begins anew");
        assert!(!bench.exists(&partial));
    }
}

#[test]
fn packed_tables_come_out_as_plain_ones_do() {
    let bench = Bench::new();
    let plain = table(&bench, 210);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(plain.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    bench.write("in.csv", &plain);
    bench.write("in.csv.gz", &packed);
    bench.write("in.csv.zst", zstd::encode_all(plain.as_bytes(), 3).unwrap());
    bench.run(&["batch", "in.csv", "-o", "plain.csv"]).told(1, "240 rows");
    let expected = bench.read("plain.csv");
    for (input, output) in [("in.csv.gz", "out.csv.zst"), ("in.csv.zst", "out.csv.gz"), ("in.csv.gz", "out.csv")] {
        bench.run(&["batch", input, "-o", output]).told(1, "240 rows");
        let bytes = std::fs::read(bench.path().join(output)).unwrap();
        let unpacked = match output.rsplit('.').next() {
            Some("zst") => zstd::decode_all(&bytes[..]).unwrap(),
            Some("gz") => std::io::read_to_string(flate2::read::GzDecoder::new(&bytes[..])).unwrap().into_bytes(),
            _ => bytes,
        };
        assert!(String::from_utf8(unpacked).unwrap() == expected, "{input} to {output}");
    }
    let run = bench.run_with(&["batch", "-", "-o", "-"], &[], &packed);
    assert!(run.stdout == expected, "standard input is unpacked too");
    bench.run(&["batch", "in.csv.gz", "-o", "out.csv.gz", "--resume"]).told(2, "leave out the packing");

    bench.write("cut.csv.gz", &packed[..packed.len() / 2]);
    bench.run(&["batch", "cut.csv.gz", "-o", "cut.csv"]).told(2, "cut.csv.gz: the compressed data is damaged or cut off");
    assert!(!bench.exists("cut.csv"), "what was read of it does not pass for the whole");
}

#[test]
fn a_packed_article_scores_as_the_article_does() {
    let bench = Bench::new();
    let text = std::fs::read(bench.sample("ar-insinuation.txt")).unwrap();
    bench.write("a.txt", &text);
    bench.write("a.txt.zst", zstd::encode_all(&text[..], 3).unwrap());
    let score = |name: &str| {
        let mut report = objects(&bench.run(&["score", name, "--format", "json"]).stdout).remove(0);
        report["id"].take();
        report
    };
    assert_eq!(score("a.txt.zst"), score("a.txt"));
}

#[test]
fn kept_columns_come_out_alone_and_scores_stay() {
    let bench = Bench::new();
    let (csv, id) = (table(&bench, 30), ["--id-column", "id", "--title-column", "title"]);
    bench.write("in.csv", csv);
    assert_eq!(bench.run(&[&["batch", "in.csv", "-o", "all.csv"], &id[..]].concat()).code, 1);
    let all = rows(&bench.read("all.csv"));
    for (keep, kept) in [("id", vec![0]), ("title,id", vec![2, 0]), ("", vec![])] {
        let run = bench.run(&[&["batch", "in.csv", "-o", "out.csv", "--keep", keep, "--evidence", "e.jsonl"], &id[..]].concat());
        assert_eq!(run.code, 1, "{}", run.stderr);
        let expected = |row: &Vec<String>| kept.iter().map(|at| &row[*at]).chain(&row[3..]).cloned().collect::<Vec<_>>();
        assert_eq!(rows(&bench.read("out.csv")), all.iter().map(expected).collect::<Vec<_>>(), "{keep}");
        assert_eq!(objects(&bench.read("e.jsonl"))[0]["id"], "r1");
    }
    bench.run(&["batch", "in.csv", "-o", "out.csv", "--keep", "name"]).told(2, "in.csv: has no column `name`");
    bench.write("in.jsonl", "{\"id\":1,\"text\":\"short\"}\n{\"id\":2,\"text\":\"short\",\"late\":true}\n");
    assert_eq!(bench.run(&["batch", "in.jsonl", "-o", "out.jsonl", "--keep", "id"]).code, 0);
    assert!(!bench.read("out.jsonl").contains("late") && bench.read("out.jsonl").contains("\"id\":2"));
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_goes_in_and_out_with_the_same_scores() {
    let bench = Bench::new();
    bench.write("in.csv", table(&bench, 700));
    for (from, to) in [("in.csv", "direct.csv"), ("in.csv", "out.parquet"), ("out.parquet", "refused.csv")] {
        let run = bench.run(&["batch", from, "-o", to, "--contributions", "--features"]);
        if to == "refused.csv" {
            run.told(2, "would have two columns called `tb_status`");
        } else {
            run.told(1, "800 rows: ");
        }
    }
    // Scored a second time from Parquet, the rows that were whole get the same scores as the first time.
    let scored = |name: &str| {
        let all = rows(&bench.read(name));
        all.into_iter().filter(|row| row.iter().all(|cell| cell != "error")).collect::<Vec<_>>()
    };
    let again = ["batch", "out.parquet", "-o", "again.csv", "--keep", "id,text,title", "--contributions", "--features"];
    bench.run(&again).told(0, "800 rows: ");
    let (direct, again) = (scored("direct.csv"), rows(&bench.read("again.csv")));
    assert!(direct.len() > 600);
    assert!(direct.iter().all(|row| again.contains(row)));
    bench.run(&["batch", "in.csv", "-o", "o.parquet", "--resume"]).told(2, "which Parquet is not");
    bench.write("cut.parquet", &std::fs::read(bench.path().join("out.parquet")).unwrap()[..5000]);
    bench.run(&["batch", "cut.parquet", "-o", "o.csv"]).told(2, "cut.parquet: is a damaged Parquet file");
    assert!(!bench.exists("o.csv"));
}

/// A spreadsheet runs a cell that begins with one of these as a formula.
#[test]
fn no_cell_that_is_added_is_a_formula() {
    let bench = Bench::new();
    let story = bench.articles("en")[0]["text"].as_str().unwrap().replace('"', "");
    let texts =
        [format!("=HYPERLINK(1) {story}"), format!("@SUM(A1) {story}"), "+1".into(), "-1".into(), "=cmd|x".into(), "\t=1".into()];
    let mut table = texts.iter().fold("text\n".to_owned(), |table, text| table + &format!("\"{text}\"\n"));
    table += "=1,=2\n";
    bench.write("in.csv", table);
    bench.run(&["batch", "in.csv", "-o", "out.csv", "--features", "--contributions", "--min-words", "1"]).told(1, "1 refused");
    let out = rows(&bench.read("out.csv"));
    assert_eq!(out.len(), texts.len() + 2);
    for cell in out.iter().flat_map(|row| &row[1..]) {
        assert!(cell.parse::<f64>().is_ok() || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
    }
}
