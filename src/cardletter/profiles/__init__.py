"""Profiles: one row of features per member, from what they spend, by interest.

Public verbs: `build` (a stage), `read_interests`, `likes_of`.
"""

from cardletter.profiles.features import MEMBERS, PROFILES, build
from cardletter.profiles.interests import Interest, Interests, read_interests
from cardletter.profiles.likes import LIKES, Likes, likes_of

__all__ = [
    "LIKES",
    "MEMBERS",
    "PROFILES",
    "Interest",
    "Interests",
    "Likes",
    "build",
    "likes_of",
    "read_interests",
]
