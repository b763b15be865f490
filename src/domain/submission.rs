//! A submission's review state and the one table of decisions (DESIGN 5).

pub use super::decline::DeclineReason;
use super::text_enum;
use crate::forms::form::Lifecycle;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SubmissionId(pub i64);

/// Where a submission stands with the reviewers. Whether it is public is a [`Visibility`] beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReviewState {
    /// Suspected spam: shown to staff alone, told to nobody.
    Held,
    Submitted,
    InReview,
    ChangesRequested,
    Approved,
    Declined,
    Withdrawn,
    Closed,
}
text_enum!(ReviewState {
    Held = "held",
    Submitted = "submitted",
    InReview = "in_review",
    ChangesRequested = "changes_requested",
    Approved = "approved",
    Declined = "declined",
    Withdrawn = "withdrawn",
    Closed = "closed",
});

/// Who must act next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    Network,
    Submitter,
    Nobody,
}

impl ReviewState {
    /// Who must act while a submission is in this state. An approved request still waits for the Network to close it.
    #[must_use]
    pub fn waits_for(self, lifecycle: Lifecycle) -> Waits {
        match self {
            Self::Held | Self::Submitted | Self::InReview => Waits::Network,
            Self::ChangesRequested => Waits::Submitter,
            Self::Approved => match lifecycle {
                Lifecycle::Request => Waits::Network,
                Lifecycle::Publication | Lifecycle::Record => Waits::Nobody,
            },
            Self::Declined | Self::Withdrawn | Self::Closed => Waits::Nobody,
        }
    }
}

/// Whether the public sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Visibility {
    None,
    Published,
    Unpublished,
}
text_enum!(Visibility { None = "none", Published = "published", Unpublished = "unpublished" });

impl ReviewState {
    /// Whether anything still happens with it that its submitter is told of.
    #[must_use]
    pub fn is_live(self) -> bool {
        match self {
            Self::Submitted | Self::InReview | Self::ChangesRequested | Self::Approved => true,
            Self::Held | Self::Declined | Self::Withdrawn | Self::Closed => false,
        }
    }
}

/// What a moderator can decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decision {
    StartReview,
    RequestChanges,
    Approve,
    Publish,
    Decline,
    Release,
    Close,
    Reopen,
    Unpublish,
}
text_enum!(Decision {
    StartReview = "start-review",
    RequestChanges = "request-changes",
    Approve = "approve",
    Publish = "publish",
    Decline = "decline",
    Release = "release",
    Close = "close",
    Reopen = "reopen",
    Unpublish = "unpublish",
});

/// What the table looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub lifecycle: Lifecycle,
    pub state: ReviewState,
    pub visibility: Visibility,
    /// The working revision is not the one that is published.
    pub pending: bool,
}

/// What a decision leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    pub state: ReviewState,
    pub visibility: Visibility,
    /// A refused correction: the published revision is the working one again.
    pub back_to_published: bool,
}

impl Standing {
    /// The outcome of a decision, or `None` where the table has no row for it.
    #[must_use]
    pub fn decide(self, decision: Decision) -> Option<Outcome> {
        if !self.fits(decision) || !self.from(decision) {
            return None;
        }
        let correction = self.visibility == Visibility::Published && decision == Decision::Decline;
        let state = match decision {
            Decision::StartReview | Decision::Reopen => ReviewState::InReview,
            Decision::RequestChanges => ReviewState::ChangesRequested,
            Decision::Approve | Decision::Publish => ReviewState::Approved,
            Decision::Decline if correction => ReviewState::Approved,
            Decision::Decline => ReviewState::Declined,
            Decision::Release => ReviewState::Submitted,
            Decision::Close => ReviewState::Closed,
            Decision::Unpublish => self.state,
        };
        let visibility = match decision {
            Decision::Publish => Visibility::Published,
            Decision::Unpublish => Visibility::Unpublished,
            Decision::StartReview
            | Decision::RequestChanges
            | Decision::Approve
            | Decision::Decline
            | Decision::Release
            | Decision::Close
            | Decision::Reopen => self.visibility,
        };
        Some(Outcome { state, visibility, back_to_published: correction })
    }

