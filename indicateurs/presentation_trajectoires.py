"""Une trajectoire telle que les pages la montrent : son verdict en mots, sa carte, ses lignes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe

from acteurs.contexte import publiees_par_annee
from acteurs.models import NiveauTerritoire
from cls_platform.socle.svg import colonnes as svg_colonnes
from cls_platform.socle.svg import piles as svg_piles
from cls_platform.socle.svg import planche as svg_planche
from cls_platform.socle.svg import trajectoire as svg_trajectoire
from cls_platform.socle.svg.courbe import Repere
from cls_platform.socle.typographie import mois_annee, nombre
from indicateurs import phrases
from indicateurs.calcul.lecture import Lecture
from indicateurs.comparaison import Comparaison
from indicateurs.dessins import Comparee, colonnes_par_annee, courbe_de, piles_de, vignette_de
from indicateurs.graphiques import ETROIT, LARGE
from indicateurs.lecture import trajectoire_de
from indicateurs.models import Indicateur, Mesure, Recit, Ventilation
from indicateurs.models.ventilation import Dimension
from indicateurs.series import Releve, Serie
from indicateurs.trajectoire import (
    NEUTRE,
    CodeVerdict,
    Trajectoire,
    Verdict,
    attendu,
    dernier_verdict,
    verdict,
)

COURBE, COLONNES = "courbe", "colonnes"
LARGEURS = (("cache-etroit", LARGE), ("cache-large", ETROIT))
JOURS = 365.25
Dessins = list[tuple[str, SafeString]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carte:
    """Un indicateur sur la page des trajectoires ; les nombres sont déjà écrits."""

    indicateur: Indicateur
    trajectoire: Trajectoire
    verdict: Verdict
    valeur: str
    attendu: str
    cible: str
    dessin: SafeString
    recit: Recit | None = None

    @property
    def manque(self) -> str:
        """Le geste qui rendrait un verdict possible ; vide si rien ne manque à la définition."""
        serie = self.trajectoire.serie
        if self.verdict.code != CodeVerdict.NON_MESURABLE or serie.sens == NEUTRE:
            return ""
        if serie.cible is None:
            return "Fixer une cible"
        return "" if serie.reference else "Donner la valeur de départ"


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneAnnee:
    """Une année dans le tableau d’une fiche ; `mesure` : la valeur saisie pour l’année entière."""

    annee: int
    valeur: str
    effectifs: str
    attendu: str
    verdict: Verdict | None
    qualite: str
    precision: str
    mesure: Mesure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repartition:
    """Les parts d’une valeur selon une dimension ; `dessins` vide si elles ne s’empilent pas."""

    nom: str
    parts: tuple[str, ...]
    lignes: tuple[tuple[int, tuple[str, ...]], ...]
    dessins: Dessins


def cartes_de(
    indicateurs: Sequence[Indicateur],
    series: Mapping[UUID, Serie],
    recits: Mapping[UUID, Recit],
    annee: int,
) -> list[Carte]:
    """Toutes sur les mêmes années ; les indicateurs ont leurs cibles chargées d’avance."""
    trajectoires = {i.pk: trajectoire_de(i, series[i.pk]) for i in indicateurs}
    de, a = etendue(trajectoires.values(), annee)
    return [_carte(i, trajectoires[i.pk], recits.get(i.pk), annee, de, a) for i in indicateurs]


def etendue(trajectoires: Iterable[Trajectoire], annee: int) -> tuple[int, int]:
    """Les années extrêmes d’une valeur ou d’un passage, l’année en cours comprise."""
    annees = {annee}
    for trajectoire in trajectoires:
        annees |= {r.annee for r in trajectoire.serie.releves if r.valeur is not None}
        annees |= {p.annee for p in trajectoire.points}
    return min(annees), max(annees)


def _carte(
    indicateur: Indicateur,
    trajectoire: Trajectoire,
    recit: Recit | None,
    annee: int,
    de: int,
    a: int,
) -> Carte:
    serie = trajectoire.serie
    rendu = dernier_verdict(trajectoire, annee)
    releve = serie.en(rendu.annee)
    vignette = vignette_de(trajectoire, rendu.annee, de=de, a=a)
    return Carte(
        indicateur=indicateur,
        trajectoire=trajectoire,
        verdict=rendu,
        valeur=phrases.lire(releve, serie) if releve else "",
        attendu=_ecrire(serie, rendu.attendu),
        cible=_ecrire(serie, serie.cible.valeur if serie.cible else None),
        dessin=mark_safe(svg_planche.dessiner(vignette)) if vignette.observes else SafeString(),  # noqa: S308  (SVG du socle, textes échappés)
        recit=recit,
    )


def _ecrire(serie: Serie, valeur: Decimal | None) -> str:
    return "" if valeur is None else phrases.ecrire(valeur, serie.unite, serie.decimales)


def lignes_de(
    indicateur: Indicateur, trajectoire: Trajectoire, lecture: Lecture, mesures: Iterable[Mesure]
) -> list[LigneAnnee]:
    """La plus récente d’abord ; une année sans valeur dit pourquoi."""
    entieres = {m.annee: m for m in mesures if est_entiere(m)}
    serie = trajectoire.serie
    provenances = lecture.provenances.get(indicateur.pk, {})
    annees = {r.annee for r in serie.releves} | set(provenances) | set(entieres)
    lignes = []
    for annee in sorted(annees, reverse=True):
        releve, origine = serie.en(annee), provenances.get(annee)
        rendu = verdict(trajectoire, annee)
        mesure = entieres.get(annee)
        lignes.append(
            LigneAnnee(
                annee=annee,
                valeur=phrases.lire(releve, serie) if releve else "",
                effectifs=effectifs(releve) if releve else "",
                attendu=_ecrire(serie, attendu(trajectoire, annee)),
                verdict=rendu if rendu.ecart is not None else None,
                qualite=mesure.get_qualite_display() if mesure else "",
                precision=(origine.motif or origine.phrase) if origine else "",
                mesure=mesure,
            )
        )
    return lignes


def effectifs(releve: Releve) -> str:
    """« 5 184 sur 41 806 » ; vide pour ce qui n’est pas un rapport, ou s’écrit déjà ainsi."""
    if releve.numerateur is None or releve.denominateur is None or releve.est_petit_rapport:
        return ""
    return f"{nombre(releve.numerateur, 0)} sur {nombre(releve.denominateur, 0)}"


def est_entiere(mesure: Mesure) -> bool:
    """Tout le territoire, du 1ᵉʳ janvier au 31 décembre."""
    debut, fin = mesure.periode_debut, mesure.periode_fin
    annee = (date(fin.year, 1, 1), date(fin.year, 12, 31))
    return not mesure.code_territoire and (debut, fin) == annee


def comparee_de(comparaison: Comparaison | None, serie: Serie) -> Comparee | None:
    """La région, chaque année publiée depuis la première de la série, dans la même unité.

    Un contrat à cheval sur deux régions se compare à la première : une ligne, un territoire.
    """
    if comparaison is None or comparaison.indicateur.unite != serie.unite:
        return None
    regions = (li for li in comparaison.connues if li.lieu.niveau == NiveauTerritoire.REGION)
    region = next(regions, None)
    if region is None or region.annee is None or region.lue.valeur is None:
        return None
    premiere = min((r.annee for r in serie.releves), default=region.annee)
    publiees = publiees_par_annee(comparaison.indicateur, region.lieu.niveau, *region.lieu.codes)
    valeurs = {
        a: lue.valeur for a, lue in publiees.items() if a >= premiere and lue.valeur is not None
    }
    return Comparee(nom="région", valeurs={region.annee: region.lue.valeur} | valeurs)


def reperes_de(recits: Iterable[Recit]) -> tuple[Repere, ...]:
    """« bus santé, avril 2025 », à sa place dans l’année."""
    return tuple(
        Repere(x=position(r.date_repere), lignes=(f"{r.repere}, {mois_annee(r.date_repere)}",))
        for r in recits
        if r.repere and r.date_repere
    )


def position(jour: date) -> float:
    return jour.year + (jour.timetuple().tm_yday - 1) / JOURS


def dessins_de(
    trajectoire: Trajectoire,
    annee: int,
    forme: str,
    *,
    nom: str,
    comparee: Comparee | None,
    reperes: tuple[Repere, ...],
) -> Dessins:
    """Le même graphique en deux largeurs, pour l’écran large et pour le téléphone."""
    dessins: Dessins = []
    for classe, largeur in LARGEURS:
        if forme == COLONNES:
            colonnes = colonnes_par_annee(trajectoire.serie, annee, largeur)
            image = svg_colonnes.dessiner(colonnes) if colonnes else ""
        else:
            courbe = courbe_de(
                trajectoire, annee, largeur=largeur, nom=nom, comparee=comparee, reperes=reperes
            )
            image = svg_trajectoire.dessiner(courbe) if courbe else ""
        if image:
            dessins.append((classe, mark_safe(image)))  # noqa: S308  (SVG du socle, textes échappés)
    return dessins


def repartitions_de(serie: Serie, parts: Iterable[Ventilation]) -> list[Repartition]:
    """Une par dimension renseignée. Des taux et des moyennes ne s’empilent pas : tableau seul."""
    par_dimension: dict[str, dict[int, dict[str, Decimal | None]]] = {}
    noms: dict[str, list[str]] = {}
    for part in parts:
        dimension, nom = part.modalite.dimension, part.modalite.libelle
        siennes = par_dimension.setdefault(dimension, {}).setdefault(part.mesure.annee, {})
        siennes[nom] = part.valeur
        if nom not in noms.setdefault(dimension, []):
            noms[dimension].append(nom)
    return [
        _repartition(serie, Dimension(d).label, noms[d], par_dimension[d])
        for d in Dimension.values
        if d in noms
    ]


def _repartition(
    serie: Serie, nom: str, parts: list[str], par_annee: Mapping[int, Mapping[str, Decimal | None]]
) -> Repartition:
    return Repartition(
        nom=nom,
        parts=tuple(parts),
        lignes=tuple(
            (annee, tuple(_ecrire(serie, valeurs.get(part)) for part in parts))
            for annee, valeurs in sorted(par_annee.items(), reverse=True)
        ),
        dessins=_empiler(serie, nom, parts, par_annee) if s_empile(serie) else [],
    )


def s_empile(serie: Serie) -> bool:
    """Les parts d’un effectif font son total ; celles d’un taux, non."""
    return serie.agregation in {"SOMME", "DERNIERE_VALEUR"} and not serie.unite.startswith("%")


def _empiler(
    serie: Serie, nom: str, parts: list[str], par_annee: Mapping[int, Mapping[str, Decimal | None]]
) -> Dessins:
    dessins: Dessins = []
    for classe, largeur in LARGEURS:
        spec = piles_de(f"{serie.libelle}, par {nom.lower()}", serie, parts, par_annee,
                        largeur=largeur)  # fmt: skip
        if spec:
            dessins.append((classe, mark_safe(svg_piles.dessiner(spec))))  # noqa: S308  (SVG du socle)
    return dessins
