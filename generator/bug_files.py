"""MkDocs' files, with those of the bugs beside them."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from generator.knowledge_base import KnowledgeBase


class WithBugs(Files):
    """MkDocs' files, and those of the bugs to anybody who asks for one, as a link in a guide."""

    def __init__(self, files: Files, base: KnowledgeBase, config: MkDocsConfig) -> None:
        super().__init__(files)
        self._paths = {path for facts in base.bugs.facts.values() for path in facts.paths}
        self._paths.update(made.path for made in base.shared.pages)
        self._config = config

    def get_file_from_path(self, path: str) -> File | None:
        """One of MkDocs' own, or one of a bug's page."""
        found = super().get_file_from_path(path)
        if found is None and path in self._paths:
            return File.generated(self._config, path, content="")
        return found
