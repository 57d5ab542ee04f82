"""Bad input, end to end: one clear message with its place and cure, exit 1 or 2, and earlier output whole."""

import ctypes
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from tests.corpus import STUDY, Corpus
from tests.store.killing import build_of_whom

KG = [sys.executable, "-c", "from kg.cli import main; main()"]
PLACE = "base: {species: rat, condition: spinal-nerve-ligation}"
HOSTILE = '\\"quoted\\" \\n<script>alert(1)</script> \\u202e\\u2066\\u200f \\e[31m'
PART = "programme: {phases: [{week: [{minutes: 30, parts: [{modality: treadmill-running, minutes: 30, PART}]}]}]}"


def kg(*arguments: str, cwd: Path, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    """Runs kg as a person does: a process of its own, in a folder of theirs."""
    return subprocess.run([*KG, *arguments], cwd=cwd, capture_output=True, text=True, preexec_fn=before)


def one_fault(corpus: Corpus, *arguments: str) -> str:
    """The one line that kg check prints of a pack, which must end with status 1 and without a traceback."""
    result = CliRunner().invoke(main, ["check", str(corpus.root), *arguments], catch_exceptions=False)
    assert 1 == result.exit_code
    assert "1 fault, 0 warnings" in result.stderr and result.stderr.isascii()
    (line,) = result.stdout.splitlines()
    assert line.isprintable()
    return line.removeprefix(f"{corpus.root}/")


def study(corpus: Corpus, old: str, new: str) -> Corpus:
    """The tiny pack, bent in one place."""
    return corpus.with_text(old, new)


# --- what stands in a file


@pytest.mark.parametrize(
    ("old", "new", "place", "cure"),
    [
        ("base: {species: rat,", "base: {species: rat", "5:30: E001", "did not find expected ',' or '}'"),
        ("read: abstract", "read: abstract\nread: title", "5:1: E002", "the key 'read' stands twice; keep one"),
        ("species: rat", "species: mose", "5:8: E012", "did you mean mouse?"),
        ("publication: ref-1\ntold_by: ref-1", "publication: ref-9\ntold_by: ref-9", "2:1: E028", "is not in references.json"),
        ("versus: rest", "versus: control", "10:61: E020", "'control' is no group here; there are rest, run"),
        ("  rest: {gets: []}", "  rest: {like: a}\n  a: {like: rest}", "7:10: E021", "circle: rest -> a -> rest"),
        ("versus: rest", "versus: run", "10:61: E024", "at two times say versus: itself-before, or declare a second"),
        ("length: 5 week", "length: -5 week", "8:74: E014", "-5 is impossible for a length of time; it is at least 0"),
        ("length: 5 week", "length: 9..5 week", "8:74: E014", "low 9 is above high 5; a reversed range goes to as_printed"),
        ("length: 5 week", "length: 5 weeks", "8:74: E012", "did you mean week?"),
        ("length: 5 week", "length: 5 metre/minute", "8:74: E014", "did you mean 5 metre-per-minute?"),
        ("length: 5 week", "length: daily", "8:74: E014", "'daily' is not a quantity such as 5, 5 week or 50..60"),
        ("bout: training", "bout: training, bout: acute", "8:62: E002", "the key 'bout' stands twice; keep one"),
        ("read: abstract\n", "", "1:1: E011", "the key 'read' is missing"),
        ("sources:", "  - {id: touch, measured: fatigue, group: run, versus: rest, result: decrease}\nsources:",
         "11:6: E023", "'touch' stands twice; ids are used once"),
        ("{gets: []}", "&a {gets: []}\n  again: *a", "8:10: E003", "write the value again"),
    ],
)  # fmt: skip
def test_fault_of_a_study_is_one_line_with_its_place_and_cure(
    corpus: Corpus, old: str, new: str, place: str, cure: str
) -> None:
    """
    Malformed, twice, unknown, missing, undeclared, in a circle, with itself, impossible: each is one line.
    """
    line = one_fault(study(corpus, old, new))

    assert line.startswith(f"studies/small-2000.yaml:{place} ")
    assert cure in line


@pytest.mark.parametrize(
    ("part", "cure"),
    [
        ("intensity: 50 percent", "a percentage says of what: percent-10rm, percent-1rm"),
        ("intensity: 50 %", "'50 %' is not a quantity; a percentage says of what"),
        ("intensity: {low: 50, high: 60, unit: percent}", "a percentage says of what"),
        ("intensity: 50", "an intensity needs a unit, for example 50..60 percent-vo2-reserve"),
        ("intensity: 400 percent-vo2-peak", "400 is impossible for percent of peak oxygen uptake; it is at most 200"),
        ("rest: -5 minute", "-5 is impossible for a length of time; it is at least 0"),
        ("sets: -1", "-1 is impossible for a number of times; it is at least 0"),
    ],
)
def test_impossible_dose_is_one_line_with_its_cure(corpus: Corpus, part: str, cure: str) -> None:
    """
    A percentage without its reference, 400 % of VO2 peak, negative minutes: refused where they stand.
    """
    line = one_fault(study(corpus, "programme: {length: 5 week}", PART.replace("PART", part)))

    assert line.startswith("studies/small-2000.yaml:8:") and "parts[0]." in line
    assert cure in line


def test_negative_minutes_and_a_dose_in_mg_per_kg(corpus: Corpus) -> None:
    """
    Minutes of a session lie between none and a day; a unit that is written with a stroke is answered with the term.
    """
    minutes = one_fault(study(corpus, "programme: {length: 5 week}", "programme: {phases: [{week: [{minutes: -5}]}]}"))
    assert "-5 is impossible for the minutes of a session; it is between 0 and 1440" in minutes
    corpus.write_study(STUDY)
    dose = one_fault(study(corpus, "  rest: {gets: []}", "  rest: {gets: [{agent: naloxone, dose: 1 mg/kg}]}"))
    assert "gets[0].dose: '1 mg/kg' is not a quantity; did you mean 1 mg-per-kg?" in dose


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("species: rat", f'species: "{HOSTILE}"'),
        ("species: rat", f'"{HOSTILE}": rat'),
        ("length: 5 week", f'length: "{HOSTILE}"'),
        ("result: decrease", f'result: "{HOSTILE}"'),
        ("adverse_events:", f'remark: "{HOSTILE}"\nadverse_events:'),
        ("adverse_events: not-read", f'adverse_events: "{HOSTILE}"'),
        ("result: decrease", f'result: decrease, p: "{HOSTILE}"'),
        ("extent: full", f'extent: full, url: "https://x.org/{HOSTILE}"'),
        ("species: rat", f"species: {'x' * 10_000}"),
        ("adverse_events:", f"remark: {'x' * 10_000}\nadverse_events:"),
    ],
)
def test_hostile_text_is_one_printable_line(corpus: Corpus, old: str, new: str) -> None:
    """
    Quotes, line ends, markup, direction marks, colours of a terminal and 10,000 characters: escaped, and cut short.
    """
    line = one_fault(study(corpus, old, new))

    assert len(line) < 400
    assert not {"\u202e", "\u2066", "\u200f", "\x1b", "\n"} & set(line)


