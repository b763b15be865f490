# Answers in words.
answer-yes = Yes
answer-no = No
answer-agreed = Agreed

# The limits of a question.
limit-characters =
    { $n ->
        [one] One character.
       *[other] Up to { $max } characters.
    }
limit-characters-between = Between { $min } and { $max } characters.
limit-line-break = A line break counts as one.
limit-number-between = Between { $min } and { $max }.
limit-number-least = { $min } or more.
limit-number-most = { $max } or less.
limit-whole = A whole number.
limit-decimals =
    { $n ->
        [one] Up to one decimal.
       *[other] Up to { $max } decimals.
    }
limit-choices-least = Choose at least { $max }.
limit-choices-most = Choose at most { $max }.
limit-rows-least = At least { $max } entries.
limit-rows-most =
    { $n ->
        [one] One entry.
       *[other] Up to { $max } entries.
    }
limit-files =
    { $n ->
        [one] One file of up to 10 MB: PDF, Word, Excel, PowerPoint, OpenDocument, plain text, PNG or JPEG.
       *[other] Up to { $max } files, 10 MB each: PDF, Word, Excel, PowerPoint, OpenDocument, plain text, PNG or JPEG.
    }
