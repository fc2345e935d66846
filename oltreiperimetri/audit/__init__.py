"""What happened: acts and reads, append-only. Use `audit.trail`: record, record_read, move."""
