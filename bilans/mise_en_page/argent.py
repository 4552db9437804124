"""« Qui finance quoi ? » : les rubans du payeur au volet, et le tableau qui dit chaque somme."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bilans import palette
from bilans.instantane import Argent, Somme
from bilans.mise_en_page.mesures import MM, POINT, tenir
from bilans.mise_en_page.mots_ecrits import majuscule, typo
from cls_platform.socle.svg import flux, metriques
from cls_platform.socle.svg.flux import Lien, Noeud
from cls_platform.socle.typographie import INSECABLE, euros, nombre

PAYEURS, USAGES = 6, 5
LARGEUR = 658
CORPS, COLONNE_DES_NOMS, ECART, MOT_LE_PLUS_LONG = 9.5, 44.0, 3.4, 36.0
AUTRES_PAYEURS, AUTRES_USAGES = "Autres financeurs", "Autres volets"


@dataclass(frozen=True, slots=True)
class Rang:
    nom: str
    cases: tuple[str, ...]
    ensemble: str


@dataclass(frozen=True, slots=True)
class VueArgent:
    """`colonnes` : les volets ; `rangs` : les financeurs ; `totaux` : la dernière ligne."""

    phrase: str
    image: str
    colonnes: tuple[str, ...]
    rangs: tuple[Rang, ...]
    totaux: Rang | None
    precisions: tuple[str, ...]
    source: str

    @property
    def largeur_du_titre(self) -> float:
        return COLONNE_DES_NOMS


def vue(argent: Argent | None) -> VueArgent | None:
    """None quand rien n’est connu de l’argent de l’année."""
    if argent is None:
        return None
    precisions = _precisions(argent)
    if not argent.total:
        return VueArgent("", "", (), (), None, precisions, _source(argent)) if precisions else None
    grille = Grille(argent)
    return VueArgent(
        phrase=typo(
            f"En {argent.annee}, {euros(argent.total)} financent les actions du contrat. "
            "Plus le ruban est large, plus la somme est grande."
        ),
        image=_rubans(argent, grille),
        colonnes=tuple(tenir(typo(u), CORPS, 40, 3) for u in grille.usages),
        rangs=tuple(_rang(p, grille) for p in grille.payeurs),
        totaux=_totaux(argent, grille) if len(grille.payeurs) > 1 else None,
        precisions=precisions,
        source=_source(argent),
    )


class Grille:
    """Les sommes par payeur et par usage, les plus petits rangés sous « Autres »."""

    def __init__(self, argent: Argent, payeurs: int = PAYEURS) -> None:
        usages = next(n for n in range(USAGES, 0, -1) if n == 1 or _tient(argent.usages, n))
        les_payeurs = _alias(argent.payeurs, payeurs, AUTRES_PAYEURS)
        les_usages = _alias(argent.usages, usages, AUTRES_USAGES)
        self.usages = tuple(dict.fromkeys(les_usages.values()))
        self.sommes: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        for f in argent.flux:
            self.sommes[les_payeurs[f.payeur], les_usages[f.usage]] += f.montant
        noms = dict.fromkeys(les_payeurs.values())
        self.payeurs = tuple(sorted(noms, key=self.du_payeur, reverse=True))

    def case(self, payeur: str, usage: str) -> Decimal:
        return self.sommes.get((payeur, usage), Decimal(0))

    def du_payeur(self, payeur: str) -> Decimal:
        return sum((self.case(payeur, u) for u in self.usages), Decimal(0))

    def de_l_usage(self, usage: str) -> Decimal:
        return sum((self.case(p, usage) for p in self.payeurs), Decimal(0))


def _alias(sommes: Sequence[Somme], maximum: int, autres: str) -> dict[str, str]:
    """Le nom sous lequel chacun paraît ; un seul en trop garderait sa place pour rien."""
    gardes = sommes if len(sommes) <= maximum else sommes[: maximum - 1]
    gardes_noms = {s.nom for s in gardes}
    return {s.nom: s.nom if s.nom in gardes_noms else autres for s in sommes}


def _tient(usages: Sequence[Somme], nombre_de_colonnes: int) -> bool:
    """Chaque mot d’un titre, et chaque somme, entre dans sa colonne."""
    noms = list(_alias(usages, nombre_de_colonnes, AUTRES_USAGES).values())
    place = (174 - COLONNE_DES_NOMS) / (len(set(noms)) + 1) - ECART
    mots = [metriques.largeur(mot, CORPS * POINT, 700) for nom in noms for mot in nom.split()]
    montants = [metriques.largeur(euros(s.montant), CORPS * POINT, 700) for s in usages]
    # Un mot qui n’entrerait dans aucune colonne se coupe
    ordinaires = [large for large in mots if large <= MOT_LE_PLUS_LONG * MM]
    return max((*ordinaires, *montants)) <= place * MM


def _rang(payeur: str, grille: Grille) -> Rang:
    cases = tuple(euros(grille.case(payeur, u)) for u in grille.usages)
    return Rang(
        tenir(typo(payeur), CORPS, COLONNE_DES_NOMS - 4, 3), cases, euros(grille.du_payeur(payeur))
    )


def _totaux(argent: Argent, grille: Grille) -> Rang:
    cases = tuple(euros(grille.de_l_usage(u)) for u in grille.usages)
    return Rang("Ensemble", cases, euros(argent.total))


def _rubans(argent: Argent, grille: Grille) -> str:
    liens = tuple(
        Lien(de=p, vers=u, valeur=montant) for (p, u), montant in grille.sommes.items() if montant
    )
    dessin = flux.Flux(
        titre=f"Rubans des {euros(argent.total)}, des financeurs aux volets",
        description=f"Le plus grand financeur est {argent.payeurs[0].nom}, avec "
        f"{euros(argent.payeurs[0].montant)}.",
        gauche=tuple(Noeud(cle=p, nom=typo(p)) for p in grille.payeurs),
        droite=tuple(Noeud(cle=u, nom=typo(u)) for u in grille.usages),
        liens=liens,
        largeur=LARGEUR,
    )
    return flux.dessiner(dessin, palette.rubans())


def _precisions(argent: Argent) -> tuple[str, ...]:
    dites = []
    if argent.cout_realise is not None:
        prevu = f", pour {euros(argent.cout_prevu)} prévus" if argent.cout_prevu else ""
        dites.append(f"Les dépenses de l’année sont de {euros(argent.cout_realise)}{prevu}.")
    elif argent.cout_prevu:
        dites.append(f"Les dépenses prévues sont de {euros(argent.cout_prevu)}.")
    if argent.apports_en_nature:
        dites.append(
            f"Les partenaires apportent aussi {euros(argent.apports_en_nature)} en nature : "
            "salles, matériel, temps de travail."
        )
    if argent.etp:
        postes = "poste" if argent.etp < 2 else "postes"
        dites.append(
            f"Le travail de l’année représente {nombre(argent.etp)} {postes} à temps plein."
        )
    return tuple(typo(phrase) for phrase in dites)


def _source(argent: Argent) -> str:
    return typo(majuscule(f"source : {argent.source}.")) if argent.source else ""


def rapport_des_parts(premier: Somme, total: Decimal) -> str:
    """« Quand le premier financeur paie 1 €, les autres paient 0,80 €. » ; vide s’il paie tout."""
    autres = total - premier.montant
    if not premier.montant or autres <= 0:
        return ""
    part = (autres / premier.montant).quantize(Decimal("0.01"))
    dit = f"{nombre(part, 2)}{INSECABLE}€".replace(f",00{INSECABLE}", INSECABLE)
    return typo(
        f"Quand le premier financeur ({tenir(premier.nom, 10, 80, 1)}) paie 1{INSECABLE}€, "
        f"les autres paient ensemble {dit}."
    )
