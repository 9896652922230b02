//! The article in a web page: its main text, its title and its outlet, without menus, scripts and comments.

use dom_smoothie::{Config, Readability, TextMode};

use super::tags;

/// What a page says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extracted {
    /// Title of the article, without the name of the site; `None` when the page has none.
    pub title: Option<String>,
    /// Name the site gives itself (`og:site_name`, JSON-LD).
    pub outlet: Option<String>,
    /// Main text: one paragraph a line, no empty lines, character references decoded.
    pub text: String,
    /// What the reader should know about how the text was found.
    pub notes: Vec<String>,
}

/// Enough for any page that passes [`tags::too_tangled`]; reserved, not used. Bytes.
const STACK: usize = 64 << 20;
/// A main text that holds fewer of the page's visible words than one in this many is doubted when it is also short.
const SHARE: usize = 10;
/// A main text of fewer words than this is short.
const SHORT: usize = 40;

/// The article in `html`. It never fails: a page without a main text, or one built to choke a parser, gives all its visible
/// text and a note that says so.
pub fn extract(html: &str) -> Extracted {
    let reason = match tags::too_tangled(html) {
        Some(reason) => reason,
        // On a thread of its own: a bounded stack, and a panic in the parser costs this page its main text, not the run.
        None => match std::thread::scope(|scope| {
            let parser = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || main_text(html));
            parser.ok().and_then(|parser| parser.join().ok())
        }) {
            Some(Ok(article)) => return article,
            Some(Err(metadata)) => return everything(html, metadata, "no main text was found in it"),
            None => "its markup could not be parsed",
        },
    };
    let title = tags::title(html).and_then(|title| one_line(&references_decoded(title)));
    everything(html, Extracted { title, ..Extracted::default() }, reason)
}

/// The article by dom_smoothie, or title and outlet alone when the page has no main text.
fn main_text(html: &str) -> Result<Extracted, Extracted> {
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let mut page = Readability::from(html);
    page.config = config;
    let about = page.get_article_metadata(page.parse_json_ld());
    let mut article = Extracted {
        title: one_line(&about.title),
        outlet: about.site_name.as_deref().and_then(one_line),
        ..Extracted::default()
    };
    page.doc.select("nav, [role=navigation]").remove();
    // These stand on lines of their own, which the text formatter does not know.
    page.doc.select("dt, dd, figcaption, caption, address, summary").append_html("<br>");
    let Ok(found) = page.parse() else { return Err(article) };
    article.text = tidy(&found.text_content);
    let words = article.text.split_whitespace().count();
    if words < SHORT && words * SHARE < visible(html).split_whitespace().count() {
        return Err(article); // a caption or a cookie notice, not the article
    }
    Ok(article)
}

/// All visible text of a page, and a note of why.
fn everything(html: &str, about: Extracted, reason: &str) -> Extracted {
    let text = visible(html);
    let notes = vec![format!("all visible text of the page was taken, menus perhaps among it: {reason}")];
    Extracted { text, notes, ..about }
}

fn visible(html: &str) -> String {
    tidy(&references_decoded(&tags::strip(html)))
}

/// `text`, which holds no tags, with its character references decoded. The parser knows all of them.
fn references_decoded(text: &str) -> String {
    Readability::from(text.replace('<', "&lt;")).doc.text().to_string()
}

/// Lines trimmed, runs of white space made one space, empty lines dropped.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines().filter(|l| !l.trim().is_empty()) {
        out.push_str(if out.is_empty() { "" } else { "\n" });
        for (i, word) in line.split_whitespace().enumerate() {
            out.push_str(if i > 0 { " " } else { "" });
            out.push_str(word);
        }
    }
    out
}

