"""Les versions d’une partie : ce qu’elle disait, depuis quand, par qui."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bilans.ecriture.parties import Partie
from bilans.models import ImageBilan
from bilans.services.liens_edito import VIA as PAR_LE_LIEN

LIBELLES = {
    "texte": "Texte",
    "signature": "Signé par",
    "citation": "Citation",
    "citation_auteur": "Qui parle",
    "utile": "Numéro ou adresse utile",
    "photo": "Photo",
}


@dataclass(frozen=True, slots=True)
class Version:
    """Ce que valaient les champs à partir de cette version."""

    numero: int
    le: datetime
    qui: str
    via: str
    valeurs: dict[str, Any]

    @property
    def ecrit(self) -> str:
        """Toute la partie en un texte, champ après champ ; « Texte » seul va sans étiquette."""
        lignes = []
        for champ, valeur in self.valeurs.items():
            if valeur:
                etiquette = "" if champ == "texte" else f"{LIBELLES[champ]}\u00a0: "
                lignes.append(f"{etiquette}{valeur}")
        return "\n\n".join(lignes)


def versions(partie: Partie) -> list[Version]:
    """De la plus récente à la plus ancienne ; deux voisines diffèrent par ce qu’elles disent."""
    modele: Any = type(partie.objet)
    copies = (
        modele.pgh_event_model.objects.filter(pgh_obj_id=partie.objet.pk)
        .exclude(pgh_label="delete")
        .select_related("modifie_par")
        .order_by("pgh_id")
    )
    par_numero = {copie.version: copie for copie in copies}
    photos = _photos(par_numero.values())
    lues = [_version(copie, partie, photos) for copie in par_numero.values()]
    gardees = [v for n, v in enumerate(lues) if n == 0 or v.valeurs != lues[n - 1].valeurs]
    return gardees[::-1]


def _version(copie: Any, partie: Partie, photos: dict[Any, ImageBilan]) -> Version:
    valeurs = {c: getattr(copie, c) for c in partie.champs if c != "photo"}
    return Version(
        numero=copie.version,
        le=copie.pgh_created_at,
        qui=auteur(copie),
        via=copie.modifie_via,
        valeurs=valeurs | {"photo": photos.get(copie.photo_id)},
    )


def auteur(objet: Any) -> str:
    """Qui a écrit cette version ; par le lien de l’édito, personne n’a de compte."""
    if objet.modifie_via == PAR_LE_LIEN:
        return "Par le lien de l’édito"
    return str(objet.modifie_par) if objet.modifie_par else ""


def _photos(copies: Any) -> dict[Any, ImageBilan]:
    cles = {copie.photo_id for copie in copies} - {None}
    return ImageBilan.objects.in_bulk(cles) if cles else {}
