"""Who carries out what: the services' own behaviour, else the generic one."""

from . import canonical, generic, iam  # noqa: F401
from . import gaussdb, gaussdb_backup, gaussdb_config, gaussdb_data, gaussdb_more  # noqa: F401
from . import apig, bcs, drs, dws, roma  # noqa: F401
from .call import PERFORMERS, Reply
from .canonical import COLLECTIONS  # noqa: F401
from .state import compact


def perform(call):
    """The Reply to a checked request."""
    outcome = PERFORMERS.get(call.operation.key, generic.perform)(call)
    if isinstance(outcome, Reply):
        return outcome
    return Reply(call.operation.status, b"" if outcome is None else compact(outcome))
