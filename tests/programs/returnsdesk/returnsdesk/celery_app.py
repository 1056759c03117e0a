from celery import Celery

celery = Celery("returnsdesk")
