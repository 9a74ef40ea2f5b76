"""A bank as a QTI 2.1 package."""

from __future__ import annotations

from jingzhong.exchange.export import qti
from jingzhong.exchange.export.material import Material
from jingzhong.exchange.export.qti_package import Dialect, make_package

LOSSES = qti.LOSSES
_DIALECT = Dialect(
    namespace="http://www.imsglobal.org/xsd/imsqti_v2p1",
    location="http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
    package="http://www.imsglobal.org/xsd/imscp_v1p1",
    package_location="http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd",
    schema="QTIv2.1 Package",
    version="1.0.0",
    item_type="imsqti_item_xmlv2p1",
    test_type="imsqti_test_xmlv2p1",
)


def make(material: Material) -> bytes:
    """The bytes of the package."""
    return make_package(material, _DIALECT)
