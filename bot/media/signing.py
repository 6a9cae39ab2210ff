"""The key that clips are signed with, and the signing: C2PA content credentials, in the MP4 itself.

The operator's own key and certificates, or a pair that is made at the first start: an authority of this bot's own,
which no other software trusts, and a certificate from it. A verifier then sees that the clip is unchanged since this
bot made it, and how it says that it was made, but not who runs the bot.
"""

import io
import json
import logging
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import c2pa
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

log = logging.getLogger(__name__)

YEARS = 10  # that a certificate of our own making is good for
FORMAT = "video/mp4"
WHO_SIGNS = "Unstill, self-made certificate"
CURVES: dict[str, c2pa.C2paSigningAlg] = {
    "secp256r1": c2pa.C2paSigningAlg.ES256,
    "secp384r1": c2pa.C2paSigningAlg.ES384,
    "secp521r1": c2pa.C2paSigningAlg.ES512,
}
SETTINGS: dict[str, Any] = {
    "builder": {"thumbnail": {"enabled": False}},  # the clip is at hand, and a still should not travel unasked
    "verify": {"verify_after_sign": False, "remote_manifest_fetch": False, "ocsp_fetch": False},
    "core": {"allowed_network_hosts": []},
}


class SigningError(Exception):
    """The operator's key or certificates cannot be used. The message says why, for the operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingredient:
    """A picture or clip that another was made from."""

    id: str
    title: str
    media_type: str
    data: bytes
    relationship: str  # C2PA's: parentOf, inputTo, componentOf


class Signer:
    """Signs clips with one key. Blocks for some hundredths of a second: call it in a thread."""

    def __init__(self, key: bytes, certificates: bytes) -> None:
        """`key` (PEM, elliptic curve P-256, P-384 or P-521, no password) and its chain, the key's own first.

        Raises `SigningError`.
        """
        self._key = key
        self._certificates = certificates
        self._algorithm = _checked(key, certificates)

    def sign(self, clip: bytes, manifest: dict[str, Any], ingredients: tuple[Ingredient, ...]) -> bytes:
        """The same pictures with a manifest in the file. Raises `c2pa.C2paError`."""
        info = c2pa.C2paSignerInfo(self._algorithm, self._certificates, self._key, None)
        context = c2pa.Context.from_dict(SETTINGS)
        signed = io.BytesIO()
        with c2pa.Signer.from_info(info) as signer, c2pa.Builder.from_json(manifest, context) as builder:
            for each in ingredients:
                described = {
                    "title": each.title,
                    "relationship": each.relationship,
                    "format": each.media_type,
                    "instance_id": each.id,
                }
                builder.add_ingredient(described, each.media_type, io.BytesIO(each.data))
            builder.sign(signer, FORMAT, io.BytesIO(clip), signed)
        return signed.getvalue()


def credentials(clip: bytes) -> dict[str, Any]:
    """What a clip says of where it is from: the manifest store, with `validation_state`. Raises `c2pa.C2paError`."""
    with c2pa.Reader(FORMAT, io.BytesIO(clip)) as reader:
        return cast("dict[str, Any]", json.loads(reader.json()))


def open_signer(folder: Path, key: Path | None, certificates: Path | None) -> Signer:
    """The operator's key, or that of `folder`, made at the first call. Raises `SigningError`."""
    if (key is None) is not (certificates is None):
        raise SigningError("Set UNSTILL_SIGNING_KEY and UNSTILL_SIGNING_CERTIFICATES both, or neither.")
    try:
        if key is not None and certificates is not None:
            return Signer(key.read_bytes(), certificates.read_bytes())
        own_key, own_chain = folder / "key.pem", folder / "certificates.pem"
        if not (own_key.exists() and own_chain.exists()):
            _write_pair(own_key, own_chain)
        return Signer(own_key.read_bytes(), own_chain.read_bytes())
    except OSError as error:
        raise SigningError(f"The signing key cannot be read: {error}.") from error


def _write_pair(key_path: Path, chain_path: Path) -> None:
    key_path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key, chain = self_made(datetime.now(UTC))
    chain_path.write_bytes(chain)
    with os.fdopen(os.open(key_path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(key)
    log.info("made a key of this bot's own to sign clips with, in %s", key_path.parent)


def self_made(now: datetime) -> tuple[bytes, bytes]:
    """A key and its chain, as PEM. The authority's key is thrown away: it signs this once."""
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority_name, name = _name("Unstill, self-made authority"), _name(WHO_SIGNS)
    authority_id = x509.SubjectKeyIdentifier.from_public_key(authority_key.public_key())
    authority = (
        _begun(authority_name, authority_name, authority_key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(sign=False), critical=True)
        .add_extension(authority_id, critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    leaf = (
        _begun(name, authority_name, key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(sign=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(authority_id), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return secret, leaf.public_bytes(pem) + authority.public_bytes(pem)


def _name(common: str) -> x509.Name:
    organization = x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Unstill")
    return x509.Name([organization, x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * YEARS))
    )


def _usage(*, sign: bool) -> x509.KeyUsage:
    """To sign content, or to sign certificates."""
    return x509.KeyUsage(
        digital_signature=sign,
        key_cert_sign=not sign,
        crl_sign=not sign,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _checked(key: bytes, certificates: bytes) -> c2pa.C2paSigningAlg:
    """The algorithm that key and certificates ask for. Raises `SigningError` where they do not fit."""
    try:
        secret = serialization.load_pem_private_key(key, None)
        chain = x509.load_pem_x509_certificates(certificates)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise SigningError(f"The signing key or its certificates are not PEM without a password: {error}.") from error
    if not isinstance(secret, ec.EllipticCurvePrivateKey) or secret.curve.name not in CURVES:
        raise SigningError("The signing key must be one of an elliptic curve: P-256, P-384 or P-521.")
    if secret.public_key() != chain[0].public_key():
        raise SigningError("The first of the signing certificates is not that of the signing key.")
    if chain[0].not_valid_after_utc < datetime.now(UTC):
        raise SigningError(f"The signing certificate ended on {chain[0].not_valid_after_utc:%Y-%m-%d}.")
    return CURVES[secret.curve.name]
