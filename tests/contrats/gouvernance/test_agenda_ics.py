"""Un agenda que toute application lit : RFC 5545, sans bibliothèque."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrats.agenda_ics import LARGEUR, Evenement, agenda, echapper, replier

LE = datetime(2026, 3, 12, 10, 0, tzinfo=UTC)
TEXTES = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=400)


def un(**changes):
    depart = {
        "uid": "a@exemple.fr",
        "sequence": 0,
        "modifie_le": LE,
        "titre": "Comité de pilotage",
        "jour": date(2026, 4, 7),
        "heure": time(14, 30),
    }
    return Evenement(**(depart | changes))


def lignes(texte):
    return texte.replace("\r\n ", "").split("\r\n")


def desechapper(texte):
    """Lu comme le fait une application d’agenda."""
    lu, reste = "", iter(texte)
    for c in reste:
        lu += {"n": "\n"}.get(suivant, suivant) if c == "\\" and (suivant := next(reste)) else c
    return lu


@given(TEXTES)
def test_une_ligne_repliee_tient_en_75_octets_et_se_relit(texte):
    repliee = replier(f"SUMMARY:{texte}")
    assert all(len(ligne.encode()) <= LARGEUR for ligne in repliee.split("\r\n"))
    assert repliee.replace("\r\n ", "") == f"SUMMARY:{texte}"


@given(TEXTES)
def test_un_texte_echappe_se_relit(texte):
    assert desechapper(echapper(texte)) == texte


def test_un_texte_ne_peut_pas_ajouter_une_ligne():
    texte = agenda("Contrat", "53", [un(titre="A\r\nATTENDEE:mailto:x@exemple.fr")])
    assert not any(ligne.startswith("ATTENDEE") for ligne in lignes(texte))
    assert "SUMMARY:A\\nATTENDEE:mailto:x@exemple.fr" in lignes(texte)


def test_chaque_ligne_finit_par_retour_chariot_et_saut():
    texte = agenda("Contrat", "53", [un()])
    assert texte.endswith("END:VCALENDAR\r\n")
    assert "\n" not in texte.replace("\r\n", "")


def test_l_heure_porte_le_fuseau_de_paris_et_ses_deux_heures():
    lues = lignes(agenda("Contrat", "53", [un()]))
    assert "DTSTART;TZID=Europe/Paris:20260407T143000" in lues
    assert {"BEGIN:DAYLIGHT", "BEGIN:STANDARD", "TZID:Europe/Paris"} <= set(lues)


@pytest.mark.parametrize(
    ("region", "fuseau", "ecart"),
    [("04", "Indian/Reunion", "+0400"), ("02", "America/Martinique", "-0400")],
)
def test_outre_mer_l_heure_est_celle_du_territoire(region, fuseau, ecart):
    lues = lignes(agenda("Contrat", region, [un()]))
    assert f"DTSTART;TZID={fuseau}:20260407T143000" in lues
    assert f"TZOFFSETTO:{ecart}" in lues
    assert "BEGIN:DAYLIGHT" not in lues


def test_sans_heure_la_reunion_occupe_la_journee():
    lues = lignes(agenda("Contrat", "53", [un(heure=None)]))
    assert {"DTSTART;VALUE=DATE:20260407", "DTEND;VALUE=DATE:20260408"} <= set(lues)


def test_une_reunion_annulee_le_dit_a_l_agenda_abonne():
    assert "STATUS:CANCELLED" in lignes(agenda("Contrat", "53", [un(est_annule=True)]))
