"""What the readiness page is divided into."""

from enum import StrEnum


class Group(StrEnum):
    """Groups of conditions, in the order of the page (seed 002, step 3)."""

    ANALYSIS = "Cause and fix"
    TESTS = "Tests"
    REVIEW = "Review"
    LOAD = "Load"
    SECURITY = "Security"
    MIGRATION = "Migration"
    DEPLOYMENT = "Deployment plan"
    ROLLBACK = "Rollback triggers"
    MONITORING = "Monitoring"
    DOCUMENTS = "Documents"
