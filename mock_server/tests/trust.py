"""`cancelmock ca` and `cancelmock env` as their users meet them, and whether programs trust what they print.

Usage: python3 mock_server/tests/trust.py build/cancelmock [WORD]

The server that is trusted or not is Python's, with a leaf that openssl signs by the authority's key. Stacks that are not
installed are named in the last lines and count as no test.
"""
import functools
import http.server
import os
import shutil
import ssl
import stat
import subprocess
import sys
import tempfile
import threading
import unittest

from command_line import LIMIT, PROGRAM, TOP, run

VARIABLES = ["SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "PHP_INI_SCAN_DIR",
             "JAVA_TOOL_OPTIONS"]
# Each takes the URL behind it, prints "trusted" when the server was, and else ends badly.
STACKS = {
    "curl": ["curl", "-sS"],
    "python3": ["python3", "-c", "import sys, urllib.request as r; print(r.urlopen(sys.argv[1]).read().decode())"],
    "node": ["node", "-e", "fetch(process.argv[1]).then(a => a.text()).then(console.log)"],
    "ruby": ["ruby", "-rnet/http", "-e", "puts Net::HTTP.get(URI(ARGV[0]))"],
    "php": ["php", "-r", "$a = file_get_contents($argv[1]); if ($a === false) exit(1); echo $a;"],
    "java": ["java", "Fetch.java"],
}
FETCH_JAVA = """
import java.net.URI;
import java.net.http.*;

public class Fetch {
    public static void main(String[] words) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(words[0])).build();
        System.out.println(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
"""


def clean(**more):
    """The environment without anything that says whom to trust."""
    kept = {name: value for name, value in os.environ.items()
            if name not in VARIABLES and name != "CANCELMOCK_CA_DIR" and not name.lower().endswith("_proxy")}
    return {**kept, **more}


def tool(*words, **options):
    """A command that has to succeed: what it printed."""
    return subprocess.run(words, check=True, capture_output=True, text=True, timeout=LIMIT, **options).stdout


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "7")
        self.end_headers()
        self.wfile.write(b"trusted")

    def log_message(self, *_):
        pass


class Quiet(http.server.ThreadingHTTPServer):
    def handle_error(self, *_):
        """A client that does not trust it ends the handshake."""


