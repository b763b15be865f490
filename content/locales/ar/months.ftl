# Names of months as people write them, all spellings that are read, parted by |. Not shown.
month-read-1 = يناير|كانون الثاني|جانفي
month-read-2 = فبراير|شباط|فيفري
month-read-3 = مارس|آذار
month-read-4 = أبريل|إبريل|نيسان|أفريل
month-read-5 = مايو|أيار|ماي
month-read-6 = يونيو|يونيه|حزيران|جوان
month-read-7 = يوليو|يوليه|تموز|جويلية|يوليوز
month-read-8 = أغسطس|آب|أوت|غشت
month-read-9 = سبتمبر|أيلول|شتنبر
month-read-10 = أكتوبر|تشرين الأول
month-read-11 = نوفمبر|تشرين الثاني|نونبر
month-read-12 = ديسمبر|كانون الأول|دجنبر
