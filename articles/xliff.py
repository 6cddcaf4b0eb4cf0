"""Units as XLIFF 1.2, the format of translators' tools."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring
from xml.sax.saxutils import quoteattr

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from .status import CURRENT, MISSING, OUTDATED
from .units import MODELS, Refused, Unit

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
NAME = f"{{{NAMESPACE}}}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
STATES = {MISSING: "needs-translation", OUTDATED: "needs-review-translation", CURRENT: "translated"}
DONE = {"translated", "final", "signed-off"}
# Tools that don't keep states leave these where a translation has been written.
UNTOUCHED = {"", "new", "needs-translation"}
# What tools mark sentences with; its text is all that counts.
MARK = "mrk"


def written(units: Iterable[Unit]) -> Iterator[str]:
    """Return a file piece by piece, however many units there are."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<xliff version="1.2" xmlns="{NAMESPACE}">\n'
    for (model, source_language, language), group in groupby(
        units, key=lambda unit: (unit.model, unit.source_language, unit.language)
    ):
        yield (
            f'<file original={quoteattr(model)} datatype="plaintext" source-language={quoteattr(source_language)} '
            f"target-language={quoteattr(language)}><body>\n"
        )
        yield from (tostring(element_of(unit), encoding="unicode") + "\n" for unit in group)
        yield "</body></file>\n"
    yield "</xliff>\n"


def element_of(unit: Unit) -> Element:
    # extradata is what the standard has for a tool's own data: by it an untouched translation is known.
    attributes = {"id": unit.id, "resname": unit.field, "xml:space": "preserve", "extradata": unit.fingerprint}
    if limit := MODELS[unit.model]._meta.get_field(unit.field).max_length:
        attributes |= {"maxwidth": str(limit), "size-unit": "char"}
    if unit.status == CURRENT:
        attributes["approved"] = "yes"
    element = Element("trans-unit", attributes)
    SubElement(element, "source").text = unit.source
    SubElement(element, "target", {"state": STATES[unit.status]}).text = unit.translation
    return element


def parsed(content: bytes) -> list[Unit]:
    """Return the units of a file; raise Refused if it isn't XLIFF, or holds what no export of ours does."""
    root = parsed_xml(content)
    if root.tag != f"{NAME}xliff":
        raise Refused(_("This isn’t an XLIFF 1.2 file."))
    return [
        unit_of(element, file.get("source-language", ""), file.get("target-language", ""))
        for file in root.iter(f"{NAME}file")
        for element in file.iter(f"{NAME}trans-unit")
    ]


def parsed_xml(content: bytes) -> Element:
    try:
        return fromstring(content.decode("utf-8-sig"), forbid_dtd=True)
    except UnicodeDecodeError:
        raise Refused(_("This file isn’t UTF-8.")) from None
    except DefusedXmlException:
        raise Refused(_("This file declares a document type or entities, which no file of ours does.")) from None
    except ParseError as error:
        line, _column = error.position
        raise Refused(_("This isn’t well-formed XML: line %(line)s.") % {"line": line}) from None


def unit_of(element: Element, source_language: str, language: str) -> Unit:
    identity = element.get("id", "")
    place = _("Unit %(id)s") % {"id": identity}
    model, _slash, rest = identity.partition("/")
    key, _slash, field = rest.rpartition("/")
    target = element.find(f"{NAME}target")
    return Unit(
        model,
        key,
        field,
        source_language,
        language,
        text_of(element.find(f"{NAME}source"), place),
        text_of(target, place),
        said_status(element, target),
        element.get("extradata", ""),
        place,
    )


def text_of(element: Element | None, place: str) -> str:
    if element is None:
        return ""
    tags = {child.tag.removeprefix(NAME) for child in element.iter() if child is not element} - {MARK}
    if tags:
        message = _("%(place)s: it holds a tag <%(tag)s>; only text is taken.")
        raise Refused(message % {"place": place, "tag": min(tags)})
    return "".join(element.itertext())


def said_status(element: Element, target: Element | None) -> str:
    state = "" if target is None else target.get("state", "")
    if state in DONE or (not state and element.get("approved") == "yes"):
        return CURRENT
    return "" if state in UNTOUCHED else OUTDATED