class TrustedServer:
    """An HTTPS server at localhost whose certificate the authority in `ca` has signed, until the end of a with block."""

    def __init__(self, folder, ca):
        key, request, leaf, names = (os.path.join(folder, name) for name in ("leaf.key", "leaf.csr", "leaf.pem", "names"))
        with open(names, "w", encoding="utf-8") as file:
            file.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
        tool("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=localhost",
             "-keyout", key, "-out", request)
        tool("openssl", "x509", "-req", "-in", request, "-days", "2", "-set_serial", "4711", "-extfile", names,
             "-CA", os.path.join(ca, "ca.pem"), "-CAkey", os.path.join(ca, "ca.key"), "-out", leaf)
        self.leaf = leaf
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(leaf, key)
        self.server = Quiet(("127.0.0.1", 0), Answer)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.url = "https://localhost:%d/" % self.server.server_address[1]
        threading.Thread(target=functools.partial(self.server.serve_forever, 0.05), daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class InFolder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.ca = self.path("ca")

    def tearDown(self):
        shutil.rmtree(self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def read(self, path, mode="r"):
        with open(path, mode, encoding=None if "b" in mode else "utf-8") as file:
            return file.read()

    def refused(self, expected_status, words, *arguments, **variables):
        status, out, err = run(*arguments, **variables)
        self.assertEqual((status, out), (expected_status, ""), err)
        for word in words:
            self.assertIn(word, err)


class Ca(InFolder):
    def test_prints_the_certificate_and_tells_about_it(self):
        status, out, err = run("ca", "--ca-dir", self.ca)
        self.assertEqual(status, 0)
        self.assertEqual(out, self.read(self.path("ca/ca.pem")))
        digest = tool("openssl", "x509", "-noout", "-fingerprint", "-sha256", input=out).strip().split("=")[1]
        lines = err.splitlines()
        self.assertIn("cancelmock authority of ", lines[0])
        self.assertEqual(lines[1], "  lives in  " + self.ca)
        self.assertEqual(lines[2], "  SHA-256   " + digest.replace(":", "").lower())
        self.assertRegex(lines[3], r"^  ends      \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertNotIn("PRIVATE", out + err)
        self.assertEqual(run("ca", "--ca-dir", self.ca)[1], out)

    def test_is_an_authority_for_openssl(self):
        run("ca", "--ca-dir", self.ca)
        text = tool("openssl", "x509", "-noout", "-text", "-in", self.path("ca/ca.pem"))
        self.assertIn("CA:TRUE, pathlen:0", text)
        self.assertIn("Certificate Sign, CRL Sign", text)
        self.assertIn("prime256v1", text)
        self.assertIn(": OK", tool("openssl", "verify", "-x509_strict", "-CAfile", self.path("ca/ca.pem"), self.path("ca/ca.pem")))

    def test_folders(self):
        self.assertEqual(run("ca", CANCELMOCK_CA_DIR=self.ca)[0], 0)
        self.assertTrue(os.path.exists(self.path("ca/ca.key")))
        self.assertEqual(run("ca", XDG_DATA_HOME=self.path("data"), CANCELMOCK_CA_DIR="")[0], 0)
        self.assertTrue(os.path.exists(self.path("data/cancelmock/ca/ca.key")))
        self.assertEqual(run("ca", HOME=self.path("home"), XDG_DATA_HOME="", CANCELMOCK_CA_DIR="")[0], 0)
        self.assertEqual(stat.S_IMODE(os.stat(self.path("home/.local/share/cancelmock/ca/ca.key")).st_mode), 0o600)
        self.refused(1, ["cancelmock ca: neither --ca-dir nor"], "ca", HOME="", XDG_DATA_HOME="", CANCELMOCK_CA_DIR="")

    def test_forms(self):
        pem = run("ca", "--ca-dir", self.ca, "--format", "pem")
        self.assertEqual((pem[0], pem[2]), (0, ""))
        bundle = run("ca", "--ca-dir", self.ca, "--format=bundle", "-o", "-")
        self.assertTrue(bundle[1].endswith(pem[1]))
        self.assertEqual(run("ca", "--ca-dir", self.ca, "-f", "p12", "-o", self.path("store")), (0, "", ""))
        listing = tool("openssl", "pkcs12", "-in", self.path("store"), "-passin", "pass:changeit", "-info", "-nokeys")
        self.assertEqual(listing.count("BEGIN CERTIFICATE"), bundle[1].count("BEGIN CERTIFICATE"))
        self.assertIn(pem[1].strip(), listing)

    def test_output_replaces_a_plain_file_alone(self):
        with open(self.path("old"), "w", encoding="utf-8") as file:
            file.write("old")
        self.assertEqual(run("ca", "--ca-dir", self.ca, "-o", self.path("old")), (0, "", ""))
        self.assertEqual(self.read(self.path("old")), self.read(self.path("ca/ca.pem")))
        self.assertEqual(stat.S_IMODE(os.stat(self.path("old")).st_mode), 0o644)
        os.symlink(self.path("old"), self.path("link"))
        self.refused(1, [self.path("link"), "no plain file"], "ca", "--ca-dir", self.ca, "-o", self.path("link"))
        self.refused(1, ["/nowhere/x", "No such file"], "ca", "--ca-dir", self.ca, "-o", "/nowhere/x")

    def test_a_key_that_others_may_read_is_refused(self):
        run("ca", "--ca-dir", self.ca)
        os.chmod(self.path("ca/ca.key"), 0o644)
        for command in ("ca", "env"):
            self.refused(1, ["cancelmock %s: " % command, "chmod 600 '%s'" % self.path("ca/ca.key")], command, "--ca-dir", self.ca)

    def test_usage(self):
        for arguments, words in ((["ca", "x"], "one argument too many"), (["ca", "-f", "der"], "takes pem, bundle or p12"),
                                 (["env", "x"], "one argument too many"), (["env", "-s", "csh"], "takes sh, fish"),
                                 (["env", "-u", "x"], "such as https://"), (["env", "-u", "http://a\nrm"], "such as https://"),
                                 (["ca", "--dir", "x"], "unknown option"), (["--quiet", "ca"], "stands first")):
            self.refused(2, [words], *arguments)

    def test_help(self):
        for command in ("ca", "env"):
            status, out, err = run(command, "--help")
            self.assertEqual((status, err), (0, ""))
            self.assertIn("CANCELMOCK_CA_DIR", out)
            self.assertEqual([line for line in out.splitlines() if len(line) > 80], [])

    def test_output_that_is_lost_is_no_success(self):
        for command in ("ca", "env"):
            with open("/dev/full", "w", encoding="utf-8") as full:
                done = subprocess.run([PROGRAM, command, "--ca-dir", self.ca], stdout=full, stderr=subprocess.PIPE, text=True,
                                      timeout=LIMIT, check=False)
            self.assertEqual(done.returncode, 1, done.stderr)


class Sourced(InFolder):
    def sourced(self, folder, **variables):
        """What a shell has of the variables once it has read the lines."""
        script = 'eval "$("$1" env --ca-dir "$2")" && env -0'
        done = subprocess.run(["sh", "-c", script, "sh", PROGRAM, folder], env=clean(**variables), capture_output=True,
                              timeout=LIMIT, check=True, cwd=TOP)
        self.assertEqual(done.stderr, b"")
        found = dict(entry.split("=", 1) for entry in done.stdout.decode().split("\0") if entry)
        return {name: found.get(name) for name in VARIABLES}


class Env(Sourced):
    def expected(self, files, php="", java="", quoted=None):
        return {"SSL_CERT_FILE": files + "/bundle.pem", "CURL_CA_BUNDLE": files + "/bundle.pem",
                "REQUESTS_CA_BUNDLE": files + "/bundle.pem", "NODE_EXTRA_CA_CERTS": files + "/ca.pem",
                "PHP_INI_SCAN_DIR": php + ":" + files + "/php",
                "JAVA_TOOL_OPTIONS": java + "-Djavax.net.ssl.trustStore=" + (quoted or files + "/trust.p12") +
                                     " -Djavax.net.ssl.trustStoreType=PKCS12 -Djavax.net.ssl.trustStorePassword=changeit"}

    def test_a_shell_that_reads_it_has_the_variables(self):
        self.assertEqual(self.sourced(self.ca), self.expected(self.ca + "/trust"))
        for file in ("ca.pem", "bundle.pem", "trust.p12", "php/cancelmock.ini"):
            self.assertEqual(stat.S_IMODE(os.stat(self.path("ca/trust/" + file)).st_mode), 0o644, file)

    def test_what_the_user_has_set_survives(self):
        own = {"PHP_INI_SCAN_DIR": "/own/it's $x", "JAVA_TOOL_OPTIONS": "-Da='b c' -Dd=\"$e\"", "SSL_CERT_FILE": "/old"}
        found = self.sourced(self.ca, **own)
        self.assertEqual(found, self.expected(self.ca + "/trust", "/own/it's $x", "-Da='b c' -Dd=\"$e\" "))
        self.assertEqual(self.sourced(self.ca, **found), found) # and a second time adds nothing

    def test_a_folder_may_have_any_name(self):
        folder = self.path("it's a \"folder\" $(touch %s) `x` \\ #" % self.path("broken-out"))
        quoted = "'" + folder.replace("'", "'\"'\"'") + "/trust/trust.p12'"
        self.assertEqual(self.sourced(folder), self.expected(folder + "/trust", quoted=quoted))
        self.assertFalse(os.path.exists(self.path("broken-out")))
        self.refused(1, ["cancelmock env: JAVA_TOOL_OPTIONS would have"], "env", "--ca-dir", folder, "--shell", "dotenv")

    def test_a_relative_folder_becomes_whole(self):
        done = subprocess.run([PROGRAM, "env", "--ca-dir", "ca"], cwd=self.folder, env=clean(), capture_output=True, text=True,
                              timeout=LIMIT, check=True)
        self.assertIn("export SSL_CERT_FILE='%s/trust/bundle.pem'\n" % os.path.realpath(self.ca), done.stdout)

    def test_folders_that_variables_cannot_name(self):
        for name in ("a:b", "a\nb"):
            self.refused(1, ["give another folder"], "env", "--ca-dir", self.path(name))

    def test_other_shells(self):
        def lines(shell):
            done = subprocess.run([PROGRAM, "env", "--ca-dir", self.ca, "--shell", shell], env=clean(), capture_output=True,
                                  text=True, timeout=LIMIT, check=True)
            return done.stdout.splitlines()
        bundle = self.ca + "/trust/bundle.pem"
        self.assertIn("set -gx SSL_CERT_FILE '%s'" % bundle, lines("fish"))
        self.assertIn("$env:SSL_CERT_FILE = '%s'" % bundle, lines("powershell"))
        self.assertIn("SSL_CERT_FILE=" + bundle, lines("dotenv"))

    def test_fish_and_powershell_read_it(self):
        folder = self.path("it's \\ $x")
        for shell, words in (("fish", ["fish", "-N", "-c", '"$argv[1]" env --ca-dir "$argv[2]" -s fish | source; printenv SSL_CERT_FILE']),
                             ("pwsh", ["pwsh", "-NoProfile", "-Command",
                                       "& $args[0] env --ca-dir $args[1] -s powershell | Out-String | Invoke-Expression; $env:SSL_CERT_FILE"])):
            if shutil.which(shell) is None:
                absent(shell)
                continue
            self.assertEqual(tool(*words, PROGRAM, folder, env=clean()), folder + "/trust/bundle.pem\n", shell)

    def test_clients_are_told_the_address(self):
        _, out, _ = run("env", "--ca-dir", self.ca, "--url", "https://mock.example:8443/")
        comments = [line for line in out.splitlines() if line.startswith("#   ")]
        self.assertEqual(comments, [
            "#   omnisdk: base_url=https://mock.example:8443/",
            "#   @fungiesio/mcp-server: FUNGIES_API_BASE=https://mock.example:8443",
            "#   @iletimerkezi/iletimerkezi-node: IM_ENDPOINT=https://mock.example:8443/v1",
            "#   zaikio-procurement-ruby 0.4 (API v1): config.host=https://mock.example:8443",
            "#   zaikio-procurement-ruby 2 (API v2): config.host=https://mock.example:8443/api/v2/"])


missing = []


def absent(name):
    if name not in missing:
        missing.append(name)


class Trust(Sourced):
    """What the variables are for."""

    def fetch(self, name, url, variables):
        """Whether that stack trusts the server."""
        with open(self.path("Fetch.java"), "w", encoding="utf-8") as file:
            file.write(FETCH_JAVA)
        done = subprocess.run([*STACKS[name], url], env=clean(**variables), capture_output=True, text=True, cwd=self.folder,
                              timeout=4 * LIMIT, check=False)
        self.assertEqual(done.returncode == 0, done.stdout.strip() == "trusted", done.stdout + done.stderr)
        return done.returncode == 0

    def test_programs_trust_it_and_did_not_before(self):
        variables = self.sourced(self.ca)
        with TrustedServer(self.folder, self.ca) as server:
            for name in STACKS:
                if shutil.which(name) is None:
                    absent(name)
                    continue
                with self.subTest(name):
                    self.assertFalse(self.fetch(name, server.url, {}))
                    self.assertTrue(self.fetch(name, server.url, variables))

    def test_a_leaf_of_it_is_good_for_openssl(self):
        run("ca", "--ca-dir", self.ca)
        with TrustedServer(self.folder, self.ca) as server:
            for name, good in (("localhost", True), ("elsewhere.example", False)):
                done = subprocess.run(["openssl", "verify", "-CAfile", self.path("ca/ca.pem"), "-verify_hostname", name,
                                       server.leaf], capture_output=True, text=True, timeout=LIMIT, check=False)
                self.assertEqual(done.returncode == 0, good, done.stdout + done.stderr)

    def test_keytool_takes_every_certificate_as_trusted(self):
        run("ca", "--ca-dir", self.ca, "-f", "p12", "-o", self.path("store"))
        if shutil.which("keytool") is None:
            absent("keytool")
            return
        bundle = run("ca", "--ca-dir", self.ca, "-f", "bundle")[1]
        listing = tool("keytool", "-list", "-keystore", self.path("store"), "-storepass", "changeit", env=clean(LC_ALL="C"))
        self.assertEqual(listing.count("trustedCertEntry"), bundle.count("BEGIN CERTIFICATE"))
        self.assertIn("\ncancelmock, ", listing)


if __name__ == "__main__":
    result = unittest.main(exit=False, verbosity=0).result
    failed = len(result.failures) + len(result.errors)
    if missing:
        print("not installed here, and so not asked: " + ", ".join(sorted(missing)))
    print("%d passed, %d failed" % (result.testsRun - failed - len(result.skipped), failed))
    sys.exit(1 if failed or not result.testsRun else 0)
