"""Les tableaux du pilotage, prêts à poser : les mêmes que sur la page, sans lien."""

from bilans.dossier.contenu import Tableau
from bilans.rapport_regional.tableaux import poser
from contrats.presentation.tableau_pilotage import Rang, TableauDePilotage

# En % : le nom de la ligne garde le reste
LARGEUR_DES_COLONNES = 74


def du_pilotage(tableau: TableauDePilotage) -> Tableau:
    """Les colonnes de droite en chiffres, le total à la fin, la règle dessous."""
    rangs = [*tableau.rangs, *([tableau.total] if tableau.total else [])]
    a_droite = 0
    for colonne in reversed(tableau.colonnes):
        if not colonne.est_a_droite:
            break
        a_droite += 1
    larges = [14 if colonne.est_a_droite else 22 for colonne in tableau.colonnes]
    if sum(larges) > LARGEUR_DES_COLONNES:
        larges = [LARGEUR_DES_COLONNES // len(larges)] * len(larges)
    return poser(
        ((tableau.tete, 100 - sum(larges)),
         *((c.titre, large) for c, large in zip(tableau.colonnes, larges, strict=True))),
        rangs,
        _rang,
        nombres=a_droite,
        totaux=frozenset({len(rangs) - 1}) if tableau.total else frozenset(),
        titre=tableau.titre,
        note=f"{tableau.regle} {tableau.source}".strip(),
    )  # fmt: skip


def _rang(rang: Rang) -> tuple[str, ...]:
    return (rang.nom, *(case.ecrit or case.sinon or "—" for case in rang.cases))
