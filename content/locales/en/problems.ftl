# What to do about an answer. Each says what to write, names the question, blames nobody.
problem-missing = Fill in “{ $label }”.
problem-missing-choice = Choose an answer to “{ $label }”.
problem-missing-row = Add at least one entry to “{ $label }”.
problem-missing-file = Add a file to “{ $label }”.
problem-missing-consent = Tick the box to agree: “{ $label }”.
problem-missing-date = Enter the date: “{ $label }”.
problem-twice = “{ $label }” was sent with two different answers. Send one.
problem-too-short =
    { $n ->
        [one] Write at least one character in “{ $label }”.
       *[other] Write at least { $limit } characters in “{ $label }”.
    }
problem-too-long =
    { $n ->
        [one] Shorten “{ $label }” by one character: at most { $limit } fit.
       *[other] Shorten “{ $label }” by { $over } characters: at most { $limit } fit.
    }
problem-nul = “{ $label }” holds a character that cannot be stored (U+0000). Type the text again.
problem-hidden-character = “{ $label }” holds a hidden character ({ $character }). Delete the text and type it by hand.
problem-not-an-email = Enter one e-mail address in “{ $label }”, like name@example.org.
problem-email-too-long = Enter a shorter e-mail address in “{ $label }”: at most 64 characters before the @ and 254 in all.
problem-not-a-url = Enter a web address in “{ $label }”, like https://example.org/page.
problem-url-scheme = Enter a web address in “{ $label }” that begins with https:// or http://.
problem-url-with-user = Enter the web address in “{ $label }” without a user name (the part before the @).
problem-not-a-phone = Enter a phone number in “{ $label }” with 6 to 20 digits, like +41 22 717 91 11.
problem-not-a-number = Enter a number in “{ $label }”, like { $example }.
problem-number-two-ways = Enter the number in “{ $label }” so that it can be read in one way: { $whole } for thousands, { $decimal } for decimals.
problem-too-many-digits = Enter a number with at most 15 digits in “{ $label }”.
problem-too-many-decimals =
    { $n ->
        [0] Enter a whole number in “{ $label }”.
        [one] Enter a number with at most one decimal in “{ $label }”.
       *[other] Enter a number with at most { $n } decimals in “{ $label }”.
    }
problem-too-small = Enter { $limit } or more in “{ $label }”.
problem-too-large = Enter { $limit } or less in “{ $label }”.
problem-no-currency = Choose the currency of “{ $label }”.
problem-date-incomplete =
    { $part ->
        [day] Enter the day of “{ $label }”.
        [month] Enter the month of “{ $label }”.
        [year] Enter the year of “{ $label }”.
        [time] Enter the time of “{ $label }”.
       *[date] Enter the date of “{ $label }”.
    }
problem-date-part =
    { $part ->
        [day] Enter the day of “{ $label }” as a number from 1 to 31.
        [month] Enter the month of “{ $label }” as a number from 1 to 12 or by its name.
       *[year] Enter the year of “{ $label }” with four digits, like 2026.
    }
problem-not-a-date = Enter a day that exists in “{ $label }”: year, month and day, like 2026-11-06.
problem-not-a-month = Enter a month in “{ $label }”: year and month, like 2026-11.
problem-year-out-of-range = Enter a year from 1900 to 2100 in “{ $label }”.
problem-not-a-time = Enter the time of “{ $label }” in hours and minutes, like 09:30.
problem-no-zone = Choose the time zone of “{ $label }”.
problem-not-a-zone = Choose the time zone of “{ $label }” from the list, like Europe/Zurich.
problem-no-such-time = Choose another time in “{ $label }”: clocks skip this one on that day.
problem-not-an-option = Choose an answer to “{ $label }” from the list.
problem-too-few =
    { $things ->
        [rows]
            { $n ->
                [one] Add at least one entry to “{ $label }”.
               *[other] Add at least { $limit } entries to “{ $label }”.
            }
       *[choices]
            { $n ->
                [one] Choose at least one answer to “{ $label }”.
               *[other] Choose at least { $limit } answers to “{ $label }”.
            }
    }
problem-too-many =
    { $things ->
        [rows]
            { $n ->
                [one] Keep at most one entry in “{ $label }”.
               *[other] Keep at most { $limit } entries in “{ $label }”.
            }
        [files]
            { $n ->
                [one] Keep at most one file in “{ $label }”.
               *[other] Keep at most { $limit } files in “{ $label }”.
            }
       *[choices]
            { $n ->
                [one] Choose at most one answer to “{ $label }”.
               *[other] Choose at most { $limit } answers to “{ $label }”.
            }
    }
problem-unknown-file = Add the file of “{ $label }” again: it is not here any more.
problem-infected-file = Remove “{ $name }” from “{ $label }”: a virus was found in it. You can add another file in its place.
problem-unknown-publication = Choose an entry for “{ $label }” that is published, by its title or reference.
problem-unknown-field = Remove “{ $label }”: this form does not ask for it.
problem-wrong-type =
    { $face ->
        [number] Send a number for “{ $label }”.
        [money] Send an object with amount (a number) and currency for “{ $label }”.
        [date] Send a date for “{ $label }” as text, like "2026-11-06".
        [month] Send a month for “{ $label }” as text, like "2026-11".
        [meeting] Send an object with local (like "2026-11-06T10:30") and zone for “{ $label }”.
        [yes-no] Send true or false for “{ $label }”.
        [texts] Send an array of texts for “{ $label }”.
        [rows] Send an array of objects for “{ $label }”.
        [files] Send an array of objects with upload (the id of an uploaded file) for “{ $label }”.
        [consent] Send true for “{ $label }” to agree.
       *[text] Send a text for “{ $label }”.
    }
problem-in-row = { $item } { $row }: { $text }
