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

mail-foot-unofficial = This is not an official United Nations site.
mail-foot-contact = If you have questions, reply to this mail or write to { $email }.
mail-foot-automatic = This mail was sent automatically. Replies are not read.
