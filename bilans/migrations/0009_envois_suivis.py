"""Les envois d’une annonce, un par abonné."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models

from cls_platform.socle.migration_groupee import MigrationGroupee


class Migration(MigrationGroupee):

    dependencies = [
        ('bilans', '0008_note_de_correction'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnnonceParution',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('ouverte_le', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ouverte le')),
                ('finie_le', models.DateTimeField(blank=True, null=True, verbose_name='finie le')),
                ('oubliee_le', models.DateTimeField(blank=True, null=True, verbose_name='envois effacés le')),
                ('prevus', models.PositiveIntegerField(blank=True, null=True, verbose_name='courriels prévus')),
                ('partis', models.PositiveIntegerField(blank=True, null=True, verbose_name='courriels partis')),
                ('refuses', models.PositiveIntegerField(blank=True, null=True, verbose_name='courriels refusés')),
                ('bilan', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='annonce_parution', to='bilans.bilan', verbose_name='bilan')),
            ],
            options={
                'verbose_name': 'annonce de parution',
                'verbose_name_plural': 'annonces de parution',
            },
        ),
        migrations.CreateModel(
            name='EnvoiParution',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('abonnement_id', models.UUIDField(verbose_name='abonnement')),
                ('etat', models.CharField(choices=[('A_ENVOYER', 'À envoyer'), ('PARTI', 'Parti'), ('REFUSE', 'Refusé'), ('ECARTE', 'Plus à envoyer')], default='A_ENVOYER', max_length=9, verbose_name='état')),
                ('motif', models.CharField(blank=True, choices=[('ADRESSE', 'Refusé pour cette adresse'), ('MESSAGE', 'Refusé pour ce que dit le courriel'), ('SERVEUR', 'Le serveur de courriel n’a rien pris'), ('DOUTE', 'Le serveur de courriel s’est tu en le recevant : il est peut-être parti'), ('DESABONNE', 'La personne s’est désabonnée'), ('ARRETE', 'Le bilan n’est plus en ligne')], max_length=9, verbose_name='motif')),
                ('tentatives', models.PositiveSmallIntegerField(default=0, verbose_name='tentatives')),
                ('prochain_le', models.DateTimeField(default=django.utils.timezone.now, verbose_name='prochain essai le')),
                ('annonce', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='envois', to='bilans.annonceparution', verbose_name='annonce')),
            ],
            options={
                'verbose_name': 'envoi d’une annonce',
                'verbose_name_plural': 'envois d’une annonce',
            },
        ),
        migrations.AddConstraint(
            model_name='annonceparution',
            constraint=models.CheckConstraint(condition=models.Q(('oubliee_le', None), models.Q(('finie_le__isnull', False), ('partis__isnull', False), ('prevus__isnull', False), ('refuses__isnull', False)), _connector='OR'), name='annonce_parution_comptee', violation_error_message='Les envois s’effacent une fois finis et comptés.'),
        ),
        migrations.AddConstraint(
            model_name='envoiparution',
            constraint=models.UniqueConstraint(fields=('annonce', 'abonnement_id'), name='envoi_parution_unique', violation_error_message='Cette personne est déjà dans l’annonce.'),
        ),
        migrations.AddConstraint(
            model_name='envoiparution',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('etat__in', ['REFUSE', 'ECARTE']), _negated=True), models.Q(('motif', ''), _negated=True), _connector='OR'), name='envoi_parution_motive', violation_error_message='Un envoi qui n’est pas parti dit pourquoi.'),
        ),
        migrations.AddIndex(
            model_name='envoiparution',
            index=models.Index(condition=models.Q(('etat', 'A_ENVOYER')), fields=['prochain_le'], name='envoi_parution_du'),
        ),
    ]
