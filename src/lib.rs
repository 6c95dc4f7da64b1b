//! Settles payment-by-results contracts.
