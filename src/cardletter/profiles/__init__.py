"""Profiles: one row of features per member, from what they spend, by interest.

Public verbs: `build` (a stage), `read_interests`.
"""

from cardletter.profiles.features import MEMBERS, PROFILES, build
from cardletter.profiles.interests import Interest, Interests, read_interests

__all__ = ["MEMBERS", "PROFILES", "Interest", "Interests", "build", "read_interests"]
