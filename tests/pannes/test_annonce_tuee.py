"""Un travailleur tué pendant qu’il annonce un bilan : chaque abonné reçoit son courriel."""

import json


def test_tue_pendant_qu_il_ecrit_il_ne_perd_aucun_courriel(essai):
    """Avant la fin du texte, jamais de double. Après, le serveur l’a peut-être pris : le double que
    rien ne peut exclure porte le même identifiant que le premier."""
    sortie = essai.python("-m", "tests.pannes.pepiniere", "annonces")
    avant, pendant = (json.loads(li) for li in sortie.splitlines() if li.startswith("{"))
    assert (avant["fois"], avant["identifiants"], avant["etat"]) == ([1, 1, 1, 1], 4, "FAIT")
    assert (pendant["fois"], pendant["identifiants"], pendant["etat"]) == ([1, 2, 1, 1], 4, "FAIT")
