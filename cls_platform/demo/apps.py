from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "cls_platform.demo"
    label = "demo"
    verbose_name = "Démonstration"
