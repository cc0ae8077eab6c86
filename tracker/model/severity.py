"""How bad a bug is (workflow §1)."""

from enum import StrEnum


class Severity(StrEnum):
    """P0 is the worst; ``rank`` counts down from it."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"

    @property
    def rank(self) -> int:
        """0 for P0 up to 3 for P3, so that sorting puts the worst first."""
        return int(self.value[1])

    def raised(self, levels: int) -> "Severity":
        """That many levels worse, but never above P1: only an outage or data at risk is a P0."""
        if self is Severity.P0:
            return self
        return Severity(f"P{max(1, self.rank - levels)}")
