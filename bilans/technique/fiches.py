"""Une fiche du bilan technique, prête à poser : mêmes formes que les dossiers de fiches.

Étapes, valeurs et montants sont des lignes et non des tableaux : une case de tableau coûte dix
fois une ligne, et ils sont des milliers.
"""

from collections.abc import Iterable, Iterator, Mapping

from bilans.dossier.contenu import Champ, Groupe, Passage, Section
from bilans.dossier.contenu import Fiche as FichePosee
from bilans.dossier.passages import ecrit, passages
from bilans.dossier.rubriques import calendrier
from bilans.technique import argent
from bilans.technique.donnees import Axe, Etape, Fait, Fiche, Indicateur, Technique
from cls_platform.socle.typographie import (
    INSECABLE,
    date_courte,
    date_longue,
    nombre,
    pluriel,
    pourcent,
)
from indicateurs import phrases

SANS_UNITE = frozenset({"", "nombre"})


def groupes(technique: Technique, *, avec_montants: bool) -> Iterator[Groupe]:
    connus = {indicateur.cle: indicateur for indicateur in technique.indicateurs}
    for rang, axe in enumerate(technique.axes):
        yield Groupe(
            cle=str(rang + 1),
            rubrique=ecrit(f"Axe {axe.numero}") if axe.numero else "",
            titre=ecrit(axe.titre),
            couleur=axe.couleur,
            fiches=tuple(_fiches(axe, connus, technique.annee, avec_montants=avec_montants)),
        )


def _fiches(
    axe: Axe, connus: Mapping[str, Indicateur], annee: int, *, avec_montants: bool
) -> Iterator[FichePosee]:
    for fiche in axe.fiches:
        parties = [*_etapes(fiche), *_mesures(fiche, connus)]
        parties += _argent(fiche) if avec_montants else []
        yield FichePosee(
            cle=fiche.cle,
            numero=ecrit(fiche.numero),
            titre=ecrit(fiche.titre),
            place=tuple(map(ecrit, fiche.objectifs)),
            statut=fiche.statut,
            mot_du_statut=fiche.libelle_statut,
            reperes=tuple(_reperes(fiche, annee, avec_montants=avec_montants)),
            sections=(*parties, *_annee(fiche, annee)),
            est_restreinte=False,
        )


def _reperes(fiche: Fiche, annee: int, *, avec_montants: bool) -> Iterator[tuple[str, str]]:
    yield "Pilote", ecrit(fiche.pilote) or "Sans pilote"
    yield "Calendrier", calendrier(fiche.debut, fiche.fin) or "Sans échéance"
    yield "Avancement", pourcent(fiche.avancement, 0)
    if avec_montants and (dits := argent.resume(fiche, annee)):
        yield f"Budget {annee}", dits
    if fiche.raison:
        yield "Raison du statut", ecrit(fiche.raison)
    if fiche.partenaires:
        yield "Partenaires", ecrit(", ".join(fiche.partenaires))


def _etapes(fiche: Fiche) -> Iterator[Section]:
    if fiche.etapes:
        yield _lignes("ETAPES", "Étapes", map(_etape, fiche.etapes))


def _etape(etape: Etape) -> str:
    """« Former les agents, CPTS : faite, 12 mars 2025 »."""
    jour = etape.fait_le or etape.echeance
    quand = f", {date_courte(jour)}" if jour else ""
    qui = f", {etape.qui}" if etape.qui else ""
    return ecrit(f"{etape.libelle}{qui}{INSECABLE}: {etape.etat.lower()}{quand}")


def _mesures(fiche: Fiche, connus: Mapping[str, Indicateur]) -> Iterator[Section]:
    if fiche.indicateurs:
        lues = (valeurs(connus[cle]) for cle in fiche.indicateurs)
        yield _lignes("INDICATEURS", "Indicateurs", lues)


def valeurs(indicateur: Indicateur) -> str:
    """« Personnes formées (personnes). 2024 : 90 ; 2025 : 112 ; cible 2027 : 200. »"""
    serie = indicateur.serie
    unite = "" if serie.unite in SANS_UNITE else f" ({serie.unite})"
    dites = [
        f"{r.annee}{INSECABLE}: {phrases.lire(r, serie, avec_unite=False)}"
        f"{', provisoire' if r.est_provisoire else ''}"
        for r in serie.releves
    ] or ["aucune valeur"]
    for mot, repere in (("départ", serie.reference), ("cible", serie.cible)):
        if repere:
            lue = nombre(repere.valeur, serie.decimales)
            dites.append(f"{mot} {repere.annee}{INSECABLE}: {lue}")
    return ecrit(f"{serie.libelle}{unite}. {' ; '.join(dites)}.")


def _argent(fiche: Fiche) -> Iterator[Section]:
    champs = [
        _liste(titre, lignes)
        for titre, lignes in (
            ("Ce que l’action coûte", tuple(argent.lignes_de_depense(fiche))),
            ("Qui la finance", tuple(argent.lignes_d_apport(fiche))),
        )
        if lignes
    ]
    if champs:
        yield Section("BUDGET", "Budget et financements", tuple(champs))


def _annee(fiche: Fiche, annee: int) -> Iterator[Section]:
    champs = [champ for fait in fiche.faits if (champ := _fait(fait)).passages]
    if champs:
        yield Section("JOURNAL", f"Ce qui s’est passé en {annee}", tuple(champs))


def _fait(fait: Fait) -> Champ:
    """Les freins et les leviers ont leur propre partie."""
    dits = [f"Statut{INSECABLE}: {fait.statut}. {fait.raison}"] if fait.statut else []
    if fait.participants is not None:
        dits.append(f"Participants{INSECABLE}: {nombre(fait.participants)}")
    dits += [fait.fait] if fait.fait else []
    dits += [f"Suites{INSECABLE}: {fait.suites}"] if fait.suites else []
    return Champ(date_longue(fait.jour), passages("\n".join(dits)))


def _lignes(code: str, titre: str, lignes: Iterable[str]) -> Section:
    return Section(code, titre, (_liste("", lignes),))


def _liste(libelle: str, lignes: Iterable[str]) -> Champ:
    return Champ(libelle, (Passage(tuple(lignes), est_liste=True),))


def compte_des_fiches(technique: Technique) -> str:
    return pluriel(len(technique.fiches), "fiche action", "fiches action")
