"""What the project's files say about each other is so.

``make release-check TAG=v1.2.3`` names the release that is being made.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from sphinxext_revguide import __version__

ROOT = Path(__file__).parents[1]
TAG = os.environ.get("REVGUIDE_TAG")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PROSE = sorted([*ROOT.glob("*.md"), *(ROOT / ".github").glob("*.md")])


def loaded(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found


def project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return found


def steps(workflow: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job.get("steps", [])


def called(text: str) -> set[str]:
    """The targets that a text calls make for."""
    calls = re.findall(r"\bmake((?: +(?:[A-Z]+=\S+|[a-z][a-z-]*))+)", text)
    return {word for words in calls for word in words.split() if "=" not in word}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_does_what_one_can_do_at_home(path: Path) -> None:
    workflow = loaded(path)
    runs = [step["run"] for step in steps(workflow) if "run" in step]
    found = set().union(*map(called, runs))
    assert found
    assert found <= TARGETS


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_read_and_no_more(path: Path) -> None:
    workflow = loaded(path)
    assert workflow["permissions"] == {"contents": "read"}
    more = {
        name: job["permissions"] for name, job in workflow["jobs"].items() if "permissions" in job
    }
    assert more in ({}, {"publish": {"id-token": "write"}})
    assert any("uses" in step for step in steps(workflow))
    for step in steps(workflow):
        if "uses" in step:
            # By hash: a tag can be moved to other code. Dependabot updates hash and comment.
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", step["uses"])
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


def test_each_python_that_is_named_is_tested() -> None:
    prefix = "Programming Language :: Python :: 3."
    named = [entry.removeprefix(prefix) for entry in project()["classifiers"] if prefix in entry]
    tested = loaded(ROOT / ".github" / "workflows" / "ci.yml")["jobs"]["test"]["strategy"]
    assert tested["matrix"]["python"] == [f"3.{minor}" for minor in named]
    assert project()["requires-python"] == f">=3.{named[0]}"


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.name)
def test_prose_names_targets_and_files_that_are_there(path: Path) -> None:
    text = path.read_text("utf-8")
    code = "\n".join(re.findall(r"`(?:[^`\n]+)`|^\$ .*$", text, re.MULTILINE))
    assert called(code) <= TARGETS
    links = re.findall(r"\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)$", text, re.MULTILINE)
    local = [link for pair in links for link in pair if link and ":" not in link]
    assert [link for link in local if not (path.parent / link.partition("#")[0]).exists()] == []


def test_contributors_are_led_to_what_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    paths = re.findall(r"`([\w-]+(?:/[\w.-]+)+/?|[\w]+\.(?:py|toml))`", text)
    package = ROOT / "sphinxext_revguide"
    places = (ROOT, package, package / "sphinx")
    assert len(paths) > 20
    assert [path for path in paths if not any((place / path).exists() for place in places)] == []


def test_every_target_is_explained() -> None:
    explained = set(re.findall(r'@echo "make ([a-z-]+) ', MAKEFILE))
    assert explained == TARGETS - {"help", "clean"}


def test_the_project_is_described_alike_everywhere() -> None:
    citation = loaded(ROOT / "CITATION.cff")
    assert citation["version"] == __version__
    assert citation["title"] == project()["name"]
    assert citation["license"] == project()["license"]
    assert citation["repository-code"] == project()["urls"]["Source"]
    assert citation["url"] == project()["urls"]["Documentation"]


def headings() -> list[str]:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    return re.findall(r"^## (.+)$", text, re.MULTILINE)


def test_the_changelog_goes_from_new_to_old() -> None:
    assert headings()[0] == "[Unreleased]"
    released = [
        re.fullmatch(r"\[(\d+)\.(\d+)\.(\d+)\] - (.+)", heading) for heading in headings()[1:]
    ]
    order = [
        (*map(int, entry.groups()[:3]), date.fromisoformat(entry[4])) for entry in released if entry
    ]
    assert len(order) == len(released)
    assert order == sorted(order, reverse=True)


@pytest.mark.skipif(TAG is None, reason="no release is being made (make release-check)")
def test_all_is_there_for_the_release() -> None:
    assert f"v{__version__}" == TAG
    assert len(headings()) > 1, "CHANGELOG.md has no heading for this version"
    version, _dash, day = headings()[1].partition(" - ")
    assert version == f"[{__version__}]"
    assert str(loaded(ROOT / "CITATION.cff").get("date-released")) == day
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^\[{re.escape(__version__)}\]: http", text, re.MULTILINE)
    unreleased = text.partition("## [Unreleased]")[2].partition("\n## ")[0]
    assert not unreleased.strip(), "what is unreleased belongs under the version"


def test_no_two_modules_have_the_same_name() -> None:
    """A newcomer who opens a file by its name opens the right one."""
    paths = (ROOT / "sphinxext_revguide").rglob("*.py")
    names = Counter(path.name for path in paths if path.name != "__init__.py")
    assert [name for name, count in names.items() if count > 1] == []
