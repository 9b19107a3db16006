"""How editors sign in: password and second factor, by django-allauth, and nothing without both."""
