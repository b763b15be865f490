# What those who work for the Network read.

# The frame
queue = Queue
mail-nav = Mail
alerts = Alerts
accounts = Accounts
audit = Log
staff-nav = Staff
sign-out = Sign out { $name }
mail-dead-links = Mails go out with links that work on the server’s own machine alone. The operator sets INLET_BASE_URL.
mail-paused = No mail has left since { $when }: the mail server takes none. All mails wait and none is lost. Next try: { $next }.
mail-paused-said = Its last words:
mail-paused-now = Try now
mail-asked-again = The mail server is being asked again. If it still takes no mail, that is said here.
mail-reaches-nobody = No mail server is set: mails are kept here as files and reach nobody. The operator sets INLET_SMTP_URL.

# Words used in several places
staff-form = Form
staff-language = Language
staff-status = Status
staff-record = Record
staff-role = Role
staff-name = Name
staff-email = E-mail address
staff-pages = Pages
staff-page = Page { $page } of { $pages }
staff-previous = Previous
staff-next = Next
staff-language-en = English
staff-language-fr = French
staff-language-es = Spanish
staff-language-ru = Russian
staff-language-ar = Arabic
staff-language-zh = Chinese
staff-who-submitter = The submitter
staff-who-system = This service
staff-who-unknown = A former member of staff
staff-export = Download this list, with all answers and contacts:
staff-erased = This text was erased.

# Signing in
staff-sign-in = Sign in
staff-sign-in-help = If you have no password yet or forgot it, ask an administrator of this site for a link.
staff-password = Password
staff-wrong-credentials = The address or the password is wrong. Check both and try again.
staff-too-many = There were too many wrong tries. Wait 15 minutes, then try again, or ask an administrator for a new link.
staff-password-set = Your password is set. Sign in with it now.
staff-signed-out = You are signed out.
staff-code-expired = The time for the code has passed. Please sign in again.
staff-code-title = Enter your code
staff-code = Code from your authenticator app
staff-code-hint = Six digits. Spaces do not matter.
staff-give-code = Continue
staff-wrong-code = This code does not fit or was used already. Wait for the next one in your app, and check that the clock of your device is right.
staff-enrol = Set up your second factor
staff-enrol-scan = Open an authenticator app on your phone and scan this code with it. From now on the app shows a new code every 30 seconds, and you sign in with your password and that code.
staff-enrol-qr = QR code for your authenticator app
staff-enrol-type = If you cannot scan it, type this key into the app:
staff-set-password = Set your password
staff-new-password = New password
staff-password-again = The same password again
staff-password-hint = At least 12 characters. Several words in a row are easy to remember and hard to guess. You can paste it from a password manager.
staff-password-weak = Choose another password: 12 to 128 characters, at least 5 different ones, without the name of this service.
staff-passwords-differ = Enter the same password in both boxes.
staff-link-dead = This link does not work any more
staff-link-dead-text = It was used already, it is older than 24 hours, or a newer one has replaced it. Ask an administrator of this site for a new link.

# The queue
staff-tabs = Whose turn it is
staff-tab-waiting = Waiting for us
staff-tab-mine = Mine
staff-tab-unassigned = Nobody’s yet
staff-tab-overdue = Overdue
staff-tab-submitter = Waiting for submitters
staff-tab-held = Looks like spam
staff-tab-done = Done
staff-tab-all = All
staff-numbers = { $waiting }, { $submitter }, { $held }.
staff-numbers-late = { $waiting }, { $overdue }, { $submitter }, { $held }.
staff-numbers-overdue =
    { $n ->
        [one] 1 of them overdue
       *[other] { $n } of them overdue
    }
staff-numbers-waiting =
    { $n ->
        [0] Nothing waits for the Network
        [one] 1 waits for the Network
       *[other] { $n } wait for the Network
    }
staff-numbers-submitter =
    { $n ->
        [0] none waits for its submitter
        [one] 1 waits for its submitter
       *[other] { $n } wait for submitters
    }
staff-numbers-held =
    { $n ->
        [0] none looks like spam
        [one] 1 looks like spam
       *[other] { $n } look like spam
    }
staff-any-form = All forms
staff-any-status = Any status
staff-any-region = All regions
staff-any-country = All countries
staff-any-objective = All objectives
staff-any-language = All languages
staff-any-assignee = Anybody
staff-any-days = Any time
staff-filter-form = Form
staff-filter-status = Status
staff-filter-region = Region
staff-filter-country = Country
staff-filter-objective = Objective
staff-filter-language = Language
staff-filter-assignee = Looked after by
staff-filter-days = Waiting for
staff-filter-on = { $filter }: { $value }
staff-more-filters = More filters
staff-assignee-nobody = Nobody
staff-filters = Filters that are on
staff-remove-filter = Remove:
staff-clear = Remove all
staff-found =
    { $n ->
        [0] None found.
        [one] One found.
       *[other] { $n } found.
    }
