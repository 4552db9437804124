"""Relire un bilan à plusieurs : où l’on commente, ce qui est dit, ce qui reste à traiter."""
