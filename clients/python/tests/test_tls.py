"""Certificates: made for the occasion with the openssl program; without it there is nothing to test."""

import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import unittest

from cancelorder import perform
from support import http

OPENSSL = shutil.which("openssl")
ARGUMENTS = {"order_id": "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e", "reason_id": 3}


@unittest.skipUnless(OPENSSL, "needs the openssl program")
class Certificates(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.key, cls.certificate = (os.path.join(folder.name, name) for name in ("key.pem", "cert.pem"))
        command = [OPENSSL, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                   "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                   "-keyout", cls.key, "-out", cls.certificate]  # fmt: skip
        subprocess.run(command, check=True, timeout=30, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def call(self, host, ca_file):
        """(outcome, sent, bytes that the server saw inside the encryption)."""
        seen = []

        def serve(listener):
            peer, _ = listener.accept()
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.certificate, self.key)
            peer.settimeout(5)
            with peer:
                try:
                    with context.wrap_socket(peer, server_side=True) as secure:
                        seen.append(secure.recv(65536))
                        secure.sendall(http(200, {"status": True, "data": "OK"}))
                except OSError:
                    pass

        with socket.create_server(("127.0.0.1", 0)) as listener:
            thread = threading.Thread(target=serve, args=(listener,), daemon=True)
            thread.start()
            url = "https://%s:%d/api" % (host, listener.getsockname()[1])
            credentials = {"access_token": "a1b2c3d4e5f60718"}
            result = perform("dukkango", "cancel", url, credentials, ARGUMENTS, seconds=5, ca_file=ca_file)
            thread.join(5)
        return result.outcome, result.sent, b"".join(seen)[:3]

    def test_named_authority_and_right_name(self):
        self.assertEqual(("canceled", "yes", b"PUT"), self.call("localhost", self.certificate))

    def test_unknown_authority(self):
        self.assertEqual(("transport_error", "no", b""), self.call("localhost", None))

    def test_wrong_name(self):
        self.assertEqual(("transport_error", "no", b""), self.call("127.0.0.1", self.certificate))
