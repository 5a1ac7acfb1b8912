"""A code from an app on the phone, asked for after the password or the link from a mail."""
