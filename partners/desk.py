"""What this app shows on pages composed by the portal."""
