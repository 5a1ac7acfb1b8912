"""Two changes of one plan brought together: what was written in the browser and what came in a workbook."""
