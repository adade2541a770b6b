"""Bytes to text, and YAML text to plain data: text scalars in dicts and lists, with findings.

Positions are kept out of the data: a route is made into line and column by `locate`, when needed.
Only this package imports yaml.
"""
