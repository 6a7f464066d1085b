"""An article → facts proposed for review: repaired text, grammars by kind, the workbook a person ticks."""
