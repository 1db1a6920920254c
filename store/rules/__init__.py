"""Warning rules: one a file, in folders by subject; the folders are the registry.

A file `<code>_<slug>.py` holds its manual page as its docstring, a `RULE`, and `found(asked)`: one statement
whose rows are the subjects, one row a subject. Beside the columns of `queries.finding.standing` a row may
have `left_…` and `right_…` columns, the two sides of the comparison, named as fields are, and `data_as_of`,
the day that the other side's data is from.
"""
