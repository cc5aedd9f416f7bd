"""Which of the pinned packages are known to be vulnerable: exit code 1 for those, and a line for what nobody could look up."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).parents[1] / "requirements.lock"
AUDIT = ("-m", "pip_audit", "--disable-pip", "--require-hashes", "--format=json", f"--requirement={LOCK}")

audit = subprocess.run([sys.executable, *AUDIT, *sys.argv[1:]], capture_output=True, text=True, check=False)
if not audit.stdout:
    print("Nothing was audited:", audit.stderr.strip().rpartition("\n")[2])
    sys.exit()
packages = json.loads(audit.stdout)["dependencies"]
skipped = [package["skip_reason"] for package in packages if "skip_reason" in package]
vulnerable = [package for package in packages if package.get("vulns")]
print(
    f"{len(packages) - len(skipped)} of {len(packages)} packages audited, {len(vulnerable)} known to be vulnerable.",
    *skipped[:1],
)
for package in vulnerable:
    print(package["name"], package["version"], *(known["id"] for known in package["vulns"]))
sys.exit(bool(vulnerable))
