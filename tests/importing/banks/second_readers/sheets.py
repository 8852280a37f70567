"""What a sheet holds, counted by second readers that share nothing with the first: one goes letter
by letter through a file of text, one through the XML of a workbook. They know of heads only how
they begin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from builder.base import zips
from builder.importing.document.tally import Counts

_ASKED = re.compile(
    r"(?i)\s*(?:question(?!s?\s*(?:type|de type)|\w* de type)|prompt|stem|frage(?!n?typ|n?art)"
    r"|aufgabe|énoncé|pregunta|enunciado|pytanie|treść|вопрос|текст вопроса|問題(?!形式|id)|設問"
    r"|質問|题目(?!类型|id)|题干|问题|试题(?!解析)|題目|السؤال|سؤال|نص السؤال)"
    r"(?!.*\b(?:id|type|name|bank|code)\b)"
)
_OFFERED = re.compile(
    r"(?i)\s*(?:(?:answer[ _-]?)?(?:option|answer|choice|response|alternative|item|pair|step"
    r"|antwort(?:möglichkeit)?|auswahl|möglichkeit|réponse|choix|proposition|opción|respuesta"
    r"|alternativa|odpowiedź|opcja|wariant|вариант(?: ответа)?|ответ|選択肢|选项|選項|答案"
    r"|ال(?:خيار|اختيار|إجابة)|خيار|اختيار|إجابة)?s?"
    r"[ _-]*(?:[a-z\u0430-\u0438\u0623-\u064a]|[0-9\uff10-\uff19]{1,2}))\s*:?\s*(?:\(.*\)|-.*)?\s*"
)
_TYPED = re.compile(
    r"(?i)\s*(?:(?:question[ _-]*)?(?:type|kind)|fragen?(?:typ|art)|typ(?: pytania)?"
    r"|type de question|tipo(?: de pregunta)?|тип(?: вопроса)?|種類"
    r"|(?:問題)?形式|[题題]型|类型|類型|题目类型"
    r"|النوع|نوع السؤال)\s*:?\s*(?:\(.*\))?\s*"
)
_RIGHT = re.compile(
    r"(?i)\s*(?:(?:right|correct)[ _-]*(?:(?:answer|option|response|choice)s?)?"
    r"|answers?(?:[ _-]*key)?|key|solution|(?:model|sample) answers?"
    r"|(?:richtige|korrekte) (?:antwort(?:en)?|option)|lösung|antwort|bonnes? réponses?"
    r"|réponses?(?: correctes?)?|respuestas?(?: correctas?)?|opción correcta|solución"
    r"|(?:poprawna |prawidłowa )?odpowiedź|(?:правильный |верный )?ответ|正解|正答|答え|解答|回答"
    r"|想定回答|模範解答|[正标参]?[确確准考]?答案|正确选项|الإجابة(?: الصحيحة)?"
    r"|الجواب(?: الصحيح)?)\s*:?\s*(?:\(.*\)|-.*)?\s*"
)
_TELLS = re.compile(
    r"(?i)feedback|comment|explanation|rationale|justification|hint|clue|^\s*why\b"
    r"|rückmeldung|erklärung|begründung|erläuterung|hinweis|tipp|rétroaction|explication|indice"
    r"|retroalim|explicación|pista|wyjaśnienie|uzasadnienie|wskazówka|объяснение|пояснение"
    r"|комментарий|подсказка|解説|説明|ヒント|解析|解释|提示|الشرح|التفسير|التوضيح|تلميح"
)
_TAGS = re.compile(
    r"(?i)\s*(?:tag|keyword|label|categor(?:y|ies)|topic|section|module|chapter|quiz|group|pool"
    r"|(?:question[ _-]*)?bank|kategorie|thema|bereich|kapitel|abschnitt|catégorie|thème|chapitre"
    r"|domaine|categoría|tema|capítulo|sección|kategoria|temat|dział|rozdział|категория|тема"
    r"|раздел|глава|分類|カテゴリー?|分野|大分類|类别|分类|類別|章节|知识点|الفئة|التصنيف|الموضوع"
    r"|القسم|الفصل|schlagwörter|stichwörter|étiquettes|etiquetas|tagi|теги|метки|タグ|标签"
    r")s?\s*:?\s*(?:\(.*\)|-.*)?\s*"
)
_TYPES = (
    (
        "true or false",
        r"true.*false|t ?/?f|yes ?/?no|richtig|wahr|ja ?/|vrai|verdadero|prawda|верно|истина|да ?/"
        r"|正誤|判[断斷]|是非|صح|صواب",
    ),
    ("number", r"num|zahl|liczba|число|数値|数字"),
    (
        "matching",
        r"match|pairs|drag|zuordnung|appariement|association|empareja|relacionar|dopasow|соответ"
        r"|сопостав|組み合わせ|匹配|连线|配对|مطابقة|توصيل",
    ),
    (
        "sequencing",
        r"sequenc|order|rank|sort|reihenfolge|classement|ordre|ordenar|kolejn|последов|並べ替え"
        r"|排序|ترتيب",
    ),
    ("likert", r"likert|scale|rating|survey"),
    ("performance", r"performance|task|steps|check ?list|practical"),
    (
        "reflection",
        r"reflection|essay|free|long|open|freitext|offene|question ouverte|réponse libre|ensayo"
        r"|respuesta abierta|pytanie otwarte|открыт|эссе|記述|自由記述|问答|简答|論述|مقالي",
    ),
    (
        "fill-in",
        r"fill|blank|fib|short|type.?in|lücken|kurzantwort|texte à|réponse courte|respuesta corta"
        r"|completar|uzupeł|krótka|кратк|穴埋め|填空|ملء",
    ),
    (
        "choice",
        r"choice|single|one answer|multi|several|mcq?$|mrq|radio|drop|check|quiz|einfach|einzel"
        r"|mehrfach|auswahl|choix|qc[mu]|réponses multiples|opción|selección|respuesta múltiple"
        r"|jednokrotn|wielokrotn|одиноч|один ответ|множеств|несколько|выбор|test|単一|択一|複数"
        r"|選択|单选|單選|多选|多選|複選|选择|選擇|اختيار",
    ),
)
"""By how the words of the column “Type” begin or go on, what questions are counted as."""
_LOGICAL = re.compile(
    r"true|false|wahr|falsch|vrai|faux|verdad(?:er|eir)o|vero|falso|waar|onwaar|prawda|fałsz"
    r"|(?:ne)?pravda|richtig|juste|верно|неверно|истина|ложь|правда|正しい|誤り|正确|错误|正確"
    r"|錯誤|对|错|صحيح|خطأ|صواب|[○◯√✓✔×✗✕✘]",
    re.IGNORECASE,
)
"""How Excel writes what is true or false, by its language."""
_LETTERS = re.compile(r"[\s,;]*[A-Za-z0-9]{1,2}(?:[\s,;]+[A-Za-z0-9]{1,2})*[\s,;]*|")
"""Right answers that only name options, and none."""
_NOTES = "How to fill in"
_CODE = re.compile("_x([0-9A-Fa-f]{4})_")

_BEGINNING = 1 << 17
"""Characters by which it is told what stands between cells."""

Grid = list[list[str]]


def count_text(path: Path) -> Counts:
    """Count what a file of text holds."""
    content = path.read_bytes()
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = content.decode("utf-16", "replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    if text[:4].lower() == "sep=":
        sign, _, text = text[4:].partition("\n")
        sign = sign[:1]
    else:
        begins = text[:_BEGINNING]
        sign = max("\t;,|", key=lambda one: _heads(list(_cells(begins, one))))
    return _counted([list(_cells(text, sign))])


def count_workbook(path: Path) -> Counts:
    """Count what a workbook holds."""
    with zips.open_zip(path) as archive:
        return _counted(list(_sheets(archive)))


def _heads(grid: Grid) -> int:
    """How many heads the row has that names the questions."""
    at = _head(grid)
    if at is None:
        return 0
    return sum(bool(cell.strip()) for cell in grid[at])


def _head(grid: Grid) -> int | None:
    for at, row in enumerate(grid):
        if sum(map(bool, map(_ASKED.match, row))) and sum(bool(cell.strip()) for cell in row) > 1:
            return at
    return None


def _counted(grids: Sequence[Grid]) -> Counts:
    kinds: Counter[str] = Counter({"questions": 0})
    words = [word for grid in grids for row in grid for cell in row for word in cell.split()]
    asked = [(grid, at) for grid in grids if (at := _head(grid)) is not None]
    for grid, at in asked:
        # The name of a sheet is a tag where several ask something.
        heads = _Heads(grid[at], len(asked) > 1)
        for row in grid[at + 1 :]:
            if any(cell.strip() for cell in row):
                kinds.update(heads.counted(row))
    return Counts({kind: number for kind, number in kinds.items() if number}, tuple(words))


class _Heads:
    """Which columns a sheet has for what is counted."""

    def __init__(self, heads: Sequence[str], tagged: bool) -> None:
        def places(pattern: re.Pattern[str]) -> list[int]:
            return [at for at, cell in enumerate(heads) if pattern.fullmatch(cell)]

        self.offered, self.typed = places(_OFFERED), places(_TYPED)
        self.right, self.tags = places(_RIGHT), places(_TAGS)
        self.tagged = tagged
        self.tells = [at for at, cell in enumerate(heads) if _TELLS.search(cell)]

    def counted(self, row: Sequence[str]) -> dict[str, int]:
        """What a row counts as."""

        def said(places: Sequence[int]) -> list[str]:
            return [row[at].strip() for at in places if at < len(row) and row[at].strip()]

        offered = said(self.offered)
        answer = "".join(said(self.right)) or "".join(said(self.tells))
        kind = _kind("".join(said(self.typed)), answer, offered)
        found = {"questions": 1, kind: 1}
        if kind == "choice":
            found["options"] = len(offered)
        if not kind.startswith("questions"):
            read_afterwards = self.right if kind == "reflection" else ()
            found["questions with feedback"] = bool(said((*self.tells, *read_afterwards)))
            found["questions with tags"] = self.tagged or bool(said(self.tags))
        return found


def _kind(typed: str, right: str, offered: Sequence[str]) -> str:
    """What a question is counted as, by the word for its type, else by its answers."""
    for kind, pattern in _TYPES:
        if typed and re.match(pattern, re.sub(r"[\s_-]+", " ", typed.lower())):
            return kind
    if typed:
        return f"questions of the type {typed}"
    if right and len(offered) > 1:
        return "choice"
    if _LOGICAL.fullmatch(right):
        return "true or false"
    is_read = right and not offered and not _LETTERS.fullmatch(right)
    return "reflection" if is_read else "questions without a type"


def _cells(text: str, sign: str) -> Iterator[list[str]]:
    """Rows of cells, letter by letter."""
    row, cell, quoted = [], "", False
    for letter in text:
        if letter == '"':
            # Two of them are one in a cell; for words, none is.
            quoted = not quoted if quoted or not cell.strip() or cell.endswith('"') else quoted
            cell += letter
        elif quoted:
            cell += letter
        elif letter in (sign, "\n"):
            row.append(cell.strip(' "'))
            cell = ""
            if letter == "\n":
                yield row
                row = []
        else:
            cell += letter
    yield [*row, cell.strip(' "')]


def _sheets(archive: zips.Archive) -> Iterator[Grid]:
    """The cells of each sheet, by their places, with the words that are shown."""
    shared = []
    if "xl/sharedStrings.xml" in archive.files:
        shared = [_said(one) for one in _root(archive, "xl/sharedStrings.xml")]
    targets = {
        one.get("Id"): str(one.get("Target")).removeprefix("/").removeprefix("xl/")
        for one in _root(archive, "xl/_rels/workbook.xml.rels")
    }
    for one in _root(archive, "xl/workbook.xml").findall(".//{*}sheet"):
        key = next((value for name, value in one.items() if name.endswith("}id")), "")
        name = f"xl/{targets.get(key)}"
        if one.get("name") != _NOTES and name in archive.files and "worksheets" in name:
            yield _grid(_root(archive, name), shared)


def _grid(root: Any, shared: Sequence[str]) -> Grid:
    grid: Grid = []
    for row in root.iterfind(".//{*}row"):
        cells: dict[int, str] = {}
        for at, cell in enumerate(row):
            cells[_column(cell.get("r"), at)] = _shown(cell, shared)
        width = max((at for at, text in cells.items() if text and at < 400), default=-1) + 1
        grid.append([cells.get(at, "") for at in range(width)])
    return grid


def _column(reference: str | None, otherwise: int) -> int:
    letters = re.match("[A-Z]+", reference or "")
    if not letters:
        return otherwise
    at = 0
    for letter in letters[0]:
        at = at * 26 + ord(letter) - 64
    return at - 1


def _shown(cell: Any, shared: Sequence[str]) -> str:
    value = cell.findtext("{*}v") or ""
    if cell.get("t") == "s":
        return shared[int(value)] if value.isdecimal() and int(value) < len(shared) else ""
    if cell.get("t") == "inlineStr":
        return "".join(map(_said, cell.iterfind("{*}is")))
    if cell.get("t") == "b":
        return "TRUE" if value == "1" else "FALSE"
    return value


def _said(element: Any) -> str:
    """The words of a text, without what is said of how to pronounce them."""
    read = "".join(
        one.text or ""
        for one in element.iterfind(".//{*}t")
        if not any(above.tag.endswith("}rPh") for above in one.iterancestors())
    )
    return _CODE.sub(lambda found: chr(int(found[1], 16)), read)


def _root(archive: zips.Archive, name: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    return etree.fromstring(archive.read(name), parser)
