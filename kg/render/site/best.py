"""What is known best of each mechanism in each group of species, over all classes of conditions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.analysis.ladder_words import NAMES
from kg.analysis.rung import NOT_STATED, Cell as LadderCell, RungStudy, gather
from kg.analysis.strength import AGAINST, RUNGS
from kg.query.answer import Term
from kg.render.site.model import SiteModel
from kg.render.site.term_pages import cell_id


@dataclass(frozen=True)
class Best:
    """What is known of a mechanism in a species group over all classes: the highest rung and who reaches it."""

    rung: str
    cells: tuple[LadderCell, ...]
    against: bool

    @property
    def studies(self) -> tuple[RungStudy, ...]:
        """The papers on the rung."""
        return gather(study for one in self.cells for study in one.rungs[self.rung].studies)

    @property
    def place(self) -> str:
        """Where the first of its cells is told in full."""
        return f"{self.cells[0].mechanism.iri}#{cell_id(self.cells[0])}"

    @property
    def words(self) -> str:
        """The rung, and the classes in which it is reached."""
        return f"{NAMES[self.rung]} in {' and '.join(str(one.condition_class) for one in self.cells)}"


def best_known(model: SiteModel) -> dict[Term, dict[str, Best]]:
    """The best that is known of each mechanism in each species group, the best known mechanism first."""
    found: dict[Term, dict[str, list[LadderCell]]] = {}
    for one in model.ladder:
        if one.highest:
            found.setdefault(one.mechanism, {}).setdefault(one.species_group.iri, []).append(one)
    return {name: {group: _highest(cells) for group, cells in groups.items()} for name, groups in found.items()}


def _highest(cells: Sequence[LadderCell]) -> Best:
    """The ladder has the best known cell first."""
    rung = cells[0].highest or RUNGS[-1]
    against = any(one.against[name] for one in cells for name in AGAINST)
    return Best(rung, tuple(one for one in cells if one.highest == rung), against)


def species_groups(model: SiteModel) -> list[Term]:
    """The species groups, the one with most cells first; those of which no species is stated stand apart."""
    counted = Counter(one.species_group for one in model.ladder if one.highest and one.species_group.iri != NOT_STATED)
    return sorted(counted, key=lambda group: (-counted[group], str(group)))
