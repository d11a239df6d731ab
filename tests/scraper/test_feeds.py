"""The readers of feeds and searches: pure, on answers in the recorded shapes."""

import json
from collections import Counter
from datetime import date
from itertools import pairwise
from time import perf_counter

import pytest

from data.intake import NOT_A_JOB
from data.reference import Board
from data.schema import PayLabel, StructuredPay
from scraper.platforms.adzuna import Adzuna
from scraper.platforms.arbeitnow import Arbeitnow
from scraper.platforms.base import Ask, PageShapeError
from scraper.platforms.francetravail import FranceTravail
from scraper.platforms.himalayas import Himalayas
from scraper.platforms.hnjobs import HNJobs, bounds, quarters
from scraper.platforms.jobicy import Jobicy
from scraper.platforms.jobtech import JobTech
from scraper.platforms.raw_values import amount, epoch_day, mended, plain, unescaped
from scraper.platforms.remoteok import RemoteOK, reads_like_a_job
from scraper.platforms.remotive import Remotive
from scraper.platforms.themuse import TheMuse
from scraper.platforms.usajobs import USAJobs
from scraper.platforms.wwr import WWR
from tests.scraper.reading import read_body, read_records, recorded

FEEDS = [
    Remotive(),
    RemoteOK(),
    Arbeitnow(),
    Jobicy(),
    Himalayas(),
    TheMuse(),
    JobTech(),
    HNJobs(),
    FranceTravail(),
    USAJobs(),
    Adzuna(),
]
# A required field of each, as its records name it (a path into the record).
REQUIRED = {
    "remotive": "publication_date",
    "remoteok": "position",
    "arbeitnow": "created_at",
    "jobicy": "jobTitle",
    "himalayas": "minSalary",
    "themuse": "contents",
    "jobtech": "headline",
    "hnjobs": "created_at",
    "francetravail": "intitule",
    "usajobs": "MatchedObjectDescriptor",
    "adzuna": "redirect_url",
}


def loaded(platform):
    return json.loads(recorded(f"{platform.source}.json"))


def read(platform, token="feed"):
    return read_body(platform, recorded(f"{platform.source}.json"), token)


def board(platform, token="feed"):
    return Board(source=platform.source, board=token)


def test_remotive_keeps_pay_words_as_words_and_times_as_utc():
    listing, unknown = read(Remotive())
    first, second = listing.postings
    assert (first.title, first.company, first.external_id) == ("Prompt Engineer", "Lantern & Works", "700001")
    assert first.html == "<p>Salary: $55 - $70/hr</p>\n<p>You write and test prompts for lanterns.</p>"
    assert (first.posted_on, first.posted_basis, first.workplace) == (date(2026, 7, 26), "stated", "remote")
    assert first.places == ("Americas", "Europe", "Asia") and first.pay == ()
    assert second.html == "<p>You draw lamps.</p>" and second.employment_type is None
    assert not unknown and not listing.rejects


def test_remoteok_drops_the_notice_the_beacon_and_what_is_no_job():
    listing, unknown = read(RemoteOK())
    first, second = listing.postings
    assert first.html == "<p>You don’t guess — you measure.</p>", "mojibake mended, the asker's address gone"
    assert (first.company, first.places) == ("Café Lantern", ("Lyon",))
    assert first.pay == (StructuredPay(min=90000, max=120000),), "neither currency nor period is a field"
    assert first.posted_on == date(2026, 8, 2) and first.workplace is None
    assert second.title == "Keeper of Lamps" and second.pay == (), "0 is unknown"
    assert [(r.field, "names a role" in r.reason) for r in listing.rejects] == [(NOT_A_JOB, True)]
    assert "RMTI3" not in str(listing.postings) and not unknown


def test_remoteok_does_not_depend_on_the_place_of_the_notice():
    jobs = loaded(RemoteOK())
    assert len(RemoteOK().listing(jobs[1:])) == len(RemoteOK().listing([*jobs[1:], jobs[0]])) == 3
    assert RemoteOK().listing(jobs[:1]) == []
    with pytest.raises(PageShapeError, match="neither the notice nor a job"):
        RemoteOK().listing([{"error": "no"}])


