"""The words of design section 3 as frozen pydantic models, a file per aggregate. Shape only.

Everything arrives as text; a model says what the text is. Places stay out of the models.
"""
