"""How records are kept: YAML text, files, git, the commit path and the search index."""
