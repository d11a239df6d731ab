"""spaCy components of the language stage; importing this package registers their factories."""

from nlp.components import context, facts

__all__ = ["context", "facts"]
