"""Which files differ between two trees: the same answer as libgit2's own walk gives."""

from pathlib import Path
from random import Random

import pygit2
from pygit2.enums import FileMode

from tracker.store.tree_changes import TreeChanges

Files = dict[str, bytes]


def test_random_trees_differ_where_libgit2_says_so(tmp_path: Path) -> None:
    repository = pygit2.init_repository(str(tmp_path), bare=True)
    changes = TreeChanges(repository)
    random = Random(7)  # noqa: S311 - a seed, not a secret
    files: Files = {}
    for _ in range(150):
        before = dict(files)
        for _ in range(random.choice((0, 1, 1, 2, 9))):
            _change_one(files, random)
        old, new = (_tree(repository, each) for each in (before, files))
        expected = {
            delta.new_file.path: tuple(
                None if file.id == _NOTHING else str(file.id)
                for file in (delta.old_file, delta.new_file)
            )
            for delta in old.diff_to_tree(new, swap=False).deltas
        }
        assert changes.between(old, new) == expected
        assert list(changes.between(old, new)) == sorted(expected)


def test_against_nothing_every_file_differs(tmp_path: Path) -> None:
    repository = pygit2.init_repository(str(tmp_path), bare=True)
    tree = _tree(repository, {"a/b.yaml": b"1", "c": b"2"})
    changes = TreeChanges(repository)
    assert list(changes.between(None, tree, "bugs")) == ["bugs/a/b.yaml", "bugs/c"]
    assert all(new is None for _, new in changes.between(tree, None).values())


_NOTHING = pygit2.Oid(hex="0" * 40)
_NAMES = ("a", "a.b", "ab", "b0", "BUG-0001.yaml", "BUG-0002.yaml", "BUG-00021.yaml", "ü")


def _change_one(files: Files, random: Random) -> None:
    """Add, edit or remove a file; a name is never both a file and a folder."""
    folder = random.choice(("", "d/", "d/e/", "f/"))
    path = folder + random.choice(_NAMES)
    if random.random() < 0.3:
        files.pop(path, None)
    else:
        files[path] = random.choice((b"one", b"two", random.randbytes(3)))


def _tree(repository: pygit2.Repository, files: Files) -> pygit2.Tree:
    index = pygit2.Index()
    for path, data in files.items():
        index.add(pygit2.IndexEntry(path, repository.create_blob(data), FileMode.BLOB))
    tree = repository[index.write_tree(repository)]
    assert isinstance(tree, pygit2.Tree)
    return tree
