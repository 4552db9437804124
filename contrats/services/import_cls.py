"""Importer une liste de contrats existants : étudier, puis écrire une seule fois.

Une ligne fausse et rien n’est écrit, sauf si la personne choisit d’importer les lignes justes. Un
contrat est retrouvé par son code. Le même fichier donné deux fois ne change rien.
"""

import io
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction

from acteurs.droits import Droit
from acteurs.models import FichierRecu
from acteurs.permissions import regions_chargees_par
from acteurs.services.fichiers_recus import contenu_de, noter_l_import
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.exclusivite import a_la_suite
from cls_platform.socle.tableur.table import Table, lire_table
from contrats.import_cls.analyse import analyser
from contrats.import_cls.colonnes import COLONNES, LIMITES
from contrats.import_cls.rapport import RapportCls
from contrats.permissions import exiger_general
from contrats.services.ecriture_cls import EcritureCls

# Deux listes importées en même temps créeraient deux fois le même code : elles se suivent
VERROU = "import_cls"
DEJA_FAIT = "Cette liste est déjà importée. Donnez-la de nouveau pour recommencer."
RESTE_DES_ERREURS = "Rien n’est importé : il reste des lignes refusées."


def lire_liste(contenu: bytes, nom: str) -> Table:
    """Lève ClasseurRefuse."""
    return lire_table(io.BytesIO(contenu), nom, COLONNES, LIMITES)


@transaction.atomic
def importer_liste(
    *,
    table: Table,
    le: date,
    par: Any,
    simuler: bool = False,
    lignes_justes: bool = False,
) -> RapportCls:
    """Étudie et écrit, sans qu’un autre import passe entre les deux. Lève DroitRefuse."""
    exiger_general(par, Droit.CHARGER_DONNEES)
    regions: Collection[str] | None = regions_chargees_par(par)
    if not simuler:
        a_la_suite(VERROU)
    rapport, references = analyser(table, regions, le)
    est_a_ecrire = rapport.change and (lignes_justes or not rapport.erreurs)
    if simuler or not est_a_ecrire:
        return rapport
    EcritureCls(rapport, references, le, par).ecrire()
    rapport.est_ecrit = True
    return rapport


def etudier(*, recu: FichierRecu, le: date, par: Any) -> RapportCls:
    """Ce que cette liste changerait maintenant ; n’écrit rien. Lève ClasseurRefuse."""
    table = lire_liste(contenu_de(recu), recu.nom)
    return importer_liste(table=table, le=le, par=par, simuler=True)


@transaction.atomic
def accepter(*, recu: FichierRecu, le: date, par: Any, lignes_justes: bool = False) -> RapportCls:
    """Écrit ce que le rapport a montré ; un second envoi est refusé. Lève ErreurMetier."""
    actuel = FichierRecu.objects.select_for_update(of=("self",)).get(pk=recu.pk)
    if actuel.fait_le:
        raise ErreurMetier(DEJA_FAIT)
    table = lire_liste(contenu_de(actuel), actuel.nom)
    rapport = importer_liste(table=table, le=le, par=par, lignes_justes=lignes_justes)
    if rapport.erreurs and not lignes_justes:
        raise ErreurMetier(RESTE_DES_ERREURS)
    noter_l_import(recu=actuel, rapport=rapport.resume(), par=par)
    return rapport
