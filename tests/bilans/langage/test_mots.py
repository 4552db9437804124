"""Le glossaire d’un bilan : fait de ce que le texte a employé, décisions comprises."""

from bilans.langage import Decision, relever, reperer
from bilans.mots import mots_du_bilan
from tests.bilans.langage.livres import LEXIQUE, LISTES, MOTS


def test_les_mots_a_connaitre_sont_ceux_des_textes() -> None:
    texte = "La CPTS et l’ARS. Votre médecin traitant."
    trouves = mots_du_bilan([texte], relever([texte], LEXIQUE), MOTS)
    assert [(m.terme, m.sigle) for m in trouves] == [
        ("Agence régionale de santé", "ARS"),
        ("Communauté professionnelle territoriale de santé", "CPTS"),
        ("Médecin traitant", ""),
    ]
    assert all(m.definition for m in trouves)


def test_un_mot_est_reconnu_au_pluriel_et_jamais_dans_un_autre() -> None:
    def termes(texte: str) -> list[str]:
        return [m.terme for m in mots_du_bilan([texte], relever([texte], LEXIQUE), MOTS)]

    assert termes("Trois contrats locaux de santé et les aidantes.") == [
        "Aidant",
        "Contrat local de santé",
    ]
    assert termes("Se faire dépister. Les maisons de santé.") == ["Dépistage", "Maison de santé"]
    assert termes("Voler, enveloppe, voletait. Rien de particulier.") == []


def test_les_decisions_de_l_equipe_font_le_glossaire() -> None:
    texte = "L’APA, le ZYX et le QQQ."
    decisions = {
        "APA": Decision("APA", "SENS", "Activité physique adaptée"),
        "ZYX": Decision("ZYX", "EXPLIQUE", "Zone des yeux", "Un lieu pour les yeux."),
        "QQQ": Decision("QQQ", "LAISSE", raison="Un nom.", par_nom="Coline"),
    }
    trouves = mots_du_bilan([texte], relever([texte], LEXIQUE, decisions), MOTS)
    assert [(m.sigle, m.terme, m.definition) for m in trouves] == [
        ("APA", "Activité physique adaptée", ""),
        ("ZYX", "Zone des yeux", "Un lieu pour les yeux."),
    ]


def test_un_sigle_explique_par_le_texte_est_au_glossaire() -> None:
    texte = "Un groupe d’action locale (GAL)."
    trouves = mots_du_bilan([texte], relever([texte], LEXIQUE), MOTS)
    assert [(m.sigle, m.terme) for m in trouves] == [("GAL", "Groupe d’action locale")]


def test_les_mots_livres_sont_definis_sans_sigle_et_en_phrases_courtes() -> None:
    for mot in MOTS:
        assert not reperer(mot.definition, LEXIQUE)
        assert len(mot.definition.split()) <= 20


def test_ni_conseil_ni_point_de_controle_ne_promet_le_label() -> None:
    textes = [str(v) for liste in LISTES.values() for ligne in liste for v in ligne.values()
              if ligne.get("sigle") != "FALC"]  # fmt: skip
    assert not [t for t in textes if "FALC" in t]
