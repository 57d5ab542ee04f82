"""A made-up pack for the network: three studies with exercise and two without, of which every edge is known."""

import json
from pathlib import Path

from kg.evidence import Vocabulary
from kg.rdf.ontology import Ontology
from kg.store import OxigraphStore, build_graph
from tests.corpus import Corpus

REFERENCES = [
    {"id": f"ref-{n}", "type": "article-journal", "title": f"Paper {n}", "author": [{"family": name, "given": "A"}],
     "issued": {"date-parts": [[2000 + n]]}, "DOI": f"10.1000/{n}"}
    for n, name in enumerate(("Runner", "Mouse", "Swimmer", "Drug", "Diabetic"), start=1)
]  # fmt: skip
HEAD = "study: {}\npublication: ref-{}\ntold_by: ref-{}\nread: {}\nbase: {{species: {}, condition: {}}}\n"
TAIL = "sources: {{read: {{kind: {}, extent: full}}}}\nadverse_events: {}\n"
#: Training relieved, moved what speaks for, against and neither, was blocked once with loss and once without.
RUNNER = """groups:
  rest: {gets: []}
  run: {gets: [{exercise: treadmill-running, bout: training}]}
  blocked: {like: run, plus: [{agent: naloxone, route: subcutaneous}]}
  kept: {like: run, plus: [{agent: naloxone-methiodide, route: intrathecal}]}
findings:
  - {id: touch, measured: mechanical-allodynia, group: run, versus: rest, result: decrease}
  - {id: bdnf, measured: bdnf, group: run, versus: rest, result: decrease}
  - {id: sugar, measured: blood-glucose, group: run, versus: rest, result: decrease}
  - {id: serotonin, measured: 5-ht2a-receptor, group: run, versus: rest, result: increase}
  - {id: astrocytes, measured: astrocyte-activation, group: run, versus: rest, result: no-significant-change}
  - {id: lost, measured: mechanical-allodynia, group: blocked, versus: run, result: increase}
  - {id: stays, measured: mechanical-allodynia, group: kept, versus: run, result: no-significant-change}
"""
#: The same marker rose and nothing was relieved; astrocytes became quiet.
MOUSE = """groups:
  rest: {gets: []}
  run: {gets: [{exercise: treadmill-running, bout: training}]}
findings:
  - {id: touch, measured: mechanical-allodynia, group: run, versus: rest, result: no-significant-change}
  - {id: bdnf, measured: bdnf, group: run, versus: rest, result: increase}
  - {id: astrocytes, measured: astrocyte-activation, group: run, versus: rest, result: decrease}
"""
#: One session raised an endocannabinoid; pain was not measured.
SWIMMER = """groups:
  rest: {gets: []}
  swim: {gets: [{exercise: swimming, bout: acute}]}
findings:
  - {id: aea, measured: anandamide, group: swim, versus: rest, result: increase}
  - {id: bdnf, measured: bdnf, group: swim, versus: rest, result: decrease}
"""
#: Raising the endocannabinoid system relieved without exercise.
DRUG = """groups:
  rest: {gets: []}
  given: {gets: [{agent: anandamide-given, route: intraplantar}]}
findings:
  - {id: touch, measured: mechanical-allodynia, group: given, versus: rest, result: decrease}
"""
#: In another class of conditions, training lowered the endocannabinoid system.
DIABETIC = """groups:
  rest: {gets: []}
  run: {gets: [{exercise: wheel-running, bout: training}]}
findings:
  - {id: aea, measured: anandamide, group: run, versus: rest, result: decrease}
"""
STUDIES = (
    ("runner-2001", 1, "abstract", "rat", "spinal-nerve-ligation", RUNNER),
    ("mouse-2002", 2, "full-text", "mouse", "chronic-constriction-injury", MOUSE),
    ("swimmer-2003", 3, "abstract", "rat", "spinal-nerve-ligation", SWIMMER),
    ("drug-2004", 4, "title", "rat", "spared-nerve-injury", DRUG),
    ("diabetic-2005", 5, "abstract", "rat", "diabetic-neuropathy", DIABETIC),
)
TOLD = """study: swimmer-2003
publication: ref-3
told_by: review
read: text
base: {species: rat, condition: spinal-nerve-ligation}
groups:
  rest: {gets: []}
  swim: {gets: [{exercise: swimming, bout: acute, passage: {start: rats swam, end: for once}}]}
findings:
  - {id: aea, measured: anandamide, group: swim, versus: rest, result: no-significant-change, passage: {start: it did, end: not rise}}
sources: {text: {kind: review-text, extent: full}}
adverse_events: not-read
"""
LABORATORIES = """- laboratory: small-town
  publications: [ref-1, ref-2]
  reason: one last author and one address
"""


def small_store(folder: Path, vocabulary: Vocabulary, ontology: Ontology) -> OxigraphStore:
    """The graph of the made-up pack."""
    corpus = Corpus(folder, vocabulary)
    corpus.study.unlink()
    corpus.write("references.json", json.dumps(REFERENCES))
    for study, ref, read, species, condition, text in STUDIES:
        silent = "not-mentioned" if read == "full-text" else "not-read"
        head, tail = HEAD.format(study, ref, ref, read, species, condition), TAIL.format(read, silent)
        corpus.write(f"studies/{study}.yaml", head + text + tail)
    corpus.write("review/studies/swimmer-2003.yaml", TOLD).write("laboratories.yaml", LABORATORIES)
    return OxigraphStore.in_memory(build_graph([corpus.load().usable()], ontology).quads)
