"""Recognises names and dates as people write them on an approval sheet.

Text in the place of a name counts only if it looks like a name, because people also write their
refusal there. Rejecting a real name costs one command (``approve --by``); accepting a refusal would
record an approval that somebody has refused.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from builder.course.questions.base import visible

_MAX_NAME_LENGTH = 200
"""Maximum number of characters of a name."""
_INVISIBLE_MARKS = re.compile("[\u061c\u200e\u200f\u2060\ufeff]")
"""Matches invisible characters that Word inserts into Arabic and Hebrew text."""
_JOINERS = str.maketrans("", "", "\u200c\u200d")
"""Translation table that removes the invisible joiners in Persian and Indian names."""
_DASH = re.compile("[\u2010-\u2015\u2212]")
"""Matches dashes that Word substitutes for a hyphen."""
_NUMERIC_DATE = re.compile(r"(\d{1,4})([-./])(\d{1,2})\2(\d{1,4})\.?")
_DAY_MONTH_YEAR = re.compile(r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?\.? ([a-z]+)\.?,? (\d{4})")
_MONTH_DAY_YEAR = re.compile(r"(?:[a-z]+, )?([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MIN_MONTH_LETTERS = 3
"""Minimum number of letters of an abbreviated month, such as “Jan”."""
_YEAR_DIGITS = 4
"""Number of digits by which a year is recognised in a numeric date."""
_EARLIEST = date(2000, 1, 1)
"""The earliest accepted date, a year before SCORM 1.2; earlier dates are typing errors."""


class NotADateError(ValueError):
    """Raised for a text that is not a date. The message is the rest of a sentence that starts with
    the text, such as “is too long ago for any course”."""


def clean_name(written: str) -> str:
    """Return a name without invisible characters and extra spaces.

    Returns an empty text if the name is not acceptable: blank, too long, a placeholder such as
    “Your name”, or with control characters, which may change the order of text.
    """
    name = " ".join(_INVISIBLE_MARKS.sub("", written).split())
    printable = name.translate(_JOINERS).isprintable()
    fits = visible(name) and len(name) <= _MAX_NAME_LENGTH and printable
    return name if fits and not is_placeholder(name) else ""


_PLACEHOLDERS = frozenset(
    (
        *("name", "your name", "full name", "first name last name", "enw", "eich enw", "nom"),
        *("votre nom", "prénom nom", "الاسم", "اسمك", "your-name", "yourname", "name surname"),
    )
)
"""Placeholders for a name in messages and forms, in lower case."""
_REFUSAL_WORDS = frozenset(
    (
        # English
        *("no", "not", "nope", "never", "none", "nobody", "noone", "nay", "nil", "null", "n/a"),
        *("na", "yes", "ok", "okay", "fine", "done", "i", "me", "myself", "we", "us", "see", "tbd"),
        *("tbc", "todo", "wip", "void", "stop", "hold", "fix", "fixed", "needs", "discuss", "wait"),
        *("waiting", "awaiting", "await", "later", "soon", "maybe", "unsure", "unclear", "missing"),
        *("outdated", "old", "draft", "open", "closed", "asked", "question", "questions"),
        *("sign", "signed", "unsigned", "signature", "initials", "name", "date", "test", "unknown"),
        *("anonymous", "absent", "vacant", "ditto", "same", "above", "below", "all", "error"),
        *("errors", "mistake", "mistakes", "change", "changes", "changed", "delete", "deleted"),
        *("remove", "removed", "wrong", "false", "true", "bad", "must", "should"),
        *("cannot", "please"),
        *("with", "without", "but", "except", "only", "if", "subject", "conditional", "partly"),
        *("partially", "this", "these", "that", "those", "it", "is", "are", "was", "isnt", "dont"),
        *("doesnt", "cant", "wont", "under", "review", "reviewed", "read", "unread", "checked"),
        *("verified", "unverified", "confirmed", "unconfirmed", "incorrect", "correct", "invalid"),
        *("cancel", "cancelled", "canceled", "withdrawn", "withdraw", "postponed", "unacceptable"),
        *("dose", "problem", "problems", "issue", "issues", "version", "incomplete", "complete"),
        *("attached", "required", "requires", "correction", "corrections", "veto"),
        *("deny", "denied"),
        *("unable", "scope", "vague", "poor", "resubmit", "redo", "fail", "failed", "reviewer"),
        *("expert", "manager", "team", "empty", "skip", "skipped", "more", "less"),
        *("unless", "until"),
        # Welsh
        *("nage", "naddo", "nac", "nid", "ni", "ddim", "dim", "oes", "ydw", "ie", "iawn", "aros"),
        *("gweler", "sylw", "sylwadau", "anghywir", "cywir", "nad", "peidiwch", "neb", "gwall"),
        # French
        *("non", "oui", "ne", "pas", "jamais", "aucun", "aucune", "personne", "refus", "accord"),
        *("désaccord", "attente", "voir", "faux", "fausse", "erreur", "erreurs", "sauf", "vu"),
        *("lu", "revoir", "corriger", "incorrecte", "signé", "objet", "s.o", "néant"),
        # German
        *("nein", "ja", "nicht", "nie", "niemals", "kein", "keine", "keiner", "niemand", "offen"),
        *("siehe", "falsch", "richtig", "fehler", "ausstehend", "entfällt", "vorbehalt", "unklar"),
        *("prüfen", "geprüft", "ungeprüft", "k.a", "k.a.", "änderung", "änderungen", "einwand"),
        # Spanish
        *("sí", "si", "nada", "nadie", "ninguno", "ver", "pendiente", "pendientes", "acuerdo"),
        *("sin", "firmar", "desacuerdo", "falso", "incorrecto", "correcto", "errores", "falta"),
        *("revisar", "nunca"),
        # Polish
        *("tak", "brak", "nikt", "uwagi", "uwaga", "błąd", "błędy", "źle", "dobrze", "zgoda"),
        *("zgody", "zobacz", "sprawdzić", "poprawić", "odmowa", "sprzeciw", "dotyczy"),
        # Romanian
        *("nu", "da", "nimeni", "acord", "dezacord", "așteptare", "asteptare", "vezi", "greșit"),
        *("gresit", "greșeală", "fals", "refuz", "niciodată"),
        # Portuguese
        *("não", "nao", "sim", "ninguém", "ninguem", "nenhum", "nenhuma", "pendente", "errado"),
        *("recusado", "rever", "assinado"),
        # Urdu
        *("نہیں", "ہاں", "غلط", "نامنظور", "مسترد"),
        # Punjabi
        *("ਨਹੀਂ", "ਹਾਂ", "ਗਲਤ", "ਨਾਮਨਜ਼ੂਰ"),
        # Arabic
        *("لا", "لم", "لن", "ليس", "ليست", "غير", "نعم", "كلا", "موافق", "موافقة"),
        *("أوافق", "اوافق"),
        *("نوافق", "مرفوض", "مرفوضة", "رفض", "أرفض", "ارفض", "معلق", "انتظار", "الانتظار", "قيد"),
        *("انظر", "راجع", "تعليق", "تعليقات", "التعليق", "التعليقات", "خطأ", "خاطئ", "خاطئة"),
        *("صحيح", "مؤجل", "بدون", "مطلوب", "تعديل", "المراجعة", "مراجعة", "معتمد", "موقع"),
    )
)
"""Words that people write in the place of a name to refuse, agree or delay, in lower case. A text
that consists of them is not a name."""
_REFUSAL_WORDS_ALSO_NAMES = frozenset(
    (
        *("na", "ni", "ne", "nu", "da", "si", "see", "nie", "no", "ok", "ja", "ie", "lu", "vu"),
        *("nil", "tak", "ver", "iawn", "test", "i", "are", "is", "sim", "nao"),
    )
)
"""The words of ``_REFUSAL_WORDS`` that are also names: Nie Haisheng, Nu Nu Yi, Lu Xun. Such a word
counts as a refusal only if it is the whole text, if it is in capital letters, or if the text has
only refusal words."""
_NEVER_FIRST = ("no", "see")
"""Words that no name starts with."""
_REFUSAL_STEMS = (
    *("approv", "disapprov", "unapprov", "reject", "disagree", "agree", "refuse", "declin"),
    *("pending", "comment", "accept", "object", "unsatisf", "confirm", "incorrect", "withdraw"),
    *("cymeradwy", "chymeradwy", "gymeradwy", "gwrthod", "wrthod", "anghytun", "cytun", "derbyn"),
    *("approuv", "désapprouv", "refusé", "rejet", "accept", "validé", "valide", "commentaire"),
    *("abgelehnt", "ablehn", "genehmig", "freigegeb", "freigab", "einverstand", "kommentar"),
    *("zugestimmt", "zustimm", "aprob", "rechaz", "comentari", "desaprob", "validad"),
    *("odrzuc", "odmawia", "revis", "zatwierdz", "niezatwierdz", "komentarz", "zgadzam"),
    *("akcept", "oczekuj"),
    *("respins", "resping", "neaprob", "accepta", "confirmat"),
    *("aprovad", "rejeit", "comentári"),
)
"""Prefixes of further words of refusal or agreement, in lower case. No name has a word with one."""
_NAME_PARTICLES = frozenset(
    (
        *("van", "der", "den", "de", "het", "ter", "ten", "la", "le", "les", "du", "des", "di"),
        *("da", "das", "do", "dos", "del", "della", "dello", "degli", "dei", "von", "vom", "zu"),
        *("dalla", "dalle", "dall", "dell", "med", "zum", "zur", "af", "av", "bin", "bint"),
        *("binti", "ibn", "ben", "bat", "al", "el", "ul"),
        *("ur", "as", "ad", "ar", "an", "y", "e", "i", "ap", "ab", "ferch", "mac", "mc", "ní"),
        *("nic", "ó", "uí", "ua", "san", "st", "ten", "te", "t", "op", "in", "la", "las", "los"),
        *("of", "the", "und", "et", "a", "d", "o", "abu", "umm", "bte", "oglu", "kyzy", "uulu"),
    )
)
"""Particles within names, such as “van”, which may start with a lower-case letter."""
_TITLES = frozenset(
    (
        *("dr", "prof", "mr", "mrs", "ms", "mx", "miss", "sir", "rn", "md", "phd", "msc", "bsc"),
        *("ba", "ma", "jr", "sr", "ii", "iii", "iv", "mme", "mlle", "hr", "fr"),
    )
)
"""Titles and degrees, which are not names by themselves."""
_NAME_PUNCTUATION = frozenset(
    ".,'`-() \u2019\u2018\u02bc\u02bb\u02bf\u02be\u00b4\u2010\u2011"
    "\u00b7\u30fb\u05be\u05f3\u05f4\u0f0b"
)
"""Characters of names that are not letters: full stops, apostrophes, hyphens and dots of several
scripts."""
_SIGNATURE_TEXTS = frozenset(
    (
        *("signed", "signed by hand", "by hand", "signed on paper", "on paper", "see paper", "✓"),
        *("✔", "☑", "yes", "ok", "approved", "i approve", "signature", "llofnodwyd", "signé"),
        *("approuvé", "unterschrieben", "firmado", "podpisano", "semnat", "موقع", "تم التوقيع"),
    )
)
"""Texts that are accepted in the place of a signature, in lower case."""
_MAX_WORDS = 9
"""Maximum number of words of a name."""
_MIN_LETTERS = 2
"""Minimum number of letters of a name in alphabetic scripts."""


def is_placeholder(written: str) -> bool:
    """Whether a text is a placeholder that a message or form shows where a name belongs."""
    return " ".join(written.split()).strip("<>[]{}\"'“”").lower() in _PLACEHOLDERS


def is_plausible_name(written: str) -> bool:
    """Whether a text looks like the name of a person, in any script."""
    name = unicodedata.normalize("NFC", clean_name(written))
    words = [word for word in re.split(r"[\s,()·・]+", name) if word]
    if not words or len(words) > _MAX_WORDS or not all(map(_is_name_character, name)):
        return False
    if (
        any(_is_refusal(word, len(words)) for word in words)
        or _normalise_word(words[0]) in _NEVER_FIRST
    ):
        return False
    if (
        all(_normalise_word(word) in _REFUSAL_WORDS for word in words)
        or _normalise_word(name) in _REFUSAL_WORDS
    ):
        return False
    real = [word for word in words if _normalise_word(word) not in _TITLES]
    return _has_capitals(words) and any(map(_has_letters, real))


def is_signature(written: str) -> bool:
    """Whether a text in the cell for the signature counts as signed: a name, initials, or a note
    such as “by hand”."""
    flat = " ".join(_INVISIBLE_MARKS.sub("", written).split())
    if flat.lower().strip(" .") in _SIGNATURE_TEXTS:
        return True
    initials = re.sub(r"[\s.\-]", "", flat)
    short = initials.isalpha() and len(initials) <= len("ABCD") and flat == flat.upper()
    refused = _normalise_word(initials) in {*_REFUSAL_WORDS, "x"} or flat.lower() in _REFUSAL_WORDS
    return is_plausible_name(written) or (short and not refused)


def _is_name_character(sign: str) -> bool:
    """Whether a character can occur in a name."""
    return (
        unicodedata.category(sign)[0] in "LM" or sign in _NAME_PUNCTUATION or sign in "\u200c\u200d"
    )


def _normalise_word(word: str) -> str:
    """Return a word in lower case without punctuation, for comparison with the lists of words."""
    return re.sub("[.,'\u2019\u2018`\u00b4()]", "", word).lower().strip("-\u2010\u2011 ")


def _is_refusal(word: str, many: int) -> bool:
    """Whether a word, in a text of ``many`` words, shows that the text is a refusal or remark, and
    not a name."""
    normalised = _normalise_word(word)
    if normalised.startswith(_REFUSAL_STEMS) or any(
        one.startswith(_REFUSAL_STEMS) for one in normalised.split("-")
    ):
        return True
    if normalised not in _REFUSAL_WORDS and word.lower() not in _REFUSAL_WORDS:
        return False
    in_capitals = len(normalised) > 1 and word == word.upper() != word.lower()
    return normalised not in _REFUSAL_WORDS_ALSO_NAMES or many == 1 or in_capitals


def _has_capitals(words: list[str]) -> bool:
    """Whether every word starts with a capital letter, except particles such as “van” and prefixes
    such as “d'”. True for scripts without capital letters."""
    first = [next((one for one in word if one.isalpha()), "") for word in words]
    capital = [one.title() == one for one in first]
    small = all(
        begins
        or _normalise_word(word) in _NAME_PARTICLES
        or bool(re.match(r"\w{1,5}['\u2019\u02bc-]\w", word))
        for word, begins in zip(words, capital, strict=True)
    )
    return small and any(
        begins and _normalise_word(word) not in _NAME_PARTICLES
        for word, begins in zip(words, capital, strict=True)
    )


