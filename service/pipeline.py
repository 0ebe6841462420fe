"""The staircase: an article walks down, a stage at a time, and comes out as a Brief.

    html/text → furniture → sentences → quotations → chunks → drafting → verification ⇄ repair → assembly → Brief → Dossier
"""
