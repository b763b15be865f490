# Names of months as people write them, all spellings that are read, parted by |. Not shown.
month-read-1 = январь|января
month-read-2 = февраль|февраля
month-read-3 = март|марта
month-read-4 = апрель|апреля
month-read-5 = май|мая
month-read-6 = июнь|июня
month-read-7 = июль|июля
month-read-8 = август|августа
month-read-9 = сентябрь|сентября
month-read-10 = октябрь|октября
month-read-11 = ноябрь|ноября
month-read-12 = декабрь|декабря
