"""Les termes à remplacer : reconnus à leurs formes, remplacés au même temps, au même nombre."""

import pytest

from bilans.langage import relire
from bilans.langage.conjugaison import Forme, conjuguer, formes, lectures
from tests.bilans.langage.livres import LEXIQUE, LISTES, REGLEMENT


def remplaces(texte: str, annee: int | None = 2025) -> str:
    """Le texte, une fois toutes les propositions acceptées, de la dernière à la première."""
    alertes = relire(texte, REGLEMENT, LEXIQUE, annee=annee).alertes
    propositions = [a.proposition for a in alertes if a.proposition]
    for p in sorted(propositions, key=lambda p: -p.debut):
        texte = f"{texte[: p.debut]}{p.texte}{texte[p.fin :]}"
    return texte


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("Le comité a pris une décision.", "Le comité a décidé."),
        ("Ils prennent des décisions.", "Ils décident."),
        ("Nous prendrons la décision.", "Nous déciderons."),
        ("Il faut prendre cette décision.", "Il faut décider."),
        ("Elle effectue une demande.", "Elle demande."),
        ("Les demandes effectuées ; effectuer une demande.", "Les demandes effectuées ; demander."),
        ("La ville est dans l’obligation de répondre.", "La ville doit répondre."),
        ("Ils étaient dans l'obligation d'agir.", "Ils devaient agir."),
        ("L’accord est subordonné au vote.", "L’accord dépend du vote."),
        ("Les aides sont subordonnées à l’avis.", "Les aides dépendent de l’avis."),
        ("Le plan se substitue au dispositif.", "Le plan remplace le dispositif."),
        ("Ces lieux se substituent aux anciens.", "Ces lieux remplacent les anciens."),
        ("Nous mutualisons les moyens.", "Nous partageons les moyens."),
        ("Pour pérenniser le lieu.", "Pour faire durer le lieu."),
        ("Le lieu sera pérennisé.", "Le lieu sera pérennisé."),
    ],
)
def test_un_groupe_verbal_se_remplace_au_meme_temps_et_a_la_meme_personne(
    avant: str, apres: str
) -> None:
    assert remplaces(avant) == apres


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("Un établissement scolaire ouvre.", "Une école ouvre."),
        ("Dans l’établissement scolaire.", "Dans l’école."),
        ("Cet établissement scolaire.", "Cette école."),
        ("Les établissements scolaires.", "Les écoles."),
        ("Au sein de l’établissement scolaire.", "Au sein de l’école."),
        ("Près du territoire national.", "Près de la France."),
        ("La prorogation, deux prorogations.", "La prolongation, deux prolongations."),
        ("Une zone sous-dense, des zones sous-denses.",
         "Une zone qui manque de médecins, des zones qui manquent de médecins."),
        ("La préconisation.", "Le conseil."),
        ("Une fiche action, les fiches actions.", "Une action, les actions."),
        ("L’aller-vers.", "L’aller à la rencontre des habitants."),
        ("Un plan intersectoriel.", "Un plan avec plusieurs domaines."),
        ("Des équipes pluriprofessionnelles.", "Des équipes de plusieurs métiers."),
        ("Chaque point revu mensuellement.", "Chaque point revu chaque mois."),
        ("Dans le cadre du contrat.", "Avec le contrat."),
        ("Afin d’aider, afin de soigner.", "Pour aider, pour soigner."),
    ],
)  # fmt: skip
def test_un_nom_se_remplace_avec_son_nombre_et_son_article(avant: str, apres: str) -> None:
    assert remplaces(avant) == apres


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("Ouvert depuis deux ans.", "Ouvert depuis 2023."),
        ("Ouvert il y a 3 ans.", "Ouvert en 2022."),
        ("L’an dernier, dix ateliers.", "En 2024, dix ateliers."),
        ("Dès l’année prochaine.", "Dès 2026."),
        ("Les ateliers de l’an dernier.", "Les ateliers de 2024."),
        ("Dix ateliers cette année.", "Dix ateliers en 2025."),
    ],
)
def test_une_date_relative_se_compte_depuis_l_annee_du_bilan(avant: str, apres: str) -> None:
    assert remplaces(avant) == apres


