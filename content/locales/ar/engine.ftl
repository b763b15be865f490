# Answers in words.

# en: Yes
answer-yes = نعم
# en: No
answer-no = لا
# en: Agreed
answer-agreed = أوافق
