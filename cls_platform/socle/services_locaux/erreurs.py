"""Échec d'un service embarqué."""


class ErreurServices(Exception):
    """Une phrase en français, avec le remède quand il existe."""