staff-group-requests = Requests ({ $count })
staff-group-publications = For publication ({ $count })
staff-group-part = { $heading }, { $here } of them on this page
staff-oldest-first = { $what }, oldest first
staff-what-and-who = Title and who
staff-waiting = Waiting
staff-since = Since
staff-days =
    { $n ->
        [0] today
        [one] 1 day
       *[other] { $n } days
    }
staff-days-overdue =
    { $n ->
        [0] Overdue since today
        [one] 1 day overdue
       *[other] { $n } days overdue
    }
staff-at-least-days =
    { $n ->
        [one] 1 day or more
       *[other] { $n } days or more
    }
staff-looked-after = Looked after by { $who }
staff-mail-undelivered = Mail not delivered
staff-possible-duplicate = Possible duplicate
staff-resubmitted = Resubmitted
staff-correction = Correction
staff-unanswered = Note
staff-address-confirmed = Address confirmed
staff-address-not-confirmed = Address not confirmed
staff-empty-waiting = Nothing waits for you. When something new comes in, it stands here.
staff-empty-mine = Nothing that you look after waits for the Network.
staff-empty-unassigned = Everything that waits for the Network is looked after by somebody.
staff-empty-overdue = Nothing is overdue.
staff-empty-submitter = No submitter has to change anything just now.
staff-empty-held = Nothing looks like spam.
staff-empty-done = Nothing has been decided yet.
staff-empty-all = Nothing has been submitted yet.
staff-empty-filtered = Nothing fits. Use fewer or other words, remove a filter, or look under “All”.

# Where a record stands
staff-state-held = Held as suspected spam
staff-state-submitted = Waiting for review
staff-state-in_review = In review
staff-state-changes_requested = Changes asked
staff-state-approved = Approved
staff-state-approved-request = Accepted
staff-state-declined = Not published
staff-state-declined-request = Cannot be supported
staff-state-withdrawn = Withdrawn
staff-state-closed = Closed
staff-published = Published
staff-unpublished = No longer public

# A record
staff-received = Received { $when }, in { $language }.
staff-similar = Compare before you decide.
staff-to-check =
    { $n ->
        [one] One thing to check
       *[other] { $n } things to check
    }
staff-see-public = See the public page
staff-changed-since = What changed since { $when }
staff-no-changes = All answers are the same in both.
staff-removed = removed:
staff-added = added:
staff-compare-others = Compare other revisions
staff-difference = Revision { $old } and revision { $new } compared
staff-changes = What changed
staff-unseen-change = It reads the same, but it is another file, or it was answered in another way.
staff-back-to-record = Back to the record
staff-print = Print
staff-print-private = This page holds personal data and notes of colleagues. Keep it within the Network.
staff-compare-old = Before
staff-compare-new = After
staff-compare = Compare
staff-revision = Revision { $number }, { $when }
staff-history = History
staff-mails = Mails about it
staff-no-mails = No mail has been written about it.

# What happened
staff-event-submitted = { $who } sent it in.
staff-event-resubmitted = { $who } sent a corrected version.
staff-event-address-confirmed = { $who } confirmed the e-mail address.
staff-event-address-corrected = { $who } corrected the e-mail address.
staff-event-withdrawn = { $who } withdrew it.
staff-event-note-received = { $who } wrote a note.
staff-event-note-sent = { $who } wrote to the submitter.
staff-event-note-kept = { $who } wrote a note for colleagues.
staff-event-link-requested = { $who } asked for the lost link.
staff-event-address-change-asked = Somebody who knows the reference and the address asked to change the address to:
staff-event-address-change-refused = { $who } did not accept the other address.
staff-event-attachment-refused = A file was not kept, because it looked harmful.
staff-event-party-asked = The submitter had a party asked again.
staff-event-party-confirmed = A party confirmed that it takes part.
staff-event-party-declined = A party said that it does not take part.
staff-event-attachment-redacted = { $who } took a file away for good. Reason:
staff-event-linked-duplicate = { $who } linked it as a duplicate of another record.
staff-event-unlinked-duplicate = { $who } took the link to another record back: it is no duplicate.
staff-event-party-corrected = A party corrected its part, and confirmed it.
staff-event-assigned = { $who } gave it to { $whom }.
staff-event-assigned-own = { $who } looks after it.
staff-event-unassigned = { $who } took it from { $whom }.
staff-event-unassigned-own = { $who } gave it back.
staff-event-start-review = { $who } began the review.
staff-event-request-changes = { $who } asked for changes.
staff-event-approve = { $who } approved it.
staff-event-approve-request = { $who } accepted it.
staff-event-publish = { $who } published it.
staff-event-decline = { $who } decided not to publish it.
staff-event-decline-request = { $who } decided that it cannot be supported.
staff-event-release = { $who } released it: it is no spam.
staff-event-close = { $who } closed it.
staff-event-reopen = { $who } took it up again.
staff-event-unpublish = { $who } took it off the public pages.
staff-event-undone = { $who } took the last decision back. Nobody was told of it.
staff-event-scheduled = { $who } scheduled it.
staff-event-rescheduled = { $who } moved it.
staff-event-cancelled = { $who } called the appointment off.
staff-event-delivered = { $who } noted that the support was given.
staff-event-reason = { $what } Reason: { $reason }.

