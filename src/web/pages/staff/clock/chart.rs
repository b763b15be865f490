//! Bars of two lengths as an inline SVG that stands alone: sizes and colours are its own attributes.

use crate::domain::clock::Summary;
use crate::locale::{Arg, Locale};

/// The drawing's own units: width, and the height of one line.
const WIDTH: i64 = 360;
const LINE: i64 = 40;

/// One line: a name with its numbers, under it the bars.
pub struct Bar {
    pub name: String,
    pub numbers: String,
    pub text_y: i64,
    pub y: i64,
    /// How far nine of ten reach, and half of them.
    pub most: i64,
    pub middle: i64,
}

/// A drawing.
pub struct Chart {
    pub id: String,
    pub title: String,
    pub description: String,
    pub width: i64,
    pub height: i64,
    pub bars: Vec<Bar>,
}

impl Chart {
    pub(super) fn new<'a>(
        l: &Locale,
        id: &str,
        title: &str,
        lines: impl Iterator<Item = (&'a str, Summary)> + Clone,
    ) -> Self {
        let longest = lines.clone().map(|(_, summary)| summary.most.num_minutes()).max().unwrap_or(0).max(1);
        let bars: Vec<Bar> =
            (0_i64..).zip(lines).map(|(at, (name, summary))| bar(l, at * LINE, longest, (name, summary))).collect();
        let height = bars.last().map_or(0, |last| last.y + LINE / 2);
        let description = l.t("staff-clock-chart");
        Self { id: format!("chart-{id}"), title: title.to_owned(), description, width: WIDTH, height, bars }
    }
}

fn bar(l: &Locale, top: i64, longest: i64, (name, summary): (&str, Summary)) -> Bar {
    let (middle, most) = (super::days(l, summary.middle), super::days(l, summary.most));
    let reach = |minutes: i64| (minutes * WIDTH / longest).clamp(2, WIDTH);
    Bar {
        name: name.to_owned(),
        numbers: l.with("staff-clock-bar", &[("middle", Arg::from(&middle)), ("most", Arg::from(&most))]),
        text_y: top + 14,
        y: top + 20,
        most: reach(summary.most.num_minutes()),
        middle: reach(summary.middle.num_minutes()),
    }
}
