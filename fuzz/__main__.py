"""`python -m fuzz TARGET SECONDS`: look for findings; exit above 0 when there is one.

The bytes that led to it are kept in `.cache/fuzz/findings`, ready to be moved into the corpus;
what a run learned is kept beside them for the next one.
"""

import importlib
import sys
from pathlib import Path

CORPUS = Path(__file__).with_name("corpus")
SCRATCH = Path(".cache/fuzz")
HUNG = 10  # seconds after which libFuzzer ends what does not come back
MEGABYTES = 1024  # of memory, beyond which a run is a finding


def main(arguments: list[str]) -> int:
    """Fuzz one target for a while."""
    names = sorted(folder.name for folder in CORPUS.iterdir())
    match arguments:
        case [name, seconds] if name in names and seconds.isdigit():
            try:
                _fuzz(name, int(seconds))
            except ModuleNotFoundError as error:
                sys.stderr.write(f"{error}. Install the group: pip install --group fuzz.\n")
                return 1
        case _:
            usage = f"python -m fuzz {'|'.join(names)} SECONDS"
            sys.stderr.write(f"Name a target and seconds: {usage}\n")
            return 2
    return 0


def _fuzz(name: str, seconds: int) -> None:
    """Ends the process with libFuzzer's exit code; the committed corpus is only read."""
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["tracker", "fuzz"]):
        targets = importlib.import_module("fuzz.targets")
    for folder in (SCRATCH / name, SCRATCH / "findings"):
        folder.mkdir(parents=True, exist_ok=True)
    options = [
        *(f"-max_total_time={seconds}", f"-timeout={HUNG}", f"-rss_limit_mb={MEGABYTES}"),
        *("-max_len=65536", f"-artifact_prefix={SCRATCH / 'findings'}/{name}-"),
        *("-print_final_stats=1", str(SCRATCH / name), str(CORPUS / name)),
    ]
    sys.stdout.write(f"{name}: {seconds} s\n")
    sys.stdout.flush()
    target = targets.TARGETS[name]
    atheris.Setup(["fuzz", *options], lambda data: targets.within_time(target, data))
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
