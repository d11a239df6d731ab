"""Decides how an advert relates to prompting: its title, a main duty, a skill asked for, a mention, or nothing."""

import re
from collections.abc import Mapping
from functools import cache

from nlp.parse.facts import Fact, stated
from nlp.parse.folding import fold
from nlp.parse.matcher import Hit, Literal, longest
from nlp.parse.modifiers import DEFAULT, Levels
from nlp.parse.reading import Reading
from nlp.parse.tables import alternatives, reference_rows, rule_rows, spellings

TABLE = "prompting"
TITLES = "titles"
DUTIES = frozenset({"duties"})
CORE = 3
ASKING = frozenset({"duties", "requirements", "preferred"})
REACH = 300  # characters of a sentence, either way
NEAR = 400  # characters: how close words of language models stand to bare prompts
# What words of prompting say: the work itself, prompts as things, a prompt in passing, that it is not the work.
WORK, THINGS, NAMED, DENIED = "prompting", "prompts", "named", "denied"
KNOWN = (
    "prompt eng",
    "prompt-eng",
    "prompteng",
    "llm",
    "ai ",
    "ingénierie de prompt",
    "ingénierie des prompt",
    "ingénierie du prompt",
)
SIGNS = frozenset({WORK, THINGS, NAMED})
USES = SIGNS | {DENIED, "trap"}
NOUNS = ("engineer", "engineers", "designer", "designers", "writer", "writers", "specialist")
BULLETS = "*-•|:\n/–"
NOT_DUTIES = frozenset({"about", "benefits", "legal", "stack"})
LEAST_MODELS = 3  # words of language models that make a text one about them
SHORT = 400  # characters of a text that need not speak of models below a title that does
_LISTED = re.compile(r"(?:[,;/(]| and| or| et| ou| und| y| e)\s*$")
_TOOLS = re.compile(
    r"\b(?:tools|tooling|features?|interfaces?|dashboards?|platforms?|products?|outils|fonctionnalités|plateforme) (?:for|to|that|pour|de) (?:(?!\b(?:you|vous)\b)[^.;:()]){0,80}$"
)
_SENSE = re.compile(
    r"\s*(?:[.,;:!?)\"'/]|$|\n|(?:and|or|to|that|in|into|for|with|on|as|is|which|via|using)\b)"
)
_ROLE = re.compile(
    r"engineer|ingenieur|ingénieur|develop|développ|manage|design|writ|lead|specialist|spécialiste|analyst|consult|expert|architect|scien|trainer|"
    r"intern|stage|stagiaire|alternan|rédact|concept|formateur|formatrice|redact|ingenier|ingegn|engenh|especialista|head|director"
)
_TRADE = re.compile(r"prompts?[- ]?(?:engineer|designer|writer|specialist|architect|developer)s?\b")
_SOUGHT = re.compile(
    r"\b(?:hiring|looking for|seeking|searching for|we need|roles?|positions?|openings?|join [^.;:]{0,20} as|as an?|recherchons|recrutons|cherchons|en tant que?|suchen|buscamos|cerchiamo|zoeken|söker)\b[^.;]{0,80}$"
)
_COLLEAGUES = re.compile(
    r"\b(?:with|our|alongside|including|between|from|by|fellow|other|team of|teams of|avec|nos|mit|unsere[nr]?|con|nuestros)\b[^.;:]{0,60}$"
)
# Words of language models; whole words where letters alone would be found in others ("via", "wiki").
_MODEL_WORDS = (
    r"\b(?:l?llms?|slms?|gpt|genai|claude|mistral|gemini|copilot|generative|génératives?|generativ\w*)\b|"
    r"gpt-|chatgpt|chatbot|language model|modèles? de langage|modèles? génératif|modèles? génératifs|"
    r"(?:agents?|assistants?) conversationnel|sprachmodell|modelos? de lenguaje|生成|人工智能|인공지능|нейросет"
)
_MODELS = re.compile(_MODEL_WORDS)
_MACHINES = re.compile(rf"\b(?:ais?|ia|ki)\b|intelligences? artificielle|{_MODEL_WORDS}")


def literals() -> list[Literal]:
    """Return the phrases of `rules/prompting.csv` and the titles of `titles.csv`."""
    titles = [Literal(form, TITLES, _title(row)) for row in reference_rows(TITLES) for form in spellings(row)]
    signs = [
        Literal(form, TABLE, row["sign"])
        for row in rule_rows(TABLE)
        if row["sign"] in USES
        for form in _hyphened(alternatives(row["literal"]))
    ]
    return titles + signs


