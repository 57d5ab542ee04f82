"""Facts drawn by lot: every fact can be drawn, each says where it stands and where it was read."""

from kg.evidence import Pack
from scripts.curation.draw import draw, facts


def test_facts_are_findings_statements_and_fields_of_programmes(bundled_pack: Pack) -> None:
    """
    Every finding and statement of the pack is one fact, and every stated field of a programme is another.
    """
    all_facts = list(facts(bundled_pack))
    kinds = [fact.kind for fact in all_facts]

    findings = sum(len(study.findings) for study in bundled_pack.written.values())
    assert (findings, len(bundled_pack.statements)) == (kinds.count("finding"), kinds.count("statement"))
    assert kinds.count("programme") > 100
    assert len(all_facts) == len(set(all_facts))


def test_fact_says_where_it_stands_and_where_it_was_read(bundled_pack: Pack) -> None:
    """
    The line of a fact is the line of its file, and its source is an address or names a work.
    """
    for fact in facts(bundled_pack):
        line = (bundled_pack.root / fact.file).read_text(encoding="utf-8").splitlines()[fact.line - 1]
        assert line.strip()
        assert len(fact.source) > 10, fact
    one = next(f for f in facts(bundled_pack) if f.file == "studies/cobianchi-2010.yaml" and "length" in f.says)
    assert "length: " in (bundled_pack.root / one.file).read_text(encoding="utf-8").splitlines()[one.line - 1]


def test_draw_is_fair_and_the_same_for_the_same_commit(bundled_pack: Pack) -> None:
    """
    Sixty different facts; another commit draws others.
    """
    drawn = draw(bundled_pack, "b314a8d", 60)

    assert 60 == len(set(drawn))
    assert drawn == draw(bundled_pack, "b314a8d", 60)
    assert drawn != draw(bundled_pack, "a0afdf7", 60)
