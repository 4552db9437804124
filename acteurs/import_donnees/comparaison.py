"""Un fichier et ce qui est déjà chargé : nouveau millésime, remplacement, ou rien à changer."""

from collections.abc import Mapping
from typing import Any

from acteurs.import_donnees.contexte import ChoixContexte, CleEdition, EditionLue
from acteurs.import_donnees.rapport import EditionPrevue, EtatEdition
from acteurs.import_donnees.zonage import ChoixZonage, ZoneLue, presences
from acteurs.models import (
    Commune,
    Departement,
    DonneeContexte,
    EditionDonnees,
    EditionZonage,
    Epci,
    IndicateurContexte,
    NiveauTerritoire,
    Region,
    Zone,
    ZoneCommune,
)


def edition_du_zonage(choix: ChoixZonage) -> EditionZonage | None:
    """Le même millésime, déjà chargé pour le même territoire."""
    return EditionZonage.objects.filter(
        type=choix.type, millesime=choix.millesime, region=choix.region
    ).first()


def comparer_zonage(choix: ChoixZonage, zones: Mapping[str, ZoneLue]) -> EditionPrevue:
    edition = edition_du_zonage(choix)
    neuves = {code: zone.valeurs for code, zone in zones.items()}
    liens = set(presences(zones))
    actuelles: dict[str, Any] = {}
    liens_actuels: set[tuple[str, str]] = set()
    if edition:
        lues = Zone.objects.filter(edition=edition)
        actuelles = {
            code: tuple(reste)
            for code, *reste in lues.values_list("code", "nom", "classe", "population")
        }
        touchees = ZoneCommune.objects.filter(zone__edition=edition)
        liens_actuels = set(touchees.values_list("zone__code", "commune_id"))
    communes = {commune for _, commune in liens}
    memes_mentions = edition is not None and _mentions(edition) == (
        choix.source,
        choix.date_effet,
    )
    return _prevue(
        libelle=choix.type.libelle,
        millesime=choix.millesime,
        ecart=(liens - liens_actuels, liens_actuels - liens, _changees(neuves, actuelles)),
        territoires=len(communes),
        attendus=_attendus(choix, len(communes)),
        existe=edition is not None,
        memes_mentions=memes_mentions,
    )


def _mentions(edition: EditionZonage) -> tuple[str, Any]:
    return edition.source, edition.date_effet


def _attendus(choix: ChoixZonage, trouvees: int) -> int:
    """Un classement range toutes les communes ; des quartiers n’en touchent que quelques-unes."""
    if not choix.type.une_zone_par_commune:
        return trouvees
    return compter_territoires(NiveauTerritoire.COMMUNE, choix.region)


def editions_du_contexte(
    cles: Mapping[CleEdition, Any], region: str | None
) -> dict[CleEdition, EditionDonnees]:
    """Les mêmes millésimes, déjà chargés pour le même territoire ; une requête."""
    candidates = EditionDonnees.objects.filter(
        indicateur__in={indicateur for indicateur, _, _ in cles}, region=region
    )
    par_cle = {(e.indicateur_id, e.annee, e.niveau): e for e in candidates}
    return {cle: edition for cle, edition in par_cle.items() if cle in cles}


def comparer_contexte(
    choix: ChoixContexte, editions: Mapping[CleEdition, EditionLue]
) -> list[EditionPrevue]:
    """Une ligne par millésime du fichier ; trois requêtes, et une par niveau."""
    chargees = editions_du_contexte(editions, choix.region)
    actuelles: dict[Any, dict[str, Any]] = {edition.pk: {} for edition in chargees.values()}
    lues = DonneeContexte.objects.filter(edition__in=list(actuelles))
    for edition_id, code, *contenu in lues.values_list(
        "edition_id", "code_territoire", "valeur", "numerateur", "denominateur", "qualite"
    ):
        actuelles[edition_id][code] = tuple(contenu)
    libelles = dict(IndicateurContexte.objects.values_list("pk", "libelle"))
    niveaux = {niveau for _, _, niveau in editions}
    attendus = {niveau: compter_territoires(niveau, choix.region) for niveau in niveaux}
    return [
        _edition_prevue(
            cle,
            editions[cle],
            chargees.get(cle),
            actuelles,
            f"{cle[0]}, {libelles[cle[0]]}",
            attendus[cle[2]],
            choix,
        )
        for cle in sorted(editions)
    ]


def _edition_prevue(
    cle: CleEdition,
    lue: EditionLue,
    chargee: EditionDonnees | None,
    actuelles: Mapping[Any, Mapping[str, Any]],
    libelle: str,
    attendus: int,
    choix: ChoixContexte,
) -> EditionPrevue:
    avant = actuelles[chargee.pk] if chargee else {}
    apres = {code: donnee.contenu for code, donnee in lue.donnees.items()}
    return _prevue(
        libelle=libelle,
        millesime=f"{cle[1]}, {NiveauTerritoire(cle[2]).label.lower()}",
        ecart=(set(apres) - set(avant), set(avant) - set(apres), _changees(apres, avant)),
        territoires=len(apres),
        attendus=attendus,
        existe=chargee is not None,
        memes_mentions=chargee is not None
        and (chargee.source, chargee.date) == (lue.source, choix.publiee_le),
    )


def _changees(apres: Mapping[str, Any], avant: Mapping[str, Any]) -> int:
    return sum(code in avant and avant[code] != valeur for code, valeur in apres.items())


def _prevue(
    *,
    libelle: str,
    millesime: str,
    ecart: tuple[set[Any], set[Any], int],
    territoires: int,
    attendus: int,
    existe: bool,
    memes_mentions: bool,
) -> EditionPrevue:
    ajouts, retraits, changements = ecart
    change = bool(ajouts or retraits or changements) or not memes_mentions
    etat = EtatEdition.REMPLACEE if change else EtatEdition.INCHANGEE
    return EditionPrevue(
        libelle=libelle,
        millesime=millesime,
        etat=etat if existe else EtatEdition.NOUVELLE,
        territoires=territoires,
        attendus=attendus,
        ajouts=len(ajouts),
        retraits=len(retraits),
        changements=changements,
    )


def compter_territoires(niveau: str, region: str | None) -> int:
    """Les territoires actuels de ce niveau, dans cette région ou en France."""
    return 1 if niveau == NiveauTerritoire.FRANCE else territoires_attendus(niveau, region).count()


def territoires_attendus(niveau: str, region: str | None) -> Any:
    """Ceux qu’un millésime complet décrirait, à tout niveau sous la France ; requête à finir.

    Une intercommunalité à cheval est de toutes les régions de ses communes.
    """
    actuels = MODELES[niveau].objects.actuelles()
    if region is None:
        return actuels
    if niveau == NiveauTerritoire.REGION:
        return actuels.filter(pk=region)
    if niveau == NiveauTerritoire.EPCI:
        de_la_region = Commune.objects.actuelles().filter(region=region, epci__isnull=False)
        return actuels.filter(pk__in=de_la_region.values("epci"))
    return actuels.filter(region=region)


MODELES: dict[str, Any] = {
    NiveauTerritoire.COMMUNE: Commune,
    NiveauTerritoire.EPCI: Epci,
    NiveauTerritoire.DEPARTEMENT: Departement,
    NiveauTerritoire.REGION: Region,
}
