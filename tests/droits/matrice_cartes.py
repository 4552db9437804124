"""La carte à emporter se lit avec le droit de la couverture ; celle d’un contrat, par qui le suit."""

from tests.droits.lignes import CONNECTES, Ligne

CARTES = [
    Ligne("contrats:carte_couverture", "GET", CONNECTES, parametres={"extension": "geojson"}),
]
