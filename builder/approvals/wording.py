"""The words of each kind of part, one run of text a line.

What a trainee reads is here as it is written; the few words and marks beside it say what it is for:
``[x]`` stands before a right answer, ``→`` before what the course says to an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from builder import captions, markdown, model
from builder.blocks import asks
from builder.markdown import Document, Prose
from builder.patterns import late
from builder.questions import Item, Option, Question

_UNSEEN = late("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
"""What no reader sees and no file of a course may hold, but an entity of Markdown can make."""
_AGREED = "page.agree-"


def _text(lines: Iterable[str]) -> str:
    written = list(filter(None, lines))
    text = "\n".join(written)
    if _tidy(text, len(written)):
        return text
    return "\n".join(filter(None, (" ".join(_UNSEEN.sub("", line).split()) for line in written)))


def _tidy(text: str, lines: int) -> bool:
    """Whether a text of so many lines has no space too many and nothing unseen, as nearly all
    have: as one it is looked through much faster than line by line."""
    return (
        text.count("\n") == lines - 1
        and text.replace("\n", "").isprintable()
        and not ("  " in text or " \n" in text or "\n " in text)
        and text == text.strip()
    )


def line(prose: Prose) -> str:
    """A text as one line."""
    text = " ".join(markdown.words(prose))
    if not text.isprintable():
        text = _text(markdown.words(prose))
    return " ".join(text.split())


def course(whole: model.Course) -> str:
    """What stands round the pages: the title, what the cover says, the titles of modules."""
    cover = whole.cover
    about = (cover.about, cover.audience, *cover.outcomes) if cover else ()
    modules = (module.title for module in whole.modules)
    return _text((whole.title, *about, *modules, whole.reminder))


def page(whole: model.Page, captions: Mapping[str, str]) -> str:
    """A page without its questions; ``captions`` are those of its recordings."""
    return _text((whole.title, *_document(whole.document), *_spoken(captions)))


def _document(document: Document) -> Iterator[str]:
    for block in document.walk():
        if isinstance(block, Prose):
            yield from markdown.words(block)
        elif not asks(block.name):
            yield block.argument


def _spoken(texts: Mapping[str, str]) -> Iterator[str]:
    for text in texts.values():
        yield from captions.words(text)


def record(whole: model.Page) -> str:
    """What a record asks, what it says to read, and what stands above the line to sign."""
    texts = (prose for item in whole.record for prose in item.prose())
    return _text((*map(line, texts), whole.signature))


def question(asked: Question, texts: Mapping[str, str]) -> str:
    """A question, which answers are right, and what is said to each.

    Options stand by their letters, not in the order of the file: they may be shuffled, and to put
    them in another order changes nothing that is said. Of a sequence the order is the answer.
    ``texts`` are the interface's: answers that are its own words are no words of the course.
    """
    return _text(_question(asked, texts))


def _question(asked: Question, texts: Mapping[str, str]) -> Iterator[str]:
    if asked.material:
        yield from _document(asked.material)
    yield line(asked.prompt)
    yield from _labelled("Hint", asked.hint)
    yield from _answers(asked, texts)
    yield from _labelled("Right →", asked.feedback.right)
    yield from _labelled("Partly →", asked.feedback.partly)
    yield from _labelled("Wrong →", asked.feedback.wrong)
    yield from _labelled("Explanation", asked.explanation)
    for part in asked.quotation.parts if asked.quotation else ():
        yield f"“{part}”"


def _labelled(label: str, prose: Prose | None) -> Iterator[str]:
    if prose:
        yield f"{label}{'' if label.endswith('→') else ':'} {line(prose)}"


def _answers(asked: Question, texts: Mapping[str, str]) -> Iterator[str]:
    match asked.type:
        case "true-false":
            yield "[x] True" if asked.right == "t" else "[x] False"
        case "sequencing":
            for number, option in enumerate(asked.options, start=1):
                yield from _said(f"{number}. {line(option.text)}", option)
        case "fill-in":
            yield from (f"[x] {answer}" for answer in sorted(asked.patterns))
        case "numeric":
            yield f"[x] {asked.right}"
        case "matching":
            yield from _matched(asked)
        case _:
            yield from _listed(asked, texts)


def _matched(asked: Question) -> Iterator[str]:
    options = {option.id: line(option.text) for option in asked.options}
    matches = asked.answer["right"]
    for item in sorted(asked.items, key=lambda item: item.id):
        yield from _said(f"[x] {line(item.text)} = {options.get(matches[item.id], '')}", item)
    placed = set(matches.values())
    yield from (f"[ ] {options[name]}" for name in sorted(options) if name not in placed)


def _listed(asked: Question, texts: Mapping[str, str]) -> Iterator[str]:
    for item in sorted(asked.items, key=lambda item: item.id):
        yield from _said(f"- {line(item.text)}", item)
    if asked.type == "likert" and _of_the_interface(asked.options, texts):
        return
    for option in sorted(asked.options, key=lambda option: option.id):
        mark = "-" if not asked.scored else "[x]" if option.correct else "[ ]"
        yield from _said(f"{mark} {line(option.text)}", option)


def _of_the_interface(options: Iterable[Option], texts: Mapping[str, str]) -> bool:
    own = {text for name, text in texts.items() if name.startswith(_AGREED)}
    return all(line(option.text) in own for option in options)


def _said(first: str, answer: Option | Item) -> Iterator[str]:
    yield first
    if answer.feedback:
        yield f"→ {line(answer.feedback)}"
    for part in answer.quotation.parts if answer.quotation else ():
        yield f"“{part}”"
