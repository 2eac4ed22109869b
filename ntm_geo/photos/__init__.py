"""Photographs that people bring: found, looked through, and told where and when they were taken.

What a file claims to be counts for nothing; only what it holds does. The pictures stay where they
are, and nothing of them but position, time and checksum is used.
"""

from ntm_geo.photos.finding import Found, find_photos
from ntm_geo.photos.reading import Photograph, read_photo

__all__ = ["Found", "Photograph", "find_photos", "read_photo"]
