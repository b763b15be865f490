# How dates are written, months in both usages as in documents of the United Nations.

# en: { $day } { $month } { $year }
date-long = { $day } { $month } { $year }
# en: { $month } { $year }
date-month = { $month } { $year }
# en: { $date }, { $time }
date-time = { $date }، الساعة { $time }
# en: { $start } to { $end } ({ $zone })
appointment-span = من { $start } إلى { $end } ({ $zone })
# en: { $time } UTC
date-utc = { $time } بالتوقيت العالمي المنسق
# en: January
month-1 = كانون الثاني/يناير
# en: February
month-2 = شباط/فبراير
# en: March
month-3 = آذار/مارس
# en: April
month-4 = نيسان/أبريل
# en: May
month-5 = أيار/مايو
# en: June
month-6 = حزيران/يونيه
# en: July
month-7 = تموز/يوليه
# en: August
month-8 = آب/أغسطس
# en: September
month-9 = أيلول/سبتمبر
# en: October
month-10 = تشرين الأول/أكتوبر
# en: November
month-11 = تشرين الثاني/نوفمبر
# en: December
month-12 = كانون الأول/ديسمبر

# Within how long an answer is promised.
# en: { $n -> [one] one working day *[other] { $n } working days }
span-working-days =
    { $n ->
        [one] يوم عمل واحد
        [two] يومي عمل
        [few] { $n } أيام عمل
       *[other] { $n } يوم عمل
    }
# en: { $n -> [one] one day *[other] { $n } days }
span-days =
    { $n ->
        [one] يوم واحد
        [two] يومين
        [few] { $n } أيام
       *[other] { $n } يوما
    }
# en: { $n -> [one] one week *[other] { $n } weeks }
span-weeks =
    { $n ->
        [one] أسبوع واحد
        [two] أسبوعين
        [few] { $n } أسابيع
       *[other] { $n } أسبوعا
    }
