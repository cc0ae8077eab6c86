"""MkDocs' files, with those of the bugs beside them."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from generator.knowledge_base import KnowledgeBase


class WithBugs(Files):
    """MkDocs' files, and those of the bugs to anybody who asks for one, as a link in a guide."""

    def __init__(self, files: Files, base: KnowledgeBase, config: MkDocsConfig) -> None:
        super().__init__(files)
        self._paths = base.paths
        self._config = config
        self.asked: dict[str, bool] = {}
        """Pages that are not MkDocs' own, and whether there is one of a bug."""

    def get_file_from_path(self, path: str) -> File | None:
        """One of MkDocs' own, or one of a bug's page."""
        found = super().get_file_from_path(path)
        if found is not None:
            return found
        self.asked[path] = path in self._paths
        return File.generated(self._config, path, content="") if self.asked[path] else None
