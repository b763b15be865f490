# Subscriptions of the public to what is published: pages, then mails.
subscribe-page = Get news by e-mail
subscribe-link = Get news by e-mail
subscribe-lead = We write to you when something is published that you follow. You can change or end this at any time.
subscribe-to = What do you want to follow?
subscribe-to-wrong = Choose at least one thing to follow.
subscribe-narrow = Only what is about
subscribe-narrow-hint = Choose nothing to follow all of it. Talks are not tied to a country: all of them are meant.
subscribe-objective = Objectives
subscribe-region = Regions
subscribe-country = Countries
subscribe-pace = How often?
subscribe-pace-at-once = At once
subscribe-pace-daily = Once a day
subscribe-pace-daily-hint = At 8:00 UTC, if something is new
subscribe-pace-weekly = Once a week
subscribe-pace-weekly-hint = On Fridays at 8:00 UTC, if something is new
subscribe-address = E-mail address
subscribe-address-hint = We send you one e-mail with a link to confirm. We use the address for this only, and delete it when you end the subscription.
subscribe-address-wrong = Enter an e-mail address, like name@example.org.
subscribe-do = Subscribe
subscribe-done = Please look at your e-mails
subscribe-done-text = We have sent you a link. Your subscription begins when you open it and confirm.
subscribe-done-nothing = If nothing comes within an hour, look into the spam folder and check the address for typing mistakes.
subscribe-again = Try once more
subscription-page = Your subscription
subscription-confirm-lead = Do you want to receive these e-mails?
subscription-what = You follow:
subscription-often = How often:
subscription-to = Your address:
subscription-confirm = Yes, subscribe me
subscription-confirm-not = If you do not, close this page. The address is deleted after 7 days.
subscription-begun = Your subscription has begun.
subscription-saved = Your changes are saved.
subscription-save = Save changes
subscription-others = You also follow
subscription-change = Change
subscription-end-this = End this subscription
subscription-end-all = End all subscriptions
subscription-end-page = End your subscription
subscription-end-lead = You will get no more news by e-mail, and we delete your address.
subscription-ended = You are unsubscribed
subscription-ended-one = You get no more news of this. Your other subscriptions go on.
subscription-ended-text = You get no more news by e-mail from us. Your address is deleted.
subscription-new = Follow something else

mail-subscription-asked-act = Please confirm your subscription
mail-subscription-asked-intro = Somebody, probably you, asked us to send news of what is published to this address:
mail-subscription-confirm = To receive these e-mails, open this link and confirm.
mail-subscription-not-you = If you did not ask for this, you need not do anything: you will get no more e-mails, and we delete the address.
mail-news-act = Newly published
mail-news-one = [{ $noun }] Newly published: «{ $title }»
mail-news-many = [{ $forms }] { $n } newly published
mail-news-intro =
    { $n ->
        [one] One publication is new. You need not do anything.
       *[other] { $n } publications are new. You need not do anything.
    }
mail-news-why = You get this because you follow: { $what }
mail-news-change = Change what you follow
mail-news-end = Unsubscribe
