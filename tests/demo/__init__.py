"""One offline conversation through the whole road: the real bot, a real Redis, a real worker, a real photograph.

Only Discord is played, by simcord.
"""
