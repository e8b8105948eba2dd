"""A language server: findings while an author writes (``sphinx-revguide lsp``).

``session`` keeps a book in memory and reads a page again from the text of an editor; ``features``
prepares what editors show, and ``completion`` what they complete; ``server`` speaks the protocol,
and is the only module that needs the extra ``lsp``.
"""
