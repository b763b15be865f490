//! The pages of a list.

use super::listing::Asked;
use crate::web::frame::Frame;

/// Links to the pages around the one that is shown.
pub struct Pager {
    pub previous: Option<String>,
    pub next: Option<String>,
    pub pages: Vec<Page>,
}

/// One of the links.
pub struct Page {
    pub number: usize,
    /// "Page 3 of 7".
    pub label: String,
    pub url: String,
    pub current: bool,
    /// Pages are left out before it.
    pub gap: bool,
}

impl Pager {
    /// The pager of page `current` of `last`; none where one page holds all.
    #[must_use]
    pub fn new(f: &Frame, path: &str, asked: &Asked, current: usize, last: usize) -> Option<Self> {
        if last < 2 {
            return None;
        }
        let url = |page: usize| Asked { page, ..asked.clone() }.address(path);
        let mut pages: Vec<Page> = Vec::new();
        for number in (1..=last).filter(|page| *page == 1 || *page == last || page.abs_diff(current) <= 1) {
            let gap = pages.last().is_some_and(|before| before.number + 1 < number);
            pages.push(Page {
                number,
                label: label(f, number, last),
                url: url(number),
                current: number == current,
                gap,
            });
        }
        Some(Self {
            previous: (current > 1).then(|| url(current - 1)),
            next: (current < last).then(|| url(current + 1)),
            pages,
        })
    }
}

/// "Page 3 of 7".
#[must_use]
pub fn label(f: &Frame, page: usize, last: usize) -> String {
    let (page, last) = (f.l.count(&page), f.l.count(&last));
    f.l.with("list-page", &[("page", (&page).into()), ("last", (&last).into())])
}