def test_arbeitnow_reads_escaped_text_and_walks_by_the_owners_links():
    listing, unknown = read(Arbeitnow())
    first, second = listing.postings
    assert (first.external_id, first.workplace, first.posted_on) == (
        "prompt-engineer-lyon-1",
        "remote",
        date(2026, 8, 3),
    )
    assert first.employment_type == "professional / experienced, full time"
    assert second.html.startswith("<p><strong>Lamp Keeper</strong> R&amp;D</p>") and second.workplace is None
    assert second.places == ("Berlin", "Hamburg") and not unknown
    page = loaded(Arbeitnow())
    following = Arbeitnow().following(page, board(Arbeitnow()), [])
    assert following == Ask("https://www.arbeitnow.com/api/job-board-api?page=2")
    page["links"]["next"] = None
    assert Arbeitnow().following(page, board(Arbeitnow()), []) is None
    assert Arbeitnow().following({"data": []}, board(Arbeitnow()), []) is None


def test_arbeitnow_stops_after_the_newest():
    page, many = loaded(Arbeitnow()), [{}] * 500
    assert Arbeitnow().following(page, board(Arbeitnow()), many) is None


def test_jobicy_reads_entities_and_both_forms_of_pay():
    listing, unknown = read(Jobicy())
    first, second, third = listing.postings
    assert (first.title, first.company, first.department) == (
        "Prompt Engineer, R&D",
        "Lantern & Works",
        "Data Science & Analytics",
    )
    assert first.pay == (StructuredPay(min=54.5, max=70, currency="GBP", period="hour"),)
    assert (first.places, first.posted_on) == (("UK", "Ireland"), date(2026, 8, 4)), "the day is UTC"
    assert second.pay == () and second.html == "<p>You keep lamps.</p>"
    assert third.pay == (StructuredPay(min=50000, max=60000, currency="USD", period="year"),)
    assert not unknown
    assert Jobicy().address(board(Jobicy(), "prompt engineer")).endswith("?count=100&tag=prompt%20engineer")


def test_himalayas_reads_both_forms_of_times_and_countries_and_leaves_old_periods_unknown():
    listing, unknown = read(Himalayas())
    first, second, third, fourth = listing.postings
    assert first.pay == (StructuredPay(min=80, max=135, currency="USD", period="hour"),)
    assert first.posted_on == second.posted_on == date(2026, 8, 11), "seconds and milliseconds"
    assert (second.places, second.pay) == (("France", "Sweden"), ())
    assert third.pay == (StructuredPay(min=600000, max=660000, currency="PHP"),)
    assert fourth.pay == () and fourth.places == () and fourth.employment_type == "Contractor"
    assert sum(n for word, n in unknown.items() if word.startswith("pay=")) == 1


def test_himalayas_walks_by_cursor_offset_or_page_and_no_further_than_200():
    himalayas, page = Himalayas(), {"jobs": [{}], "totalCount": 101737}
    feed, search = board(himalayas), board(himalayas, "ingénieur prompt")
    host = "https://himalayas.app/jobs/api"
    assert himalayas.following(page, feed, [{}] * 20) == Ask(f"{host}?limit=20&offset=20")
    after = himalayas.following(page | {"nextCursor": "a/b="}, feed, [{}] * 20)
    assert after == Ask(f"{host}?limit=20&cursor=a%2Fb%3D")
    assert himalayas.following(page, search, [{}] * 40) == Ask(
        f"{host}/search?q=ing%C3%A9nieur%20prompt&page=3"
    )
    assert himalayas.following(page, feed, [{}] * 200) is None
    assert himalayas.following({"jobs": [], "totalCount": 9}, feed, [{}]) is None
    assert himalayas.following({"jobs": [{}]}, feed, [{}]) is None


