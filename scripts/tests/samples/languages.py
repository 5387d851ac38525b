"""How a program of each language is run, and what must be installed for it.

    LANGUAGES["php"].missing()          what is not there: "php with its curl extension", or None
    LANGUAGES["php"].command(folder, text, call)   writes the program into the folder; the command that runs it

`call` is what follows a sample; before and around it stands only what a sample of that language leaves out: see README.md.
"""
import functools
import glob
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# Jars of Debian's libunirest-java-java and what it needs.
JARS = os.environ.get("UNIREST_JARS", "/usr/share/java")
JAR_NAMES = ["unirest-java", "httpclient", "httpcore", "httpasyncclient", "httpcore-nio", "httpmime", "com.android.json",
             "commons-logging", "commons-codec"]


def succeeds(*command):
    try:
        return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60, check=False).returncode == 0
    except FileNotFoundError:
        return False


@functools.cache
def python():
    """A Python that has requests: the one that runs this, or Debian's; None where neither has it."""
    return next((one for one in (sys.executable, "/usr/bin/python3") if succeeds(one, "-c", "import requests")), None)


def jars():
    return [path for name in JAR_NAMES for path in glob.glob(os.path.join(JARS, name + ".jar"))]


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)
    return os.path.join(folder, name)


class Language:
    def __init__(self, title, missing, command, limit=60):
        self.title, self.missing, self.command, self.limit = title, functools.cache(missing), command, limit


def shell(folder, text, call):
    return ["bash", write(folder, "sample.sh", text + call)]


def python_program(folder, text, call):
    return [python(), write(folder, "sample.py", text + call + "\n")]


def node(folder, text, call):
    """A module, since samples await at their top; what a page leaves to its reader comes first, where there is something."""
    given = "import '%s';\n" % os.path.join(HERE, "given/dukkango.mjs") if "cancelOrder(" in text + call else ""
    return ["node", write(folder, "sample.mjs", given + text + call + "\n")]


def php(folder, text, call):
    return ["php", write(folder, "sample.php", text + call)]


def go(folder, text, call):
    return ["go", "run", write(folder, "sample.go", text + call)]


def java(folder, text, call):
    """The sample is a statement without its imports and its class."""
    program = ("import com.mashape.unirest.http.*;\n\npublic class Sample {\n    public static void main(String[] args) throws Exception {\n"
               + text + "System.out.println(response.getBody());\nUnirest.shutdown();\n" + call + "    }\n}\n")
    return ["java", "-cp", ":".join(jars()), write(folder, "Sample.java", program)]


LANGUAGES = {
    "shell": Language("shell", lambda: None if shutil.which("bash") and shutil.which("curl") else "bash and curl", shell),
    "python": Language("Python", lambda: None if python() else "requests for Python (python3-requests)", python_program),
    "node": Language("JavaScript", lambda: None if succeeds("node", "-e", "process.exit(typeof fetch === 'function' ? 0 : 1)")
                     else "Node.js with fetch (nodejs, 18 or later)", node),
    "php": Language("PHP", lambda: None if succeeds("php", "-r", "exit(extension_loaded('curl') ? 0 : 1);")
                    else "PHP with curl (php-cli, php-curl)", php),
    "go": Language("Go", lambda: None if succeeds("go", "version") else "Go (golang-go)", go, 300),
    "java": Language("Java", lambda: None if succeeds("javac", "-version") and len(jars()) == len(JAR_NAMES)
                     else "Unirest for Java (default-jdk, libunirest-java-java)", java, 120),
}
