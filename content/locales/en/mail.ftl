# Mails. One group a kind: "-act" is the heading and stands in the subject, "-intro" is the first sentence.
# A language with "mail-ready" is one that mails are written in: all of its words are there, and a test holds it to that.

mail-ready = yes
mail-subject = [{ $form }] { $act }: «{ $title }» – { $reference }
mail-subject-alert = [{ $form }] { $act }: «{ $title }» – { $who } – { $reference }
mail-title = “{ $title }”
mail-hello = Hello,
mail-dear = Dear { $name },
mail-demo = Demonstration. Invented data; not the position of any State or organization.

mail-fact-form = Form:
mail-fact-title = Title:
mail-fact-reference = Reference:
mail-fact-date = Date:
mail-fact-who = Who:
mail-fact-where = Where:
mail-fact-objectives = Objectives:
mail-fact-ends = Until:
mail-fact-submitted = Submitted:

mail-receipt-act = Received
mail-receipt-intro = Thank you. What you sent has arrived.
mail-confirm = Please confirm your e-mail address
mail-confirm-hint = Open this link and press the button. You then get a copy of your answers.
mail-confirm-link = Confirm my e-mail address
mail-confirm-not-you = If you did not send us anything, somebody typed your address by mistake. You need not do anything.
mail-next = What happens next
mail-next-publication = We read it and answer you within { $within }. If something has to change, you are told exactly what.
mail-next-request = We read your request and answer you within { $within }. If something is missing, you are told exactly what.

mail-answers-act = Your answers
mail-answers-intro = Thank you for confirming your address. This is a copy of what you sent.

mail-changes-requested-act = Please make changes
mail-changes-requested-intro = We have read what you sent. Before we can go on, something has to change.
mail-changes-requested-how = Open your own page to make the changes. All your answers are still there: change only what is asked.

mail-published-act = Published
mail-published-intro = Thank you. What you sent is now public.
mail-published-link = See it as everybody sees it
mail-published-elsewhere = It is shown together with the record it reports on.

mail-accepted-act = Accepted
mail-accepted-intro = Your request has been accepted. We contact you to agree on the next steps.

mail-declined-publication-act = Not published
mail-declined-publication = Thank you for what you sent and for the work in it. We have read it with care. It will not be published.
mail-declined-request-act = Cannot be supported at this time
mail-declined-request = Thank you for your request. We have read it with care. It cannot be supported at this time.
mail-declined-correction-act = Correction not published
mail-declined-correction = Thank you for your correction. We have read it with care. It will not be published; what is public stays as it is.
mail-because-outside-scope = It lies outside what is collected here.
mail-because-outside-scope-request = It lies outside what the Network can support.
mail-because-not-within-dates = It does not fall within the dates asked for.
mail-because-not-within-dates-request = The Network cannot give the support by the dates you need.
mail-because-incomplete = It does not say enough to be assessed. You are welcome to send it again with more detail.
mail-because-duplicate = It is here already, sent by you or by somebody else, so nothing of it is lost.
mail-because-duplicate-request = The Network is working on the same request already, sent by you or by somebody else.
mail-because-other = If you would like to know more, please write to us on your own page.
mail-refiled-act = Please use another form
mail-refiled = Thank you for what you sent. It belongs in another form, so we began that one for you, with your answers that fit. Nothing is asked twice, but some questions are new, consents and files among them.
mail-refiled-go-on = Complete the form: { $form }
mail-refiled-kept = The link works until { $day }. What you sent at first is closed; you can still read it.

mail-signposts-act = Where you can find help
mail-subject-signposts = [{ $form }] { $act } – { $reference }
mail-signposts-intro = Thank you for writing to us. We are sorry that you are in a difficult situation.
mail-signposts-why = We work with governments and organizations and cannot help in personal cases: we have no staff who could take yours on, and it would be wrong to let you wait for us. These services can help, free of charge:
mail-signposts-danger = If you or somebody near you is in danger, call the emergency number of the country you are in.
mail-signposts-private = What you wrote is not published and not passed on.
mail-plea = Personal plea for help

