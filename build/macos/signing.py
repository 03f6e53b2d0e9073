"""Signatures for macOS: with a Developer ID and Apple's notarisation where they are configured, else for this Mac only.

CTK_CODESIGN_IDENTITY names a certificate in the keychain ("Developer ID Application: ..."). To notarise as well, either
CTK_NOTARY_PROFILE names credentials that ``xcrun notarytool store-credentials`` has put into the keychain, or
CTK_NOTARY_KEY (a .p8 file), CTK_NOTARY_KEY_ID and CTK_NOTARY_ISSUER are a key of App Store Connect.
"""

from collections.abc import Mapping
from pathlib import Path

ENTITLEMENTS = Path(__file__).resolve().parent / "entitlements.plist"
AD_HOC = "-"
UNSIGNED = (
    "Not signed for other Macs: CTK_CODESIGN_IDENTITY is not set. They will open the app only after Privacy & Security "
    "in their System Settings was told so."
)
NOT_NOTARISED = "Not notarised: neither CTK_NOTARY_PROFILE nor CTK_NOTARY_KEY is set, so other Macs will not open it."

Command = list[str]


def identity(environ: Mapping[str, str]) -> str:
    """Who signs; a minus is nobody, which is enough for code to run at all."""
    return environ.get("CTK_CODESIGN_IDENTITY") or AD_HOC


def sign(path: Path, who: str, *, program: bool = False) -> Command:
    """Sign one thing; only a ``program`` is given the entitlements, since only it has a process."""
    hardened = ["--timestamp", "--options", "runtime"]
    if program:
        hardened += ["--entitlements", str(ENTITLEMENTS)]
    return ["codesign", "--force", "--sign", who, *([] if who == AD_HOC else hardened), str(path)]


def verify(app: Path) -> Command:
    return ["codesign", "--verify", "--deep", "--strict", "--verbose=1", str(app)]


def assess(app: Path) -> Command:
    """Ask what another Mac will ask."""
    return ["spctl", "--assess", "--type", "execute", "--verbose=2", str(app)]


def credentials(environ: Mapping[str, str]) -> list[str]:
    """How ``notarytool`` is told who asks; empty where nobody is configured."""
    if profile := environ.get("CTK_NOTARY_PROFILE"):
        return ["--keychain-profile", profile]
    if key := environ.get("CTK_NOTARY_KEY"):
        return ["--key", key, "--key-id", environ["CTK_NOTARY_KEY_ID"], "--issuer", environ["CTK_NOTARY_ISSUER"]]
    return []


def notarise(file: Path, who: list[str]) -> Command:
    """Send an archive or image to Apple, and wait for the answer."""
    return ["xcrun", "notarytool", "submit", str(file), *who, "--wait"]


def staple(path: Path) -> Command:
    """Fasten Apple's answer to it, so that a Mac without a network knows it too."""
    return ["xcrun", "stapler", "staple", str(path)]
