"""Charger des données de contexte : chaque ligne vérifiée, chaque millésime gardé."""

from decimal import Decimal

import pytest

from acteurs.models import DonneeContexte, EditionDonnees, IndicateurContexte, QualiteContexte
from cls_platform.socle.erreurs import ErreurMetier
from tests.acteurs.donnees.fichiers import SOURCE, charger_contexte, csv, messages
from tests.contrats.tableur.classeurs import classeur_simple

pytestmark = pytest.mark.django_db


def donnees() -> dict[str, tuple]:
    lues = DonneeContexte.objects.values_list(
        "code_territoire", "valeur", "numerateur", "denominateur"
    )
    return {code: tuple(reste) for code, *reste in lues}


def test_les_vingt_cinq_indicateurs_sont_livres(db):
    codes = set(IndicateurContexte.objects.values_list("pk", flat=True))
    assert codes == {f"C{n:02d}" for n in range(1, 26)}


def test_une_valeur_garde_son_indicateur_son_annee_et_sa_source(administratrice):
    contenu = csv(
        "indicateur;niveau;code;annee;valeur;source", "C01;commune;29232;2021;100;Essai A"
    )
    assert charger_contexte(contenu, administratrice, source="").est_ecrit
    edition = EditionDonnees.objects.get()
    assert (edition.indicateur_id, edition.annee, edition.niveau) == ("C01", 2021, "commune")
    assert (edition.source, edition.charge_par) == ("Essai A", administratrice)
    assert donnees() == {"29232": (Decimal(100), None, None)}


@pytest.mark.parametrize(
    ("ecrit", "attendu"),
    [("1 234,5", "1234.5"), ("1\u202f234,5", "1234.5"), ("1.234,5", "1234.5"), ("1234.5", "1234.5"),
     ("12", "12"), ("0", "0")],
)  # fmt: skip
def test_un_nombre_s_ecrit_a_la_francaise(administratrice, ecrit, attendu):
    charger_contexte(csv("code;valeur", f"29232;{ecrit}"), administratrice, indicateur="C01")
    assert donnees()["29232"][0] == Decimal(attendu)


@pytest.mark.parametrize(
    ("indicateur", "ligne", "colonne", "attendu"),
    [
        ("C04", "29232;abc;;", "valeur", "Ce n’est pas un nombre"),
        ("C04", "29232;1e400;;", "valeur", "Ce n’est pas un nombre"),
        ("C01", f"29232;{'9' * 15};;", "valeur", "trop grand"),
        ("C04", "29232;100,1;;", "valeur", "dépasse 100"),
        ("C04", "29232;-1;;", "valeur", "négative"),
        ("C01", "29232;-1;;", "valeur", "négative"),
        ("C19", "29232;130;;", "valeur", "plus de 120 ans"),
        ("C04", "29232;;30;20", "numerateur", "dépasse 100"),
        ("C04", "29232;;3;0", "denominateur", "plus grand que zéro"),
        ("C04", "29232;;3;", "denominateur", "Il manque le dénominateur"),
        ("C04", "29232;;;3", "numerateur", "Il manque le numérateur"),
        ("C04", "29232;;-3;10", "numerateur", "négatif"),
        ("C04", "29232;12;3;10", "valeur", "ne vaut pas le numérateur"),
        ("C04", "29232;;;", "valeur", "Il manque la valeur"),
        ("C04", "29232;#DIV/0!;;", "valeur", "erreur de formule"),
        ("C04", "29999;1;;", "code", "Aucune commune"),
        ("C04", ";1;;", "code", "Il manque le code"),
        ("C99", "29232;1;;", "indicateur", "Aucun indicateur"),
        ("", "29232;1;;", "indicateur", "Il manque le code de l’indicateur"),
    ],
)
def test_chaque_valeur_impossible_est_refusee_avec_sa_colonne(
    administratrice, indicateur, ligne, colonne, attendu
):
    contenu = csv("code;valeur;numerateur;denominateur", ligne)
    (refus,) = messages(charger_contexte(contenu, administratrice, indicateur=indicateur))
    assert refus[:2] == (2, colonne)
    assert attendu in refus[2]
    assert not DonneeContexte.objects.exists()


