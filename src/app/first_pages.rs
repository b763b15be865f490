//! The first pages of forms: the same for everybody for a day, so drawn once and kept.
//!
//! What is kept holds nothing of one reader. The day is that of the proof in its form (DESIGN 16).

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::forms::form::FormId;
use crate::locale::Language;

/// All that one first page and another can differ in on one day.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FirstPage {
    pub form: FormId,
    pub language: Language,
    /// What its links begin with: a language as it stood in the address, or nothing.
    pub prefix: String,
    /// The language that was asked for, whether pages speak it or not.
    pub asked: Language,
}

/// The first pages that were drawn today: at most one for each form, language, and way to ask for the language.
#[derive(Debug, Default)]
pub struct FirstPages(RwLock<Drawn>);

#[derive(Debug, Default)]
struct Drawn {
    day: i64,
    pages: HashMap<FirstPage, Arc<str>>,
}

impl FirstPages {
    /// The page as it was drawn today; drawn now where it was not, and kept in the place of other days' pages.
    ///
    /// # Errors
    /// What drawing gives; nothing is kept then.
    pub async fn get_or_draw<E>(
        &self,
        day: i64,
        page: FirstPage,
        draw: impl Future<Output = Result<String, E>>,
    ) -> Result<Arc<str>, E> {
        if let Some(html) = self.get(day, &page) {
            return Ok(html);
        }
        let html = Arc::<str>::from(draw.await?);
        let mut drawn = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if drawn.day != day {
            *drawn = Drawn { day, pages: HashMap::new() };
        }
        drawn.pages.insert(page, html.clone());
        Ok(html)
    }

    fn get(&self, day: i64, page: &FirstPage) -> Option<Arc<str>> {
        let drawn = self.0.read().unwrap_or_else(PoisonError::into_inner);
        drawn.pages.get(page).filter(|_| drawn.day == day).cloned()
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::convert::Infallible;

    use super::*;

    fn page(form: &str, language: Language, prefix: &str) -> FirstPage {
        FirstPage { form: FormId::new(form), language, prefix: prefix.to_owned(), asked: language }
    }

    #[tokio::test]
    async fn a_page_is_drawn_once_a_day_for_each_form_language_and_prefix() {
        let (kept, drawn) = (FirstPages::default(), Cell::new(0));
        let ask = async |day, asked: &FirstPage| {
            let draw = async {
                drawn.set(drawn.get() + 1);
                Ok::<_, Infallible>(format!("drawing {}", drawn.get()))
            };
            kept.get_or_draw(day, asked.clone(), draw).await.unwrap_or_default()
        };
        let pages = [
            page("practice", Language::En, ""),
            page("practice", Language::En, "/en"),
            page("practice", Language::Ar, ""),
            page("pledge", Language::En, ""),
        ];
        for (at, asked) in pages.iter().enumerate() {
            let first = ask(1, asked).await;
            assert_eq!(&*first, format!("drawing {}", at + 1));
            assert_eq!(ask(1, asked).await, first, "a second reader gets the same");
        }
        for asked in &pages {
            ask(2, asked).await;
        }
        assert_eq!(drawn.get(), 2 * pages.len(), "each is drawn anew on the next day");
        let held = kept.0.read().unwrap_or_else(PoisonError::into_inner).pages.len();
        assert_eq!(held, pages.len(), "and yesterday's are gone");
    }

    #[tokio::test]
    async fn what_failed_is_not_kept() {
        let kept = FirstPages::default();
        let asked = page("practice", Language::En, "");
        assert_eq!(kept.get_or_draw(1, asked.clone(), async { Err("no disk") }).await, Err("no disk"));
        let drawn = async { Ok::<_, &str>("drawn".to_owned()) };
        assert_eq!(kept.get_or_draw(1, asked, drawn).await, Ok(Arc::from("drawn")));
    }
}