def test_themuse_reads_places_and_walks_pages():
    listing, unknown = read(TheMuse())
    first, second = listing.postings
    assert (first.company, first.places, first.workplace) == ("Lantern & Works", ("Lyon, France",), None)
    assert (second.places, second.workplace, second.department) == ((), "remote", None)
    assert first.posted_on == date(2026, 7, 10) and not unknown and not first.pay
    muse, page = TheMuse(), loaded(TheMuse())
    assert muse.declared(page) == 3
    following = muse.following(page, board(muse, "Design and UX"), [{}] * 2)
    assert following is not None and following.url.endswith(
        "category=Design%20and%20UX&descending=true&page=1"
    )
    assert muse.following(page | {"page": 1}, board(muse), []) is None
    assert muse.following(page | {"page": 99, "page_count": 20000}, board(muse), []) is None, "the API's last"


def test_wwr_parts_titles_at_the_first_colon():
    listing, unknown = read_body(WWR(), recorded("wwr.xml"))
    first, second = listing.postings
    assert (first.company, first.title) == ("Lantern & Works", "Prompt Engineer: Nights")
    assert first.places == ("Anywhere in the World", "France", "Sweden"), "the state is the employer's seat"
    assert first.html == "<p>You write prompts &amp; tests.</p>"
    assert (first.posted_on, first.employment_type) == (date(2026, 8, 11), "Full-Time")
    assert (second.company, second.title, second.places) == (None, "Keeper of lamps", ("Europe Only",))
    assert not unknown and not listing.rejects


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not xml",
        b"<rss><channel>",
        b"<html><body>no</body></html>",
        b'<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss><channel>&b;</channel></rss>',
        b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel>&x;</channel></rss>',
    ],
)
def test_wwr_refuses_what_is_no_feed_or_brings_entities(body):
    with pytest.raises((PageShapeError, ValueError)):
        WWR().listing(WWR().decode(body)[0])


def test_jobtech_reads_text_pay_words_and_places_and_nobodys_name():
    listing, unknown = read(JobTech())
    first, second, third = listing.postings
    assert first.html == (
        "<p>Lön: 45 000 kr per månad</p>\n<p>Du skriver prompter.</p><p>Vi gör lyktor.</p>"
    ), "a part that the text holds already is not said twice"
    assert (first.places, first.country) == (("Stockholm, Stockholms län, Sverige",), "SE")
    assert (first.company, first.posted_on, first.department) == ("Lykta AB", date(2026, 8, 11), "Data/IT")
    assert second.text == "Du tänder lyktor." and second.requisition_id == "LY-2"
    assert second.url == "https://arbetsformedlingen.se/platsbanken/annonser/30000002"
    assert (second.country, second.employment_type) == ("NO", None)
    assert third.places == () and third.country is None and not unknown
    kept = str(JobTech().listing(loaded(JobTech())))
    assert "Ann" not in kept and "0800000000" not in kept and "lykta.example" not in kept


def test_jobtech_reads_the_index_as_it_is_and_asks_two_hosts():
    jobtech, page = JobTech(), loaded(JobTech())
    dump = {"hits": {"total": page["total"], "hits": [{"_id": h["id"], "_source": h} for h in page["hits"]]}}
    assert jobtech.listing(dump) == jobtech.listing(page) and jobtech.declared(dump) == 3
    today, past = (
        jobtech.address(board(jobtech, t)) for t in ("promptdesigner", "historical:promptdesigner")
    )
    assert today.startswith("https://jobsearch.api.jobtechdev.se/search?q=%22promptdesigner%22&")
    assert past.startswith("https://historical.api.jobtechdev.se/search?q=%22promptdesigner%22&")
    more = page | {"total": {"value": 5000}}
    assert "offset=100&" in jobtech.following(more, board(jobtech), [{}] * 100).url
    assert jobtech.following(more, board(jobtech), [{}] * 2100) is None, "the API takes no offset above 2000"
    with pytest.raises(PageShapeError, match="_source"):
        jobtech.listing({"hits": {"hits": [{"id": 1}]}})


