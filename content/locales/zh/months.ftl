# Names of months as people write them, all spellings that are read, parted by |. Not shown.
month-read-1 = 一月
month-read-2 = 二月
month-read-3 = 三月
month-read-4 = 四月
month-read-5 = 五月
month-read-6 = 六月
month-read-7 = 七月
month-read-8 = 八月
month-read-9 = 九月
month-read-10 = 十月
month-read-11 = 十一月
month-read-12 = 十二月
