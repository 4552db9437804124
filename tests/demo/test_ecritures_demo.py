"""Ce que l’équipe écrit dans les bilans de démonstration : lisible, inventé et dit tel."""

import io
import re

import pytest
from PIL import Image

from bilans.ecriture.guide import ILLUSTREES
from bilans.textes import texte_nu
from cls_platform.demo.chargement.lecture import lire_contrats, lire_ecritures
from cls_platform.demo.chargement.plans import fiches_de
from cls_platform.demo.dessins import MOTIFS, dessiner

MOTS_PAR_PHRASE = 20
CONTRATS = {contrat["slug"]: contrat for contrat in lire_contrats()}
ECRITURES = lire_ecritures()


def nom(ecriture):
    return f"{ecriture['contrat']}-{ecriture['annee']}"


@pytest.mark.parametrize("ecriture", ECRITURES, ids=nom)
def test_les_actions_racontees_sont_dans_leur_volet(ecriture):
    contrat = CONTRATS[ecriture["contrat"]]
    axes = {axe["numero"] for axe in contrat["axes"]}
    numeros = {fiche["numero"] for fiche in fiches_de(contrat)}
    for volet in ecriture["volets"]:
        assert volet["axe"] in axes
        assert len(volet["actions"]) <= 3
        assert set(volet["actions"]) <= numeros
        assert all(numero.split(".")[0] == volet["axe"] for numero in volet["actions"])


@pytest.mark.parametrize("ecriture", ECRITURES, ids=nom)
def test_chaque_photo_est_un_dessin_decrit(ecriture):
    for motif, alternative in ecriture["photos"].items():
        assert motif in MOTIFS
        assert alternative.startswith("Dessin")
    montrees = {p["photo"] for p in [*ecriture["volets"], *ecriture["sections"]] if "photo" in p}
    assert montrees <= set(ecriture["photos"])
    assert all(s["code"] in ILLUSTREES for s in ecriture["sections"] if "photo" in s)


@pytest.mark.parametrize("ecriture", ECRITURES, ids=nom)
def test_chaque_temoignage_est_dit_invente_et_chaque_phrase_est_courte(ecriture):
    for partie in [*ecriture["volets"], *ecriture["sections"]]:
        if "citation" in partie:
            assert "inventé" in partie["citation_auteur"]
        ecrit = f"{texte_nu(partie.get('texte', ''))}\n{partie.get('citation', '')}"
        for phrase in re.split(r"[.!?:;\n]+", ecrit):
            assert len(phrase.split()) <= MOTS_PAR_PHRASE, phrase


@pytest.mark.parametrize("motif", MOTIFS)
def test_un_dessin_est_toujours_le_meme(motif):
    octets = dessiner(motif)
    assert octets == dessiner(motif)
    assert Image.open(io.BytesIO(octets)).size == MOTIFS[motif][0]
