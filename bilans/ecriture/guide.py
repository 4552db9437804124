"""Ce que l’on dit à qui écrit une partie : quoi y mettre, d’où vient le reste. Aucune base."""

from dataclasses import dataclass

from bilans.models import SECTIONS_DES_ELUS, SECTIONS_ECRITES, SECTIONS_INTRODUITES, CodeSection


@dataclass(frozen=True, slots=True)
class Guide:
    """`aide` : quoi écrire. `vient` : ce que les données remplissent seules, ou rien.

    `source` : le nom de l’adresse, sous le contrat, où ces données se corrigent.
    """

    aide: str = ""
    vient: str = ""
    source: str = ""
    source_nom: str = ""


GUIDES = {
    CodeSection.EDITO: Guide(
        aide="150 mots au plus : ce qui a compté cette année, pour un habitant."
    ),
    CodeSection.COMPRENDRE: Guide(
        aide="Une phrase ou deux d’introduction, si vous voulez. Le reste est déjà écrit.",
        vient="Ce qu’est un contrat local de santé, qui l’a signé, de quand à quand.",
        source="contrats:signataires",
        source_nom="Signataires",
    ),
    CodeSection.CHIFFRES_CLES: Guide(
        vient="Un grand chiffre et quatre autres, tirés du plan et des indicateurs publics.",
        source="indicateurs:grille",
        source_nom="Indicateurs",
    ),
    CodeSection.CARTE: Guide(
        vient="La carte des communes du contrat, au dernier jour de l’année.",
        source="contrats:perimetre",
        source_nom="Périmètre",
    ),
    CodeSection.AVANCEMENT: Guide(
        vient="Le nombre d’actions terminées, en cours, en retard, et l’an passé à côté.",
        source="contrats:plan",
        source_nom="Plan d’actions",
    ),
    CodeSection.VOLETS: Guide(
        vient="Une double page par volet. Ouvrez chacun pour son texte, sa photo, sa citation et"
        " ses trois actions.",
        source="contrats:plan",
        source_nom="Plan d’actions",
    ),
    CodeSection.ZOOM: Guide(
        aide="Une action racontée de près : qui, où, ce que cela a changé pour une personne."
        " Sans texte, cette partie ne paraît pas."
    ),
    CodeSection.INDICATEURS: Guide(
        vient="Les indicateurs publics, chacun avec sa phrase, son graphique et son tableau.",
        source="indicateurs:grille",
        source_nom="Indicateurs",
    ),
    CodeSection.DIFFICULTES: Guide(aide="Ce qui s’est passé, puis ce que vous changez."),
    CodeSection.BUDGET: Guide(
        aide="Une phrase d’introduction, si vous voulez.",
        vient="Qui finance quoi, d’après les financements écrits dans les fiches.",
        source="contrats:plan_budget",
        source_nom="Budget",
    ),
    CodeSection.PARTICIPATION: Guide(
        aide="Ce que les habitants ont dit, et ce que vous en avez fait.",
        vient="Les réunions ouvertes au public de l’année.",
        source="contrats:gouvernance",
        source_nom="Gouvernance",
    ),
    CodeSection.PERSPECTIVES: Guide(
        aide="Ce qui commence l’an prochain, avec une date. Un point par ligne : le bilan suivant"
        " reprendra ces annonces, pour dire ce qu’elles sont devenues."
    ),
    CodeSection.PARTENAIRES: Guide(
        vient="Les organisations du contrat et de ses actions, par famille.",
        source="contrats:signataires",
        source_nom="Signataires",
    ),
    CodeSection.GLOSSAIRE: Guide(
        vient="Les mots et les sigles que le bilan emploie, expliqués. Elle se fait seule."
    ),
    CodeSection.CONTACT: Guide(
        vient="Le courriel et l’organisme du contrat, l’adresse et le code à scanner du bilan.",
        source="contrats:fiche",
        source_nom="Vue d’ensemble",
    ),
    CodeSection.A_DECIDER: Guide(
        aide="Facultatif. Un point par puce : quoi ; puis, sur ses lignes, « Pour quand : »,"
        " « Enjeu : » en une phrase et, si vous voulez, « Qui décide : ». Cinq points au plus."
        " Ils paraissent dans les deux pages pour les élus, jamais dans le bilan public ni dans ses"
        " données. Les deux pages se téléchargent aussi du site public, une fois le bilan publié."
    ),
}
GUIDE_D_UN_VOLET = Guide(
    aide="Ce qui s’est passé cette année dans ce volet, en quelques phrases.",
    vient="La promesse du volet, ses actions publiques, leurs partenaires et leurs indicateurs.",
    source="contrats:plan",
    source_nom="Plan d’actions",
)
S_ECRIVENT = frozenset({*SECTIONS_ECRITES, *SECTIONS_INTRODUITES, *SECTIONS_DES_ELUS})
SIGNEES = frozenset({CodeSection.EDITO})
ILLUSTREES = frozenset({CodeSection.EDITO, CodeSection.ZOOM})
