"""Creator's Toolkit from Python, with nothing but the standard library: python client.py HOME [WORDS]"""

import http.client
import json
import pathlib
import sys


class Core:
    def __init__(self, home):
        self.door = json.loads((pathlib.Path(home) / "door.json").read_text("utf-8"))
        self.connection = http.client.HTTPConnection("127.0.0.1", self.door["port"])
        self.headers = {"Authorization": "Bearer " + self.door["token"], "Content-Type": "application/json"}

    def __call__(self, method, **params):
        request = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
        self.connection.request("POST", "/rpc", request, self.headers)
        answer = json.loads(self.connection.getresponse().read())
        if "error" in answer:
            raise RuntimeError(answer["error"]["message"])
        return answer["result"]


core = Core(sys.argv[1])
page = core("catalog.search", query=" ".join(sys.argv[2:]), limit=10)
print(page["total"], "sounds")
for row in page["rows"]:
    print(row["id"], row["name"])
if page["rows"]:
    core("audio.play", target=page["rows"][0]["id"])
