"""Profiles: one row of features per member, from what they spend, by interest.

Public verbs: `build` (a stage), `read_spending`, `read_interests`, `likes_of`.
"""

from cardletter.profiles.days import days_of, forget_days
from cardletter.profiles.features import MEMBERS, build
from cardletter.profiles.interests import Interest, Interests, read_interests
from cardletter.profiles.likes import LIKES, Like, Likes, likes_of, set_apart
from cardletter.profiles.spending import PROFILES, Spending, read_spending
from cardletter.profiles.windows import Windows

__all__ = [
    "LIKES",
    "MEMBERS",
    "PROFILES",
    "Interest",
    "Interests",
    "Like",
    "Likes",
    "Spending",
    "Windows",
    "build",
    "days_of",
    "forget_days",
    "likes_of",
    "read_interests",
    "read_spending",
    "set_apart",
]
