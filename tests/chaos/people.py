"""Somebody who edits and merges by hand while the replicas write."""

import subprocess
import sys
import threading
from dataclasses import dataclass, field
from random import Random

from tests.real_git import RealGit

RECORD = "bugs/000/BUG-0001.yaml"


@dataclass(kw_only=True)
class Engineer:
    """Pushes notes of their own, and branches that are merged by the driver."""

    git: RealGit
    random: Random
    pushed: list[str] = field(default_factory=list)
    merged: int = 0
    done: threading.Event = field(default_factory=threading.Event)

    def set_up(self) -> None:
        """Use the merge driver as `bugbook init` wires it."""
        command = f"{sys.executable} -m tracker.cli.main"
        self.git("config", "merge.bugbook.name", "by field")
        driver = "import sys; from tracker.cli.main import main; main(sys.argv[1:])"
        command = f"'{sys.executable}' -c '{driver}' merge-driver %O %A %B %P"
        self.git("config", "merge.bugbook.driver", command)
        self.git.write(".gitattributes", "bugs/**/*.yaml merge=bugbook\n", "Merge by field")
        self.git("push", "-q", "origin", "main")

    def work(self) -> None:
        """Edit, merge and push until told to stop."""
        number = 0
        while not self.done.wait(self.random.uniform(0.5, 2.0)):
            number += 1
            subject = f"Written by hand {number}"
            self.git.write(f"notes/{number}.txt", f"{number}\n", subject)
            if self.random.random() < 0.3:
                self._edit_title(number)
            self._share()
            self.pushed.append(subject)

    def _edit_title(self, number: int) -> None:
        file = self.git.path / RECORD
        lines = file.read_text("utf-8").splitlines(keepends=True)
        place = next(n for n, line in enumerate(lines) if line.startswith("title:"))
        lines[place] = f"title: Redemption fails, as seen for the {number}th time\n"
        self.git.write(RECORD, "".join(lines), f"Retitle by hand {number}")

    def _share(self) -> None:
        """Merge what others wrote and push, as often as it takes."""
        while True:
            self.git("fetch", "-q", "origin")
            behind = self.git("rev-list", "--count", "HEAD..origin/main")
            self.git("merge", "-q", "--no-edit", "origin/main")
            self.merged += behind != "0"
            push = subprocess.run(
                ["git", "push", "-q", "origin", "HEAD:main"],
                cwd=self.git.path,
                capture_output=True,
                check=False,
            )
            if push.returncode == 0:
                return
