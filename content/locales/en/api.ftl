# What programs are told.
api-title = Inlet
api-description = Takes in what people submit to the UN Network on Migration and gives out what has been published. Errors are problem documents (RFC 9457). Dates are ISO 8601, instants UTC.

api-problem-not-json = The body is not JSON
    .text = Send one JSON object in UTF-8, at most 512 KiB and 127 levels deep.
api-problem-bad-key = The Idempotency-Key cannot be used
    .text = Send 1 to 200 visible ASCII characters without spaces.
api-problem-key-taken = The Idempotency-Key was used for other answers
    .text = Nothing was submitted now. Send the same answers to hear what became of them, or use a new key for new ones.
api-problem-no-file = No file was sent
    .text = Send one file as a part of a multipart/form-data body, with its file name.
api-problem-several-files = More than one file was sent
    .text = Send each file in a request of its own.
api-problem-empty-file = The file is empty
    .text = Send a file with content.
api-problem-file-too-large = The file is too large
    .text = A file may have up to 10 MB.
api-problem-wrong-type = The type of the file is not taken
    .text = Send a PDF, Word, Excel, PowerPoint, OpenDocument, plain text, PNG or JPEG file whose content is what its name says.
api-problem-invalid = Some answers cannot be taken
    .text = Nothing was submitted. “errors” says for each field what to do.

api-wrong-not-an-object = Send an object with “answers” and, if you like, “locale”.
api-wrong-no-answers = Send the answers as an object with a key for each question.
api-wrong-no-such-language = Send one of en, fr, es, ru, ar or zh.
api-wrong-unknown-key = Leave this key out: only “answers” and “locale” are read.
