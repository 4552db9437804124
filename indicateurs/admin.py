from django.contrib import admin

from acteurs.admin import NomenclatureAdmin
from indicateurs.models import IndicateurModele

admin.site.register(IndicateurModele, NomenclatureAdmin)
