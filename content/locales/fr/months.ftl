# Names of months as people write them, all spellings that are read, parted by |. Not shown.
month-read-1 = janvier
month-read-2 = février
month-read-3 = mars
month-read-4 = avril
month-read-5 = mai
month-read-6 = juin
month-read-7 = juillet
month-read-8 = août
month-read-9 = septembre
month-read-10 = octobre
month-read-11 = novembre
month-read-12 = décembre