mail-scheduled-act = Scheduled
mail-scheduled-intro = What you asked for is scheduled.
mail-scheduled-calendar = An entry for your calendar is attached.
mail-rescheduled-act = Moved
mail-rescheduled-intro = What you asked for has been moved. This is the new time:
mail-rescheduled-calendar = The attached entry takes the place of the one in your calendar.
mail-cancelled-act = Called off
mail-cancelled-intro = The appointment below will not take place. Your request stays open; we write to you when there is another one.
mail-cancelled-calendar = The attached entry removes it from your calendar.
mail-fact-when = When:
mail-fact-place = Where:
mail-fact-people = With:

mail-closed-act = Closed
mail-closed-intro = Your request has been closed.

mail-unpublished-act = No longer public
mail-unpublished-intro = What you sent is no longer public.

mail-note-act = A note to you
mail-note-how = You can answer on your own page.

mail-link-act = Your link
mail-link-intro = Somebody asked for the link to your own page, with the reference and this address.
mail-link-confirm = This address is not confirmed yet. Open this link and press the button; your own page then opens.
mail-link-not-you = If it was not you, you need not do anything: the link came to you alone.

mail-address-change-act = Change of address
mail-address-change-intro = Somebody who knows the reference and this address asks to use another e-mail address from now on:
mail-address-change-how = Open this link to say yes or no. If you do nothing, a moderator decides.
mail-address-change-link = Say yes or no

mail-message = A moderator writes to you:

mail-own = Your own page
mail-own-change = See where it stands, and correct or withdraw it. Whoever has this link can do so too: pass it on only to colleagues who work on it.
mail-own-see = See where it stands and what was decided.
mail-own-link = Open your own page

mail-alert-new-act = New
mail-alert-new-intro = Something new has come in.
mail-alert-resubmitted-act = Resubmitted
mail-alert-resubmitted-intro = It has come back from its submitter, with changes.
mail-alert-assigned-act = For you
mail-alert-assigned-intro = A colleague gave you this to look after.
mail-alert-note-act = A note
mail-alert-note-intro = Its submitter has written to the Network: a note, or a request to use another e-mail address.
mail-alert-mention-act = You are mentioned
mail-why-mention = { $name } mentioned you in a note for colleagues:
mail-alert-moderator = Needs a moderator
mail-alert-information = For information
mail-record = Open the record
mail-alerts = Change what you follow
mail-why = You get this because of what you follow.
mail-why-assigned = You get this because you look after this record.
mail-why-all = You get this because you follow everything.
mail-why-form = You get this because you follow { $forms }.
mail-why-region = You get this because you follow all forms in { $region }.
mail-why-form-region = You get this because you follow { $forms } in { $region }.

mail-subject-plain = [{ $form }] { $act }
mail-party-asked-act = Do you take part?
mail-party-asked-intro = Somebody has named you as taking part in a pledge.
mail-party-asked-link = Read it, and confirm, decline or correct your part:
mail-party-asked-rule = Nobody is named in public before confirming.
mail-party-asked-not-you = If this does not concern you, choose Decline on that page, or do nothing.

mail-sitting-act = Report on all your pledges
mail-sitting-intro = With this link you report on all your pledges in one table. Fill in only what has changed.
mail-sitting-link = Open the table
mail-sitting-days = The link is good for seven days. Whoever has it can report for you.
mail-sitting-not-you = If you did not ask for it, you need not do anything.

mail-sitting-receipt-act = Reports received
mail-sitting-receipt-intro = Thank you. These reports have arrived:
mail-sitting-receipt-links = Each link opens the report’s own page, where you see where it stands.

mail-draft-link-act = Your draft
mail-draft-link-intro = This link opens your draft again, on any device.
mail-draft-reminder-act = Your draft will be deleted soon
mail-draft-reminder-intro = You have started to fill in a form and not sent it yet.
mail-draft-open = Open your draft
mail-draft-kept = Your draft is kept until { $date }. Each time you save it, it is kept for 60 days more.
mail-draft-goes = It will be deleted on { $date }, unless you open it and save it once more. If you do not need it any more, you need not do anything.
mail-draft-pass-on = Whoever has this link can change the draft and send it: pass it on only to colleagues who work on it.
mail-draft-not-you = If you did not ask for this, somebody typed your address by mistake. You need not do anything.

mail-alert-bounced-act = Mail came back
mail-alert-bounced-intro = The mail about your decision came back: its address takes no mail. The record shows what the mail server said; there you can also put the address right.
mail-why-decided = You get this because you decided.

mail-reminder-changes-act = Changes still open
mail-reminder-changes-intro = Some time ago we asked you for changes. We have not heard from you since.
mail-reminder-changes-how = Open your own page to make the changes. If you do not wish to go on, withdraw there what you sent, and we do not remind you again.

mail-reminder-report-act = Please report
mail-reminder-report-intro = Nothing was reported on this for some time. A short report keeps it up to date, and is ready for the next review.
mail-reminder-report-link = Report on it
mail-reminder-report-many = On that page you report on all that you have published at once. We remind you once, whatever their number.

mail-reminder-update-act = Is this still up to date?
mail-reminder-update-intro = When this was published, it was not finished yet. It may have ended since, or there may be new results.
mail-reminder-update-how = If something has changed, correct it on your own page. If nothing has changed, you need not do anything.

mail-foot-unofficial = This is not an official United Nations site.
mail-foot-contact = If you have questions, reply to this mail or write to { $email }.
mail-foot-automatic = This mail was sent automatically. Replies are not read.

# Changed by the Network
mail-edited-act = Edited by the Network
mail-edited-intro = The Network has edited the text of your submission. What was changed and why stands below and on your own page.
mail-edited-proposal = The Network asks you to agree to a change of your submission. Nothing changes unless you agree. What would change and why stands below and on your own page.
mail-edited-object = If you are content, you need do nothing. If not, please object on your own page.
mail-edited-agree = Please say on your own page whether you agree.
mail-edited-removed = removed:
mail-edited-added = added:
mail-entered = The Network has entered this for you, from what reached it by note verbale, by e-mail or on paper. Please check that it is right.
mail-criteria = From what you sent, we could not yet see that it meets these criteria:
# Subscriptions, digests and what stands below alerts.
mail-subscription-asked-act = Please confirm your subscription
mail-subscription-asked-intro = Somebody, probably you, asked us to send news of what is published to this address:
mail-subscription-confirm = To receive these e-mails, open this link and confirm.
mail-subscription-not-you = If you did not ask for this, you need not do anything: you will get no more e-mails, and we delete the address.
mail-news-act = Newly published
mail-news-one = [{ $noun }] Newly published: «{ $title }»
mail-news-many = [{ $forms }] { $n } newly published
mail-news-intro = Newly published: { $n }. You need not do anything.
mail-news-why = You get this because you follow: { $what }
mail-news-change = Change what you follow
mail-news-end = Unsubscribe
mail-digest-act = Digest
mail-digest-subject = [Digest] { $counts }
mail-digest-duty = Waiting for a moderator: { $n }
mail-digest-new = New
mail-digest-new-count = { $n } new
mail-digest-resubmitted = Resubmitted
mail-digest-resubmitted-count = { $n } resubmitted
mail-digest-note = A note
mail-digest-note-count = { $n } with a note
mail-digest-published = Published
mail-digest-published-count = { $n } published
mail-digest-what = { $acts } – { $reference }
mail-digest-why-at-once = You get this because of what you follow.
mail-digest-why-daily = You get this once a day because of what you follow.
mail-digest-why-weekly = You get this once a week because of what you follow.
mail-alerts-stop = Stop these mails
mail-alerts-mute = Mute this one
mail-why-rule = You get this because a rule of the Network leads it to this address.
mail-digest-overdue = Overdue
mail-digest-overdue-count = { $n } overdue
