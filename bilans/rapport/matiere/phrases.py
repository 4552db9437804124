"""Un premier jet : une phrase par fait, faite des seules données. Aucune base.

Ce qui n’est pas su n’est pas dit. Un petit nombre de personnes ne s’écrit pas : il pourrait en
désigner une.
"""

from collections.abc import Iterable, Iterator, Sequence

from bilans.etats_publics import EtatPublic
from bilans.instantane import Action, Argent, Instantane, Volet
from bilans.rapport.matiere.formes import Note, Prevu
from cls_platform.socle.typographie import INSECABLE, euros, mois_annee, nombre, pluriel
from contrats.etats import STATUT_PUBLIC, StatutAction
from contrats.models import Reunion
from indicateurs.phrases import est_un_compte
from indicateurs.series import SEUIL_SECRET

DIFFICILES = (EtatPublic.EN_RETARD, EtatPublic.SUSPENDUE, EtatPublic.ABANDONNEE)
_DIT = {
    EtatPublic.EN_RETARD: "est en retard",
    EtatPublic.SUSPENDUE: "est arrêtée pour l’instant",
    EtatPublic.ABANDONNEE: "ne se fera pas",
}


def cite(titre: str) -> str:
    return f"«{INSECABLE}{titre}{INSECABLE}»"


def de_l_edito(page: Instantane) -> Iterator[str]:
    yield from _avancement(page.actions)
    if vedette := _plus_grand_compte(page):
        yield _phrase(vedette)
    yield from _des_annonces(page)


def _plus_grand_compte(page: Instantane) -> str:
    """« 212 personnes accueillies en 2025 » ; vide si aucun indicateur ne compte l’année."""
    annee = page.annee
    comptes = [
        (releve.valeur, indicateur.titre)
        for volet in page.volets
        for indicateur in volet.indicateurs
        if est_un_compte(indicateur.serie, annee)
        and (releve := indicateur.serie.en(annee))
        and releve.valeur is not None
    ]
    return max(comptes)[1] if comptes else ""


def _des_annonces(page: Instantane) -> Iterator[str]:
    if not page.annonces:
        return
    lignes = page.annonces.lignes
    tenues = sum(ligne.devenir == "TENU" for ligne in lignes)
    if tenues:
        faites = f"{tenues} {'sont faites' if tenues > 1 else 'est faite'}"
        annonces = pluriel(len(lignes), "annonce")
        yield f"Sur {annonces} du bilan {page.annonces.annee}, {faites}."


def _avancement(actions: Sequence[Action]) -> Iterator[str]:
    """« 2 actions sur 6 sont terminées. 3 sont en cours. »"""
    finies = sum(action.etat == EtatPublic.TERMINEE for action in actions)
    en_cours = sum(action.etat == EtatPublic.EN_COURS for action in actions)
    if finies:
        verbe = "sont terminées" if finies > 1 else "est terminée"
        yield f"{pluriel(finies, 'action')} sur{INSECABLE}{len(actions)} {verbe}."
    if en_cours:
        verbe = "sont en cours" if en_cours > 1 else "est en cours"
        yield f"{pluriel(en_cours, 'action')} sur{INSECABLE}{len(actions)} {verbe}."


def du_volet(volet: Volet, annee: int) -> Iterator[str]:
    yield from _avancement(volet.actions)
    for action in volet.actions:
        if action.fait:
            yield _phrase(action.fait)
    faits = {action.fait for action in volet.actions}
    for indicateur in volet.indicateurs:
        releve = indicateur.serie.en(annee)
        if releve and releve.valeur is not None and indicateur.titre not in faits:
            yield _phrase(indicateur.titre)


def des_difficultes(page: Instantane) -> Iterator[str]:
    for etat in DIFFICILES:
        for action in page.actions:
            if action.etat == etat:
                yield f"L’action {cite(action.titre)} {_DIT[etat]}."


def de_l_argent(argent: Argent | None) -> Iterator[str]:
    if argent is None:
        return
    if argent.total:
        yield f"En {argent.annee}, {_financeurs(len(argent.payeurs))} {euros(argent.total)}."
        premier = argent.payeurs[0]
        yield f"Le premier est {cite(premier.nom)}, avec {euros(premier.montant)}."
        usage = argent.usages[0]
        yield f"Le premier volet financé est {cite(usage.nom)}, avec {euros(usage.montant)}."
    if argent.cout_realise is not None:
        yield f"Les actions ont coûté {euros(argent.cout_realise)}."
    if argent.apports_en_nature:
        yield f"Des apports en nature s’y ajoutent, estimés à {euros(argent.apports_en_nature)}."


def _financeurs(combien: int) -> str:
    return "un financeur a apporté" if combien == 1 else f"{combien} financeurs ont apporté"


def de_la_participation(
    reunions: Sequence[Reunion], notes: Iterable[Note], annee: int
) -> Iterator[str]:
    if reunions:
        verbe = "se sont tenues" if len(reunions) > 1 else "s’est tenue"
        yield f"{pluriel(len(reunions), 'réunion')} {verbe} en {annee}."
    publiques = sum(reunion.est_publique for reunion in reunions)
    if publiques:
        accord = "étaient ouvertes" if publiques > 1 else "était ouverte"
        yield f"{pluriel(publiques, 'réunion')} {accord} à tous."
    venues = sum(r.participants or 0 for r in reunions if r.est_publique)
    if venues >= SEUIL_SECRET:
        yield f"{pluriel(venues, 'participation')} aux réunions ouvertes à tous."
    comptees = sum(note.participants or 0 for note in notes if note.est_publique)
    if comptees >= SEUIL_SECRET:
        yield f"{pluriel(comptees, 'participation')} aux actions, d’après leur journal."


def des_perspectives(prevus: Iterable[Prevu], titres: dict[str, str]) -> Iterator[str]:
    """Une étape dit l’action dont elle est ; `titres` : ceux des actions publiques, par clé."""
    for prevu in prevus:
        quand = mois_annee(prevu.le)
        quand = quand[:1].upper() + quand[1:]
        if not prevu.est_une_etape:
            yield f"{quand} : l’action {cite(prevu.quoi)} commence."
        elif prevu.action in titres:
            yield f"{quand} : {prevu.quoi} ({titres[prevu.action]})."


def du_passage(fiche: str, de: str, vers: str, le: str) -> str:
    """« L’action « … » est passée de « En cours » à « Terminée » le 12 mars 2025. »"""
    arrivee = cite(STATUT_PUBLIC[vers])
    if not de:
        return f"L’action {cite(fiche)} commence à {arrivee} le {le}."
    return f"L’action {cite(fiche)} est passée de {cite(STATUT_PUBLIC[de])} à {arrivee} le {le}."


ARRETS = (
    StatutAction.EN_PAUSE, StatutAction.BLOQUEE, StatutAction.REPORTEE, StatutAction.ABANDONNEE,
    StatutAction.EN_RETARD,
)  # fmt: skip


def de_l_indicateur(titre: str, phrase: str) -> str:
    return " ".join(part for part in (_phrase(titre), phrase) if part)


def de_l_evolution(nom: str, avant: int, apres: int, annee: int) -> str:
    """« Terminée : 4, contre 1 en 2024. »"""
    return f"{nom}{INSECABLE}: {nombre(apres)}, contre {nombre(avant)} en {annee}."


def _phrase(texte: str) -> str:
    return f"{texte[:1].upper()}{texte[1:].rstrip('.')}."