    /// Decisions that make sense for this kind of form at all.
    fn fits(self, decision: Decision) -> bool {
        match decision {
            Decision::Publish | Decision::Unpublish => self.lifecycle != Lifecycle::Request,
            Decision::Close => self.lifecycle == Lifecycle::Request,
            Decision::StartReview
            | Decision::RequestChanges
            | Decision::Approve
            | Decision::Decline
            | Decision::Release
            | Decision::Reopen => self.lifecycle != Lifecycle::Record,
        }
    }

    /// The "from" column of the table.
    fn from(self, decision: Decision) -> bool {
        use ReviewState as S;
        match decision {
            Decision::StartReview => self.state == S::Submitted,
            Decision::RequestChanges => matches!(self.state, S::Submitted | S::InReview | S::Approved),
            Decision::Approve => matches!(self.state, S::Submitted | S::InReview),
            Decision::Publish => {
                matches!(self.state, S::Submitted | S::InReview)
                    || (self.state == S::Approved && (self.visibility != Visibility::Published || self.pending))
            }
            Decision::Decline => matches!(self.state, S::Held | S::Submitted | S::InReview | S::ChangesRequested),
            Decision::Release => self.state == S::Held,
            Decision::Close => self.state == S::Approved,
            Decision::Reopen => matches!(self.state, S::ChangesRequested | S::Approved | S::Declined | S::Closed),
            Decision::Unpublish => self.visibility == Visibility::Published,
        }
    }

    /// What can be decided now, in the order buttons are drawn.
    #[must_use]
    pub fn possible(self) -> Vec<Decision> {
        [
            Decision::RequestChanges,
            Decision::Publish,
            Decision::Approve,
            Decision::Close,
            Decision::Decline,
            Decision::Release,
            Decision::StartReview,
            Decision::Reopen,
            Decision::Unpublish,
        ]
        .into_iter()
        .filter(|decision| self.decide(*decision).is_some())
        .collect()
    }

    /// Whether its answers can be opened to be corrected: by the submitter while changes are asked or it is published, by staff what they
    /// keep.
    #[must_use]
    pub fn takes_corrections(self) -> bool {
        match self.lifecycle {
            Lifecycle::Publication | Lifecycle::Request => self.resubmit().is_some(),
            Lifecycle::Record => true,
        }
    }

    /// Where a new version by the submitter leads: of what changes are asked for, or a correction of what is published.
    #[must_use]
    pub fn resubmit(self) -> Option<ReviewState> {
        let asked = self.state == ReviewState::ChangesRequested;
        (asked || self.can_be_corrected()).then_some(ReviewState::Submitted)
    }

    /// Whether the submitter may propose, unasked, a correction of what is published.
    #[must_use]
    pub fn can_be_corrected(self) -> bool {
        self.lifecycle == Lifecycle::Publication
            && self.state == ReviewState::Approved
            && self.visibility == Visibility::Published
    }

    /// Where a change by staff leads, while it is not the submitter's turn: what is published is looked at again.
    #[must_use]
    pub fn edit(self) -> Option<ReviewState> {
        let shown = self.visibility == Visibility::Published;
        match (self.lifecycle, self.state) {
            (Lifecycle::Record, _) => None,
            (_, ReviewState::Approved) if shown => Some(ReviewState::InReview),
            (_, ReviewState::Submitted | ReviewState::InReview | ReviewState::Approved) => Some(self.state),
            (
                _,
                ReviewState::Held
                | ReviewState::ChangesRequested
                | ReviewState::Declined
                | ReviewState::Withdrawn
                | ReviewState::Closed,
            ) => None,
        }
    }