def test_hnjobs_makes_adverts_of_headlines_and_links():
    listing, unknown = read(HNJobs(), "2026-Q3")
    first, second, third = listing.postings
    assert [p.company for p in listing.postings] == ["Lantern Works", "Quiet Harbour", None]
    assert first.url == "https://news.ycombinator.com/item?id=60000001"
    assert '<a href="https://lantern.example/jobs?a=1&amp;b=2">' in first.html
    assert first.html.startswith("<p>Lantern Works (YC W25) Is Hiring a Prompt Engineer in Lyon</p>")
    assert "Keep lamps" in second.html and "ann@" not in second.html
    assert first.posted_on == date(2026, 7, 14) and third.title == "Lamps wanted" and not unknown
    assert "someone" not in str(HNJobs().listing(loaded(HNJobs()))), "authors are dropped"


@pytest.mark.parametrize(
    ("title", "company"),
    [
        ("Acme (YC S24) is hiring a founding engineer", "Acme"),
        ("Acme (YC F25) Is Hiring", "Acme"),
        ("Acme AI (W21) is hiring prompt engineers", "Acme AI"),
        ("Acme Labs, are now hiring in Lyon", "Acme Labs"),
        ("Acme is looking for a prompt engineer", "Acme"),
        ("Jobs at Acme", None),
    ],
)
def test_hnjobs_companies(title, company):
    listing, _ = read_records(HNJobs(), [loaded(HNJobs())["hits"][2] | {"title": title}], "2026-Q3")
    assert listing.postings[0].company == company


def test_hnjobs_quarters():
    assert bounds("2026-Q1") == (date(2026, 1, 1), date(2026, 4, 1))
    assert bounds("2024-Q4") == (date(2024, 10, 1), date(2025, 1, 1))
    assert (
        quarters(date(2026, 7, 31))[:2] == ["2026-Q3", "2026-Q2"]
        and quarters(date(2026, 7, 31))[-1] == "2012-Q1"
    )
    ends = [bounds(quarter) for quarter in reversed(quarters(date(2026, 12, 31)))]
    assert all(before[1] == after[0] for before, after in pairwise(ends)), "no gap, no overlap"
    address = HNJobs().address(board(HNJobs(), "2026-Q3"))
    assert "numericFilters=created_at_i%3E=1782864000,created_at_i%3C1790812800" in address
    with pytest.raises(ValueError, match="no quarter"):
        bounds("2026-07")


def test_francetravail_hands_labels_on_and_keeps_other_words():
    listing, unknown = read(FranceTravail(), "ingénieur prompt")
    first, second, third = listing.postings
    label = "Annuel de 42000.0 Euros à 50000.0 Euros sur 12.0 mois"
    assert first.pay == (PayLabel(label=label, country="FR", lang="fr"),)
    assert first.document()["pay"] == [{"label": label, "country": "FR", "lang": "fr"}]
    assert first.text == "Vous écrivez des prompts.\nVous les mesurez.\nSalaire : Chèque repas"
    assert (first.country, first.places, first.company) == ("FR", ("69 - LYON 03",), "Lanterne SARL")
    assert (first.posted_on, first.changed_at.date()) == (date(2026, 8, 10), date(2026, 8, 12))
    assert second.pay[0].label == "Mensuel de 3000.0 Euros sur 13.0 mois"
    assert second.text.endswith("mesurez.\nSalaire : Primes")
    assert (second.country, second.company) == (None, None)
    assert second.url == "https://candidat.francetravail.fr/offres/recherche/detail/201AAAB"
    assert third.pay == () and third.text.endswith("mesurez.") and not unknown
    assert "Anne" not in str(FranceTravail().listing(loaded(FranceTravail())))


