"""How static files are kept for serving."""

from django.core.files.base import ContentFile, File
from rcssmin import cssmin
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Keeps style sheets without comments and blanks, all files compressed, under names that tell their content."""

    def _save(self, name: str, content: File) -> str:
        if not name.endswith(".css"):
            return super()._save(name, content)
        style = b"".join(content.chunks()).decode()
        return super()._save(name, ContentFile(cssmin(style).encode()))
