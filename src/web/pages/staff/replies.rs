//! Texts to begin with: chosen from a list, put into the box by a button. What was typed stays.

use super::{Choice, words};
use crate::app::App;
use crate::domain::submission::Decision;
use crate::forms::form::FormId;
use crate::forms::replies::WrittenWith;
use crate::locale::{Language, Locale};
use crate::web::extract::Sent;

/// What the button sends.
const INSERT: &str = "insert-reply";

/// The list beside a box.
#[derive(Debug, Clone, Default)]
pub struct ReplyBox {
    /// Names the controls apart where a page has several.
    pub of: String,
    /// By language, that of the submitter first.
    pub groups: Vec<Group>,
}

/// The replies in one language.
#[derive(Debug, Clone)]
pub struct Group {
    pub language: String,
    pub tag: &'static str,
    pub choices: Vec<Choice>,
}

impl ReplyBox {
    /// What fits the form and what is written; the submitter's language first, then the reader's, then English.
    pub(super) fn new(app: &App, l: &Locale, (form, of): (&FormId, &str), with: WrittenWith, theirs: Language) -> Self {
        let mut languages: Vec<Language> = Vec::new();
        for language in [theirs, l.language(), Language::En] {
            if !languages.contains(&language) {
                languages.push(language);
            }
        }
        let group = |language: Language| {
            let choice = |reply: &crate::forms::replies::Reply| Choice {
                value: format!("{}/{}", language.code(), reply.id),
                label: reply.title.clone(),
                hint: None,
                chosen: false,
            };
            let choices: Vec<Choice> = app.catalog.replies().fitting(language, form, with).map(choice).collect();
            Group { language: words::language(l, language), tag: language.tag(), choices }
        };
        let groups = languages.into_iter().map(group).filter(|group| !group.choices.is_empty()).collect();
        Self { of: of.to_owned(), groups }
    }
}

/// What a message is called where replies are listed; none where nothing is written with a decision.
pub(super) fn written_with(decision: Decision) -> Option<WrittenWith> {
    match decision {
        Decision::RequestChanges => Some(WrittenWith::RequestChanges),
        Decision::Approve => Some(WrittenWith::Approve),
        Decision::Publish => Some(WrittenWith::Publish),
        Decision::Decline => Some(WrittenWith::Decline),
        Decision::Close => Some(WrittenWith::Close),
        Decision::Unpublish => Some(WrittenWith::Unpublish),
        Decision::StartReview | Decision::Release | Decision::Reopen => None,
    }
}

/// Puts the chosen reply behind what was typed, if the button for it was pressed; tells whether it was.
pub(super) fn insert(app: &App, sent: &Sent, typed: &mut String) -> bool {
    if sent.text("do") != INSERT {
        return false;
    }
    let chosen = sent
        .text("reply")
        .split_once('/')
        .and_then(|(language, id)| app.catalog.replies().find(Language::read(language)?, id));
    if let Some(reply) = chosen {
        let before = typed.trim_end().to_owned();
        *typed = if before.is_empty() { reply.text.clone() } else { format!("{before}\n\n{}", reply.text) };
    }
    true
}
