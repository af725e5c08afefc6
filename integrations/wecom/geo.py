"""Places: WeCom tells GCJ-02, the Chinese offset of WGS-84; we keep WGS-84, which every other source and device tells."""

import math

_AXIS, _ECCENTRICITY = 6378245.0, 0.00669342162296594323  # of the ellipsoid that the offset is laid down for
_EARTH = 6371008.8  # metres, the mean radius
_ROUNDS = 6  # each brings it about a thousand times nearer; six reach the last digit
Place = tuple[float, float]  # latitude, longitude


def to_wgs84(place: Place) -> Place:
    """A place of GCJ-02 in WGS-84, to better than a decimetre."""
    found = place
    for _round in range(_ROUNDS):
        told = to_gcj02(found)
        found = (found[0] + place[0] - told[0], found[1] + place[1] - told[1])
    return found


def to_gcj02(place: Place) -> Place:
    """A place of WGS-84 as Chinese maps tell it; outside China both are the same."""
    latitude, longitude = place
    if not (0.8293 <= latitude <= 55.8271 and 72.004 <= longitude <= 137.8347):
        return place
    north, east = _offset(longitude - 105.0, latitude - 35.0)
    radians = math.radians(latitude)
    magic = 1 - _ECCENTRICITY * math.sin(radians) ** 2
    root = math.sqrt(magic)
    return (
        latitude + math.degrees(north / (_AXIS * (1 - _ECCENTRICITY) / (magic * root))),
        longitude + math.degrees(east / (_AXIS / root * math.cos(radians))),
    )


def _offset(x: float, y: float) -> tuple[float, float]:
    """Metres to the north and to the east, for degrees from 105 E, 35 N."""
    pi = math.pi
    wave = (20.0 * math.sin(6.0 * x * pi) + 20.0 * math.sin(2.0 * x * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + wave
    north += (20.0 * math.sin(y * pi) + 40.0 * math.sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * math.sin(y / 12.0 * pi) + 320.0 * math.sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + wave
    east += (20.0 * math.sin(x * pi) + 40.0 * math.sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * math.sin(x / 12.0 * pi) + 300.0 * math.sin(x / 30.0 * pi)) * 2.0 / 3.0
    return north, east


def metres_between(one: Place, other: Place) -> float:
    """How far two places are apart, along the ground."""
    a, b = math.radians(one[0]), math.radians(other[0])
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    return 2 * _EARTH * math.asin(math.sqrt(half))
