"""Les indicateurs d’une région tels qu’on les montre : des tableaux du pilotage, déjà écrits."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.urls import reverse

from acteurs.contexte import ValeurContexte
from cls_platform.socle import typographie
from cls_platform.socle.typographie import pluriel
from contrats.presentation.page_pilotage import Partie, TableauMontre
from contrats.presentation.tableau_pilotage import (
    Colonne,
    Genre,
    TableauDePilotage,
    rang,
    source,
)
from indicateurs.models import IndicateurModele, TypeIndicateur
from indicateurs.phrases import ecrire
from indicateurs.region.choix import Adresses
from indicateurs.region.lecture import Reuni, Suivi
from indicateurs.region.lignes import LigneDeContrat

TEXTE = Genre.TEXTE
NOMBRES = (
    Colonne("Avec une valeur"),
    Colonne("Réunies"),
    Colonne("Ensemble"),
    Colonne("Plus petite"),
    Colonne("Plus grande"),
    Colonne("Laissés de côté", TEXTE),
)
COLONNES = (Colonne("Contrats"), *NOMBRES)
EMPORTEES = (Colonne("Unité", TEXTE), *COLONNES)
DES_CONTRATS = (
    Colonne("Indicateur", TEXTE),
    Colonne("Valeur"),
    Colonne("Numérateur"),
    Colonne("Dénominateur"),
    Colonne("À savoir", TEXTE),
)
REGLE = (
    "Une somme s’additionne, un rapport se recalcule sur la somme des numérateurs et celle des "
    "dénominateurs, une moyenne se pondère par ses effectifs. Ce qui ne s’additionne pas ne se "
    "moyenne pas : la plus petite et la plus grande valeur."
)
QUI = "valeurs saisies ou calculées dans les contrats que vous suivez"
# Dans l’ordre où l’on rend compte : ce qui est fait, ce que cela donne, où l’on est
PARTIES = (
    (TypeIndicateur.REALISATION, "Ce qui est fait"),
    (TypeIndicateur.RESULTAT, "Ce que cela donne"),
    (TypeIndicateur.IMPACT, "Ce que cela change"),
    (TypeIndicateur.CONTEXTE, "Le territoire"),
)


def parties(suivis: Sequence[Suivi], annee: int, le: date, adresses: Adresses) -> list[Partie]:
    """Une partie par type d’indicateur qui en a."""
    return [
        Partie(
            type_.value.lower(),
            titre,
            (TableauMontre(_tableau(siens, annee, le, adresses, type_.value.lower()), ()),),
        )
        for type_, titre in PARTIES
        if (siens := [s for s in suivis if s.modele.type == type_])
    ]


def _tableau(
    suivis: Sequence[Suivi], annee: int, le: date, adresses: Adresses, cle: str
) -> TableauDePilotage:
    return TableauDePilotage(
        cle=cle,
        titre=f"{pluriel(len(suivis), 'indicateur')}, {annee}",
        tete="Indicateur",
        colonnes=COLONNES,
        rangs=tuple(
            rang(
                COLONNES,
                suivi.modele.libelle,
                _valeurs(suivi, annee),
                sinon="—",
                code=suivi.modele.pk,
                adresse=adresses.indicateur(suivi.modele.pk),
                precision=f"{suivi.modele.pk}, {suivi.modele.unite}",
            )
            for suivi in suivis
        ),
        source=source(QUI, le),
    )


def a_emporter(suivis: Iterable[Suivi], annee: int) -> TableauDePilotage:
    """Tous les indicateurs, avec leur unité."""
    return TableauDePilotage(
        cle="tous",
        titre=f"Indicateurs {annee}",
        tete="Indicateur",
        colonnes=EMPORTEES,
        rangs=tuple(
            rang(
                EMPORTEES,
                suivi.modele.libelle,
                (suivi.modele.unite, *_valeurs(suivi, annee)),
                code=suivi.modele.pk,
            )
            for suivi in suivis
        ),
    )


def _valeurs(suivi: Suivi, annee: int) -> tuple[Any, ...]:
    lu = suivi.annees.get(annee)
    return (suivi.suivi_par, *_nombres(suivi.modele, lu, suivi.ecartes, suivi.raison))


def _nombres(
    modele: IndicateurModele,
    reuni: Reuni | None,
    toujours: Mapping[str, int],
    raison: str = "",
) -> tuple[Any, ...]:
    ecartes = dict(toujours) | (dict(reuni.ecartes) if reuni else {})
    dits = [f"{nombre} {motif}" for motif, nombre in ecartes.items()]
    if dite := raison or (reuni.raison if reuni else ""):
        dits.insert(0, dite)
    cote = typographie.typographier("\u00a0; ".join(dits)) or None
    if reuni is None:
        return (None if raison else 0, None, None, None, None, cote)
    bornes = (arrondir(modele, reuni.minimum), arrondir(modele, reuni.maximum))
    return (
        reuni.contrats,
        None if reuni.valeur is None else reuni.reunies,
        arrondir(modele, reuni.valeur),
        *bornes,
        cote,
    )


def arrondir(modele: IndicateurModele, valeur: Decimal | None) -> Decimal | None:
    """Aux décimales de l’indicateur ; une au moins pour ce qui se calcule."""
    if valeur is None:
        return None
    decimales = modele.decimales
    if not decimales and valeur != valeur.to_integral_value():
        decimales = 1
    return valeur.quantize(Decimal(1).scaleb(-decimales), rounding=ROUND_HALF_UP)


def par_annee(suivi: Suivi, le: date) -> TableauDePilotage:
    """Du plus récent au plus ancien."""
    return TableauDePilotage(
        cle="annees",
        titre="Année par année",
        tete="Année",
        colonnes=NOMBRES,
        rangs=tuple(
            rang(
                NOMBRES,
                str(annee),
                _nombres(suivi.modele, suivi.annees[annee], {}),
                sinon="—",
                code=suivi.modele.pk,
            )
            for annee in sorted(suivi.annees, reverse=True)
        ),
        vide="Aucun contrat n’a encore de valeur pour cet indicateur.",
        regle=_regle(suivi.modele),
    )


def _regle(modele: IndicateurModele) -> str:
    return (
        f"{typographie.typographier(REGLE)} Ici\u00a0: {modele.get_agregation_display().lower()}."
    )


def des_contrats(lignes: Sequence[LigneDeContrat], annee: int, le: date) -> TableauDePilotage:
    """Sans numérateur ni dénominateur, leurs deux colonnes n’y sont pas."""
    a_deux = any(ligne.denominateur is not None for ligne in lignes)
    colonnes = DES_CONTRATS if a_deux else (*DES_CONTRATS[:2], DES_CONTRATS[-1])
    return TableauDePilotage(
        cle="contrats",
        titre=f"Contrat par contrat, {annee}",
        tete="Contrat",
        colonnes=colonnes,
        rangs=tuple(
            rang(
                colonnes,
                ligne.contrat,
                (
                    ligne.libelle,
                    ligne.valeur,
                    *((ligne.numerateur, ligne.denominateur) if a_deux else ()),
                    ligne.note,
                ),
                sinon="—",
                code=str(ligne.indicateur),
                adresse=reverse("indicateurs:fiche", args=[ligne.indicateur]),
            )
            for ligne in lignes
        ),
        vide="Aucun de ces contrats ne suit cet indicateur. Chaque coordination le choisit dans le "
        "catalogue, sur la page « Indicateurs » de son contrat.",
        source=source(QUI, le),
    )


def compte(suivis: Sequence[Suivi], contrats: int) -> str:
    mots = ("indicateur du catalogue suivi", "indicateurs du catalogue suivis")
    return f"{pluriel(len(suivis), *mots)} dans {pluriel(contrats, 'contrat')}"


def publiee(modele: IndicateurModele, valeur: ValeurContexte) -> str:
    """La valeur publiée pour toute la région ; vide si l’indicateur n’est pas de contexte."""
    if modele.type != TypeIndicateur.CONTEXTE:
        return ""
    if valeur.valeur is None:
        return typographie.typographier(f"Valeur publiée pour la région : {valeur.raison}.")
    ecrite = ecrire(valeur.valeur, modele.unite, max(modele.decimales, 1))
    return typographie.typographier(
        f"Valeur publiée pour la région : {ecrite} ({valeur.annee}). Source : {valeur.source}."
    )