# What now?
staff-what-now = What now?
staff-choose = Choose “{ $title }”
staff-batch-with-chosen = Act on the chosen ones
staff-batch-with-page = Act on the { $n } of this page
staff-batch-with-all = Act on all { $n }
staff-batch-none = Choose at least one record.
staff-batch =
    { $n ->
        [one] 1 record
       *[other] { $n } records
    }
staff-batch-lead = Say what is to be done with them. Nothing has been done yet. Each is treated as it is alone: a record that has moved on meanwhile, or that this does not fit, is left as it is.
staff-batch-most = These are the { $n } that wait longest; more are not taken at once.
staff-batch-outcome = This is what came of each.
staff-batch-act = What is to be done?
staff-batch-choose-act = Choose what is to be done.
staff-batch-possible = Fits { $n } of { $all }.
staff-batch-mails =
    { $n ->
        [one] One mail goes to its submitter.
       *[other] { $n } mails go, one to each submitter.
    }
staff-batch-give-effect = Whoever gets them gets one mail for each.
staff-batch-reason = Reason, if they are not published or not supported
staff-batch-no-reason = No reason
staff-batch-message = Message to each submitter
staff-batch-message-hint = Goes into each mail and stands on each submitter’s own page, word for word.
staff-batch-assignee = Who looks after them, if they are given to somebody
staff-batch-do = Do it
staff-batch-again = Go on with the rest
staff-batch-chosen = Chosen ({ $n })
staff-outcome-waiting = Still to come ({ $n })
staff-outcome-done = Done ({ $n })
staff-outcome-stale = Moved on meanwhile, left as they are ({ $n })
staff-outcome-not-possible = Not possible as they stand ({ $n })
staff-outcome-files-held = Not published, a file is not found clean ({ $n })
staff-outcome-authority-missing = Not published, nobody has recorded how the authority of the State was confirmed ({ $n })
staff-views = Saved views
staff-view-of = { $name } (shared by { $who })
staff-view-keep = Save this view
staff-view-change = Change “{ $name }”
staff-view-name = Name of the view
staff-view-share = Share it with all staff. Under “Mine” each of them sees their own.
staff-view-do = Save the view
staff-view-remove = Remove the view
staff-view-kept = The view is saved.
staff-view-changed = The view is changed.
staff-view-removed = The view is removed. Its records are as they were.
staff-wrong-view-name = Give the view a name of up to { $max } characters.
staff-wrong-view-taken = You have a view of this name already. Choose another name.
staff-wrong-view-many = You have as many views as one can have. Remove one first.
staff-clock = How long people wait
staff-clock-lead = Only the time in which the Network had to act is counted. What submitters took to answer is left out, and spam is not counted.
staff-clock-period = Answered within
staff-clock-last =
    { $n ->
        [one] The last day
       *[other] The last { $n } days
    }
staff-clock-empty = Nothing was answered in this time.
staff-clock-review = Until the Network decided
staff-clock-delivery = Until what was accepted was delivered
staff-clock-by-forms = By form
staff-clock-by-regions = By region
staff-clock-by-persons = By who decided
staff-clock-of-forms = Form
staff-clock-of-regions = Region
staff-clock-of-persons = Person
staff-clock-no-region = No region
staff-clock-answers = Answers
staff-clock-middle = Half within, days
staff-clock-most = Nine of ten within, days
staff-clock-in-time = In time
staff-clock-aim = { $within } of { $of } (within { $days })
staff-clock-bar = { $middle } / { $most } days
staff-clock-chart = For each line, the dark bar is as long as the wait that half of the answers stayed within, the light bar as long as the wait of nine of ten. The table below has the numbers.
staff-place = { $at } of { $of }
staff-place-nav = Records of this view
staff-assignee = Who looks after it
staff-assigned-you = You do.
staff-assigned-nobody = Nobody yet.
staff-assign-take = Take it
staff-assign-give = Give it to somebody
staff-assign-do = Give it
staff-assign-effect = They get one mail, unless it is you.
staff-view-finished = That was the last one of this view.
staff-due = The Network is to act by { $date }.
staff-nothing-to-decide = Nothing is to be decided here.
staff-observers-decide-not = You can read everything here. Moderators decide.
staff-decide-start-review = Start the review
staff-decide-request-changes = Ask for changes
staff-decide-approve = Approve without publishing
staff-decide-approve-request = Accept
staff-decide-publish = Publish
staff-decide-decline = Do not publish
staff-decide-decline-request = Cannot be supported
staff-decide-release = It is no spam
staff-decide-close = Close
staff-decide-reopen = Take up again
staff-decide-unpublish = Take off the public pages
staff-effect-start-review = Shows the submitter and your colleagues that somebody is working on it. You can decide without it.
staff-effect-request-changes = The submitter can change the answers and send them again.
staff-effect-request-changes-correction = The submitter can change the answers and send them again. What is public stays as it is until you publish the new version.
staff-effect-approve = Nothing becomes public yet.
staff-effect-approve-correction = What is public stays as it is.
staff-effect-approve-request = The Network takes on the request. Nothing becomes public.
staff-effect-publish = It becomes public at once, without the answers marked “Not published”.
staff-effect-publish-correction = This version takes the place of what is public, at once.
staff-effect-decline = Nothing becomes public.
staff-effect-decline-correction = The correction does not become public. What is public stays as it is.
staff-effect-decline-request = The request ends here.
staff-effect-release = It goes into the queue like everything else, and those who follow such submissions are told.
staff-effect-close = The request is finished.
staff-effect-reopen = It is in review again.
staff-effect-reopen-correction = It is in review again. What is public stays as it is.
staff-effect-unpublish = It disappears from the public pages, the feeds and the open data, at once.
staff-mails-nobody = No mail goes out.
staff-plea = It is a personal plea
staff-plea-effect = Somebody asks for help for themselves? One press answers with signposts to services that can help. It is never published.
staff-mails-no-spam = With the reason “Spam”, no mail goes out.
staff-mails-receipt = The receipt that was held back goes to { $address }, at once.
staff-mails-now = One mail goes to { $address }, at once.
staff-mails-later = One mail goes to { $address }, after { $hold }.
staff-mails-without-address = One mail is due, but there is no address to send it to.
staff-minutes =
    { $n ->
        [one] 1 minute
       *[other] { $n } minutes
    }