def test_hostile_name_of_a_file_is_printed_escaped(tmp_path: Path) -> None:
    """
    A file's name may hold anything but a stroke; a terminal is shown none of it raw.
    """
    done = kg("check", "no\x1b[31m\u202e\udcffwhere", cwd=tmp_path)

    assert (1, "no\\x1b[31m\\u202e\\udcffwhere:1:1: E001 is not a folder; a pack is a folder\n") == (
        done.returncode,
        done.stdout,
    )


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("Pain fell. Then it rose.", "start 'Pain rose' is not in the source"),
        ("Pain rose, and Pain rose again.", "start 'Pain rose' stands 2 times in the source; add words until it stands once"),
        ("Pain rose, and that was that.", "end 'at last' does not come from the start on"),
    ],
)  # fmt: skip
def test_passage_that_is_not_found_once_is_told(tmp_path: Path, text: str, cure: str) -> None:
    """
    Twice or not at all: the message says which words to change.
    """
    (tmp_path / "article.txt").write_text(text)
    result = CliRunner().invoke(main, ["passage", "Pain rose", "at last", "--source", str(tmp_path / "article.txt")])

    assert (1, f"kg: {tmp_path / 'article.txt'}: {cure}\n") == (result.exit_code, result.stderr)


def test_passage_of_a_pack_that_is_not_found_once_is_told_at_its_line(corpus: Corpus, tmp_path: Path) -> None:
    """
    kg check --source names file, line and cure.
    """
    (tmp_path / "article.txt").write_text("Pain rose, and Pain rose again.")
    corpus.write(
        "review/statements.yaml",
        "- id: s-1\n  section: Results\n  passage: {start: Pain rose, end: again, sha: 000000000000}\n  frame: effect\n"
        "  slots: {exposure: exercise, measured: fatigue, direction: decrease}\n  cites: [ref-1]\n"
        "  cites_from: sentence\n  certainty: asserted\n",
    )
    line = one_fault(corpus, "--source", str(tmp_path / "article.txt"))

    assert line.startswith("review/statements.yaml:3:3: E031 [0].passage: start 'Pain rose' stands 2 times")


