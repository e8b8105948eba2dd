"""How a file is replaced: by way of a draft, through no link, with its mode."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import pytest

from sphinxext_revguide.book.derived.locked_passages import LOCK_FILE
from sphinxext_revguide.files import replace_bytes


def test_a_file_is_not_written_through_a_link_at_the_place_of_its_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, mine = tmp_path / "book", tmp_path / "mine.txt"
    folder.mkdir()
    mine.write_text("mine", "utf-8")
    monkeypatch.setattr(secrets, "token_hex", lambda _count: "known")
    for name in (f".{LOCK_FILE}.{os.getpid()}.new", ".revguide-known.new"):
        (folder / name).symlink_to(mine)
    with pytest.raises(FileExistsError):
        replace_bytes(folder / LOCK_FILE, b"new")
    assert mine.read_text("utf-8") == "mine"
    assert not (folder / LOCK_FILE).exists()


def test_two_drafts_have_different_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts: list[Path] = []
    monkeypatch.setattr(os, "fsync", lambda _file: drafts.extend(tmp_path.iterdir()))
    replace_bytes(tmp_path / "one", b"1")
    (tmp_path / "one").unlink()
    replace_bytes(tmp_path / "one", b"2")
    assert len(set(drafts) - {tmp_path / "one"}) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_a_link_to_a_file_below_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    (tmp_path / "link").symlink_to("records/known")
    replace_bytes(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "records/known").read_bytes() == b"new"


@pytest.mark.parametrize("target", ["../mine.txt", "loop", "/dev/null"])
def test_no_other_link_is_written(tmp_path: Path, target: str) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    (tmp_path / "book").mkdir()
    link = tmp_path / "book" / "loop"
    link.symlink_to(target)
    with pytest.raises(OSError, match="link"):
        replace_bytes(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "mine.txt").read_text("utf-8") == "mine"


def test_a_pipe_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="not a file"):
        replace_bytes(tmp_path / "pipe", b"new")
    assert (tmp_path / "pipe").is_fifo()


def test_a_new_file_has_the_usual_mode_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    old, new, usual = tmp_path / "old", tmp_path / "new", tmp_path / "usual"
    old.touch(0o600)
    usual.touch()
    for path in (old, new):
        replace_bytes(path, b"")
    assert old.stat().st_mode & 0o777 == 0o600
    assert new.stat().st_mode == usual.stat().st_mode
