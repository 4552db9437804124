"""Les indicateurs d’un contrat et leurs valeurs, une par année civile."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from acteurs.models import Utilisateur
from cls_platform.demo.chargement.lecture import VIA, Donnees
from contrats.models import Action, Contrat
from indicateurs.calcul.facteur import facteur
from indicateurs.models import Indicateur, IndicateurModele, Mesure
from indicateurs.services.indicateurs import creer_indicateur

REPRIS_TELS_QUELS = (
    "libelle",
    "libelle_public",
    "definition",
    "type",
    "unite",
    "sens",
    "agregation",
    "source",
    "periodicite",
    "decimales",
    "annee_reference",
    "annee_cible",
)


def charger_indicateurs(
    donnees: Donnees, *, contrat: Contrat, actions: Mapping[str, Action], par: Utilisateur
) -> int:
    """Rend le nombre de valeurs écrites ; elles le sont en masse."""
    axes = {axe.numero: axe for axe in contrat.axes.all()}
    modeles = IndicateurModele.objects.in_bulk()
    mesures: list[Mesure] = []
    for description in donnees["indicateurs"]:
        valeurs = {
            **{champ: description[champ] for champ in REPRIS_TELS_QUELS},
            "modele": modeles.get(description["modele"]),
            "axe": axes.get(description["axe"]),
            "numerateur": description.get("numerateur", ""),
            "denominateur": description.get("denominateur", ""),
            "valeur_reference": _exact(description["valeur_reference"]),
            "cible": _exact(description["cible"]),
        }
        indicateur = creer_indicateur(contrat=contrat, valeurs=valeurs, par=par, via=VIA)
        # Sans le service : relier compterait une version de la fiche, datée d’aujourd’hui
        indicateur.actions.set(actions[numero] for numero in description["actions"])
        mesures += _mesures(indicateur, description["mesures"], par=par)
    return len(Mesure.objects.bulk_create(mesures))


def _mesures(
    indicateur: Indicateur, par_annee: Mapping[int, Donnees], *, par: Utilisateur
) -> Iterator[Mesure]:
    for annee, mesure in par_annee.items():
        numerateur = _exact(mesure.get("numerateur"))
        denominateur = _exact(mesure.get("denominateur"))
        multiple = facteur(indicateur.unite)
        rapport = multiple * numerateur / denominateur if numerateur and denominateur else None
        yield Mesure(
            indicateur=indicateur,
            periode_debut=date(annee, 1, 1),
            periode_fin=date(annee, 12, 31),
            valeur=_exact(mesure.get("valeur")) if rapport is None else rapport,
            numerateur=numerateur,
            denominateur=denominateur,
            qualite=mesure.get("qualite", "DEFINITIVE"),
            modifie_par=par,
            modifie_via=VIA,
        )


def _exact(valeur: float | None) -> Decimal | None:
    return None if valeur is None else Decimal(str(valeur))
