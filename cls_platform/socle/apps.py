from django.apps import AppConfig
from django.core import checks

from cls_platform.socle.checks import accent_lisible


class SocleConfig(AppConfig):
    name = "cls_platform.socle"
    label = "socle"
    verbose_name = "Socle"

    def ready(self) -> None:
        checks.register(accent_lisible)
