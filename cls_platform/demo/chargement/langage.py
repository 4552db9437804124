"""Un texte à simplifier dans un brouillon de démonstration, et un sigle déjà tranché."""

from pathlib import Path

from django.db import transaction

from acteurs.models import Utilisateur
from bilans.models import Bilan
from bilans.services.langage import JAMAIS_TRANCHE, expliquer_sigle
from bilans.services.redaction import ecrire_section
from cls_platform.demo.chargement.contrats import coordination
from cls_platform.demo.chargement.lecture import VIA, Donnees, lire_langage


@transaction.atomic
def charger_langage(dossier: Path, *, par: Utilisateur) -> None:
    """Un texte déjà écrit n’est pas touché ; un bilan absent, ou publié, est passé."""
    for donnees in lire_langage(dossier):
        bilans = Bilan.objects.filter(contrat__slug=donnees["contrat"], annee=donnees["annee"])
        bilan = bilans.select_related("contrat").recents_d_abord().first()
        if bilan and bilan.est_modifiable:
            _ecrire(bilan, donnees, coordination(bilan.contrat) or par)


def _ecrire(bilan: Bilan, donnees: Donnees, par: Utilisateur) -> None:
    section = bilan.sections.get(code=donnees["code"])
    if section.texte:
        return
    ecrire_section(section=section, texte=donnees["texte"], version=None, par=par, via=VIA)
    for decision in donnees["decisions"]:
        expliquer_sigle(bilan=bilan, **decision, version=JAMAIS_TRANCHE, par=par, via=VIA)
