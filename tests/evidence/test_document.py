"""YAML files as text with places: what a file says, where it says it, and which files are refused whole."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings, strategies as st

from kg.evidence import Document, Problem, parse_document, read_document
from kg.evidence.document import MAX_BYTES, MAX_DEPTH, Loc, Tree, dotted
from tests.corpus import STUDY, Corpus

QUICK = settings(max_examples=300, deadline=None, derandomize=True, database=None)
#: Text that is likely to be nearly YAML.
YAMLISH = st.text(st.sampled_from("ab:-,[]{}&*!|>'\"%@`?#~<= \n\t\r\\0\x00\x85\u2028\ufeff\u202e😀"), max_size=60)


def content(text: str | bytes) -> Tree:
    """The content of a text that must be a document."""
    return document(text).content


def document(text: str | bytes) -> Document:
    """A text that must be a document."""
    read = parse_document(text if isinstance(text, bytes) else text.encode(), Path("f.yaml"))
    assert isinstance(read, Document), read
    return read


def problems(text: str | bytes) -> list[Problem]:
    """The problems of a text that must not be a document."""
    read = parse_document(text if isinstance(text, bytes) else text.encode(), Path("f.yaml"))
    assert isinstance(read, list), read
    assert read
    return read


def places(text: str | bytes) -> list[tuple[str, int, int]]:
    """Code, line and column of each problem of a text."""
    return [(p.code, p.line, p.column) for p in problems(text)]


# --- what a file says


@pytest.mark.parametrize(
    "scalar",
    [
        "no",
        "No",
        "on",
        "off",
        "yes",
        "true",
        "010",
        "0x1F",
        "0o17",
        "5:30",
        "1e3",
        "1_000",
        ".inf",
        "-.inf",
        ".NaN",
        "NaN",
        "2020-06-02",
        "2020-06-02 10:00:00",
        "5.0",
        "+5",
        "=",
        "<<",
        "1.10",
    ],
)
def test_scalar_stays_what_was_typed(scalar: str) -> None:
    """
    Nothing is turned into a number, a date or a truth value while a file is read; the field decides later.
    """
    assert {"a": scalar, "b": [scalar]} == content(f"a: {scalar}\nb: [{scalar}]\n")


def test_key_stays_what_was_typed() -> None:
    """
    A key such as `no` or `010` is text too.
    """
    assert {"no": "a", "010": "b", "2020-01-01": "c"} == content("no: a\n010: b\n2020-01-01: c\n")


def test_quotes_blocks_and_comments_are_read_as_yaml_has_them() -> None:
    """
    The ways to write a long or an awkward text are all at hand.
    """
    text = """
    quoted: "a: b # c"     # a comment
    doubled: 'it''s'
    escaped: "\\u03b2 \\"x\\""
    folded: >-
      one
      two
    kept: |
      one
      two
    """
    wanted = {"quoted": "a: b # c", "doubled": "it's", "escaped": 'β "x"', "folded": "one two", "kept": "one\ntwo\n"}

    assert wanted == content(text)


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_nothing_is_not_text(nothing: str) -> None:
    """
    An empty value, `~` and `null` are nothing, not words.
    """
    assert {"a": None, "b": [None]} == content(f"a: {nothing}\nb: [{nothing or '~'}]\n")


@pytest.mark.parametrize("word", ['""', "'~'", '"null"', "'null'"])
def test_quoted_nothing_is_text(word: str) -> None:
    """
    In quotes, the same signs are words.
    """
    assert {"a": word[1:-1]} == content(f"a: {word}\n")


def test_tag_changes_nothing() -> None:
    """
    A tag can neither change a type nor make an object.
    """
    assert {"a": "5", "b": "os.getcwd", "c": ["x"]} == content(
        '!!map {a: !!int "5", b: !!python/name:os.getcwd os.getcwd, c: !!python/object/apply:os.system [x]}'
    )


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_mark_change_nothing(ending: str, mark: bytes) -> None:
    """
    A file from Windows says the same, at the same places.
    """
    here = document(mark + STUDY.replace("\n", ending).encode())

    assert content(STUDY) == here.content
    assert document(STUDY).places == here.places


def test_json_is_read_too() -> None:
    """
    A JSON file, however it is indented and escaped, reads like YAML.
    """
    assert [{"a": "1", "b": 'x/"\t', "c": ["true"]}] == content('[\n\t{"a":1,"b" : "x\\/\\"\\t",\n\t"c":[true]}]')


def test_json_escapes_beyond_the_basic_plane_are_read() -> None:
    """
    JSON that was written as ASCII is still JSON: a pair of escapes is one character.
    """
    read = parse_document(b'["\\ud83d\\ude00"]', Path("f.json"))
    assert isinstance(read, Document)
    assert ["😀"] == read.content


def test_lone_half_of_a_pair_of_escapes_is_refused() -> None:
    """
    Half a character is no text, in YAML and in JSON.
    """
    for name in ("f.yaml", "f.json"):
        read = parse_document(b'["a\\ud83d"]', Path(name))
        assert isinstance(read, list)
        assert [("E001", 1)] == [(p.code, p.line) for p in read]


# --- where it says it


def test_every_part_knows_its_line_and_column() -> None:
    """
    A key is at its key, an item of a list at its first character; both count from 1.
    """
    here = document("a: 1\nb:\n  c: [x, y]\n  d:\n    - e: 1\n      f: 2\n")
    wanted: dict[Loc, tuple[int, int]] = {
        (): (1, 1),
        ("a",): (1, 1),
        ("b",): (2, 1),
        ("b", "c"): (3, 3),
        ("b", "c", 0): (3, 7),
        ("b", "c", 1): (3, 10),
        ("b", "d"): (4, 3),
        ("b", "d", 0): (5, 7),
        ("b", "d", 0, "e"): (5, 7),
        ("b", "d", 0, "f"): (6, 7),
    }

    assert wanted == here.places


def test_column_counts_characters() -> None:
    """
    Letters beyond ASCII count as one column each, as in an editor.
    """
    assert (1, 10) == document('{"βé😀": [x]}').place(("βé😀", 0))


def test_place_of_a_part_that_is_absent_is_that_of_its_holder() -> None:
    """
    A missing key is reported where it is missing; steps that the file does not have are skipped.
    """
    here = document("a:\n  b: 1\n")

    assert (2, 3) == here.place(("a", "Tag", "b"))
    assert (1, 1) == here.place(("a", "missing"))
    assert (1, 1) == here.place(("x", 3, "y"))


@given(
    st.lists(st.one_of(st.integers(), st.text(max_size=5), st.sampled_from(["groups", "run", "gets", 0])), max_size=8)
)
@QUICK
def test_any_loc_has_a_place_in_the_file(loc: list[str | int]) -> None:
    """
    Whatever part is asked for, the place is a line of the file and a column of that line.
    """
    lines = STUDY.splitlines()
    line, column = document(STUDY).place(tuple(loc))

    assert 1 <= line <= len(lines)
    assert 1 <= column <= len(lines[line - 1])


@pytest.mark.parametrize(
    ("dots", "loc"), [("", ()), ("a", ("a",)), ("[0].a", (0, "a")), ("a[1][2].b.c", ("a", 1, 2, "b", "c"))]
)
def test_parts_are_named_the_way_people_write_them(dots: str, loc: Loc) -> None:
    """
    Keys are joined by dots, items of a list are numbered in brackets.
    """
    assert dots == dotted(loc)


def test_problem_is_placed_at_its_part() -> None:
    """
    A document makes problems that know where they are.
    """
    problem = document("a:\n  - b: 1\n").problem("E012", ("a", 0, "b"), "m", warning=True)

    assert Problem(Path("f.yaml"), 2, 5, "E012", "a[0].b", "m", True) == problem


# --- files that are refused


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: 1\nb: [x, y\nc: 2\n", 3, 2),
        ("a: 1\nb: c: d\n", 2, 5),
        ("a: 1\n\tb: 2\n", 2, 1),
        ("a: 1\n b: 2\n", 2, 3),
        ("a: 1\nb: 'open\n", 3, 1),
        ("a: 1\nb: {c: 1, d\n", 3, 1),
        ("a: 1\nb: {c: 1, d", 2, 12),
        ("a: 1\nb: @x\n", 2, 4),
        ('a: "\\q"\n', 1, 5),
        ("a: 1\n- b\n", 2, 1),
        ("a: 1\n---\nb: 2\n", 2, 1),
    ],
)
def test_malformed_yaml_is_refused_where_it_breaks(text: str, line: int, column: int) -> None:
    """
    A file that is not YAML gives one fault, at the line and column where reading stopped.
    """
    assert [("E001", line, column)] == places(text)


def test_malformed_yaml_says_what_was_expected() -> None:
    """
    The fault carries the parser's own words.
    """
    assert "did not find expected ',' or ']'" in problems("a: [x, y\nb: 1\n")[0].message


def test_key_given_twice_is_refused_at_the_second() -> None:
    """
    A key that stands twice in one mapping is refused there; in two mappings it is no fault.
    """
    assert [("E002", 3, 1)] == places("a: 1\nb: 2\na: 3\n")
    assert [("E002", 1, 11)] == places("x: {a: 1, a: 1}\n")
    assert "'a' stands twice" in problems("a: 1\na: 1\n")[0].message
    assert "x.a" == problems("x: {a: 1, a: 1}\n")[0].where
    assert [{"a": "1"}, {"a": "2"}] == content("- {a: 1}\n- {a: 2}\n")


def test_every_double_key_of_a_file_is_told() -> None:
    """
    The reader goes on after a fault: all faults of the file come at once, in line order.
    """
    text = "a: 1\na: 2\n? [b]\n: c\nd: {e: 1, e: 2}\n"

    assert [("E002", 2, 1), ("E001", 3, 3), ("E002", 5, 11)] == places(text)


def test_alias_is_refused() -> None:
    """
    What stands in a file stands there once for each use: no alias, no merge key.
    """
    assert ["E003"] == [p.code for p in problems("a: &x [1, 2]\nb: *x\n")]
    assert ["E003"] == [p.code for p in problems("a: &x word\nb: *x\n")]
    assert ["E003"] == [p.code for p in problems("a: &x {k: 1}\nb:\n  <<: *x\n")]
    assert "write the value again" in problems("a: &x [1, 2]\nb: *x\n")[0].message


@pytest.mark.parametrize("text", ["a: &x 1\n", "a: &x [1]\n", "a: {b: &x {c: 1}}\n"])
def test_anchor_is_refused(text: str) -> None:
    """
    An anchor is part of no curated file, used or not.
    """
    assert ["E003"] == [p.code for p in problems(text)]


def test_alias_that_holds_itself_is_refused() -> None:
    """
    An endless structure is refused like any alias.
    """
    assert ["E003"] == [p.code for p in problems("a: &x [*x]\n")]


def test_alias_bomb_is_refused_at_once() -> None:
    """
    Nine levels of nine aliases stand for 387 million items; none of them is made.
    """
    levels = ["l0: &l0 [x, x, x, x, x, x, x, x, x]"]
    levels += [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 9)]

    assert [("E003", 2, 10)] == places("\n".join(levels))


def test_alias_of_nothing_is_refused_at_its_place() -> None:
    """
    An alias without an anchor is refused where it stands.
    """
    assert [("E003", 2, 4)] == places("a: 1\nb: *x\n")


@pytest.mark.parametrize("text", ["? [a, b]\n: c\n", "? {a: b}\n: c\n", "{[a]: b}"])
def test_key_that_is_no_word_is_refused(text: str) -> None:
    """
    Only words are keys.
    """
    assert ["E001"] == [p.code for p in problems(text)]
    assert "a key must be a word" == problems(text)[0].message


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "\ufeff"])
def test_empty_file_is_refused(text: str) -> None:
    """
    A file without content is a fault, not an empty record.
    """
    assert ["f.yaml:1:1: E001 is empty"] == [str(p) for p in problems(text)]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"a: 1\nb: caf\xe9\n", 2),
        ("a: b\n".encode("utf-16"), 1),
        (b"\x89PNG\r\n\x1a\n\x00", 1),
        (b"a: \xed\xa0\x80", 1),
    ],
)
def test_file_that_is_not_utf8_is_refused_at_its_line(data: bytes, line: int) -> None:
    """
    Latin-1, UTF-16, a picture: refused at the line of the first byte that is not UTF-8, with the cure.
    """
    assert [("E001", line, 1)] == places(data)
    assert "is not UTF-8 text; save it as UTF-8" == problems(data)[0].message


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\ufffe"])
def test_control_character_is_refused(sign: str) -> None:
    """
    A raw control character keeps a file from being read.
    """
    assert ["E001"] == [p.code for p in problems(f"a: 1\nb: x{sign}y\n")]


def test_control_character_is_found_at_its_line() -> None:
    """
    An invisible character is reported where it hides.
    """
    assert [("E001", 2, 5)] == places("a: 1\nb: x\x00y\n")
    assert [("E001", 2, 6)] == places("é: β😀\nb: xé\x00y\n")
    assert [("E001", 1, 1)] == places("\x00")


def test_largest_file_is_read_and_a_larger_one_refused() -> None:
    """
    The limit is on bytes and exact.
    """
    head = b"a: "

    assert {"a": "x" * (MAX_BYTES - 3)} == content(head + b"x" * (MAX_BYTES - 3))
    assert [("E001", 1, 1)] == places(head + b"x" * (MAX_BYTES - 2))
    assert "4,000,000 bytes" in problems(b"x" * 5_000_000)[0].message


def test_deepest_file_is_read_and_a_deeper_one_refused() -> None:
    """
    The limit on nesting is exact; lists and mappings count alike.
    """
    assert isinstance(content("[" * MAX_DEPTH + "]" * MAX_DEPTH), list)
    assert isinstance(content("{a: " * MAX_DEPTH + "}" * MAX_DEPTH), dict)
    assert ["E001"] == [p.code for p in problems("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))]
    assert "nested deeper than 40" in problems("{a: " * (MAX_DEPTH + 1) + "}" * (MAX_DEPTH + 1))[0].message


def test_breadth_is_not_depth() -> None:
    """
    Many short lists side by side are not deep.
    """
    assert [[]] * 500 == content("[" + "[], " * 500 + "]")


@pytest.mark.parametrize("closed", [True, False])
def test_file_nested_ten_thousand_levels_deep_is_refused(closed: bool) -> None:
    """
    Depth is found before anything is built, whether or not the brackets close.
    """
    text = "[" * 10_000 + "]" * 10_000 * closed

    assert ["is nested deeper than 40 levels"] == [p.message for p in problems(text)]


def test_file_is_read_from_disk(corpus: Corpus) -> None:
    """
    Reading from disk gives the document with its path, or with the name to show in messages.
    """
    read = read_document(corpus.study)
    named = read_document(corpus.study, Path("shown.yaml"))

    assert isinstance(read, Document) and isinstance(named, Document)
    assert document(STUDY).content == read.content
    assert (corpus.study, Path("shown.yaml")) == (read.path, named.path)


def test_missing_file_and_folder_are_faults_that_say_why(tmp_path: Path) -> None:
    """
    A file that is not there, or is a folder, is a fault with the system's reason.
    """
    missing, folder = read_document(tmp_path / "none.yaml"), read_document(tmp_path, Path("shown"))

    assert isinstance(missing, list) and isinstance(folder, list)
    assert [f"{tmp_path / 'none.yaml'}:1:1: E001 cannot be read: No such file or directory"] == [
        str(p) for p in missing
    ]
    assert ["shown:1:1: E001 cannot be read: Is a directory"] == [str(p) for p in folder]


@given(st.one_of(YAMLISH.map(str.encode), st.text(max_size=60).map(str.encode), st.binary(max_size=60)))
@example(b"%YAML 9.9\n---\na")
@example(b"- &a\n- *a")
@example(b"\xc2\xa0\x1f")
@example(b'"\\ud83d\\ude00 \\ud83d"')
@example(b"a: !<tag:x> b")
@example(b'"\\U00110000"')
@QUICK
@pytest.mark.parametrize("name", ["f.yaml", "f.json"])
def test_any_bytes_are_a_document_or_problems(name: str, data: bytes) -> None:
    """
    Whatever a file holds, reading it never raises: it gives a document with a place for its root, or faults in order.
    """
    read = parse_document(data, Path(name))

    if isinstance(read, Document):
        assert () in read.places
    else:
        assert read
        assert sorted(read) == read
        assert {"E001", "E002", "E003"} >= {p.code for p in read}
        assert all(p.line >= 1 and p.column >= 1 and p.message for p in read)


TREES = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc-", max_size=4), inner, max_size=3),
    max_leaves=12,
)


def flow(tree: Tree) -> str:
    """A tree as YAML in flow style, every scalar in single quotes."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(flow, tree)) + "]"
    return "'" + str(tree).replace("'", "''") + "'"


@given(TREES)
@QUICK
def test_any_tree_comes_back_as_it_was_written(tree: Tree) -> None:
    """
    What is written quoted is read back word for word, and every part has a place.
    """
    here = document(flow(tree))

    def parts(part: Tree, loc: Loc) -> list[Loc]:
        items = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
        return [loc, *(deep for key, value in items for deep in parts(value, (*loc, key)))]

    assert tree == here.content
    assert set(parts(tree, ())) == set(here.places)
