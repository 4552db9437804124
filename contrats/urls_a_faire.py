"""Les adresses de la liste de travail et de la doctrine d’une région."""

from django.urls import path

from contrats.views import a_faire, doctrine, suivi_territoire

LISTE = "espace/a-faire/"
LIGNE = f"{LISTE}lignes/<slug:cle>/"
REGION = "espace/regions/<slug:code>/"

adresses = [
    path(LISTE, a_faire.a_faire, name="a_faire"),
    path(f"{LISTE}exporter/<slug:extension>/", a_faire.exporter, name="a_faire_exporter"),
    path(f"{LISTE}affecter/", a_faire.affecter, name="a_faire_affecter"),
    path(LIGNE, suivi_territoire.suivi, name="a_faire_suivi"),
    path(f"{LIGNE}referent/", suivi_territoire.referent, name="a_faire_referent"),
    path(f"{LIGNE}veille/", suivi_territoire.veille, name="a_faire_veille"),
    path(f"{LIGNE}note/", suivi_territoire.note, name="a_faire_note"),
    path(f"{REGION}doctrine/", doctrine.doctrine, name="doctrine"),
    path(f"{REGION}doctrine/nouvelle/", doctrine.ecrire, name="doctrine_ecrire"),
    path("espace/doctrines/<uuid:pk>/", doctrine.modifier, name="doctrine_modifier"),
]
