"""Profiles: one row of features per member, from what they spend, by interest.

Public verbs: `build` (a stage), `read_members` (one row per member), `read_spending` (by interest),
`read_profile`, `read_engagement` (clicks), `read_interests`, `likes_of`.
"""

from cardletter.profiles.days import days_of, forget_days
from cardletter.profiles.engagement import ENGAGEMENT, LINKED, read_engagement
from cardletter.profiles.features import build
from cardletter.profiles.interests import Interest, Interests, read_interests
from cardletter.profiles.likes import LIKES, Like, Likes, likes_of, set_apart
from cardletter.profiles.profile import MEMBERS, read_members, read_profile, trend
from cardletter.profiles.spending import PROFILES, Spending, read_spending
from cardletter.profiles.windows import Windows

__all__ = [
    "ENGAGEMENT",
    "LIKES",
    "LINKED",
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
    "read_engagement",
    "read_interests",
    "read_members",
    "read_profile",
    "read_spending",
    "set_apart",
    "trend",
]
