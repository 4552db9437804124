"""Les données jointes au PDF : sûres dans un tableur, muettes sur les petits effectifs."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

from django.template.loader import render_to_string

from bilans.donnees_ouvertes import csv_ouvert, json_ouvert
from bilans.mise_en_page import contexte
from indicateurs.series import Releve
from tests.bilans import exemples


def test_le_tableur_ne_peut_pas_executer_un_texte() -> None:
    bilan = exemples.instantane()
    volet = replace(bilan.volets[0], titre="=cmd()", actions=(
        exemples.action("@1", "+SOMME(A1)"), exemples.action("-1", "Normal")))  # fmt: skip
    texte = csv_ouvert(replace(bilan, volets=(volet,))).decode("utf-8-sig")
    lignes = list(csv.reader(io.StringIO(texte), delimiter=";"))
    cellules = [c for ligne in lignes[1:] for c in ligne if c]
    assert not [c for c in cellules if c[0] in "=+@-"]
    assert "'=cmd()" in cellules


def test_les_donnees_ouvertes_ne_revelent_pas_un_petit_effectif() -> None:
    secret = Releve(annee=2025, valeur=None, qualite="SECRET_STATISTIQUE")
    serie = replace(exemples.serie("Personnes reçues", {}), releves=(secret,))
    volet = replace(exemples.instantane().volets[0], indicateurs=(exemples.indicateur(serie),))
    bilan = exemples.instantane(volets=(volet,))
    ligne = csv_ouvert(bilan).decode("utf-8-sig").splitlines()[-1].split(";")
    assert ligne[6] == ""
    assert ligne[10] == "SECRET_STATISTIQUE"
    html = render_to_string("bilans/pdf/bilan.html", contexte(bilan))
    assert "moins de\u00a05" in html


def test_le_json_ouvert_dit_tout_sauf_les_traces() -> None:
    ouvert = json.loads(json_ouvert(exemples.instantane()))
    assert ouvert["carte"] is None
    assert ouvert["arrete_le"] == date(2026, 3, 1).isoformat()
    assert len(ouvert["volets"]) == 3
