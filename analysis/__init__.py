"""What facts mean: pure, facts in, answers out; no store, no file."""
