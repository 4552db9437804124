"""Un tableau à en-têtes connus : dans tous les ordres, tous les encodages, tous les séparateurs."""

import io

import pytest

from cls_platform.socle.tableur import ecriture_csv
from cls_platform.socle.tableur.limites import ClasseurRefuse, Limites
from cls_platform.socle.tableur.remarques import Remarque
from cls_platform.socle.tableur.table import Colonne, Table, est_une_erreur_de_formule, lire_table
from tests.contrats.tableur.classeurs import classeur_simple

COLONNES = (
    Colonne("code_cls", "code_cls", ("numero",), est_obligatoire=True),
    Colonne("nom", "nom", ("intitule",)),
    Colonne("codes_insee", "codes_insee", ("communes",)),
)


def lire(contenu: bytes | str, nom: str = "liste.csv", limites: Limites | None = None) -> Table:
    octets = contenu.encode() if isinstance(contenu, str) else contenu
    return lire_table(io.BytesIO(octets), nom, COLONNES, limites or Limites())


def valeurs(table: Table) -> list[dict]:
    return [dict(ligne.valeurs) for ligne in table.lignes]


ATTENDU = [{"code_cls": "A1", "nom": "Été", "codes_insee": "29232,29020"}]


@pytest.mark.parametrize("separateur", [";", "\t"])
@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_separateur_et_encodage_sont_reconnus(separateur, encodage):
    texte = f"code_cls{separateur}nom{separateur}codes_insee\nA1{separateur}Été{separateur}29232,29020\n"
    assert valeurs(lire(texte.encode(encodage))) == ATTENDU


def test_une_virgule_separe_les_cellules_quand_les_codes_sont_entre_guillemets():
    assert valeurs(lire('code_cls,nom,codes_insee\nA1,Été,"29232,29020"\n')) == ATTENDU


def test_une_cellule_pleine_de_virgules_ne_trompe_pas_sur_le_separateur():
    codes = ",".join(f"29{n:03d}" for n in range(100))
    table = lire(f"code_cls;nom;codes_insee\nA1;Nom;{codes}\n")
    assert table.lignes[0].texte("codes_insee") == codes


@pytest.mark.parametrize(
    "entetes",
    ["Code CLS;Nom;Codes INSEE", "CODE_CLS;NOM;codes-insee", "Code_Cls ; Nom * ; Codes Insée"],
)
def test_accents_casse_et_ponctuation_des_entetes_ne_comptent_pas(entetes):
    assert set(lire(f"{entetes}\nA1;Été;29232\n").entetes) == {"code_cls", "nom", "codes_insee"}


def test_les_colonnes_sont_reconnues_dans_tous_les_ordres():
    table = lire("communes;numero;intitule\n29232;A1;Été\n")
    assert valeurs(table) == [{"code_cls": "A1", "nom": "Été", "codes_insee": "29232"}]


def test_une_colonne_inconnue_est_nommee_et_laissee():
    table = lire("code_cls;nom;commentaire\nA1;Été;rien\n")
    assert table.inconnues == ["commentaire"]
    assert valeurs(table) == [{"code_cls": "A1", "nom": "Été"}]


def test_des_lignes_de_titre_peuvent_preceder_les_entetes():
    table = lire("Liste des contrats\nau 1er janvier;;\ncode_cls;nom\nA1;Été\n")
    assert table.lignes[0].numero == 4


def test_une_ligne_vide_ne_decale_pas_les_numeros():
    table = lire("code_cls;nom\n\nA1;Été\n;\nA2;Hiver\n")
    assert [ligne.numero for ligne in table.lignes] == [3, 5]


@pytest.mark.parametrize(
    ("contenu", "attendu"),
    [
        ("intitule;communes\nA;B\n", "Cette colonne manque : code_cls"),
        ("rien;du tout\n1;2\n", "Il faut au moins ces colonnes : code_cls"),
        ("code_cls;numero;nom\nA;B;C\n", "« code_cls » et « numero »"),
        ("", "Aucune ligne d’en-tête"),
    ],
)
def test_un_tableau_sans_ses_colonnes_est_refuse_avec_une_phrase(contenu, attendu):
    with pytest.raises(ClasseurRefuse) as refus:
        lire(contenu)
    assert attendu in refus.value.message


def test_la_feuille_aux_entetes_reconnus_est_choisie():
    table = lire(classeur_simple(["code_cls", "nom"], ["A1", "Été"], feuille="Deux"), "l.xlsx")
    assert (table.feuille, table.lignes[0].texte("code_cls")) == ("Deux", "A1")


def test_un_nombre_de_classeur_s_ecrit_sans_decimale():
    table = lire(classeur_simple(["code_cls", "nom"], [1004, 2.0]), "l.xlsx")
    assert (table.lignes[0].texte("code_cls"), table.lignes[0].texte("nom")) == ("1004", "2")


def test_une_limite_propre_a_l_usage_arrete_la_lecture():
    with pytest.raises(ClasseurRefuse, match="plus de 3 lignes"):
        lire("code_cls;nom\n" + "A;B\n" * 10, limites=Limites(lignes=3))


def test_un_million_de_lignes_est_refuse():
    with pytest.raises(ClasseurRefuse, match="lignes"):
        lire("code_cls;nom\n" + "A;B\n" * 1_000_000)


def test_une_formule_ecrite_par_nous_se_relit_comme_un_texte():
    contenu = ecriture_csv.ecrire(["code_cls", "nom"], [["A1", "=SOMME(A1:A9)"]])
    assert b"'=SOMME" in contenu
    assert lire(contenu).lignes[0].texte("nom") == "=SOMME(A1:A9)"


@pytest.mark.parametrize("texte", ["#REF!", "#N/A", "#NOM?", "#DIV/0!", "#VALEUR!"])
def test_une_erreur_de_formule_se_reconnait(texte):
    assert est_une_erreur_de_formule(texte)
    assert not est_une_erreur_de_formule(texte.strip("#"))


def test_une_remarque_dit_la_ligne_la_colonne_et_la_valeur():
    dite = str(Remarque(4, "fin", "2024", "Ce n’est pas une date."))
    assert dite == "ligne 4, colonne « fin », « 2024 »\u00a0: Ce n’est pas une date."
