"""Chaque contrat de la démonstration : honnête, juste, et lisible par tous."""

import csv
import gzip
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from acteurs.droits import ROLES_DE_CONTRAT
from bilans import langage
from bilans.models import CodeSection
from cls_platform.demo.chargement.lecture import lire_contrats
from cls_platform.demo.chargement.plans import fiches_de
from cls_platform.socle.typographie import typographier
from contrats.etats import StatutAction, transition
from contrats.models import (
    Action,
    Axe,
    Initiative,
    Jalon,
    NiveauObjectif,
    RoleActeur,
    RolePartie,
)
from indicateurs.models import Agregation, Indicateur, Qualite, Sens, TypeIndicateur

RACINE = Path(__file__).resolve().parents[2]
RACONTE_LE = date(2026, 11, 22)
SOURCE = "Suivi du contrat (données de démonstration)"
MOTS_PAR_PHRASE = 20
CONTRATS = {contrat["slug"]: contrat for contrat in lire_contrats()}
SIGNES = [adresse for adresse, contrat in CONTRATS.items() if contrat["date_signature"]]


def nomenclature(application: str, liste: str) -> set[str]:
    lu = yaml.safe_load((RACINE / application / "donnees" / "nomenclatures.yaml").read_text())
    return {ligne["code"] for ligne in lu[liste]}


def territoires(niveau: str) -> dict[str, dict[str, str]]:
    with gzip.open(RACINE / f"acteurs/donnees/{niveau}.csv.gz", "rt", encoding="utf-8") as fichier:
        lignes = list(csv.DictReader(fichier))
    return {ligne[next(iter(ligne))]: ligne for ligne in lignes}


COMMUNES, EPCI = territoires("communes"), territoires("epci")
DEPARTEMENTS = territoires("departements")
TYPES_ACTEUR = nomenclature("acteurs", "TypeActeur")
THEMES = nomenclature("contrats", "Theme")
POPULATIONS = nomenclature("contrats", "Population")
MODELES = nomenclature("indicateurs", "IndicateurModele")
LEXIQUE = langage.Lexique(admis=frozenset(nomenclature("bilans", "ExceptionSigle")))