# --- what a file is


def huge(path: Path) -> None:
    """A file of 100 MB, of which the disk holds nothing."""
    with path.open("wb") as file:
        file.truncate(100_000_000)


#: What stands where a study file is due, and what is said of it.
PLACES: dict[str, tuple[Callable[[Path], object], str]] = {
    "100 MB": (huge, "is larger than 4,000,000 bytes; is it the right file?"),
    "pipe": (os.mkfifo, "is no regular file but a pipe, a device or the like; save its content as a file"),
    "device": (lambda path: path.symlink_to("/dev/zero"), "is no regular file but a pipe"),
    "folder": (Path.mkdir, "cannot be read: Is a directory"),
    "dangling link": (lambda path: path.symlink_to("nowhere"), "cannot be read: No such file or directory"),
    "link to itself": (lambda path: path.symlink_to(path.name), "cannot be read: Too many levels of symbolic links"),
    "empty": (Path.touch, "is empty"),
    "deep": (lambda path: path.write_text("[" * 100_000), "is nested deeper than 40 levels"),
    "deep, closed": (lambda path: path.write_text("[" * 900 + "]" * 900), "is nested deeper than 40 levels"),
    "wide": (lambda path: path.write_text("a: [" + "1," * 200_000 + "]"), "holds more than 100,000 keys and values"),
    "alias bomb": (
        lambda path: path.write_text(
            "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9 if n else ['x'] * 9)}]\n" for n in range(9))
        ),
        "anchors and aliases are not part of the format; write the value again",
    ),
    "truncated": (lambda path: path.write_text(STUDY[:300]), "is not YAML here: did not find expected ',' or '}'"),
}


@pytest.mark.parametrize("kind", PLACES)
def test_what_is_no_study_file_is_one_line(corpus: Corpus, kind: str) -> None:
    """
    Whatever stands where a study is due, one line says what it is, and nothing waits or fills the memory.
    """
    put, words = PLACES[kind]
    corpus.study.unlink()
    put(corpus.study)
    line = one_fault(corpus)

    assert line.startswith("studies/small-2000.yaml:") and words in line


@pytest.mark.parametrize("name", ["pack.yaml", "references.json", "laboratories.yaml", "review/statements.yaml"])
def test_link_that_leads_nowhere_is_told_for_every_file(corpus: Corpus, name: str) -> None:
    """
    A file that may be absent is not absent if a link stands in its place.
    """
    (corpus.root / "review").mkdir()
    (corpus.root / name).unlink(missing_ok=True)
    (corpus.root / name).symlink_to("nowhere")

    assert f"{name}:1:1: E001 cannot be read: No such file or directory" == one_fault(corpus)


def little_memory() -> None:
    """Lets a process have so much memory that Python, the program and its files fit, and 100 MB more do not."""
    resource.setrlimit(resource.RLIMIT_DATA, (400_000_000, 400_000_000))


