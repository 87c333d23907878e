"""Model A (see ../farm.ts) as one SimPy process a component. Arguments: components, events."""

import random
import sys
import time

import simpy

COMPONENTS, EVENTS = int(sys.argv[1]), int(sys.argv[2])
# Some so many events between two looks at how many there were.
LOOKS = 50

draw = random.Random(1)
env = simpy.Environment()
events = 0
up = COMPONENTS
needed = 98 * COMPONENTS // 100
up_time = short_time = since = 0.0


def fired(change):
    global events, up, up_time, short_time, since
    events += 1
    span = env.now - since
    since = env.now
    up_time += span * up
    if up < needed:
        short_time += span
    up += change


def component(life, repair):
    while True:
        yield env.timeout(draw.expovariate(1 / life))
        fired(-1)
        yield env.timeout(draw.expovariate(1 / repair))
        fired(1)


rate = 0.0
for i in range(COMPONENTS):
    life = 1000 * (0.5 + i / COMPONENTS)
    repair = 10 * (0.5 + (i * 7919 % COMPONENTS) / COMPONENTS)
    rate += 2 / (life + repair)
    env.process(component(life, repair))

start = time.process_time()
while events < EVENTS:
    env.run(until=env.now + EVENTS / LOOKS / rate)
seconds = time.process_time() - start
print(events, seconds, up_time / (since * COMPONENTS), short_time / since)