/// `text` on one line, or nothing if there is none.
fn one_line(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "أكدت وزارة الخارجية، في بيان صدر مساء الأحد، أن الوفد سيصل إلى العاصمة يوم الثلاثاء، وأن المحادثات ستتناول ملف المياه والحدود والتجارة بين البلدين.";
    const SECOND: &str = "وقال المتحدث باسم الوزارة أحمد سالم، ردا على سؤال صحفي، إن الجانبين اتفقا على جدول أعمال من خمس نقاط، ولم يذكر تفاصيل أخرى عن المحادثات.";
    const THIRD: &str = "The delegation, which arrived on Tuesday, will meet Smith & Sons, and \"others\", before it leaves, the ministry said in a statement, adding that talks would go on.";

    fn page(body: &str) -> String {
        format!(
            "<!DOCTYPE html><html dir=rtl><head><meta property=og:site_name content='صحيفة المثال'>\
             <meta property='og:title' content='وصول الوفد'><title>وصول الوفد - صحيفة المثال</title>\
             <style>p {{ color: red }}</style><script>var hidden = '<p>script text</p>';</script></head><body>\
             <nav><ul><li><a href=/>Home page</a></li><li><a href=/s>Sport</a></li></ul></nav>{body}\
             <footer><p>All rights reserved</p></footer></body></html>"
        )
    }

    #[test]
    fn paragraphs_title_and_outlet() {
        let escaped = THIRD.replace('&', "&amp;").replace('"', "&quot;");
        let article = extract(&page(&format!(
            "<article><h1>وصول الوفد</h1><p>{FIRST}</p>\n\n<p>{SECOND}</p><p>{escaped}</p><p>{FIRST}</p></article>"
        )));
        assert_eq!(article.title.as_deref(), Some("وصول الوفد"));
        assert_eq!(article.outlet.as_deref(), Some("صحيفة المثال"));
        assert_eq!(article.text.lines().collect::<Vec<_>>(), [FIRST, SECOND, THIRD, FIRST]);
        assert!(article.notes.is_empty());
    }

    #[test]
    fn references_are_decoded_once() {
        for body in ["<article><p>{}</p></article>", "<div>{}"] {
            let article =
                extract(&page(&body.replace("{}", &format!("{FIRST} &amp;lt;b&amp;gt; 1 &lt; 2 &#1575;&laquo;x&raquo;"))));
            assert!(article.text.contains("&lt;b&gt; 1 < 2 ا«x»"), "{body}: {}", article.text);
        }
    }

    #[test]
    fn no_main_text_falls_back_and_says_so() {
        for (name, html, text) in [
            ("nothing", "", ""),
            ("empty body", "<html><body></body></html>", ""),
            ("only a script", "<script>alert('x')</script>", ""),
            ("only navigation", "<nav>Home</nav><nav>Sport</nav>", ""),
            ("unclosed navigation", "<html><nav>Home<p>Text &amp; more", "Home\nText & more"),
        ] {
            let article = extract(html);
            assert!(article.text == text, "{name}: {:?}", article.text);
            assert!(!article.text.contains("alert"), "{name}");
        }
    }

    #[test]
    fn hostile_pages_end_soon_and_keep_their_text() {
        let deep = "<div>".repeat(100_000) + FIRST;
        let fonts: String = (0..3000).map(|i| format!("<font size={i}>")).collect();
        let cases = [
            ("nested divs", deep),
            ("nested spans", "<span>".repeat(100_000) + FIRST),
            ("nested tables", "<table><tr><td>".repeat(50_000) + FIRST),
            ("nested lists", "<ul><li>".repeat(50_000) + FIRST),
            ("fonts left open", fonts + &"<p>x".repeat(20_000) + FIRST),
            ("formatting closed around blocks", "<b><div></b>".repeat(50_000) + FIRST),
            ("unclosed quotes", "<a href=\"x>".repeat(20_000) + FIRST),
            ("unclosed comment starts", FIRST.to_owned() + &"<!--".repeat(100_000)),
            ("unclosed navigation", "<nav>".repeat(400) + FIRST),
            ("stray signs", "< <1 <<".repeat(100_000) + FIRST),
            ("unclosed scripts", FIRST.to_owned() + &"<script><style>".repeat(50_000)),
            ("different attributes", format!("<p {}>{FIRST}", (0..50_000).map(|i| format!("a{i}=1 ")).collect::<String>())),
            ("references", FIRST.to_owned() + &"&amp; ".repeat(200_000)),
            ("elements", FIRST.to_owned() + &"<p>x".repeat(500_000)),
            ("many attributes", format!("<p {}>{FIRST}", "a=\"b\" ".repeat(20_000))),
        ];
        for (name, html) in cases {
            let start = std::time::Instant::now();
            let article = extract(&html);
            assert!(article.text.contains(FIRST) || name == "unclosed quotes", "{name}");
            // A tenth of a second each at most here; without the checks, minutes.
            assert!(start.elapsed().as_secs() < 20, "{name}: {:?}", start.elapsed());
        }
    }

    #[test]
    fn a_tangled_page_keeps_its_title() {
        let html = page(&("<div>".repeat(1000) + FIRST));
        let article = extract(&html);
        assert_eq!(article.title.as_deref(), Some("وصول الوفد - صحيفة المثال"));
        assert_eq!(article.text, FIRST);
        let notes = "all visible text of the page was taken, menus perhaps among it: its elements are nested more than 500 deep";
        assert_eq!(article.notes, [notes]);
    }

    #[test]
    fn words_of_different_elements_stay_apart() {
        let parts = "<dl><dt>one</dt><dd>two</dd></dl><table><tr><td>three</td><td>four</td></tr></table>\
                     <figure><figcaption>five</figcaption></figure>six<br>seven<ul><li>eight</li><li>nine</li></ul>";
        let text = extract(&page(&format!("<article><p>{FIRST}</p><p>{SECOND}</p>{parts}<p>{THIRD}</p></article>"))).text;
        let stuck: Vec<_> =
            text.split_whitespace().filter(|w| ["onetwo", "threefour", "fivesix", "sixseven", "eightnine"].contains(w)).collect();
        assert!(stuck.is_empty() && text.contains("seven"), "{stuck:?} in {text}");
    }

    #[test]
    fn large_pages_are_read_whole() {
        let html = page(&format!("<article>{}</article>", format!("<p>{FIRST}</p><p>{SECOND}</p>").repeat(10_000)));
        assert!(html.len() > 5_000_000);
        assert_eq!(extract(&html).text.lines().count(), 20_000);
    }

    #[test]
    fn old_pages_without_closed_paragraphs_are_not_called_tangled() {
        let html = page(&format!("<article>{}</article>", format!("<p>{FIRST}<br><b>x</b><li>y").repeat(2_000)));
        assert_eq!(tags::too_tangled(&html), None);
    }
}