@pytest.mark.parametrize(
    ("colonne", "valeur", "attendu"),
    [
        ("annee", "1850", "quatre chiffres, de 1990 à 2026"),
        ("annee", "2027", "quatre chiffres, de 1990 à 2026"),
        ("annee", "21", "quatre chiffres"),
        ("unite", "euros", "L’unité attendue est « % »"),
        ("niveau", "canton", "Ce niveau n’existe pas"),
        ("qualite", "douteuse", "secret statistique"),
        ("source", "x" * 251, "trop longue"),
    ],
)
def test_annee_unite_niveau_et_qualite_sont_verifies(administratrice, colonne, valeur, attendu):
    contenu = csv(f"code;valeur;{colonne}", f"29232;12;{valeur}")
    (refus,) = messages(charger_contexte(contenu, administratrice, indicateur="C04"))
    assert refus[1] == colonne
    assert attendu in refus[2]


@pytest.mark.parametrize(
    ("indicateur", "unite"),
    [("C04", "%"), ("C04", "pourcentage"), ("C16", "p. 100 000"), ("C16", "taux pour 100 000"), ("C01", "habitants")],
)  # fmt: skip
def test_une_unite_ecrite_autrement_est_reconnue(administratrice, indicateur, unite):
    contenu = csv("code;valeur;unite", f"29232;12;{unite}")
    assert not charger_contexte(contenu, administratrice, indicateur=indicateur).erreurs


def test_une_annee_impossible_dite_au_formulaire_est_refusee(administratrice):
    contenu = csv("code;valeur", "29232;1")
    rapport = charger_contexte(contenu, administratrice, indicateur="C04", annee=1850)
    ((_, colonne, phrase),) = messages(rapport)
    assert colonne == "annee"
    assert "de 1990 à 2026" in phrase


@pytest.mark.parametrize("manque", ["annee", "source"])
def test_sans_annee_ou_sans_source_la_ligne_est_refusee(administratrice, manque):
    options = {"indicateur": "C04", manque: None if manque == "annee" else ""}
    ((_, colonne, phrase),) = messages(
        charger_contexte(csv("code;valeur", "29232;1"), administratrice, **options)
    )
    assert colonne == manque
    assert phrase.startswith("Il manque")


@pytest.mark.parametrize(
    ("ecrit", "qualite"),
    [("s", QualiteContexte.SECRET_STATISTIQUE), ("NS", QualiteContexte.SECRET_STATISTIQUE),
     ("nd", QualiteContexte.NON_DISPONIBLE), ("N.D.", QualiteContexte.NON_DISPONIBLE)],
)  # fmt: skip
def test_une_valeur_cachee_est_connue_comme_telle(administratrice, ecrit, qualite):
    charger_contexte(csv("code;valeur", f"29232;{ecrit}"), administratrice, indicateur="C04")
    donnee = DonneeContexte.objects.get()
    assert (donnee.valeur, donnee.qualite) == (None, qualite)


def test_un_territoire_ecrit_deux_fois_est_refuse(administratrice):
    rapport = charger_contexte(
        csv("code;valeur", "29232;1", "29232;2"), administratrice, indicateur="C04"
    )
    assert messages(rapport) == [(3, "code", "Quimper a déjà sa valeur à la ligne 2.")]


def test_une_ancienne_commune_s_ajoute_a_celle_qui_lui_succede(administratrice, fusionnee):
    contenu = csv("code;valeur", "29901;10", "29232;100")
    rapport = charger_contexte(contenu, administratrice, indicateur="C01")
    assert donnees()["29232"][0] == Decimal(110)
    assert "aujourd’hui dans Quimper" in rapport.avis[0].message


def test_les_quotients_de_deux_anciennes_communes_s_ajoutent(administratrice, fusionnee):
    contenu = csv("code;numerateur;denominateur", "29901;1;10", "29232;20;100")
    charger_contexte(contenu, administratrice, indicateur="C04")
    assert donnees()["29232"] == (None, Decimal(21), Decimal(110))


def test_deux_valeurs_qui_ne_s_additionnent_pas_ne_se_reunissent_pas(administratrice, fusionnee):
    contenu = csv("code;valeur", "29901;2,1", "29232;3,4")
    rapport = charger_contexte(contenu, administratrice, indicateur="C10")
    ((ligne, colonne, phrase),) = messages(rapport)
    assert (ligne, colonne) == (2, "code")
    assert "ne s’additionne pas" in phrase


def test_une_commune_fusionnee_seule_donne_sa_valeur_a_celle_qui_lui_succede(
    administratrice, fusionnee
):
    rapport = charger_contexte(csv("code;valeur", "29901;2,1"), administratrice, indicateur="C10")
    assert list(donnees()) == ["29232"]
    assert "29901" in rapport.avis[0].message


