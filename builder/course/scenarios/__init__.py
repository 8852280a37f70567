"""Scenarios: pages of scenes with choices, which are read, proved and drawn here.

``reading`` finds the scenes and choices in a page, ``proof`` proves that every scene can be reached
and that every path ends, ``drawing`` draws the map of scenes and choices.
"""
