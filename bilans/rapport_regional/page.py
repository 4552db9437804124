"""De l’instantané d’un rapport au PDF : ce que le gabarit pose, puis l’impression. Aucune base."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from bilans.dossier.page import TableauPose
from bilans.dossier.passages import ecrit, passages
from bilans.mise_en_page.couverture import carte_de_couverture, ondes
from bilans.mise_en_page.deux_colonnes import en_deux
from bilans.mise_en_page.mesures import MM, POINT
from bilans.mise_en_page.mots_ecrits import REMPLACES
from bilans.pdf import ResultatPdf, imprimer, piece_jointe
from bilans.rapport_regional import images, tableaux
from bilans.rapport_regional.chiffres import chiffres
from bilans.rapport_regional.donnees import csv_des_territoires
from bilans.rapport_regional.instantane import DoctrineFigee, Instantane
from bilans.rapport_regional.methode import methode
from bilans.rapport_regional.tableaux_pilotage import du_pilotage
from cls_platform.socle.svg import metriques
from cls_platform.socle.typographie import date_longue, nombre, pluriel, pourcent
from contrats.presentation.page_pilotage import AVERTISSEMENT
from contrats.presentation.pilotage import Liens
from contrats.presentation.pilotage import tableaux as tableaux_du_pilotage

FEUILLES = ("pdf.css", "pdf-fiches.css", "pdf-rapport.css")
# Le nom de la région tient sur la couverture en deux lignes
TAILLES_DU_NOM = (68, 54, 42, 32)
# Une page en tient une trentaine
LIGNES_D_UN_TABLEAU_TENU = 26
PARTIES_DU_PILOTAGE = (
    ("avancement", "L’avancement des plans", ("statuts", "retards"), ""),
    ("themes", "Ce que travaillent les contrats", ("themes", "populations", "objectifs"), ""),
    ("argent", "L’argent des contrats", ("financeurs", "annees", "missions-fir"), ""),
    ("signataires", "Qui signe, qui coordonne", ("signataires", "coordination"), ""),
    ("comparer", "D’un territoire à l’autre", ("departements", "par-contrat"), AVERTISSEMENT),
)


@dataclass(frozen=True, slots=True)
class _Pose(TableauPose):
    @property
    def est_court(self) -> bool:
        """Il passe entier à la page suivante : un rapport ne laisse pas deux lignes seules."""
        return len(self.tableau.lignes) <= LIGNES_D_UN_TABLEAU_TENU


@dataclass(frozen=True, slots=True)
class Partie:
    """Une partie du pilotage, ses tableaux, et ce qui vaut pour tous."""

    ancre: str
    titre: str
    tableaux: tuple[_Pose, ...]
    note: str


def rendre_rapport(
    instantane: Instantane, avancer: Callable[[int], None] = lambda _pourcentage: None
) -> ResultatPdf:
    """Les mêmes données font les mêmes octets. `avancer` reçoit la progression, de 0 à 100."""
    html = en_html(instantane)
    avancer(20)
    pieces = (
        ("territoires.csv", "La carte, pour un tableur", csv_des_territoires(instantane)),
        ("donnees.json", "Toutes les données, pour un programme", instantane.en_donnees()),
    )
    return imprimer(
        html,
        {"ondes.svg": ondes(instantane.silhouette)},
        empreinte=instantane.empreinte(),
        feuilles=FEUILLES,
        pieces=[piece_jointe(*piece, instantane.arrete_le) for piece in pieces],
        avancer=avancer,
    )


def en_html(instantane: Instantane) -> str:
    page = render_to_string("bilans/rapport_regional/pdf/rapport.html", contexte(instantane))
    return page.translate(REMPLACES)


def contexte(instantane: Instantane) -> dict[str, Any]:
    lieu = instantane.lieu
    parties = {
        "rapport": instantane,
        "titre_document": ecrit(f"{titre(instantane)}, au {date_longue(instantane.le)}"),
        "titre_courant": _titre_courant(instantane),
        "description": ecrit(
            f"La couverture {lieu.complement} par les contrats locaux de santé, "
            f"au {date_longue(instantane.le)}."
        ),
        "nom": ecrit(lieu.nom),
        "taille_du_nom": _taille_du_nom(ecrit(lieu.nom)),
        "complement": ecrit(lieu.complement),
        "agence": ecrit(lieu.agence),
        "delegations": ecrit(", ".join(lieu.delegations)),
        "le": date_longue(instantane.le),
        "arrete_le": date_longue(instantane.arrete_le),
        "couverture": carte_de_couverture(instantane.silhouette, ecrit(f"Carte {lieu.complement}")),
        "chiffres": chiffres(instantane),
        "en_detail": _Pose(tableaux.parties(instantane)),
        "zonages": _pose(tableaux.zonages, instantane.zonages),
        "doctrine": _doctrine(instantane.doctrine),
        "carte": images.carte(instantane.carte) if instantane.carte else "",
        "notes_de_carte": _notes_de_carte(instantane),
        "jumeau": _Pose(tableaux.territoires(instantane)),
        "courbe": images.courbe(instantane),
        "annees": _pose(tableaux.annees, instantane.annees),
        "contrats": _pose(tableaux.contrats, instantane.contrats),
        "blancs": _pose(tableaux.blancs, instantane.blancs),
        "fins": _pose(tableaux.fins, instantane.fins),
        "faits": _pose(tableaux.faits, instantane.faits),
        "pilotage": _pilotage(instantane),
        "methode": methode(instantane),
        **_phrases(instantane),
    }
    return {**parties, "sommaire": en_deux(_sommaire(parties), par_bloc=40)[0]}


def titre(instantane: Instantane) -> str:
    if instantane.est_national:
        return "Rapport national"
    return f"Rapport régional, {instantane.lieu.nom}"


def _titre_courant(instantane: Instantane) -> str:
    fin = " – Démonstration" if instantane.est_demonstration else ""
    nom = metriques.abreger(ecrit(titre(instantane)), 8.5 * POINT, 90 * MM)
    return f"{nom} – au {date_longue(instantane.le)}{fin}"


def _taille_du_nom(nom: str) -> int:
    """La plus grande où le nom tient en deux lignes de 174 mm."""
    for points in TAILLES_DU_NOM:
        lignes = metriques.couper(nom, points * POINT, 174 * MM)
        large = max(metriques.largeur(ligne, points * POINT, 800) for ligne in lignes)
        if len(lignes) <= 2 and large <= 174 * MM:
            return points
    return TAILLES_DU_NOM[-1]


def _pose(ecrire: Callable[[Any], Any], lues: Any) -> _Pose | None:
    """None sans ligne : la partie dit alors qu’il n’y a rien."""
    return _Pose(ecrire(lues)) if lues else None


def _doctrine(lue: DoctrineFigee | None) -> dict[str, Any] | None:
    if lue is None:
        return None
    taux = lue.population_couverte / lue.population if lue.population else 0.0
    return {
        "vise": ecrit(lue.vise),
        "depuis": date_longue(lue.depuis),
        "cible": pourcent(lue.cible_taux, 0 if lue.cible_taux * 100 % 1 == 0 else 1),
        "cible_date": date_longue(lue.cible_date),
        "taux": pourcent(taux),
        "habitants": f"{nombre(lue.population_couverte)} sur {nombre(lue.population)}",
        "communes": f"{nombre(lue.communes_couvertes)} sur {nombre(lue.communes)}",
        "manque": pluriel(lue.manquants, "habitant") if lue.manquants else "",
        "a_la_cible": pourcent(lue.couverte_a_la_cible / lue.population if lue.population else 0),
        "texte": passages(lue.texte),
        "barre": images.barre(lue),
    }


def _notes_de_carte(instantane: Instantane) -> str:
    carte = instantane.carte
    if carte is None:
        return ""
    hors = f"Hors de la carte : {', '.join(carte.hors_carte)}." if carte.hors_carte else ""
    parts = (
        "Entre parenthèses : la part des habitants."
        if any(ligne.part for ligne in carte.legende)
        else ""
    )
    return ecrit(" ".join(filter(None, [parts, *carte.notes, hors, carte.sources])))


def _phrases(instantane: Instantane) -> dict[str, str]:
    """Ce que dit chaque partie avant son tableau."""
    signes = sum(c.est_signe for c in instantane.contrats)
    projets = len(instantane.contrats) - signes
    blanches = sum(b.population for b in instantane.blancs)
    return {
        "phrase_des_contrats": ecrit(
            f"{pluriel(signes, 'contrat signé', 'contrats signés')} et "
            f"{pluriel(projets, 'contrat en projet', 'contrats en projet')} "
            f"comptent au {date_longue(instantane.le)}."
        ),
        "phrase_des_blancs": ecrit(
            f"{pluriel(blanches, 'habitant')} dans une commune sans contrat, ni signé, ni en "
            "projet."
        ),
        "phrase_des_fins": ecrit(
            f"{pluriel(len(instantane.fins), 'contrat signé', 'contrats signés')} "
            f"{'finissent' if len(instantane.fins) > 1 else 'finit'} dans les vingt-quatre mois."
        ),
        "phrase_de_la_courbe": ecrit(_phrase_de_la_courbe(instantane)),
    }


def _phrase_de_la_courbe(instantane: Instantane) -> str:
    if not instantane.annees:
        return "Aucune commune n’a encore été couverte."
    debut, fin = instantane.annees[0], instantane.annees[-1]
    return (
        f"Part des habitants couverts par un contrat signé : {pourcent(debut.taux_signe)} en "
        f"{debut.le.year}, {pourcent(fin.taux_signe)} au {date_longue(fin.le)}. La population est "
        "celle du dernier millésime, à toutes les dates."
    )


def _pilotage(instantane: Instantane) -> tuple[Partie, ...]:
    if instantane.pilotage is None or not instantane.pilotage.contrats:
        return ()
    faits = tableaux_du_pilotage(instantane.pilotage, Liens())
    return tuple(
        Partie(
            ancre,
            ecrit(nom),
            tuple(_Pose(du_pilotage(faits[cle])) for cle in cles if faits[cle].rangs),
            ecrit(note),
        )
        for ancre, nom, cles, note in PARTIES_DU_PILOTAGE
        if cles[0] in faits
    )


def _sommaire(parties: dict[str, Any]) -> list[tuple[str, str]]:
    """(ancre, titre) de chaque partie présente."""
    lignes = [
        ("essentiel", "L’essentiel", True),
        ("detail", "Le chiffre en détail", True),
        ("doctrine", "La doctrine de l’agence", parties["doctrine"]),
        ("carte", "La carte et son tableau", True),
        ("temps", "Au fil du temps", True),
        ("contrats", "Les contrats", not parties["rapport"].est_national),
        ("blancs", "Les territoires sans contrat", True),
        ("fins", "Les fins à venir", True),
        ("faits", "Ce qui a changé en un an", True),
        *((partie.ancre, partie.titre, True) for partie in parties["pilotage"]),
        ("methode", "Méthode et sources", True),
    ]
    return [(ancre, nom) for ancre, nom, est_presente in lignes if est_presente]
