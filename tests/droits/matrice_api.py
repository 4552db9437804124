"""L’API : ce qui est public se lit sans compte ; écrire demande le droit du service.

Lire un objet que l’on ne voit pas : 404. Écrire sans compte : 401 ; sans le droit : 403. Une
méthode qu’une ressource n’a pas : 405.
"""

# Données ouvertes : les mêmes pour tous
OUVERTES = ("regions", "departements", "epci", "communes", "acteurs")
# Sous un contrat : publiques chez « elle », fermées chez la voisine
SOUS_CONTRAT = ("contrats", "axes", "objectifs", "actions", "indicateurs", "mesures", "bilans")

VOIENT_CHEZ_LA_VOISINE = {"voisine", "administratrice"}

# (ressource, méthode, sur un objet) → (qui a le droit chez elle, réponse)
COORDINATION = {"coordinatrice", "administratrice"}
PILOTAGE = COORDINATION | {"pilote"}
ECRITURES = {
    ("actions", "PATCH", True): (PILOTAGE, 200),
    ("indicateurs", "PATCH", True): (COORDINATION, 200),
    ("indicateurs", "POST", False): (COORDINATION, 201),
    ("mesures", "PATCH", True): (PILOTAGE, 200),
    ("mesures", "DELETE", True): (PILOTAGE, 204),
    ("mesures", "POST", False): (PILOTAGE, 201),
}
METHODES_D_ECRITURE = ("POST", "PUT", "PATCH", "DELETE")

ROUTES_API = {
    *(f"api:{r}-{vue}" for r in (*OUVERTES, *SOUS_CONTRAT) for vue in ("list", "detail")),
    "api:actions-export",
    "api:api-root",
    "api:schema",
    "api:docs",
    "api:inconnue",
}
