# Points: single changes that a moderator asks for.
point-whole = The whole submission
point-gone = A question that is not asked any more
point-required = Required
point-advisory = Advisory
point-open = To do
point-answered = Answered
point-accepted = Accepted
point-before = Asked before
point-replied = Your answer

# The submitter's own page
own-points-past = What was asked and what became of it

# The page of a correction
points-title = Changes asked
points-lead = Change the answers below. If you do not change one, say why. Everything else you sent is still there.
point-answer = Your answer to this point, if you do not change it
point-answer-too-long = Shorten your answer to the point to { $max } characters.
points-go-on = Save and see all answers
points-back = Back to the changes asked
points-others = Other answers you can change
points-all = See all points
points-untouched = “{ $label }” is still to do: change it, or answer the point.

# The moderator's form
staff-points = Ask about single answers
staff-points-hint = Each point stands above its question when the submitter makes the changes.
staff-point-n = Point { $n }
staff-point-n-js = Point {"{n}"}
staff-point-again = Point { $n }, asked again
staff-point-about = About
staff-point-text = What should change?
staff-point-need = The submitter
staff-point-must = must change or answer it
staff-point-may = may leave it
staff-point-earlier = Asked before: “{ $text }”
staff-point-add = Add another point
staff-ask-about = Ask about this
staff-wrong-point-empty = Point { $n }: write what should change in “{ $label }”, or remove the point.
staff-wrong-point-again = Point { $n }: write what is still to change, or remove the point.
staff-wrong-point-too-long = Point { $n }: shorten the text to { $max } characters.

# The moderator's record page
staff-points-heading = Points
staff-point-asked = Asked { $when }
staff-point-change = Before and after
staff-point-unchanged = The answer is as it was.
staff-point-whole-changed = See what changed below
staff-point-replied = Answer of the submitter
staff-point-accept = Accept
staff-point-ask-again = Ask again
staff-point-which = point about { $label }
staff-event-point-accepted = { $who } accepted a point.
moment-point-accepted = The Network accepted what you did about a point
mail-points = What should change:
