"""Le français écrit, sans base de données."""

import datetime as dt
from decimal import Decimal

import pytest

from cls_platform.socle import typographie
from cls_platform.socle.typographie import FINE, INSECABLE


@pytest.mark.parametrize(
    ("tape", "ecrit"),
    [
        ("Que fait-on ?", f"Que fait-on{FINE}?"),
        ("Fini ! Ou pas ; voir", f"Fini{FINE}! Ou pas{FINE}; voir"),
        ("Source : Insee", f"Source{INSECABLE}: Insee"),
        ("« oui »", f"«{INSECABLE}oui{INSECABLE}»"),
        ("«oui»", f"«{INSECABLE}oui{INSECABLE}»"),
        ("62 %", f"62{FINE}%"),
        ("l'ARS d'ici", "l’ARS d’ici"),
        ("12 500 habitants", f"12{FINE}500 habitants"),
        ("2 789 526 habitants", f"2{FINE}789{FINE}526 habitants"),
        ("96 000 €", f"96{FINE}000{INSECABLE}€"),
        ("à 14 h 02", f"à 14{INSECABLE}h{INSECABLE}02"),
        ("et puis...", "et puis…"),
    ],
)
def test_les_espaces_et_apostrophes_suivent_l_usage(tape, ecrit):
    assert typographie.typographier(tape) == ecrit


@pytest.mark.parametrize(
    "texte", ["en 2026 300 personnes", "https://exemple.fr", "le 12/03/2026", "CLS:2024", ""]
)
def test_ce_qui_n_est_pas_une_faute_reste(texte):
    assert typographie.typographier(texte) == texte


def test_ecrire_deux_fois_ne_change_rien():
    une_fois = typographie.typographier("« L'eau » : 12 500 € ?")
    assert typographie.typographier(une_fois) == une_fois


@pytest.mark.parametrize(
    ("valeur", "decimales", "ecrit"),
    [
        (1234.5, None, f"1{FINE}234,5"),
        (0, None, "0"),
        (Decimal("12.40"), None, "12,4"),
        (Decimal("12.4"), 2, "12,40"),
        (Decimal("0.125"), 2, "0,13"),
        (-3, None, "−3"),
        (1_000_000, 0, f"1{FINE}000{FINE}000"),
    ],
)
def test_un_nombre_s_ecrit_avec_virgule_et_espaces_fines(valeur, decimales, ecrit):
    assert typographie.nombre(valeur, decimales) == ecrit


def test_un_taux_s_ecrit_en_pourcentage():
    assert typographie.pourcent(0.84) == f"84,0{FINE}%"
    assert typographie.pourcent(0.625, 0) == f"63{FINE}%"


def test_un_montant_rond_n_a_pas_de_centimes():
    assert typographie.euros(96000) == f"96{FINE}000{INSECABLE}€"
    assert typographie.euros(Decimal("12.5")) == f"12,50{INSECABLE}€"


def test_le_premier_du_mois_est_ordinal():
    assert typographie.date_longue(dt.date(2026, 4, 1)) == f"1ᵉʳ{INSECABLE}avril 2026"
    assert typographie.date_longue(dt.date(2026, 3, 12)) == f"12{INSECABLE}mars 2026"


def test_une_date_courte_abrege_le_mois():
    assert typographie.date_courte(dt.date(2027, 2, 28)) == f"28{INSECABLE}févr. 2027"


def test_un_jour_se_nomme():
    assert typographie.jour_date(dt.date(2026, 12, 8)) == f"mardi 8{INSECABLE}décembre 2026"


def test_une_heure_s_ecrit_avec_un_h():
    assert typographie.heure(dt.time(14, 2)) == f"14{INSECABLE}h{INSECABLE}02"


@pytest.mark.parametrize(
    ("jours", "attendu"),
    [
        (0, f"14{INSECABLE}h{INSECABLE}02"),
        (1, f"hier, 14{INSECABLE}h{INSECABLE}02"),
        (14, f"3{INSECABLE}novembre 2026"),
    ],
)
def test_un_moment_se_dit_par_rapport_a_maintenant(jours, attendu):
    maintenant = dt.datetime(2026, 11, 17, 14, 2)  # noqa: DTZ001  (deux moments du même fuseau)
    assert typographie.moment_relatif(maintenant - dt.timedelta(days=jours), maintenant) == attendu


@pytest.mark.parametrize(
    ("secondes", "attendu"),
    [
        (0, f"1{INSECABLE}seconde"),
        (20, f"20{INSECABLE}secondes"),
        (180, f"3{INSECABLE}minutes"),
        (7500, f"2{INSECABLE}h{INSECABLE}05"),
    ],
)
def test_une_attente_se_dit_sans_fausse_precision(secondes, attendu):
    assert typographie.duree(secondes) == attendu


@pytest.mark.parametrize(
    ("effectif", "mot", "attendu"),
    [(0, "fiche", "0 fiche"), (1, "fiche", "1 fiche"), (2, "fiche", "2 fiches"),
     (3, "signal", "3 signaux"), (2, "réseau", "2 réseaux"), (4, "avis", "4 avis")],
)  # fmt: skip
def test_le_pluriel_commence_a_deux(effectif, mot, attendu):
    assert typographie.pluriel(effectif, mot) == attendu.replace(" ", INSECABLE)


def test_un_pluriel_irregulier_se_donne():
    assert typographie.pluriel(2, "œil", "yeux") == f"2{INSECABLE}yeux"


@pytest.mark.parametrize(
    ("octets", "attendu"), [(300, "1 ko"), (48_000, "48 ko"), (2_100_000, "2,1 Mo")]
)
def test_la_taille_d_un_fichier_se_lit(octets, attendu):
    assert typographie.taille_fichier(octets) == attendu.replace(" ", INSECABLE)


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("Camille Rozec", "CR"),
        ("CC des Rives d’Armel", "CR"),
        ("ARS", "AR"),
        ("", "?"),
        ("de la", "?"),
    ],
)
def test_les_initiales_oublient_les_articles(nom, attendu):
    assert typographie.initiales(nom) == attendu