def test_deux_sources_pour_un_millesime_sont_refusees(administratrice):
    contenu = csv("code;valeur;source", "29232;1;Essai A", "29020;2;Essai B")
    ((_, colonne, phrase),) = messages(charger_contexte(contenu, administratrice, indicateur="C04"))
    assert colonne == "source"
    assert "« Essai A »" in phrase


def test_un_fichier_peut_porter_plusieurs_indicateurs_annees_et_niveaux(administratrice):
    contenu = csv(
        "indicateur;niveau;code;annee;valeur",
        "C01;commune;29232;2021;1", "C01;commune;29232;2022;2", "C01;epci;200068120;2021;3",
        "C12;departement;29;2021;4", "C14;region;53;2021;5", "C16;france;FR;2021;6",
    )  # fmt: skip
    rapport = charger_contexte(contenu, administratrice)
    assert rapport.est_ecrit
    assert len(rapport.editions) == EditionDonnees.objects.count() == 6


def test_le_meme_fichier_deux_fois_ne_change_rien(administratrice):
    contenu = csv("code;valeur", "29232;12,345678901", "29020;s")
    charger_contexte(contenu, administratrice, indicateur="C04")
    avant = list(EditionDonnees.objects.values_list("pk", "charge_le"))
    rapport = charger_contexte(contenu, administratrice, indicateur="C04")
    assert (rapport.change, rapport.est_ecrit) == (False, False)
    assert list(EditionDonnees.objects.values_list("pk", "charge_le")) == avant


def test_un_millesime_ne_se_remplace_que_si_on_le_demande(administratrice):
    charger_contexte(csv("code;valeur", "29232;1", "29020;2"), administratrice, indicateur="C04")
    autre = csv("code;valeur", "29232;3")
    with pytest.raises(ErreurMetier, match="déjà chargé"):
        charger_contexte(autre, administratrice, indicateur="C04")
    rapport = charger_contexte(autre, administratrice, indicateur="C04", remplacer=True)
    assert (rapport.editions[0].retraits, rapport.editions[0].changements) == (1, 1)
    assert donnees() == {"29232": (Decimal(3), None, None)}


def test_un_niveau_charge_ne_remplace_pas_un_autre_niveau(administratrice):
    charger_contexte(csv("code;valeur", "29232;1"), administratrice, indicateur="C04")
    charger_contexte(
        csv("code;valeur", "200068120;1"), administratrice, indicateur="C04", niveau="epci"
    )
    assert EditionDonnees.objects.count() == 2


def test_des_pourcentages_entre_zero_et_un_sont_signales(administratrice):
    rapport = charger_contexte(
        csv("code;valeur", "29232;0,12", "29020;0,2"),
        administratrice,
        indicateur="C04",
        simuler=True,
    )
    assert any("entre 0 et 1" in avis.message for avis in rapport.avis)


def test_un_ratio_sans_quotient_est_signale(administratrice):
    rapport = charger_contexte(
        csv("code;valeur", "29232;12"), administratrice, indicateur="C04", simuler=True
    )
    assert any("Sans numérateur" in avis.message for avis in rapport.avis)


def test_une_date_de_tableur_n_est_pas_un_nombre(administratrice):
    classeur = classeur_simple(["code", "valeur"], ["29232", "2026-02-01"])
    ((_, _, phrase),) = messages(
        charger_contexte(classeur, administratrice, indicateur="C04", nom="d.xlsx")
    )
    assert "Ce n’est pas un nombre" in phrase


def test_ce_qui_manque_est_compte(administratrice):
    rapport = charger_contexte(
        csv("code;valeur", "29232;1"), administratrice, indicateur="C04", region="53"
    )
    (edition,) = rapport.editions
    assert (edition.territoires, edition.attendus, edition.manquants) == (1, 21, 20)
    assert edition.libelle.startswith("C04, ")


def test_la_source_dite_au_formulaire_vaut_pour_toutes_les_lignes(administratrice):
    charger_contexte(csv("code;valeur", "29232;1"), administratrice, indicateur="C04")
    assert EditionDonnees.objects.get().source == SOURCE


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_lignes(administratrice, nombre_requetes):
    codes = ["29232", "29020", "29051", "29066", "29106", "29107", "29110", "29134", "29169"]

    def charger(nombre: int, annee: int) -> int:
        contenu = csv("code;valeur", *(f"{code};1" for code in codes[:nombre]))
        return nombre_requetes(
            lambda: charger_contexte(contenu, administratrice, indicateur="C04", annee=annee)
        )

    assert charger(9, 2020) <= charger(2, 2019)
