"""Our control documents give the verdicts of the published ones, which do not even load."""

import copy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from builder.base import resources
from builder.package import manifest
from builder.package.plan import plan
from tests.scorm.manifests import BAD, GOOD, changed
from tests.scorm.schemas import MENDED, NAMESPACES, PUBLISHED, ours, published
from tests.support.courses import COURSE

BUILT = manifest.build(plan(COURSE), ["index.html", "course.json", "assets/player.js"])


@pytest.mark.parametrize("name", NAMESPACES)
def test_each_document_loads_as_it_is(name: str) -> None:
    document = etree.parse(resources.path("scorm", name))
    etree.XMLSchema(document)
    assert document.getroot().get("targetNamespace") == NAMESPACES[name]


@pytest.mark.parametrize("name", MENDED)
def test_the_published_document_does_not(name: str) -> None:
    with pytest.raises((etree.XMLSyntaxError, etree.XMLSchemaParseError)):
        etree.XMLSchema(etree.parse(PUBLISHED / name))


@pytest.mark.parametrize("name", GOOD)
def test_both_accept(name: str) -> None:
    root = etree.fromstring(changed(GOOD[name]))
    published().assertValid(root)
    ours().assertValid(root)


def test_both_accept_what_the_builder_makes() -> None:
    root = etree.fromstring(BUILT)
    published().assertValid(root)
    ours().assertValid(root)


@pytest.mark.parametrize("name", BAD)
def test_both_reject(name: str) -> None:
    root = etree.fromstring(changed(BAD[name]))
    assert (published().validate(root), ours().validate(root)) == (False, False)


SEEDS = [etree.fromstring(changed(edit)) for edit in GOOD.values()] + [etree.fromstring(BUILT)]
ELEMENT = "{http://www.w3.org/2001/XMLSchema}element"
TAGS = sorted(
    {
        f"{{{space}}}{element.get('name')}"
        for name, space in NAMESPACES.items()
        for element in etree.parse(resources.path("scorm", name)).getroot().iterchildren(ELEMENT)
    }
)
ATTRIBUTES = [
    "identifier",
    "identifierref",
    "default",
    "href",
    "isvisible",
    "parameters",
    "structure",
    "type",
    "version",
    *(f"{{{NAMESPACES['ims_xml.xsd']}}}{name}" for name in ("lang", "base", "link", "space")),
    f"{{{NAMESPACES['adlcp_rootv1p2.xsd']}}}scormtype",
]
VALUES = st.sampled_from(
    ["", "x", "a b", "1", "true", "sco", "asset", "URI", "TEXT", "aicc_script", "en", "é"]
) | st.builds("x".__mul__, st.sampled_from([13, 14, 20, 21, 100, 101, 200, 201, 255, 256, 2001]))


def mutate(draw: st.DrawFn, root: etree._Element) -> None:
    element = draw(st.sampled_from(list(root.iter(etree.Element))))
    match draw(st.sampled_from(["drop", "repeat", "move", "rename", "add", "set", "unset", "say"])):
        case "drop" if element is not root:
            element.getparent().remove(element)
        case "repeat" if element is not root:
            element.addnext(copy.deepcopy(element))
        case "move" if element is not root:
            siblings = element.getparent()
            siblings.insert(draw(st.integers(0, len(siblings))), element)
        case "rename":
            element.tag = draw(st.sampled_from(TAGS))
        case "add":
            place = draw(st.integers(0, len(element)))
            element.insert(place, etree.Element(draw(st.sampled_from(TAGS))))
        case "set":
            element.set(draw(st.sampled_from(ATTRIBUTES)), draw(VALUES))
        case "unset" if element.attrib:
            del element.attrib[draw(st.sampled_from(sorted(element.attrib)))]
        case "say":
            element.text = draw(VALUES)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A valid manifest with one to four things changed."""
    root = copy.deepcopy(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 4))):
        mutate(draw, root)
    return etree.tostring(root)


@pytest.mark.whole
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
def test_both_agree(text: bytes) -> None:
    root = etree.fromstring(text)
    assert ours().validate(root) == published().validate(root)