@pytest.fixture(params=CONTRATS)
def decrit(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Un contrat tel que son fichier le décrit."""
    return CONTRATS[request.param]


def textes_publics(contrat: dict[str, Any]) -> Iterator[str]:
    """Ce que lit un habitant : jamais de sigle, jamais de phrase longue."""
    yield contrat["presentation"]
    for axe in contrat["axes"]:
        yield from (axe["titre_public"], axe["promesse"])
    for fiche in fiches_de(contrat):
        yield from (fiche["titre"], fiche["resume_public"])
    for indicateur in contrat["indicateurs"]:
        yield from (indicateur["libelle_public"], indicateur["definition"])
    for bilan in contrat["bilans"]:
        yield from (section["texte"] for section in bilan["sections"])
        for correction in bilan.get("corrections", ()):
            yield correction["note"]
            yield from (section["texte"] for section in correction["sections"])
        yield bilan.get("retrait", {}).get("motif", "")


def tous_les_textes(valeur: Any) -> Iterator[str]:
    if isinstance(valeur, str):
        yield valeur
    elif isinstance(valeur, dict):
        for element in valeur.values():
            yield from tous_les_textes(element)
    elif isinstance(valeur, list):
        for element in valeur:
            yield from tous_les_textes(element)


def test_tout_dit_que_c_est_une_demonstration(decrit):
    assert decrit["slug"].startswith("demo-")
    assert decrit["numero"].startswith("DEMO-")
    inventees = [s["nom"] for s in decrit["structures"].values() if "nom" in s]
    assert all(nom.endswith("(démo)") for nom in inventees), inventees
    representants = {p.get("representant_nom", "") for p in decrit["parties"]}
    assert representants <= {"Représentant·e (démonstration)", ""}
    assert {i["source"] for i in decrit["indicateurs"]} <= {SOURCE}


def test_les_courriels_sont_dans_le_domaine_reserve(decrit):
    domaines = {m[1] for t in tous_les_textes(decrit) for m in re.finditer(r"@([\w.-]+)", t)}
    assert domaines <= {"demo.example"}


def test_les_territoires_existent_et_sont_dans_la_region(decrit):
    perimetre = decrit["perimetre"]
    assert set(perimetre["epci"]) <= EPCI.keys()
    isolees = {*perimetre["communes"], *(e["commune"] for e in perimetre["exceptions"])}
    assert isolees <= COMMUNES.keys()
    membres = {code for code, c in COMMUNES.items() if c["epci"] in perimetre["epci"]}
    regions = {DEPARTEMENTS[COMMUNES[code]["departement"]]["region"] for code in membres | isolees}
    assert regions == {decrit["region"]}
    for structure in decrit["structures"].values():
        assert structure.get("type", "ars") in TYPES_ACTEUR
        assert structure.get("epci", "200067932") in EPCI
        assert structure.get("commune", "68224") in COMMUNES
        assert structure.get("ars", decrit["region"]) == decrit["region"]


def test_les_codes_sont_ceux_du_produit(decrit):
    assert decrit["initiative"] in Initiative.values
    assert {p["role"] for p in decrit["parties"]} <= set(RolePartie.values)
    assert {m["role"] for m in decrit["equipe"]} <= {r.value for r in ROLES_DE_CONTRAT}
    for fiche in fiches_de(decrit):
        lieu = fiche["numero"]
        assert fiche["statut"] in StatutAction.values, lieu
        assert fiche["themes"], lieu
        assert fiche["populations"], lieu
        assert set(fiche["themes"]) <= THEMES, lieu
        assert set(fiche["populations"]) <= POPULATIONS, lieu
        assert {p["role"] for p in fiche["partenaires"]} <= set(RoleActeur.values), lieu
    for axe in decrit["axes"]:
        assert {o["niveau"] for o in axe.get("objectifs", ())} <= set(NiveauObjectif.values)


def test_les_organisations_citees_sont_decrites_et_toutes_servent(decrit):
    citees = {p["acteur"] for p in decrit["parties"]}
    for fiche in fiches_de(decrit):
        partenaires = [p["acteur"] for p in fiche["partenaires"]]
        assert len(partenaires) == len(set(partenaires)), fiche["numero"]
        assert fiche["pilote"] not in partenaires, fiche["numero"]
        citees |= {fiche["pilote"], *partenaires}
    assert citees == decrit["structures"].keys()


def test_les_phases_se_suivent_comme_la_table_le_permet(decrit):
    passages = decrit["passages"]
    dates = [p["date_effet"] for p in passages]
    assert dates == sorted(dates)
    assert dates[-1] <= RACONTE_LE
    assert passages[-1]["vers"] == decrit["phase"]
    for avant, apres in pairwise(passages):
        assert transition(avant["vers"], apres["vers"]), (avant, apres)


@pytest.mark.parametrize("adresse", SIGNES)
def test_un_contrat_signe_est_complet(adresse):
    decrit = CONTRATS[adresse]
    fiches = list(fiches_de(decrit))
    assert 20 <= len(fiches) <= 30
    assert 3 <= len(decrit["axes"]) <= 5
    assert 6 <= len(decrit["indicateurs"]) <= 11
    assert len({f["statut"] for f in fiches}) >= 4
    assert sum(p["role"] in {"PORTEUR", "COPILOTE", "SIGNATAIRE"} for p in decrit["parties"]) >= 3


def test_les_actions_ont_des_dates_et_des_etapes_coherentes(decrit):
    for fiche in fiches_de(decrit):
        lieu, statut = fiche["numero"], fiche["statut"]
        jalons, faits = fiche["jalons"], [j["fait_le"] for j in fiche["jalons"] if j["fait_le"]]
        assert fiche["date_debut"] < fiche["date_fin"], lieu
        assert all(j["echeance"] <= fiche["date_fin"] for j in jalons), lieu
        assert all(fait <= RACONTE_LE for fait in faits), lieu
        assert 1 <= len(jalons) <= 6, lieu
        if statut == StatutAction.REALISEE:
            assert len(faits) == len(jalons), lieu
        if statut == StatutAction.EN_COURS:
            assert len(faits) < len(jalons), lieu
            assert fiche["date_debut"] <= RACONTE_LE, lieu
        if statut == StatutAction.A_VENIR:
            assert fiche["date_debut"] > RACONTE_LE, lieu
        if statut in {StatutAction.REALISEE_PARTIELLEMENT, StatutAction.EN_RETARD}:
            assert fiche["date_fin"] < RACONTE_LE, lieu


def test_les_indicateurs_se_calculent(decrit):
    numeros = {fiche["numero"] for fiche in fiches_de(decrit)}
    for indicateur in decrit["indicateurs"]:
        lieu = indicateur["libelle"]
        assert indicateur["modele"] is None or indicateur["modele"] in MODELES, lieu
        assert set(indicateur["actions"]) <= numeros, lieu
        assert indicateur["type"] in TypeIndicateur.values, lieu
        assert indicateur["sens"] in Sens.values, lieu
        assert indicateur["agregation"] in Agregation.values, lieu
        assert (indicateur["cible"] is None) == (indicateur["annee_cible"] is None), lieu
        est_rapport = indicateur["agregation"] == Agregation.RATIO
        for mesure in indicateur["mesures"].values():
            assert mesure.get("qualite", "DEFINITIVE") in Qualite.values, lieu
            assert ("denominateur" in mesure) == est_rapport, lieu
            assert mesure.get("numerateur", 0) <= mesure.get("denominateur", 0), lieu


def test_les_textes_tiennent_dans_leurs_colonnes(decrit):
    """Les actions et les étapes s’écrivent en masse, sans la validation des formulaires."""
    lus = [
        *((Axe, axe) for axe in decrit["axes"]),
        *((Action, fiche) for fiche in fiches_de(decrit)),
        *((Jalon, jalon) for fiche in fiches_de(decrit) for jalon in fiche["jalons"]),
        *((Indicateur, indicateur) for indicateur in decrit["indicateurs"]),
    ]
    for modele, valeurs in lus:
        for champ in modele._meta.concrete_fields:
            texte = valeurs.get(champ.name)
            if isinstance(texte, str) and champ.max_length:
                assert len(texte) <= champ.max_length, (champ.name, texte)


def test_aucun_sigle_dans_ce_que_lisent_les_habitants(decrit):
    fautes = {s: t for t in textes_publics(decrit) for s in langage.reperer(t, LEXIQUE)}
    assert not fautes, fautes


def test_aucune_phrase_de_plus_de_vingt_mots_pour_les_habitants(decrit):
    fautes = [
        phrase
        for texte in textes_publics(decrit)
        for phrase in langage.phrases_longues(texte, MOTS_PAR_PHRASE)
    ]
    assert not fautes, fautes


def test_la_typographie_est_deja_posee(decrit):
    fautes = [t for t in tous_les_textes(decrit) if typographier(t) != t]
    assert not fautes, fautes


def test_les_bilans_ont_leurs_dates_et_une_lettre_courte(decrit):
    for bilan in decrit["bilans"]:
        assert {s["code"] for s in bilan["sections"]} <= set(CodeSection.values)
        lettre = next(s["texte"] for s in bilan["sections"] if s["code"] == CodeSection.EDITO)
        assert len(langage.mots(lettre)) <= 150
        if bilan["statut"] == "PUBLIE":
            assert date(bilan["annee"], 12, 31) < bilan["arrete_le"] < bilan["publie_le"]
