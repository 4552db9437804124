"""Les adresses des évaluations d’un contrat et de ce qu’elles contiennent."""

from django.urls import path

from indicateurs.views.evaluation import contenu, ecriture, lecture, recommandations

CONTRAT = "espace/contrats/<uuid:pk>/"
EVALUATION = "espace/evaluations/<uuid:pk>/"
QUESTION = "espace/questions-evaluatives/<uuid:pk>/"
ETAPE = "espace/etapes-d-evaluation/<uuid:pk>/"
RECOMMANDATION = "espace/recommandations/<uuid:pk>/"

QUESTIONS = {"sorte": contenu.QUESTION}
ETAPES = {"sorte": contenu.ETAPE}
RECOMMANDATIONS = {"sorte": contenu.RECOMMANDATION}

adresses = [
    path(f"{CONTRAT}evaluation/", lecture.evaluations, name="evaluations"),
    path(f"{CONTRAT}evaluation/ajouter/", ecriture.ajouter, name="evaluation_ajouter"),
    path(f"{CONTRAT}recommandations/", recommandations.suivi, name="recommandations"),
    path(
        f"{CONTRAT}recommandations/exporter/<slug:extension>/",
        recommandations.exporter,
        name="recommandations_exporter",
    ),
    path(EVALUATION, lecture.evaluation, name="evaluation"),
    path(f"{EVALUATION}exporter/<slug:extension>/", lecture.exporter, name="evaluation_exporter"),
    path(f"{EVALUATION}modifier/", ecriture.modifier, name="evaluation_modifier"),
    path(f"{EVALUATION}retirer/", ecriture.retirer, name="evaluation_retirer"),
    path(f"{EVALUATION}trame/", ecriture.trame, name="evaluation_trame"),
    path(f"{EVALUATION}questions/ajouter/", contenu.ajouter, QUESTIONS, name="question_ajouter"),
    path(f"{EVALUATION}etapes/ajouter/", contenu.ajouter, ETAPES, name="etape_ajouter"),
    path(
        f"{EVALUATION}recommandations/ajouter/",
        contenu.ajouter,
        RECOMMANDATIONS,
        name="recommandation_ajouter",
    ),
    path(QUESTION, contenu.modifier, QUESTIONS, name="question"),
    path(f"{QUESTION}deplacer/", contenu.deplacer_question, name="question_deplacer"),
    path(f"{QUESTION}retirer/", contenu.retirer, QUESTIONS, name="question_retirer"),
    path(ETAPE, contenu.modifier, ETAPES, name="etape"),
    path(f"{ETAPE}faite/", contenu.cocher, name="etape_faite"),
    path(f"{ETAPE}retirer/", contenu.retirer, ETAPES, name="etape_retirer"),
    path(RECOMMANDATION, contenu.modifier, RECOMMANDATIONS, name="recommandation"),
    path(f"{RECOMMANDATION}suite/", recommandations.suite, name="recommandation_suite"),
    path(
        f"{RECOMMANDATION}retirer/", contenu.retirer, RECOMMANDATIONS, name="recommandation_retirer"
    ),
]
