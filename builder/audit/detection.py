"""Detects what standard a package follows and which authoring tool made it
(facts/packages.md#kinds-of-packages, #marks-of-authoring-tools)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from builder.audit.findings import Kind, Tool
from builder.audit.manifest import ADL_12, Manifest
from builder.audit.package import Package

_2004 = re.compile(r"2004|1\.3|CAM", re.IGNORECASE)
_EDITION = re.compile(r"(\d)(?:st|nd|rd|th) edition", re.IGNORECASE)
ADL_2004 = ("adlcp_v1p3", "adlseq_v1p3", "adlnav_v1p3", "/imsss")
"""Parts of namespaces that only SCORM 2004 uses."""

_FILES: tuple[tuple[Kind, Callable[[str], bool]], ...] = (
    (Kind.CMI5, lambda name: name == "cmi5.xml"),
    (Kind.XAPI, lambda name: name == "tincan.xml"),
    (Kind.H5P, lambda name: name == "h5p.json"),
    (Kind.AICC, lambda name: name.endswith(".crs")),
    (Kind.SCORM_11, lambda name: name.rpartition("/")[2] == "csf.xml"),
    (Kind.EPUB, lambda name: name == "meta-inf/container.xml"),
    (Kind.OFFICE, lambda name: name == "[content_types].xml"),
)
"""The kinds of packages without a manifest. A package is of a kind if the lower-case path of one of
its files passes the test."""


def kind_of(package: Package) -> tuple[Kind, str]:
    """The standard that the package follows, and its edition, which may be empty."""
    manifest = package.manifest
    if manifest is not None:
        return _by_manifest(manifest)
    return _by_files(package.by_lower_name), ""


def _by_files(names: Collection[str]) -> Kind:
    for kind, says in _FILES:
        if any(map(says, names)):
            return kind
    return Kind.UNKNOWN


def _by_manifest(manifest: Manifest) -> tuple[Kind, str]:
    if any("/imsccv1p" in uri for uri in manifest.namespaces):
        return Kind.COMMON_CARTRIDGE, ""
    kind = _built_as(manifest) or declared_kind(manifest) or _kind_by_namespaces(manifest)
    edition = _EDITION.search(manifest.text_of("schemaversion"))
    return kind, edition[0] if edition and kind is Kind.SCORM_2004 else ""


def _kind_by_namespaces(manifest: Manifest) -> Kind:
    newer = declares_2004(manifest) and ADL_12 not in manifest.namespaces
    return Kind.SCORM_2004 if newer else Kind.SCORM_12


def declared_kind(manifest: Manifest) -> Kind | None:
    """The standard that the ``schemaversion`` of a manifest names; ``None`` if it names no known
    version of SCORM."""
    version = manifest.text_of("schemaversion")
    if version == "1.2":
        return Kind.SCORM_12
    return Kind.SCORM_2004 if _2004.search(version) else None


def contradicts_version(manifest: Manifest) -> bool:
    """Whether the ``schemaversion`` of a manifest names another version of SCORM than the one whose
    elements the manifest has."""
    declared, built = declared_kind(manifest), _built_as(manifest)
    return declared is not None and built is not None and declared is not built


def _built_as(manifest: Manifest) -> Kind | None:
    """The standard whose elements and attributes a manifest has; ``None`` if it has those of no
    version of SCORM or of both."""
    newer = any(part in uri for uri in manifest.used_namespaces for part in ADL_2004)
    if newer == (ADL_12 in manifest.used_namespaces):
        return None
    return Kind.SCORM_2004 if newer else Kind.SCORM_12


def declares_2004(manifest: Manifest) -> bool:
    """Whether a manifest declares namespaces of SCORM 2004, used or not."""
    return any(part in uri for uri in manifest.namespaces for part in ADL_2004)


_READ = 20_000
"""Number of bytes at the start of a text in which marks of authoring tools are searched; all known
marks are there."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark by which an authoring tool is recognised: a file, and optionally a text in that file.

    ``file`` matches the path and ``says`` the text; without ``says``, any file with such a path is
    a mark. The group of ``says`` is the version of the tool. ``word`` is a lower-case part of each
    text that ``says`` matches; it is searched first, because a pattern is much slower.
    """

    tool: str
    file: re.Pattern[str]
    word: bytes = b""
    says: re.Pattern[bytes] | None = None


def _mark(tool: str, file: str, word: str = "", says: str = "") -> Mark:
    pattern = re.compile((says or re.escape(word)).encode(), re.IGNORECASE | re.DOTALL)
    path = re.compile(rf"(?:.*/)?(?:{file})", re.IGNORECASE)
    return Mark(tool, path, word.encode(), pattern if word else None)


_NUMBER = r"(\d[\d.]*)"
_PAGE = r"[^/]+\.x?html?"
_SCRIPT = r"[^/]+\.js"
_MANIFEST = "imsmanifest\\.xml"
_GENERATOR = Mark(
    "",
    re.compile(rf"(?:.*/)?{_PAGE}", re.IGNORECASE),
    b"generator",
    re.compile(
        rb"""<meta(?=[^>]*\sname\s*=\s*["']?generator["'\s>/])[^>]*\scontent\s*=\s*"""
        rb"""["'](?P<tool>[A-Za-z][A-Za-z0-9 .'&+-]{1,38}?)(?:[ /,]+v?(?P<version>\d[\d.]*))?"""
        rb"""(?=["',;(\[/]| -)""",
        re.IGNORECASE,
    ),
)
"""The mark of a tool that has no other mark: a launched page, or a page beside it, names its
generator in a ``meta`` element. The group ``tool`` is the name of the tool, and the group
``version`` its version. A generator without a version is not a mark, because some authors write
their own name there."""
_EDITORS = re.compile(
    r"microsoft (?:visual|word|front|office|excel|powerpoint|publisher|expression|html)|mshtml"
    r"|(?:libre|open|star)office|html tidy|dreamweaver|golive|netobjects|web ?matrix|visual studio"
    r"|nvu|kompozer|bluefish|amaya|mozilla|notepad|vim\b|emacs|bootstrap|jsdoc|doxygen|docutils"
    r"|sphinx|pandoc|hugo|jekyll|wordpress|drupal|joomla",
    re.IGNORECASE,
)
"""Names of programs that write or edit single pages or whole sites. They write ``generator``, but a
course with such a page was made by hand."""
_MARKS = (
    _mark("scorm-builder", "course\\.json", '"builder"', rf'"builder":\s*"{_NUMBER}'),
    _mark(
        *("Articulate Storyline", "meta\\.xml", 'name="articulate storyline"'),
        rf'<application[^>]*name="Articulate Storyline"(?:[^>]*?version="{_NUMBER})?',
    ),
    _mark(
        *("Articulate Storyline", _PAGE, "created using "),
        rf"Created using (?:Articulate )?Storyline(?: [\d.]+)?.{{0,80}}?-->[\",]*\s*"
        rf"(?:<!--\s*version: {_NUMBER})?",
    ),
    _mark("Articulate Storyline", "story_content/.+"),
    _mark("Articulate Presenter", "presentation_content/.+"),
    _mark("Articulate Quizmaker", "quiz_content/.+"),
    _mark("Articulate Engage", "engage_content/.+"),
    _mark("Articulate Rise", "scormcontent/index\\.html", "coursedata"),
    _mark("Articulate Rise", "scormcontent/index\\.html", "lib/rise"),
    _mark("Articulate Rise", "scormcontent/lib/(?:rise/.+|main\\.bundle\\.js|lzwcompress\\.js)"),
    _mark("Articulate Rise", "scormcontent/locales/und\\.js"),
    _mark("Articulate Rise", _MANIFEST, '"articulate_rise"'),
    _mark(
        *("iSpring", _PAGE, "created with ispring"),
        rf"Created with iSpring(?:.{{0,80}}?<!--\s*version {_NUMBER})?",
    ),
    _mark("Adobe Captivate", "project\\.txt", "captivate", r'"generator"\s*:\s*"[^"]*Captivate'),
    _mark("Adobe Captivate", "assets/js/CPM\\.js"),
    _mark("Adobe Captivate", _PAGE, "use_legacy_identifiers_for_2004"),
    _mark("Lectora", _PAGE, 'content="lectora', rf'content="Lectora[^"\d]*{_NUMBER}?'),
    _mark("Lectora", "trivantis[^/]*\\.js"),
    _mark("Evolve", _PAGE, "evolveauthoring"),
    _mark("Evolve", _PAGE, "evolve authoring"),
    _mark("Adapt", "adapt/js/adapt(?:\\.min)?\\.js"),
    _mark("Adapt", _PAGE, "adapt_build_type"),
    _mark("eXeLearning", _PAGE, 'content="exelearning', rf'"eXeLearning(?: v?{_NUMBER})?'),
    _mark("eXeLearning", "imsmanifest\\.xml", "<!-- generated by exe "),
    _mark("eXeLearning", "exe_jquery\\.js|contentv3\\.xml"),
    _mark("Xerte Online Toolkits", "common_html5/js/xenith\\.js|template\\.xwd"),
    _mark("LiaScript", _PAGE, "liascript"),
    _mark("LiaScript", _PAGE, "<title>lia</title>"),
    _mark("3DVista", "lib/tdvplayer\\.js(?:on)?"),
    _mark("Ludiscape", _MANIFEST, "generated by ludiscape", rf"generated by Ludiscape {_NUMBER}?"),
    _mark("RELOAD Editor", _MANIFEST, "reload version", rf"This is a Reload version {_NUMBER}?"),
    _mark(
        *("Manifest Maker for Dreamweaver", _MANIFEST, "manifest maker for adl scorm"),
        rf"Manifest Maker for ADL SCORM [\d.]+ Version {_NUMBER}?",
    ),
    _mark("Wondershare QuizCreator", _MANIFEST, "ws_quiz"),
    _mark("Camtasia", "techsmith-smart-player(?:\\.min)?\\.js"),
    _mark("Elucidat", _PAGE, "elucidat.com"),
    _mark("dominKnow", _PAGE, "dominknow"),
    _mark("Rustici’s golf examples", _MANIFEST, "com.scorm.golfsamples"),
    _mark("ADL’s test suite", _MANIFEST, "lmstestpackage_"),
    _mark("Unity (WebGL)", "Build/UnityLoader\\.js|TemplateData/UnityProgress\\.js"),
    _mark("Unity (WebGL)", _PAGE, "unityloader"),
    _mark("H5P", "h5p\\.json", '"mainlibrary"'),
    _mark("H5P", _PAGE, "h5pintegration"),
)
"""The marks of authoring tools, in the order of search: if a package has marks of two tools, the
first counts. Each mark has a line in facts/packages.md#marks-of-authoring-tools."""
_LIBRARIES = (
    _mark("Create React App", "asset-manifest\\.json", "static/js/"),
    _mark("Rustici’s SCORM Driver", "scormdriver\\.js"),
    _mark("a manifest template of scorm.com", _MANIFEST, "com.scorm.manifesttemplates"),
    _mark("the pipwerks SCORM wrapper", _SCRIPT, "pipwerks.scorm"),
    _mark("ADL’s APIWrapper.js", "APIWrapper\\.js"),
)
"""The marks of libraries in hand-made courses."""


