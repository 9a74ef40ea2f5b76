"""A bank as a QTI 3.0 package."""

from __future__ import annotations

from jingzhong.exchange.export import qti
from jingzhong.exchange.export.material import Material
from jingzhong.exchange.export.qti_package import Dialect, make_package

LOSSES = qti.LOSSES
_DIALECT = Dialect(
    namespace="http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    location="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd",
    package="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    package_location="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd",
    schema="QTI Package",
    version="3.0.0",
    item_type="imsqti_item_xmlv3p0",
    test_type="imsqti_test_xmlv3p0",
    kebab=True,
)


def make(material: Material) -> bytes:
    """The bytes of the package."""
    return make_package(material, _DIALECT)