def test_usajobs_reads_structured_pay_by_its_period():
    listing, unknown = read(USAJobs(), "prompt engineer")
    first, second, third = listing.postings
    assert first.pay == (StructuredPay(min=92166, max=161600, currency="USD", period="year"),)
    assert first.url == "https://www.usajobs.gov/job/850000001"
    assert (first.workplace, first.country, first.requisition_id) == ("remote", "US", "LW-850000001")
    assert first.html == (
        "<h3>JobSummary</h3><p>You write prompts.</p><h3>MajorDuties</h3><p>Write prompts</p>"
        "<p>Measure &lt;them&gt;</p><h3>Qualifications</h3><p>One year with prompts &amp; lamps.</p>"
    )
    assert first.posted_on == date(2026, 8, 1)
    assert second.pay == (StructuredPay(min=25.5, max=30, currency="USD", period="hour"),)
    assert (second.country, second.workplace) == (None, None)
    assert third.pay == () and unknown == {"RateIntervalCode=fortnightly": 1}


def test_adzuna_leaves_predictions_out_and_keeps_no_id_of_the_users():
    listing, unknown = read(Adzuna(), "gb:prompt engineer")
    first, second, third = listing.postings
    assert (first.title, first.url) == ("Prompt Engineer", "https://www.adzuna.co.uk/jobs/land/ad/5000000001")
    assert first.pay == (StructuredPay(min=50000, max=60000.5, currency="GBP", period="year"),)
    assert (first.country, first.employment_type, first.is_truncated) == ("GB", "permanent, full_time", True)
    assert second.pay == () and second.company is None, "predicted pay is not stated pay"
    assert third.pay == () and unknown == {"salary_is_predicted=None": 1}
    assert "my-app-id" not in str(Adzuna().listing(loaded(Adzuna())))
    unnamed, _ = read(Adzuna(), "some")
    assert unnamed.postings[0].pay == (StructuredPay(min=50000, max=60000.5, period="year"),)


@pytest.mark.parametrize("platform", FEEDS, ids=lambda p: p.source)
@pytest.mark.parametrize(
    "payload", [None, 7, "text", {}, {"positions": []}, {"jobs": {}, "hits": 3, "data": 1}]
)
def test_a_broken_page_shape_is_refused(platform, payload):
    with pytest.raises(PageShapeError, match=platform.source):
        platform.listing(payload)


@pytest.mark.parametrize("platform", FEEDS, ids=lambda p: p.source)
@pytest.mark.parametrize("raw", [None, 7, "text", [], {}, {"id": None}, {"id": 1, "location": 5, "title": 7}])
def test_a_bad_record_costs_only_itself(platform, raw):
    listing, _ = read_records(platform, [raw])
    assert len(listing.rejects) == 1 and not listing.postings and listing.rejects[0].reason


@pytest.mark.parametrize("platform", FEEDS, ids=lambda p: p.source)
def test_a_renamed_field_rejects_and_names_itself(platform):
    field = REQUIRED[platform.source]
    raw = next(r for r in platform.listing(loaded(platform)) if field in r)
    broken = {(f"{name}2" if name == field else name): value for name, value in raw.items()}
    listing, _ = read_records(platform, [broken])
    assert [r.field for r in listing.rejects] == [field]


def test_amounts():
    unknown = Counter()
    assert [amount(v, "pay", unknown) for v in (None, "", 0, "0", "1,200.50", 7, 7.5)] == [
        None,
        None,
        None,
        None,
        1200.5,
        7,
        7.5,
    ]
    assert not unknown
    assert [amount(v, "pay", unknown) for v in ("about 5", True, [1])] == [None] * 3 and sum(
        unknown.values()
    ) == 3


def test_epochs_are_days_of_utc_in_seconds_or_milliseconds():
    assert epoch_day(1786424671) == epoch_day(1786424671000) == epoch_day(1786424671.5) == date(2026, 8, 11)
    for wrong in ("1786424671", None, True):
        with pytest.raises(TypeError):
            epoch_day(wrong)


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("donâ\x80\x99t", "don’t"),
        ("donâ€™t â€“ CafÃ©", "don’t – Café"),
        ("ð\x9f\x8f®", "\U0001f3ee"),
        ("Â©", "©"),
        ("«CAFÉ» à Évreux, naïve façade", "«CAFÉ» à Évreux, naïve façade"),
        ("don’t – Café", "don’t – Café"),
        ("", ""),
    ],
)
def test_mended(text, sound):
    assert mended(text) == sound == mended(sound)


