"""One small function per condition of the transition table (workflow §2).

Each is judged on the record with the action's data in it and yields what is missing.
"""