@pytest.mark.parametrize(
    "texte",
    [
        "Depuis quelques mois.", "Il y a six semaines.", "Récemment, un lieu a ouvert.",
        "Le mois dernier.", "Prochainement.",
    ],
)  # fmt: skip
def test_une_date_que_l_on_ne_sait_pas_dater_est_signalee_sans_proposition(texte: str) -> None:
    alertes = [
        a for a in relire(texte, REGLEMENT, LEXIQUE, annee=2025).alertes
        if a.regle == "date_relative"
    ]  # fmt: skip
    assert len(alertes) == 1
    assert alertes[0].proposition is None


@pytest.mark.parametrize(
    "texte",
    [
        "Depuis 2023, en mars 2025.", "Il y a du monde.", "Dans deux villages.",
        "Aller vers la mairie.", "Une école.", "La décision prise hors saison.",
        "Un établissement ouvert.", "prorogationnel",
    ],
)  # fmt: skip
def test_un_mot_voisin_n_est_pas_un_terme_a_remplacer(texte: str) -> None:
    assert not relire(texte, REGLEMENT, LEXIQUE, annee=2025).alertes


def test_sans_annee_une_date_relative_n_a_pas_de_proposition() -> None:
    assert remplaces("L’an dernier.", annee=None) == "L’an dernier."


@pytest.mark.parametrize(
    ("infinitif", "forme", "mot"),
    [
        ("décider", Forme("present", 5), "décident"), ("manger", Forme("present", 3), "mangeons"),
        ("commencer", Forme("imparfait", 0), "commençais"),
        ("commencer", Forme("imparfait", 3), "commencions"),
        ("compléter", Forme("present", 0), "complète"), ("finir", Forme("present", 5), "finissent"),
        ("dépendre", Forme("present", 2), "dépend"), ("devoir", Forme("participe", 0), "dû"),
        ("comprendre", Forme("present", 5), "comprennent"),
        ("permettre", Forme("participe", 1), "permise"), ("être", Forme("futur", 2), "sera"),
        ("voir", Forme("conditionnel", 2), "verrait"), ("aller", Forme("infinitif", 0), "aller"),
        ("clore", Forme("present", 0), "clore"),
    ],
)  # fmt: skip
def test_les_verbes_se_conjuguent(infinitif: str, forme: Forme, mot: str) -> None:
    assert conjuguer(infinitif, forme) == mot


@pytest.mark.parametrize("infinitif", ["décider", "prendre", "finir", "dépendre", "être"])
def test_chaque_forme_lue_redonne_le_meme_mot(infinitif: str) -> None:
    for mot in formes(infinitif).values():
        assert conjuguer(infinitif, lectures(infinitif)[mot]) == mot


def test_chaque_terme_livre_se_trouve_lui_meme() -> None:
    """« {nombre} » et « {duree} » y sont un nombre et une durée ; « se » et un verbe, au présent."""
    for ligne in LISTES["TermeARemplacer"]:
        texte = ligne["libelle"].replace("{nombre}", "deux").replace("{duree}", "mois")
        trouvees = relire(texte, REGLEMENT, LEXIQUE, annee=2025).alertes
        assert any(a.regle == ligne["regle"] and a.debut == 0 for a in trouvees), ligne["code"]


def test_aucun_remplacement_livre_n_est_lui_meme_a_remplacer() -> None:
    for ligne in LISTES["TermeARemplacer"]:
        propose = ligne["remplacement"].replace("|", ". ")
        if "{" not in propose:
            jargon = [a.extrait for a in relire(propose, REGLEMENT, LEXIQUE).alertes
                      if a.regle in {"jargon", "date_relative"}]  # fmt: skip
            assert not jargon, ligne["code"]
