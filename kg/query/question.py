"""Named questions: SPARQL files whose header says what they answer, what they need and how a row is read aloud.

A parameter is bound as an RDF term, never pasted into the text. A term parameter that is not given is bound to
`word:any`, within which every term lies.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.evidence.file import FileFault, read_limited, too_large
from kg.evidence.vocabulary import Vocabulary
from kg.query.header import Header, QuestionFault, parse_header
from kg.rdf.namespaces import iri, term_iri, word
from kg.store.protocol import Node

#: A query up to its form (SPARQL 1.1 Query, section 19.8, rules 4 to 6).
_FORM = re.compile(
    r"(?:\s|#[^\n]*(?:\n|$)|BASE\s*<[^>]*>|PREFIX\s+[^\s:]*:\s*<[^>]*>)*+(SELECT|CONSTRUCT|DESCRIBE|ASK)\b",
    re.IGNORECASE,
)
__all__ = [
    "Question",
    "QuestionFault",
    "bundled_names",
    "bundled_question",
    "find_term",
    "parse_question",
    "question_from_bytes",
    "question_from_file",
]

_BUNDLED = Path(__file__).parent
#: A query is a page or two; anything larger is not one.
MOST_BYTES = 1_000_000
#: The term within which every term lies.
ANY = "any"


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its name, its header and its SPARQL."""

    name: str
    header: Header
    sparql: str

    @property
    def form(self) -> str:
        """SELECT, CONSTRUCT, DESCRIBE or ASK: the first word behind the prologue; empty if there is none."""
        found = _FORM.match(self.sparql)
        return found[1].upper() if found else ""

    @property
    def is_construct(self) -> bool:
        """Whether it answers with triples."""
        return self.form in ("CONSTRUCT", "DESCRIBE")

    def names_terms(self, given: Mapping[str, str]) -> bool:
        """Whether a vocabulary is needed to understand what was given."""
        return any(
            kind.startswith("term ") and given.get(name, ANY) != ANY for name, kind in self.header.params.items()
        )

    def bindings(self, given: Mapping[str, str], vocabulary: Vocabulary) -> dict[str, Node]:
        """The parameters as RDF terms; those not given are any term, or left open."""
        unknown = sorted(set(given) - set(self.header.params))
        if unknown:
            known = ", ".join(self.header.params) or "none"
            raise QuestionFault(f"{self.name} has no parameter {unknown[0]!r}; it has {known}")
        bound: dict[str, Node] = {}
        for name, kind in self.header.params.items():
            if name in given:
                bound[name] = _bind(name, kind, given[name], vocabulary)
            elif kind.startswith("term "):
                bound[name] = word(ANY)
        return bound


def _bind(name: str, kind: str, value: str, vocabulary: Vocabulary) -> NamedNode | Literal:
    if kind == "text":
        return Literal(value)
    if kind == "number":
        if not re.fullmatch(r"-?\d{1,9}", value.removeprefix("ref-")):
            raise QuestionFault(f"{name} needs a whole number such as 36, not {value!r}")
        return Literal(value.removeprefix("ref-"), datatype=iri("xsd:integer"))
    schemes = tuple(kind.removeprefix("term ").split(" or "))
    if value == ANY:
        return word(ANY)
    return term_iri(find_term(value, schemes, vocabulary, name))


def find_term(value: str, schemes: tuple[str, ...], vocabulary: Vocabulary, name: str = "") -> str:
    """The id of the term that a user named by id, label or synonym; no scheme means every scheme."""
    wanted = schemes or tuple(sorted({entry.scheme for entry in vocabulary.terms.values()}))
    if vocabulary.has(value, wanted):
        return value
    spoken = value.lower().strip()
    for entry in vocabulary.terms.values():
        if entry.scheme in wanted and spoken in (entry.label.lower(), *(s.lower() for s in entry.synonyms)):
            return entry.id
    near = vocabulary.nearest(value, wanted)
    hint = f"did you mean {' or '.join(near)}?" if near else "kg query terms lists the terms"
    prefix = f"{name}: " if name else ""
    raise QuestionFault(f"{prefix}{value!r} is no term{' for ' + ' or '.join(schemes) if schemes else ''}; {hint}")


def parse_question(name: str, text: str) -> Question:
    """The question in the text of an `.rq` file. A file without a header is a question without parameters."""
    lines = [line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+")]
    return Question(name, parse_header(name, lines) if lines else Header(summary=name), text)


def bundled_names(folder: str = "sparql") -> tuple[str, ...]:
    """The names of the bundled questions."""
    return tuple(sorted(path.stem for path in (_BUNDLED / folder).glob("*.rq")))


def bundled_question(name: str, folder: str = "sparql") -> Question:
    """A bundled question by name."""
    names = bundled_names(folder)
    if name not in names:
        import difflib

        near = difflib.get_close_matches(name, names, n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else "kg questions lists them"
        raise QuestionFault(f"there is no question {name!r}; {hint}")
    return question_from_file(_BUNDLED / folder / f"{name}.rq")


def question_from_file(path: Path) -> Question:
    """A question from a file of the user's."""
    try:
        data = read_limited(path, MOST_BYTES)
    except FileFault as error:
        raise QuestionFault(f"{path}: {error}") from error
    return question_from_bytes(path.stem, data, str(path))


def question_from_bytes(name: str, data: bytes, place: str = "") -> Question:
    """A question in bytes from a place; raises `QuestionFault` if they are no text, or too many."""
    if len(data) > MOST_BYTES:
        raise QuestionFault(f"{place or name}: {too_large(MOST_BYTES)}")
    try:
        return parse_question(name, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise QuestionFault(f"{place or name}: is not UTF-8 text") from error
