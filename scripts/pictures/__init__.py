"""The pictures of the newsletter, drawn from code by `make pictures`.

Few colours, light from the upper left, no outlines, no letters, no people. A scene is a function
that draws on a `Canvas`; the table in `catalogue` names each with its alt text. Things stand on
their origin and reach upwards (negative y); things seen from above are centred on it.
"""