def tool_of(package: Package) -> Tool | None:
    """The tool that made the package; ``None`` if the package has no known mark.

    Texts in the folders of the manifest and of the launched pages are searched first, because a
    course may contain pages made with another tool.
    """
    starts = _starts(package)
    folders = _own_folders(package)
    near = {name: start for name, start in starts.items() if name.rpartition("/")[0] in folders}
    for texts in (near, starts):
        for mark in _MARKS:
            for name, version in _matches(package, mark, texts):
                return Tool(name, version or _version(package, name, texts))
    for name, version in _matches(package, _GENERATOR, near):
        if version and not _EDITORS.search(name):
            return Tool(name, version)
    return None


def library_of(package: Package) -> str:
    """The library or template with which a course was made by hand; empty if the package has no
    known mark of one."""
    starts = _starts(package)
    found = (name for mark in _LIBRARIES for name, _ in _matches(package, mark, starts))
    return next(found, "")


def _starts(package: Package) -> dict[str, bytes]:
    """The starts of all texts, in lower case, by path."""
    return {name: text.content[:_READ].lower() for name, text in package.texts.items()}


def _own_folders(package: Package) -> frozenset[str]:
    """The folders of the manifest and of the launched pages."""
    manifest = package.manifest
    if manifest is None:
        return frozenset(("",))
    paths = [manifest.path, *(one.path or "" for one in manifest.launches)]
    return frozenset(path.rpartition("/")[0] for path in paths)


