# Names of months as people write them, all spellings that are read, parted by |. Not shown.
month-read-1 = enero
month-read-2 = febrero
month-read-3 = marzo
month-read-4 = abril
month-read-5 = mayo
month-read-6 = junio
month-read-7 = julio
month-read-8 = agosto
month-read-9 = septiembre|setiembre
month-read-10 = octubre
month-read-11 = noviembre
month-read-12 = diciembre
