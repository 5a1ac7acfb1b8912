"""The colours and the font of every workbook the application writes: those of its pages."""

ACCENT = "0B4F8A"
ACCENT_SOFT = "DCE8F3"
ACCENT_FAINT = "F1F6FB"
INK = "1B2733"
WHITE = "FFFFFF"
QUIET = "66727F"
RULE = "D3DBE4"
PAPER = "F5F7F9"
AMBER = "8A5A00"
AMBER_SOFT = "FFF4DC"

FONT = "Calibri"
