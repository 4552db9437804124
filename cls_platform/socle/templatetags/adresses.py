"""`{% url %}`, qui cherche chaque adresse une fois par processus. Chargée d’office partout."""

from typing import Any

from django import template
from django.template import Context
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as url_de_django
from django.utils.html import conditional_escape

from cls_platform.socle.adresses import adresse

register = template.Library()


class Adresse(URLNode):
    """Celle de Django, sauf les cas simples : sans paramètre nommé, écrite sur place."""

    def render(self, context: Context) -> str:
        if self.kwargs or self.asvar:
            return super().render(context)
        args = [arg.resolve(context) for arg in self.args]
        trouvee = adresse(self.view_name.resolve(context), *args)
        return conditional_escape(trouvee) if context.autoescape else trouvee


@register.tag
def url(parser: Parser, token: Token) -> Any:
    noeud = url_de_django(parser, token)
    return Adresse(noeud.view_name, noeud.args, noeud.kwargs, noeud.asvar)
