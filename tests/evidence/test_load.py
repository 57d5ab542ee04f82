"""Loading a pack: every file read, every fault told at once, nothing half right handed on."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from kg.evidence import Document, FaultsFound, Pack, Vocabulary, load_pack, parse_document, read_study
from kg.evidence.study import StudyFile, spell_out
from tests.corpus import PACK, REFERENCES, STUDY, Corpus

QUICK = settings(max_examples=150, deadline=None, derandomize=True, database=None)
STATEMENTS = "review/statements.yaml"
#: A study with one warning: both sides of its contrast get swimming, and a length stands on one side only.
NEARLY_EQUAL = STUDY.replace("gets: []", "gets: [{exercise: treadmill-running, bout: training}]")


def parsed(text: str) -> Document:
    """A study text as a document."""
    document = parse_document(text.encode(), Path("f.yaml"))
    assert isinstance(document, Document)
    return document


# --- a pack


def test_sound_pack_is_usable(corpus: Corpus) -> None:
    """
    A pack without a fault has its studies under their ids, spelled out.
    """
    loaded = corpus.load()
    pack = loaded.usable()

    assert ((), ()) == (loaded.problems, loaded.faults)
    assert (["small-2000"], [], []) == (list(pack.papers), list(pack.review), list(pack.statements))
    assert ("rat", "rat") == (
        pack.papers["small-2000"].groups["run"].species,
        pack.papers["small-2000"].groups["rest"].species,
    )
    assert corpus.root == pack.root


def test_bundled_pack_is_sound(bundled_pack: Pack) -> None:
    """
    The pack that ships has no fault, and studies of both tellers.
    """
    assert bundled_pack.papers and bundled_pack.review and bundled_pack.statements and bundled_pack.references


def test_pack_at_fault_is_not_usable(corpus: Corpus) -> None:
    """
    One fault anywhere keeps a pack from use; the error carries it.
    """
    loaded = corpus.with_text("species: rat", "species: mose").load()

    with pytest.raises(FaultsFound) as refused:
        loaded.usable()
    assert loaded.faults == refused.value.problems
    assert ["E012"] == [p.code for p in refused.value.problems]


def test_warning_keeps_no_pack_from_use(corpus: Corpus) -> None:
    """
    Warnings are told, and do not count as faults.
    """
    loaded = corpus.write_study(NEARLY_EQUAL).load()

    assert (["E026"], ()) == ([p.code for p in loaded.problems], loaded.faults)
    assert loaded.pack is loaded.usable()


def test_faults_of_all_files_are_told_together(corpus: Corpus) -> None:
    """
    Whoever mends a pack sees everything at once, file by file.
    """
    corpus.with_text("species: rat", "species: mose").write("studies/other-2001.yaml", "study: [\n")
    corpus.write("laboratories.yaml", "- {laboratory: a, publications: ref-9, reason: r}\n")
    corpus.write("pack.yaml", PACK + "colour: red\n").write(STATEMENTS, "- {}\n- {}\n")
    told = [(p.file.relative_to(corpus.root).as_posix(), p.code) for p in corpus.check()]

    assert {
        ("laboratories.yaml", "E028"),
        ("pack.yaml", "E010"),
        (STATEMENTS, "E015"),
        ("studies/other-2001.yaml", "E001"),
        ("studies/small-2000.yaml", "E012"),
    } == set(told)
    assert sorted(told) == told


def test_faults_between_files_are_told_whatever_the_description(corpus: Corpus) -> None:
    """
    A slip in `pack.yaml` hides no fault of the other files.
    """
    corpus.write("laboratories.yaml", "- {laboratory: a, publications: ref-9, reason: r}\n")

    assert ["E028", "E010"] == [p.code for p in corpus.write("pack.yaml", PACK + "colour: red\n").check()]


def test_same_pack_gives_the_same_problems(corpus: Corpus) -> None:
    """
    Reading twice tells the same, in the same order, each problem once.
    """
    corpus.with_text("measured: mechanical-allodynia", "measured: x, site: y, said: z")
    first, second = corpus.check(), corpus.check()

    assert first == second == sorted(set(first))
    assert 3 == len(first)


@pytest.mark.parametrize("name", ["nowhere", "pack.yaml"])
def test_pack_is_a_folder(corpus: Corpus, name: str) -> None:
    """
    A folder that is not there, and a file, are no packs.
    """
    loaded = load_pack(corpus.root / name, corpus.vocabulary)

    assert loaded.pack is None
    assert [f"{corpus.root / name}:1:1: E001 is not a folder; a pack is a folder"] == [str(p) for p in loaded.problems]


def test_empty_folder_is_told_what_a_pack_needs(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """
    A pack has a description and a reference list; the rest may be absent.
    """
    problems = load_pack(tmp_path, vocabulary).problems

    assert [("pack.yaml", "E001"), ("references.json", "E001")] == [(p.file.name, p.code) for p in problems]


def test_pack_without_studies_is_sound(corpus: Corpus) -> None:
    """
    A pack may begin with its reference list alone.
    """
    shutil.rmtree(corpus.root / "studies")

    assert {} == corpus.load().usable().papers


# --- files


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff", "is not UTF-8 text; save it as UTF-8"),
        ("study: small".encode("utf-16"), "is not UTF-8 text; save it as UTF-8"),
        (b"x" * 5_000_000, "is larger than 4,000,000 bytes; is it the right file?"),
        (b"[" * 10_000, "is nested deeper than 40 levels"),
        (STUDY.encode() + b"\x00", "control characters are not allowed"),
        (b"a: [1, 2\n", "is not YAML here"),
        (b"- &a [x]\n- *a\n", "anchors and aliases are not part of the format"),
    ],
    ids=["empty", "binary", "utf-16", "5 MB", "deep", "NUL", "malformed", "alias"],
)
@pytest.mark.parametrize(
    "name", ["pack.yaml", "references.json", "studies/small-2000.yaml", STATEMENTS, "laboratories.yaml"]
)
def test_unreadable_file_is_a_fault_of_that_file(corpus: Corpus, name: str, data: bytes, words: str) -> None:
    """
    Whatever a file holds, it is refused with its reason, and the pack is not used.
    """
    loaded = corpus.write(name, data).load()
    told = [p for p in loaded.problems if p.file == corpus.root / name]

    assert 1 == len(told)
    assert words in told[0].message
    with pytest.raises(FaultsFound):
        loaded.usable()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_files_from_another_editor_are_read_alike(corpus: Corpus, mark: bytes, ending: bytes) -> None:
    """
    Byte-order marks and Windows line ends change no record.
    """
    before = corpus.load().usable()
    for name in ("pack.yaml", "references.json", "studies/small-2000.yaml"):
        corpus.write(name, mark + (corpus.root / name).read_bytes().replace(b"\n", ending))
    after = corpus.load().usable()

    assert (before.meta, before.papers, before.references) == (after.meta, after.papers, after.references)


def test_folder_in_place_of_a_file_is_a_fault(corpus: Corpus) -> None:
    """
    A folder called like a study is told, not passed over.
    """
    (corpus.root / "studies" / "other.yaml").mkdir()
    problem = corpus.problem()

    assert ("E001", "other.yaml", "cannot be read: Is a directory") == (
        problem.code,
        problem.file.name,
        problem.message,
    )


def test_study_with_another_ending_is_not_passed_over(corpus: Corpus) -> None:
    """
    A curator whose editor writes `.yml` learns that the file is not read.
    """
    problem = corpus.write("studies/other-2001.yml", STUDY.replace("small-2000", "other-2001")).problem()

    assert ("E027", "other-2001.yml") == (problem.code, problem.file.name)
    assert "would be passed over; name it other-2001.yaml" == problem.message


# --- keys


def test_unknown_key_is_refused_with_the_nearest(corpus: Corpus) -> None:
    """
    A mistyped key is refused at its place, with the key that it may have been meant as.
    """
    problem = corpus.with_text("findings:", "findngs: []\nfindings:").problem()

    assert ("E010", 9, 1, "findngs") == (problem.code, problem.line, problem.column, problem.where)
    assert "'findngs' is no key here; did you mean 'findings'?" == problem.message


def test_key_like_no_other_is_refused_with_the_page_of_keys(corpus: Corpus) -> None:
    """
    Where no key is near, the message says where all keys are listed.
    """
    message = corpus.with_text("bout: training", "bout: training, favourite: blue").problem().message

    assert "'favourite' is no key here; docs/reference/format.md lists the keys" == message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("bout: training", "bout: training, agent: naloxone"),
        ("length: 5 week", "length: 5 week, minutes: 60"),
        ("read: abstract", "read: abstract\nlength: 5 week"),
    ],
)
def test_key_in_the_wrong_place_is_not_offered_again(corpus: Corpus, old: str, new: str) -> None:
    """
    "'minutes' is no key here; did you mean 'minutes'?" helps nobody.
    """
    message = corpus.with_text(old, new).problem().message
    key = message.split("'")[1]

    assert f"did you mean '{key}'?" not in message


def test_key_of_another_part_is_told_to_be_one(corpus: Corpus) -> None:
    """
    A key that the format has, but not here, is told from a slip of the pen.
    """
    message = corpus.with_text("length: 5 week", "length: 5 week, minutes: 60").problem().message

    assert "'minutes' is no key here (it belongs elsewhere)" == message


def test_comma_that_cut_a_text_is_told(corpus: Corpus) -> None:
    """
    In flow style a comma ends a text, and the rest becomes a key: the message says to put the text in quotes.
    """
    problem = corpus.with_text("result: decrease", "result: decrease, remark: less pain, after all").problem()

    assert ("E010", *corpus.place("after all")) == (problem.code, problem.line, problem.column)
    assert "put a text that holds a comma in quotes" in problem.message


@pytest.mark.parametrize(
    ("old", "new", "where", "message"),
    [
        ("programme: {length: 5 week}", "programme: 5 week", "groups.run.gets[0].programme", "found '5 week'"),
        ("base: {species: rat, condition: spinal-nerve-ligation}", "base: rat", "base", "must be a mapping of keys"),
        ("rest: {gets: []}", "rest: {gets: naloxone}", "groups.rest.gets", "must be a list; found 'naloxone'"),
        ("rest: {gets: []}", "rest: {gets: }", "groups.rest.gets", "must be a list; found nothing"),
        ("group: run", "group: []", "findings[0].group", "must not be empty"),
        ("{abstract: {kind: abstract, extent: full}}", "{}", "sources", "must not be empty"),
    ],
)
def test_value_of_another_shape_is_refused_in_plain_words(
    corpus: Corpus, old: str, new: str, where: str, message: str
) -> None:
    """
    A curator reads of lists and keys, not of tuples and dictionaries.
    """
    problem = corpus.with_text(old, new).problem()

    assert ("E015", where) == (problem.code, problem.where)
    assert message in problem.message
    assert not {"tuple", "dictionary", "Dictionary", "Tuple", "instance"} & set(problem.message.split())


@pytest.mark.parametrize("name", ["references.json", STATEMENTS, "laboratories.yaml", "review/questions.yaml"])
def test_list_file_that_is_no_list_is_told_so(corpus: Corpus, name: str) -> None:
    """
    A file of items is a list.
    """
    told = [p for p in corpus.write(name, "id: one").check() if p.file == corpus.root / name]

    assert [(1, 1, "must be a list; begin each item with a dash")] == [(p.line, p.column, p.message) for p in told]


@pytest.mark.parametrize("key", ["study", "publication", "told_by", "read", "groups", "sources", "adverse_events"])
def test_missing_key_is_refused_by_name(corpus: Corpus, key: str) -> None:
    """
    What every study says is never left out; the fault stands where the study begins.
    """
    lines = [line for line in STUDY.splitlines() if not line.startswith(f"{key}:")]
    if key == "groups":
        lines = [line for line in lines if not line.startswith(("  rest", "  run"))]
    problem = corpus.write_study("\n".join(lines)).problem()

    assert ("E011", 1, 1, key) == (problem.code, problem.line, problem.column, problem.where)
    assert f"the key '{key}' is missing" == problem.message


def test_missing_key_of_a_part_is_refused_at_that_part(corpus: Corpus) -> None:
    """
    A finding without a result is told at the finding.
    """
    problem = corpus.with_text(", result: decrease", "").problem()

    assert ("E011", 10, 5, "findings[0].result") == (problem.code, problem.line, problem.column, problem.where)


@pytest.mark.parametrize("text", ["just words", "- a\n- b\n", "5"])
def test_file_of_another_shape_is_refused(corpus: Corpus, text: str) -> None:
    """
    A study is a mapping of keys.
    """
    problem = corpus.write_study(text).problem()

    assert ("E015", 1, 1) == (problem.code, problem.line, problem.column)


def test_message_is_short_whatever_the_file_holds(corpus: Corpus) -> None:
    """
    A file of nonsense is not printed back in full.
    """
    problem = corpus.with_text("species: rat", f"species: {'mose-' * 100_000}x").problem()

    assert len(problem.message) <= 600


# --- one study


def test_study_is_read_as_written(vocabulary: Vocabulary) -> None:
    """
    A sound study text gives the record with `base` and `like` still in it.
    """
    written = read_study(parsed(STUDY), vocabulary)

    assert isinstance(written, StudyFile)
    assert ("small-2000", "rat", None) == (written.study, written.base.species, written.groups["run"].species)


def test_study_at_fault_gives_its_problems(vocabulary: Vocabulary) -> None:
    """
    Faults of fields and faults across fields both come as problems.
    """
    for old, new, code in (("species: rat", "species: mose", "E012"), ("versus: rest", "versus: rst", "E020")):
        told = read_study(parsed(STUDY.replace(old, new)), vocabulary)
        assert isinstance(told, list)
        assert [code] == [p.code for p in told]


def test_study_with_a_warning_is_read(vocabulary: Vocabulary) -> None:
    """
    A warning keeps no study from being read.
    """

    assert isinstance(read_study(parsed(NEARLY_EQUAL), vocabulary), StudyFile)


def test_problems_of_one_study_are_in_line_order(vocabulary: Vocabulary) -> None:
    """
    As for a pack: faults come in the order of the file.
    """
    told = read_study(
        parsed(STUDY.replace("study: small-2000\n", "").replace("decrease", "less") + "study: BAD\n"), vocabulary
    )

    assert isinstance(told, list)
    assert sorted(told) == told


PIECES = st.text(st.sampled_from("ab-: ,[]{}'\"\n#&*0159.~|>"), max_size=12) | st.sampled_from(
    ["run", "rest", "like: run", "like: rest", "plus: []", "gets: []", "null", "versus", "[]", "{}", "low: 5", "5 week"]
)


@given(st.integers(0, len(STUDY)), st.integers(0, 25), PIECES)
@QUICK
def test_any_bent_study_is_read_or_told(vocabulary: Vocabulary, at: int, cut: int, piece: str) -> None:
    """
    Whatever stretch of a study is exchanged, reading gives a record or problems with a place; it never raises.
    """
    document = parse_document((STUDY[:at] + piece + STUDY[at + cut :]).encode(), Path("f.yaml"))
    if isinstance(document, list):
        return
    read = read_study(document, vocabulary)

    if isinstance(read, StudyFile):
        assert set(read.groups) == set(spell_out(read).groups)
    else:
        assert read
        assert all(p.line >= 1 and p.column >= 1 and p.message and p.code.startswith("E") for p in read)


TREES = st.recursive(
    st.sampled_from(
        ["run", "rest", "5", "5 week", "review", "ref-1", "naloxone", "abstract", "not-read", "decrease", "", "x y"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "gets",
                    "like",
                    "plus",
                    "at",
                    "exercise",
                    "agent",
                    "bout",
                    "programme",
                    "phases",
                    "week",
                    "days",
                    "low",
                    "high",
                    "id",
                    "measured",
                    "group",
                    "versus",
                    "result",
                    "from",
                    "passage",
                    "cell",
                    "n",
                    "run",
                    "value",
                    "unit",
                    "events",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)


@given(
    st.sampled_from(["base", "groups", "findings", "sources", "adverse_events", "flow", "population", "design"]), TREES
)
@QUICK
def test_any_value_of_a_key_is_read_or_told(vocabulary: Vocabulary, key: str, tree: object) -> None:
    """
    Whatever structure stands at a key, reading gives a record or problems; it never raises.
    """
    document = parsed(STUDY)
    assert isinstance(document.content, dict)
    held = parse_document(json.dumps({**document.content, key: tree}).encode(), Path("f.yaml"))
    assert isinstance(held, Document)

    assert read_study(held, vocabulary)


def test_reference_list_of_the_tests_is_what_it_seems(corpus: Corpus) -> None:
    """
    The two references of the tiny pack are read as they were written.
    """
    assert [item["id"] for item in REFERENCES] == list(corpus.load().usable().references)
