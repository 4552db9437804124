"""Propriétés essayées au hasard : sur une machine chargée, être lent n’est pas une faute."""

from hypothesis import HealthCheck, settings

sans_chrono = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
