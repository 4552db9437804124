"""Une migration dont les opérations semblables qui se suivent partagent un seul état des modèles.

Django redessine, à chaque opération, le modèle touché et tous ceux qui lui sont reliés : sur un
modèle central, un champ ajouté coûte un cinquième de seconde. Ici une suite d’ajouts du même genre
ne les redessine qu’une fois, et une suite de contraintes, d’index ou de déclencheurs pas du tout :
elle ne change aucune colonne. Le SQL et son ordre sont ceux de Django.
"""

from itertools import groupby
from typing import Any

import pgtrigger.migrations
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState

# Des opérations dont aucune ne lit ce qu’une autre du même genre vient de faire
GROUPABLES: tuple[type, ...] = (
    migrations.CreateModel,
    migrations.AddField,
    migrations.AddConstraint,
    migrations.AddIndex,
    pgtrigger.migrations.AddTrigger,
    pgtrigger.migrations.RemoveTrigger,
)
# Le modèle ne leur donne que sa table et ses colonnes : le dessin d’avant suffit
SANS_DESSIN = frozenset(GROUPABLES) - {migrations.CreateModel, migrations.AddField}


class MigrationGroupee(migrations.Migration):
    def apply(
        self,
        project_state: ProjectState,
        schema_editor: BaseDatabaseSchemaEditor,
        collect_sql: bool = False,  # noqa: FBT001, FBT002  (signature de Django)
    ) -> ProjectState:
        """Comme Django, groupe par groupe ; une lecture du SQL seul suit le chemin ordinaire."""
        if collect_sql:
            return super().apply(project_state, schema_editor, collect_sql=True)
        est_perime = False
        for _, groupe in groupby(enumerate(self.operations), key=_genre):
            operations = [operation for _, operation in groupe]
            garde = type(operations[0]) in SANS_DESSIN
            if est_perime and not garde and len(operations) == 1:
                _redessiner(project_state)
            avant = project_state.clone()
            dessin = _effacer(project_state) if garde or len(operations) > 1 else None
            for operation in operations:
                operation.state_forwards(self.app_label, project_state)
            if garde and dessin is not None:
                project_state.apps = dessin
            est_perime = garde
            for operation in operations:
                operation.database_forwards(self.app_label, schema_editor, avant, project_state)
        if est_perime:
            _effacer(project_state)
        return project_state


def _effacer(etat: ProjectState) -> Any:
    """Les modèles se redessineront à la première lecture. Rend ceux d’avant, s’il y en avait."""
    return vars(etat).pop("apps", None)


def _redessiner(etat: ProjectState) -> None:
    _effacer(etat)
    _ = etat.apps


def _genre(numerotee: tuple[int, Any]) -> Any:
    """Le genre d’une opération groupable ; sinon son rang, qui n’appartient qu’à elle."""
    rang, operation = numerotee
    return type(operation) if type(operation) in GROUPABLES else rang
