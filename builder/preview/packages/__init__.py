"""Opens a package of any tool in the simulated LMS, for a person to walk through it.

The package is third-party code, so it gets an origin of its own and a content security policy, and
cannot reach the window around it.
"""

from builder.preview.packages.opened import Opened, PackageRequest
from builder.preview.packages.running import running

__all__ = ["Opened", "PackageRequest", "running"]
