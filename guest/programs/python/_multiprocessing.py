"""Stands for the module of that name, whose semaphores need memory that processes share.

Without them, processes and pipes work; locks, queues and pools raise ImportError.
"""

flags = {}
