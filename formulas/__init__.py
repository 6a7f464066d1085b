"""Numbers in, numbers out; each formula beside its source. Knows nothing of facts, chains or stores."""