def _hyphened(forms: list[str]) -> list[str]:
    """Add "prompt-design" to "prompt design"."""
    return forms + [
        f"prompt-{form[7:]}" for form in forms if form.startswith("prompt ") and form[7:8].isalpha()
    ]


@cache
def _words(sign: str) -> re.Pattern[str]:
    """Return the words that speak of products, duties or people: looked for only in sentences that name prompts."""
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
    found = reading.found(TABLE)
    signs = _signs(found)
    if _is_titled(reading, signs):
        return _from_title(reading, signs)
    signs = [hit for hit in signs if _of_machines(reading, hit)]
    if not signs:
        return Fact("none")
    if any(hit.key == DENIED for hit in found):
        return stated("mention", signs[0], "role.denied")
    in_text = _listed_role(reading)
    if in_text is not None:
        return stated("title", in_text, "role.title-in-text")
    sought = _sought(reading, signs)
    if sought is not None:
        return stated("core" if reading.is_titled else "title", sought, "role.sought")
    return _by_weight(reading, signs)


def _signs(found: list[Hit]) -> list[Hit]:
    """Return the words of prompting, in order; a trap that reaches over bare prompts takes their sense.

    What names prompts in passing ("a prompt") gives way to words of the work ("prompt engineer").
    """
    firm = longest([hit for hit in found if hit.key != NAMED])
    named = [hit for hit in found if hit.key == NAMED]
    passing = [hit for hit in longest(named) if not any(_outdoes(other, hit) for other in firm)]
    traps = [hit for hit in found if hit.key in ("trap", DENIED)]
    kept = [hit for hit in firm if hit.key in (WORK, THINGS) and not _overlaps(hit, passing)]
    return sorted(
        [hit for hit in kept if hit.key == WORK or not _overlaps(hit, traps)]
        + [hit for hit in passing if not _overlaps(hit, traps)]
    )


def _outdoes(firm: Hit, passing: Hit) -> bool:
    """Does a firm sign overlap one in passing and reach beyond it?"""
    if firm.start >= passing.end or passing.start >= firm.end:
        return False
    return firm.start < passing.start or firm.end > passing.end


def _overlaps(hit: Hit, others: list[Hit]) -> bool:
    return any(other.start < hit.end and hit.start < other.end for other in others)


def _is_titled(reading: Reading, signs: list[Hit]) -> bool:
    titled = title_families(reading.title_hits)
    works = any(hit.key != NAMED for hit in signs)
    if "prompt_engineer" in titled or ("prompt_rapid" in titled and works):
        return True
    return (
        "prompt_named" in titled and works and reading.is_titled and bool(_ROLE.search(fold(reading.title)))
    )


def _from_title(reading: Reading, signs: list[Hit]) -> Fact[str]:
    """Return title, or mention where a whole text speaks of neither prompts nor, more than in passing, of models."""
    told = [hit for hit in signs if not _TRADE.match(reading.folded, hit.start)]
    models = len(_MODELS.findall(reading.folded))
    fits = bool(told) or models >= LEAST_MODELS or len(reading.text) < SHORT
    value = "title" if fits else "mention"
    return stated(value, signs[0], f"role.{value}") if signs else Fact(value)


def _of_machines(reading: Reading, hit: Hit) -> bool:
    """Bare prompts, and prompting as a verb, count only near words of language models."""
    words = reading.folded[hit.start : hit.end]
    if reading.lang == "fr" and words.endswith("prompts"):
        return True  # French borrowed the noun for language models alone
    if hit.key == WORK and words != "prompting":
        return words.startswith(KNOWN) or _speaks_of_machines(f"{reading.folded} {fold(reading.title)}")
    if hit.key == NAMED and words.endswith(" prompt") and not _SENSE.match(reading.folded, hit.end):
        return False
    around = f"{reading.folded[max(0, hit.start - NEAR) : hit.end + NEAR]} {fold(reading.title)} "
    return _speaks_of_machines(reading.folded if hit.key == WORK else around)


def _speaks_of_machines(text: str) -> bool:
    return bool(_MACHINES.search(text))


def _listed_role(reading: Reading) -> Hit | None:
    """Return a prompt-engineer title that stands on a short line of its own, as in adverts of several roles."""
    for hit in longest(reading.found(TITLES)):
        if hit.key[0] == "prompt_engineer" and _is_listed(reading, hit):
            return hit
    return None


