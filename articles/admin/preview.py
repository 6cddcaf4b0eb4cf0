"""Markdown as readers will see it, while it is being written."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..rendering import render

LONGEST = 50_000  # characters
# An article's own headings stand below those of its advice.
TOP_HEADING = 3


@require_POST
def preview(request: HttpRequest) -> JsonResponse:
    """Answer with the posted `text` as `html`, or with an `error` in the user's language."""
    text = request.POST.get("text", "")
    if len(text) > LONGEST:
        return JsonResponse({"error": _("This text is too long for a preview.")}, status=413)
    # Past the cache of render, which is for what readers ask for.
    return JsonResponse({"html": render.__wrapped__(text, TOP_HEADING)})
