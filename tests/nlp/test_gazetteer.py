"""The gazetteer's tables are what the packages of their data say."""

from nlp import gather_places
from nlp.parse.gazetteer import City, codes, countries, fold, regions, state_codes, towns


def test_towns_are_those_of_geonames() -> None:
    for name, known in gather_places.towns().items():
        assert towns(name) == tuple(City(int(n), *rest) for n, *rest in known), name


def test_countries_and_states_are_those_of_iso_3166() -> None:
    assert countries() == dict(gather_places.countries())
    assert {(name, *entry) for name, entries in regions().items() for entry in entries} == set(
        gather_places.states()
    )
    assert codes() >= {"US", "FR", "TW"}
    assert state_codes()["Texas"] == "TX"


def test_the_largest_town_of_a_name_comes_first_and_large_ones_have_other_names() -> None:
    assert [town.country for town in towns("birmingham")][:2] == ["GB", "US"]
    assert towns(fold("Muenchen")) == () or towns(fold("Muenchen"))[0].country == "DE"
    assert towns("munich")[0].name == "Munich"
    assert towns("nowhere at all") == ()
