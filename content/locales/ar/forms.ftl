# What a form is called in mails, one and several. A form without a line here is called by its own words.
# en: Practice; Practices
form-practice = ممارسة
    .plural = الممارسات
# en: Pledge; Pledges
form-pledge = تعهد
    .plural = التعهدات
# en: Pledge implementation report; Pledge implementation reports
form-pledge-report = تقرير عن تنفيذ تعهد
    .plural = التقارير عن تنفيذ التعهدات
# en: Request for UN Country Team support; Requests for UN Country Team support
form-unct-support = طلب دعم لفريق الأمم المتحدة القطري
    .plural = طلبات دعم أفرقة الأمم المتحدة القطرية
# en: Request for guidance support; Requests for guidance support
form-guidance-support = طلب دعم بشأن إرشادات التنفيذ
    .plural = طلبات الدعم بشأن إرشادات التنفيذ
# en: Global Compact Talk; Global Compact Talks
form-gcm-talk = حوار بشأن الاتفاق العالمي
    .plural = الحوارات بشأن الاتفاق العالمي
# en: Request for a training; Requests for trainings
form-training = طلب تدريب
    .plural = طلبات التدريب
# en: Discussion post; Discussion posts
form-discussion-post = مساهمة في مناقشة
    .plural = المساهمات في المناقشات
# en: Voluntary report; Voluntary reports
form-voluntary-report = تقرير طوعي
    .plural = التقارير الطوعية
# en: Country Network; Country Networks
form-country-network = شبكة قطرية
    .plural = الشبكات القطرية
# en: Champion country; Champion countries
form-champion-country = بلد رائد
    .plural = البلدان الرائدة
# en: UN Country Team workshop; UN Country Team workshops
form-unct-workshop = حلقة عمل لفريق الأمم المتحدة القطري
    .plural = حلقات العمل لأفرقة الأمم المتحدة القطرية
# en: Joint programme; Joint programmes
form-joint-programme = برنامج مشترك
    .plural = البرامج المشتركة
# en: Contribution to the Fund; Contributions to the Fund
form-fund-contribution = مساهمة في الصندوق
    .plural = المساهمات في الصندوق
# en: Member of the Steering Committee; Members of the Steering Committee
form-fund-committee-member = عضو في اللجنة التوجيهية
    .plural = أعضاء اللجنة التوجيهية
# en: Consultation; Consultations
form-consultation = مشاورة
    .plural = المشاورات
# en: Review event; Reviews
form-review-event = مناسبة استعراض
    .plural = الاستعراضات
# en: Discussion space; Discussion spaces
form-discussion-space = حيز مناقشة
    .plural = أحياز المناقشة
# en: Call for practices; Calls for practices
form-call = دعوة إلى تقديم ممارسات
    .plural = الدعوات إلى تقديم ممارسات
# en: Text of a regional brief; Texts of regional briefs
form-brief-text = نص موجز إقليمي
    .plural = نصوص الموجزات الإقليمية