    /// Where a withdrawal by the submitter leads. A withdrawn correction leaves what is published.
    #[must_use]
    pub fn withdraw(self) -> Option<Outcome> {
        use ReviewState as S;
        let open = matches!(self.state, S::Held | S::Submitted | S::InReview | S::ChangesRequested);
        let correction = self.visibility == Visibility::Published;
        open.then_some(Outcome {
            state: if correction { S::Approved } else { S::Withdrawn },
            visibility: self.visibility,
            back_to_published: correction,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of DESIGN 5, written out once more by hand.
    fn expected(lifecycle: Lifecycle, state: ReviewState, decision: Decision) -> Option<ReviewState> {
        use Decision as D;
        use ReviewState as S;
        let publication = lifecycle == Lifecycle::Publication;
        let request = lifecycle == Lifecycle::Request;
        match (decision, state) {
            (D::StartReview, S::Submitted) => Some(S::InReview),
            (D::RequestChanges, S::Submitted | S::InReview | S::Approved) => Some(S::ChangesRequested),
            (D::Approve, S::Submitted | S::InReview) => Some(S::Approved),
            (D::Publish, S::Submitted | S::InReview | S::Approved) if publication => Some(S::Approved),
            (D::Decline, S::Held | S::Submitted | S::InReview | S::ChangesRequested) => Some(S::Declined),
            (D::Release, S::Held) => Some(S::Submitted),
            (D::Close, S::Approved) if request => Some(S::Closed),
            (D::Reopen, S::ChangesRequested | S::Approved | S::Declined | S::Closed) => Some(S::InReview),
            _ => None,
        }
    }

    #[test]
    fn every_decision_in_every_state_follows_the_table() {
        for &state in ReviewState::ALL {
            for &decision in Decision::ALL {
                for lifecycle in [Lifecycle::Publication, Lifecycle::Request] {
                    let standing = Standing { lifecycle, state, visibility: Visibility::None, pending: false };
                    let got = standing.decide(decision).map(|outcome| outcome.state);
                    assert_eq!(got, expected(lifecycle, state, decision), "{lifecycle:?} {state:?} {decision:?}");
                }
            }
        }
    }

    #[test]
    fn declining_a_correction_leaves_what_is_published() {
        let standing = Standing {
            lifecycle: Lifecycle::Publication,
            state: ReviewState::Submitted,
            visibility: Visibility::Published,
            pending: true,
        };
        let outcome = standing.decide(Decision::Decline).unwrap();
        assert_eq!(outcome.state, ReviewState::Approved);
        assert_eq!(outcome.visibility, Visibility::Published);
        assert!(outcome.back_to_published);
    }

    #[test]
    fn an_approved_correction_can_be_published() {
        let published = |pending| Standing {
            lifecycle: Lifecycle::Publication,
            state: ReviewState::Approved,
            visibility: Visibility::Published,
            pending,
        };
        assert!(published(true).decide(Decision::Publish).is_some());
        assert!(published(false).decide(Decision::Publish).is_none());
    }

    #[test]
    fn a_correction_is_proposed_for_what_is_published_and_nothing_else() {
        let all = [Lifecycle::Publication, Lifecycle::Request, Lifecycle::Record];
        for lifecycle in all {
            for &state in ReviewState::ALL {
                for &visibility in Visibility::ALL {
                    let standing = Standing { lifecycle, state, visibility, pending: false };
                    let published = lifecycle == Lifecycle::Publication
                        && state == ReviewState::Approved
                        && visibility == Visibility::Published;
                    let expected = published || state == ReviewState::ChangesRequested;
                    assert_eq!(standing.resubmit().is_some(), expected, "{standing:?}");
                }
            }
        }
    }

    #[test]
    fn what_staff_keep_is_only_taken_off_and_put_back() {
        let state = ReviewState::Approved;
        let kept = |visibility| Standing { lifecycle: Lifecycle::Record, state, visibility, pending: false };
        assert_eq!(kept(Visibility::Published).possible(), [Decision::Unpublish]);
        assert_eq!(kept(Visibility::Unpublished).possible(), [Decision::Publish]);
        assert!(kept(Visibility::Published).takes_corrections());
    }

    #[test]
    fn only_what_is_published_can_be_unpublished() {
        for &visibility in Visibility::ALL {
            let standing = Standing {
                lifecycle: Lifecycle::Publication,
                state: ReviewState::Approved,
                visibility,
                pending: false,
            };
            assert_eq!(standing.decide(Decision::Unpublish).is_some(), visibility == Visibility::Published);
        }
    }
}
