"""What a client must remember about an order beyond its own process.

One small file an order (or a part of one: a set of its items), named by a hash of account and
order, so that no key can be read from the folder. A file is replaced as a whole or not at all. What
is remembered:

- `accepted`: the provider took the cancel on; whether it comes to pass is seen by reading;
- `canceled`: the provider confirmed the cancel; a later call is answered from here;
- `unresolved`: a cancel was sent and its answer is not known. It is written before the request
  leaves, so that a process that dies meanwhile leaves the doubt behind, not a clean sheet.

Without a folder nothing is remembered. Where the folder cannot be written `remember` returns False.
"""

import hashlib
import os

from . import jsonstrict

ACCEPTED = "accepted"
CANCELED = "canceled"
UNRESOLVED = "unresolved"
_MAX_BYTES = 4096


class Store:
    """The memory of one order of one account, or of one `part` of it; `folder` may be None."""

    def __init__(self, folder, provider, account, order_id, part=""):
        self._path = None
        self._document = {"provider": provider, "order_id": order_id}
        if folder:
            text = "\0".join((provider, account, order_id) + ((part,) if part else ()))
            digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
            self._path = os.path.join(folder, "%s-%s.json" % (provider, digest))

    def state(self):
        """ACCEPTED, CANCELED, UNRESOLVED or None."""
        state = self._read().get("state")
        return state if state in (ACCEPTED, CANCELED, UNRESOLVED) else None

    def kind(self):
        """The kind that was remembered with the state, or None."""
        kind = self._read().get("kind")
        return kind if jsonstrict.is_text(kind) else None

    def remember(self, state, kind=None):
        """Writes the state, or forgets the order when it is None. Returns False if it could not."""
        if self._path is None:
            return True
        try:
            if state is None:
                _remove(self._path)
            else:
                extra = {"kind": kind} if kind else {}
                self._write(jsonstrict.dump(dict(self._document, state=state, **extra)))
        except OSError:
            return False
        return True

    def _read(self):
        if self._path is None:
            return {}
        try:
            with open(self._path, "rb") as file:
                return jsonstrict.parse_object(file.read(_MAX_BYTES)) or {}
        except OSError:
            return {}

    def _write(self, data):
        os.makedirs(os.path.dirname(self._path), mode=0o700, exist_ok=True)
        temporary = "%s.%d.tmp" % (self._path, os.getpid())
        try:
            with open(temporary, "wb", opener=_private) as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, self._path)
        except OSError:
            _remove(temporary)
            raise


def world_of(folder):
    """A name for what happens around `folder`: it changes when the folder is made anew."""
    if not folder:
        return ""
    path = os.path.join(folder, "world")
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        try:
            with open(path, "xb", opener=_private) as file:
                file.write(os.urandom(16).hex().encode())
        except FileExistsError:
            pass
        with open(path, "rb") as file:
            return file.read(_MAX_BYTES).decode("ascii", "replace")
    except OSError:
        return folder


def _private(path, flags):
    return os.open(path, flags, 0o600)


def _remove(path):
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass
