"""ChainKnowledgeGraph: seven files of JSON lines as material."""
