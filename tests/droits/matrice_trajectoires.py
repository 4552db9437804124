"""Les trajectoires d’un contrat : qui le suit les lit."""

from tests.droits.lignes import SUIVENT, Ligne, lignes

TRAJECTOIRES: list[Ligne] = lignes("contrat", ("indicateurs:trajectoires", "GET", SUIVENT, 200))