def _is_listed(reading: Reading, hit: Hit) -> bool:
    words = reading.text[hit.start : hit.end]
    before = reading.text[max(0, hit.start - 3) : hit.start].rstrip(" ")
    if reading.folded[hit.end : hit.end + 1].isalpha() or not words.lower().endswith(NOUNS):
        return False
    return words[0].isupper() and (not before or before[-1] in BULLETS)


def _sought(reading: Reading, signs: list[Hit]) -> Hit | None:
    """Return the trade of prompting that a sentence seeks ("we are hiring a prompt engineer")."""
    return next((hit for hit in signs if _trade(reading, hit) is _SOUGHT), None)


def _trade(reading: Reading, hit: Hit) -> re.Pattern[str] | None:
    """Return how a sentence speaks of prompt engineers: sought, or colleagues; None for other words of prompting."""
    named = _TRADE.match(reading.folded, hit.start)
    if named is None:
        return None
    left = max(reading.sentence(hit.start)[0], hit.start - REACH)
    for pattern in (_COLLEAGUES, _SOUGHT):
        if pattern.search(reading.folded, left, hit.start):
            return pattern
    return _COLLEAGUES if named.group().endswith("s") else None


def _by_weight(reading: Reading, signs: list[Hit]) -> Fact[str]:
    asked = [hit for hit in signs if not _of_product(reading, hit)]
    if not asked:
        return stated("mention", signs[0], "role.product")
    levels = Levels(reading)
    graded = [(_level(reading, levels, hit), reading.section(hit.start), hit) for hit in asked]
    work = [(level, section, hit) for level, section, hit in graded if _is_work(reading, hit)]
    duties = [hit for level, section, hit in work if section in DUTIES and level == DEFAULT]
    if len(duties) >= 2 or len(work) > CORE:
        return stated("core", (duties or [hit for _, _, hit in work])[0], "role.main-duty")
    first = {level: hit for level, _, hit in reversed(graded)}
    if "required" in first:
        return stated("required", first["required"], "role.required")
    if duties:
        return stated("core", duties[0], "role.duty")
    if "preferred" in first:
        return stated("preferred", first["preferred"], "role.preferred")
    rest = [hit for _, section, hit in work if section not in NOT_DUTIES]
    if rest:
        return stated("core", rest[0], "role.duty")
    return stated("mention", asked[0], "role.mention")


def _level(reading: Reading, levels: Levels, hit: Hit) -> str:
    """Return the level of a sign; what the reader is asked to be or to have done is required, no duty."""
    level = levels.level(hit.start, hit.end).level
    if level not in ("required", "preferred") and _asks_person(reading, hit):
        return "required"
    return level


def _asks_person(reading: Reading, hit: Hit) -> bool:
    left = max(reading.sentence(hit.start)[0], hit.start - REACH)
    return bool(_words("person").search(reading.folded, left, hit.start))


def _is_work(reading: Reading, hit: Hit) -> bool:
    """Is it work with prompts, and not prompts named in passing or as one of many things ("agents, prompts, tools")?"""
    if hit.key == NAMED or _trade(reading, hit) is _COLLEAGUES or _serves_tools(reading, hit):
        return False
    if hit.key == WORK:
        return True
    return not _LISTED.search(reading.folded, max(0, hit.start - 12), hit.start)


def _serves_tools(reading: Reading, hit: Hit) -> bool:
    """Is prompting what the things that one builds are for ("internal tools for writing prompts")?"""
    return bool(_TOOLS.search(reading.folded, max(0, hit.start - 110), hit.start))


def _of_product(reading: Reading, hit: Hit) -> bool:
    """Does the sentence say what the employer's product does, and nothing of what the applicant is to do?"""
    if reading.section(hit.start) in ASKING:
        return False
    left, right = reading.sentence(hit.start)
    left, right = max(left, hit.start - REACH), min(right, hit.end + REACH)
    sentence = reading.folded[left:right]
    return bool(_words("product").search(sentence)) and not _words("duty").search(sentence)


def why_less(reading: Reading, hit: Hit) -> str | None:
    """Return why a hit of `TABLE` says nothing or little of the role, None where it speaks of work with prompts.

    other_sense, denied, not_of_machines, of_product or in_passing.
    """
    if hit.key not in SIGNS:
        return "denied" if hit.key == DENIED else "other_sense"
    if not _of_machines(reading, hit):
        return "not_of_machines"
    if _of_product(reading, hit):
        return "of_product"
    return None if _is_work(reading, hit) else "in_passing"
