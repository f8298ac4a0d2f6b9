"""The studio: an edition's letters, live in the browser of whoever writes and designs them.

It answers at this machine only, to whoever holds the token that it printed when it was started.
What is rendered and looked over is so in processes of their own, which may die.

`app.serve` starts it. It is not imported here: its processes have no need of a web server.
"""
