from django.apps import AppConfig
from django.core import checks

from cls_platform.socle.checks import accent_lisible, accessibilite_vraie, mentions_renseignees


class SocleConfig(AppConfig):
    name = "cls_platform.socle"
    label = "socle"
    verbose_name = "Socle"

    def ready(self) -> None:
        checks.register(accent_lisible)
        checks.register(accessibilite_vraie)
        checks.register(mentions_renseignees, deploy=True)
