"""Audit rules about pages and scripts: what they load, how they save, what browsers dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.audit.findings import ANYWHERE, Cost
from builder.audit.manifest import Launch
from builder.audit.markup import host_of, is_outside, missing, on_own_machine, over_http, references
from builder.audit.package import Package, Text
from builder.audit.rules.rule import ERROR, SCORM_12, WARNING, Fault, Rule, some
from builder.audit.texts import (
    absent_content,
    byte_position,
    find_outside_comments,
    position,
    reached_texts,
)
from builder.diagnostics.diagnostic import Severity


def _page_missing_file(package: Package, page: Text) -> Iterator[Fault]:
    others: dict[str, int] = {}
    scripts: dict[str, int] = {}
    launched = {one.path for one in package.manifest.launches} if package.manifest else ()
    content = absent_content(package, page) if page.name in launched else ()
    opened = {address for address, _ in content}
    for reference in missing(package, page):
        if reference.address in opened:
            continue
        # A launched page does not start without its scripts.
        starts = reference.tag == "script" and page.name in launched
        (scripts if starts else others).setdefault(reference.address, reference.offset)
    yield from _missing_files(page, scripts, ERROR)
    yield from _missing_files(page, others, None)


def _missing_files(
    page: Text, absent: dict[str, int], severity: Severity | None
) -> Iterator[Fault]:
    if absent:
        first, offset = next(iter(absent.items()))
        count = "1 file that is" if len(absent) == 1 else f"{len(absent)} files that are"
        words = {"page": page.name, "count": count, "path": first}
        yield Fault(position(page, offset), words, some(absent), severity=severity)


def _page_own_machine(package: Package, text: Text) -> Iterator[Fault]:
    for reference in references(text):
        if reference.loads and on_own_machine(reference.address):
            words = {"address": reference.address}
            yield Fault(position(text, reference.offset), words)


_ACTIVE_CONTENT = frozenset(("script", "link", "iframe", "frame", "object", "embed"))


def _page_insecure(package: Package, text: Text) -> Iterator[Fault]:
    for reference in references(text):
        if reference.loads and reference.tag in _ACTIVE_CONTENT and over_http(reference.address):
            yield Fault(position(text, reference.offset), {"address": reference.address})


def _page_external(package: Package, text: Text) -> Iterator[Fault]:
    hosts = set()
    for reference in references(text):
        address = reference.address
        if not reference.loads or not is_outside(address) or on_own_machine(address):
            continue
        if reference.tag not in ("img", "audio", "video", "source") and over_http(address):
            continue
        host = host_of(address)
        if host and host not in hosts:
            hosts.add(host)
            yield Fault(position(text, reference.offset), {"host": host}, (address,))


_UNLOAD_HANDLER = re.compile(
    rb"""onunload\s*=|addEventListener\s*\(\s*["']unload["']|\.on\s*\(\s*["']unload["']"""
    rb"""|attachEvent\s*\(\s*["']onunload["']|\(\s*window\s*\)\.unload\s*\(""",
    re.IGNORECASE,
)
_BEFOREUNLOAD_OF_JQUERY = re.compile(
    rb"""beforeunload\s*:\s*\{\s*(?:setup|postDispatch)|\bbeforeunloadHandler\b"""
    rb"""|_on\(\s*this\.window,\s*\{\s*beforeunload"""
)
_OTHER_EVENTS = (b"pagehide", b"visibilitychange", b"beforeunload")


def _page_unload(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    programs = [text for text in package.programs() if not _is_jquery(text)]
    if manifest is None or not manifest.scos or not package.is_whole:
        return
    reached = reached_texts(package)
    programs = [text for text in programs if text.name in reached]
    if any(_uses_other_event(text) for text in programs):
        return
    for text in programs:
        if b"unload" in text.content and (found := find_outside_comments(_UNLOAD_HANDLER, text)):
            yield Fault(byte_position(text, found.start()), {}, (text.name,))
            return


def _uses_other_event(text: Text) -> bool:
    """Whether a text uses another event than ``unload`` that occurs when a page is closed. jQuery's
    own code for such events does not count."""
    if not any(other in text.content for other in _OTHER_EVENTS):
        return False
    own = _BEFOREUNLOAD_OF_JQUERY.sub(b"", text.content)
    return any(other in own for other in _OTHER_EVENTS)


def _is_jquery(text: Text) -> bool:
    """Whether a script is jQuery, which cleans up at ``unload`` and saves nothing."""
    start = text.content[:400].lower()
    return b"jquery v" in start or b"jquery javascript library" in start


_SYNC_REQUEST = re.compile(
    rb"""\.open\(\s*["'](?:POST|PUT)["']\s*,\s*(["'][^"'\n]{1,200}["']|[\w.]{1,60})\s*,"""
    rb"""\s*(?:false|!1)\s*[,)]""",
    re.IGNORECASE,
)
_OTHER_STANDARDS = (b"aicc", b"x-experience-api")
"""Words in scripts that also support AICC or xAPI, which send requests instead of calling an
API."""


def _page_sync_request(package: Package, text: Text) -> Iterator[Fault]:
    if any(other in text.content.lower() for other in _OTHER_STANDARDS):
        return
    found = find_outside_comments(_SYNC_REQUEST, text)
    if found:
        address = found[1].decode("utf-8", "replace").strip("\"'")
        yield Fault(byte_position(text, found.start()), {"address": address})


_WRITTEN_SCRIPT = re.compile(
    rb"""document\.write(?:ln)?\(\s*["'][^\n]{0,40}?<script[^>\n]{0,200}?src=\\?["']?\\?["']?"""
    rb"""((?:https?:)?//[^"'\\\s>]{1,200})""",
    re.IGNORECASE,
)


def _page_document_write(package: Package, text: Text) -> Iterator[Fault]:
    found = find_outside_comments(_WRITTEN_SCRIPT, text)
    if found:
        address = found[1].decode("utf-8", "replace")
        yield Fault(byte_position(text, found.start()), {"address": address})


_PLUGINS = {
    ".swf": "Flash",
    ".xap": "Silverlight",
    ".class": "Java",
    ".jar": "Java",
    ".dcr": "Shockwave",
    ".unity3d": "Unity’s plug-in",
}


def _plugin_dropped(package: Package) -> Iterator[Fault]:
    manifest = package.manifest
    for launch in _launches(package):
        plugin = _PLUGINS.get(_ending(launch.path or ""))
        if plugin and manifest is not None:
            words = {"plugin": plugin, "file": launch.path}
            yield Fault(manifest.at(launch.resource), words)


def _launches(package: Package) -> tuple[Launch, ...]:
    return () if package.manifest is None else package.manifest.launches


def _plugin_dropped_in_page(package: Package, page: Text) -> Iterator[Fault]:
    # Other pages may be alternatives for older browsers.
    if page.name not in {launch.path for launch in _launches(package)}:
        return
    for reference in references(page):
        # The fallback content of a video or object is for older browsers.
        plugin = _PLUGINS.get(_ending(reference.address))
        if plugin and reference.tag in ("embed", "object", "applet") and not reference.inner:
            words = {"plugin": plugin, "file": reference.address}
            yield Fault(position(page, reference.offset), words)


def _ending(address: str) -> str:
    name = address.partition("?")[0].rpartition("/")[2].lower()
    return "." + name.rpartition(".")[2] if "." in name else ""


_DROPPED_FORMATS = frozenset(
    (
        *(".flv", ".f4v", ".wmv", ".wma", ".avi", ".asf", ".rm", ".ram", ".ra", ".mpg", ".mpeg"),
        *(".tif", ".tiff", ".emf", ".wmf", ".psd"),
    )
)
_PLUGIN_FORMATS = frozenset((".swf", ".xap", ".dcr"))
"""Formats of plug-ins; in a launched page, the rule ``plugin-dropped`` reports them."""
_MEDIA_ELEMENTS = frozenset(("video", "audio", "source", "img", "embed", "object"))


def _media_dropped(package: Package, page: Text) -> Iterator[Fault]:
    manifest = package.manifest
    launched = {one.path for one in manifest.launches} if manifest else set()
    for reference in references(page):
        name = reference.address.partition("?")[0].lower()
        ending = "." + name.rpartition(".")[2]
        dropped = ending in _DROPPED_FORMATS or (
            ending in _PLUGIN_FORMATS and page.name not in launched
        )
        if reference.tag in _MEDIA_ELEMENTS and dropped and not reference.inner:
            yield Fault(position(page, reference.offset), {"file": reference.address})


_EXIT_MODE_OFF = re.compile(rb"handleExitMode\s*[:=]\s*(?:false|!1)")
_EXIT_LOGOUT = re.compile(rb"""["']cmi\.core\.exit["']\s*,\s*["']logout["']""")


def _exit_logout(package: Package, text: Text) -> Iterator[Fault]:
    found = find_outside_comments(_EXIT_LOGOUT, text)
    if found is None or (b"handleExitMode" in text.content and _sets_no_exit(package)):
        return
    yield Fault(byte_position(text, found.start()))


def _sets_no_exit(package: Package) -> bool:
    """Whether a course turns off the exit mode of the pipwerks wrapper, which sets
    ``cmi.core.exit``."""
    return any(_EXIT_MODE_OFF.search(text.content) for text in package.programs())


RULES = (
    Rule(
        "page-missing-file",
        WARNING,
        "“{page}” uses {count} not in the package, such as “{path}”.",
        "Export again. If the page is no longer used, delete it.",
        "Browsers look for images, scripts and pages relative to the page that names them.",
        summary="A page uses files that are not in the package.",
        effects={
            ANYWHERE: (
                "trainees see a gap or an error page, and a missing script may stop the course"
            )
        },
        cost=Cost.CONTENT,
        source="facts/packages.md#pages",
        wrong='<img src="plan.png">, without plan.png',
        right='<img src="plan.png">, with plan.png',
        of_pages=True,
        judge_text=_page_missing_file,
    ),
    Rule(
        "page-own-machine",
        ERROR,
        "The page loads “{address}” from the computer of the person who opens it.",
        "Put the file into the package: insert it again in the authoring tool, and export again.",
        "An image or script was inserted with its path on the author’s disk, or from a server that "
        "ran there. It works on that computer and on no other.",
        summary="A page loads a file from the computer of the person who opens it.",
        effects={ANYWHERE: "it is missing on every computer except the author’s"},
        cost=Cost.ACCESS,
        source="facts/packages.md#pages",
        wrong='<img src="file:///C:/Users/ann/plan.png">',
        right='<img src="plan.png">',
        of_pages=True,
        judge_text=_page_own_machine,
        marks=(b"file:", b":\\", b":/", b"localhost", b"127.0.0.1"),
    ),
    Rule(
        "page-insecure",
        ERROR,
        "The page loads “{address}” over http.",
        "Put the file into the package and load it from there. If it must stay outside, write "
        "https.",
        "LMSs use https. In a page with https, browsers do not load scripts, styles or frames over "
        "http (mixed content).",
        summary="A page loads a file over http.",
        effects={ANYWHERE: "the browser blocks it, and parts that depend on it do not work"},
        cost=Cost.CONTENT,
        source="facts/packages.md#pages",
        wrong='<script src="http://example.org/quiz.js"></script>',
        right='<script src="quiz.js"></script>',
        of_pages=True,
        judge_text=_page_insecure,
        marks=(b"http:",),
    ),
    Rule(
        "page-external",
        WARNING,
        "The package loads files from another site, {host}.",
        "Put the file into the package if its licence allows that. Then the course works wherever "
        "the LMS does.",
        "Many networks of companies and schools block other sites. And the owner of the other site "
        "learns who opens the course, and when.",
        summary="The package loads files from another site.",
        effects={
            ANYWHERE: (
                "if the network blocks the site, the file is missing; the other site sees every "
                "trainee"
            )
        },
        cost=Cost.CONTENT,
        source="facts/packages.md#pages",
        wrong='<script src="https://cdn.example.org/lib.js"></script>',
        right='<script src="lib.js"></script>',
        of_pages=True,
        judge_text=_page_external,
        marks=(b"//",),
    ),
    Rule(
        "page-unload",
        WARNING,
        "The course relies only on “unload” to save when the page is closed.",
        "Update the authoring tool and export again. Developers should use “pagehide” and "
        "“visibilitychange”, and save after each step.",
        "Chrome is removing “unload”, and phones have rarely sent it.",
        effects={
            ANYWHERE: ("in Chrome and on phones, the last steps are lost when the window is closed")
        },
        cost=Cost.WORK,
        source="facts/learning-systems.md#browsers",
        wrong="window.onunload = finish;",
        right='window.addEventListener("pagehide", finish);',
        judge_package=_page_unload,
    ),
    Rule(
        "page-sync-request",
        WARNING,
        "The course sends a synchronous request, which blocks the page, to “{address}”.",
        "Update the authoring tool, or ask its maker: such a request must be asynchronous, or use "
        "sendBeacon when the page is closed.",
        "Browsers refuse synchronous requests while a page closes, and are removing them "
        "completely.",
        summary="The course sends a synchronous request, which blocks the page.",
        effects={ANYWHERE: "data that is sent while the window closes is lost"},
        cost=Cost.WORK,
        source="facts/packages.md#pages",
        wrong='request.open("POST", "save", false)',
        right='navigator.sendBeacon("save", data)',
        judge_text=_page_sync_request,
        marks=(
            b"false",
            b"!1",
        ),
    ),
    Rule(
        "page-document-write",
        WARNING,
        "The page adds a script from another site with document.write: “{address}”.",
        "Put the script into the package, and load it with a script element.",
        "On slow connections, Chrome does not run a script from another site that was added with "
        "document.write.",
        summary="A page adds a script from another site with document.write.",
        effects={
            ANYWHERE: (
                "on a slow connection, Chrome does not load it, and parts that depend on it do not "
                "work"
            )
        },
        cost=Cost.CONTENT,
        source="facts/packages.md#pages",
        wrong='document.write("<script src=\'//example.org/lms.js\'></scr" + "ipt>")',
        right='<script src="lms.js"></script>',
        judge_text=_page_document_write,
        marks=(b"document.write",),
    ),
    Rule(
        "plugin-dropped",
        ERROR,
        "The page needs {plugin} to show “{file}”, but browsers no longer support it.",
        "Publish the course again from its source as HTML5. If the source is lost, this part must "
        "be made again.",
        "Flash ended in 2020, Silverlight in 2021; Java applets were dropped from 2015 on.",
        summary="A page needs a plug-in that browsers no longer support.",
        effects={
            ANYWHERE: (
                "trainees see an empty area, or are asked to install a plug-in that no longer "
                "exists"
            )
        },
        cost=Cost.ACCESS,
        source="facts/packages.md#pages",
        wrong='<embed src="intro.swf">',
        right='<video src="intro.mp4" controls></video>',
        judge_package=_plugin_dropped,
        of_pages=True,
        judge_text=_plugin_dropped_in_page,
    ),
    Rule(
        "media-dropped",
        WARNING,
        "The page shows “{file}”, in a format that browsers do not play.",
        "Convert it: films to MP4 (H.264 and AAC), sounds to MP3 or M4A, pictures to PNG or JPEG.",
        "Browsers play only a few formats. Windows Media, Real and Flash video always needed a "
        "plug-in.",
        summary="A page shows a file in a format that browsers do not play.",
        effects={ANYWHERE: "trainees see an empty area, or the file is downloaded"},
        cost=Cost.CONTENT,
        source="facts/packages.md#pages",
        wrong='<video src="welcome.wmv">',
        right='<video src="welcome.mp4">',
        of_pages=True,
        judge_text=_media_dropped,
    ),
    Rule(
        "exit-logout",
        WARNING,
        "A script of the course sets cmi.core.exit to “logout”.",
        "Update the authoring tool or ask its maker: the value must be “suspend” while trainees "
        "can come back, and empty otherwise.",
        "In the standard, “logout” asks the LMS to end the learner’s session.",
        effects={
            ANYWHERE: (
                "if that script runs, an LMS that follows the standard logs people out when they "
                "leave, and forgets where they were"
            )
        },
        cost=Cost.WORK,
        source="facts/scorm-1.2.md#meaning",
        wrong='API.LMSSetValue("cmi.core.exit", "logout")',
        right='API.LMSSetValue("cmi.core.exit", "suspend")',
        kinds=SCORM_12,
        judge_text=_exit_logout,
        marks=(b"cmi.core.exit",),
    ),
)
