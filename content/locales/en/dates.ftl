# How dates are written.
language-ready = yes
date-long = { $day } { $month } { $year }
date-month = { $month } { $year }
# When something takes place, in the time zone of the place.
appointment-span = { $start } to { $end } ({ $zone })
date-time = { $date }, { $time }
date-utc = { $time } UTC
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

# Within how long an answer is promised: "within { span }".
span-working-days =
    { $n ->
        [one] one working day
       *[other] { $n } working days
    }
span-days =
    { $n ->
        [one] one day
       *[other] { $n } days
    }
span-weeks =
    { $n ->
        [one] one week
       *[other] { $n } weeks
    }
