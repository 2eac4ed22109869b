"""Boundaries that others publish on the net: asked for, received safely, and read.

The only part of the program that opens a connection; nothing else imports it. What is received is
believed in nothing: it is bounded in time and size, and looked through before anything is kept.
"""

from ntm_geo.fetching.download import Limits, OnBytes, Received, download
from ntm_geo.fetching.gadm import read_district
from ntm_geo.fetching.overpass import overpass_address, read_answer
from ntm_geo.fetching.published import Place, Published, PublishedUnit
from ntm_geo.fetching.publishers import OSM, PUBLISHERS, Publisher, find_publisher

__all__ = [
    "OSM",
    "PUBLISHERS",
    "Limits",
    "OnBytes",
    "Place",
    "Published",
    "PublishedUnit",
    "Publisher",
    "Received",
    "download",
    "find_publisher",
    "overpass_address",
    "read_answer",
    "read_district",
]
