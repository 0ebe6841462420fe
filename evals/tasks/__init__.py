"""One task a stage: how its cases are read, run and scored."""
