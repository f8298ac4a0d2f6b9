"""Web: the preference centre and one-click unsubscribe, which the links of every mail lead to.

Public verbs: `create_app`, `serve`.
"""

from cardletter.web.app import create_app, serve

__all__ = ["create_app", "serve"]