staff-seconds =
    { $n ->
        [one] 1 second
       *[other] { $n } seconds
    }
staff-message-changes = To the submitter: what should change?
staff-message = To the submitter: why?
staff-message-optional = Message to the submitter (optional)
staff-message-hint = Goes into the mail and stands on their own page, word for word. They wrote in { $language }.
staff-reason = Reason
staff-reason-outside-scope = Outside what is collected here
staff-reason-not-within-dates = Not within the dates asked for
staff-reason-incomplete = Does not say enough to be assessed
staff-reason-duplicate = Is here already
staff-reason-spam = Spam
staff-reason-personal-plea = A personal plea for help
staff-reason-misfiled = Sent in the wrong form
staff-reason-other = Another reason
staff-wrong-message-changes = Write what should change. The submitter gets these words.
staff-wrong-message = Write why. The submitter gets these words.
staff-wrong-too-long = Shorten the message to { $max } characters.
staff-wrong-reason = Choose a reason.
staff-wrong-decision = The decision could not be read. Choose one of those below.

# A request as a case
case-agreed = Scheduled
case-do-schedule = Schedule
case-do-move = Move
case-do-cancel = Call off
case-do-deliver = Delivered
case-effect-schedule = The appointment stands on the submitter’s own page and in the calendar of the staff.
case-effect-move = The new time takes the place of the old one, in calendars too.
case-effect-cancel = The appointment disappears from calendars. The request stays accepted.
case-effect-deliver = The support was given. The request stays open until you close it.
case-mail = One mail goes to { $address }, at once, with an entry for the calendar.
case-start = Start
    .hint = In local time, with the time zone of the place.
case-end = End
    .hint = In the time zone of the start.
case-place = Where
    .hint = A room, an address or a link.
case-people = With whom
    .hint = Facilitators and others. The submitter reads it; it can be erased later.
case-wrong-end = Enter an end that comes after the start.
case-wrong-place = Shorten the place to { $max } characters.
case-wrong-people = Shorten the text on who takes part to { $max } characters.
case-noted-schedule = Scheduled. One mail with an entry for the calendar is on its way to the submitter.
case-noted-move = Moved. One mail with the new entry is on its way to the submitter.
case-noted-cancel = Called off. One mail that removes the entry is on its way to the submitter.
case-noted-deliver = Delivered. No mail goes out. Close the request when all is done.
case-conflict-text = Nothing was noted and no mail was sent. This page shows the record as it is now; what you typed is still in the form.
case-becomes-effect = Opens a draft with the answers that fit. Nothing is public until you save it.

# What comes
calendar = Calendar
calendar-week = Week of { $date }
calendar-own = In your own calendar
calendar-own-text = Subscribe to this address in your calendar program. It is yours alone: whoever has it can read what comes.
calendar-renew = New address
calendar-renew-text = If somebody else has it, make a new one. The old one then shows nothing.
calendar-renewed = This is your new address. The old one shows nothing any more.

# Notes
staff-note-open = Write a note
staff-note-readers = Who reads it?
staff-note-submitter = The submitter
    .hint = By e-mail at once, and on their own page.
staff-note-internal = Colleagues only
    .hint = Never mailed, never shown to the submitter.
staff-note = Note
    .hint = A note changes nothing about the status. It answers what the submitter wrote.
