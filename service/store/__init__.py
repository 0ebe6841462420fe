"""The store: briefs, their meetings (searchable), dossiers and what people decided about them.

SQLAlchemy 2 over SQLite (the default, one file) or PostgreSQL (by URL); the schema is kept by Alembic. One module a table
holds every query on it. Functions take a connection and never commit: whoever opens ``Store.begin`` owns the transaction.
"""

from service.store.engine import Store

__all__ = ["Store"]
