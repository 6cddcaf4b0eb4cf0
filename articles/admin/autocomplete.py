"""What is offered in a field that searches while somebody types into it."""

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Model

from ..models import Article


class Choices(AutocompleteJsonView):
    """Objects to choose from; an article tells the language by which what belongs to it is judged."""

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        result = super().serialize_result(obj, to_field_name)
        return result | {"source_language": obj.source_language} if isinstance(obj, Article) else result
