//! A point: one change that is asked for, of one question or of the whole submission.

use super::text_enum;
use crate::forms::answer::Answers;
use crate::forms::form::FieldId;

/// The longest text of a point, and of an answer to one, in characters.
pub const LONGEST: usize = 2000;

/// Most points of one request.
pub const MOST: usize = 30;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PointId(pub i64);

impl PointId {
    /// The name of the control that an answer to it is typed in. No field has such a name: after a field's id and a hyphen
    /// comes a word, or a row's number and a question.
    #[must_use]
    pub fn reply_name(self) -> String {
        format!("point-{}", self.0)
    }

    /// The point that a control's name says.
    #[must_use]
    pub fn of_reply(name: &str) -> Option<Self> {
        let digits = name.strip_prefix("point-")?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok().map(Self))?
    }
}

/// How far a point has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PointStatus {
    /// The submitter has done nothing about it.
    Open,
    /// The submitter changed the answer or said why not.
    Answered,
    Accepted,
}
text_enum!(PointStatus { Open = "open", Answered = "answered", Accepted = "accepted" });

/// What somebody writes about a point: never blank, never longer than [`LONGEST`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointText(String);

/// A text is longer than [`LONGEST`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLong;

impl PointText {
    /// Reads what was typed; nothing where it is blank. A line break counts as one character, whatever the browser makes of it.
    ///
    /// # Errors
    /// [`TooLong`].
    pub fn read(typed: &str) -> Result<Option<Self>, TooLong> {
        let text = typed.replace("\r\n", "\n").trim().to_owned();
        if text.chars().count() > LONGEST {
            return Err(TooLong);
        }
        Ok((!text.is_empty()).then_some(Self(text)))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A point before it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// The question; a question in rows is asked for by its rows. `None`: the whole submission.
    pub field: Option<FieldId>,
    pub required: bool,
    /// The earlier point that is asked again.
    pub follows: Option<PointId>,
    pub text: PointText,
}

/// What a commitment to a point binds: its text, and what it is about.
#[must_use]
pub fn sealed(field: Option<&str>, required: bool, follows: Option<i64>, text: &str) -> String {
    let follows = follows.map(|id| id.to_string()).unwrap_or_default();
    format!("{}\n{required}\n{follows}\n{text}", field.unwrap_or_default())
}

/// A point as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    pub id: PointId,
    pub field: Option<FieldId>,
    pub required: bool,
    pub follows: Option<PointId>,
    /// The event that asked, and the working revision then.
    pub asked: i64,
    pub base: i32,
    /// An erased one has none.
    pub text: Option<String>,
    pub commitment: String,
    /// The event of the resubmission that changed or answered it.
    pub answered: Option<i64>,
    pub reply: Option<String>,
    /// The event that accepted it.
    pub settled: Option<i64>,
}

impl Point {
    /// How far it has come.
    #[must_use]
    pub fn status(&self) -> PointStatus {
        match (self.answered, self.settled) {
            (_, Some(_)) => PointStatus::Accepted,
            (Some(_), None) => PointStatus::Answered,
            (None, None) => PointStatus::Open,
        }
    }

    /// Whether what it asks for is answered differently now.
    #[must_use]
    pub fn is_changed(&self, before: &Answers, after: &Answers) -> bool {
        match &self.field {
            Some(field) => before.get(field) != after.get(field),
            None => before != after,
        }
    }
}

/// Points that ask for the same again, together: each thread oldest first, the threads by their newest point.
#[must_use]
pub fn threads(points: &[Point]) -> Vec<Vec<&Point>> {
    let is_last = |point: &&Point| !points.iter().any(|later| later.follows == Some(point.id));
    points.iter().filter(is_last).map(|last| thread(points, last)).collect()
}

fn thread<'a>(points: &'a [Point], last: &'a Point) -> Vec<&'a Point> {
    let earlier = |point: &&'a Point| {
        let before = point.follows?;
        // Only an older one can be followed, so this comes to an end.
        points.iter().find(|other| other.id == before && other.id < point.id)
    };
    let mut all: Vec<&Point> = std::iter::successors(Some(last), earlier).collect();
    all.reverse();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(id: i64, follows: Option<i64>) -> Point {
        Point {
            id: PointId(id),
            field: None,
            required: true,
            follows: follows.map(PointId),
            asked: 1,
            base: 1,
            text: None,
            commitment: String::new(),
            answered: None,
            reply: None,
            settled: None,
        }
    }

    #[test]
    fn what_is_asked_again_stands_with_what_was_asked_before() {
        let points = [point(1, None), point(2, None), point(3, Some(1)), point(4, Some(3))];
        let ids: Vec<Vec<i64>> =
            threads(&points).iter().map(|thread| thread.iter().map(|point| point.id.0).collect()).collect();
        assert_eq!(ids, [vec![2], vec![1, 3, 4]]);
    }

    #[test]
    fn a_point_that_follows_itself_is_no_endless_thread() {
        assert!(threads(&[point(1, Some(1))]).is_empty());
    }

    #[test]
    fn the_control_of_an_answer_names_its_point_and_nothing_else_does() {
        assert_eq!(PointId::of_reply(&PointId(12).reply_name()), Some(PointId(12)));
        for other in ["point", "point-", "point-day", "point-1-name", "points-1", "point--1"] {
            assert_eq!(PointId::of_reply(other), None, "{other}");
        }
    }

    #[test]
    fn a_text_is_what_was_written_or_nothing() {
        let read = |text: &str| PointText::read(text).map(|text| text.map(|text| text.0));
        assert_eq!(read(" a\r\nb "), Ok(Some("a\nb".to_owned())));
        assert_eq!(read(" \r\n"), Ok(None));
        assert_eq!(read(&"ع".repeat(LONGEST)).map(|text| text.is_some()), Ok(true));
        assert_eq!(read(&"ع".repeat(LONGEST + 1)), Err(TooLong));
    }
}
