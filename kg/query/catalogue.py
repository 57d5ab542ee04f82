"""The named questions in groups, by what they are for, as `kg questions` and the docs list them."""

from pathlib import Path

import yaml

from kg.query.question import Question, bundled_names, bundled_question

_GROUPS = Path(__file__).with_name("groups.yaml")


def catalogue() -> dict[str, tuple[Question, ...]]:
    """The bundled questions by the title of their group, in the order of `groups.yaml` and then by name."""
    titles: dict[str, str] = yaml.load(_GROUPS.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 - text only
    questions = [bundled_question(name) for name in bundled_names()]
    return {title: tuple(q for q in questions if q.header.group == group) for group, title in titles.items()}
