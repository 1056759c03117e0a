import json
import logging

from django.conf import settings
from django.http import HttpResponse, HttpResponseForbidden, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .models import Entry

logger = logging.getLogger(__name__)


def _chat_id(payload):
    return payload["chat"]["id"] if "chat" in payload else payload["chat_id"]


@csrf_exempt
@require_POST
def hook(request):
    event = json.loads(request.body)
    if event["secret_key"] != settings.LIVECHAT_SECRET:
        return HttpResponseForbidden()
    action, payload = event["action"], event["payload"]
    if action not in Entry.Action.values:
        logger.info("no entry for %s", action)
        return HttpResponse(status=204)
    Entry.objects.create(chat_id=_chat_id(payload), action=action, detail=payload.get("tag", ""))
    return HttpResponse(status=204)


def history(request, chat_id):
    entries = Entry.objects.filter(chat_id=chat_id)
    return JsonResponse({
        "entries": [str(entry) for entry in entries],
        "closed": entries.filter(action=Entry.Action.CLOSED).exists(),
    })
