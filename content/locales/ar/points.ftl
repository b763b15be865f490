# What mails say of the changes that are asked for.

# en: The whole submission
point-whole = ما قُدِّم بأكمله
# en: A question that is not asked any more
point-gone = سؤال لم يعد يُطرح
# en: Required
point-required = إلزامي
# en: Advisory
point-advisory = استرشادي
