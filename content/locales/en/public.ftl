# The public lists and pages of what is published.

# A list
list-search = Search by words
list-search-button = Search
list-title-search = { $title }: “{ $words }”
list-title-page = { $title } (page { $page } of { $last })
list-count =
    { $n ->
        [0] No { $plural }
        [one] One { $noun }
       *[other] { $count } { $plural }
    }
list-narrow = Narrow the list
list-apply = Apply filters
list-several = One entry can count under several values, so the numbers can add up to more than the total.
list-filter = Find in: { $facet }
list-filter-none = Nothing fits.
list-filter-one = {"{"}n{"}"} fits.
list-filter-other = {"{"}n{"}"} fit.
list-active = Filters that are on
list-remove = Remove:
list-clear = Clear all
list-chip-words = “{ $words }”
list-sort = Sort by
list-sort-best = Best match
list-sort-newest = Newest
list-sort-oldest = Oldest
list-sort-title = Title
list-published = Published { $date }
list-more = and { $n } more
list-bare = Nothing has been published here yet.
list-none = Nothing was found
list-none-fewer = Remove a filter.
list-none-words = Search with fewer words, or with the beginning of a word.
list-none-all = See the whole list
list-pages = Pages
list-page = Page { $page } of { $last }
list-previous = Previous page
list-next = Next page
list-open-data = This list as open data:
list-csv = CSV
list-json = JSON
list-jsonl = JSON Lines
list-xlsx = Excel (XLSX)
list-not-reported = Not reported on yet

# Its facets
list-facet-objective = Objective of the Compact
list-facet-country = Country
list-facet-region = Region
list-facet-principle = Guiding principle
list-facet-sdg = Sustainable Development Goal
list-facet-scope = Level
list-facet-implementer = Type of organization
list-facet-type = Type of practice
list-facet-year = Year of start
list-facet-language = Language
list-facet-kind = Type of pledge
list-facet-nature = Nature of the pledge
list-facet-entity_type = Type of entity
list-facet-progress = Progress

# One record
item-back = All { $plural }
item-submitted-by = Submitted by { $organization }; publication does not imply endorsement by the United Nations.
item-reference = Reference
item-published = Published
item-updated = Last updated
item-written-in = Written in
item-progress = Progress
item-reports = Reports on implementation
item-reports-none = Nothing has been reported on this pledge yet.
item-report = Report on this pledge
item-report-period = Report on the time from { $from } to { $to }
item-report-day = Report on { $day }
item-related = Related entries
item-names = { $noun } that this one refers to
item-named-by = { $noun } that refers to this one
item-matches = Matches this pledge
item-matched-by = Matched by this pledge
item-match = Match this pledge
item-parties-also = { $n ->
    [one] Also named: one party that has not confirmed. Parties are named once they confirm.
   *[other] Also named: { $count } parties that have not confirmed. Parties are named once they confirm.
}
item-parties-none = { $n ->
    [one] One party that has not confirmed. Parties are named once they confirm.
   *[other] { $count } parties that have not confirmed. Parties are named once they confirm.
}
item-cite = Cite this page
item-json = This entry as open data (JSON)

# What belongs together
list-family = Lists that belong together
item-kept = Kept by the United Nations Network on Migration.
item-posts-none = Nobody has written here yet.
item-edited = Edited
item-edited-by = By the Network, after it was submitted
item-received = Received
item-received-note-verbale = By note verbale; entered by the Network
item-received-email = By e-mail; entered by the Network
item-received-paper = On paper; entered by the Network
item-translated = Title and summary translated by the Network. The text below is as it was submitted.
list-translated = (translated by the Network)

# What takes place
calendar-coming = Coming up
calendar-none = Nothing is scheduled.
calendar-add = Add to your calendar
calendar-add-this = Add to your calendar: { $title }
calendar-subscribe = Subscribe to all in your calendar program:
