"""The straight road, one module per act: take_in, read, review, confirm, match, hand_over.

Each act is a short function over the steps; every act on the workspace takes an Actor and writes
the journal in the same transaction.
"""
