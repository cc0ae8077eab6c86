"""Where the site is read: what feeds and data need to name its pages from elsewhere."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class SiteAddress:
    """The site's name and root; without a root, addresses are as seen from the root."""

    name: str
    root: str = ""
    """`https://bugs.example.com/`, or empty where `site_url` is not set."""
    directories: bool = True
    """Whether pages have addresses that end in a slash."""

    def page(self, path: str) -> str:
        """The address of a page or file, given its path below the documentation folder."""
        name, mark, anchor = path.partition("#")
        if name.endswith(".md"):
            stem = name.removesuffix(".md")
            if stem == "index" or stem.endswith("/index"):
                name = stem.removesuffix("index") + ("" if self.directories else "index.html")
            else:
                name = f"{stem}/" if self.directories else f"{stem}.html"
        root = f"{self.root.rstrip('/')}/" if self.root else ""
        return f"{root}{name}{mark}{anchor}"