def _has_letters(word: str) -> bool:
    """Whether a word has enough letters for a name: two different characters, or one letter in a
    script of syllables or words."""
    letters = [one for one in word if unicodedata.category(one)[0] == "L"]
    single = any(one.upper() == one.lower() for one in letters)  # A letter is a syllable or word.
    return single or (len(letters) >= _MIN_LETTERS and len({*word.lower()}) > 1)


def parse_date(written: str) -> date:
    """Parse a date as people write it on a sheet: 2026-01-31, 31.1.2026, 31/1/2026, 31 January
    2026.

    Raises ``NotADateError`` if the text is not a date, or could mean two dates.
    """
    dashed = _DASH.sub("-", _INVISIBLE_MARKS.sub("", written))
    digits = (str(unicodedata.decimal(one, one)) for one in dashed)
    plain = " ".join("".join(digits).lower().split())
    if found := _NUMERIC_DATE.fullmatch(plain):
        return _parse_numeric_date(found[1], found[2], found[3], found[4])
    if found := _DAY_MONTH_YEAR.fullmatch(plain):
        return _make_date(int(found[3]), _month_number(found[2]), int(found[1]))
    if found := _MONTH_DAY_YEAR.fullmatch(plain):
        return _make_date(int(found[3]), _month_number(found[1]), int(found[2]))
    raise NotADateError("is not a day such as 2026-01-31")


def _parse_numeric_date(first: str, sign: str, middle: str, last: str) -> date:
    if len(first) == _YEAR_DIGITS:
        return _make_date(int(first), int(middle), int(last))
    if len(last) != _YEAR_DIGITS:
        raise NotADateError("has no year of four digits: write it like 2026-01-31")
    one, other, year = int(first), int(middle), int(last)
    if sign != "." and one != other and max(one, other) <= len(_MONTHS):
        raise NotADateError("can be two days: write it like 2026-01-31")
    # With dots, the day is always first; otherwise a number over 12 is the day.
    day_first = sign == "." or other <= len(_MONTHS)
    return _make_date(year, other, one) if day_first else _make_date(year, one, other)


def _month_number(word: str) -> int:
    short = "sep" if word == "sept" else word
    for number, name in enumerate(_MONTHS, start=1):
        if len(short) >= _MIN_MONTH_LETTERS and name.startswith(short):
            return number
    return 0


def _make_date(year: int, month: int, day: int) -> date:
    try:
        made = date(year, month, day)
    except ValueError:
        raise NotADateError("is not a day such as 2026-01-31") from None
    if made < _EARLIEST:
        raise NotADateError("is too long ago for any course")
    return made
