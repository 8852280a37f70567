"""The words by which questions, their answers, records and contacts are recognised, in a table for
each language.

The words of all languages apply to every document, since the language that a file states is often
wrong, and no word means something else in another of the four languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields

from builder.base.immutable import immutable


@immutable
class Words:
    """The words of a language, in lower case. `answer` to `shuffle` are looked for before a colon,
    `write` and `arrange` at the start of a text, `judged_right` and `judged_wrong` at the start of
    feedback, `heads_…` in column headings, and all others within a text. `count` are verbs before a
    number of options, as in “select two”. `leads` are words that can precede an address in a
    sentence."""

    answer: tuple[str, ...]
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    partly: tuple[str, ...]
    explanation: tuple[str, ...]
    hint: tuple[str, ...]
    points: tuple[str, ...]
    kind: tuple[str, ...]
    title: tuple[str, ...]
    shuffle: tuple[str, ...]
    option: tuple[str, ...]
    question: tuple[str, ...]
    key: tuple[str, ...]
    true: tuple[str, ...]
    false: tuple[str, ...]
    correct: tuple[str, ...]
    judged_right: tuple[str, ...]
    judged_wrong: tuple[str, ...]
    conjunction: tuple[str, ...]
    choose: tuple[str, ...]
    true_or_false: tuple[str, ...]
    fill: tuple[str, ...]
    match: tuple[str, ...]
    order: tuple[str, ...]
    arrange: tuple[str, ...]
    count: tuple[str, ...]
    write: tuple[str, ...]
    quiz: tuple[str, ...]
    no_quiz: tuple[str, ...]
    heads_question: tuple[str, ...]
    heads_answer: tuple[str, ...]
    heads_date: tuple[str, ...]
    heads_reading: tuple[str, ...]
    heads_signature: tuple[str, ...]
    heads_number: tuple[str, ...]
    heads_grade: tuple[str, ...]
    tags: tuple[str, ...]
    name: tuple[str, ...]
    role: tuple[str, ...]
    phone: tuple[str, ...]
    email: tuple[str, ...]
    address: tuple[str, ...]
    hours: tuple[str, ...]
    leads: tuple[str, ...]


def _list(words: str) -> tuple[str, ...]:
    return tuple(words.split(" | "))


ENGLISH = Words(
    answer=_list(
        "the correct answer | the right answer | correct answer | right answer | "
        "correct response | correct option | correct choice | correct order | right order | "
        "correct matches | model answer | suggested answer | answer key | answer | ans | key"
    ),
    right=_list(
        "correct feedback | feedback if correct | feedback for correct | feedback (correct) | "
        "if correct | if right | for any correct response | correct"
    ),
    wrong=_list(
        "incorrect feedback | feedback if incorrect | feedback for incorrect | "
        "feedback (incorrect) | wrong feedback | if incorrect | if wrong | "
        "for any incorrect response | incorrect"
    ),
    partly=_list(
        "partially correct feedback | partly correct feedback | if partly correct | "
        "feedback if partly correct | if partially correct | "
        "for any partially correct response | partially correct"
    ),
    explanation=_list(
        "general feedback | overall feedback | feedback | explanation | rationale | reason | "
        "justification | why"
    ),
    hint=_list("hint | clue"),
    points=_list("points | point | marks | mark | score | weight | default mark | default grade"),
    kind=_list("question type | type"),
    title=_list("question title | title"),
    shuffle=_list("randomize | randomise | shuffle"),
    option=_list("option | answer | choice | response | distractor"),
    question=_list("question | q"),
    key=_list(
        "answers | answer key | answers key | key | correct answers | answer sheet | "
        "right answers | quiz answers | solutions | key to the questions | "
        "answers to the questions | answers to questions | marking key"
    ),
    true=_list("true | t"),
    false=_list("false | f"),
    correct=_list("correct | right | correct answer | right answer | answer | true answer"),
    judged_right=_list(
        "correct | right | that's right | that is right | that's correct | that is correct | "
        "right answer | correct answer | the right answer | the correct answer | "
        "right response | correct response | "
        "you're right | you are right | well done"
    ),
    judged_wrong=_list(
        "incorrect | wrong | not correct | not right | not quite | not quite right | "
        "that's wrong | that is wrong | that's incorrect | that is incorrect | that's not right | "
        "that is not right | that's not quite right | wrong answer | incorrect answer | "
        "wrong response | incorrect response"
    ),
    conjunction=_list("and"),
    choose=_list(
        "choose | select | tick | circle | which of the following | which of these | "
        "pick the | pick one | pick two | pick three | pick all | mark the | multiple choice | "
        "which one"
    ),
    true_or_false=_list("true or false | true/false | t/f | true / false | t or f | t / f"),
    fill=_list(
        "fill in the blanks | fill in the blank | fill in the gaps | fill in the gap | "
        "fill-in the blanks | fill-in the blank | fill-in-the-blanks | fill-in-the-blank | "
        "fill in blanks | gap fill | "
        "fill the gaps | fill the blanks | missing words | missing word | "
        "complete the sentence | complete the sentences | complete the following"
    ),
    match=_list(
        "match the | match each | match every | match these | match up | match words | "
        "match items | match with | match: | match these | pair the | pair each | "
        "draw a line from | draw lines | connect each | matching"
    ),
    order=_list(
        "in order | in the right order | in the correct order | into order | "
        "into the right order | into the correct order | in sequence | correct order | "
        "right order | order the following | order these | arrange the following | "
        "arrange these | rank the following | rank these | sort the following"
    ),
    arrange=_list("order | arrange | rearrange | rank | sort | put | place | number | sequence"),
    count=_list("select | choose | pick | tick | circle | mark | check"),
    write=_list(
        "describe | explain | discuss | list | name | give | state | outline | write | identify | "
        "define | compare | summarise | summarize | reflect | think of | think about | tell | "
        "what | why | how | who | where | when | which"
    ),
    quiz=_list(
        "quiz | quizzes | questions | test your knowledge | test your understanding | "
        "test yourself | knowledge check | check your knowledge | check your understanding | "
        "check your learning | exam | self-test | knowledge test | multiple choice | final test"
    ),
    no_quiz=_list(
        "frequently asked | frequently-asked | faq | faqs | any questions | questions to ask | "
        "questions and answers | questions & answers | q&a | q & a | common questions"
    ),
    heads_question=_list(
        "question | questions | item | competence | competency | criterion | criteria | "
        "outcome | learning outcome | standard | topic | task | what i need to know | "
        "what i have done | what i have read | what i have learned | what i have learnt | "
        "what i have seen | what i did | what i must do | what i must know | what i have to do | "
        "what i have to know | what i need to do | what to do | activity | checklist"
    ),
    heads_answer=_list(
        "answer | answers | your answer | response | responses | notes | evidence | comments | "
        "comment | my answer"
    ),
    heads_date=_list("date | dates | completed on | achieved on | date achieved | date completed"),
    heads_reading=_list(
        "further reading | reading | read more | where to read more | resources | see | "
        "see also | reference | references | further information | where to look"
    ),
    heads_signature=_list(
        "signature | signatures | signed | signed by | signed off | sign | sign off | "
        "sign-off | initials"
    ),
    heads_number=_list("no | no. | number | # | nr | q"),
    heads_grade=_list("grade | mark"),
    tags=_list("tags"),
    name=_list("name | contact | who | organisation | organization | agency | service | team"),
    role=_list("role | job title | title | position | responsibility"),
    phone=_list(
        "phone | telephone | tel | tel. | mobile | mob | phone number | telephone number | "
        "contact number | number | out of hours number | helpline"
    ),
    email=_list("email | e-mail | email address | e-mail address | mail"),
    address=_list("address | postal address | location | website | web | web address | where"),
    hours=_list("hours | opening hours | office hours | opening times | when | available"),
    leads=_list(
        "at | see | visit | on | from | to | via | in | of | is | the | a | an | or | and | "
        "under | our | their"
    ),
)

WELSH = Words(
    answer=_list("yr ateb cywir | ateb cywir | trefn gywir | ateb"),
    right=_list("adborth cywir | os yn gywir | cywir"),
    wrong=_list("adborth anghywir | os yn anghywir | anghywir"),
    partly=_list("adborth rhannol gywir | os yn rhannol gywir | rhannol gywir"),
    explanation=_list("adborth cyffredinol | adborth | esboniad | eglurhad | rheswm"),
    hint=_list("awgrym | cliw"),
    points=_list("pwyntiau | pwynt | marciau | marc"),
    kind=_list("math o gwestiwn | math"),
    title=_list("teitl"),
    shuffle=_list("cymysgu"),
    option=_list("opsiwn | ateb | dewis"),
    question=_list("cwestiwn"),
    key=_list("atebion | atebion cywir | allwedd | allwedd atebion"),
    true=_list("gwir | cywir"),
    false=_list("gau | anwir | ffug | anghywir"),
    correct=_list("cywir | ateb cywir"),
    judged_right=_list("cywir | da iawn"),
    judged_wrong=_list("anghywir"),
    conjunction=_list("ac"),
    choose=_list("dewiswch | ticiwch | pa un o | pa rai o | cylchwch"),
    true_or_false=_list(
        "gwir neu gau | gwir / gau | gwir/gau | cywir neu anghywir | gwir neu anwir"
    ),
    fill=_list("llenwch y bylchau | llenwch y bwlch | cwblhewch y frawddeg | gair coll"),
    match=_list("parwch | cyfatebwch | cysylltwch bob | cydweddwch"),
    order=_list("yn y drefn gywir | mewn trefn | trefn gywir"),
    arrange=_list("trefnwch | rhowch | rhifwch"),
    count=_list("dewiswch | ticiwch | cylchwch"),
    write=_list(
        "disgrifiwch | eglurwch | esboniwch | trafodwch | rhestrwch | enwch | rhowch | nodwch | "
        "ysgrifennwch | cymharwch | diffiniwch | meddyliwch am | beth | pam | sut | pwy | ble | "
        "pryd"
    ),
    quiz=_list("cwis | cwestiynau | prawf | profwch eich | gwiriwch eich"),
    no_quiz=_list("cwestiynau cyffredin"),
    heads_question=_list(
        "cwestiwn | cwestiynau | pwnc | tasg | gweithgaredd | rhestr wirio | "
        "beth rydw i wedi'i wneud | yr hyn rydw i wedi'i wneud"
    ),
    heads_answer=_list("ateb | atebion | eich ateb | ymateb | nodiadau | sylwadau | tystiolaeth"),
    heads_date=_list("dyddiad | dyddiad cyflawni | dyddiad cwblhau"),
    heads_reading=_list("darllen pellach | rhagor o wybodaeth | adnoddau | gweler | darllen"),
    heads_signature=_list("llofnod | llofnodwyd | llofnodion"),
    heads_number=_list("rhif"),
    heads_grade=_list("gradd | marc"),
    tags=_list("tagiau"),
    name=_list("enw | cyswllt | sefydliad | gwasanaeth | pwy | tîm"),
    role=_list("rôl | swydd | teitl"),
    phone=_list("ffôn | rhif ffôn | ffôn symudol | symudol | llinell gymorth"),
    email=_list("e-bost | ebost | cyfeiriad e-bost"),
    address=_list("cyfeiriad | gwefan | lleoliad"),
    hours=_list("oriau | oriau agor | oriau swyddfa"),
    leads=_list("yn | ar | i | o | gweler | y | yr | neu | a"),
)

FRENCH = Words(
    answer=_list(
        "la bonne réponse | bonne réponse | bonnes réponses | réponse correcte | "
        "réponses correctes | réponse attendue | ordre correct | bon ordre | réponse"
    ),
    right=_list("rétroaction correcte | si correct | si juste | correct | juste"),
    wrong=_list("rétroaction incorrecte | si incorrect | si faux | incorrect"),
    partly=_list("si partiellement correct | partiellement correct"),
    explanation=_list(
        "feedback général | rétroaction générale | rétroaction | explication | commentaire | "
        "justification"
    ),
    hint=_list("indice | astuce"),
    points=_list("points | point | pts | note par défaut"),
    kind=_list("type de question | type"),
    title=_list("titre"),
    shuffle=_list("mélanger"),
    option=_list("option | réponse | choix"),
    question=_list("question"),
    key=_list("réponses | corrigé | corrigés | clé de correction | bonnes réponses | solutions"),
    true=_list("vrai | v"),
    false=_list("faux | f"),
    correct=_list("correct | juste | bonne réponse | correcte"),
    judged_right=_list("correct | exact | juste | bravo"),
    judged_wrong=_list("incorrect | inexact | faux"),
    conjunction=_list("et"),
    choose=_list(
        "choisissez | sélectionnez | cochez | entourez | lequel des | laquelle des | "
        "lesquels des | lesquelles des | parmi les"
    ),
    true_or_false=_list("vrai ou faux | vrai/faux | vrai / faux | v/f | v / f"),
    fill=_list(
        "complétez la phrase | complétez les phrases | remplissez les blancs | mot manquant"
    ),
    match=_list("associez | reliez | faites correspondre | appariez | faire correspondre"),
    order=_list("dans l’ordre | dans l'ordre | dans le bon ordre | en ordre | bon ordre"),
    arrange=_list("classez | mettez | ordonnez | rangez | numérotez | remettez"),
    count=_list("choisissez | sélectionnez | cochez | entourez"),
    write=_list(
        "décrivez | expliquez | discutez | citez | nommez | donnez | énumérez | listez | "
        "indiquez | écrivez | définissez | comparez | résumez | réfléchissez | qu’est-ce que | "
        "qu'est-ce que | pourquoi | comment | qui | où | quand | que | quel | quelle | quels | "
        "quelles"
    ),
    quiz=_list("quiz | questionnaire | questions | testez vos | vérifiez vos | examen"),
    no_quiz=_list("foire aux questions | questions fréquentes"),
    heads_question=_list(
        "question | questions | critère | compétence | sujet | tâche | activité | "
        "ce que j’ai fait | ce que j'ai fait | ce que j’ai lu | ce que j'ai lu | "
        "ce que je dois savoir | ce que je dois faire"
    ),
    heads_answer=_list("réponse | réponses | votre réponse | notes | commentaires | preuve"),
    heads_date=_list("date | date d’obtention | date d'obtention | fait le"),
    heads_reading=_list(
        "pour en savoir plus | lecture | lectures | à lire | ressources | voir | "
        "lectures complémentaires | références"
    ),
    heads_signature=_list("signature | signé | signé par | visa | paraphe"),
    heads_number=_list("n° | numéro"),
    heads_grade=_list("note"),
    tags=_list("mots-clés | étiquettes"),
    name=_list("nom | contact | organisme | service | qui | équipe"),
    role=_list("rôle | fonction | poste"),
    phone=_list("téléphone | tél | tél. | portable | numéro de téléphone | mobile"),
    email=_list("courriel | adresse électronique | adresse e-mail | e-mail | mél"),
    address=_list("adresse | site | site web | lieu"),
    hours=_list("horaires | heures d’ouverture | heures d'ouverture | heures"),
    leads=_list("sur | à | voir | de | du | des | le | la | les | est | et | ou | dans | notre"),
)

ARABIC = Words(
    answer=_list(
        "الإجابة الصحيحة | الاجابة الصحيحة | الجواب الصحيح | الترتيب الصحيح | الإجابة | "
        "الاجابة | الجواب | إجابة | جواب"
    ),
    right=_list("إذا كانت صحيحة | تعليق الإجابة الصحيحة"),
    wrong=_list("إذا كانت خاطئة | تعليق الإجابة الخاطئة"),
    partly=_list("إذا كانت صحيحة جزئيا | إذا كانت صحيحة جزئيًا"),
    explanation=_list("التغذية الراجعة | تغذية راجعة | الشرح | شرح | التفسير | تفسير | السبب"),
    hint=_list("تلميح | مساعدة"),
    points=_list("نقاط | نقطة | النقاط | درجات | درجة | الدرجة"),
    kind=_list("نوع السؤال | النوع"),
    title=_list("العنوان"),
    shuffle=_list("خلط"),
    option=_list("الخيار | خيار | إجابة"),
    question=_list("السؤال | سؤال | س"),
    key=_list("الإجابات | الاجابات | الأجوبة | مفتاح الإجابات | مفتاح الإجابة | الإجابات الصحيحة"),
    true=_list("صحيح | صح | صواب"),
    false=_list("خطأ | خاطئ | غير صحيح"),
    correct=_list("صحيح | صحيحة | الإجابة الصحيحة"),
    judged_right=_list("صحيح | أحسنت"),
    judged_wrong=_list("خطأ | غير صحيح"),
    conjunction=_list("و"),
    choose=_list("اختر | اختاري | حدد | ضع علامة | ضع دائرة | أي مما يلي | أي من"),
    true_or_false=_list("صح أم خطأ | صح أو خطأ | صحيح أم خطأ | صواب أم خطأ | صحيح أو خطأ"),
    fill=_list("املأ الفراغ | أكمل الفراغ | أكمل الجملة | أكمل"),
    match=_list("صل بين | طابق | وفق بين | وصّل | اربط بين"),
    order=_list("بالترتيب | رتب | رتّب | الترتيب الصحيح"),
    arrange=_list("رتب | رتّب | رتبي"),
    count=_list("اختر | اختاري | حدد"),
    write=_list(
        "صف | اشرح | اذكر | عدد | عدّد | ناقش | اكتب | عرف | عرّف | قارن | وضح | وضّح | لخص | لخّص | "
        "ما | ماذا | لماذا | كيف | من | أين | متى"
    ),
    quiz=_list("اختبار | أسئلة | امتحان | اختبر"),
    no_quiz=_list("الأسئلة الشائعة"),
    heads_question=_list(
        "السؤال | سؤال | الأسئلة | المعيار | الموضوع | المهمة | النشاط | ما أنجزته | ما فعلته | "
        "ما قرأته"
    ),
    heads_answer=_list("الإجابة | الاجابة | الجواب | إجابتك | ملاحظات | الدليل"),
    heads_date=_list("التاريخ | تاريخ | تاريخ الإنجاز"),
    heads_reading=_list("قراءة إضافية | للمزيد | المراجع | مزيد من القراءة | انظر | المصادر"),
    heads_signature=_list("التوقيع | توقيع"),
    heads_number=_list("الرقم | رقم | م"),
    heads_grade=_list("الدرجة | علامة"),
    tags=_list("وسوم"),
    name=_list("الاسم | اسم | جهة الاتصال | الجهة | المؤسسة | من"),
    role=_list("الدور | الوظيفة | المنصب"),
    phone=_list("الهاتف | هاتف | رقم الهاتف | الجوال | جوال | المحمول"),
    email=_list("البريد الإلكتروني | بريد إلكتروني | البريد | الإيميل"),
    address=_list("العنوان | عنوان | الموقع"),
    hours=_list("ساعات العمل | الساعات | أوقات العمل | الدوام"),
    leads=_list("على | في | من | انظر | أو | و | إلى"),
)

LANGUAGES = {"en": ENGLISH, "cy": WELSH, "fr": FRENCH, "ar": ARABIC}


def _merged() -> Words:
    def both(name: str) -> tuple[str, ...]:
        every = [word for table in LANGUAGES.values() for word in getattr(table, name)]
        return tuple(sorted(dict.fromkeys(every), key=len, reverse=True))

    return Words(**{each.name: both(each.name) for each in fields(Words)})


EVERY = _merged()
"""The words of all languages together, the longest first, so that patterns match the longest."""


def one_of(words: Iterable[str]) -> str:
    """The source of a pattern that matches any of these words, with any white space between their
    parts and any form of apostrophe."""
    patterns = [re.escape(word).replace(r"\ ", r"\s+") for word in words]
    return "(?:" + "|".join(pattern.replace("'", "['’]") for pattern in patterns) + ")"


def word_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of these words in a text, in any case but not inside longer
    words."""
    return re.compile(rf"(?<!\w){one_of(words)}(?!\w)", re.IGNORECASE)


def normalised(text: str) -> str:
    """The text in the form of the words in this module, for comparison: in lower case, with single
    spaces, and without punctuation around it."""
    return " ".join(text.split()).casefold().strip(" .:;,!?*()[]\u00a0؟،؛“”\"'«»")
