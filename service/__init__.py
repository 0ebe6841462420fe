"""Readout: a news article in, a brief that can be checked out.

An article walks down one staircase, a stage at a time: text → furniture → sentences → quotations → chunks → drafts →
verification ⇄ repair → Brief → Dossier. ``service.pipeline`` names the stages in order; everything else (API, command
line, evaluation) is a face on that staircase. Values live in ``service.domain``, what several stages know of English in
``service.language``, who writes a draft in ``service.models``.
"""
