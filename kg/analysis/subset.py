"""The graph that would have been built without some of its papers: for what-if, leave-one-out and back-tests.

What was curated of a paper, in its own telling and in the review's, is dropped; what was derived is dropped whole and
derived again by the same rules. The rest stays quad for quad, so that the result is the build of a pack without those
files. Papers, not accounts, are chosen: the review's account of a paper goes and stays with the paper.
"""

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import chain
from pathlib import Path
from typing import Protocol

from pyoxigraph import NamedNode, Quad

from kg.evidence.problem import KgError
from kg.query.answer import ask
from kg.query.question import bundled_question
from kg.rdf.namespaces import WORD, graph_iri
from kg.rdf.ontology import Ontology, bundled_ontology
from kg.store.derive import derive
from kg.store.oxigraph import OxigraphStore
from kg.store.protocol import Store

ACCOUNTS = "accounts"
_DERIVED, _ABOUT_RULES = graph_iri("derived/").value, graph_iri("provenance").value
_DOI = "https://doi.org/"


class SubsetFault(KgError):
    """Papers cannot be left out as asked."""


class Whole(Store, Protocol):
    """A store that can be read whole."""

    def quads(self) -> Iterator[Quad]:
        """Every quad."""


@dataclass(frozen=True, slots=True)
class Account:
    """One teller's account of a paper, and by what it can be chosen."""

    study: NamedNode
    publication: NamedNode
    file: NamedNode
    name: str
    reference: str
    by_review: bool
    laboratory: str | None
    year: int
    read: str

    @property
    def number(self) -> str:
        """The number of its reference, as people cite it."""
        return self.reference.rpartition("-")[2]


@dataclass(frozen=True, slots=True)
class Without:
    """Which papers to leave out; a paper that is named by any of these is."""

    references: tuple[str, ...] = ()
    laboratories: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    species: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    until: int | None = None

    def __bool__(self) -> bool:
        """Whether anything was asked for."""
        return any(getattr(self, field.name) not in ((), None) for field in fields(self))


def read_accounts(store: Store, **params: str) -> tuple[Account, ...]:
    """Every account of a study in a store, or those that have a group of some condition or species."""
    return tuple(
        Account(
            study=NamedNode(row.study.iri),
            publication=NamedNode(row.publication.iri),
            file=NamedNode(row.file.iri),
            name=str(row.study),
            reference=row.reference,
            by_review=row.by_review,
            laboratory=row.laboratory,
            year=int(row.year),
            read=row.read.iri.removeprefix(WORD),
        )
        for row in ask(store, bundled_question(ACCOUNTS), params)
    )


def left_out(store: Store, without: Without) -> frozenset[NamedNode]:
    """The papers that are to be left out; raises `SubsetFault` for one that is not here, and where none would stay."""
    accounts = read_accounts(store)
    chosen = set(_by_reference(accounts, without.references)) | set(_by_laboratory(accounts, without.laboratories))
    for parameter, terms in (("in_condition", without.conditions), ("in_species", without.species)):
        for term in terms:
            chosen |= _publications(_telling(accounts, read_accounts(store, **{parameter: term})))
    if without.only:
        chosen |= _publications(
            one for one in _telling(accounts, accounts) if one.read not in _depths(accounts, without.only)
        )
    if without.until is not None:
        chosen |= _publications(one for one in accounts if one.year > without.until)
    if not _publications(accounts) - chosen:
        raise SubsetFault("no paper of this graph would be left; leave out less")
    return frozenset(chosen)


