"""Start a command from a small process, and write down what it took: `launch.py FILE COMMAND…`.

Linux counts the memory of whoever starts a process as memory that this process once had, so a
command that a large program starts would seem as large. It imports nothing of ours.
"""

import json
import os
import sys
import time

if __name__ == "__main__":
    start = time.monotonic()
    child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
    _, status, used = os.wait4(child, 0)
    taken = {
        "seconds": time.monotonic() - start,
        "cpu": used.ru_utime + used.ru_stime,
        "memory": used.ru_maxrss * 1024,
        "exit_code": os.waitstatus_to_exitcode(status),
    }
    with open(sys.argv[1], "w", encoding="ascii") as file:  # noqa: PTH123 - see above
        json.dump(taken, file)
