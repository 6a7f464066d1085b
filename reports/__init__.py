"""Answers → tables, text, sheets; and the generated part of docs/."""
