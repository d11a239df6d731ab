"""The specification of place reading: location strings in the shapes of the sources, written for these tests."""

import pytest

from nlp.parse.places import country_of, find_places, remote_scope

ONE = [
    ("San Jose, CA", "San Jose|California|US"),
    ("Paris, TX", "Paris|Texas|US"),
    ("Paris", "Paris|Île-de-France|FR"),
    ("Cambridge, MA", "Cambridge|Massachusetts|US"),
    ("London, ON", "London|Ontario|CA"),
    ("Toronto, CA", "Toronto|Ontario|CA"),
    ("Wilmington, DE", "Wilmington|Delaware|US"),
    ("Remote, Italy", "||IT"),
    ("Remote in US", "||US"),
    ("75 - PARIS 08", "Paris||FR"),
    ("92 - Hauts-de-Seine", "|Hauts-de-Seine|FR"),
    ("Bengaluru, India", "Bengaluru|Karnataka|IN"),
    ("Austin TX", "Austin|Texas|US"),
    ("Tbilisi, Georgia", "Tbilisi||GE"),
    ("Savannah, Georgia", "Savannah|Georgia|US"),
    ("SF Bay Area", "|California|US"),
    ("Berlin", "Berlin||DE"),
    ("München", "Munich||DE"),
    ("Washington, D.C.", "Washington|District of Columbia|US"),
    ("Sydney, New South Wales, Australia", "Sydney|New South Wales|AU"),
    ("New York (Hybrid)", "New York City|New York|US"),
    ("London UK", "London|England|GB"),
]
SEVERAL = [
    ("San Francisco, CA; New York, NY", ["San Francisco", "New York City"]),
    ("London or Berlin", ["London", "Berlin"]),
    ("NYC / SF / Remote", ["New York City", "San Francisco"]),
    ("Boston, MA, Munich, Germany, and Budapest, Hungary", ["Boston", "Munich", "Budapest"]),
    ("Lyon | Nantes | Toulouse", ["Lyon", "Nantes", "Toulouse"]),
]
NOWHERE = [
    "",
    "Remote",
    "Anywhere in the World",
    "Technical PM",
    "AI",
    "IT",
    "Mobile",
    "Multiple locations",
    "???",
    "Full-time",
]


@pytest.mark.parametrize(("raw", "want"), ONE)
def test_one_place(raw: str, want: str):
    (place,) = find_places(raw)
    assert "|".join(x or "" for x in (place.city, place.region, place.country)) == want


@pytest.mark.parametrize(("raw", "cities"), SEVERAL)
def test_several_places(raw: str, cities: list[str]):
    assert [p.city for p in find_places(raw)] == cities


@pytest.mark.parametrize("raw", NOWHERE)
def test_no_place(raw: str):
    assert find_places(raw) == []


def test_country_of():
    assert country_of("FR") == "FR" == country_of("Lyon, France")
    assert country_of("London or Berlin") is None
    assert country_of("the moon") is None


def test_remote_scope():
    assert remote_scope("Remote (EU)") == ("EU",)
    assert remote_scope("Remote (US/Canada)") == ("US", "CA")
    assert remote_scope("Anywhere in the world") == ("worldwide",)
    assert remote_scope("Office") == ()
