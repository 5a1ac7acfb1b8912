"""Hours of advice: budgets, the ledger and what goes over."""
