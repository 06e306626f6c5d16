"""The web app manifest: what a phone is told when the site is put on its home screen."""

import json
from pathlib import Path

MANIFEST = "manifest.webmanifest"
ICONS = {"assets/taleshelf/icon-192.png": "192x192", "assets/taleshelf/icon-512.png": "512x512"}
NIGHT = "#26305f"  # the sky of the day's palette, which is that of the header


def render_manifest(name: str, description: str, language: str) -> str:
    """Write the manifest. All addresses in it are relative, so that the site may stand under any path.

    The site keeps a bar of the browser (`minimal-ui`): where it has none, sound is known to end with the screen.
    """
    manifest = {
        "name": name,
        "short_name": name if len(name) <= 12 else name.split()[0][:12],
        "description": description,
        "lang": language,
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": NIGHT,
        "theme_color": NIGHT,
        "icons": [
            {"src": path, "sizes": size, "type": "image/png", "purpose": purpose}
            for path, size in ICONS.items()
            for purpose in ("any", "maskable")
        ],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"


def write_manifest(out: Path, name: str, description: str, language: str) -> None:
    """Write the manifest into the folder of a site."""
    (out / MANIFEST).write_text(render_manifest(name, description, language), "utf-8")
