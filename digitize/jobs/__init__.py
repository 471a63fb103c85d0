"""Reading as queued work: the page table is the truth, a worker process of its own does it."""