staff-note-do = Save the note
staff-note-mention = To tell a colleague by mail, mention them in a note for colleagues:
staff-noted-told = By mail it goes to: { $names }.
staff-wrong-readers = Choose who reads the note.
staff-wrong-note = Write the note first.
staff-wrong-note-untold = There is nobody to tell: what is held as suspected spam is told nothing, and records of the Network have no submitter. Write for colleagues only.
staff-noted-submitter = Your note is on its way to the submitter.
staff-noted-internal = Your note is kept. Only colleagues see it.
staff-noted-redacted = The file is gone. Its name and your reason stay.
staff-noted-linked = The two records are linked. Nobody was mailed.
staff-noted-unlinked = The link is taken back.
staff-noted-accept = The address is changed. A new e-mail goes there; the old links no longer work.
staff-noted-refuse = The address stays as it is.
staff-change = Asks to change the contact’s e-mail address
staff-change-text = Whoever asks knew the reference and the old address, which was asked by e-mail too. Make sure that the person is the same before you accept; the new address then gets a link to everything here.
staff-change-accept = Accept the new address
staff-change-refuse = Keep the old one

# Somebody else was faster
staff-conflict = This record has moved on since you opened it
staff-conflict-text = Your decision was not taken: nothing was changed and no mail was sent. This page shows the record as it is now.
staff-not-possible = This decision is not possible any more
staff-not-possible-text = Nothing was changed and no mail was sent. This page shows the record as it is now.
staff-files-held = This record cannot be published yet
staff-files-held-text = A file is not found clean: see its mark below. Publish once it was checked, or ask for changes if a virus was found. Nothing was changed and no mail was sent.
staff-conflict-again = If “{ $decision }” is still right, decide again.
staff-conflict-gone = “{ $decision }” is not possible for a record that stands as this one does now.
staff-conflict-since = Since you opened it:
staff-conflict-kept = The words you typed:
staff-conflict-to-form = Go to the form with what you typed

# After a decision
staff-next-record = Next:
staff-done-start-review = { $reference } is in review.
staff-done-request-changes = Changes are asked for { $reference }.
staff-done-approve = { $reference } is approved. Nothing became public.
staff-done-approve-request = { $reference } is accepted.
staff-done-publish = { $reference } is public.
staff-done-decline = { $reference } is not published.
staff-done-decline-request = { $reference } is marked as one that cannot be supported.
staff-done-release = { $reference } is in the queue.
staff-done-close = { $reference } is closed.
staff-done-reopen = { $reference } is in review again.
staff-done-unpublish = { $reference } is no longer public.
staff-done-no-mail = No mail goes out.
staff-done-mail-held = One mail to { $address } goes at { $time }.
staff-done-mail-queued = One mail to { $address } is on its way.
staff-done-mail-accepted = One mail went to { $address }.
staff-done-mail-saved = One mail to { $address } was kept as a file: no mail server is set.
staff-done-mail-refused = The mail to { $address } did not go out: see below.

staff-undo = Undo
staff-send-now = Send now
staff-noted-undone = Taken back: all stands as before, and no mail went out. Your words are still in the form.
staff-undo-late = This decision cannot be undone any more
staff-undo-late-text = Its mail has left, or something else has happened since. Nothing was changed. Look below at what can be decided now.
staff-conflict-note = Send these words to the submitter as a note

