"""La matière de chaque partie : ce qui l’aide, et rien d’autre."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from bilans.instantane import Instantane, Volet
from bilans.models import Bilan, CodeSection
from bilans.rapport.matiere import a_venir, lots, phrases
from bilans.rapport.matiere.formes import Lot, Matiere, TexteDAvant
from bilans.rapport.matiere.lecture import Lecture

PREFIXE_VOLET, SANS_AXE = "volet-", "sans-axe"
Partie = Callable[[Lecture], Matiere]


def matiere(bilan: Bilan, code: str, *, le: date) -> Matiere:
    """`code` : celui d’une section, ou « volet-<axe> », « volet-sans-axe ».

    `le` : le jour où l’on lit le plan. Une partie qui se fait seule n’a pas de matière.
    """
    lecture = Lecture(bilan, le)
    if code.startswith(PREFIXE_VOLET):
        cle = code.removeprefix(PREFIXE_VOLET)
        return _volet(lecture, "" if cle == SANS_AXE else cle)
    partie = _PARTIES.get(code)
    return partie(lecture) if partie else Matiere()


def _faite(
    lecture: Lecture, nom: str, proposition: Iterable[str], *des_lots: Lot | None
) -> Matiere:
    return Matiere(
        proposition=tuple(proposition),
        lots=tuple(lot for lot in des_lots if lot and lot.trouvailles),
        avant=_texte_d_avant(lecture.precedent, nom),
    )


def _texte_d_avant(precedent: Instantane | None, nom: str) -> TexteDAvant | None:
    texte = getattr(precedent.textes, nom) if precedent and nom else None
    return TexteDAvant(precedent.annee, texte.texte) if precedent and texte else None


def _edito(lu: Lecture) -> Matiere:
    page = lu.instantane
    return _faite(
        lu, "edito", phrases.de_l_edito(page), lots.chiffres(page), lots.comparaison(lu),
        lots.notes(lu.notes, ("fait",), "Ce qui a été fait"),
    )  # fmt: skip


def _comprendre(lu: Lecture) -> Matiere:
    return _faite(lu, "comprendre", (), lots.presentation(lu.instantane))


def _chiffres(lu: Lecture) -> Matiere:
    return _faite(lu, "", (), lots.chiffres(lu.instantane), lots.indicateurs_compares(lu))


def _avancement(lu: Lecture) -> Matiere:
    return _faite(lu, "", (), lots.comparaison(lu), lots.passages(lu.passages))


def _indicateurs(lu: Lecture) -> Matiere:
    tous = [i for volet in lu.instantane.volets for i in volet.indicateurs]
    return _faite(lu, "", (), lots.indicateurs(tous), lots.indicateurs_compares(lu))


def _zoom(lu: Lecture) -> Matiere:
    return _faite(
        lu, "zoom", (), lots.actions(lu.instantane),
        lots.notes(lu.notes, ("fait", "leviers"), "Ce que dit le journal des fiches"),
    )  # fmt: skip


def _difficultes(lu: Lecture) -> Matiere:
    arrets = [p for p in lu.passages if p.vers in phrases.ARRETS]
    return _faite(
        lu, "difficultes", phrases.des_difficultes(lu.instantane),
        lots.notes(lu.notes, ("freins",), "Les freins"),
        lots.notes(lu.notes, ("leviers",), "Ce qui a aidé"),
        lots.passages(arrets, "Ce qui s’est arrêté ou a pris du retard"),
    )  # fmt: skip


def _budget(lu: Lecture) -> Matiere:
    return _faite(lu, "budget", phrases.de_l_argent(lu.instantane.argent), lots.budget_compare(lu))


def _participation(lu: Lecture) -> Matiere:
    dites = phrases.de_la_participation(lu.reunions, lu.notes, lu.bilan.annee)
    return _faite(
        lu, "participation", dites, lots.reunions(lu.reunions), lots.decisions(lu.decisions),
        lots.participants(lu.notes),
    )  # fmt: skip


def _perspectives(lu: Lecture) -> Matiere:
    titres = {action.cle: action.titre for action in lu.instantane.actions}
    return _faite(
        lu, "perspectives", phrases.des_perspectives(lu.prevus, titres),
        lots.notes(lu.notes, ("suites",), "Les suites à donner"),
        lots.decisions(lu.ouvertes, "Les décisions qui attendent"),
        lots.annonces_a_reprendre(lu.instantane),
    )  # fmt: skip


def _a_decider(lu: Lecture) -> Matiere:
    faite = _faite(
        lu, "a_decider", a_venir.proposition(lu.a_l_ordre_du_jour, lu.ouvertes, lu.le),
        lots.ordre_du_jour(lu.a_l_ordre_du_jour),
        lots.decisions(lu.ouvertes, "Les décisions qui attendent"),
        lots.annonces_a_reprendre(lu.instantane),
    )  # fmt: skip
    fermees = not all(
        [p.est_publique for p in lu.a_l_ordre_du_jour] + [d.est_publique for d in lu.ouvertes]
    )
    return replace(faite, reserve=a_venir.RESERVE if fermees else "")


def _volet(lu: Lecture, cle: str) -> Matiere:
    page = lu.instantane
    volet = next((v for v in page.volets if v.cle == cle), None)
    notes = [note for note in lu.notes if note.axe == cle]
    siens = [passage for passage in lu.passages if passage.axe == cle]
    return Matiere(
        proposition=tuple(phrases.du_volet(volet, page.annee)) if volet else (),
        lots=tuple(
            lot
            for lot in (
                lots.notes(notes, ("fait", "freins", "suites"), "Ce que dit le journal des fiches"),
                lots.passages(siens),
                lots.indicateurs(volet.indicateurs) if volet else None,
                lots.argent_du_volet(page, volet) if volet else None,
            )
            if lot and lot.trouvailles
        ),
        avant=_volet_d_avant(lu.precedent, volet),
    )


def _volet_d_avant(precedent: Instantane | None, volet: Volet | None) -> TexteDAvant | None:
    """Le même axe ; à défaut d’identifiant, le même titre."""
    if precedent is None or volet is None:
        return None
    de_cle = (v for v in precedent.volets if v.cle and v.cle == volet.cle)
    de_titre = (v for v in precedent.volets if not v.cle and v.titre == volet.titre)
    avant = next(de_cle, None) or next(de_titre, None)
    return TexteDAvant(precedent.annee, avant.texte) if avant and avant.texte else None


_PARTIES: dict[str, Partie] = {
    CodeSection.EDITO: _edito,
    CodeSection.COMPRENDRE: _comprendre,
    CodeSection.CHIFFRES_CLES: _chiffres,
    CodeSection.AVANCEMENT: _avancement,
    CodeSection.ZOOM: _zoom,
    CodeSection.INDICATEURS: _indicateurs,
    CodeSection.DIFFICULTES: _difficultes,
    CodeSection.BUDGET: _budget,
    CodeSection.PARTICIPATION: _participation,
    CodeSection.PERSPECTIVES: _perspectives,
    CodeSection.A_DECIDER: _a_decider,
}
