# Names of months as people write them, all spellings that are read, parted by |. Not shown.
month-read-1 = January
month-read-2 = February
month-read-3 = March
month-read-4 = April
month-read-5 = May
month-read-6 = June
month-read-7 = July
month-read-8 = August
month-read-9 = September
month-read-10 = October
month-read-11 = November
month-read-12 = December