# Mails
staff-mail = Mail
staff-mails-lead = Every mail that this service has written, newest first, and what became of it.
staff-mails-by-status = Mails by status
staff-mails-caption = Mails, newest first
staff-mails-none = There is no such mail.
staff-mail-to = To
staff-tries = Tries
staff-mail-all = All
staff-mail-written = Written
staff-mail-reply = Last reply of the server
staff-mail-ahead = This mail was not sent yet. This is how it would read now.
staff-mail-links = Where [link] stands, the reader gets a link of their own that staff cannot see.
staff-mail-retry = Send it again
staff-mail-retry-now = Send it now
staff-mail-queued-again = The mail is on its way again.
staff-mail-not-again = This mail is on its way, or the server has taken it already. Nothing was changed.
staff-mail-drop-open = Do not send it
staff-mail-drop-effect = It will never be sent, not even later. Nobody is told.
staff-mail-drop = Drop this mail
staff-mail-was-dropped = The mail was dropped and will not be sent.
staff-unreached-changes = Our request for changes did not reach { $address }
staff-unreached-mail = Our mail “{ $mail }” did not reach { $address }
staff-unreached-said = The mail server said:
staff-unreached-see = See this mail
staff-unreached-effect = With another address, the mails that did not arrive go there, with a new receipt. Links that were sent to the old address stop working.
staff-unreached-other = Use { $address } instead
staff-unreached-address = Another e-mail address of the contact
staff-unreached-do = Use this address
staff-suppressed = Addresses that get no mail
staff-suppressed-lead = Mail to these addresses is not sent, because it came back for good, because the reader complained, or because staff said so.
staff-suppressed-none = Every address gets its mail.
staff-suppressed-address = Address
staff-suppressed-why = Why
staff-suppressed-by = Entered by
staff-suppressed-acts = What can be done
staff-suppressed-lift = Allow mail again
staff-suppressed-lifted = Mail goes to the address again. What was not sent meanwhile can be sent again from its own page.
staff-suppressed-bounced = Mail to it came back
staff-suppressed-complaint = Its reader complained
staff-suppressed-staff = Staff said so
staff-mail-receipt = Receipt
staff-mail-answers = Copy of the answers
staff-mail-changes-requested = Changes asked
staff-mail-published = Published
staff-mail-accepted = Request accepted
staff-mail-declined = Not published, or cannot be supported
staff-mail-signposts = Signposts for a person in need
staff-mail-scheduled = Appointment made
staff-mail-rescheduled = Appointment moved
staff-mail-cancelled = Appointment called off
staff-mail-closed = Request closed
staff-mail-unpublished = No longer public
staff-mail-note = Note
staff-mail-link = Lost link
staff-mail-address-change = Is another address right?
staff-mail-alert-new = Alert: new
staff-mail-alert-resubmitted = Alert: resubmitted
staff-mail-alert-assigned = Alert: given to you
staff-mail-alert-note = Alert: note
staff-mail-refiled = To another form
staff-mail-alert-mention = Mention
staff-mail-alert-bounced = Alert: mail came back
staff-mail-reminder-changes = Reminder: changes open
staff-mail-reminder-report = Reminder: report
staff-mail-reminder-update = Reminder: up to date?
staff-mail-party-asked = Question to a party
staff-mail-sitting = Link to report on all pledges
staff-mail-sitting-receipt = Receipt for several reports
staff-mail-no-record = No record yet
staff-mail-draft-link = Link of a draft
staff-mail-draft-reminder = Draft about to expire
staff-mail-status-held = Waits until { $when }
staff-mail-status-queued = About to be sent
staff-mail-status-sending = Being sent
staff-mail-status-accepted = Taken by the mail server
staff-mail-status-deferred = Not taken yet, next try { $when }
staff-mail-status-refused = Refused by the mail server
staff-mail-status-bounced = Came back after the mail server took it
staff-mail-status-suppressed = Not sent: the address takes no mail
staff-mail-status-saved = Kept as a file, reached nobody
staff-mail-status-dropped = Dropped, not sent
staff-mail-heap-held = Waiting
staff-mail-heap-queued = About to be sent
staff-mail-heap-sending = Being sent
staff-mail-heap-accepted = Taken by the server
staff-mail-heap-deferred = To be tried again
staff-mail-heap-refused = Refused
staff-mail-heap-bounced = Came back
staff-mail-heap-suppressed = Not sent, address takes no mail
staff-mail-heap-saved = Kept as files
staff-mail-heap-dropped = Dropped

# Alerts
staff-alerts-title = What you are told of
staff-alerts-lead = Choose what you want to get a mail about. You get nothing else.
staff-alerts-what = A mail says in a few lines what came in, from whom and where, and whether you must act. It has a link to the record, and no contact data.
staff-alerts-once = There is one mail when something new comes in, one when it comes back corrected, and one when its submitter writes a note. Even if it fits several of your choices, you get it once.
staff-alerts-own = You are never told of what you did yourself.
staff-alerts-language = Your mails are in { $language } and go to { $address }.
staff-alerts-all-forms = All forms
staff-alerts-everything = Everything
staff-alerts-all-hint = “Everything” includes what belongs to no region. A region means all forms from the countries in it.
staff-alerts-any-region = From anywhere
staff-alerts-save = Save
staff-alerts-saved = Saved. You are told of what is ticked below.

# Accounts
staff-role-observer = Observer
    .hint = Reads everything, decides nothing.
staff-role-moderator = Moderator
    .hint = Decides on submissions.
staff-role-admin = Administrator
    .hint = Decides on submissions, keeps accounts and looks after mails.
staff-account-on = Active
staff-account-off = Disabled
staff-account-acts = Change
staff-account-reset-open = New link
staff-account-reset-effect = Makes a link to set a new password. The second factor is set up anew at the next sign-in.
staff-account-reset-do = Make a link for { $name }
staff-account-disable-open = Disable
staff-account-disable-effect = Ends all sessions at once. The person can no longer sign in and gets no more alerts. What they did stays in the history. This cannot be undone here.
staff-account-disable-do = Disable { $name }
staff-account-disabled = The account is disabled and its sessions have ended.
staff-account-add = Add an account
staff-account-add-lead = You get a link, once, to pass on to the person. With it they set their own password.
staff-name-hint = As colleagues and the history show it.
staff-account-language = Language of the mails to this person
staff-account-link = A link to set a password
staff-account-added = The account of { $name } is added.
staff-account-reset = There is a new link for { $name }. Earlier ones no longer work.
staff-account-link-label = The link
staff-account-link-hint = It is shown only now, works once and for 24 hours. Pass it on by a way that only this person reads.
staff-wrong-email = Enter one e-mail address, like name@example.org.
staff-wrong-taken = This address has an account already. Use another, or make a new link for that account.
staff-wrong-name = Enter a name of up to 120 characters.
staff-wrong-role = Choose a role.
staff-wrong-language = Choose a language from the list.

