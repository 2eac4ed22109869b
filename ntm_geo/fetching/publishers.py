"""Who publishes boundaries of communes, under which address and on which terms."""

from dataclasses import dataclass

from ntm_geo.errors import OptionError, Problem, Text

_MB = 2**20


@dataclass(frozen=True, kw_only=True)
class Publisher:
    """A publisher of boundaries.

    Parameters
    ----------
    id
        The word of `--source`.
    title
        What it publishes, as it calls itself.
    address
        Of the file, or of the service that is asked.
    ending
        How the name of what comes from there ends.
    terms
        What may be done with it.
    terms_address
        Where the terms stand in full.
    attribution
        The words that go with every map.
    max_bytes
        Most that may come [byte]: several times what is expected. Parsed, JSON takes some ten
        times as much memory.
    """

    id: str
    title: str
    address: str
    ending: str
    terms: Text
    terms_address: str
    attribution: str
    max_bytes: int


GADM = Publisher(
    id="gadm",
    title="GADM 4.1",
    address="https://geodata.ucdavis.edu/gadm/gadm4.1/json/gadm41_VNM_3.json.zip",
    ending=".zip",
    terms=Text(
        "dùng miễn phí cho nghiên cứu, giảng dạy và mục đích phi thương mại; không được chuyển "
        "cho người khác hay đăng lại, không được dùng để thu lợi, nếu chưa xin phép",
        "free for academic and other non-commercial use; not to be passed on or used commercially "
        "without asking first",
    ),
    terms_address="https://gadm.org/license.html",
    attribution="GADM 4.1 (gadm.org)",
    max_bytes=256 * _MB,
)
OSM = Publisher(
    id="osm",
    title="OpenStreetMap",
    address="https://overpass-api.de/api/interpreter",
    ending=".json",
    terms=Text(
        "giấy phép ODbL 1.0: được dùng, sửa và chuyển tiếp, với điều kiện ghi nguồn trên mọi bản "
        "đồ và giữ nguyên giấy phép cho dữ liệu đã sửa",
        "ODbL 1.0: may be used, changed and passed on where every map names the source and changed "
        "data stay under the same licence",
    ),
    terms_address="https://www.openstreetmap.org/copyright",
    attribution="© OpenStreetMap contributors",
    max_bytes=32 * _MB,
)
PUBLISHERS = (GADM, OSM)


def find_publisher(id: str) -> Publisher:
    """Return the publisher that is called so.

    Raises
    ------
    OptionError
        There is none.
    """
    for publisher in PUBLISHERS:
        if publisher.id == id:
            return publisher
    words = ", ".join(publisher.id for publisher in PUBLISHERS)
    raise OptionError(
        Problem(
            column="--source",
            what=Text("không có nguồn này", "there is no such source"),
            found=id,
            allowed=Text(words, words),
            todo=Text("chọn một nguồn", "choose one of these"),
        )
    )
