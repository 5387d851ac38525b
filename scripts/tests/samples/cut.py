"""Cuts a vendor's page into its blocks of code.

    for block in cut("fungies", text):
        block.name       "Example of Endpoint Usage, Python": the heading above it, then what its fence or caption calls it
        block.language   "bash", "json" …, what the fence says; "" where it says nothing
        block.text       as it is printed, without the indentation of its fence

Three pages are Markdown: there a block is what stands between fences. The page of zaikio is plain text with two requests
("PATCH /orders/…", "Body:", JSON), and that of akinon has lost its samples: what is left of them is a path under the name of the
method, and the form of two members within its table.
"""
import re


class Block:
    def __init__(self, page, name, language, text):
        self.page, self.name, self.language, self.text = page, name, language, text


def fences(text):
    """(heading, what the fence says, text) of each fenced block."""
    heading, indent, info, lines = "", "", None, []
    for line in text.splitlines():
        fence = re.match(r"( *)```(.*)$", line)
        if info is not None and fence is None:
            lines.append(line[len(indent):] if line.startswith(indent) else line.lstrip())
        elif info is not None:
            yield heading, info, "\n".join(lines) + "\n"
            info = None
        elif fence is not None:
            indent, info, lines = fence[1], fence[2].replace("theme={null}", "").strip(), []
        else:
            title = (re.match(r"#+ +(.*)", line) or re.search(r"<(?:Accordion|Tab) title=\"([^\"]*)\"", line)
                     or re.match(r"\d+\. \*\*(.*)\*\*$", line))
            heading = title[1] if title else heading


def requests(text):
    """(heading, method, request) of each raw request."""
    pattern = r"^# (?P<name>Example[^\n]*)\n.*?^(?P<request>(?:PATCH|POST|PUT|DELETE) /\S+\n+Body:\n\{\n.*?^\}\n)"
    for match in re.finditer(pattern, text, re.MULTILINE | re.DOTALL):
        yield match["name"], "http", match["request"]


def remains(text):
    """What the page of akinon has left: (heading, "http" or "json", request line or value)."""
    for match in re.finditer(r"^(POST) ([^\n]+)\n+Path: (/\S+)$", text, re.MULTILINE):
        yield match[2], "http", "%s %s\n" % (match[1], match[3])
    for match in re.finditer(r"^(\w+)\n\n[^\n]+\n\ndata\n\n[^\n]*Example structure is \{`([^`]*)`\}", text, re.MULTILINE):
        yield match[1], "json", match[2] + "\n"


CUTS = {"akinon": remains, "zaikio": requests}


def cut(page, text):
    """The blocks of a page in their order; of several with one name the second is "NAME (2)"."""
    blocks, seen = [], {}
    for heading, info, code in CUTS.get(page, fences)(text):
        name = ", ".join(word for word in (heading, info if page not in CUTS else "") if word)
        seen[name] = seen.get(name, 0) + 1
        blocks.append(Block(page, name if seen[name] == 1 else "%s (%d)" % (name, seen[name]), info.split(" ")[0], code))
    return blocks
