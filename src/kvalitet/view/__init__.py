"""A register at a period, every decision taken: `report` makes the Document of a report, along its
section list, `explain` that of an indicator, and `score` the list of risks."""
