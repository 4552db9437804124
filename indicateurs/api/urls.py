"""Les ressources que cette application donne au routeur de l’API."""

from indicateurs.api import beneficiaires, catalogue, chaine, evaluation, recits, series, viewsets

RESSOURCES = (
    ("beneficiaires", beneficiaires.BeneficiairesViewSet),
    ("indicateurs", viewsets.IndicateurViewSet),
    ("mesures", viewsets.MesureViewSet),
    ("recits", recits.RecitViewSet),
    ("catalogue-indicateurs", catalogue.IndicateurModeleViewSet),
    ("besoins", chaine.BesoinViewSet),
    ("effets", chaine.EffetViewSet),
    ("evaluations", evaluation.EvaluationViewSet),
    ("etapes-evaluation", evaluation.EtapeEvaluationViewSet),
    ("questions-evaluatives", evaluation.QuestionEvaluativeViewSet),
    ("recommandations", evaluation.RecommandationViewSet),
)
# Calculées pour qui demande : ni objet en base, ni identifiant
REPONSES = (("series", series.SerieViewSet),)
