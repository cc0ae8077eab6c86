"""Where the files of records lie below the root of their repository."""

from typing import Final

RECORDS: Final = "bugs"
POLICY_PATH: Final = f"{RECORDS}/policy.yaml"
SCHEMA_PATH: Final = f"{RECORDS}/schema.json"