@pytest.mark.parametrize("kind", ["100 MB", "device"])
def test_huge_file_is_never_in_memory(corpus: Corpus, kind: str) -> None:
    """
    A hundred copies of a huge file are told in a process that could not hold them.
    """
    put, words = PLACES[kind]
    for number in range(100):
        put(corpus.study.with_name(f"s-{number}.yaml"))
    done = kg("check", "pack", cwd=corpus.root.parent, before=little_memory)

    assert (1, 100) == (done.returncode, done.stdout.count(words))
    assert "Traceback" not in done.stderr


def without_superpowers() -> None:
    """Takes from a process the right to pass over permissions, which root has and others have not."""
    prctl = ctypes.CDLL(None).prctl
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH; PR_CAPBSET_DROP is 24
        prctl(24, capability, 0, 0, 0)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("studies/small-2000.yaml", "studies/small-2000.yaml:1:1: E001 cannot be read: Permission denied"),
        ("studies", "studies:1:1: E001 cannot be listed: Permission denied"),
    ],
)
def test_file_or_folder_that_may_not_be_read_is_told(corpus: Corpus, name: str, message: str) -> None:
    """
    Studies that cannot be read are not passed over: the pack would say less than its files do.
    """
    (corpus.root / name).chmod(0)
    done = kg("check", "pack", cwd=corpus.root.parent, before=without_superpowers)
    (corpus.root / name).chmod(0o700)

    assert (1, f"pack/{message}\n") == (done.returncode, done.stdout)


@pytest.mark.parametrize("source", ["/dev/zero", "/dev/full"])
def test_source_that_is_a_device_is_refused(corpus: Corpus, source: str) -> None:
    """
    The article's text is read as carefully as the pack.
    """
    done = kg("check", "pack", "--source", source, cwd=corpus.root.parent)

    assert (1, "") == (done.returncode, done.stdout)
    assert (
        f"kg: {source}: is no regular file but a pipe, a device or the like; save its content as a file\n"
        == done.stderr
    )


# --- what cannot be written


@pytest.mark.parametrize(
    "arguments", [("query", "studies"), ("query", "studies", "--format", "csv"), ("questions",), ("schema", "study"), ("--help",)]
)  # fmt: skip
def test_output_to_a_full_disk_is_one_line(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """
    Where rows do not fit on the disk, one line says so; the status is 1.
    """
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*KG, *arguments], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True)

    assert (1, "kg: the output cannot be written: No space left on device\n") == (done.returncode, done.stderr)


@pytest.mark.parametrize(
    ("limit", "room", "words"),
    [
        (resource.RLIMIT_FSIZE, 10_000, "File too large"),
        (resource.RLIMIT_FSIZE, 1_000_000, "File too large"),
        (resource.RLIMIT_NOFILE, 12, "file descriptors"),
    ],
    ids=["the first file", "further on", "the store"],
)
def test_build_without_room_leaves_the_earlier_one_whole(corpus: Corpus, limit: int, room: int, words: str) -> None:
    """
    Whichever of its files cannot be written, a build fails in one line and leaves what was there, and no scrap.
    """
    here = corpus.root.parent
    assert 0 == kg("build", "--pack", "pack", "--out", "out", cwd=here).returncode
    before, names = build_of_whom(here / "out"), sorted(here.iterdir())
    corpus.with_text("species: rat", "species: mouse")
    done = kg("build", "--pack", "pack", "--out", "out", cwd=here,
              before=lambda: resource.setrlimit(limit, (room, room)))  # fmt: skip

    assert (1, "", 1) == (done.returncode, done.stdout, done.stderr.count("\n"))
    assert done.stderr.startswith("kg: out: cannot be written: ") and words in done.stderr
    assert (before, names) == (build_of_whom(here / "out"), sorted(here.iterdir()))


