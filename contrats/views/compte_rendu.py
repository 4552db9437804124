"""Rendre compte d’une réunion : elle s’est tenue, qui y était, ce qui s’y est dit."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from acteurs.models import Acteur
from cls_platform.socle import typographie
from contrats.forms.choix import LIMITE_TROUVEES
from contrats.forms.compte_rendu import FormulaireCompteRendu, partager
from contrats.models import EtatReunion, Reunion
from contrats.models.organisations import organisations_de
from contrats.services.reunions import rendre_compte
from contrats.views.edition import Edition, editer
from contrats.views.reunions import (
    adresse_de_la_reunion,
    contexte_reunion,
    nom_de,
    reunion_modifiable,
)

RECHERCHE = "recherche"


@require_http_methods(["GET", "POST"])
def compte_rendu(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enregistrer note la réunion comme tenue, si elle ne l’était pas."""
    lue = reunion_modifiable(request, pk)
    recherche = request.GET.get(RECHERCHE, "")
    membres, autres = proposees(lue, recherche)

    def ecrire(*, valeurs: dict[str, Any], version: int, par: Any) -> Reunion:
        dites, presences = partager(valeurs)
        return rendre_compte(
            reunion=lue, valeurs=dites, presences=presences, version=version, par=par
        )

    est_tenue = lue.etat == EtatReunion.TENUE
    edition = Edition(
        objet=lue,
        former=partial(FormulaireCompteRendu, objet=lue, membres=membres, autres=autres),
        ecrire=ecrire,
        contexte=partial(contexte_reunion, request, lue),
        titre="Compte rendu",
        sujet=nom_de(lue),
        geste="Enregistrer" if est_tenue else "Noter la réunion comme tenue",
        retour=adresse_de_la_reunion(lue),
        gabarit="contrats/gouvernance/compte_rendu.html",
        plus={"recherche": recherche, "trouvees": _trouvees(recherche)},
        avertir=trop_peu_de_participants,
    )
    return editer(request, edition)


def proposees(reunion: Reunion, recherche: str) -> tuple[list[Acteur], list[Acteur]]:
    """(membres et déjà notées, autres organisations du contrat et trouvées), sans doublon."""
    notees = Acteur.objects.filter(presences__reunion=reunion).tries()
    membres = {a.pk: a for a in [*reunion.instance.membres.tries(), *notees]}
    autres = [*_trouvees(recherche), *organisations_de(reunion.instance.contrat)]
    return list(membres.values()), list({a.pk: a for a in autres if a.pk not in membres}.values())


def _trouvees(recherche: str) -> list[Acteur]:
    if not recherche.strip():
        return []
    return list(Acteur.objects.rechercher(recherche).tries()[:LIMITE_TROUVEES])


def trop_peu_de_participants(reunion: Reunion) -> str:
    """L’avertissement quand il y a moins de personnes que d’organisations ; vide sinon."""
    presentes = reunion.presences.filter(etat="PRESENT").count()
    if reunion.participants is None or reunion.participants >= presentes:
        return ""
    return (
        f"C’est enregistré. {presentes} organisations étaient présentes pour "
        f"{typographie.pluriel(reunion.participants, 'participant')}\u00a0: vérifiez ces nombres."
    )
