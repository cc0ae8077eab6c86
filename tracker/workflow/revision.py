"""Actions that keep what is left out, and empty what they are told to."""

from collections.abc import Mapping
from typing import get_args

from tracker.model.part import Part
from tracker.workflow.action import Action


class Revision(Action):
    """A change of what is recorded already; each kind says which fields `clear` may name."""

    clear: tuple[str, ...] = ()
    """Fields to empty; what is left out stays as it was."""

    @classmethod
    def clearable(cls) -> frozenset[str]:
        """The fields that `clear` may name."""
        (item, _) = get_args(cls.model_fields["clear"].annotation)
        return frozenset(get_args(item))

    def revised(self, part: type[Part], *names: str) -> dict[str, object]:
        """What changes in a part: the fields that are emptied, and those named that are said."""
        said = {name: getattr(self, name) for name in names}
        return {
            **self.cleared(part),
            **{name: value for name, value in said.items() if value is not None},
        }

    def cleared(self, part: type[Part]) -> Mapping[str, object]:
        """The named fields of a part, as they are when nothing was ever said of them."""
        fields = part.model_fields
        return {
            name: fields[name].get_default(call_default_factory=True)
            for name in self.clear
            if name in fields
        }