@dataclass(frozen=True)
class Curated:
    """What was curated of a store, split by paper once, so that many subsets can be made of it."""

    shared: tuple[Quad, ...]
    own: Mapping[NamedNode, tuple[Quad, ...]]
    rules: tuple[Path, ...]

    @classmethod
    def of(cls, store: Whole, rules: Sequence[Path] | None = None) -> "Curated":
        """What was curated of a store; raises `SubsetFault` where that is not kept apart from what was derived."""
        rules = Ontology(bundled_ontology()).rules if rules is None else tuple(rules)
        owner = _Owner(read_accounts(store))
        own: dict[NamedNode | None, list[Quad]] = {None: []}
        derived = False
        for quad in store.quads():
            graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
            if graph.startswith(_DERIVED):
                derived = True
            elif graph != _ABOUT_RULES:
                own.setdefault(owner.of(quad), []).append(quad)
        if not derived:
            raise SubsetFault(
                "this store does not keep what was curated apart from what was derived; give a folder that kg build "
                "wrote, or its N-Quads or TriG"
            )
        shared = tuple(own.pop(None))
        return cls(shared, {paper: tuple(quads) for paper, quads in own.items() if paper is not None}, rules)

    def without(self, papers: Collection[NamedNode], tell: Callable[[int, int], None] | None = None) -> OxigraphStore:
        """The store that would have been built without some papers, in memory; `tell` hears how many rules have run."""
        kept = [*self.shared, *chain.from_iterable(quads for paper, quads in self.own.items() if paper not in papers)]
        made = OxigraphStore.in_memory(kept)
        made.add(derive(kept, self.rules, tell))
        return made


class _Owner:
    """Which paper a quad is part of: subject or object is an account of the paper, its file, or a part of these."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        self._known: dict[str, NamedNode | None] = {
            node.value: account.publication for account in accounts for node in (account.study, account.file)
        }
        self._known[""] = None

    def of(self, quad: Quad) -> NamedNode | None:
        """The paper; None for what belongs to none."""
        for node in (quad.subject, quad.object):
            if isinstance(node, NamedNode) and (found := self._paper(node.value)):
                return found
        return None

    def _paper(self, value: str) -> NamedNode | None:
        if value not in self._known:
            self._known[value] = self._paper(value.rpartition("/")[0])
        return self._known[value]


def _telling(accounts: Iterable[Account], some: Iterable[Account]) -> Iterator[Account]:
    """Those of some accounts that speak for their paper: its own, or the review's where there is no other."""
    told = {account.publication for account in accounts if not account.by_review}
    return (one for one in some if not one.by_review or one.publication not in told)


def _publications(accounts: Iterable[Account]) -> set[NamedNode]:
    return {account.publication for account in accounts}


def _by_reference(accounts: Sequence[Account], wanted: Iterable[str]) -> Iterator[NamedNode]:
    """The papers that a person names by their place in a list of references, with or without its letters, or by DOI."""
    for name in wanted:
        found = _publications(one for one in accounts if name in _names(one))
        if not found:
            raise SubsetFault(
                f"{name!r} is no paper told in this graph{_near(name, (one.reference for one in accounts))}"
            )
        if len(found) > 1:
            dois = ", ".join(sorted(node.value for node in found))
            raise SubsetFault(f"{name!r} names a paper in each of several packs; name one of {dois}")
        yield from found


def _names(account: Account) -> tuple[str, ...]:
    return account.reference, account.number, account.publication.value, account.publication.value.removeprefix(_DOI)


def _by_laboratory(accounts: Sequence[Account], wanted: Iterable[str]) -> Iterator[NamedNode]:
    recorded = {account.laboratory for account in accounts if account.laboratory is not None}
    for name in wanted:
        if name not in recorded:
            near = _near(name, recorded)
            raise SubsetFault(
                f"{name!r} is no laboratory recorded in this graph{near}; a paper without one stands alone"
            )
        yield from _publications(one for one in accounts if one.laboratory == name)


def _depths(accounts: Iterable[Account], wanted: tuple[str, ...]) -> frozenset[str]:
    """Depths of reading, each of which some paper has."""
    read = {account.read for account in _telling(accounts, accounts)}
    for name in wanted:
        if name not in read:
            raise SubsetFault(f"no paper of this graph was read as {name!r}; depths here: {', '.join(sorted(read))}")
    return frozenset(wanted)


def _near(name: str, known: Iterable[str]) -> str:
    """What else may be meant, in words."""
    near = difflib.get_close_matches(name, sorted(set(known)), n=3)
    return f"; did you mean {' or '.join(near)}?" if near else "; kg query accounts lists what is told"
