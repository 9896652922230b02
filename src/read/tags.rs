//! Markup read tag by tag, without a tree: how hard a page would be to parse, and its text when the tree builder is not to be
//! trusted with it. Every function here takes time linear in the page.

/// One tag or stretch of text, in page order. Comments, declarations and the content of scripts and styles are left out.
enum Piece<'a> {
    Text(&'a str),
    /// Lower-case name, and at most how many attributes.
    Open(String, usize),
    Close(String),
}

/// Elements whose content is not markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];
/// Elements that never hold anything.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// Elements that the next of their kind closes, so that leaving them open nests nothing.
const SELF_CLOSING: &[&str] = &[
    "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "rp", "rt", "html",
    "head", "body",
];
/// Elements that the tree builder opens anew in each block they were left open before.
const FORMATTING: &[&str] = &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements whose text is no part of what the page reports.
const SKIPPED: &[&str] = &["nav", "noscript", "template", "svg", "button", "select", "footer", "aside", "head", "form", "dialog"];
/// Elements that stand inside a line.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "img", "kbd", "mark", "nobr", "q", "s", "small",
    "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// Deepest nesting that a tree is built for. Browsers stop at 512.
const DEEPEST: usize = 500;
/// Most copies of formatting elements that the tree builder may have to make.
const MOST_COPIES: usize = 1_000_000;
/// Most steps up the stack of open elements, over the whole page.
const MOST_STEPS: usize = 100_000_000;

/// Most elements that a tree is built for; an article page has a few thousand.
const MOST_ELEMENTS: usize = 400_000;
/// Most character references; dom_smoothie takes quadratic time over those that stand for `&`.
const MOST_REFERENCES: usize = 150_000;

/// Why a tree must not be built of this page, if so: it is nested, or left unclosed, in a way that takes the tree builder
/// quadratic time and memory. No page that was written to be read does that.
pub(super) fn too_tangled(html: &str) -> Option<&'static str> {
    let mut open: Vec<String> = Vec::new();
    let (mut formatting, mut copies, mut steps, mut elements) = (0usize, 0usize, 0usize, 0usize);
    if html.bytes().filter(|b| *b == b'&').count() > MOST_REFERENCES {
        return Some("it holds too many character references");
    }
    for piece in pieces(html) {
        match piece {
            Piece::Text(_) => {}
            Piece::Open(name, attributes) => {
                elements += 1;
                copies += formatting;
                steps += open.len() + attributes * attributes / 8; // each attribute is compared with those before it
                if !SELF_CLOSING.contains(&name.as_str()) && !VOID.contains(&name.as_str()) {
                    formatting += usize::from(FORMATTING.contains(&name.as_str()));
                    open.push(name);
                }
            }
            Piece::Close(name) => {
                let found = open.iter().rposition(|o| *o == name);
                steps += open.len() - found.unwrap_or(0);
                if let Some(at) = found {
                    if FORMATTING.contains(&name.as_str()) {
                        open.remove(at);
                        formatting -= 1;
                    } else {
                        // Formatting left open inside goes on after the block, so it stays on the stack.
                        let left_open = open.split_off(at).into_iter().filter(|o| FORMATTING.contains(&o.as_str()));
                        open.extend(left_open);
                    }
                }
            }
        }
        match () {
            () if open.len() > DEEPEST => return Some("its elements are nested more than 500 deep"),
            () if copies > MOST_COPIES => return Some("its formatting tags are left open throughout"),
            () if steps > MOST_STEPS => return Some("its elements are nested deeply throughout, or full of attributes"),
            () if elements > MOST_ELEMENTS => return Some("it has too many elements"),
            () => {}
        }
    }
    None
}

/// All text outside scripts, styles, navigation and the like, blocks on lines of their own. Character references are left as
/// they are.
pub(super) fn strip(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 4);
    let mut skipped: Option<(String, usize, usize)> = None; // name, how often it is open, length of the text before it
    for piece in pieces(html) {
        match piece {
            Piece::Text(run) => text.push_str(run),
            Piece::Open(name, _) => {
                break_line(&mut text, &name);
                match &mut skipped {
                    Some((outer, depth, _)) if *outer == name => *depth += 1,
                    None if SKIPPED.contains(&name.as_str()) => skipped = Some((name, 1, text.len())),
                    _ => {}
                }
            }
            Piece::Close(name) => {
                if let Some((outer, depth, before)) = &mut skipped
                    && *outer == name
                {
                    *depth -= 1;
                    if *depth == 0 {
                        text.truncate(*before);
                        skipped = None;
                    }
                }
                break_line(&mut text, &name);
            }
        }
    }
    text // a skipped element that is never closed skips nothing
}

