"""Search, spawns near the nearest chest, the map there; an empty chest fails the search and ends the chain."""
import itertools
import json
import os

from locust import FastHttpUser, constant, task

with open(os.environ["BENCH_BODIES"], encoding="utf-8") as file:
    BODIES = itertools.cycle([line.rstrip("\n").encode() for line in file])
EVERY_SECONDS = float(os.environ.get("BENCH_EVERY_SECONDS", "0"))
HEADERS = {"content-type": "application/json"}


class Player(FastHttpUser):
    wait_time = constant(EVERY_SECONDS)

    @task
    def chain(self):
        chest = self.search()
        if chest is None:
            return
        self.spawns(chest["id"])
        self.map(chest["position"]["x"], chest["position"]["z"])

    def search(self):
        with self.client.post("/v1/treasures/search", data=next(BODIES), headers=HEADERS, name="search", catch_response=True) as answer:
            treasures = json.loads(answer.content)["treasures"]
            if not treasures or not treasures[0]["loot"]:
                answer.failure("empty chest")
                return None
            return treasures[0]

    def spawns(self, treasure_id):
        with self.client.get(f"/v1/spawns?near={treasure_id}&radius=96", name="spawns", catch_response=True) as answer:
            body = json.loads(answer.content)
            if body["treasureId"] != treasure_id or not body["spawns"]:
                answer.failure("no spawns")

    def map(self, x, z):
        with self.client.get(f"/v1/biomes/verdania/{x}/{z}/map?size=13", name="biome", catch_response=True) as answer:
            body = json.loads(answer.content)
            if body["x"] != x or body["z"] != z or len(body["tiles"]) != 169:
                answer.failure("no map")
