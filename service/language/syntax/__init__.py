"""Grammar of English sentences: words, parts of speech, kinds of names, dependencies."""
