from dataclasses import replace
from decimal import Decimal

import pytest

from cls_platform.socle.svg.colonnes import Colonnes
from cls_platform.socle.svg.courbe import Courbe
from cls_platform.socle.svg.trace import Palette
from indicateurs import graphiques, phrases
from indicateurs.models import IndicateurModele
from indicateurs.series import Releve, Repere
from tests.bilans.exemples import serie

FINE, INSECABLE = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("valeur", "unite", "decimales", "attendu"),
    [
        ("1264", "personnes", 0, f"1{FINE}264{INSECABLE}personnes"),
        ("1", "jours", 0, f"1{INSECABLE}jour"),
        ("0", "journées de bus", 0, f"0{INSECABLE}journée de bus"),
        ("12.44", "%", 1, f"12,4{FINE}%"),
        ("1310000", "euros", 0, f"1{FINE}310{FINE}000{INSECABLE}€"),
        ("7.5", "note /10", 1, f"7,5 sur{INSECABLE}10"),
        ("8", "nombre", 0, "8"),
        ("3.2", "taux pour 1 000", 1, f"3,2 pour 1{FINE}000"),
        ("2.45", "consultations/an/habitant", 1, f"2,5{INSECABLE}consultations par an et par habitant"),
    ],
)  # fmt: skip
def test_une_valeur_s_ecrit_avec_son_unite_accordee(
    valeur: str, unite: str, decimales: int, attendu: str
) -> None:
    assert phrases.ecrire(Decimal(valeur), unite, decimales) == attendu


@pytest.mark.django_db
def test_aucune_unite_du_catalogue_n_est_illisible() -> None:
    for unite in set(IndicateurModele.objects.values_list("unite", flat=True)):
        assert "/" not in phrases.ecrire(Decimal(12), unite)


@pytest.mark.parametrize(
    ("libelle", "unite", "valeur", "attendu"),
    [
        ("Personnes formées", "personnes", "112", f"112{INSECABLE}personnes formées en 2025"),
        ("Participants", "personnes", "40", f"40{INSECABLE}participants en 2025"),
        ("Personnes formées", "personnes", "1", f"Personnes formées{INSECABLE}: 1{INSECABLE}personne en 2025"),
        ("Attente", "jours", "12", f"Attente{INSECABLE}: 12{INSECABLE}jours en 2025"),
        ("Attente", "jours", None, "Attente"),
    ],
)  # fmt: skip
def test_le_constat_dit_la_valeur_de_l_annee(
    libelle: str, unite: str, valeur: str | None, attendu: str
) -> None:
    assert phrases.constat(serie(libelle, {2025: valeur}, unite=unite), 2025) == attendu


def test_la_comparaison_dit_avant_le_sens_et_la_cible() -> None:
    attente = serie(
        "Attente", {2021: "28", 2024: "17", 2025: "12"}, unite="jours", sens="BAISSE",
        reference=Repere(annee=2021, valeur=Decimal(28)),
        cible=Repere(annee=2028, valeur=Decimal(7)),
    )  # fmt: skip
    assert phrases.comparaison(attente, 2025).replace(INSECABLE, " ") == (
        "C’était 17 jours en 2024, et 28 jours en 2021. Ce chiffre baisse, comme nous le voulons. "
        "Nous visons 7 jours en 2028."
    )


@pytest.mark.parametrize(
    ("sens", "valeurs", "attendu"),
    [
        ("HAUSSE", ("10", "8"), "baisse, alors que nous voulons le contraire"),
        ("BAISSE", ("10", "12"), "monte, alors que nous voulons le contraire"),
        ("NEUTRE", ("10", "12"), "Ce chiffre monte."),
        ("HAUSSE", ("10", "10"), "ne change pas"),
    ],
)
def test_un_mauvais_resultat_se_dit_aussi(
    sens: str, valeurs: tuple[str, str], attendu: str
) -> None:
    donnees = serie("Choses", {2024: valeurs[0], 2025: valeurs[1]}, unite="choses", sens=sens)
    assert attendu in phrases.comparaison(donnees, 2025)


def test_une_valeur_absente_secrete_ou_provisoire_se_dit() -> None:
    base = serie("Personnes reçues", {2024: "12"})
    for qualite, attendu in (
        ("NON_DISPONIBLE", "n’est pas encore connue"),
        ("SECRET_STATISTIQUE", "trop petit pour être donné"),
    ):
        vide = Releve(annee=2025, valeur=None, qualite=qualite)
        assert attendu in phrases.comparaison(replace(base, releves=(*base.releves, vide)), 2025)
    provisoire = Releve(annee=2025, valeur=Decimal(14), qualite="PROVISOIRE")
    dite = phrases.comparaison(replace(base, releves=(*base.releves, provisoire)), 2025)
    assert "La valeur de 2025 est provisoire." in dite
    assert "n’est pas encore connue" in phrases.comparaison(base, 2025)


def test_un_pourcentage_montre_ses_nombres_sauf_sous_vingt_personnes() -> None:
    base = serie("Part", {}, unite="%", agregation="RATIO", decimales=1)
    grand = Releve(annee=2025, valeur=Decimal("12.5"), qualite="DEFINITIVE",
                   numerateur=Decimal(5000), denominateur=Decimal(40000))  # fmt: skip
    petit = replace(grand, numerateur=Decimal(9), denominateur=Decimal(14))
    assert f"5{FINE}000 sur 40{FINE}000" in phrases.comparaison(
        replace(base, releves=(grand,)), 2025
    )
    assert phrases.lire(petit, base) == f"9 sur{INSECABLE}14"


def test_quatre_annees_font_une_courbe_et_moins_des_colonnes() -> None:
    annees = {2022: "1", 2023: "2", 2024: "3", 2025: "4"}
    assert isinstance(graphiques.choisir(serie("A", annees), 2025), Courbe)
    assert isinstance(graphiques.choisir(serie("A", {2024: "3", 2025: "4"}), 2025), Colonnes)
    assert graphiques.choisir(serie("A", {2025: "4"}), 2025) is None
    assert graphiques.choisir(serie("A", {2025: None}), 2025) is None
    avec_cible = serie("A", {2025: "4"}, cible=Repere(annee=2028, valeur=Decimal(9)))
    assert isinstance(graphiques.choisir(avec_cible, 2025), Colonnes)


def test_la_description_dit_la_tendance_sans_toutes_les_valeurs() -> None:
    donnees = serie(
        "Attente", {2022: "28", 2023: "26", 2024: "17", 2025: "12"}, unite="jours",
        cible=Repere(annee=2028, valeur=Decimal(7)),
    )  # fmt: skip
    assert graphiques.decrire(donnees, 2025).replace(INSECABLE, " ") == (
        "Baisse de 28 jours en 2022 à 12 jours en 2025. Objectif : 7 jours en 2028."
    )


@pytest.mark.parametrize("largeur", [graphiques.LARGE, graphiques.ETROIT])
@pytest.mark.parametrize("palette", [Palette(), Palette({}, "P")])
def test_le_meme_graphique_se_dessine_pour_la_page_et_le_pdf(
    largeur: int, palette: Palette
) -> None:
    annees = {2022: "14.2", 2023: None, 2024: "13.1", 2025: "12.4", 2026: "12.1"}
    donnees = serie("Part <b>", annees, unite="%", decimales=1)
    spec = graphiques.choisir(donnees, 2025, largeur=largeur, avec_axe=True)
    image = graphiques.dessiner(spec, palette)
    assert "<title" in image
    assert "Part &lt;b&gt;" in image
    assert "nan" not in image
