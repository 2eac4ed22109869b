"""Text from before Unicode: TCVN3 (ABC) and VNI-Windows fonts, and what tells them apart."""

from ntm_geo.legacy.detection import Encoding, Evidence, decode_as, detect
from ntm_geo.legacy.single_bytes import decode_windows_1258, restore_utf8
from ntm_geo.legacy.tcvn3 import decode_tcvn3, encode_tcvn3
from ntm_geo.legacy.vni import decode_vni, encode_vni

__all__ = [
    "Encoding",
    "Evidence",
    "decode_as",
    "decode_tcvn3",
    "decode_vni",
    "decode_windows_1258",
    "detect",
    "encode_tcvn3",
    "encode_vni",
    "restore_utf8",
]
