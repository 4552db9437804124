"""Charger, remplacer, retirer un millésime de zonage ou de données de contexte.

Rien n’est écrit d’un fichier qui a une erreur, sauf si la personne choisit d’importer les lignes
justes. Le même fichier donné deux fois ne change rien. Remplacer un millésime se demande.
"""

import hashlib
import io
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from acteurs.import_donnees import colonnes
from acteurs.import_donnees.comparaison import (
    comparer_contexte,
    comparer_zonage,
    edition_du_zonage,
    editions_du_contexte,
)
from acteurs.import_donnees.contexte import ChoixContexte, CleEdition, EditionLue, analyser_contexte
from acteurs.import_donnees.rapport import EtatEdition, RapportDonnees
from acteurs.import_donnees.zonage import ChoixZonage, ZoneLue, analyser_zonage, presences
from acteurs.models import EditionDonnees, EditionZonage, Zone, ZoneCommune
from acteurs.permissions import exiger_charger
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.exclusivite import a_la_suite
from cls_platform.socle.tableur.table import lire_table

LOT = 5_000
# Deux chargements du même millésime se suivent : le second voit ce que le premier a écrit
VERROU = "import_donnees"
A_REMPLACER = (
    "Ce millésime est déjà chargé, avec un autre contenu. Rien n’est écrit : demandez de le "
    "remplacer, ou donnez un autre millésime."
)


@transaction.atomic
def importer_zonage(
    *,
    contenu: bytes,
    nom: str,
    choix: ChoixZonage,
    par: Any,
    simuler: bool = False,
    lignes_justes: bool = False,
    remplacer: bool = False,
) -> RapportDonnees:
    """Lève ClasseurRefuse, DroitRefuse, ou ErreurMetier s’il faut demander de remplacer."""
    exiger_charger(par, choix.region)
    table = lire_table(io.BytesIO(contenu), nom, colonnes.ZONAGE, colonnes.LIMITES)
    if not simuler:
        a_la_suite(VERROU)
    rapport = analyser_zonage(table, choix)
    zones: dict[str, ZoneLue] = rapport.contenu
    rapport.editions = [comparer_zonage(choix, zones)] if zones else []
    if simuler or not _est_a_ecrire(rapport, lignes_justes=lignes_justes, remplacer=remplacer):
        return rapport
    edition = edition_du_zonage(choix) or EditionZonage(
        type=choix.type, millesime=choix.millesime, region_id=choix.region
    )
    edition.date_effet, edition.source = choix.date_effet, choix.source
    edition.est_demonstration = choix.est_demonstration
    _signer(edition, contenu, nom, par)
    edition.zones.all().delete()
    _ecrire_zones(edition, zones)
    rapport.est_ecrit = True
    return rapport


def _ecrire_zones(edition: EditionZonage, zones: dict[str, ZoneLue]) -> None:
    creees = Zone.objects.bulk_create(
        [
            Zone(
                edition=edition,
                code=zone.code,
                nom=zone.nom,
                classe=zone.classe,
                population=zone.population,
            )
            for zone in zones.values()
        ],
        batch_size=LOT,
    )
    cles = {zone.code: zone.pk for zone in creees}
    ZoneCommune.objects.bulk_create(
        [ZoneCommune(zone_id=cles[code], commune_id=commune) for code, commune in presences(zones)],
        batch_size=LOT,
    )


@transaction.atomic
def importer_contexte(
    *,
    contenu: bytes,
    nom: str,
    choix: ChoixContexte,
    le: date,
    par: Any,
    simuler: bool = False,
    lignes_justes: bool = False,
    remplacer: bool = False,
) -> RapportDonnees:
    """Lève ClasseurRefuse, DroitRefuse, ou ErreurMetier s’il faut demander de remplacer."""
    exiger_charger(par, choix.region)
    table = lire_table(io.BytesIO(contenu), nom, colonnes.CONTEXTE, colonnes.LIMITES)
    if not simuler:
        a_la_suite(VERROU)
    rapport = analyser_contexte(table, choix, le)
    editions: dict[CleEdition, EditionLue] = rapport.contenu
    rapport.editions = comparer_contexte(choix, editions)
    if simuler or not _est_a_ecrire(rapport, lignes_justes=lignes_justes, remplacer=remplacer):
        return rapport
    chargees = editions_du_contexte(editions, choix.region)
    for (cle, lue), prevue in zip(sorted(editions.items()), rapport.editions, strict=True):
        if prevue.etat == EtatEdition.INCHANGEE:
            continue
        indicateur, annee, niveau = cle
        edition = chargees.get(cle) or EditionDonnees(
            indicateur_id=indicateur, annee=annee, niveau=niveau, region_id=choix.region
        )
        edition.source, edition.date = lue.source, choix.publiee_le
        _signer(edition, contenu, nom, par)
        edition.donnees.all().delete()
        _ecrire_donnees(edition, lue)
    rapport.est_ecrit = True
    return rapport


def _ecrire_donnees(edition: EditionDonnees, lue: EditionLue) -> None:
    requete = (
        "COPY acteurs_donneecontexte (edition_id, code_territoire, valeur, numerateur, "
        "denominateur, qualite) FROM STDIN"
    )
    with connection.cursor() as curseur, curseur.copy(requete) as copie:
        for code, donnee in lue.donnees.items():
            copie.write_row((edition.pk, code, *donnee.contenu[:3], str(donnee.qualite)))


def _est_a_ecrire(rapport: RapportDonnees, *, lignes_justes: bool, remplacer: bool) -> bool:
    """Lève ErreurMetier quand un millésime serait remplacé sans qu’on l’ait demandé."""
    if rapport.erreurs and not lignes_justes:
        return False
    if rapport.remplace and not remplacer:
        raise ErreurMetier(A_REMPLACER)
    return rapport.change


def _signer(edition: EditionZonage | EditionDonnees, contenu: bytes, nom: str, par: Any) -> None:
    edition.fichier = nom[-200:]
    edition.sha256 = hashlib.sha256(contenu).hexdigest()
    edition.charge_le, edition.charge_par = timezone.now(), par
    edition.save()


@transaction.atomic
def retirer_zonage(*, edition: EditionZonage, par: Any) -> None:
    """Efface le millésime et ses zones. Lève DroitRefuse."""
    exiger_charger(par, edition.region_id)
    edition.delete()


@transaction.atomic
def retirer_donnees(*, edition: EditionDonnees, par: Any) -> None:
    """Efface le millésime et ses valeurs. Lève DroitRefuse."""
    exiger_charger(par, edition.region_id)
    edition.delete()
