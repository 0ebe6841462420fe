"""Scripts that derive the small data files of ``service`` from corpora that a user has; none of the corpora is shipped."""
