# Mails: the words of content/locales/en/mail.ftl in Arabic. Unofficial translation. Above each stands the English it was made from.

mail-ready = yes
# en: [{ $form }] { $act }: «{ $title }» – { $reference }
mail-subject = [{ $form }] { $act }: «{ $title }» – { $reference }
# en: [{ $form }] { $act }: «{ $title }» – { $who } – { $reference }
mail-subject-alert = [{ $form }] { $act }: «{ $title }» – { $who } – { $reference }
# en: “{ $title }”
mail-title = «{ $title }»
# en: Hello,
mail-hello = تحية طيبة وبعد،
# en: Dear { $name },
mail-dear = حضرة { $name }، تحية طيبة وبعد،
# en: Demonstration. Invented data; not the position of any State or organization.
mail-demo = نسخة تجريبية. البيانات مختلقة ولا تعبّر عن موقف أي دولة أو منظمة.
# en: Form:
mail-fact-form = الاستمارة:
# en: Title:
mail-fact-title = العنوان:
# en: Reference:
mail-fact-reference = الرقم المرجعي:
# en: Date:
mail-fact-date = التاريخ:
# en: Who:
mail-fact-who = الجهة:
# en: Where:
mail-fact-where = المكان:
# en: Objectives:
mail-fact-objectives = الأهداف:
# en: Until:
mail-fact-ends = حتى:
# en: Submitted:
mail-fact-submitted = التقديم:
# en: Received
mail-receipt-act = تم الاستلام
# en: Thank you. What you sent has arrived.
mail-receipt-intro = نشكركم. لقد وصلنا ما أرسلتموه.
# en: Please confirm your e-mail address
mail-confirm = يرجى تأكيد عنوان بريدكم الإلكتروني
# en: Open this link and press the button. You then get a copy of your answers.
mail-confirm-hint = افتحوا هذا الرابط واضغطوا على الزر، وستتلقون بعد ذلك نسخة من إجاباتكم.
# en: Confirm my e-mail address
mail-confirm-link = تأكيد عنوان بريدي الإلكتروني
# en: If you did not send us anything, somebody typed your address by mistake. You need not do anything.
mail-confirm-not-you = إذا لم ترسلوا إلينا شيئا، فقد كُتب عنوانكم خطأ، ولا يلزمكم القيام بأي إجراء.
# en: What happens next
mail-next = الخطوة التالية
# en: We read it and answer you within { $within }. If something has to change, you are told exactly what.
mail-next-publication = سنقرأ ما أرسلتموه ونرد عليكم في غضون { $within }. وإذا تعيّن تغيير شيء، فسنخبركم به على وجه التحديد.
# en: We read your request and answer you within { $within }. If something is missing, you are told exactly what.
mail-next-request = سنقرأ طلبكم ونرد عليكم في غضون { $within }. وإذا كان ينقصه شيء، فسنخبركم به على وجه التحديد.
# en: Your answers
mail-answers-act = إجاباتكم
# en: Thank you for confirming your address. This is a copy of what you sent.
mail-answers-intro = نشكركم على تأكيد عنوانكم. وفيما يلي نسخة مما أرسلتموه.
# en: Please make changes
mail-changes-requested-act = يرجى إدخال تعديلات
# en: We have read what you sent. Before we can go on, something has to change.
mail-changes-requested-intro = لقد قرأنا ما أرسلتموه. وقبل أن نتمكن من المضي قدما، يلزم إدخال تعديلات.
# en: Open your own page to make the changes. All your answers are still there: change only what is asked.
mail-changes-requested-how = افتحوا صفحتكم الخاصة لإدخال التعديلات. إجاباتكم كلها محفوظة فيها، فلا تغيّروا إلا ما هو مطلوب.
# en: Published
mail-published-act = تم النشر
# en: Thank you. What you sent is now public.
mail-published-intro = نشكركم. ما أرسلتموه منشور الآن للجمهور.
# en: See it as everybody sees it
mail-published-link = الاطلاع عليه كما يراه الجميع
# en: It is shown together with the record it reports on.
mail-published-elsewhere = يُعرض مع السجل الذي يتناوله.
# en: Accepted
mail-accepted-act = تم القبول
# en: Your request has been accepted. We contact you to agree on the next steps.
mail-accepted-intro = قُبل طلبكم. وسنتصل بكم للاتفاق على الخطوات التالية.
# en: Not published
mail-declined-publication-act = لم يُنشر
# en: Thank you for what you sent and for the work in it. We have read it with care. It will not be published.
mail-declined-publication = نشكركم على ما أرسلتموه وعلى ما بُذل فيه من جهد. لقد قرأناه بعناية، ولن يُنشر.
# en: Cannot be supported at this time
mail-declined-request-act = يتعذر تقديم الدعم في الوقت الحالي
# en: Thank you for your request. We have read it with care. It cannot be supported at this time.
mail-declined-request = نشكركم على طلبكم. لقد قرأناه بعناية، ويتعذر دعمه في الوقت الحالي.
# en: Correction not published
mail-declined-correction-act = لم يُنشر التصويب
# en: Thank you for your correction. We have read it with care. It will not be published; what is public stays as it is.
mail-declined-correction = نشكركم على التصويب. لقد قرأناه بعناية، ولن يُنشر؛ ويبقى ما هو منشور على حاله.
# en: It lies outside what is collected here.
mail-because-outside-scope = فهو خارج نطاق ما يُجمع هنا.
# en: It lies outside what the Network can support.
mail-because-outside-scope-request = فهو خارج نطاق ما يمكن للشبكة دعمه.
# en: It does not fall within the dates asked for.
mail-because-not-within-dates = فهو لا يقع ضمن التواريخ المطلوبة.
# en: The Network cannot give the support by the dates you need.
mail-because-not-within-dates-request = إذ لا يمكن للشبكة تقديم الدعم في التواريخ التي تحتاجون إليها.
# en: It does not say enough to be assessed. You are welcome to send it again with more detail.
mail-because-incomplete = فما ورد فيه لا يكفي لتقييمه. ويسرنا أن ترسلوه مرة أخرى بمزيد من التفاصيل.
# en: Please use another form
mail-refiled-act = يرجى استخدام استمارة أخرى
# en: Thank you for what you sent. It belongs in another form, so we began that one for you, with your answers that fit. Nothing is asked twice, but some questions are new, consents and files among them.
mail-refiled = نشكركم على ما أرسلتموه. مكانه استمارة أخرى، ولذلك بدأناها لكم بما يناسبها من إجاباتكم. لن يُسأل عن شيء مرتين، غير أن بعض الأسئلة جديدة، ومنها الموافقات والملفات.
# en: Complete the form: { $form }
mail-refiled-go-on = استكمال الاستمارة: { $form }
# en: The link works until { $day }. What you sent at first is closed; you can still read it.
mail-refiled-kept = يعمل الرابط حتى { $day }. أُغلق ما أرسلتموه أولا، ولا يزال بإمكانكم قراءته.
# en: You are mentioned
mail-alert-mention-act = ذُكر اسمكم
# en: { $name } mentioned you in a note for colleagues:
mail-why-mention = ذكركم { $name } في ملاحظة للزملاء:
# en: It is here already, sent by you or by somebody else, so nothing of it is lost.
mail-because-duplicate = فهو موجود هنا بالفعل، أرسلتموه أنتم أو أرسلته جهة أخرى، فلا يضيع منه شيء.
# en: The Network is working on the same request already, sent by you or by somebody else.
mail-because-duplicate-request = فالشبكة تعمل بالفعل على الطلب نفسه، أرسلتموه أنتم أو أرسلته جهة أخرى.
# en: If you would like to know more, please write to us on your own page.
mail-because-other = إذا أردتم معرفة المزيد، فاكتبوا إلينا من صفحتكم الخاصة.
# en: Where you can find help
mail-signposts-act = أين يمكنكم الحصول على المساعدة
# en: [{ $form }] { $act } – { $reference }
mail-subject-signposts = [{ $form }] { $act } – { $reference }
# en: Thank you for writing to us. We are sorry that you are in a difficult situation.
mail-signposts-intro = نشكركم على مراسلتنا. ونأسف لأنكم تمرون بظروف صعبة.
# en: We work with governments and organizations and cannot help in personal cases: we have no staff who could take yours on, and it would be wrong to let you wait for us. These services can help, free of charge:
mail-signposts-why = نحن نعمل مع الحكومات والمنظمات ولا يمكننا المساعدة في الحالات الشخصية: فليس لدينا موظفون يمكنهم تولي حالتكم، وليس من الصواب أن ندعكم تنتظروننا. ويمكن للجهات التالية أن تساعدكم مجانا:
# en: If you or somebody near you is in danger, call the emergency number of the country you are in.
mail-signposts-danger = إذا كنتم في خطر أو كان أحد بالقرب منكم في خطر، فاتصلوا برقم الطوارئ في البلد الذي أنتم فيه.
# en: What you wrote is not published and not passed on.
mail-signposts-private = لن يُنشر ما كتبتموه ولن يُطلع عليه أحد غيرنا.
# en: Personal plea for help
mail-plea = طلب مساعدة شخصية
# en: Closed
mail-closed-act = أُغلق الطلب
# en: Your request has been closed.
mail-closed-intro = أُغلق طلبكم.
# en: Scheduled
mail-scheduled-act = حُدد الموعد
# en: What you asked for is scheduled.
mail-scheduled-intro = حُدد موعد ما طلبتموه.
# en: An entry for your calendar is attached.
mail-scheduled-calendar = مرفق مدخل لتقويمكم.
# en: Moved
mail-rescheduled-act = نُقل الموعد
# en: What you asked for has been moved. This is the new time:
mail-rescheduled-intro = نُقل موعد ما طلبتموه. وهذا هو الموعد الجديد:
# en: The attached entry takes the place of the one in your calendar.
mail-rescheduled-calendar = يحل المدخل المرفق محل المدخل الموجود في تقويمكم.
# en: Called off
mail-cancelled-act = أُلغي الموعد
# en: The appointment below will not take place. Your request stays open; we write to you when there is another one.
mail-cancelled-intro = لن يُعقد الموعد المذكور أدناه. ويبقى طلبكم مفتوحا، وسنكتب إليكم عند تحديد موعد آخر.
# en: The attached entry removes it from your calendar.
mail-cancelled-calendar = المدخل المرفق يزيله من تقويمكم.
# en: When:
mail-fact-when = الموعد:
# en: Where:
mail-fact-place = المكان:
# en: With:
mail-fact-people = مع:
# en: No longer public
mail-unpublished-act = لم يعد منشورا
# en: What you sent is no longer public.
mail-unpublished-intro = ما أرسلتموه لم يعد منشورا للجمهور.
# en: A note to you
mail-note-act = ملاحظة موجهة إليكم
# en: You can answer on your own page.
mail-note-how = يمكنكم الرد في صفحتكم الخاصة.
# en: Your link
mail-link-act = الرابط الخاص بكم
# en: Somebody asked for the link to your own page, with the reference and this address.
mail-link-intro = طلب شخص ما الرابط المؤدي إلى صفحتكم الخاصة، مستخدما الرقم المرجعي وهذا العنوان.
# en: This address is not confirmed yet. Open this link and press the button; your own page then opens.
mail-link-confirm = لم يؤكَّد هذا العنوان بعد. افتحوا هذا الرابط واضغطوا على الزر، وستُفتح صفحتكم الخاصة بعد ذلك.
# en: If it was not you, you need not do anything: the link came to you alone.
mail-link-not-you = إذا لم تكونوا أنتم من طلبه، فلا يلزمكم القيام بأي إجراء: فالرابط لم يُرسل إلا إليكم.
# en: Change of address
mail-address-change-act = تغيير العنوان
# en: Somebody who knows the reference and this address asks to use another e-mail address from now on:
mail-address-change-intro = يطلب شخص يعرف الرقم المرجعي وهذا العنوان استخدام عنوان بريد إلكتروني آخر من الآن فصاعدا:
# en: Open this link to say yes or no. If you do nothing, a moderator decides.
mail-address-change-how = افتحوا هذا الرابط للموافقة أو الرفض. وإذا لم تفعلوا شيئا، فسيبت أحد المشرفين في الأمر.
# en: Say yes or no
mail-address-change-link = الموافقة أو الرفض
# en: A moderator writes to you:
mail-message = رسالة إليكم من أحد المشرفين:
# en: Your own page
mail-own = صفحتكم الخاصة
# en: See where it stands, and correct or withdraw it. Whoever has this link can do so too: pass it on only to colleagues who work on it.
mail-own-change = اطلعوا على ما آل إليه ما أرسلتموه، وصوّبوه أو اسحبوه. وكل من لديه هذا الرابط يمكنه القيام بذلك أيضا: فلا تعطوه إلا للزملاء الذين يعملون عليه معكم.
# en: See where it stands and what was decided.
mail-own-see = اطلعوا على ما آل إليه ما أرسلتموه وعلى ما تقرر بشأنه.
# en: Open your own page
mail-own-link = فتح صفحتكم الخاصة
# en: New
mail-alert-new-act = جديد
# en: Something new has come in.
mail-alert-new-intro = ورد شيء جديد.
# en: Resubmitted
mail-alert-resubmitted-act = أعيد تقديمه
# en: It has come back from its submitter, with changes.
mail-alert-resubmitted-intro = أعاده مقدّمه مع تعديلات.
# en: A note
mail-alert-note-act = ملاحظة
# en: Its submitter has written to the Network: a note, or a request to use another e-mail address.
mail-alert-note-intro = كتب مقدّمه إلى الشبكة: ملاحظة، أو طلبا لاستخدام عنوان بريد إلكتروني آخر.
# en: Needs a moderator
mail-alert-moderator = يحتاج إلى مشرف
# en: For information
mail-alert-information = للعلم
# en: Open the record
mail-record = فتح السجل
# en: Change what you follow
mail-alerts = تغيير ما تتابعونه
# en: You get this because of what you follow.
mail-why = تتلقون هذه الرسالة بسبب ما تتابعونه.
# en: You get this because you follow everything.
mail-why-all = تتلقون هذه الرسالة لأنكم تتابعون كل شيء.
# en: You get this because you follow { $forms }.
mail-why-form = تتلقون هذه الرسالة لأنكم تتابعون { $forms }.
# en: You get this because you follow all forms in { $region }.
mail-why-region = تتلقون هذه الرسالة لأنكم تتابعون جميع الاستمارات في منطقة { $region }.
# en: You get this because you follow { $forms } in { $region }.
mail-why-form-region = تتلقون هذه الرسالة لأنكم تتابعون { $forms } في منطقة { $region }.
# en: [{ $form }] { $act }
mail-subject-plain = [{ $form }] { $act }
# en: Do you take part?
mail-party-asked-act = هل تشاركون؟
# en: Somebody has named you as taking part in a pledge.
mail-party-asked-intro = ذكركم شخص ما بوصفكم من المشاركين في تعهد.
# en: Read it, and confirm, decline or correct your part:
mail-party-asked-link = اقرأوا التعهد وأكدوا مشاركتكم أو ارفضوها أو صوّبوها:
# en: Nobody is named in public before confirming.
mail-party-asked-rule = لا يُذكر أحد علنا قبل أن يؤكد مشاركته.
# en: If this does not concern you, choose Decline on that page, or do nothing.
mail-party-asked-not-you = إذا كان هذا لا يعنيكم، فاختاروا الرفض في تلك الصفحة، أو لا تفعلوا شيئا.
# en: Report on all your pledges
mail-sitting-act = الإبلاغ عن جميع تعهداتكم
# en: With this link you report on all your pledges in one table. Fill in only what has changed.
mail-sitting-intro = بهذا الرابط تبلغون عن جميع تعهداتكم في جدول واحد. ولا تملؤوا إلا ما تغيّر.
# en: Open the table
mail-sitting-link = فتح الجدول
# en: The link is good for seven days. Whoever has it can report for you.
mail-sitting-days = الرابط صالح لمدة سبعة أيام. وكل من لديه هذا الرابط يمكنه الإبلاغ باسمكم.
# en: If you did not ask for it, you need not do anything.
mail-sitting-not-you = إذا لم تطلبوه، فلا يلزمكم القيام بأي إجراء.
# en: Reports received
mail-sitting-receipt-act = تم استلام التقارير
# en: Thank you. These reports have arrived:
mail-sitting-receipt-intro = نشكركم. لقد وصلت التقارير التالية:
# en: Each link opens the report’s own page, where you see where it stands.
mail-sitting-receipt-links = يفتح كل رابط الصفحة الخاصة بالتقرير، حيث يمكنكم متابعة ما آل إليه.
# en: Your draft
mail-draft-link-act = مسودتكم
# en: This link opens your draft again, on any device.
mail-draft-link-intro = هذا الرابط يفتح مسودتكم من جديد على أي جهاز.
# en: Your draft will be deleted soon
mail-draft-reminder-act = ستُحذف مسودتكم قريبا
# en: You have started to fill in a form and not sent it yet.
mail-draft-reminder-intro = لقد بدأتم ملء استمارة ولم ترسلوها بعد.
# en: Open your draft
mail-draft-open = فتح مسودتكم
# en: Your draft is kept until { $date }. Each time you save it, it is kept for 60 days more.
mail-draft-kept = تُحفظ مسودتكم حتى { $date }. وفي كل مرة تحفظونها فيها يمتد ذلك 60 يوما أخرى.
# en: It will be deleted on { $date }, unless you open it and save it once more. If you do not need it any more, you need not do anything.
mail-draft-goes = ستُحذف في { $date } ما لم تفتحوها وتحفظوها مرة أخرى. وإذا لم تعودوا بحاجة إليها، فلا يلزمكم القيام بأي إجراء.
# en: Whoever has this link can change the draft and send it: pass it on only to colleagues who work on it.
mail-draft-pass-on = كل من لديه هذا الرابط يمكنه تغيير المسودة وإرسالها: فلا تعطوه إلا للزملاء الذين يعملون عليها معكم.
# en: If you did not ask for this, somebody typed your address by mistake. You need not do anything.
mail-draft-not-you = إذا لم تطلبوا ذلك، فقد كُتب عنوانكم خطأ، ولا يلزمكم القيام بأي إجراء.
# en: For you
mail-alert-assigned-act = موجّه إليكم
# en: A colleague gave you this to look after.
mail-alert-assigned-intro = أسند إليكم أحد الزملاء هذا لمتابعته.
# en: You get this because you look after this record.
mail-why-assigned = تتلقون هذه الرسالة لأنكم تتولون متابعة هذا السجل.
# en: Mail came back
mail-alert-bounced-act = أعيدت الرسالة
# en: The mail about your decision came back: its address takes no mail. The record shows what the mail server said; there you can also put the address right.
mail-alert-bounced-intro = أعيدت الرسالة المتعلقة بقراركم: فعنوانها لا يتلقى بريدا. ويبين السجل ما ذكره خادم البريد، ويمكنكم فيه أيضا تصويب العنوان.
# en: You get this because you decided.
mail-why-decided = تتلقون هذه الرسالة لأنكم اتخذتم القرار.
# en: Changes still open
mail-reminder-changes-act = التعديلات لا تزال مطلوبة
# en: Some time ago we asked you for changes. We have not heard from you since.
mail-reminder-changes-intro = طلبنا منكم قبل فترة إدخال تعديلات، ولم يصلنا منكم رد منذ ذلك الحين.
# en: Open your own page to make the changes. If you do not wish to go on, withdraw there what you sent, and we do not remind you again.
mail-reminder-changes-how = افتحوا صفحتكم الخاصة لإدخال التعديلات. وإذا كنتم لا ترغبون في المضي قدما، فاسحبوا فيها ما أرسلتموه، ولن نذكّركم مرة أخرى.
# en: Please report
mail-reminder-report-act = يرجى الإبلاغ
# en: Nothing was reported on this for some time. A short report keeps it up to date, and is ready for the next review.
mail-reminder-report-intro = لم يرد أي تقرير عن هذا منذ فترة. ومن شأن تقرير قصير أن يبقيه محدّثا وجاهزا للاستعراض المقبل.
# en: Report on it
mail-reminder-report-link = الإبلاغ عنه
# en: On that page you report on all that you have published at once. We remind you once, whatever their number.
mail-reminder-report-many = في تلك الصفحة تبلغون دفعة واحدة عن كل ما نشرتموه. ولا نذكّركم إلا مرة واحدة، أيا كان عدده.
# en: Is this still up to date?
mail-reminder-update-act = هل هذا لا يزال محدّثا؟
# en: When this was published, it was not finished yet. It may have ended since, or there may be new results.
mail-reminder-update-intro = لم يكن هذا قد اكتمل عند نشره. وربما انتهى منذ ذلك الحين أو ظهرت نتائج جديدة.
# en: If something has changed, correct it on your own page. If nothing has changed, you need not do anything.
mail-reminder-update-how = إذا تغيّر شيء، فصوّبوه في صفحتكم الخاصة. وإذا لم يتغيّر شيء، فلا يلزمكم القيام بأي إجراء.
# en: This is not an official United Nations site.
mail-foot-unofficial = هذا ليس موقعا رسميا للأمم المتحدة.
# en: If you have questions, reply to this mail or write to { $email }.
mail-foot-contact = إذا كانت لديكم أسئلة، فردوا على هذه الرسالة أو اكتبوا إلى { $email }.
# en: This mail was sent automatically. Replies are not read.
mail-foot-automatic = أُرسلت هذه الرسالة آليا. ولا تُقرأ الردود عليها.
# en: Please confirm your subscription
mail-subscription-asked-act = يرجى تأكيد اشتراككم
# en: Somebody, probably you, asked us to send news of what is published to this address:
mail-subscription-asked-intro = طلب منا شخص ما، ولعله أنتم، أن نرسل إلى هذا العنوان أخبار ما يُنشر:
# en: To receive these e-mails, open this link and confirm.
mail-subscription-confirm = لتلقي هذه الرسائل، افتحوا هذا الرابط وأكدوا.
# en: If you did not ask for this, you need not do anything: you will get no more e-mails, and we delete the address.
mail-subscription-not-you = إذا لم تطلبوا ذلك، فلا يلزمكم القيام بأي إجراء: لن تتلقوا رسائل أخرى، وسنحذف العنوان.
# en: Newly published
mail-news-act = نُشر حديثا
# en: [{ $noun }] Newly published: «{ $title }»
mail-news-one = [{ $noun }] نُشر حديثا: «{ $title }»
# en: [{ $forms }] { $n } newly published
mail-news-many = [{ $forms }] نُشر حديثا: { $n }
# en: Newly published: { $n }. You need not do anything.
mail-news-intro = نُشر حديثا: { $n }. ولا يلزمكم القيام بأي إجراء.
# en: You get this because you follow: { $what }
mail-news-why = تتلقون هذه الرسالة لأنكم تتابعون: { $what }
# en: Change what you follow
mail-news-change = تغيير ما تتابعونه
# en: Unsubscribe
mail-news-end = إلغاء الاشتراك
# en: Digest
mail-digest-act = موجز
# en: [Digest] { $counts }
mail-digest-subject = [موجز] { $counts }
# en: Waiting for a moderator: { $n }
mail-digest-duty = ينتظر مشرفا: { $n }
# en: New
mail-digest-new = جديد
# en: { $n } new
mail-digest-new-count = جديد: { $n }
# en: Resubmitted
mail-digest-resubmitted = أعيد تقديمه
# en: { $n } resubmitted
mail-digest-resubmitted-count = أعيد تقديمه: { $n }
# en: A note
mail-digest-note = ملاحظة
# en: { $n } with a note
mail-digest-note-count = مع ملاحظة: { $n }
# en: Published
mail-digest-published = منشور
# en: { $n } published
mail-digest-published-count = منشور: { $n }
# en: { $acts } – { $reference }
mail-digest-what = { $acts } – { $reference }
# en: You get this because of what you follow.
mail-digest-why-at-once = تتلقون هذه الرسالة بسبب ما تتابعونه.
# en: You get this once a day because of what you follow.
mail-digest-why-daily = تتلقون هذه الرسالة مرة في اليوم بسبب ما تتابعونه.
# en: You get this once a week because of what you follow.
mail-digest-why-weekly = تتلقون هذه الرسالة مرة في الأسبوع بسبب ما تتابعونه.
# en: Stop these mails
mail-alerts-stop = إيقاف هذه الرسائل
# en: Mute this one
mail-alerts-mute = كتم هذا السجل
# en: You get this because a rule of the Network leads it to this address.
mail-why-rule = تتلقون هذه الرسالة لأن قاعدة من قواعد الشبكة توجهها إلى هذا العنوان.
# en: Overdue
mail-digest-overdue = متأخر
# en: { $n } overdue
mail-digest-overdue-count = متأخر: { $n }
# en: From what you sent, we could not yet see that it meets these criteria:
mail-criteria = لم يتبين لنا بعد مما أرسلتموه أنه يستوفي المعايير التالية:
# en: Edited by the Network
mail-edited-act = حررته الشبكة
# en: added:
mail-edited-added = أضيف:
# en: Please say on your own page whether you agree.
mail-edited-agree = يرجى أن تبينوا في صفحتكم الخاصة ما إذا كنتم موافقين.
# en: The Network has edited the text of your submission. What was changed and why stands below and on your own page.
mail-edited-intro = حررت الشبكة نص ما قدمتموه. ويرد أدناه وفي صفحتكم الخاصة ما تغيّر وسبب تغييره.
# en: If you are content, you need do nothing. If not, please object on your own page.
mail-edited-object = إذا كنتم موافقين، فلا يلزمكم القيام بأي إجراء. وإلا فيرجى الاعتراض في صفحتكم الخاصة.
# en: The Network asks you to agree to a change of your submission. Nothing changes unless you agree. What would change and why stands below and on your own page.
mail-edited-proposal = تطلب الشبكة موافقتكم على تغيير ما قدمتموه. ولا يتغير شيء ما لم توافقوا. ويرد أدناه وفي صفحتكم الخاصة ما سيتغيّر وسببه.
# en: removed:
mail-edited-removed = حُذف:
# en: The Network has entered this for you, from what reached it by note verbale, by e-mail or on paper. Please check that it is right.
mail-entered = أدخلت الشبكة هذا نيابة عنكم، استنادا إلى ما وصلها بمذكرة شفوية أو بالبريد الإلكتروني أو على الورق. ويرجى التحقق من صحته.
