"""Ce qui est replié se lit dans l’adresse (`?replie=`), donc sans JavaScript aussi."""

from dataclasses import dataclass

from django.http import QueryDict

from contrats.adresses import adresse_sans


@dataclass(frozen=True, slots=True)
class Repli:
    """`ouvert` et `cache` sont écrits tels quels par le gabarit ; `adresse` fait l’inverse."""

    adresse: str
    geste: str
    ouvert: str
    cache: str

    @property
    def est_replie(self) -> bool:
        return self.ouvert == "false"


def repli_de(chemin: str, parametres: QueryDict, cle: str) -> Repli:
    """Replie ce qui est déplié, et l’inverse, sans toucher au reste de l’adresse."""
    if cle in parametres.getlist("replie"):
        adresse = adresse_sans(chemin, parametres, "replie", cle)
        return Repli(adresse, "Déplier", "false", " hidden")
    copie = parametres.copy()
    copie.appendlist("replie", cle)
    copie.pop("page", None)
    return Repli(f"{chemin}?{copie.urlencode()}", "Replier", "true", "")
