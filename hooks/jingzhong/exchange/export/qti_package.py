"""A QTI content package: manifest, test, items, pictures; in the names of 2.1 or of 3.0."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from xml.etree import ElementTree as ET

from jingzhong.exchange.export.archive import pack
from jingzhong.exchange.export.losses import HEADING
from jingzhong.exchange.export.material import Material, safe
from jingzhong.exchange.export.qti import build_item, item_id
from jingzhong.model.quizzes import Question

# What QTI takes over from HTML under its own name.
_HTML = frozenset({"p", "div", "img"})
_HUMP = re.compile("(?<=[a-z0-9])([A-Z])")
_SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"


@dataclass(frozen=True)
class Dialect:
    """The names of one version. `kebab` is how 3.0 writes what 2.1 writes in camel case."""

    namespace: str
    location: str
    package: str
    package_location: str
    schema: str
    version: str
    item_type: str
    test_type: str
    kebab: bool = False


def make_package(material: Material, dialect: Dialect) -> bytes:
    """The bytes of the package; the manifest says in a comment what was lost."""
    pictures = dict(_pictures(material))
    entries = [("imsmanifest.xml", _manifest(material, dialect, pictures))]
    entries.append(("test.xml", _document(_test(material), dialect)))
    for question in material.bank.questions:
        name = pictures.get(question.image.src) if question.image else None
        item = build_item(question, material, f"../{name}" if name else None)
        entries.append((_file(question), _document(item, dialect)))
    entries += [(name, material.pictures[src]) for src, name in pictures.items()]
    return pack(entries)


def _file(question: Question) -> str:
    return f"items/{item_id(question)}.xml"


def _pictures(material: Material) -> Iterator[tuple[str, str]]:
    for number, src in enumerate(sorted(material.pictures), 1):
        yield src, f"media/picture-{number}{PurePosixPath(src).suffix.lower()}"


def _test(material: Material) -> ET.Element:
    """All items in one section. Feedback of items shows only where the test allows it."""
    bank = material.bank
    test = ET.Element("assessmentTest", identifier=f"test-{bank.id}", title=safe(bank.title))
    part = ET.SubElement(
        test,
        "testPart",
        identifier="part",
        navigationMode="nonlinear",
        submissionMode="individual",
    )
    ET.SubElement(
        part, "itemSessionControl", maxAttempts="0", showFeedback="true", showSolution="true"
    )
    section = ET.SubElement(
        part, "assessmentSection", identifier="section", title=safe(bank.title), visible="true"
    )
    for question in bank.questions:
        ET.SubElement(
            section, "assessmentItemRef", identifier=item_id(question), href=_file(question)
        )
    return test


def _document(root: ET.Element, dialect: Dialect) -> bytes:
    if dialect.kebab:
        _to_kebab(root)
    root.set("xmlns", dialect.namespace)
    return _written(root, dialect.namespace, dialect.location)


def _written(root: ET.Element, namespace: str, location: str) -> bytes:
    root.set("xmlns:xsi", _SCHEMA)
    root.set("xsi:schemaLocation", f"{namespace} {location}")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _to_kebab(root: ET.Element) -> None:
    """Rename to 3.0, which also wants the text of a feedback inside a content body."""
    for element in list(root.iter()):
        if element.tag == "modalFeedback":
            inner = list(element)
            element[:] = []
            ET.SubElement(element, "contentBody").extend(inner)
    for element in root.iter():
        element.attrib = {_kebab(key): value for key, value in element.attrib.items()}
        if element.tag not in _HTML:
            element.tag = f"qti-{_kebab(element.tag)}"


def _kebab(name: str) -> str:
    return _HUMP.sub(lambda match: f"-{match[1].lower()}", name)


def _manifest(material: Material, dialect: Dialect, pictures: dict[str, str]) -> bytes:
    bank = material.bank
    root = ET.Element("manifest", identifier=f"manifest-{bank.id}", xmlns=dialect.package)
    if material.losses:
        said = "；\n".join(map(str, material.losses))
        root.append(ET.Comment(re.sub("-(?=-|$)", "－", safe(f" {HEADING}：\n{said} "))))
    metadata = ET.SubElement(root, "metadata")
    ET.SubElement(metadata, "schema").text = dialect.schema
    ET.SubElement(metadata, "schemaversion").text = dialect.version
    ET.SubElement(root, "organizations")
    resources = ET.SubElement(root, "resources")
    test = ET.SubElement(
        resources, "resource", identifier="test", type=dialect.test_type, href="test.xml"
    )
    ET.SubElement(test, "file", href="test.xml")
    for question in bank.questions:
        ET.SubElement(test, "dependency", identifierref=item_id(question))
    for question in bank.questions:
        item = ET.SubElement(
            resources,
            "resource",
            identifier=item_id(question),
            type=dialect.item_type,
            href=_file(question),
        )
        ET.SubElement(item, "file", href=_file(question))
        if question.image and question.image.src in pictures:
            ET.SubElement(item, "file", href=pictures[question.image.src])
    return _written(root, dialect.package, dialect.package_location)
