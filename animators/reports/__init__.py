"""What the office reads about hours of advice: figures, charts and the ledger for the accounts.

It lies with the animators and not in ``office/``: everything it counts belongs to this package, and what stands above it
(a partnership's file, the programme's overview, reports to the funder) may take its figures from here.
"""
