"""The CDN: a stored file's bytes for its signed URL."""

from aiohttp import web


async def serve(fake, request: web.Request) -> web.Response:
    file = fake.world.files.get(f"https://cdn.discordapp.com{request.path}")
    if file is None or f"hm={file.id:064x}" not in request.query_string:
        return web.Response(status=404, text="This content is no longer available.")
    return web.Response(body=file.data, content_type=file.content_type or "application/octet-stream")
