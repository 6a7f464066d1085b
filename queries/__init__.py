"""Questions: NAME.cypher says what to fetch, NAME.py fetches, hands to analysis, returns a frozen answer."""