# The log
staff-audit-lead = Everything that happened, newest first. Each entry is chained to the one before it, so that none can be changed or taken out unseen.
staff-audit-head = Newest entry, to keep elsewhere and compare with “inlet verify --head”:
staff-audit-none = Nothing has happened yet.
staff-audit-caption = Log, newest first
staff-audit-what = What and when
staff-audit-number = Number
staff-audit-digest = Digest
staff-audit-part = { $first } to { $last } of { $of }

# What staff keep themselves
records = Records
records-lead = What the Network itself keeps and publishes. What you save here is public at once.
records-none = There is none yet.
records-correct = Correct
records-correct-effect = Opens the answers. What you save takes the place of what is public, at once; the version before stays in the history.
staff-received-record = Added { $when }, in { $language }.
staff-event-submitted-record = { $who } added it.
staff-event-resubmitted-record = { $who } corrected it.
staff-decide-unpublish-record = Retire
staff-decide-publish-record = Publish again
staff-message-record = Why?
staff-message-hint-record = Stays in the history, for colleagues.
staff-wrong-message-record = Write why, for colleagues who look it up later.

# Authority
staff-authority = Authority
staff-authority-ask = This speaks for a State. Before it is published, record how you know that the State stands behind it.
staff-authority-confirmed = { $means }. Recorded by { $who }, { $when }.
staff-authority-outdated = { $means }. Recorded by { $who }, { $when }. The entity, its country or the contact’s address has changed since then: confirm it again before you publish.
staff-authority-record = Record the authority
staff-authority-again = Record it anew
staff-authority-lead = Say how you know that the State stands behind what was sent. Colleagues see it on the record; it is never published and never mailed.
staff-authority-means = How was it confirmed?
staff-authority-note-verbale = By a note verbale
staff-authority-focal-point = By a focal point whom the Network knows
staff-authority-official-domain = By an address in an official domain of the State
staff-authority-other = In another way
staff-authority-text = Details
    .hint = The number and date of the note, who the focal point is, which domain. Needed for “In another way”.
staff-authority-do = Save
staff-wrong-means = Choose how it was confirmed.
staff-wrong-authority-words = Write how it was confirmed.
staff-noted-authority = The authority is recorded. The record can be published.
staff-event-authority-confirmed = { $who } recorded how the authority behind it was confirmed.
staff-authority-missing = This record cannot be published yet
staff-authority-missing-text = It speaks for a State, and nobody has recorded how its authority was confirmed: see “Authority” below. Nothing was changed and no mail was sent.
staff-authority-first = Only possible once the authority behind it is recorded.
staff-conflict-kept-here = Nothing was saved. What you typed is still below: look at the record again, then save it if it is still right.

# Changes by staff
staff-edits = Changes by the Network
staff-edit = Edit the answers
staff-edit-effect = Your change counts at once. The submitter is sent the difference and can object. What is public changes when you publish.
staff-edit-proposal = Your change is a proposal: the words stay those of the entity until it agrees on its own page. It can be published after that, not before.
staff-edit-not-here = Contact data, consents, parties and files are for the submitter alone to change.
staff-edit-reason = Reason
    .hint = Goes to the submitter with the difference, word for word.
staff-edit-do = Save the change
staff-edit-theirs = As it stands now
staff-edit-compare = Compare both versions
staff-edit-told = The submitter was sent the newest change and has not objected.
staff-edit-objected = The submitter objects to the newest change: the words are in the history.
staff-edit-proposed = A proposed change waits for the submitter. It is not part of what you publish now.
staff-edit-agreed = The submitter agreed to the newest change.
staff-edit-refused = The submitter did not agree to the proposed change. It is not part of the record.
staff-edit-lapsed = Another version came after the newest change.
staff-disputed = Objection
staff-wrong-edit-reason = Write why. The submitter gets these words.
staff-wrong-nothing-changed = Change an answer first: all of them are what they were.
staff-noted-edited = The change is saved, and the submitter is sent the difference.
staff-noted-edit-proposed = The change is proposed to the submitter, who is asked by e-mail.
staff-event-edited = { $who } changed the answers.
staff-event-edit-proposed = { $who } proposed a change of the answers.
staff-event-edit-agreed = { $who } agreed to the proposed change.
staff-event-edit-refused = { $who } did not agree to the proposed change.
staff-event-objected = { $who } objected to a change by the Network.
staff-mail-edited = Changed by the Network
staff-mail-subscription-asked = Confirm a subscription
staff-mail-news = News for a subscriber
staff-mail-digest = Digest for staff
# What a record is to others, and files that are taken away
staff-related = Other records
staff-duplicate-of = This is a duplicate of
staff-duplicated-by = A duplicate of this is
staff-refiled-from = Begun from what was sent in another form:
staff-refiled-as = Begun anew in the right form as
staff-unlink = Not a duplicate
staff-tie = Link as a duplicate
staff-tie-effect = Both records show the link. Nothing is decided, and nobody is mailed.
staff-tie-do = Link
staff-tie-this = Link as a duplicate of this
staff-original = Reference of the other record
    .hint = Only for a duplicate, for example PRA-7K3M-9Q2X. Both records will show the link.
