from django.contrib import admin

from acteurs.admin import NomenclatureAdmin
from bilans.models import Sigle

admin.site.register(Sigle, NomenclatureAdmin)
