"""Stands in for the cloud: an emulator of the management APIs in api/.

See README.md for what it is, its switches and its admin plane.
"""