def test_build_into_a_read_only_folder_is_one_line(corpus: Corpus) -> None:
    """
    A folder that may not be written gives one line and stays as it is.
    """
    here = corpus.root.parent
    (here / "kept").mkdir(mode=0o500)
    done = kg("build", "--pack", "pack", "--out", "kept/out", cwd=here, before=without_superpowers)

    assert (1, "", "kg: kept/out: cannot be written: Permission denied\n") == (
        done.returncode,
        done.stdout,
        done.stderr,
    )
    assert [] == list((here / "kept").iterdir())


def test_build_is_refused_while_another_writes_there(corpus: Corpus) -> None:
    """
    Of two builds into one folder the second ends at once in one line; the first, once it goes on, ends well.
    """
    here = corpus.root.parent
    command = [*KG, "build", "--pack", "pack", "--out", "out"]
    for _ in range(5):  # on a busy machine a build may end before it is stopped
        first = subprocess.Popen(command, cwd=here, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while first.poll() is None and not (here / ".out.kg-lock").exists():
            pass
        first.send_signal(signal.SIGSTOP)
        if first.poll() is None and (here / ".out.kg-lock").exists():
            break
        first.send_signal(signal.SIGCONT)
        first.wait()
    second = subprocess.run(command, cwd=here, capture_output=True, text=True)
    os.kill(first.pid, signal.SIGCONT)

    assert (1, "") == (second.returncode, second.stdout)
    cure = "let that one end, or give another folder with --out"
    assert f"kg: out: another kg build is writing it; {cure}\n" == second.stderr
    assert 0 == first.wait()
    assert build_of_whom(here / "out")
    assert [(here / "out").readlink().name, "out", "pack"] == sorted(path.name for path in here.iterdir())


def test_two_builds_started_at_once_leave_one_whole(corpus: Corpus) -> None:
    """
    However they meet, each ends well or in that one line, one at least ends well, and the output is whole.
    """
    here = corpus.root.parent
    command = [*KG, "build", "--pack", "pack", "--out", "out"]
    both = [subprocess.Popen(command, cwd=here, stdout=-3, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    ends = [(process.communicate()[1], process.returncode) for process in both]

    assert 0 in [status for _, status in ends]
    assert all(status == 0 or (status == 1 and "another kg build is writing it" in talk) for talk, status in ends)
    assert build_of_whom(here / "out")


def test_interrupted_build_leaves_nothing_behind(tmp_path: Path) -> None:
    """
    Control-C while a build writes ends it without a traceback, and sweeps up.
    """
    for attempt in "123":  # on a busy machine a build may end before its interrupt comes
        here = tmp_path / attempt
        here.mkdir()
        process = subprocess.Popen(
            [*KG, "build", "--out", "out"], cwd=here, stderr=subprocess.PIPE, text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - in the background it is ignored
        )  # fmt: skip
        while process.poll() is None and not [path for path in here.glob(".out.kg-*") if path.is_dir()]:
            pass
        process.send_signal(signal.SIGINT)
        talk = process.communicate()[1]
        if process.returncode:
            break

    assert (1, "\nAborted!\n") == (process.returncode, talk)
    assert [] == list(here.iterdir())


def test_question_in_a_pipe_too_large_or_no_text_is_refused(tmp_path: Path) -> None:
    """
    A named pipe that nobody fills, a megabyte too many, and bytes that are no text, in a file or on standard input.
    """
    os.mkfifo(tmp_path / "pipe.rq")
    (tmp_path / "large.rq").write_bytes(b"#" * 1_000_001)
    (tmp_path / "bytes.rq").write_bytes(b"SELECT \xff")
    for file, words in (("pipe", "is no regular file"), ("large", "is larger than"), ("bytes", "is not UTF-8 text")):
        done = CliRunner().invoke(main, ["query", str(tmp_path / f"{file}.rq")], catch_exceptions=False)
        assert (1, "") == (done.exit_code, done.stdout)
        assert words in done.stderr
    for data, words in ((b"#" * 1_000_001, "is larger than"), (b"SELECT \xff", "is not UTF-8 text")):
        done = CliRunner().invoke(main, ["query", "-"], input=data, catch_exceptions=False)
        assert 1 == done.exit_code
        assert f"kg: standard input: {words}" in done.stderr
