# Who helps people in need, as mails name them.

# en: UNHCR help pages, for refugees and asylum-seekers
need-help-unhcr = صفحات المساعدة للمفوضية السامية للأمم المتحدة لشؤون اللاجئين، للاجئين وطالبي اللجوء
# en: International Organization for Migration, contacts by country
need-help-iom = المنظمة الدولية للهجرة، جهات الاتصال حسب البلد
# en: Red Cross and Red Crescent, to find missing family members
need-help-red-cross = الصليب الأحمر والهلال الأحمر، للبحث عن أفراد الأسرة المفقودين
# en: Child helplines, for children and young people, by country
need-help-children = خطوط مساعدة الطفل، للأطفال والشباب، حسب البلد
