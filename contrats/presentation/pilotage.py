"""Les tableaux du pilotage d’une région : chacun dit sa règle, sa source, sa date.

`Liens` fabrique l’adresse des lignes qu’un nombre compte ; sans lui (le rapport), rien n’est lien.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from cls_platform.socle import typographie
from contrats.adresses import adresse_de
from contrats.etats import StatutAction
from contrats.filtres_pilotage import RETARDS
from contrats.pilotage.comptes import SEUIL, CompteDActions, Pilotage
from contrats.pilotage.coordination import BUDGET, INDICATEUR
from contrats.presentation.pilotage_argent import tableaux_de_l_argent
from contrats.presentation.pilotage_comparaisons import tableaux_des_comparaisons
from contrats.presentation.tableau_pilotage import (
    Colonne,
    Filtre,
    Genre,
    TableauDePilotage,
    rang,
    source,
)

SOURCES_DE_L_ETP = {INDICATEUR: "Indicateur P08", BUDGET: "Budget des fiches"}
TITRES = {
    "themes": ("Par thème", "Thème", "theme", "sans_theme"),
    "populations": ("Par public", "Public", "population", "sans_public"),
    "objectifs": (
        "Par objectif du projet régional de santé",
        "Objectif",
        "objectif_regional",
        "sans_objectif_regional",
    ),
}


@dataclass(frozen=True, slots=True)
class Liens:
    """`parametres` : les choix de la page, que chaque liste garde."""

    region: str = ""
    parametres: tuple[tuple[str, str], ...] = ()

    def vers(self, liste: str, **filtres: Filtre) -> str:
        """Vide sans région. Un filtre vide retire le choix de la page."""
        if not self.region:
            return ""
        adresse = reverse("contrats:pilotage_liste", args=[self.region, liste])
        gardes = {**dict(self.parametres), **filtres}
        dits = urlencode({n: valeur for n, valeur in gardes.items() if valeur}, doseq=True)
        return f"{adresse}?{dits}" if dits else adresse

    def fiche(self, nom: str, contrat: str) -> str:
        return adresse_de(nom, contrat) if self.region else ""


def tableaux(lu: Pilotage, liens: Liens) -> dict[str, TableauDePilotage]:
    """Tous, par clé, dans l’ordre de la page ; ceux de l’argent manquent à qui ne le voit pas."""
    faits = [
        statuts(lu, liens),
        retards(lu, liens),
        _rattachements("themes", lu.themes, lu.le, liens),
        _rattachements("populations", lu.populations, lu.le, liens),
        _rattachements("objectifs", lu.objectifs, lu.le, liens),
        *(tableaux_de_l_argent(lu.argent, lu.le, liens.vers) if lu.argent else ()),
        signataires(lu, liens),
        coordination(lu, liens),
        *tableaux_des_comparaisons(lu.comparaisons, lu.le, liens.vers),
    ]
    return {tableau.cle: tableau for tableau in faits}


FICHES = "fiches lisibles des plans d’actions"
ACTIONS_ET_CONTRATS = (Colonne("Fiches"), Colonne("Contrats"))


def statuts(lu: Pilotage, liens: Liens) -> TableauDePilotage:
    colonnes = (*ACTIONS_ET_CONTRATS, Colonne("Part des fiches", Genre.PART))
    return TableauDePilotage(
        cle="statuts",
        titre="Où en sont les fiches",
        tete="Statut",
        colonnes=colonnes,
        rangs=tuple(
            rang(
                colonnes,
                str(StatutAction(c.statut).label),
                (c.actions, c.contrats, c.actions / lu.actions if lu.actions >= SEUIL else None),
                adresses=(
                    liens.vers("fiches", statut=c.statut),
                    liens.vers("contrats", statut=c.statut),
                ),
                code=c.statut,
            )
            for c in lu.statuts
        ),
        regle="Chaque fiche une fois, par le statut que l’on lit aujourd’hui. Une échéance passée "
        "met en retard une action à venir ou en cours. Une part ne s’écrit qu’à partir de "
        f"{SEUIL}\u00a0fiches.",
        source=source(FICHES, lu.le),
    )


def retards(lu: Pilotage, liens: Liens) -> TableauDePilotage:
    mots = dict(RETARDS)
    return TableauDePilotage(
        cle="retards",
        titre="Depuis quand elles sont en retard",
        tete="Échéance dépassée",
        colonnes=ACTIONS_ET_CONTRATS,
        rangs=tuple(
            rang(
                ACTIONS_ET_CONTRATS,
                mots[c.code],
                (c.actions, c.contrats),
                adresses=(
                    liens.vers("fiches", retard=c.code),
                    liens.vers("contrats", retard=c.code),
                ),
                code=c.code,
            )
            for c in lu.retards
        ),
        regle="Les fiches en retard, par l’ancienneté de leur échéance.",
        source=source(FICHES, lu.le),
    )


def _rattachements(
    cle: str, comptes: Sequence[CompteDActions], le: date, liens: Liens
) -> TableauDePilotage:
    titre, tete, filtre, sans = TITRES[cle]
    colonnes = (*ACTIONS_ET_CONTRATS, Colonne("En retard"))

    def choix(compte: CompteDActions) -> dict[str, str]:
        return {filtre: compte.code} if compte.code else {sans: "true"}

    return TableauDePilotage(
        cle=cle,
        titre=titre,
        tete=tete,
        colonnes=colonnes,
        rangs=tuple(
            rang(
                colonnes,
                c.libelle,
                (c.actions, c.contrats, c.en_retard),
                adresses=(
                    liens.vers("fiches", **choix(c)),
                    liens.vers("contrats", **choix(c)),
                    liens.vers("fiches", en_retard="true", **choix(c)),
                ),
                code=c.code,
            )
            for c in comptes
        ),
        regle="Une fiche qui en porte deux compte dans chacun\u00a0: la colonne ne se somme pas.",
        source=source(FICHES, le),
        vide="Aucun objectif du projet régional de santé n’est enregistré pour cette région. "
        "L’administration peut les ajouter.",
    )


def signataires(lu: Pilotage, liens: Liens) -> TableauDePilotage:
    colonnes = (
        Colonne("Signataires"),
        Colonne("Part", Genre.PART),
        Colonne("Contrats qui en ont"),
    )
    tous = lu.signataires.signataires
    return TableauDePilotage(
        cle="signataires",
        titre="Qui signe",
        tete="Famille",
        colonnes=colonnes,
        rangs=tuple(
            rang(
                colonnes,
                g.libelle,
                (g.signataires, g.signataires / tous if tous >= SEUIL else None, g.contrats),
                adresses=(
                    liens.vers("signataires", groupe=g.groupe),
                    "",
                    liens.vers("contrats", groupe=g.groupe),
                ),
                code=g.groupe,
            )
            for g in lu.signataires.groupes
        ),
        regle="Contrats signés. Porteur, copilote, signataire et cosignataire associé\u00a0; une "
        "organisation compte une fois par contrat. Professionnels de santé\u00a0: CPTS, maisons et "
        "centres de santé, URPS, ordres, professionnels libéraux. Hôpitaux et dispositifs d’appui "
        "sont comptés à part.",
        source=source("signataires saisis dans les contrats", lu.le),
    )


def coordination(lu: Pilotage, liens: Liens) -> TableauDePilotage:
    """Un temps mène au contrat où il est dit ; son nom aussi, qu’il soit dit ou non."""
    colonnes = (
        Colonne("D’où il vient", Genre.TEXTE),
        Colonne("Année", Genre.ANNEE),
        Colonne("Temps", Genre.ETP),
    )
    temps = lu.coordination
    dits = f"{len(temps.renseignes)} sur {typographie.pluriel(len(temps.contrats), 'contrat')}"
    adresses = [liens.fiche(_ou_le_dire(c.source), c.contrat) for c in temps.contrats]
    return TableauDePilotage(
        cle="coordination",
        titre="Temps de coordination",
        tete="Contrat",
        colonnes=colonnes,
        rangs=tuple(
            rang(
                colonnes,
                c.nom,
                (SOURCES_DE_L_ETP.get(c.source, "non renseigné"), c.annee, c.etp),
                sinon="—",
                adresses=("", "", adresse),
                adresse=adresse,
                code=c.contrat,
            )
            for c, adresse in zip(temps.contrats, adresses, strict=True)
        ),
        total=rang(colonnes, "Total de ce qui est dit", (dits, None, temps.total)),
        regle="Indicateur P08 (ETP de coordination)\u00a0: sa dernière valeur, "
        f"{temps.annee} au plus tard\u00a0; à défaut, le temps inscrit au budget {temps.annee} des "
        "fiches du thème Gouvernance, coordination et observation. Un contrat qui n’a rien dit ne "
        "compte pas pour zéro.",
        source=source("indicateurs et budgets des contrats", lu.le),
    )


def _ou_le_dire(source_: str) -> str:
    return "contrats:plan_budget" if source_ == BUDGET else "indicateurs:grille"
