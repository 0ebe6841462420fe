"""One module (or small folder) a stage of the staircase; no stage imports another."""
