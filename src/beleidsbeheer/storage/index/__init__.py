"""The index: what registers say, in a database that may be thrown away. The only room that speaks SQL.

Files and signatures stay the truth. Importing this package loads nothing; its modules load SQLModel,
which takes longer than most commands run, so whoever needs them imports them inside a function.
"""
