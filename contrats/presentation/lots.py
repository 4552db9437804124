"""Un lot en mots : ce qui est demandé, et pour chaque fiche ce qui part et ce qui vient."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from cls_platform.socle import typographie
from cls_platform.socle.templatetags.francais import date_courte
from contrats import affichage
from contrats.champs_lot import LIBELLES
from contrats.lots import DATES, DU_PILOTE, NOMENCLATURES, Decalage, Demande
from contrats.models import EtatLigne, LigneDeLot, Lot, Priorite
from contrats.models.vocabulaire_liens import CHAMP_DU_ROLE
from contrats.services.valeurs_lot import MODELES_CITES, citations

DISPARU = "élément effacé"
TITRES: Mapping[str, str] = {
    EtatLigne.CONFLIT: "Changées par quelqu’un depuis l’aperçu, laissées telles quelles",
    EtatLigne.GARDEE: "Laissées telles quelles",
    EtatLigne.REFUSEE: "Refusées",
    EtatLigne.A_FAIRE: "À modifier",
    EtatLigne.FAITE: "Modifiées",
    EtatLigne.RENDUE: "Rétablies",
    EtatLigne.INCHANGEE: "Déjà ainsi",
}
Noms = Mapping[tuple[Any, str], str]


@dataclass(frozen=True, slots=True)
class Ecart:
    """Pour une liste, `part` et `vient` ne disent que ce qui bouge."""

    libelle: str
    part: str
    vient: str


@dataclass(frozen=True, slots=True)
class LigneMontree:
    numero: str
    titre: str
    adresse: str
    groupe: str
    motif: str
    ecarts: Sequence[Ecart]


def lignes_montrees(lignes: Iterable[LigneDeLot]) -> list[LigneMontree]:
    """Une requête par sorte d’élément cité."""
    lignes = list(lignes)
    noms = noms_cites(valeurs for ligne in lignes for valeurs in (ligne.avant, ligne.apres))
    return [
        LigneMontree(
            numero=ligne.action.numero,
            titre=ligne.action.titre,
            adresse="" if ligne.action.corbeille_le else affichage.adresse_de(ligne.action_id),
            groupe=TITRES[ligne.etat],
            motif=ligne.motif,
            ecarts=[_ecart(nom, ligne, noms) for nom in LIBELLES if nom in ligne.apres],
        )
        for ligne in lignes
    ]


def noms_cites(valeurs: Iterable[Mapping[str, Any]]) -> Noms:
    cites: dict[Any, set[str]] = {}
    for codes in valeurs:
        for nom, code in citations(codes):
            cites.setdefault(MODELES_CITES[nom], set()).add(code)
    return {
        (modele, str(objet.pk)): str(objet)
        for modele, cles in cites.items()
        for objet in modele.objects.filter(pk__in=cles)
    }


def _ecart(nom: str, ligne: LigneDeLot, noms: Noms) -> Ecart:
    avant, apres = ligne.avant[nom], ligne.apres[nom]
    if isinstance(apres, list):
        partis, venus = sorted(set(avant) - set(apres)), sorted(set(apres) - set(avant))
        return Ecart(LIBELLES[nom], _liste(nom, partis, noms), _liste(nom, venus, noms))
    return Ecart(LIBELLES[nom], en_mots(nom, avant, noms), en_mots(nom, apres, noms))


def _liste(nom: str, codes: Iterable[str], noms: Noms) -> str:
    return ", ".join(noms.get((MODELES_CITES[nom], code), DISPARU) for code in codes)


def en_mots(nom: str, code: Any, noms: Noms) -> str:
    if code is None or code == "":
        return ""
    if nom in MODELES_CITES:
        return noms.get((MODELES_CITES[nom], code), DISPARU)
    if nom in DATES:
        return str(date_courte(date.fromisoformat(code)))
    if isinstance(code, bool):
        return "oui" if code else "non"
    mots: Mapping[str, Any] = {
        "statut": affichage.MOT_DU_STATUT,
        "priorite": dict(Priorite.choices),
    }
    return str(mots[nom].get(code, code)) if nom in mots else str(code)


# La demande, en phrases --------------------------------------------------------------------------


def phrases(demande: Demande) -> list[str]:
    """« Statut : reportée », « Échéance : 6 mois plus tard », « Thèmes : ajouter Jeunes »."""
    citees = [dict(demande.valeurs)]
    citees += [
        {nom: sorted(r.ajouter | r.retirer) for nom, r in demande.listes.items()},
    ]
    noms = noms_cites(citees)
    dites = [_de_la_valeur(nom, demande, noms) for nom in LIBELLES if nom in demande.valeurs]
    dites += [
        f"{LIBELLES[nom]}\u00a0: {_decalage(demande.decalages[nom])}"
        for nom in DATES
        if nom in demande.decalages
    ]
    for nom in (*NOMENCLATURES, *CHAMP_DU_ROLE.values()):
        if retouche := demande.listes.get(nom):
            for geste, codes in (("ajouter", retouche.ajouter), ("retirer", retouche.retirer)):
                if codes:
                    liste = _liste(nom, sorted(codes), noms)
                    dites.append(f"{LIBELLES[nom]}\u00a0: {geste} {liste}")
    return [dite for dite in dites if dite]


def _de_la_valeur(nom: str, demande: Demande, noms: Noms) -> str:
    code = demande.valeurs[nom]
    if nom in DU_PILOTE and not code:
        return "Retirer le pilote" if nom == "pilote" else ""
    if nom == "statut_raison" and not code:
        return ""
    return f"{LIBELLES[nom]}\u00a0: {en_mots(nom, code, noms) or 'effacer'}"


def _decalage(decalage: Decalage) -> str:
    sens = "plus tôt" if decalage.nombre < 0 else "plus tard"
    nombre = abs(decalage.nombre)
    if decalage.unite == "mois":
        return f"{nombre}\u00a0mois {sens}"
    return f"{typographie.pluriel(nombre, 'jour')} {sens}"


@dataclass(frozen=True, slots=True)
class LotMontre:
    """Un lot de la liste : qui, quand, quoi, et ce qu’il en est advenu."""

    lot: Lot
    adresse: str
    qui: str
    phrases: Sequence[str]
    modifiees: int
    laissees: int
    est_annulable: bool


def lots_montres(lots: Iterable[Any], maintenant: datetime) -> list[LotMontre]:
    """`lots` viennent de LotQuerySet.faits, avec leurs comptes."""
    return [_montre(lot, maintenant) for lot in lots]


def _montre(lot: Any, maintenant: datetime) -> LotMontre:
    jusqua = lot.annulable_jusqua
    return LotMontre(
        lot=lot,
        adresse=reverse("contrats:lot", args=[lot.pk]),
        qui=lot.cree_par.nom_complet if lot.cree_par else "Compte effacé",
        phrases=[LIBELLES[nom] for nom in LIBELLES if nom in Demande.depuis(lot.demande).champs],
        modifiees=lot.n_faite + lot.n_rendue + lot.n_gardee,
        laissees=lot.n_refusee + lot.n_conflit,
        est_annulable=bool(jusqua and jusqua > maintenant and lot.n_faite),
    )
