"""Decides. Values in, values out: no reading, no writing, no waiting and no clock."""
