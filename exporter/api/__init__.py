"""The Python API: the functions and values that `exporter` offers to other programs.

The names are exported by the package, and documented in docs/python.md.
"""
