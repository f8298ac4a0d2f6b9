"""Cardletter: one newsletter per kind of cardholder, sent only to those who said yes."""

from importlib.metadata import version

__version__ = version("cardletter")
