//! What people wrote, made fit for a mail.

/// The longest title in a mail.
const TITLE: usize = 80;

/// Text as it may stand in a mail: line breaks as LF, no control characters, none of the marks links are filled in at.
pub fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || is_mark(*c))).collect()
}

/// Private use: [`links`](super::links) puts its marks there.
fn is_mark(c: char) -> bool {
    ('\u{e000}'..='\u{f8ff}').contains(&c)
}

/// Several lines as one.
pub fn one_line(text: &str) -> String {
    let lines: Vec<String> = clean(text).lines().map(words).filter(|line| !line.is_empty()).collect();
    lines.join("; ")
}

fn words(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most `limit` characters, with an ellipsis where something is left out.
pub fn cut(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let kept: String = text.chars().take(limit.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// A title for a subject or a receipt: short, one line, and nothing in it that a mail program would make a link.
/// The address may not be the sender's: nobody shall use Inlet to send a stranger to a page (reliability E19).
pub fn title(text: &str) -> String {
    let line = one_line(text);
    let safe: Vec<&str> = line.split(' ').map(|word| if is_link(word) { "[link]" } else { word }).collect();
    cut(&safe.join(" "), TITLE)
}

/// Whether a word may be taken for an address: `https://…`, `anna@…`, `www.…`, or a dot between a name and two letters.
fn is_link(word: &str) -> bool {
    word.contains("://") || word.contains('@') || word.to_lowercase().contains("www.") || has_host(word)
}

fn has_host(word: &str) -> bool {
    word.match_indices('.').any(|(at, dot)| {
        let before = word.get(..at).and_then(|part| part.chars().next_back());
        let after = word.get(at + dot.len()..).unwrap_or_default();
        before.is_some_and(char::is_alphanumeric) && after.chars().take_while(|c| c.is_alphabetic()).count() >= 2
    })
}

/// Without the marks Fluent isolates values with: old programs show them as boxes in subjects and plain text.
pub fn bare(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_has_no_link_in_it() {
        assert_eq!(title("You have won! Visit https://evil.example/x now"), "You have won! Visit [link] now");
        assert_eq!(title("See evil.example, write to a@b, www.x"), "See [link] write to [link] [link]");
        assert_eq!(title("Посетите пример.рф"), "Посетите [link]");
    }

    #[test]
    fn a_title_without_a_link_stays() {
        for plain in ["The 2.5 million plan (U.S.A.), e.g. here. And more", "移民。我们", "لأغراض 3.2"] {
            assert_eq!(title(plain), plain);
        }
    }

    #[test]
    fn a_title_is_one_short_line() {
        assert_eq!(title("Hello\r\nBcc: victim"), "Hello; Bcc: victim");
        assert_eq!(title(&"ع".repeat(200)).chars().count(), 80);
    }

    #[test]
    fn nobody_else_can_write_the_marks_of_links() {
        assert_eq!(clean("a\u{e000}b\u{e001}c\0d"), "abcd");
    }
}
