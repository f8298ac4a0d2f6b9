"""Typesetting: what runs apart from everything else, as templates may do no harm there.

    python -m cardletter.typesetting FOLDER

A process that sets letters from templates and plain data, and has nothing else: no settings, no
ledger, no people, and little time and memory. Whoever prints letters starts it and asks it; should
it die of a template, the run lives on. It imports no other room, so that it starts at once.
"""
