# What staff are told of: their own choices, the rules of an admin, digests.
alerts-pace = How often do you want to be told?
alerts-pace-at-once = At once, a mail for each event
alerts-pace-daily = Once a day, one mail for all
alerts-pace-daily-hint = Nothing is sent on days when nothing happened.
alerts-pace-weekly = Once a week, one mail for all
alerts-hours = When should daily and weekly mails come?
alerts-hour = Hour
alerts-day = Day for weekly mails
alerts-zone = Time zone
alerts-day-Mon = Monday
alerts-day-Tue = Tuesday
alerts-day-Wed = Wednesday
alerts-day-Thu = Thursday
alerts-day-Fri = Friday
alerts-day-Sat = Saturday
alerts-day-Sun = Sunday
alerts-stopped = You have stopped these mails with the link in one of them. Save your choices below to get them again.
alerts-stop-page = Stop these mails
alerts-stop-lead = You will get no more mails about what happens to submissions. You can choose again at any time when you are signed in.
alerts-stop-do = Stop these mails
alerts-stop-done = These mails are stopped
alerts-stop-text = You get no more mails about what happens to submissions.

routing-nav = Routing
routing-title = Who is told
routing-lead = Beside what colleagues choose for themselves under “Alerts”, these rules say who is told of something new, of what comes back corrected, and of notes. Nobody gets two mails about the same event, and nobody is told of their own act.
routing-defaults = Without any rule, moderators are told of everything at once, and observers get a digest on Fridays.
routing-none = There are no rules yet.
routing-what = What
routing-region = Region
routing-language = Language
routing-to = Who is told
routing-acts = Change
routing-any-form = All forms
routing-any-region = Any region
routing-any-language = Any language
routing-mailbox = mailbox without account
routing-stopped = stopped by its reader
routing-remove = Remove
routing-removed = The rule is removed.
routing-added = The rule is added.
routing-add = Add a rule
routing-account = A colleague
routing-account-none = Nobody: use the address below
routing-address = Or the address of a shared mailbox
routing-address-hint = For example that of a regional desk. Its mails come at once, and are in English if the rule names no language.
routing-wrong-to = Choose a colleague or enter an e-mail address, like name@example.org.
routing-wrong-both = Choose a colleague or enter an address, not both.
routing-wrong-known = There is such a rule already.

mail-digest-act = Digest
mail-digest-subject = [Digest] { $counts }
mail-digest-duty =
    { $n ->
        [one] One of these needs a moderator.
       *[other] { $n } of these need a moderator.
    }
mail-digest-new = New
mail-digest-new-count = { $n } new
mail-digest-resubmitted = Resubmitted
mail-digest-resubmitted-count = { $n } resubmitted
mail-digest-note = A note
mail-digest-note-count =
    { $n ->
        [one] 1 note
       *[other] { $n } notes
    }
mail-digest-published = Published
mail-digest-published-count = { $n } published
mail-digest-what = { $acts } – { $reference }
mail-digest-why-at-once = You get this because of what you follow.
mail-digest-why-daily = You get this once a day because of what you follow.
mail-digest-why-weekly = You get this once a week because of what you follow.
mail-alerts-stop = Stop these mails
mail-alerts-mute = Mute this one
mail-why-rule = You get this because a rule of the Network leads it to this address.

mute-heading = Mails about this record
mute-off = You get mails about this record if you follow such records.
mute-on = You get no mails about this record, unless it is given to you or somebody names you in a note.
mute-do = Mute this record
mute-end = Tell me again
