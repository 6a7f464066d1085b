"""The commands of the command line: what each takes, whom it asks, where its output goes. cli.py registers them."""