/// What stands between `<title>` and its end, in the first 64 KB.
pub(super) fn title(html: &str) -> Option<&str> {
    let mut head = html.as_bytes()[..html.len().min(1 << 16)].to_ascii_lowercase();
    let find = |head: &[u8], word: &[u8]| head.windows(word.len()).position(|w| w == word);
    let start = find(&head, b"<title")?;
    let start = start + find(&head[start..], b">")? + 1;
    let end = start + find(&head.split_off(start), b"</title")?;
    html.get(start..end)
}

fn break_line(text: &mut String, name: &str) {
    if !INLINE.contains(&name) && !text.ends_with('\n') {
        text.push('\n');
    }
}

fn pieces(html: &str) -> Pieces<'_> {
    Pieces { html, at: 0, raw: None }
}

struct Pieces<'a> {
    html: &'a str,
    at: usize,
    /// Name of the element just opened whose content is not markup.
    raw: Option<&'static str>,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if let Some(name) = self.raw.take() {
            self.at = end_of_raw(self.html, self.at, name);
        }
        while self.at < self.html.len() {
            let rest = &self.html[self.at..];
            if !rest.starts_with('<') || !opens_tag(rest) {
                let end = next_tag(rest);
                self.at += end;
                return Some(Piece::Text(&rest[..end]));
            }
            if let Some(comment) = rest.strip_prefix("<!--") {
                self.at += comment.find("-->").map_or(rest.len(), |end| end + "<!---->".len());
                continue;
            }
            let (length, attributes) = measure_tag(rest);
            self.at += length;
            let closes = rest.as_bytes()[1] == b'/';
            let name = &rest[1 + usize::from(closes)..];
            let name = &name[..name.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').unwrap_or(name.len())];
            if name.starts_with(['!', '?']) || name.is_empty() {
                continue;
            }
            let name = name.chars().take(32).collect::<String>().to_ascii_lowercase();
            if closes {
                return Some(Piece::Close(name));
            }
            self.raw = RAW.iter().copied().find(|raw| *raw == name);
            return Some(Piece::Open(name, attributes));
        }
        None
    }
}

/// Whether the `<` at the start of `rest` begins a tag, comment or declaration rather than standing for itself.
fn opens_tag(rest: &str) -> bool {
    matches!(rest.as_bytes().get(1), Some(b'/' | b'!' | b'?' | b'a'..=b'z' | b'A'..=b'Z'))
}

/// Length of the text at the start of `rest`, at least one byte.
fn next_tag(rest: &str) -> usize {
    let mut from = 1;
    while let Some(at) = rest.as_bytes()[from.min(rest.len())..].iter().position(|b| *b == b'<') {
        if opens_tag(&rest[from + at..]) {
            return from + at;
        }
        from += at + 1;
    }
    rest.len()
}

/// Length of the tag at the start of `rest`, and how many attributes it has at most. A `>` inside a quoted attribute does not end
/// it, unless that quote is never closed. (That can happen to two tags of a page only, the last ones with either quote.)
fn measure_tag(rest: &str) -> (usize, usize) {
    let (mut quote, mut first_end, mut attributes) = (None, None, 0);
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return (at + 1, attributes),
            (None, b'"' | b'\'') if follows_equals(&rest[..at]) => quote = Some(byte),
            (None, b' ' | b'\t' | b'\r' | b'\n' | b'\x0C' | b'/') => attributes += 1,
            (Some(open), close) if open == close => {
                (quote, first_end) = (None, None);
                attributes += 1;
            }
            (Some(_), b'>') => first_end = first_end.or(Some(at + 1)),
            _ => {}
        }
    }
    (first_end.unwrap_or(rest.len()), attributes)
}

/// Whether an attribute's value begins here: the last byte that is not white space is `=`.
fn follows_equals(before: &str) -> bool {
    before.bytes().rev().take(64).find(|b| !b.is_ascii_whitespace()) == Some(b'=')
}

/// Where the raw content that starts at `from` ends: at its closing tag, or at the end of the page.
fn end_of_raw(html: &str, from: usize, name: &str) -> usize {
    let bytes = html.as_bytes();
    let mut at = from;
    while let Some(next) = bytes[at..].iter().position(|b| *b == b'<') {
        at += next;
        let tail = &bytes[at + 1..];
        if tail.first() == Some(&b'/') && tail.get(1..=name.len()).is_some_and(|t| t.eq_ignore_ascii_case(name.as_bytes())) {
            return at;
        }
        at += 1;
    }
    html.len()
}