def test_escaped_and_plain():
    assert unescaped("&lt;p&gt;a &amp;amp; b&lt;/p&gt;") == "<p>a &amp; b</p>"
    assert unescaped("<p>a &lt; b</p>") == "<p>a &lt; b</p>" and unescaped("a & b") == "a & b"
    assert plain(" <strong>R&amp;D</strong>\n Lead ") == "R&D Lead"


def test_jobtech_adverts_of_the_past_hold_lists_of_concepts():
    raw = loaded(JobTech())["hits"][0]
    past = raw | {
        "occupation_field": [{"label": "Teknik"}, {"label": "Data/IT", "original_value": True}],
        "employment_type": [],
        "employer": None,
        "webpage_url": None,
    }
    listing, _ = read_records(JobTech(), [past], "historical:promptingenjör")
    (posting,) = listing.postings
    assert (posting.department, posting.employment_type, posting.company) == ("Data/IT", None, None)


@pytest.mark.parametrize(
    ("title", "is_role"),
    [
        ("Senior Prompt Engineer", True),
        ("Customer Success, EMEA", True),
        ("VP Marketing", True),
        ("Remote Data Annotators", True),
        ("Chief of Staff", True),
        ("Veterinary Nurse", True),
        ("Handyman", True),
        ("How to write a better letter for your career", False),
        ("Five matters of light", False),
        ("Menu", False),
        ("", False),
    ],
)
def test_titles_that_name_a_role(title, is_role):
    assert reads_like_a_job(title, "<p>Light is patient.</p>") is is_role


NULLS = {
    "remotive": ("candidate_required_location", "job_type", "salary"),
    "remoteok": ("company", "location", "salary_min"),
    "arbeitnow": ("job_types", "location"),
    "jobicy": ("jobGeo", "jobType", "jobIndustry", "salaryMin"),
    "himalayas": ("locationRestrictions", "employmentType", "currency", "parentCategories"),
    "themuse": ("locations", "categories"),
    "jobtech": ("employer", "employment_type", "occupation_field", "webpage_url"),
    "francetravail": ("entreprise", "salaire", "origineOffre"),
    "adzuna": ("company", "category", "salary_min"),
}


@pytest.mark.parametrize(("source", "field"), [(s, f) for s, fields in NULLS.items() for f in fields])
def test_a_null_beside_the_essentials_is_unknown_and_costs_nothing(source, field):
    platform = next(p for p in FEEDS if p.source == source)
    raw = platform.listing(loaded(platform))[0]
    listing, _ = read_records(platform, [raw | {field: None}])
    assert not listing.rejects, listing.rejects


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("52,000", 52000),
        ("1,200,300.5", 1200300.5),
        ("45,50", 45.5),
        (" 7 ", 7),
        ("1,2,3", None),
        ("12,3456", None),
        ("52k", None),
        ("nan", None),
    ],
)
def test_amounts_with_commas(words, number):
    found = amount(words, "pay", Counter())
    assert (found != found) if words == "nan" else found == number


HOSTILE = 400_000


@pytest.mark.parametrize(
    "read_it",
    [
        lambda: reads_like_a_job("a" * HOSTILE, "responsibilit " * (HOSTILE // 14)),
        lambda: read_records(RemoteOK(), [loaded(RemoteOK())[1] | {"description": "<br> " * (HOSTILE // 5)}]),
        lambda: plain("<a" * (HOSTILE // 2)),
        lambda: plain("<a " + "b" * HOSTILE),
        lambda: mended("Ã" * HOSTILE),
        lambda: unescaped("&lt;" * (HOSTILE // 4)),
        lambda: read_records(HNJobs(), [loaded(HNJobs())["hits"][2] | {"title": "Is " * (HOSTILE // 3)}]),
    ],
)
def test_hostile_text_is_read_in_linear_time(read_it):
    begun = perf_counter()
    read_it()
    assert perf_counter() - begun < 5
