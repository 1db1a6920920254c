"""The columnar copy: the payments beside the store in columns, for questions over all of them at once.

It is never the truth: whoever uses it finds out first whether it is in step with the store (`steps`), and the
store itself answers the same statement where there is none (`asking`).
"""