staff-wrong-original = Enter the reference of a record that is here. Compare it with the other record’s page.
staff-wrong-original-itself = This is the record’s own reference. Enter that of the other one.
staff-wrong-original-linked = It is linked as a duplicate already. Take that link back first.
staff-wrong-original-duplicate = The other record is a duplicate itself. Enter the reference of the one it repeats.
staff-redact = Take a file away
staff-redact-effect = The file is deleted everywhere and cannot be brought back. Its name stays, with your reason. Nobody is mailed.
staff-redact-file = Which file?
staff-redact-why = Reason
    .hint = The submitter reads it on the page of the submission.
staff-redact-do = Delete the file
staff-redacted = “{ $name }” was deleted by { $who } on { $when }. Reason: { $why }
staff-wrong-redact-file = Choose a file of this record.
staff-wrong-redact-why = Say why the file is deleted.

# Texts to begin with
staff-replies = Begin with a text
staff-replies-choose = Choose a text
staff-replies-insert = Insert

# Begun anew in the right form
staff-refile = Sent in the wrong form
staff-refile-effect = Declines this one, and begins the right form with the answers that fit. One mail to { $address } says why and brings the link.
staff-refile-form = The right form
staff-refile-choose = Choose a form
staff-refile-why = Reason
    .hint = The submitter reads it in the mail.
staff-refile-do = Begin the right form
staff-wrong-refile-form = Choose the form it belongs in.
staff-wrong-refile-why = Say why it belongs in another form.
staff-wrong-refile-moved = This record has moved on since you opened it. Look at it once more, then send again.
# The own account
staff-me = Your account
staff-me-change = Change the language
staff-me-save = Save the language
staff-me-saved = Saved. Mails from now on are in this language.

# Entered for somebody
staff-behalf = Entered for somebody
staff-behalf-lead = Enter what reached the Network by note verbale, by e-mail or on paper. The form and its rules are the same; its contact gets the receipt and a page of its own.
staff-behalf-way = How did it come?
handed-note-verbale = By note verbale
handed-email = By e-mail
handed-paper = On paper
staff-behalf-sender = From whom?
    .hint = For example the permanent mission, with the number of its note. Its contact can read this on its own page.
staff-behalf-day = On which day did it arrive?
    .hint = As year, month and day: 2026-11-25.
staff-behalf-source = The paper itself
    .hint = A scan or the e-mail as a file. Only staff and its contact can open it.
staff-handed-over = { $way }, received { $date }. Entered by { $who }.
staff-noted-entered = It is entered. Its contact gets the receipt.
staff-wrong-way = Choose how it came.
staff-wrong-sender = Enter from whom it came, in up to 300 characters.
staff-wrong-day = Enter the day on which it arrived, like 2026-11-25. It cannot be a day to come.

# Translations
staff-translations = Title and summary in other languages
staff-translate = Translate title and summary
staff-translate-lead = The translation becomes public with the next publication, marked as made by the Network, for readers of that language.
staff-translate-from = As it was written
staff-translate-into = Into
staff-translated-title = Title
staff-translated-summary = Summary
    .hint = Say what the original says, and no more.
staff-translate-do = Save the translation
staff-translation-outdated = The original has changed
staff-wrong-translated-title = Enter the translated title.
staff-noted-translation = The translation is saved. It becomes public with the next publication.
staff-event-translation-kept = { $who } translated title and summary.

# The review sheet
staff-review = Review
staff-review-fill = Fill in your review sheet
staff-review-lead = What you find on each criterion, for colleagues. You can fill it in again; your newest sheet counts.
staff-review-conflict = Do you have an interest in this matter?
staff-review-conflict-no = No
staff-review-conflict-yes = Yes: my findings are not to be counted
staff-review-interest = What is the interest?
    .hint = Needed if you answered yes. Only colleagues read it.
staff-review-criteria = Criteria
staff-review-comment = Comment (optional)
staff-review-do = Save the review sheet
staff-review-by = { $who } filled in a review sheet.
staff-review-interested = { $who } has an interest in this matter and is not counted.
staff-review-count = { $opinion }: { $count }.
staff-review-none = Nobody has said anything yet.
staff-opinion-met = Met
staff-opinion-partly = Partly met
staff-opinion-not-met = Not met
staff-opinion-cannot-say = Cannot say
staff-wrong-conflict = Say whether you have an interest in this matter.
staff-wrong-interest = Say what the interest is.
staff-wrong-opinions = Say something of at least one criterion.
staff-noted-review = Your review sheet is saved. Only colleagues see it.
staff-event-review-kept = { $who } filled in a review sheet.
staff-short-open = Name the criteria that fell short
staff-short = Which criteria are not met? The submitter is told.
# Every kind of mail in every language
staff-kinds = Kinds of mail
staff-kinds-lead = Every mail that this service can write, in each of its languages, with the newest record that fits.
staff-kinds-caption = Kinds of mail and their languages
staff-kinds-real = Written of the newest record of this kind.
staff-kinds-sample = No record fits yet: this one is invented.
staff-kinds-text = As text
staff-kinds-html = As a formatted mail
