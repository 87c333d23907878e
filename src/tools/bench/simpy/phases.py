"""Model B (see ../phases.ts) as SimPy processes that are interrupted. Argument: events."""

import random
import sys
import time
from math import log

import simpy

HOSTS, MEMBERS = 50, 2000
EVENTS = int(sys.argv[1])
HOURS_BETWEEN_LOOKS = 100
NOTIFY, REMEDIATE = log(0.005), log(0.05)

draw = random.Random(1)
env = simpy.Environment()
phase = [0] * MEMBERS
events = cancels = down = 0
down_time = since = 0.0


def fired():
    global events, down_time, since
    events += 1
    down_time += (env.now - since) * down
    since = env.now


def failed(member):
    """The member starts over, and so does its partner if it is in recovery."""
    global down, cancels
    partner = member ^ 1
    if phase[partner] != 0:
        cancels += 1
        if phase[member] == 0:
            down += 1
        processes[partner].interrupt('partner')
    phase[member] = 1


def life(member):
    global down
    while True:
        try:
            if phase[member] == 0:
                yield env.timeout(draw.expovariate(1 / 500))
                fired()
                failed(member)
            yield env.timeout(0.01)
            fired()
            phase[member] = 2
            yield env.timeout(draw.lognormvariate(NOTIFY, 0.5))
            fired()
            phase[member] = 3
            yield env.timeout(draw.lognormvariate(REMEDIATE, 0.8))
            fired()
            phase[member] = 4
            yield env.timeout(draw.expovariate(10))
            fired()
            if phase[member ^ 1] != 0:
                down -= 1
            phase[member] = 0
        except simpy.Interrupt as interrupt:
            if interrupt.cause == 'host':
                failed(member)
            else:
                phase[member] = 1


def host(members):
    global cancels
    while True:
        yield env.timeout(draw.expovariate(1 / 200))
        fired()
        for member in members:
            cancels += 1
            processes[member].interrupt('host')
        yield env.timeout(draw.expovariate(1 / 4))
        fired()


on = [[] for _ in range(HOSTS)]
for member in range(MEMBERS):
    on[(member + (member >> 1)) % HOSTS].append(member)
processes = [env.process(life(member)) for member in range(MEMBERS)]
for members in on:
    env.process(host(members))

start = time.process_time()
while events < EVENTS:
    env.run(until=env.now + HOURS_BETWEEN_LOOKS)
seconds = time.process_time() - start
print(events, seconds, down_time / env.now, events / env.now)
