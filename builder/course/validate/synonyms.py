"""Finds the key that an author meant by a wrong key: a synonym, such as another tool's word, or a
misspelling."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from builder.diagnostics.codes import Known

_SYNONYMS: tuple[tuple[str, str], ...] = (
    # Questions.
    ("prompt", "question text stem title ask statement task body query name label"),
    ("options", "answers choices alternatives responses distractors possible_answers items"),
    ("text", "answer label option choice title content value name statement"),
    ("correct", "right true is_correct correct_answer right_answer solution is_right valid answer"),
    ("answers", "answer correct accepted accept solutions correct_answers right options"),
    ("answer", "correct right solution correct_answer right_answer value answers is_true"),
    ("explanation", "rationale why reason because general_feedback comment note"),
    ("feedback", "comment response message rationale why explanation reason"),
    ("hint", "tip clue help"),
    ("source", "page see ref reference"),
    ("quote", "quotation citation cite words"),
    ("material", "context scenario case passage stimulus image picture media intro"),
    ("weight", "points score marks mark grade"),
    ("multiple", "multi multiple_answers multiple_choice many select_multiple"),
    ("shuffle", "random randomise randomize"),
    ("statements", "items options questions rows"),
    ("scale", "options degrees answers levels"),
    ("steps", "items tasks options checklist"),
    ("items", "pairs rows options left elements order"),
    ("match", "matches pair belongs_to right answer option"),
    ("needed", "required mandatory must correct"),
    ("tolerance", "margin error plus_minus accuracy"),
    ("min", "minimum from least lower"),
    ("max", "maximum to most upper"),
    ("unit", "units suffix"),
    ("type", "kind question_type"),
    # Pages.
    ("kind", "type layout page_type template"),
    ("minutes", "duration time estimated_time length reading_time"),
    ("questions", "items quiz_questions checks"),
    ("count", "number n amount take many"),
    ("bank", "from file pool"),
    ("shuffle_questions", "shuffle random randomise randomize random_order"),
    ("question", "prompt text label title"),
    ("limit", "max max_length length maximum characters"),
    # The course.
    ("pages", "contents chapters lessons toc modules sections order items page"),
    ("page", "file path name"),
    ("module", "title name chapter section"),
    ("locked", "lock requires require prerequisites prerequisite after depends_on unlock"),
    ("done", "completed finished visited requires"),
    ("title", "name heading label"),
    ("language", "lang locale"),
    ("description", "summary abstract about"),
    ("owner", "author organisation organization publisher contact"),
    ("rights", "licence license copyright"),
    ("keywords", "tags topics"),
    ("tags", "categories category topics keywords"),
    ("review_by", "review_date next_review expires valid_until"),
    ("reviewed_on", "last_reviewed updated date"),
    ("tracking", "scoring completion lms scorm"),
    ("pass_mark", "passing_score pass_score mastery_score passing_grade pass_rate threshold"),
    ("attempts", "max_attempts tries retries attempt_limit"),
    ("variables", "vars values local_values placeholders"),
    ("references", "links urls sources bibliography"),
    ("help", "contacts support"),
    ("quick_exit", "exit leave escape panic"),
    ("theme", "style styles branding design brand"),
    ("accent", "color colour primary primary_color primary_colour brand_color"),
    ("logo_alt", "alt logo_text alt_text"),
    ("picture_alt", "alt picture_text alt_text"),
    ("stylesheet", "css style styles"),
    ("label", "name description title"),
    ("value", "text default content"),
    ("url", "link href address"),
    ("organisation", "organization owner name publisher"),
    ("checked_on", "checked date accessed retrieved"),
    ("by", "approved_by name who approver"),
    ("on", "approved_on date day when"),
    ("part", "id what name"),
    ("approvals", "approval review sign_off signoff"),
    ("version", "revision release"),
    ("refresh_every", "refresher repeat_every renew_every valid_for expires_after"),
    ("revision", "version rev"),
    ("was", "old_id former formerly previous alias"),
    ("id", "key identifier slug name"),
)
"""Each key, and the words that authors write instead of it.

If a word belongs to several keys, the first of them that is allowed is taken.
"""
RIGHT_ANSWER = ("answer", "correct", "right", "correct_answer", "right_answer", "solution")
_BY_WORD: dict[str, list[str]] = {}
for _key, _words in _SYNONYMS:
    for _word in _words.split():
        _BY_WORD.setdefault(_word, []).append(_key)


class KnownKeys:
    """The keys that are allowed in a mapping; finds the key that an author meant by a wrong one."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names: Collection[str] = frozenset(names)
        self._by_spelling = Known(names)

    def near(self, word: str, written: Collection[str] = ()) -> str | None:
        """The allowed key that an author meant by ``word``: the key of a synonym, else a key with
        similar spelling; ``None`` if there is none.

        For a synonym, the keys that are already ``written`` in the same mapping are skipped.
        """
        plain = word.strip().lower().replace("-", "_").replace(" ", "_")
        if plain in self._names:
            return plain
        if plain in _BY_WORD:
            # A known synonym is no misspelling, so do not compare its letters.
            candidates = (
                key for key in _BY_WORD[plain] if key in self._names and key not in written
            )
            return next(candidates, None)
        return self._by_spelling.near(word)

    def advice(self, word: str) -> str:
        """A sentence of advice for a word that marks the right answer in other types of questions;
        empty for any other word."""
        is_right_answer = word in RIGHT_ANSWER and "multiple" in self._names
        return "Write “correct: yes” below each right option. " if is_right_answer else ""

    def did_you_mean(self, word: str, written: Collection[str]) -> str:
        """`` Did you mean “…”?`` with the key that an author meant by ``word``; empty if there is
        none."""
        near = self.near(word, written)
        return "" if near is None else f" Did you mean “{near}”?"