def _version(package: Package, tool: str, starts: Mapping[str, bytes]) -> str:
    """The version of the tool with the name ``tool``, from the first of its marks that states a
    version; empty if no mark does.

    ``starts`` are the starts of texts, in lower case, by path.
    """
    marks = (mark for mark in _MARKS if mark.tool == tool)
    found = (version for mark in marks for _, version in _matches(package, mark, starts))
    return next(filter(None, found), "")


def _matches(
    package: Package, mark: Mark, starts: Mapping[str, bytes]
) -> Iterator[tuple[str, str]]:
    """Pairs of a tool and the tool's version (may be empty), one for each file of the package with
    the mark.

    ``starts`` are the starts of texts, in lower case, by path.
    """
    if mark.says is None:
        yield from ((mark.tool, "") for name in package.files if mark.file.fullmatch(name))
        return
    for name, start in starts.items():
        if not mark.file.fullmatch(name) or mark.word not in start:
            continue
        if found := mark.says.search(package.texts[name].content[:_READ]):
            groups = found.groupdict()
            number = groups.get("version") if groups else _first(found)
            tool = (groups.get("tool") or b"").decode("ascii").strip() or mark.tool
            yield tool, (number or b"").decode("ascii").rstrip(".")


def _first(found: re.Match[bytes]) -> bytes | None:
    return found[1] if found.re.groups else None
