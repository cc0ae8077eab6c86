"""Expected trouble: what stops an operation and is not the program's fault."""


class TroubleError(Exception):
    """Its text is one sentence for people and says what to do next; front ends show it as it is."""
