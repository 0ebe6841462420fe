"""What several stages know of English: dates, numbers, names, reporting verbs, normalisation. Data files lie beside."""
