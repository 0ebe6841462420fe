"""The evaluation harness: every stage of Readout measured against gold, with an interval, and a gate."""
