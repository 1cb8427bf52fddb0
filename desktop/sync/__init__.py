"""Floor 3, the exchange with the district: sealed batches, receipts, keys, merging."""
