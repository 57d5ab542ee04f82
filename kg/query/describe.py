"""One term whole: its names and meaning, its place, what it is tied to, its names elsewhere, and who uses it."""

from collections.abc import Sequence

from kg.evidence.vocabulary import TermEntry
from kg.query.terms import Terms
from kg.rdf.mappings import TermMapping


def describe_term(
    terms: Terms, entry: TermEntry, mappings: Sequence[TermMapping]
) -> dict[str, str | int | tuple[str, ...]]:
    """
    What is known of a term, in words, by the name of each fact.

    `studies` and `statements` name the term or one beneath it; `tied_studies` name a term that says something of it,
    as its markers do of a mechanism.
    """

    def named(ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(f"{terms.vocabulary.label(id)} ({id})" for id in ids)

    ties = terms.ties.get(entry.id, ())
    return {
        "id": entry.id,
        "label": entry.label,
        "scheme": entry.scheme,
        "definition": terms.definitions[entry.id],
        "synonyms": entry.synonyms,
        "broader": named(entry.broader),
        "narrower": named(terms.narrower(entry.id)),
        "says": tuple(f"{tie.label} {named([tie.other])[0]}" for tie in ties if not tie.incoming),
        "said_by": tuple(f"{named([tie.other])[0]}: {tie.label}" for tie in ties if tie.incoming),
        "mappings": tuple(_mapping(mapping) for mapping in mappings),
        "studies": terms.studies(terms.beneath(entry.id)),
        "tied_studies": terms.studies(terms.tied(entry.id)),
        "statements": terms.statements(terms.beneath(entry.id)),
    }


def _mapping(mapping: TermMapping) -> str:
    """
    A mapping in words.

    >>> _mapping(TermMapping("a", "skos:broadMatch", "HP:1", "https://example.org/1", "Pain", "hp", "of any kind"))
    'skos:broadMatch HP:1 Pain (of any kind)'
    """
    if not mapping.iri:
        return f"no match in {mapping.source}"
    words = f"{mapping.relation} {mapping.object} {mapping.label}".rstrip()
    return f"{words} ({mapping.comment})" if mapping.comment else words
