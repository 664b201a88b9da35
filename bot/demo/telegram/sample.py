"""Small files for a phone that has no camera and no microphone."""

import base64

from bot.demo.telegram.schema import Upload

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
PHOTO = Upload("photo.png", "image/png", PIXEL)
VOICE = Upload("voice.ogg", "audio/ogg", b"OggS\x00\x02" + bytes(40))
