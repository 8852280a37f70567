"""Words in German, French, Spanish, Polish, Russian, Japanese, Chinese and Arabic for the columns
of a sheet, for options, for question types, and for true and false.

Like headings, the words are compared by letters and digits only.
"""

from __future__ import annotations

HEADS: dict[str, str] = {
    "Question": "Frage, Fragetext, Fragestellung, Aufgabe, Aufgabenstellung; énoncé, intitulé, "
    "texte de la question, intitulé de la question; pregunta, enunciado, texto de la pregunta; "
    "pytanie, treść pytania; вопрос, текст вопроса; 問題, 設問, 質問, 問題文; 题目, 問題, 问题, "
    "题干, 试题, 題目, 題幹, 題目內容, 题目内容; السؤال, سؤال, نص السؤال",
    "Right answer": "richtige Antwort, richtige Antworten, korrekte Antwort, Lösung, Antwort, "
    "richtige Option; bonne réponse, bonnes réponses, réponse correcte, réponses correctes, "
    "réponse, réponses; respuesta correcta, respuestas correctas, respuesta, opción correcta, "
    "solución; poprawna odpowiedź, prawidłowa odpowiedź, poprawne odpowiedzi, odpowiedź; "
    "правильный ответ, верный ответ, правильные ответы, ответ; 正解, 正答, 答え, 解答, 回答, "
    "想定回答, 模範解答; 正确答案, 答案, 正確答案, 标准答案, 参考答案, 正确选项; الإجابة الصحيحة, "
    "الاجابة الصحيحة, الجواب الصحيح, الإجابة, الجواب",
    "Category": "Kategorie, Thema, Bereich, Kapitel, Abschnitt; catégorie, thème, chapitre, "
    "domaine; categoría, tema, capítulo, sección; kategoria, temat, dział, rozdział; категория, "
    "тема, раздел, глава; 分類, カテゴリ, カテゴリー, 分野, 大分類; 类别, 分类, 類別, 章节; "
    "知识点; الفئة, التصنيف, الموضوع, القسم, الفصل",
    "Type": "Fragetyp, Fragentyp, Typ, Frageart; type de question; tipo, tipo de pregunta; typ "
    "pytania, rodzaj pytania; тип, тип вопроса; 種類, 問題形式, 形式; 题型, 类型, 題型, 類型, "
    "题目类型; النوع, نوع السؤال",
    "Explanation": "Erklärung, Begründung, Erläuterung; explication; explicación, "
    "justificación, retroalimentación; wyjaśnienie, uzasadnienie; объяснение, пояснение, "
    "обоснование; 解説, 説明; 解析, 解释, 答案解析, 试题解析, 詳解, 说明; الشرح, التفسير, التوضيح",
    "Points": "Punkte, Punktzahl; barème; puntos, puntuación; punkty; баллы, балл; 点数, 配点; "
    "分值, 分数, 配分; النقاط, الدرجة, العلامة",
    "Tags": "Schlagwörter, Stichwörter; mots clés, étiquettes; etiquetas, palabras clave; tagi, "
    "słowa kluczowe; теги, метки; タグ; 标签, 標籤; الوسوم, الكلمات المفتاحية",
    "Hint": "Hinweis, Tipp; indice, aide; pista, ayuda; wskazówka, podpowiedź; подсказка; ヒント; "
    "提示; تلميح",
    "Source": "Quelle, Fundstelle; fuente; źródło; источник; 出典; 来源, 出处; المصدر",
    "Tolerance": "Toleranz; tolérance; tolerancia; tolerancja; допуск; 許容誤差; 误差",
    "Unit": "Einheit; unité; unidad; jednostka; единица; 単位; 单位; الوحدة",
    "ID": "Kennung, Frage-ID; identifiant; identificador; identyfikator; идентификатор; 問題id; "
    "题目id; المعرف",
}
"""Headings in other languages, by the English heading of the column."""
OPTION = (
    "antwortmöglichkeit|antwort|auswahl|möglichkeit|réponse|choix|proposition|opción|respuesta"
    "|alternativa|odpowiedź|opcja|wariant|вариантответа|вариант|ответ|選択肢|选项|選項|答案|الخيار"
    "|خيار|الاختيار|اختيار|الإجابة|إجابة"
)
"""Words before the letter or number of an option in a heading, as a regular expression."""
FEEDBACK = (
    "rückmeldung|rétroaction|commentaire|retroalimentación|comentario|komentarz|комментарий"
    "|フィードバック|反馈|ملاحظة"
)
"""Words for an option's feedback in a heading, as a regular expression."""
LETTERS = ("абвгдежзик", "أبجدهوزحطي", "ابجدهوزحطي")
"""Letters of options in non-Latin alphabets, each alphabet in order."""
TYPES: dict[str, str] = {
    "single answer": "Einfachauswahl, Einzelauswahl, Einfachantwort; choix unique, QCU; opción "
    "única, selección única; jednokrotnego wyboru, jednokrotny wybór; одиночный выбор, один "
    "ответ; 単一選択, 択一; 单选题, 单选, 單選題, 單選; اختيار واحد",
    "multiple answers": "Mehrfachauswahl, Mehrfachantwort, Mehrfachantworten; réponses "
    "multiples; respuesta múltiple; wielokrotnego wyboru, wielokrotny wybór; множественный "
    "выбор, несколько ответов; 複数選択; 多选题, 多选, 多選題, 複選題; اختيارات متعددة",
    "choice": "Auswahl; choix multiple, choix multiples, QCM; opción múltiple, selección "
    "múltiple; test; выбор; 選択, 選択問題; 选择题, 選擇題; اختيار من متعدد",
    "true-false": "richtig/falsch, wahr/falsch, ja/nein; vrai/faux, vrai ou faux; "
    "verdadero/falso, verdadero o falso; prawda/fałsz; верно/неверно, да/нет, истина/ложь; 正誤, "
    "正誤問題; 判断题, 判断, 是非题, 判斷題, 是非題; صح وخطأ, صح أو خطأ, صواب أو خطأ",
    "fill-in": "Lückentext, Kurzantwort; texte à trous, réponse courte; respuesta corta, "
    "completar; uzupełnianie, krótka odpowiedź; краткий ответ; 穴埋め; 填空题, 填空, 填空題; ملء "
    "الفراغ",
    "numeric": "numerisch, Zahl; numérique; numérica; liczba; число; 数値; 数字题",
    "matching": "Zuordnung; appariement, association; emparejamiento, relacionar; dopasowanie; "
    "соответствие, сопоставление; 組み合わせ; 匹配题, 连线题, 配对题; مطابقة, توصيل",
    "sequencing": "Reihenfolge; classement, ordre; ordenar; kolejność; последовательность; "
    "並べ替え; 排序题, 排序題; ترتيب",
    "reflection": "Freitext, offene Frage; question ouverte, réponse libre; respuesta abierta, "
    "ensayo; pytanie otwarte; открытый вопрос, эссе; 記述, 自由記述, 記述式; 问答题, 简答题, "
    "論述題, 論述题, 简答; مقالي",
}
"""Words for question types in other languages, by the English word in a sheet."""
TRUE = (
    "richtig, ja; juste, oui, correct; sí, correcto; tak; верно, истина, да, правда; 正, 正しい; "
    "正确, 对, 正確, 對, 是; صح, صحيح, صواب, نعم"
)
FALSE = (
    "nein; non, incorrect; incorrecto; nie; неверно, ложь, нет; 誤, 誤り; 错误, 错, 錯誤, 錯, 否; "
    "خطأ, خاطئ, لا"
)
"""Words for true and false in other languages."""
SIGNS = {**dict.fromkeys("○◯√✓✔", "true"), **dict.fromkeys("×✗✕✘", "false")}
"""Signs for true and false, which contain no letters."""


def words(written: str) -> list[str]:
    """Split one of this module's lists of words at its commas and semicolons."""
    return [word.strip() for part in written.split(";") for word in part.split(",")]
