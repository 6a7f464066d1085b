"""Material into facts: read the sheets, check the rows, name the firms, state the facts."""
