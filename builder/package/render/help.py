"""Renders the help: the contacts of all pages, and links to the help pages.

The help is a view of the player, and also a separate page for browsers without JavaScript.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from builder.base import resources
from builder.base.cache import Cache
from builder.base.immutable import immutable
from builder.course import blocks as bodies
from builder.course import markdown
from builder.course.blocks import Contact
from builder.course.markdown import Directive, Prose, VariableUse
from builder.course.model import EMERGENCY, Page
from builder.package.artifacts import HELP, LAUNCH, NEUTRAL, Member, name_of_page
from builder.package.render.pages import PageRenderer
from builder.package.render.theme import theme_styles

_STYLES = ("player.css", "parts/shell-pages.css", "parts/shell-visit.css")
_CONTACTS = "contacts"
_TitledContact = tuple[str | Prose, Contact]
"""A contact, and before it the title above it: that of its block, or else the last heading, or else
the title of its page."""

_DEFAULT_EMERGENCY = Contact(Prose(()), VariableUse(EMERGENCY, 0, 0))


@immutable
class _Group:
    """The contacts below one title, as data for the template. ``emergency`` marks the group of the
    emergency contact."""

    title: str
    entries: Sequence[object]
    emergency: bool = False


class Help:
    """Renders the help of a course."""

    def __init__(self, renderer: PageRenderer, cache: Cache) -> None:
        self._renderer = renderer
        self._groups = list(_contact_groups(renderer, cache))

    def view(self) -> Markup | None:
        """The HTML of the player's help view; ``None`` if the course has no help."""
        if not self._renderer.templates.helps:
            return None
        return self._render_view(self._renderer.plan.course.help)

    def page(self) -> Member | None:
        """The page with the contacts for browsers without JavaScript; ``None`` if the course has no
        contacts. It links to no page that needs JavaScript."""
        if not self._groups:
            return None
        plan = self._renderer.plan
        styles = (resources.path(*name.split("/")).read_text("utf-8") for name in _STYLES)
        page = self._renderer.templates.render(
            "help-page.html.j2",
            shown=self._render_view(()),
            css=Markup("".join(styles) + theme_styles(plan.course.theme, plan.media)),
            launch=LAUNCH,
            neutral=name_of_page(NEUTRAL, plan.tag),
            others=[
                (tag, name_of_page(HELP, tag if place else ""))
                for place, tag in enumerate(plan.languages)
                if tag != plan.course.language
            ],
        )
        return Member(name_of_page(HELP, plan.tag), page.encode())

    def _render_view(self, pages: Sequence[Page]) -> Markup:
        return self._renderer.templates.render("help.html.j2", groups=self._groups, pages=pages)


def _contact_groups(renderer: PageRenderer, cache: Cache) -> Iterator[_Group]:
    """The groups of contacts, with every contact of the course once and the emergency contact
    first."""
    course = renderer.plan.course
    emergency: dict[object, object] = {}
    others: dict[str, dict[object, object]] = {}
    listed: set[object] = set()
    for page in course.pages:
        for above, contact in _kept(page, cache):
            entry = renderer.contact(page, contact)
            name = (contact.value.name, entry["label"])
            if contact.value.name == EMERGENCY:
                emergency[name] = entry
            elif name not in listed:
                listed.add(name)
                words = above if isinstance(above, str) else renderer.plain(above)
                others.setdefault(words, {})[name] = entry
    if EMERGENCY in course.variables and not emergency:
        emergency[EMERGENCY] = renderer.contact(course.pages[0], _DEFAULT_EMERGENCY)
    if emergency:
        yield _Group("", tuple(emergency.values()), True)
    yield from (_Group(title, tuple(entries.values())) for title, entries in others.items())


def _kept(page: Page, cache: Cache) -> tuple[_TitledContact, ...]:
    return cache.get_or_compute(("contacts", page.id), (page,), lambda: tuple(_contacts(page)))


def _contacts(page: Page) -> Iterator[_TitledContact]:
    blocks = tuple(page.document.walk())
    # Check first, since few pages have contacts and finding the titles above is slow.
    if not any(isinstance(block, Directive) and block.name == _CONTACTS for block in blocks):
        return
    above: str | Prose = page.title
    for block in blocks:
        if isinstance(block, Prose):
            headings = [one for one in markdown.elements(block) if one.kind == "heading"]
            above = headings[-1].text() if headings else above
        elif block.name == _CONTACTS:
            entries = bodies.read(block).parts["entries"]
            assert isinstance(entries, tuple)
            for entry in entries:
                assert isinstance(entry, Contact)
                yield block.argument or above, entry
