"""Decides how an advert relates to prompting: its title, a main duty, a skill asked for, a mention, or nothing."""

import re
from collections.abc import Mapping
from functools import cache

from nlp.parse.facts import Fact, stated
from nlp.parse.matcher import Hit, Literal, longest
from nlp.parse.modifiers import Levels
from nlp.parse.reading import Reading
from nlp.parse.tables import alternatives, reference_rows, rule_rows

TABLE = "prompting"
TITLES = "titles"
DUTIES = frozenset({"duties"})
CORE = 3
ASKING = frozenset({"duties", "requirements", "preferred"})
REACH = 300  # characters of a sentence, either way
USES = frozenset({"prompting", "trap"})
NOUNS = ("engineer", "engineers", "designer", "designers", "writer", "writers", "specialist")
BULLETS = "*-•|:\n/–"
NOT_DUTIES = frozenset({"about", "benefits", "legal", "stack"})
MACHINE_WORDS = (
    "llm",
    "ai ",
    "ai-",
    "gpt",
    "language model",
    "generative",
    "ia ",
    "d'ia",
    "l'ia",
    "intelligence artificielle",
    "chatbot",
    "genai",
    "ki ",
    "claude",
)


def literals() -> list[Literal]:
    """Return the phrases of `rules/prompting.csv` and the titles of `titles.csv`."""
    titles = [Literal(row["literal"], TITLES, _title(row)) for row in reference_rows(TITLES)]
    signs = [
        Literal(form, TABLE, row["sign"])
        for row in rule_rows(TABLE)
        if row["sign"] in USES
        for form in alternatives(row["literal"])
    ]
    return titles + signs


@cache
def _words(sign: str) -> re.Pattern[str]:
    """Return the words that speak of products or duties: looked for only in sentences that name prompts."""
    forms = {form for row in rule_rows(TABLE) if row["sign"] == sign for form in alternatives(row["literal"])}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(forms, key=len, reverse=True)))})s?\b")


def _title(row: dict[str, str]) -> tuple[str, str, str, str]:
    return row["family"], row["relation"], row["coding"], row["ml"]


def title_families(hits: Mapping[str, list[Hit]]) -> dict[str, Hit]:
    """Return the families of roles that titles name, each with the first hit."""
    families: dict[str, Hit] = {}
    for hit in longest(hits.get(TITLES, [])):
        families.setdefault(hit.key[0], hit)
    return families


def find_relation(reading: Reading) -> Fact[str]:
    """Return title, core, required, preferred, mention or none, with the words that say so."""
    signs = [hit for hit in longest(reading.found(TABLE)) if hit.key == "prompting"]
    titled = title_families(reading.title_hits)
    if "prompt_engineer" in titled or ("prompt_rapid" in titled and signs):
        return stated("title", signs[0], "role.title") if signs else Fact("title")
    signs = [hit for hit in signs if of_machines(reading, hit)]
    if not signs:
        return Fact("none")
    in_text = _listed_role(reading)
    if in_text is not None:
        return stated("title", in_text, "role.title-in-text")
    return _by_weight(reading, signs)


def of_machines(reading: Reading, hit: Hit) -> bool:
    """The bare word "prompts" counts only near words of language models."""
    words = reading.folded[hit.start : hit.end]
    if words.startswith(("prompt eng", "prompt-eng", "prompting", "llm", "ai ", "ingénierie")):
        return words != "prompting" or any(word in reading.folded for word in MACHINE_WORDS)
    if not words.startswith(("prompts", "des prompts", "les prompts", "du prompt", "un prompt", "le prompt")):
        return any(word in reading.folded for word in MACHINE_WORDS)
    around = reading.folded[max(0, hit.start - 400) : hit.end + 400]
    return any(word in around for word in MACHINE_WORDS)


def _listed_role(reading: Reading) -> Hit | None:
    """Return a prompt-engineer title that stands on a short line of its own, as in adverts of several roles."""
    for hit in longest(reading.found(TITLES)):
        if hit.key[0] != "prompt_engineer":
            continue
        words = reading.text[hit.start : hit.end]
        before = reading.text[max(0, hit.start - 3) : hit.start].rstrip(" ")
        ends = not reading.folded[hit.end : hit.end + 1].isalpha()
        if (
            ends
            and words.lower().endswith(NOUNS)
            and words[0].isupper()
            and (not before or before[-1] in BULLETS)
        ):
            return hit
    return None


def _by_weight(reading: Reading, signs: list[Hit]) -> Fact[str]:
    asked = [hit for hit in signs if not of_product(reading, hit)]
    if not asked:
        return stated("mention", signs[0], "role.product")
    signs, levels = asked, Levels(reading)
    graded = [(levels.level(hit.start, hit.end).level, reading.section(hit.start), hit) for hit in signs]
    duties = [hit for level, section, hit in graded if section in DUTIES and level != "preferred"]
    if len(duties) >= 2 or len(signs) >= CORE + 1:
        return stated("core", (duties or signs)[0], "role.main-duty")
    for level in ("required", "preferred"):
        for found, _, hit in graded:
            if found == level:
                return stated(level, hit, f"role.{level}")
    main = duties or [hit for _, section, hit in graded if section not in NOT_DUTIES]
    if main:
        return stated("core", main[0], "role.duty")
    return stated("mention", signs[0], "role.mention")


def of_product(reading: Reading, hit: Hit) -> bool:
    """Does the sentence say what the employer's product does, and nothing of what the applicant is to do?"""
    if reading.section(hit.start) in ASKING:
        return False
    left, right = reading.sentence(hit.start)
    left, right = max(left, hit.start - REACH), min(right, hit.end + REACH)
    sentence = reading.folded[left:right]
    return bool(_words("product").search(sentence)) and not _words("duty").search(sentence)
