"""Which rows of the gaps a person wants: terms by id, label or synonym, kinds by their word."""

from kg.analysis.gap_data import word_of
from kg.analysis.gaps import Gaps
from kg.query.question import QuestionFault, find_term
from kg.query.vocabulary import store_vocabulary
from kg.rdf.namespaces import term_iri
from kg.store.protocol import Store


def narrow(
    store: Store, gaps: Gaps, *, kind: str | None = None, mechanism: str | None = None, condition: str | None = None,
    species: str | None = None, top: int | None = None,
) -> Gaps:  # fmt: skip
    """The rows that fit what a person wrote; raises `QuestionFault` for a word that nothing knows."""
    named = {"mechanism": mechanism, "condition": condition, "species": species}
    terms = {scheme: _term(store, scheme, value) for scheme, value in named.items() if value is not None}
    if kind is not None:
        _known(gaps, kind)
    return gaps.narrowed(
        kind=kind, mechanism=terms.get("mechanism"), condition=terms.get("condition"), species=terms.get("species"),
        top=top,
    )  # fmt: skip


def _term(store: Store, scheme: str, value: str) -> str:
    return term_iri(find_term(value, (scheme,), store_vocabulary(store), scheme)).value


def _known(gaps: Gaps, kind: str) -> None:
    known = sorted({word_of(each) for row in gaps.rows for each in (row.kind, *row.also)})
    if kind not in known:
        raise QuestionFault(f"no gap here is of the kind {kind!r}; there are {', '.join(known) or 'none'}")
