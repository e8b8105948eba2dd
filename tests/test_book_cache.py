"""Where commands keep what they know about a book, and which books they read at all."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxext_revguide.cli import main
from sphinxext_revguide.cli.book_cache import cache_folder
from sphinxext_revguide.cli.output import RefusedError
from sphinxext_revguide.cli.read_book import book_above
from tests.conftest import TERMINAL, Book

NewBook = Callable[..., Book]

CONF = "revguide_flag = ['*']\n"


class Planted:
    """Runs a command when it is unpickled."""

    def __init__(self, proof: Path) -> None:
        self._proof = proof

    def __reduce__(self) -> tuple[Callable[[Path], None], tuple[Path]]:
        return Path.touch, (self._proof,)


@pytest.fixture
def book(new_book: NewBook, monkeypatch: pytest.MonkeyPatch) -> Book:
    book = new_book({"index.md": TERMINAL}, conf=CONF)
    monkeypatch.chdir(book.srcdir)
    return book


def test_a_cache_in_the_book_is_neither_read_nor_written(book: Book, tmp_path: Path) -> None:
    planted = book.srcdir / ".revguide_cache"
    planted.mkdir()
    content = pickle.dumps(Planted(tmp_path / "proof"))
    (planted / "environment.pickle").write_bytes(content)
    assert main(["check", "index.md"]) == 1
    assert main(["check", "index.md"]) == 1
    assert not (tmp_path / "proof").exists()
    assert (planted / "environment.pickle").read_bytes() == content
    assert sorted(path.name for path in book.srcdir.iterdir()) == [
        ".revguide_cache", "conf.py", "index.md",
    ]  # fmt: skip


@pytest.mark.parametrize("named", ["kept", ".", "../kept", "../link"])
def test_no_cache_is_named_inside_the_repository(
    book: Book, named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (book.srcdir.parent / ".git").mkdir()
    (book.srcdir.parent / "link").symlink_to(book.srcdir)
    assert main(["check", "--cache", named, "index.md"]) == 2
    assert "inside the book or its repository" in capsys.readouterr().err
    assert not Path("kept").exists()


def test_the_cache_of_a_book_is_the_users_own(book: Book) -> None:
    folder = cache_folder(book.srcdir)
    assert folder.parent == Path(os.environ["REVGUIDE_CACHE"])
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / ".gitignore").read_text("utf-8") == "*\n"
    assert (folder / "CACHEDIR.TAG").is_file()
    (folder / ".gitignore").unlink()
    assert (cache_folder(book.srcdir) / ".gitignore").is_file()


def test_each_book_has_a_cache_by_its_real_path(book: Book, new_book: NewBook) -> None:
    link = book.srcdir.parent / "link"
    link.symlink_to(book.srcdir)
    assert cache_folder(link) == cache_folder(book.srcdir) != cache_folder(new_book().srcdir)


@pytest.mark.parametrize(
    ("platform", "variable", "expected"),
    [
        ("linux", "XDG_CACHE_HOME", "sphinx-revguide"),
        ("win32", "LOCALAPPDATA", "sphinx-revguide"),
        ("linux", "HOME", ".cache/sphinx-revguide"),
        ("darwin", "HOME", "Library/Caches/sphinx-revguide"),
    ],
)
def test_caches_are_where_the_platform_keeps_them(
    book: Book,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
    variable: str,
    expected: str,
) -> None:
    for name in ("REVGUIDE_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, str(tmp_path / "user"))
    monkeypatch.setattr("sys.platform", platform)
    assert cache_folder(book.srcdir).parent == tmp_path / "user" / expected


def test_a_cache_that_others_can_write_is_refused(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    caches = tmp_path / "caches"
    monkeypatch.setenv("REVGUIDE_CACHE", str(caches))
    folder = cache_folder(book.srcdir)
    folder.chmod(0o777)
    with pytest.raises(RefusedError, match="can be written by other users"):
        cache_folder(book.srcdir)
    folder.chmod(0o700)
    monkeypatch.setattr(os, "getuid", lambda: folder.stat().st_uid + 1)
    with pytest.raises(RefusedError, match="belongs to another user"):
        cache_folder(book.srcdir)


def test_a_cache_that_is_a_link_is_refused(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "caches").symlink_to(tmp_path / "elsewhere")
    monkeypatch.setenv("REVGUIDE_CACHE", str(tmp_path / "caches"))
    with pytest.raises(RefusedError, match="is a link"):
        cache_folder(book.srcdir)


def test_conf_py_is_taken_up_to_the_root_of_the_repository(tmp_path: Path) -> None:
    pages = tmp_path / "repository" / "docs" / "pages"
    pages.mkdir(parents=True)
    (tmp_path / "conf.py").touch()
    assert book_above(pages) == tmp_path
    (tmp_path / "repository" / ".git").mkdir()
    assert book_above(pages) is None
    (tmp_path / "repository" / "conf.py").touch()
    assert book_above(pages) == tmp_path / "repository"
    (tmp_path / "repository" / "docs" / "conf.py").touch()
    assert book_above(pages) == tmp_path / "repository" / "docs"


def test_no_conf_py_is_taken_from_a_folder_that_everybody_can_write(tmp_path: Path) -> None:
    pages = tmp_path / "shared" / "pages"
    pages.mkdir(parents=True)
    (tmp_path / "shared" / "conf.py").touch()
    assert book_above(pages) == tmp_path / "shared"
    (tmp_path / "shared").chmod(0o1777)
    assert book_above(pages) is None


def test_a_page_outside_a_repository_with_a_book_is_not_checked(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    book.write("vendor/.git", "")
    book.write("vendor/page.md", TERMINAL)
    assert main(["check", "vendor/page.md"]) == 0
    assert "belongs to no book" in capsys.readouterr().err
    assert main(["check", "vendor/page.md", "--source", "."]) == 1
