"""The board as a sheet, for XLSX and CSV."""
