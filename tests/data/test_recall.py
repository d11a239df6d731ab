"""What a posting said when it was last seen comes back as it was read, whatever board asks."""

from datetime import date, datetime

import zstandard
from sqlalchemy import select, update

from data import tables as t
from data.listings import save_listing
from data.recall import recall
from data.schema import Check, Outcome, Posting, StructuredPay
from data.store import open_record, start_run, utc_now


def posting(number, **changes):
    fields = {
        "source": "lever",
        "board": "kestrel",
        "external_id": str(number),
        "url": f"https://a.example/{number}",
        "title": "Weaver",
        "html": "<p>Weave.</p>",
        "places": ("Porto", "Lyon"),
        "posted_on": date(2026, 5, 1),
        "posted_basis": "stated",
        "changed_at": datetime(2026, 5, 2, 3, 4, 5),
        "pay": (StructuredPay(min=1, max=2, currency="EUR", period="hour"),),
    }
    return Posting(**fields | changes)


def saved(tmp_path, *runs):
    engine = open_record(f"sqlite:///{tmp_path / 'r.sqlite'}")
    for n, postings in enumerate(runs):
        start_run(engine, f"r{n}", source="lever", kind="scrape", at=utc_now())
        check = Check(source="lever", board="kestrel", at=utc_now(), outcome=Outcome.COMPLETE)
        save_listing(engine, f"r{n}", check, postings)
    return engine


def test_the_last_sighting_comes_back_equal(tmp_path):
    edited = posting(1, html="<p>Weave by night.</p>", posted_on=None, posted_basis=None, changed_at=None)
    engine = saved(tmp_path, [posting(1), posting(2)], [edited])
    found = recall(engine, "lever", "kestrel", ["1", "2", "3"])
    assert found == {"1": edited, "2": posting(2)}
    assert recall(engine, "lever", "moved", ["1"])["1"].board == "moved"
    assert recall(engine, "ashby", "kestrel", ["1"]) == {} == recall(engine, "lever", "kestrel", [])


def test_a_document_of_another_shape_is_as_if_it_had_not_been_read(tmp_path):
    engine = saved(tmp_path, [posting(1), posting(2, title="Loom Mender")])
    body = zstandard.ZstdCompressor().compress(b'{"source": "lever", "colour": "red"}')
    with engine.begin() as db:
        first = db.scalar(select(t.sightings.c.document_id).order_by(t.sightings.c.posting_id).limit(1))
        db.execute(update(t.documents).where(t.documents.c.document_id == first).values(body=body))
    assert set(recall(engine, "lever", "kestrel", ["1", "2"])) == {"2"}
