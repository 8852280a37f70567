"""Rules for links and media files: targets in the course and outside it, and the names, types and
content of files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import islice
from pathlib import PurePosixPath
from unicodedata import normalize
from urllib.parse import unquote

from builder.base.slugs import kept_by_windows, slug
from builder.course import targets
from builder.course.blocks import recording
from builder.course.markdown import Directive, Fault, Image, Link
from builder.course.media import captions
from builder.course.media.formats import FORMATS, LINKED, PDF
from builder.course.questions.base import visible
from builder.course.targets import Kind, Target
from builder.course.translations.media import of_languages, own_path
from builder.course.validate.material import Material, PageItem
from builder.course.validate.scenarios import choice_places
from builder.diagnostics.codes import Known, problem
from builder.diagnostics.diagnostic import Diagnostic, Position

COURSE = "course.yaml"
IMAGES = tuple(ending for ending, form in FORMATS.items() if form.kind == "image")
_LINK_FIX = "Link to a page by its file (definition.md), or to a full address (https://…)."
_VAGUE = frozenset({"click here", "click", "here", "this link", "read more", "link"})
"""Texts of links that do not say where the links lead."""
_MAIL = re.compile(r"[^\s/@]+@[^\s/@]+\.[a-z]{2,}", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|(?=www\.))(?P<server>[^/\s:?#]+)\S*", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:")
_FOLDERS = {".md": "pages", ".yaml": "questions", ".yml": "questions", ".po": "translations"}
"""The folders of files that an author has put into ``media/``, by extension."""
_NAME_LIMIT = 100
"""Maximum number of characters of a file name, since a path in a package may have only 150
(facts/scorm-1.2.md#files)."""
_SERVER = r"\.(?:php[0-9]?|phtml|phar|cgi|shtml|sh|aspx?|jspx?|py|rb|pl|htaccess)"
_REFUSED_ENDINGS = (
    (_SERVER, "it could run as a program on the LMS's server"),
    (r"\.zip", "LMSs do not unpack a zip inside a package"),
    (r"\.(?:dat|br|mjs|exe|bat|cmd)", "LMSs and web servers refuse this kind of file"),
)


def links(material: Material) -> Iterator[Diagnostic]:
    """Require that every link has a text, and a target that exists if it is in the course."""
    names = _Targets(material)
    for text in material.texts:
        choices = choice_places(text.page)
        for link in text.prose.links:
            position = text.at(link.line, link.column)
            if not visible(link.text):
                yield problem("link-text", position, target=unquote(link.target))
            elif link.text.strip(" .:!").casefold() in _VAGUE and not link.choice:
                yield problem("link-vague", position, text=link.text, target=unquote(link.target))
            elif _is_disguised(link):
                yield problem("link-disguised", position, text=link.text, target=link.target)
            if _place(link) not in choices:
                yield from names.link(link, text.page, position)


def _is_disguised(link: Link) -> bool:
    """Whether the text of a link is an address on another server than the one it leads to."""
    shown, target = _server(link.text.strip(" .<>")), _server(link.target)
    return bool(shown and target) and shown != target


def _server(address: str) -> str:
    """The server in an address, in lower case and without “www.”; empty if the text is not an
    address."""
    found = _ADDRESS.fullmatch(address)
    return found["server"].casefold().removeprefix("www.") if found else ""


def readings(material: Material) -> Iterator[Diagnostic]:
    """Report questions of a record whose reading is only the name of a page, which is no link."""
    for page in material.pages.values():
        for index, item in enumerate(page.shape.record):
            other = material.pages.get(f"pages/{item.reading}")
            if other and item.reading:
                fix = f'Write "[{other.shape.title}]({item.reading})", with the quotation marks.'
                words = {"text": item.reading, "reason": "it is only the name of a file"}
                position = page.front("record", index, "reading").at
                yield problem("link-syntax", position, **words, fix=fix)


def ambiguous(material: Material) -> Iterator[Diagnostic]:
    """Report links on the same page that have the same text but different targets
    (facts/accessibility.md, check 11)."""
    known: dict[tuple[str, str], tuple[Target, Link, Position]] = {}
    unseen = {page.path: _recording_links(page) for page in material.pages.values()}
    for text in material.texts:
        # Scenes are shown one at a time, so choices of two scenes may have the same text.
        choices = choice_places(text.page)
        for link in text.prose.links:
            if link in unseen[text.page.path] or _place(link) in choices:
                continue
            words = " ".join(link.text.casefold().split())
            target, position = targets.read(link.target, text.page.path), text.at(*_place(link))
            earlier, other, first = known.setdefault(
                (text.page.path, words), (target, link, position)
            )
            if visible(words) and earlier != target:
                written = {"target": unquote(link.target), "other": unquote(other.target)}
                yield problem("link-ambiguous", position, text=link.text, first=first, **written)


def _recording_links(page: PageItem) -> set[Link]:
    """The links to the files of recordings on a page, which are not shown as links."""
    blocks = (block for block in page.document.walk() if isinstance(block, Directive))
    return {link for block in blocks for link in recording.links(block)}


def _place(link: Link) -> tuple[int, int]:
    return link.line, link.column


def images(material: Material) -> Iterator[Diagnostic]:
    """Require that every image is a file of the course that browsers can show."""
    names = _Targets(material)
    for text in material.texts:
        for image in text.prose.images:
            yield from names.image(image, text.page, text.at(image.line, image.column))


def active(material: Material) -> Iterator[Diagnostic]:
    """Report linked files that could run code, unless ``linked_files:`` in course.yaml gives a
    reason."""
    if not material.course_whole:
        return
    allowed = {targets.read(linked.file, COURSE).name for linked in material.course.linked_files}
    for text in material.texts:
        for link in text.prose.links:
            target = targets.read(link.target, text.page.path)
            ending = PurePosixPath(target.name).suffix.lower()
            cannot_run = ending in LINKED or ending in FORMATS or refused(ending)
            in_course = target.kind is Kind.MEDIA and target.name in material.sources.media
            if in_course and not cannot_run and target.name not in allowed:
                position = text.at(link.line, link.column)
                yield problem("link-active", position, file=target.name)


def allowed(material: Material) -> Iterator[Diagnostic]:
    """Require that every file under ``linked_files:`` exists."""
    if not material.course_whole:
        return
    for index, linked in enumerate(material.course.linked_files):
        target = targets.read(linked.file, COURSE)
        position = material.course_place("linked_files", index, "file").at
        if target.kind is Kind.OUTSIDE:
            yield problem("outside-course", position, path=target.name)
        elif not {target.name} & (material.sources.media.keys() | material.sources.failed):
            near = material.media_near(target.name)
            yield problem("media-missing", position, file=target.name, did_you_mean=near)


def _outside_target(target: str, page: PageItem, position: Position) -> Diagnostic:
    """The diagnostic for the target of a link on ``page`` that is outside the course, or that has
    backslashes instead of slashes."""
    path = unquote(target)
    with_slashes = path.replace("\\", "/")
    if _DRIVE.match(path) or targets.read(with_slashes, page.path).kind is Kind.OUTSIDE:
        return problem("outside-course", position, path=path)
    words = {"problem": "a link must use “/” instead of “\\”", "fix": f"Write “{with_slashes}”."}
    return problem("link-broken", position, did_you_mean="", **words)


class _Targets:
    """Checks the targets of links and images in the course."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.media = material.sources.media
        self._known_headings: dict[str, Known] = {}

    def link(self, link: Link, page: PageItem, position: Position) -> Iterator[Diagnostic]:
        target = targets.read(link.target, page.path)
        if target.kind is Kind.OUTSIDE:
            yield _outside_target(link.target, page, position)
        elif target.kind is Kind.PAGE:
            yield from self._page(target, page, position)
        elif target.kind is Kind.MEDIA and not self._is_file(target.name):
            yield self._missing_target(target.name, page, position)

    def _page(self, target: Target, page: PageItem, position: Position) -> Iterator[Diagnostic]:
        if target.name in self.material.sources.failed:
            return
        if target.name not in self.material.pages:
            # A page that course.yaml lists and that does not exist is reported there.
            if target.name in self.material.listed or not self.material.pages_whole:
                return
            if target.name in self.material.sources.pages:
                name = _relative_name(target.name)
                cause = f"course.yaml does not list “{name}”"
                fix = f"Add “{name}” to “pages:” in course.yaml."
                yield problem("link-broken", position, problem=cause, did_you_mean="", fix=fix)
            else:
                yield self._missing_target(target.name, page, position)
        elif target.heading and target.heading not in self._ids(target.name):
            listed = self.material.pages[target.name]
            failed = next(
                (one for one in listed.faults() if _is_heading(one, target.heading)), None
            )
            if failed:
                cause = (
                    f"line {failed.line} of “{_relative_name(target.name)}” is not a heading yet"
                )
                fix = f"Write there: {failed.words['mended']}"
                words = {"problem": cause, "did_you_mean": "", "fix": fix}
                yield problem("link-broken", position, **words)
                return
            other = target.heading.casefold()
            alike = next((one for one in self._ids(target.name) if one.casefold() == other), "")
            if alike:
                cause = f"the id of the heading is “#{alike}”, with other capital letters"
                words = {"problem": cause, "did_you_mean": "", "fix": f"Write “#{alike}” here."}
                yield problem("link-broken", position, **words)
                return
            cause = f"“{_relative_name(target.name)}” has no heading “#{target.heading}”"
            near = self._headings_of(target.name).did_you_mean(target.heading)
            fix = "Link to a heading by its id: write {#my-id} after the heading, and #my-id here."
            yield problem("link-broken", position, problem=cause, did_you_mean=near, fix=fix)

    def image(self, image: Image, page: PageItem, position: Position) -> Iterator[Diagnostic]:
        target = targets.read(image.target, page.path)
        if target.kind is Kind.OUTSIDE:
            yield _outside_target(image.target, page, position)
        elif target.kind is Kind.ADDRESS:
            yield problem("image-external", position, address=target.name)
        elif target.kind is Kind.MEDIA and not self._is_file(target.name):
            yield self._missing_target(target.name, page, position)
        elif PurePosixPath(target.name).suffix.lower() not in IMAGES:
            words = {"file": target.name, "known": ", ".join(ending[1:] for ending in IMAGES)}
            yield problem("image-type", position, **words)

    @cached_property
    def _known_pages(self) -> Known:
        return Known(map(_relative_name, self.material.pages))

    def _headings_of(self, page: str) -> Known:
        if page not in self._known_headings:
            self._known_headings[page] = Known(self._ids(page))
        return self._known_headings[page]

    def _ids(self, page: str) -> set[str]:
        return {anchor.id for anchor in self.material.pages[page].anchors()}

    def _is_file(self, name: str) -> bool:
        return name in self.media or name in self.material.sources.failed

    def _missing_target(self, name: str, page: PageItem, position: Position) -> Diagnostic:
        if name.startswith("media/"):
            near = self.material.media_near(name)
            return problem("media-missing", position, file=name, did_you_mean=near)
        written = _relative_name(name)
        inside = f"media/{PurePosixPath(name).name}"
        if inside in self.media:
            near = f" Did you mean “{inside}”?"
            return problem("media-missing", position, file=written, did_you_mean=near)
        near = self._known_pages.did_you_mean(written)
        words = {"problem": f"there is no “{written}”", "did_you_mean": near, "fix": _LINK_FIX}
        if written.startswith("www."):
            fix = f"Write https:// before the address: “https://{written}”."
            words = {"problem": "https:// is missing", "did_you_mean": "", "fix": fix}
        elif _MAIL.fullmatch(written):
            fix = f"Write mailto: before the address: “mailto:{written}”."
            words = {"problem": "mailto: is missing", "did_you_mean": "", "fix": fix}
        return problem("link-broken", position, **words)


def _is_heading(fault: Fault, name: str) -> bool:
    """Whether a fault is that of a heading without a space after its # marks, and the heading would
    have the id ``name``."""
    text = fault.words.get("mended", "") if fault.code == "heading-syntax" else ""
    return f"{{#{name}}}" in text or slug(text.lstrip("# ")) == name


def _relative_name(path: str) -> str:
    return posixpath.relpath(path, "pages")


def media(material: Material) -> Iterator[Diagnostic]:
    """Report media files in use that are empty, or whose names or types some LMSs refuse."""
    for path in material.media_used:
        if path in material.sources.media:
            yield from _check_file_name(path)
            if not material.sources.media[path].size:
                yield problem("file-empty", Position(path))


def unused(material: Material) -> Iterator[Diagnostic]:
    """Report media files that no page, cover or theme uses, apart from files that replace another
    one in a translation."""
    translated = of_languages(material.sources)
    for path in material.sources.media:
        right = _FOLDERS.get(PurePosixPath(path).suffix.lower())
        if right and path not in material.media_used:
            reason = "media/ has images, recordings and files to download"
            yield problem(
                "file-ignored", Position(path), reason=reason, fix=f"Move it into {right}/."
            )
        elif path not in material.media_used and path not in translated:
            fix = _fix_unused(path, material)
            yield problem("media-unused", Position(path), fix=fix)


def _fix_unused(path: str, material: Material) -> str:
    """What to do about a file that nothing uses: it may be meant for a translation, or have a name
    that no link can have."""
    _, *folders, name = path.split("/")
    tags = {tag.lower(): tag for tag in material.sources.translations}
    if folders and folders[0].lower() in tags:
        source = PurePosixPath("media", *folders[1:], name)
        used = (
            one for one in material.media_used if source.with_suffix("") == _without_ending(one)
        )
        if replaced := min(used, default=""):
            own = own_path(replaced, tags[folders[0].lower()])
            how = "rename it to" if replaced.endswith(source.suffix) else "save it as"
            return f"To replace “{replaced}” in this language, {how} “{own}”."
    if " " in name and any(name in page.file.body for page in material.pages.values()):
        return (
            f"A page names it, but its name has a space: rename it to “{_suggestion(name)}”, and "
            "write this name on the page."
        )
    return "Delete it, or use it on a page."


def _without_ending(path: str) -> PurePosixPath:
    return PurePosixPath(path).with_suffix("")


def refused(ending: str) -> str:
    """The reason why LMSs refuse files with this extension; empty if they accept such files."""
    reasons = (why for known, why in _REFUSED_ENDINGS if re.fullmatch(known, ending, re.IGNORECASE))
    return next(reasons, "")


def _check_file_name(path: str) -> Iterator[Diagnostic]:
    name = PurePosixPath(path).name
    ending = PurePosixPath(path).suffix
    if reason := refused(ending):
        yield problem("file-type", Position(path), ending=ending, reason=reason)
        return
    for matches, reason in _NAME_FAULTS:
        if matches(name):
            words = {"name": name, "reason": reason, "suggestion": _suggestion(name)}
            yield problem("file-name", Position(path), **words)
            return


_NAME_FAULTS: tuple[tuple[Callable[[str], object], str], ...] = (
    (re.compile(r".*\s").match, "it has a space"),
    (re.compile(r".*[A-Z]").match, "it has capital letters"),
    (re.compile(r".*[^A-Za-z0-9._-]").match, "it has characters other than a–z, 0–9, . _ -"),
    (re.compile(r"[-.]|.*\.\Z").match, "it starts with a hyphen, or ends with a dot"),
    (kept_by_windows, "it is a reserved name on Windows"),
    (lambda name: len(name) > _NAME_LIMIT, f"it is longer than {_NAME_LIMIT} characters"),
)


def _suggestion(name: str) -> str:
    plain = normalize("NFKD", name.lower()).encode("ascii", "ignore").decode("ascii")
    stem, dot, ending = re.sub(r"[^a-z0-9._]+", "-", plain).rpartition(".")
    stem, ending = (stem, ending.strip("-")) if dot else (ending, "")
    stem = stem.strip("-.")[: _NAME_LIMIT - 20] or "file"
    if kept_by_windows(stem):
        stem += "-1"
    return f"{stem}.{ending}" if ending else stem


def addresses(material: Material) -> Iterator[Diagnostic]:
    """Report web addresses outside the course for which ``references:`` has no date of the last
    check."""
    if not material.course_whole:
        return
    references = {
        reference.url: (index, reference)
        for index, reference in enumerate(material.course.references)
    }
    seen: set[str] = set()
    for url, position in _external_addresses(material):
        if url in seen or not url.lower().startswith("http"):
            continue
        seen.add(url)
        index, reference = references.get(url, (None, None))
        if index is None:
            write = (
                f"write under “references:” in course.yaml: “- url: {url}”, and below it, indented "
                "by two more spaces, “checked_on: DATE”"
            )
            yield problem("link-unchecked", position, url=url, write=write)
        elif reference and not reference.checked_on:
            place = material.course_place("references", index, "url")
            write = "write “checked_on: DATE” below this line, in the same column as “url:”"
            yield problem("link-unchecked", place.at, url=url, write=write)


def organisations(material: Material) -> Iterator[Diagnostic]:
    """Require an organisation in ``references:`` for every address under further reading
    (facts/accessibility.md)."""
    if not material.course_whole:
        return
    known_urls = {
        reference.url for reference in material.course.references if reference.organisation
    }
    for page in material.pages.values():
        for block in page.blocks("further-reading"):
            for prose in block.prose():
                for link in prose.links:
                    if targets.is_address(link.target) and link.target not in known_urls:
                        known_urls.add(link.target)
                        position = page.at(link.line, link.column)
                        yield problem("organisation-missing", position, url=link.target)


def _external_addresses(material: Material) -> Iterator[tuple[str, Position]]:
    for text in material.texts:
        for link in text.prose.links:
            target = targets.read(link.target, text.page.path)
            if target.kind is Kind.ADDRESS:
                yield target.name, text.at(link.line, link.column)
    leave = material.course.quick_exit
    if leave and leave.url:
        yield leave.url, material.course_place("quick_exit", "url").at


_MAX_REPORTED = 5
"""Maximum number of faults that are reported for one caption file; most further faults are alike.
"""


def media_kinds(material: Material) -> Iterator[Diagnostic]:
    """Require that the content of an image, a recording or a PDF matches the extension of its name,
    and that images are complete."""
    for path in sorted(material.media_used & material.sources.media.keys()):
        ending = PurePosixPath(path).suffix.lower()
        file = material.sources.media[path]
        if ending in FORMATS and file.size and not FORMATS[ending].begins.match(file.start):
            yield problem("media-kind", Position(path), ending=ending[1:])
        elif ending == ".pdf" and file.size and PDF not in file.start:
            yield problem("media-kind", Position(path), ending="pdf")
        elif file.damage and ending in FORMATS and FORMATS[ending].kind == "image":
            yield problem("image-damaged", Position(path), problem=file.damage)


def caption_times(material: Material) -> Iterator[Diagnostic]:
    """Require that caption files are valid WebVTT, with their times in order (WCAG 1.2.2)."""
    for path in sorted(material.media_used & material.sources.captions.keys()):
        if not material.sources.media[path].size:
            continue
        for fault in islice(captions.judge(material.sources.captions[path]), _MAX_REPORTED):
            position = Position(path, fault.line, 1)
            yield problem("captions-invalid", position, problem=fault.problem, fix=fault.fix)


RULES: tuple[Callable[[Material], Iterator[Diagnostic]], ...] = (
    links,
    readings,
    ambiguous,
    active,
    allowed,
    images,
    media,
    addresses,
    organisations,
    media_kinds,
    caption_times,
)
