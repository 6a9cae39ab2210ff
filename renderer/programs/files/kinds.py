"""Which kind of file it is, by its first bytes: one that we decode, or the name of one that we do not."""

DECODED = ("PNG", "JPEG", "WEBP", "GIF", "AVIF", "HEIF", "TIFF", "BMP")  # as Pillow calls them

AVIF_BRANDS = {b"avif", b"avis"}
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
SOUND_BRANDS = {b"M4A ", b"M4B ", b"M4P "}
BMP_HEADERS = {12, 16, 40, 52, 56, 64, 108, 124}  # bytes, by version
VIDEO, RAW = "video", "raw"  # sentences have words of their own for these
QUICKTIME = {b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}
HEAD = 4096  # bytes in which an SVG shows that it is one

BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    *((beginning, "TIFF") for beginning in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "JPEG XL"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"%PDF", "PDF"),
    (b"8BPS", "PSD"),
    (b"gimp xcf", "XCF"),
    (b"\0\0\1\0", "ICO"),
    (b"v/1\1", "OpenEXR"),
    (b"#?RADIANCE", "Radiance HDR"),
    (b"DDS ", "DDS"),
    (b"qoif", "QOI"),
    (b"%!PS", "PostScript"),
    (b"FUJIFILMCCD-RAW", RAW),
    (b"IIRO", RAW),
    (b"IIRS", RAW),
    (b"IIU\0", RAW),
    (b"\x1aE\xdf\xa3", VIDEO),  # Matroska, WebM
    (b"FLV\1", VIDEO),
    (b"\0\0\1\xba", VIDEO),
    (b"\0\0\1\xb3", VIDEO),
    (b"0&\xb2u\x8ef\xcf\x11", VIDEO),  # Windows Media
)


def kind_of(data: bytes) -> str | None:
    """One of `DECODED`, the name of a kind that we know and do not decode, or None for what is nothing we know."""
    return next((kind for beginning, kind in BEGINNINGS if data.startswith(beginning)), None) or _by_structure(data)


def _by_structure(data: bytes) -> str | None:
    """Kinds that share their first bytes with others, or do not begin with them."""
    if data.startswith(b"RIFF"):
        return {b"WEBP": "WEBP", b"AVI ": VIDEO}.get(data[8:12])
    if data.startswith(b"BM"):
        return "BMP" if int.from_bytes(data[14:18], "little") in BMP_HEADERS else None
    if data[4:8] == b"ftyp":
        return _boxed(data)
    if data[4:8] in QUICKTIME:
        return VIDEO
    return "SVG" if _is_svg(data[:HEAD]) else None


def _boxed(data: bytes) -> str | None:
    """By the brands of an ISO file: its own, then those that it says it can be read as."""
    own = data[8:12]
    brands = {own, *(data[at : at + 4] for at in range(16, min(int.from_bytes(data[:4], "big"), 256), 4))}
    if brands & AVIF_BRANDS:
        return "AVIF"
    if brands & HEIF_BRANDS:
        return "HEIF"
    if own == b"crx ":
        return RAW
    return None if own in SOUND_BRANDS else VIDEO


def _is_svg(head: bytes) -> bool:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return text.startswith((b"<svg", b"<?xml", b"<!doctype svg", b"<!--")) and b"<svg" in text
