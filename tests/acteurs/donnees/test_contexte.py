"""Lire une valeur de contexte : publiée, sommée, recalculée, jamais moyennée. Chiffres inventés."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acteurs.contexte import valeurs, valeurs_de, valeurs_du_groupe
from acteurs.fiche_territoire import contexte_du_territoire
from acteurs.models import Commune, DonneeContexte, EditionDonnees, IndicateurContexte
from acteurs.services.donnees import retirer_donnees
from tests.acteurs.donnees.fichiers import LE, charger_contexte, csv
from tests.appuis.proprietes import sans_chrono

pytestmark = pytest.mark.django_db

CHATEAUGIRON = "243500659"
COMMUNES = ["35069", "35099", "35207", "35220", "35327"]


@pytest.fixture
def charger(administratrice):
    def faire(indicateur: str, *lignes: str, entete: str = "code;valeur", **options):
        contenu = csv(entete, *lignes)
        return charger_contexte(contenu, administratrice, indicateur=indicateur, **options)

    return faire


def test_une_valeur_publiee_est_lue_telle_quelle_avec_son_annee_et_sa_source(charger):
    charger("C10", "35069;2,4")
    lue = valeurs("C10", "commune", ["35069"])["35069"]
    assert (lue.valeur, lue.annee, lue.source) == (Decimal("2.4"), 2021, "Essai, chiffres inventés")
    assert not lue.est_recalculee


def test_un_territoire_sans_donnee_le_dit(charger):
    lue = valeurs("C10", "commune", ["35069"])["35069"]
    assert (lue.valeur, lue.raison) == (None, "aucune donnée chargée")


def test_la_plus_recente_l_emporte_et_l_ancienne_se_demande(charger):
    charger("C10", "35069;2,4", annee=2019)
    charger("C10", "35069;2,1", annee=2022)
    assert valeurs("C10", "commune", ["35069"])["35069"].annee == 2022
    assert valeurs("C10", "commune", ["35069"], annee=2019)["35069"].valeur == Decimal("2.4")


def test_retirer_un_millesime_rend_le_precedent(charger, administratrice):
    charger("C10", "35069;2,4", annee=2019)
    charger("C10", "35069;2,1", annee=2022)
    retirer_donnees(edition=EditionDonnees.objects.get(annee=2022), par=administratrice)
    assert valeurs("C10", "commune", ["35069"])["35069"].annee == 2019


def test_une_somme_s_additionne(charger):
    charger("C01", *(f"{code};{rang}" for rang, code in enumerate(COMMUNES, start=1)))
    lue = valeurs("C01", "epci", [CHATEAUGIRON])[CHATEAUGIRON]
    assert (lue.valeur, lue.est_recalculee, lue.est_partielle) == (Decimal(15), True, False)


def test_un_ratio_se_refait_avec_ses_numerateurs_et_denominateurs(charger):
    """10 sur 100 et 90 sur 100 000 : la moyenne des taux serait 5,045 %, la part vraie 0,1 %."""
    charger(
        "C04", "35069;10;100", "35099;90;99900", "35207;0;1", "35220;0;1", "35327;0;1",
        entete="code;numerateur;denominateur",
    )  # fmt: skip
    lue = valeurs("C04", "epci", [CHATEAUGIRON])[CHATEAUGIRON]
    assert lue.valeur == pytest.approx(Decimal("0.1"), abs=Decimal("0.0001"))
    assert (lue.numerateur, lue.denominateur) == (Decimal(100), Decimal(100003))


def test_un_taux_pour_cent_mille_garde_son_unite(charger):
    charger("C12", "29;30;40000", entete="code;numerateur;denominateur", niveau="departement")
    assert valeurs("C12", "departement", ["29"])["29"].valeur == Decimal(75)


def test_ce_qui_ne_s_additionne_pas_n_est_jamais_agrege(charger):
    charger("C10", *(f"{code};2,5" for code in COMMUNES))
    lue = valeurs("C10", "epci", [CHATEAUGIRON])[CHATEAUGIRON]
    assert lue.valeur is None
    assert lue.raison == "cet indicateur ne s’additionne pas : il faut une valeur publiée ici"


def test_une_valeur_publiee_a_ce_niveau_l_emporte_sur_le_calcul(charger):
    charger("C01", *(f"{code};1" for code in COMMUNES))
    charger("C01", f"{CHATEAUGIRON};7", niveau="epci", annee=2018)
    assert valeurs("C01", "epci", [CHATEAUGIRON])[CHATEAUGIRON].valeur == Decimal(7)


def test_un_ratio_sans_quotient_ne_se_refait_pas(charger):
    charger("C04", *(f"{code};10" for code in COMMUNES))
    lue = valeurs("C04", "epci", [CHATEAUGIRON])[CHATEAUGIRON]
    assert (lue.valeur, lue.raison) == (
        None,
        "le numérateur et le dénominateur ne sont pas chargés",
    )


def test_une_commune_manquante_rend_le_calcul_partiel_et_le_dit(charger):
    charger("C01", *(f"{code};1" for code in COMMUNES[:4]), "35327;s")
    lue = valeurs("C01", "epci", [CHATEAUGIRON])[CHATEAUGIRON]
    assert (lue.valeur, lue.renseignes, lue.membres) == (Decimal(4), 4, 5)
    assert lue.est_partielle


def test_moins_de_la_moitie_des_communes_ne_disent_rien(charger):
    charger("C01", "35069;1", "35099;1")
    lue = valeurs("C01", "epci", [CHATEAUGIRON])[CHATEAUGIRON]
    assert lue.valeur is None
    assert "2 territoires renseignés sur 5" in lue.raison


def test_un_calcul_ne_melange_pas_deux_annees(charger):
    charger("C01", *(f"{code};1" for code in COMMUNES), annee=2019)
    charger("C01", *(f"{code};10" for code in COMMUNES[:4]), annee=2022)
    lue = valeurs("C01", "epci", [CHATEAUGIRON])[CHATEAUGIRON]
    assert (lue.annee, lue.valeur) == (2022, Decimal(40))


def test_une_annee_trop_partielle_laisse_la_place_a_la_precedente(charger):
    charger("C01", *(f"{code};1" for code in COMMUNES), annee=2019)
    charger("C01", "35069;10", annee=2022)
    lue = valeurs("C01", "epci", [CHATEAUGIRON])[CHATEAUGIRON]
    assert (lue.annee, lue.valeur) == (2019, Decimal(5))


def test_les_departements_font_leur_region(charger):
    charger("C20", "29;1;2", "35;1;6", entete="code;numerateur;denominateur", niveau="departement")
    assert valeurs("C20", "region", ["53"])["53"].valeur == Decimal(25)


def test_le_secret_statistique_est_dit(charger):
    charger("C10", "35069;s")
    lue = valeurs("C10", "commune", ["35069"])["35069"]
    assert (lue.valeur, lue.raison, lue.annee) == (None, "secret statistique", 2021)


def test_un_groupe_de_communes_se_calcule_comme_un_territoire(charger):
    charger("C04", "35069;1;10", "29232;3;10", entete="code;numerateur;denominateur")
    indicateurs = IndicateurContexte.objects.filter(pk="C04")
    assert valeurs_du_groupe(indicateurs, ["35069", "29232"])["C04"].valeur == Decimal(20)


def test_un_niveau_inconnu_est_une_erreur_de_programme(db):
    with pytest.raises(ValueError, match="canton"):
        valeurs("C01", "canton", ["1"])


@sans_chrono
@given(
    st.lists(
        st.one_of(st.none(), st.tuples(st.integers(0, 50), st.integers(1, 1000))),
        min_size=5,
        max_size=5,
    )
)
def test_un_ratio_vaut_toujours_la_somme_sur_la_somme(parts):
    """Calcul indépendant, en fractions exactes ; sous la moitié des communes, rien n’est dit."""
    edition = EditionDonnees.objects.create(
        indicateur_id="C04",
        annee=2021,
        niveau="commune",
        source="Essai",
        fichier="f",
        sha256="0" * 64,
    )
    DonneeContexte.objects.bulk_create(
        DonneeContexte(edition=edition, code_territoire=c, numerateur=min(p), denominateur=max(p))
        for c, p in zip(COMMUNES, parts, strict=True)
        if p
    )
    connues = [(min(p), max(p)) for p in parts if p]
    lue = valeurs("C04", "epci", [CHATEAUGIRON])[CHATEAUGIRON]
    edition.delete()
    if len(connues) * 2 < len(COMMUNES):
        assert lue.valeur is None
        return
    attendu = Fraction(sum(n for n, _ in connues) * 100, sum(d for _, d in connues))
    assert abs(Fraction(lue.valeur) - attendu) < Fraction(1, 10**6)


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_codes(charger, nombre_requetes):
    charger("C01", *(f"{code};1" for code in COMMUNES))
    tous = list(Commune.objects.values_list("pk", flat=True))
    indicateurs = list(IndicateurContexte.objects.all())
    assert nombre_requetes(lambda: valeurs_de(indicateurs, "commune", tous)) == 1
    assert nombre_requetes(lambda: valeurs_de(indicateurs, "epci", [CHATEAUGIRON])) == 2


# La fiche d’un territoire


def test_la_fiche_dit_valeur_unite_annee_source_et_comparaison(charger):
    charger("C04", "35069;12,3", "35099;20")
    charger("C04", "35;15", niveau="departement")
    charger("C04", "FR;14", niveau="france")
    (ligne,) = contexte_du_territoire("commune", "35069", LE).lignes
    assert (ligne.valeur, ligne.annee) == ("12,3\u202f%", 2021)
    assert ligne.source == "Essai, chiffres inventés"
    assert [(r.territoire, r.valeur) for r in ligne.reperes] == [
        ("Département", "15,0\u202f%"),
        ("France", "14,0\u202f%"),
    ]


def test_la_fiche_d_une_intercommunalite_dit_comment_elle_calcule(charger):
    charger("C01", *(f"{code};1000" for code in COMMUNES[:4]))
    (ligne,) = contexte_du_territoire("epci", CHATEAUGIRON, LE).lignes
    assert ligne.valeur == "4\u202f000"
    assert ligne.mention == "calculé sur 4 des 5 territoires"


def test_la_fiche_d_un_territoire_sans_donnee_est_vide(db):
    fiche = contexte_du_territoire("commune", "35069", LE)
    assert (list(fiche.lignes), fiche.zones) == ([], {})
