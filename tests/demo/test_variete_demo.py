"""La démonstration prise en entier : assez grande, assez variée, et sans personne de réel."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import yaml
from django.contrib.auth.password_validation import validate_password

import contrats
from acteurs.droits import Role
from cls_platform.demo.chargement.histoires import adoption, histoire
from cls_platform.demo.chargement.lecture import DOSSIER, lire_comptes, lire_contrats
from cls_platform.demo.chargement.plans import fiches_de
from contrats.etats import Phase, StatutAction
from indicateurs.models import Agregation

OUTRE_MER = {"01", "02", "03", "04", "06"}
CONTRATS = lire_contrats()
FICHES = [fiche for contrat in CONTRATS for fiche in fiches_de(contrat)]
COMPTES = lire_comptes()["comptes"]


def nomenclature(liste: str) -> set[str]:
    fichier = Path(contrats.__file__).parent / "donnees" / "nomenclatures.yaml"
    return {ligne["code"] for ligne in yaml.safe_load(fichier.read_text())[liste]}


def commence_par_son_unite(indicateur) -> bool:
    premier = indicateur["libelle_public"].split()[0].lower()
    return premier == indicateur["unite"].split()[0]


def repetes(valeurs) -> list[str]:
    return [valeur for valeur, n in Counter(valeurs).items() if n > 1]


def test_une_vingtaine_de_contrats_dans_au_moins_neuf_regions():
    assert 18 <= len(CONTRATS) <= 22
    regions = {contrat["region"] for contrat in CONTRATS}
    assert len(regions) >= 9
    assert len(regions & OUTRE_MER) >= 2


def test_toutes_les_etapes_de_la_vie_d_un_contrat():
    phases = {contrat["phase"] for contrat in CONTRATS}
    assert phases == set(Phase.values)
    assert any(contrat["contrat_precedent"] for contrat in CONTRATS)


def test_une_signature_apres_le_debut_et_un_perimetre_qui_change():
    """Les pièges du domaine : début, fin et signature sont indépendants."""
    assert any(c["date_signature"] and c["date_signature"] > c["date_debut"] for c in CONTRATS)
    exceptions = [e for c in CONTRATS for e in c["perimetre"]["exceptions"]]
    assert any(e["date_sortie"] for e in exceptions)
    assert any(e["date_sortie"] is None for e in exceptions)


def test_une_ville_a_son_contrat_dans_une_agglomeration_qui_a_le_sien():
    """Sans cela, la couverture sans double compte ne se verrait pas."""
    en_vigueur = [c for c in CONTRATS if c["phase"] in {Phase.MISE_EN_OEUVRE, Phase.EVALUATION}]
    assert any("68224" in c["perimetre"]["communes"] for c in en_vigueur)
    assert any("200066009" in c["perimetre"]["epci"] for c in en_vigueur)


def test_chaque_action_est_ecrite_pour_son_contrat():
    """Comparer deux contrats ne montre jamais deux fois le même texte."""
    assert len(FICHES) >= 300
    for champ in ("titre", "resume_public", "contexte", "description", "resultats_attendus"):
        assert not repetes(fiche[champ].casefold() for fiche in FICHES), champ


def test_tous_les_themes_tous_les_publics_tous_les_statuts():
    assert {theme for fiche in FICHES for theme in fiche["themes"]} == nomenclature("Theme")
    assert {p for fiche in FICHES for p in fiche["populations"]} == nomenclature("Population")
    assert {fiche["statut"] for fiche in FICHES} == set(StatutAction.values)


def test_ce_qui_se_compte_se_dit_en_une_phrase():
    """« 84 secouristes en santé mentale formés » : le libellé public commence par son unité."""
    comptes = [
        indicateur
        for contrat in CONTRATS
        for indicateur in contrat["indicateurs"]
        if indicateur["agregation"] != Agregation.RATIO and indicateur["unite"] != "note /10"
    ]
    fautes = [i["libelle_public"] for i in comptes if not commence_par_son_unite(i)]
    assert not fautes


def test_deux_annees_publiees_a_comparer_et_un_bilan_en_preparation():
    bilans = [bilan for contrat in CONTRATS for bilan in contrat["bilans"]]
    restes = [b for b in bilans if not {"corrections", "retrait"} & b.keys()]
    assert sorted(bilan["statut"] for bilan in restes) == ["BROUILLON", "PUBLIE", "PUBLIE"]


def test_un_bilan_corrige_et_un_bilan_retire_disent_que_tout_est_invente():
    bilans = [bilan for contrat in CONTRATS for bilan in contrat["bilans"]]
    (corrige,) = [b for b in bilans if "corrections" in b]
    (retire,) = [b for b in bilans if "retrait" in b]
    (correction,) = corrige["corrections"]
    textes = [
        correction["note"],
        retire["retrait"]["motif"],
        *(s["texte"] for s in correction["sections"]),
    ]
    assert all("Démonstration. " in texte for texte in textes)
    assert corrige["publie_le"] < correction["publie_le"]
    assert retire["publie_le"] < retire["retrait"]["le"]


def test_un_compte_par_role_et_une_voisine():
    roles = {
        membre["courriel"]: membre["role"] for contrat in CONTRATS for membre in contrat["equipe"]
    }
    assert set(roles) <= {compte["courriel"] for compte in COMPTES}
    de_contrat = {Role.COORDINATEUR, Role.ELU, Role.PILOTE, Role.PARTENAIRE, Role.LECTEUR}
    assert set(roles.values()) == de_contrat
    assert sum(compte.get("est_administrateur", False) for compte in COMPTES) == 1
    delegations = [a.get("departement") for c in COMPTES for a in c.get("affectations", ())]
    assert sorted(delegations, key=str) == ["56", None]


def test_le_mot_de_passe_connu_de_tous_passe_les_regles():
    validate_password(lire_comptes()["mot_de_passe"])


def test_aucune_adresse_hors_du_domaine_reserve():
    for fichier in DOSSIER.rglob("*.yaml"):
        domaines = set(re.findall(r"@([\w.-]+)", fichier.read_text(encoding="utf-8")))
        assert domaines <= {"demo.example"}, fichier.name


def test_l_histoire_d_une_action_finit_a_son_statut_et_ne_remonte_pas_le_temps():
    for contrat in CONTRATS:
        naissance = adoption(contrat["passages"])
        for fiche in fiches_de(contrat):
            etats = histoire(fiche, naissance)
            dates = [etat.le for etat in etats]
            assert dates == sorted(set(dates)), fiche["titre"]
            assert dates[-1] <= date(2026, 11, 22), fiche["titre"]
            assert etats[-1].statut == fiche["statut"]
