TITLE Spike source: regular, Poisson, or in between

COMMENT
Without input, the source fires number spikes from time start on. The intervals are

    (1 - noise)*interval + noise*interval*x,    x exponentially distributed with mean 1

so their mean is interval for every noise from 0 (regular) to 1 (Poisson). The
first spike is shifted so that on average it comes at start + noise*interval, and
never before t = 0.

Input through a NetCon restarts or stops it: a positive weight starts a new train
(and is ignored while one is running), a negative weight ends the present train.

Random numbers come from the instance's own Random123 stream, rewound by INITIAL;
noiseFromRandom123(id1, id2, id3) selects the stream.
ENDCOMMENT

NEURON {
    ARTIFICIAL_CELL NetStim
    THREADSAFE
    RANGE interval, number, start, noise
    RANDOM ranvar
}

PARAMETER {
    interval = 10 (ms) <1e-9, 1e9> : mean time between spikes
    number   = 10      <0, 1e9>    : spikes in a train
    start    = 50 (ms)             : negative: wait for input
    noise    = 0       <0, 1>      : random share of each interval
}

ASSIGNED {
    event (ms) : delay until the next spike
    on         : 1 while a train is running
    ispike     : spikes so far in this train
}

INITIAL {
    seed(0)
    on = 0
    ispike = 0
    if (noise < 0) {
        noise = 0
    } else if (noise > 1) {
        noise = 1
    }
    if (number > 0 && start >= 0) {
        on = 1
        event = start + invl(interval) - interval*(1 - noise)
        if (event < 0) {
            event = 0
        }
        net_send(event, 3)
    }
}

: Flags of the self events: 3 begins the train that INITIAL announced, 1 is a spike.
NET_RECEIVE (w) {
    if (flag == 0) {
        if (w < 0) {
            on = 0
        } else if (w > 0 && on == 0 && number > 0) {
            on = 1
            ispike = 0
            event = invl(interval) - interval*(1 - noise)
            net_send(event, 1)
        }
    } else if (flag == 3) {
        if (on == 1) {
            ispike = 0
            net_send(0, 1)
        }
    } else if (flag == 1 && on == 1) {
        ispike = ispike + 1
        net_event(t)
        : drawn after the last spike too: the stream advances once per spike
        event = invl(interval)
        if (ispike < number) {
            net_send(event, 1)
        } else {
            on = 0
        }
    }
}

: One interval, random if noise > 0.
FUNCTION invl(mean (ms)) (ms) {
    if (mean <= 0) {
        mean = 0.01(ms)
    }
    if (noise == 0) {
        invl = mean
    } else {
        invl = (1 - noise)*mean + noise*mean*erand()
    }
}

: The next number of the stream: exponentially distributed, mean 1.
FUNCTION erand() { erand = random_negexp(ranvar) }

: Moves the stream to its x-th number.
PROCEDURE seed(x) { random_setseq(ranvar, x) }

: Selects the stream by its three ids and rewinds it.
PROCEDURE noiseFromRandom123(id1, id2, id3) {
    random_setids(ranvar, id1, id2, id3)
    random_setseq(ranvar, 0)
}
