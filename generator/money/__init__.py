"""What calls cost, what may be spent, and what was bought: a call is paid for once."""
