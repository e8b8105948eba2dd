"""The domain, the directives and their transforms: what is registered with Sphinx."""
